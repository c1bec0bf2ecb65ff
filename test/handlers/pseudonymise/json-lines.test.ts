import { pseudonymiseJsonLines } from "../../../handlers/pseudonymise/json-lines";
import fc from "../../properties";
import { collect, pieces, type Result, ruleFor } from "./run";

const fields = ["user.id", "mail"];
const run = (text: string, rule = ruleFor(fields)): Promise<Result> =>
  collect(pseudonymiseJsonLines(pieces(text), rule));
const lines = (result: Result) =>
  result.text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const record = (id: unknown, mail: unknown, more: object = {}) => JSON.stringify({ user: { id }, mail, ...more });

describe("JSON lines", () => {
  it("have tokens in the place of identifiers and everything else as it was", async () => {
    const result = await run(`${record("anna-1234", "anna@example.eu", { likes: 3, at: null, __proto__x: [1] })}\n`);
    expect(result).toMatchObject({ records: 1, aside: [] });
    expect(lines(result)).toEqual([
      {
        user: { id: expect.stringMatching(/^t1_[\w-]{43}$/) },
        mail: expect.stringMatching(/^t1_[\w-]{43}$/),
        likes: 3,
        at: null,
        __proto__x: [1],
      },
    ]);
  });

  it("give a person the same token as number and as text, and nobody none", async () => {
    const result = await run(`${record(1234567, null)}\n${record("1234567", null)}`);
    const [first, second] = lines(result);
    expect(first).toEqual(second);
    expect(first.mail).toBeNull();
  });

  it("are replaced in every item of a list, and in a field whose own name has dots", async () => {
    const rule = ruleFor(["users.id"]);
    const result = await run(
      '{"users":[{"id":"first-one"},{"id":["second-one","third-one"]}],"users.id":"fourth-one"}',
      rule,
    );
    expect(result.records).toBe(1);
    expect(result.text).not.toMatch(/first|second|third|fourth/);
  });

  const malformed: readonly [string, string, string][] = [
    ["no JSON", '{"user":', "is no JSON"],
    ["no object", '["anna-1234"]', "is no object"],
    ["an identifier missing", '{"user":{"id":"anna-1234"}}', "has no field mail"],
    ["an identifier missing in one item", '{"user":[{"id":"a"},{}],"mail":"m"}', "has no field user.id"],
    ["an identifier of the prototype only", '{"user":{"id":"a"}}', "has no field mail"],
    [
      "an object for an identifier",
      record({ first: "anna" }, "m"),
      "field user.id holds no text and no exact whole number",
    ],
    ["a fraction for an identifier", record(1.5, "m"), "field user.id holds no text and no exact whole number"],
    [
      "a number that is too long",
      '{"user":{"id":12345678901234567890},"mail":"m"}',
      "holds a number that can't be kept exactly",
    ],
    [
      "an identifier in another field",
      record("a", "anna@example.eu", { text: "ask anna@example.eu" }),
      "an identifier also stands in another field",
    ],
    [
      "an identifier as a name",
      record("a", "anna@example.eu", { "anna@example.eu": 1 }),
      "an identifier also stands in another field",
    ],
    [
      "a bottomless value",
      record("a", "m", { deep: JSON.parse(`${"[".repeat(80)}${"]".repeat(80)}`) }),
      "is nested too deeply",
    ],
    ["too many bytes", record("a", "m", { text: "x".repeat(500) }), "is longer than 400 bytes"],
  ];

  it.each(malformed)("with %s are set aside with the reason, and their neighbours pass", async (_, line, reason) => {
    const good = record("someone", "else@example.eu");
    const result = await run([good, line, good].join("\n"), ruleFor(fields, "research", 400));
    expect(result.records).toBe(2);
    expect(result.aside).toEqual([{ record: 2, offset: good.length + 1, bytes: Buffer.byteLength(line), reason }]);
    expect(lines(result)).toHaveLength(2);
  });

  it("that are no UTF-8 are set aside", async () => {
    const bytes = Buffer.concat([Buffer.from('{"mail":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const result = await collect(pseudonymiseJsonLines(pieces(bytes), ruleFor(["mail"])));
    expect(result.aside).toMatchObject([{ record: 1, reason: "is no UTF-8" }]);
  });

  it("of 50 MB are set aside without being held in memory", async () => {
    const size = 50 * 2 ** 20;
    async function* source() {
      yield Buffer.from('{"mail":"');
      for (let i = 0; i < 50; i++) yield Buffer.alloc(2 ** 20, 0x61);
      yield Buffer.from('"}\n{"mail":"someone else"}\n');
    }
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    async function* watched() {
      for await (const chunk of source()) {
        yield chunk;
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
    }
    const result = await collect(pseudonymiseJsonLines(watched(), ruleFor(["mail"])));
    expect(result.aside).toEqual([{ record: 1, offset: 0, bytes: size + 11, reason: "is longer than 1048576 bytes" }]);
    expect(result.records).toBe(1);
    // The source itself leaves up to 50 MB for the collector; the record held as well would make it a hundred.
    expect(most).toBeLessThan(1.5 * size);
  });

  const identifier = fc.string({ minLength: 8, maxLength: 20, unit: fc.constantFrom(..."abcdefgh01234") });
  const records = fc.array(fc.record({ id: identifier, mail: identifier, likes: fc.integer(), text: fc.lorem() }), {
    minLength: 1,
    maxLength: 20,
  });

  it("keep their count, and no identifier survives", async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 64 }), async (all, size) => {
        const text = all.map(({ id, mail, ...more }) => record(id, mail, more)).join("\n");
        const result = await collect(pseudonymiseJsonLines(pieces(text, size), ruleFor(fields)));
        expect(result.records + result.aside.length).toBe(all.length);
        const words = lines(result).flatMap(({ user, mail, text, likes }) => [user.id, mail, text, likes]);
        for (const { id, mail } of all) expect(words.some((word) => word === id || word === mail)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it("have the same token for the same input, another for another purpose and for another value", async () => {
    await fc.assert(
      fc.asyncProperty(identifier, identifier, async (one, other) => {
        const rule = ruleFor(["mail"]);
        const token = async (value: string, by = rule) => lines(await run(JSON.stringify({ mail: value }), by))[0].mail;
        expect(await token(one)).toBe(await token(one));
        expect(await token(one)).not.toBe(await token(one, ruleFor(["mail"], "support")));
        expect((await token(one)) === (await token(other))).toBe(one === other);
      }),
      { numRuns: 60 },
    );
  });
});
