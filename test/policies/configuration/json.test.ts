import { InputError } from "../../../policies/configuration/errors";
import { maximalDepth, parseJson } from "../../../policies/configuration/json";
import fc from "../../properties";

const refusal = (text: string | Buffer): string => {
  try {
    parseJson("x.json", text);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error("it was read");
};

describe("JSON text", () => {
  test("is what JSON.parse makes of it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (value, pretty) => {
        const text = JSON.stringify(value, null, pretty ? 2 : undefined);
        expect(parseJson("x.json", text)).toEqual(JSON.parse(text));
        expect(parseJson("x.json", Buffer.from(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  test("is refused wherever it is cut off, with a place that lies in it", () => {
    const text = '{"a": [1, -2.5e3, "x\\u00e9\\"", true, null], "b": {"c": {}, "d": []}}';
    for (let length = 1; length < text.length; length++) {
      const [, line, column] = /^x\.json: (\d+):(\d+): not valid JSON: expected /.exec(refusal(text.slice(0, length)))!;
      expect(line).toBe("1");
      expect(Number(column)).toBeLessThanOrEqual(length + 1);
    }
  });

  test.each([
    ['{"a": 1,\n "a": 2}', 'x.json: 2:2: the key "a" stands twice in one object'],
    ['{"a": 1, "\\u0061": 2}', 'x.json: 1:10: the key "a" stands twice in one object'],
    ['{"__proto__": 1, "__proto__": 2}', 'x.json: 1:18: the key "__proto__" stands twice in one object'],
    ['{"a": 1,}', 'x.json: 1:9: not valid JSON: expected a key in quotation marks, found "}"'],
    ["[1, 2\n, 3 4]", 'x.json: 2:5: not valid JSON: expected "," or "]", found "4"'],
    ["hello", 'x.json: 1:1: not valid JSON: expected a value, found "h"'],
    ["{} {}", 'x.json: 1:4: not valid JSON: expected nothing after the value, found "{"'],
    ["[01]", 'x.json: 1:2: not valid JSON: expected a value, found "0"'],
    ['["\t"]', 'x.json: 1:3: not valid JSON: expected no control character in a string, found "\\t"'],
    ['["\\x"]', 'x.json: 1:3: not valid JSON: expected an escape sequence of JSON, found "\\\\"'],
    ["", "x.json: is empty, where JSON was expected"],
    [" \n ", "x.json: is empty, where JSON was expected"],
  ])("%j is refused", (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  test("may hold keys that stand twice in different objects, or in the text of a string", () => {
    const value = { a: { a: 1 }, b: [{ a: 1 }, { a: 2 }], c: '{"a": 1, "a": 2}', "d\\": '\\":' };
    expect(parseJson("x.json", JSON.stringify(value))).toEqual(value);
  });

  test("keeps __proto__ as a key like any other", () => {
    const value = parseJson("x.json", '{"__proto__": {"polluted": true}}');
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("is refused when it is nested too deeply, however deeply that is", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(parseJson("x.json", nested(maximalDepth))).toHaveLength(1);
    expect(refusal(nested(maximalDepth + 1))).toBe(`x.json: 1:${maximalDepth + 1}: nested deeper than 256 levels`);
    expect(refusal('{"a":'.repeat(10_000))).toMatch(/nested deeper than 256 levels/);
    expect(refusal("[".repeat(2_000_000))).toMatch(/nested deeper than 256 levels/);
  });

  test("may begin with a byte order mark, and may be UTF-16 as Windows writes it", () => {
    expect(parseJson("x.json", '\uFEFF{"a": "é"}')).toEqual({ a: "é" });
    expect(parseJson("x.json", Buffer.from('\uFEFF{"a": "é"}', "utf8"))).toEqual({ a: "é" });
    expect(parseJson("x.json", Buffer.from('\uFEFF{"a": "é"}', "utf16le"))).toEqual({ a: "é" });
  });
});
