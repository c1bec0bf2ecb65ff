import {
  add,
  ceil,
  compare,
  divide,
  floor,
  isNumeric,
  modulo,
  multiply,
  negate,
  numberText,
  parseNumber,
  subtract,
  WideNumber,
} from "../../../../policies/configuration/expression/number";
import { isUnknown } from "../../../../policies/configuration/value";
import fc from "../../../properties";

const number = (text: string) => parseNumber(text)!;

test("plain numbers are JavaScript's", () => {
  expect(number("5")).toBe(5);
  expect(number("-1.50")).toBe(-1.5);
  expect(number("1e21")).toBe(1e21);
  expect(number("0.1")).toBe(0.1);
});

test("others keep all their digits, and are unknown to everybody else", () => {
  const wide = number("9007199254740993");
  expect(wide).toBeInstanceOf(WideNumber);
  expect(isUnknown(wide as WideNumber)).toBe(true);
  expect((wide as WideNumber).candidates).toEqual(["9007199254740993"]);
  expect(numberText(add(wide, 1))).toBe("9007199254740994");
  expect(numberText(multiply(number("123456789012345678901234567890"), 10))).toBe("1234567890123456789012345678900");
  // What fits again is plain again.
  expect(subtract(add(number("9007199254740993"), 7), number("9007199254740000"))).toBe(1000);
});

test("decimal fractions add up", () => {
  expect(add(0.1, 0.2)).toBe(0.3);
  expect(numberText(divide(1, 3))).toMatch(/^0\.3{150,}5$/);
  expect(multiply(divide(1, 3), 3)).toBe(1);
});

test.each(["", "x", "0x10", "1_000", " 1", "1 ", "--1", "1e", "e5", ".", "Infinity", "NaN", "１"])(
  "%j is no number",
  (text) => {
    expect(parseNumber(text)).toBeUndefined();
  },
);

const wholes = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

test("whole numbers of any size are exact", () => {
  fc.assert(
    fc.property(wholes, wholes, (a, b) => {
      const [x, y] = [number(String(a)), number(String(b))];
      expect(numberText(add(x, y))).toBe(String(a + b));
      expect(numberText(subtract(x, y))).toBe(String(a - b));
      expect(numberText(multiply(x, y)).replace("-0", "0")).toBe(String(a * b));
      expect(compare(x, y)).toBe(a < b ? -1 : a > b ? 1 : 0);
      if (b !== 0n) expect(numberText(modulo(x, y))).toBe(String(a % b));
      expect(isNumeric(negate(x))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("the text of a number reads back as the same number", () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 }),
      fc.integer({ min: 1, max: 99 }),
      (a, b) => {
        const quotient = divide(number(String(a)), b);
        expect(compare(number(numberText(quotient)), quotient)).toBe(0);
        expect(compare(floor(quotient), quotient)).toBeLessThanOrEqual(0);
        expect(compare(ceil(quotient), quotient)).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 300 },
  );
});
