/**
 * Sets of whole numbers as sorted, disjoint, non-adjacent closed intervals: `[lo, hi, lo, hi, …]`.
 *
 * IPv4 addresses, ports and protocols are numbers, IPv6 addresses are bigints; one set holds one of the two only. The
 * form is canonical: equal sets are equal lists.
 */
export type Whole = number | bigint;
export type Ranges = readonly Whole[];

export const none: Ranges = [];

export const range = (lo: Whole, hi: Whole): Ranges => (lo > hi ? none : [lo, hi]);
export const single = (value: Whole): Ranges => [value, value];
export const isEmpty = (set: Ranges): boolean => set.length === 0;

const after = (value: Whole): Whole => (typeof value === "bigint" ? value + 1n : value + 1);
const before = (value: Whole): Whole => (typeof value === "bigint" ? value - 1n : value - 1);

export function equal(a: Ranges, b: Ranges): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function has(set: Ranges, value: Whole): boolean {
  let lo = 0;
  let hi = set.length / 2 - 1;
  while (lo <= hi) {
    const middle = (lo + hi) >> 1;
    if (value < set[2 * middle]) hi = middle - 1;
    else if (value > set[2 * middle + 1]) lo = middle + 1;
    else return true;
  }
  return false;
}

export function union(a: Ranges, b: Ranges): Ranges {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const out: Whole[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const fromA = j >= b.length || (i < a.length && a[i] <= b[j]);
    const lo = fromA ? a[i] : b[j];
    const hi = fromA ? a[i + 1] : b[j + 1];
    if (fromA) i += 2;
    else j += 2;
    const last = out.length - 1;
    if (last >= 0 && lo <= after(out[last])) {
      if (hi > out[last]) out[last] = hi;
    } else out.push(lo, hi);
  }
  return equal(out, a) ? a : equal(out, b) ? b : out;
}

export function intersect(a: Ranges, b: Ranges): Ranges {
  if (a === b) return a;
  const out: Whole[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const lo = a[i] > b[j] ? a[i] : b[j];
    const hi = a[i + 1] < b[j + 1] ? a[i + 1] : b[j + 1];
    if (lo <= hi) out.push(lo, hi);
    if (a[i + 1] < b[j + 1]) i += 2;
    else j += 2;
  }
  return equal(out, a) ? a : equal(out, b) ? b : out;
}

export function subtract(a: Ranges, b: Ranges): Ranges {
  if (a === b || a.length === 0) return none;
  if (b.length === 0) return a;
  const out: Whole[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let lo = a[i];
    const hi = a[i + 1];
    while (j < b.length && b[j + 1] < lo) j += 2;
    let k = j;
    let open = true;
    while (k < b.length && b[k] <= hi) {
      if (b[k] > lo) out.push(lo, before(b[k]));
      if (b[k + 1] >= hi) {
        open = false;
        break;
      }
      lo = after(b[k + 1]);
      k += 2;
    }
    if (open) out.push(lo, hi);
  }
  return equal(out, a) ? a : out;
}

export const covers = (a: Ranges, b: Ranges): boolean =>
  a === b || (intersect(a, b).length === b.length && equal(intersect(a, b), b));

/** The union of many sets; sorting once keeps a list of thousands linear-logarithmic. */
export function unionAll(sets: readonly Ranges[]): Ranges {
  const held = sets.filter((set) => set.length > 0);
  if (held.length === 0) return none;
  if (held.length === 1) return held[0];
  if (held.length === 2) return union(held[0], held[1]);
  const pairs: [Whole, Whole][] = [];
  for (const set of held) for (let i = 0; i < set.length; i += 2) pairs.push([set[i], set[i + 1]]);
  pairs.sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0));
  const out: Whole[] = [];
  for (const [lo, hi] of pairs) {
    const last = out.length - 1;
    if (last >= 0 && lo <= after(out[last])) {
      if (hi > out[last]) out[last] = hi;
    } else out.push(lo, hi);
  }
  return out;
}
