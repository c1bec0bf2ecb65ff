/** Numeric functions: https://developer.hashicorp.com/terraform/language/functions#numeric-functions */
import type { Value } from "../../value";
import { fail, quote } from "../errors";
import {
  ceil,
  compare,
  floor,
  fromBigInt,
  isNegative,
  isWhole,
  type Numeric,
  negate,
  numberText,
  parseNumber,
} from "../number";
import { type Family, type FunctionSpec, parameter, wholeNumber } from "./define";

const ofNumber = (change: (value: Numeric) => Numeric): FunctionSpec => ({
  parameters: [parameter("num", "number")],
  returns: "number",
  call: ([value]) => change(value as Numeric),
});

const best = (name: string, sign: 1 | -1): FunctionSpec => ({
  parameters: [],
  rest: parameter("numbers", "number"),
  returns: "number",
  call: (numbers) => {
    if (numbers.length === 0) fail(`${name} needs at least one number`);
    return (numbers as readonly Numeric[]).reduce((a, b) => (compare(b, a) * sign > 0 ? b : a));
  },
});

const asDouble = (value: Value): number => Number(numberText(value as Numeric));

/** The result of a calculation in double precision. */
function fromDouble(value: number, what: string): Value {
  if (Number.isNaN(value)) return fail(`${what} is no number`);
  return Number.isFinite(value) ? (parseNumber(numberText(value)) ?? value) : value;
}

/** The mantissa in [0.5, 1) and the exponent of a positive double. */
function frexp(value: number): [number, number] {
  let exponent = Math.max(-1023, Math.floor(Math.log2(value)) + 1);
  let mantissa = value * 2 ** -exponent;
  while (mantissa < 0.5) {
    mantissa *= 2;
    exponent--;
  }
  while (mantissa >= 1) {
    mantissa /= 2;
    exponent++;
  }
  return [mantissa, exponent];
}

/** Go's math.Pow step by step, as JavaScript's may differ from it in the last digit. */
function goPow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (y === 1) return x;
  if (x === 0) return y < 0 ? Number.POSITIVE_INFINITY : 0;
  if (y === 0.5) return Math.sqrt(x);
  if (y === -0.5) return 1 / Math.sqrt(x);
  let whole = Math.floor(Math.abs(y));
  let fraction = Math.abs(y) - whole;
  if (fraction !== 0 && x < 0) return Number.NaN;
  if (whole >= 2 ** 63) {
    if (x === -1) return 1;
    return Math.abs(x) < 1 === y > 0 ? 0 : Number.POSITIVE_INFINITY;
  }
  let result = 1;
  let exponent = 0;
  if (fraction !== 0) {
    if (fraction > 0.5) {
      fraction--;
      whole++;
    }
    result = Math.exp(fraction * Math.log(x));
  }
  let [factor, power] = frexp(Math.abs(x));
  if (x < 0) factor = -factor;
  for (let i = whole; i !== 0; i = Math.floor(i / 2)) {
    if (power < -4096 || power > 4096) {
      exponent += power;
      break;
    }
    if (i % 2 === 1) {
      result *= factor;
      exponent += power;
    }
    factor *= factor;
    power *= 2;
    if (factor < 0.5) {
      factor += factor;
      power--;
    }
  }
  if (y < 0) {
    result = 1 / result;
    exponent = -exponent;
  }
  return ldexp(result, exponent);
}

/** Scales in two steps, so that neither leaves the range of doubles too early. */
function ldexp(mantissa: number, exponent: number): number {
  const half = Math.trunc(Math.max(-2000, Math.min(2000, exponent)) / 2);
  return mantissa * 2 ** half * 2 ** (Math.max(-2000, Math.min(2000, exponent)) - half);
}

const digitSet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function parseint(value: string, base: number): Value {
  if (base < 2 || base > 62) fail("parseint: the base must lie between 2 and 62");
  const negative = value.startsWith("-");
  const digits = value.startsWith("-") || value.startsWith("+") ? value.slice(1) : value;
  if (digits.length > 10_000) fail("parseint: the number has too many digits");
  let result = 0n;
  for (const character of digits) {
    const digit = digitSet.indexOf(base <= 36 ? character.toLowerCase() : character);
    if (digit < 0 || digit >= base) fail(`parseint: ${quote(value)} is no whole number in base ${base}`);
    result = result * BigInt(base) + BigInt(digit);
  }
  if (digits === "") fail(`parseint: ${quote(value)} is no whole number in base ${base}`);
  return fromBigInt(negative ? -result : result);
}

const zero: Numeric = 0;

export const numeric: Family = {
  abs: ofNumber((value) => (isNegative(value) ? negate(value) : value)),
  ceil: ofNumber(ceil),
  floor: ofNumber(floor),
  signum: ofNumber((value) =>
    isWhole(value) ? Math.sign(compare(value, zero)) : fail("signum: a whole number is required"),
  ),
  max: best("max", 1),
  min: best("min", -1),
  log: {
    parameters: [parameter("num", "number"), parameter("base", "number")],
    returns: "number",
    call: ([value, base]) => fromDouble(Math.log(asDouble(value)) / Math.log(asDouble(base)), "the logarithm"),
  },
  pow: {
    parameters: [parameter("num", "number"), parameter("power", "number")],
    returns: "number",
    call: ([value, power]) => fromDouble(goPow(asDouble(value), asDouble(power)), "the power"),
  },
  parseint: {
    parameters: [parameter("number", "any"), parameter("base", "number")],
    returns: "number",
    call: ([value, base]) => {
      if (typeof value !== "string") return fail("parseint: the number must be written as a text");
      return parseint(value, wholeNumber(base));
    },
  },
};
