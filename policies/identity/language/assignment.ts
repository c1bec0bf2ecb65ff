/** Whether one key of a request can be given a value that satisfies several atoms at once, and which. */
import {
  ADDRESS_STARTS,
  type Atom,
  contains,
  type Family,
  isAddress,
  satisfied,
  showAddress,
  type ValueSet,
} from "./atom";
import type { Pattern } from "./patterns";
import { witness } from "./witness";

/** `value` absent: the request lacks the key. `sure` is false if a search was given up and a value only supposed. */
export interface Assignment {
  readonly value?: string | readonly string[];
  readonly sure: boolean;
}

const ABSENT: Assignment = { sure: true };

/**
 * An assignment of the key that all atoms (of this one key) share, or undefined if there is none. `multiple`: the key
 * can hold a set of values.
 */
export function assign(atoms: readonly Atom[], multiple: boolean): Assignment | undefined {
  if (atoms.every((atom) => atom.present)) {
    const present = multiple ? severalValues(atoms) : oneValue(atoms.map((atom) => atom.set));
    if (present) return present;
  }
  return atoms.every((atom) => atom.absent) ? ABSENT : undefined;
}

function severalValues(atoms: readonly Atom[]): Assignment | undefined {
  const every = atoms.filter((atom) => atom.quantifier === "all").map((atom) => atom.set);
  const some = atoms.filter((atom) => atom.quantifier !== "all").map((atom) => atom.set);
  const values: string[] = [];
  let sure = true;
  for (const set of some.length > 0 ? some : [undefined]) {
    const value = oneValue(set ? [...every, set] : every);
    // An empty set of values satisfies what is asked of all of them.
    if (!value) return some.length === 0 ? { value: [], sure } : undefined;
    sure &&= value.sure;
    values.push(value.value as string);
  }
  return { value: values, sure };
}

/** A value in all of the sets. */
function oneValue(sets: readonly ValueSet[]): Assignment | undefined {
  const texts = sets.filter((set) => set.type === "text");
  const points = sets.filter((set) => set.type === "points");
  if (points.length === 0) return inTexts(texts);
  const family = points[0].family;
  const isolated = points.flatMap((set) => (set.family === family ? set.points : []));
  for (const point of representatives(family, isolated)) {
    const value = show(family, point);
    if (points.every((set) => contains(set, value)) && texts.every((set) => contains(set, value))) {
      return { value, sure: true };
    }
  }
  if (texts.length === 0 && points.every((set) => set.family === family)) return undefined;
  // Texts and numbers asked of one key: only the representatives were tried.
  const literal = inTexts(texts);
  if (!literal) return undefined;
  const positive = texts.find((set) => !set.negated);
  if (positive?.patterns.every((pattern) => pattern.literal !== undefined)) {
    const value = positive.patterns
      .map((p) => p.literal as string)
      .find((text) => sets.every((s) => contains(s, text)));
    return value === undefined ? undefined : { value, sure: true };
  }
  return { ...literal, sure: false };
}

function inTexts(sets: readonly Extract<ValueSet, { type: "text" }>[]): Assignment | undefined {
  const inside = sets.filter((set) => !set.negated).map((set) => set.patterns);
  const without: Pattern[] = sets.filter((set) => set.negated).flatMap((set) => set.patterns);
  const value = witness(inside, without);
  if (value === undefined) return undefined;
  return value === null ? { value: "?", sure: false } : { value, sure: true };
}

/** One point of every stretch on which all sets are constant. */
function representatives(family: Family, points: readonly (bigint | number)[]): (bigint | number)[] {
  if (family === "address") {
    const at = new Set<bigint>(ADDRESS_STARTS);
    for (const point of points as readonly bigint[]) for (const near of [point - 1n, point, point + 1n]) at.add(near);
    return [...at].filter(isAddress).sort((a, b) => (a < b ? -1 : 1));
  }
  const sorted = [...new Set(points as readonly number[])].sort((a, b) => a - b);
  const step = family === "date" ? 1000 : 1;
  const result: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    result.push(sorted[i], i + 1 < sorted.length ? between(sorted[i], sorted[i + 1], step) : sorted[i] + step);
  }
  if (sorted.length > 0) result.push(sorted[0] - step);
  return sorted.length === 0 ? [0] : result;
}

const between = (low: number, high: number, step: number): number =>
  low + step < high ? low + step : low + (high - low) / 2;

function show(family: Family, point: bigint | number): string {
  if (family === "address") return showAddress(point as bigint);
  if (family === "date") {
    const time = new Date(point as number);
    return Number.isNaN(time.getTime()) ? String(point) : time.toISOString();
  }
  return String(point);
}

/** Whether the assignment satisfies every atom: what a witness is checked with. */
export const confirms = (atoms: readonly Atom[], assignment: Assignment): boolean =>
  atoms.every((atom) => satisfied(atom, assignment.value));
