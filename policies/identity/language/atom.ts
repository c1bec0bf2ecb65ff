/**
 * One constraint on one key of a request: on the value of a condition key, on the action, on the resource.
 *
 * A request gives every key no value, one value, or (some keys) a set of values. An atom is the set of assignments of
 * its key that satisfy it; its negation is again an atom, so a statement is a product of atoms over independent keys,
 * and what a Deny leaves is a union of products with one negated atom each.
 */
import { type Cidr, parseCidr } from "../../geography/addresses";
import { matches, type Pattern } from "./patterns";

export type Family = "number" | "date" | "address";

/** A set of values of a key. */
export type ValueSet =
  | { readonly type: "text"; readonly patterns: readonly Pattern[]; readonly negated: boolean }
  | {
      readonly type: "points";
      readonly family: Family;
      readonly test: (point: bigint | number) => boolean;
      /** Where membership may change: between two neighbouring points, and outside of all, it is constant. */
      readonly points: readonly (bigint | number)[];
    };

export type Quantifier = "one" | "any" | "all";

export interface Atom {
  /** In lower case. */
  readonly key: string;
  /** Whether a request without the key satisfies it. */
  readonly absent: boolean;
  /** Whether a request with the key can satisfy it. */
  readonly present: boolean;
  readonly quantifier: Quantifier;
  readonly set: ValueSet;
  /** Equal for equal atoms. */
  readonly id: string;
}

const OPPOSITE: Record<Quantifier, Quantifier> = { one: "one", any: "all", all: "any" };

const complement = (set: ValueSet): ValueSet =>
  set.type === "text" ? { ...set, negated: !set.negated } : { ...set, test: (point) => !set.test(point) };

const ALL: ValueSet = { type: "text", patterns: [], negated: true };

/** The assignments that do not satisfy the atom. */
export function negate(atom: Atom): Atom {
  const id = atom.id.startsWith("!") ? atom.id.slice(1) : `!${atom.id}`;
  // An atom that no present value satisfies is satisfied by every present value when negated, and the reverse.
  if (!atom.present) return { ...atom, absent: !atom.absent, present: true, quantifier: "all", set: ALL, id };
  const every = atom.set.type === "text" && atom.set.negated && atom.set.patterns.length === 0;
  if (every) return { ...atom, absent: !atom.absent, present: false, id };
  return { ...atom, absent: !atom.absent, quantifier: OPPOSITE[atom.quantifier], set: complement(atom.set), id };
}

const textId = (patterns: readonly Pattern[], negated: boolean): string =>
  `${negated ? "-" : "+"}${patterns.map((pattern) => pattern.id).join("\u0003")}`;

/** The key has a value, and it (all of them) is in one of the patterns. */
export const within = (key: string, patterns: readonly Pattern[], absent = false): Atom => ({
  key,
  absent,
  present: true,
  quantifier: "all",
  set: { type: "text", patterns, negated: false },
  id: `${key}${absent ? "?" : "="}all${textId(patterns, false)}`,
});

/** The key has no value, or (all of) its values are in none of the patterns. */
export const outside = (key: string, patterns: readonly Pattern[], absent = true): Atom => ({
  key,
  absent,
  present: true,
  quantifier: "all",
  set: { type: "text", patterns, negated: true },
  id: `${key}${absent ? "?" : "="}all${textId(patterns, true)}`,
});

/** The key is not in the request. */
export const missing = (key: string): Atom => ({
  key,
  absent: true,
  present: false,
  quantifier: "one",
  set: ALL,
  id: `${key}#missing`,
});

/** The key is in the request. */
export const given = (key: string): Atom => ({
  key,
  absent: false,
  present: true,
  quantifier: "all",
  set: ALL,
  id: `${key}#given`,
});

export interface AtomParts {
  readonly absent: boolean;
  readonly quantifier: Quantifier;
  readonly set: ValueSet;
  /** Distinguishes sets of points, whose tests can't be compared. */
  readonly of: string;
}

/** An atom of a condition operator. */
export const constraint = (key: string, { absent, quantifier, set, of }: AtomParts): Atom => ({
  key,
  absent,
  present: true,
  quantifier,
  set,
  id: `${key}${absent ? "?" : "="}${quantifier}${set.type === "text" ? textId(set.patterns, set.negated) : of}`,
});

/** Whether a text is in the set; points are read from the text. */
export function contains(set: ValueSet, value: string): boolean {
  if (set.type === "text") return set.patterns.some((pattern) => matches(pattern, value)) !== set.negated;
  const point = readPoint(set.family, value);
  return point !== undefined && set.test(point);
}

/** Whether an assignment satisfies the atom: the value(s) of the key, or undefined if the request lacks it. */
export function satisfied(atom: Atom, value: string | readonly string[] | undefined): boolean {
  if (value === undefined) return atom.absent;
  if (!atom.present) return false;
  const values = typeof value === "string" ? [value] : value;
  if (values.length === 0) return atom.absent || atom.quantifier === "all";
  const test = (item: string) => contains(atom.set, item);
  return atom.quantifier === "all" ? values.every(test) : values.some(test);
}

/** The number, instant (milliseconds) or address (see `addresses.ts`) that a text denotes. */
export function readPoint(family: Family, text: string): bigint | number | undefined {
  if (family === "number") return readNumber(text);
  if (family === "date") return readDate(text);
  return readAddress(text);
}

export const readNumber = (text: string): number | undefined => {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
};

/** ISO 8601 or seconds since 1970, as the user guide's "Date condition operators" allow. */
export function readDate(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** IPv6 addresses are their number plus 2^33, so that both families lie on one line without touching. */
const SIX = 1n << 33n;

export function readAddress(text: string): bigint | undefined {
  return readRange(text)?.[0];
}

/** First and last point of a range in CIDR notation, or of a single address. */
export function readRange(text: string): readonly [bigint, bigint] | undefined {
  const range = parseCidr(text);
  return range && pointsOf(range);
}

/** First and last point of a range. */
export function pointsOf({ version, first, last }: Cidr): readonly [bigint, bigint] {
  const offset = version === 6 ? SIX : 0n;
  return [first + offset, last + offset];
}

/** The first addresses of both families. */
export const ADDRESS_STARTS: readonly bigint[] = [0n, SIX];
export const isAddress = (point: bigint): boolean =>
  (point >= 0n && point < 1n << 32n) || (point >= SIX && point < SIX + (1n << 128n));

export function showAddress(point: bigint): string {
  if (point < SIX) return [24n, 16n, 8n, 0n].map((shift) => ((point >> shift) & 255n).toString()).join(".");
  const number = point - SIX;
  return Array.from({ length: 8 }, (_, i) => ((number >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(":");
}
