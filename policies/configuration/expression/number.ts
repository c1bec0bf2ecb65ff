/**
 * Terraform's numbers are binary floating point numbers of 512 bits (of 64 or 53 where a function counted or
 * calculated them, a difference that is not followed: it shows in the last digits of quotients only). Those that JavaScript holds exactly (their decimal
 * text is the same) are plain numbers here, infinity among them; the others are `WideNumber`s, which everybody else sees as an `Unknown`
 * that says what it is. A plain number stands for the 512-bit number nearest to its decimal text, as Terraform reads it.
 */
import { Unknown } from "../value";
import { fail } from "./errors";

const precision = 512;
/** Longer numbers than this are refused: their digits alone would take seconds. */
const maxExponent = 5000;

/** mantissa * 2^exponent; the mantissa is odd or zero and has at most 512 bits. */
interface Float {
  readonly mantissa: bigint;
  readonly exponent: number;
}

export class WideNumber extends Unknown {
  constructor(
    readonly text: string,
    readonly float: Float,
  ) {
    super(`the number ${text.length > 40 ? `${text.slice(0, 37)}...` : text} has more digits than can be held`, {
      candidates: [text],
    });
  }
}

export type Numeric = number | WideNumber;
export const isNumeric = (value: unknown): value is Numeric => typeof value === "number" || value instanceof WideNumber;

const bitLength = (n: bigint): number => {
  const hex = (n < 0n ? -n : n).toString(16);
  return n === 0n ? 0 : (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0], 16)));
};

/** To 512 bits, ties to even; `sticky` says that something nonzero was cut off below already. */
function rounded(mantissa: bigint, exponent: number, sticky = false): Float {
  if (mantissa === 0n) return { mantissa: 0n, exponent: 0 };
  const negative = mantissa < 0n;
  let m = negative ? -mantissa : mantissa;
  let e = exponent;
  const excess = bitLength(m) - precision;
  if (excess > 0) {
    const shift = BigInt(excess);
    const rest = m & ((1n << shift) - 1n);
    const half = 1n << (shift - 1n);
    m >>= shift;
    e += excess;
    if (rest > half || (rest === half && (sticky || (m & 1n) === 1n))) m += 1n;
  }
  while ((m & 0xffffffffn) === 0n) {
    m >>= 32n;
    e += 32;
  }
  while ((m & 1n) === 0n) {
    m >>= 1n;
    e += 1;
  }
  return { mantissa: negative ? -m : m, exponent: e };
}

function quotient(a: bigint, b: bigint, exponent: number): Float {
  const negative = a < 0n !== b < 0n;
  const dividend = a < 0n ? -a : a;
  const divisor = b < 0n ? -b : b;
  const shift = Math.max(0, precision + 2 + bitLength(divisor) - bitLength(dividend));
  const shifted = dividend << BigInt(shift);
  const result = shifted / divisor;
  // One more bit below, set if the division left a rest, keeps ties honest.
  const sticky = shifted % divisor === 0n ? 0n : 1n;
  const mantissa = (result << 1n) | sticky;
  return rounded(negative ? -mantissa : mantissa, exponent - shift - 1);
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

function parseFloatExactly(text: string): Float | undefined {
  const found = decimal.exec(text);
  if (found === null) return undefined;
  const [, sign, whole, fraction = "", power = "0"] = found;
  if (whole === "" && fraction === "") return undefined;
  const exponent = Number(power) - fraction.length;
  if (Math.abs(exponent) > maxExponent || whole.length + fraction.length > maxExponent) {
    fail(`the number has more than ${maxExponent} digits`);
  }
  const digits = BigInt(sign + (whole + fraction || "0"));
  if (exponent >= 0) return rounded(digits * 10n ** BigInt(exponent), 0);
  return quotient(digits, 10n ** BigInt(-exponent), 0);
}

/** Digits with the point behind the first `point` of them. */
const withPoint = (digits: string, point: number): string => {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  return digits.slice(0, point).padEnd(point, "0") + (digits.length > point ? `.${digits.slice(point)}` : "");
};

/** A plain number's text as Terraform writes it: never with an exponent. */
function plainText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (!Number.isFinite(value)) return value < 0 ? "-Inf" : "+Inf";
  const text = String(value);
  const at = text.indexOf("e");
  if (at < 0) return text;
  const power = Number(text.slice(at + 1));
  const negative = text[0] === "-";
  const [whole, fraction = ""] = text.slice(negative ? 1 : 0, at).split(".");
  const body = withPoint(whole + fraction, whole.length + power);
  return negative ? `-${body}` : body;
}

/** The decimal digits of a positive float, exactly, and where the point stands in them. */
function exactDecimal(mantissa: bigint, exponent: number): { digits: string; point: number } {
  const digits =
    exponent >= 0 ? (mantissa << BigInt(exponent)).toString() : (mantissa * 5n ** BigInt(-exponent)).toString();
  return { digits, point: exponent >= 0 ? digits.length : digits.length + exponent };
}

/** The shortest decimal text that reads back as the same float. */
function shortest(float: Float): string {
  const negative = float.mantissa < 0n;
  const magnitude = negative ? -float.mantissa : float.mantissa;
  if (magnitude === 0n) return "0";
  if (Math.abs(float.exponent) > maxExponent * 4) fail("the number is too large or too small to be written");
  // Widened to the full precision plus one bit, so that half a unit in the last place is the number 1.
  const widen = precision + 1 - bitLength(magnitude);
  const mantissa = magnitude << BigInt(widen);
  const exponent = float.exponent - widen;
  const inclusive = (mantissa & 2n) === 0n;
  const all = [mantissa, mantissa - 1n, mantissa + 1n].map((n) => exactDecimal(n, exponent));
  const point = Math.max(...all.map((one) => one.point));
  // With a zero in front, so that rounding up never makes more digits.
  const [exact, lower, upper] = all.map((one) => `0${"0".repeat(point - one.point)}${one.digits}`.replace(/0+$/, ""));
  const cut = shorten(exact, lower, upper, inclusive).replace(/0+$/, "");
  const start = /^0*/.exec(cut)?.[0].length ?? 0;
  const body = withPoint(cut.slice(start), point + 1 - start);
  return negative ? `-${body}` : body;
}

/** As few digits as tell the number from its neighbours; see roundShortest in Go's math/big. */
function shorten(exact: string, lower: string, upper: string, inclusive: boolean): string {
  for (let i = 0; i < exact.length; i++) {
    const low = lower[i] ?? "0";
    const digit = exact[i];
    const high = upper[i] ?? "0";
    const down = low !== digit || (inclusive && i + 1 === lower.length);
    const up = digit !== high && (inclusive || Number(digit) + 1 < Number(high) || i + 1 < upper.length);
    if (!down && !up) continue;
    const kept = exact.slice(0, i + 1);
    return up && (!down || roundsUp(exact, i + 1)) ? increment(kept) : kept;
  }
  return exact;
}

/** Whether the digits from `at` on are more than half, or half behind an odd digit. */
function roundsUp(digits: string, at: number): boolean {
  const next = digits[at] ?? "0";
  const tie = next === "5" && at + 1 === digits.length;
  return tie ? Number(digits[at - 1]) % 2 === 1 : next >= "5";
}

/** All decimal digits of a number without its sign, and where the point stands in them. */
export function exactDigits(value: Numeric): { digits: string; point: number } {
  const { mantissa, exponent } = toFloat(value);
  if (Math.abs(exponent) > maxExponent * 4) fail("the number is too large or too small to be written");
  return exactDecimal(mantissa < 0n ? -mantissa : mantissa, exponent);
}

const increment = (digits: string): string => (BigInt(digits) + 1n).toString().padStart(digits.length, "0");

function toFloat(value: Numeric): Float {
  if (value instanceof WideNumber) return value.float;
  if (Number.isSafeInteger(value)) return rounded(BigInt(value), 0);
  return parseFloatExactly(plainText(value)) ?? fail("an infinite number can't be used here");
}

function canonical(float: Float): Numeric {
  if (float.exponent >= 0 && float.exponent < 64) {
    const whole = float.mantissa << BigInt(float.exponent);
    if (whole >= -9007199254740991n && whole <= 9007199254740991n) return Number(whole);
  }
  const text = shortest(float);
  const plain = Number(text);
  return Number.isFinite(plain) && plainText(plain) === text ? plain : new WideNumber(text, float);
}

/** Undefined if the text is no decimal number. */
export function parseNumber(text: string): Numeric | undefined {
  if (text.length <= 15 && /^-?\d+$/.test(text)) return Number(text);
  if (/^[+-][Ii]nf$/.test(text)) return text[0] === "+" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const float = parseFloatExactly(text);
  return float && canonical(float);
}

export const numberText = (value: Numeric): string => (value instanceof WideNumber ? value.text : plainText(value));

/** A calculation with an infinite operand: its result is what JavaScript says, if it is a number at all. */
function infinite(a: Numeric, b: Numeric, calculate: (a: number, b: number) => number): number | undefined {
  if (isFinite(a) && isFinite(b)) return undefined;
  // How large a finite operand is does not matter, only its sign and whether it is zero.
  const plain = (value: Numeric): number => (typeof value === "number" ? value : isNegative(value) ? -1 : 1);
  const result = calculate(plain(a), plain(b));
  return Number.isNaN(result) ? fail("the result of the calculation with an infinite number is no number") : result;
}

export function add(a: Numeric, b: Numeric): Numeric {
  if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const beyond = infinite(a, b, (x, y) => x + y);
  if (beyond !== undefined) return beyond;
  const x = toFloat(a);
  const y = toFloat(b);
  const exponent = Math.min(x.exponent, y.exponent);
  if (Math.max(x.exponent, y.exponent) - exponent > maxExponent * 8) fail("the numbers are too far apart to be added");
  return canonical(
    rounded((x.mantissa << BigInt(x.exponent - exponent)) + (y.mantissa << BigInt(y.exponent - exponent)), exponent),
  );
}

export const negate = (value: Numeric): Numeric =>
  typeof value === "number" ? -value : canonical({ mantissa: -value.float.mantissa, exponent: value.float.exponent });

export const subtract = (a: Numeric, b: Numeric): Numeric => {
  if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return add(a, negate(b));
};

export function multiply(a: Numeric, b: Numeric): Numeric {
  if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product;
  }
  const beyond = infinite(a, b, (x, y) => x * y);
  if (beyond !== undefined) return beyond;
  const x = toFloat(a);
  const y = toFloat(b);
  if (isZero(a) || isZero(b)) return isNegative(a) === isNegative(b) ? 0 : -0;
  return canonical(rounded(x.mantissa * y.mantissa, x.exponent + y.exponent));
}

export function divide(a: Numeric, b: Numeric): Numeric {
  const beyond = infinite(a, b, (x, y) => x / y);
  if (beyond !== undefined) return beyond;
  const sign = isNegative(a) === isNegative(b) ? 1 : -1;
  if (isZero(b)) return isZero(a) ? fail("zero can't be divided by zero") : sign * Number.POSITIVE_INFINITY;
  if (isZero(a)) return sign * 0;
  if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    if (a % b === 0) return a / b;
  }
  const x = toFloat(a);
  const y = toFloat(b);
  return canonical(quotient(x.mantissa, y.mantissa, x.exponent - y.exponent));
}

/** What is left of `a` after taking away `b` as often as it goes in; has the sign of `a`. Zero takes nothing away. */
export function modulo(a: Numeric, b: Numeric): Numeric {
  if (isZero(b)) return a;
  if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    // Terraform subtracts, which never gives a negative zero.
    return (a % b) + 0;
  }
  return subtract(a, multiply(b, truncate(divide(a, b))));
}

export function compare(a: Numeric, b: Numeric): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  if (!isFinite(a)) return isNegative(a) ? -1 : 1;
  if (!isFinite(b)) return isNegative(b) ? 1 : -1;
  const difference = toFloat(subtract(a, b)).mantissa;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const isFinite = (value: Numeric): boolean => typeof value !== "number" || Number.isFinite(value);
export const isNegative = (value: Numeric): boolean =>
  typeof value === "number" ? value < 0 || Object.is(value, -0) : value.float.mantissa < 0n;
const isZero = (value: Numeric): boolean => value === 0;
export const isWhole = (value: Numeric): boolean =>
  typeof value === "number" ? Number.isInteger(value) : value.float.exponent >= 0;

/** The whole number as such; undefined for a fraction. */
export function toBigInt(value: Numeric): bigint | undefined {
  if (!isFinite(value)) return undefined;
  const float = toFloat(value);
  return float.exponent >= 0 ? float.mantissa << BigInt(float.exponent) : undefined;
}
export const fromBigInt = (value: bigint): Numeric => canonical(rounded(value, 0));

function whole(value: Numeric, adjust: (floor: bigint, negative: boolean) => bigint): Numeric {
  if (!isFinite(value)) return value;
  const float = toFloat(value);
  // A whole number has no negative zero.
  if (float.exponent >= 0) return isZero(value) ? 0 : value;
  const floor = float.mantissa >> BigInt(-float.exponent);
  return canonical(rounded(adjust(floor, float.mantissa < 0n), 0));
}
export const floor = (value: Numeric): Numeric => whole(value, (below) => below);
export const ceil = (value: Numeric): Numeric => whole(value, (below) => below + 1n);
const truncate = (value: Numeric): Numeric => whole(value, (below, negative) => (negative ? below + 1n : below));
