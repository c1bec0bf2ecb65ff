/** Numbers written with a given number of digits, as Go's big.Float writes them: `%f`, `%e`, `%g`. */
import { exactDigits, type Numeric, numberText } from "../number";

/** The digits of a number that is not negative, without zeros around them, and where the point stands: 12.5 is 125, 2. */
function split(value: Numeric): { digits: string; point: number } {
  const [whole, fraction = ""] = numberText(value).replace("-", "").split(".");
  const all = whole + fraction;
  const digits = all.replace(/^0+/, "");
  const point = whole.length - (all.length - digits.length);
  const end = digits.length - (/0*$/.exec(digits)?.[0].length ?? 0);
  return digits === "" ? { digits: "", point: 0 } : { digits: digits.slice(0, end), point };
}

/** Keeps `count` digits, rounding half to even as Go does for decimals that are exact. */
function round(digits: string, point: number, count: number): { digits: string; point: number } {
  if (count >= digits.length) return { digits, point };
  if (count < 0) return { digits: "", point };
  const kept = digits.slice(0, count);
  const rest = digits.slice(count);
  const half = `5${"0".repeat(rest.length - 1)}`;
  const odd = count > 0 && Number(kept[count - 1]) % 2 === 1;
  if (!(rest > half || (rest === half && odd))) return { digits: kept, point };
  const sum = (BigInt(kept || "0") + 1n).toString().padStart(count, "0");
  return sum.length > count ? { digits: sum, point: point + 1 } : { digits: sum, point };
}

const placed = (digits: string, point: number): { whole: string; fraction: string } => ({
  whole: point <= 0 ? "0" : digits.slice(0, point).padEnd(point, "0"),
  fraction: point <= 0 ? "0".repeat(-point) + digits : digits.slice(point),
});

/** All digits of the binary number, which a rounding must look at. */
function exactly(value: Numeric): { digits: string; point: number } {
  const { digits, point } = exactDigits(value);
  return digits === "0" ? { digits: "", point: 0 } : { digits: digits.replace(/0+$/, ""), point };
}

export function decimalPlaces(value: Numeric, places: number): string {
  const exact = exactly(value);
  const { digits, point } = round(exact.digits, exact.point, exact.point + places);
  const { whole, fraction } = placed(digits, digits === "" ? 0 : point);
  return places === 0 ? whole : `${whole}.${fraction.padEnd(places, "0").slice(0, places)}`;
}

export function scientific(value: Numeric, places: number, letter: string): string {
  const exact = exactly(value);
  const { digits, point } = round(exact.digits, exact.point, places + 1);
  return exponential(digits.padEnd(places + 1, "0"), digits === "" ? 0 : point - 1, letter);
}

function exponential(digits: string, exponent: number, letter: string): string {
  const fraction = digits.slice(1);
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits[0]}${fraction === "" ? "" : `.${fraction}`}${letter}${exponent < 0 ? "-" : "+"}${power}`;
}

/** The shorter of the two forms; without precision with as many digits as it takes. */
export function general(value: Numeric, precision: number | undefined, letter: string): string {
  const sign = numberText(value).startsWith("-") ? "-" : "";
  const significant = precision === 0 ? 1 : precision;
  const exact = significant === undefined ? split(value) : exactly(value);
  const { digits, point } = significant === undefined ? exact : round(exact.digits, exact.point, significant);
  const exponent = digits === "" ? 0 : point - 1;
  // The digits may end before the precision does; without precision the rule is that of six digits.
  const short = significant !== undefined && significant > digits.length && digits.length >= point;
  const limit = short ? digits.length : (significant ?? 6);
  const trimmed = digits.replace(/0+$/, "");
  if (exponent < -4 || exponent >= limit) return sign + exponential(trimmed || "0", exponent, letter);
  const { whole, fraction } = placed(trimmed, digits === "" ? 0 : point);
  return sign + (fraction === "" ? whole : `${whole}.${fraction}`);
}
