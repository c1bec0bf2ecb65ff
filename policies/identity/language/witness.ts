/**
 * Whether some text is in all of these patterns and in none of those: by exploring tuples of position sets, the shortest
 * text that is met.
 */
import { ANY, close, codes, DIGIT, folded, matches, PART, type Pattern, STAR, star, start, step } from "./patterns";

/** How many tuples of positions a search may visit before it gives up. */
const LIMIT = 20_000;

/**
 * A text that is in at least one pattern of every group of `asked` and in none of `excluded`; undefined if there is
 * none; null if the search was given up.
 */
export function witness(
  asked: readonly (readonly Pattern[])[],
  excluded: readonly Pattern[],
): string | undefined | null {
  const left = narrowed(asked, excluded);
  if (!left) return undefined;
  const { within, without } = left;
  const finite = within.filter((group) => group.every((pattern) => pattern.literal !== undefined && !pattern.fold));
  if (finite.length > 0) {
    const smallest = finite.reduce((a, b) => (b.length < a.length ? b : a));
    return smallest.map((pattern) => pattern.literal as string).find((text) => holds(text, within, without));
  }
  for (const text of samples(within)) if (holds(text, within, without)) return text;
  return explore(within, without);
}

interface Search {
  readonly within: readonly (readonly Pattern[])[];
  readonly without: readonly Pattern[];
}

/**
 * The same search without what decides nothing: patterns that some excluded one covers, groups that hold everything,
 * excluded patterns that begin otherwise than all that is left of a group. Undefined if nothing is left of a group.
 */
function narrowed(asked: readonly (readonly Pattern[])[], excluded: readonly Pattern[]): Search | undefined {
  const within: (readonly Pattern[])[] = [];
  for (const group of asked) {
    const open = group.filter((pattern) => !excluded.some((other) => covers(other, pattern)));
    if (open.length === 0) return undefined;
    if (!open.some(isEverything)) within.push(open);
  }
  const without = excluded.filter((other) =>
    within.every((group) => group.some((pattern) => beginAlike(pattern, other))),
  );
  return { within, without };
}

const isEverything = ({ tokens }: Pattern): boolean => tokens.length === 1 && tokens[0] === STAR;

/** Whether two patterns may share a text, by what stands before their first wildcards. */
function beginAlike(a: Pattern, b: Pattern): boolean {
  const fold = a.fold || b.fold;
  for (let i = 0; i < a.tokens.length && i < b.tokens.length; i++) {
    const [x, y] = [a.tokens[i], b.tokens[i]];
    if (x < 0 || y < 0) return true;
    if (fold ? folded(x) !== folded(y) : x !== y) return false;
  }
  return true;
}

/** Whether a pattern is seen to hold every text of another one: each wildcard of that is met by one as wide. */
export function covers(wide: Pattern, narrow: Pattern): boolean {
  if (narrow.fold && !wide.fold) return false;
  let positions = start(wide);
  for (const token of narrow.tokens) {
    const seen = token >= 0 && wide.fold ? folded(token) : token;
    const next: number[] = [];
    for (const position of positions) {
      const own = wide.tokens[position];
      if (own === undefined || !meets(own, seen)) continue;
      if (star(own)) next.push(position);
      else if (!star(seen)) next.push(position + 1);
    }
    positions = close(wide.tokens, next);
    if (positions.size === 0) return false;
  }
  return positions.has(wide.tokens.length);
}

/** Whether a token takes everything that another one does, one character at a time. */
function meets(wide: number, narrow: number): boolean {
  if (wide === STAR) return true;
  if (wide === ANY) return narrow !== STAR && narrow !== PART;
  if (wide === PART) return narrow === PART || narrow === DIGIT || (narrow >= 0 && narrow !== 0x3a);
  if (wide === DIGIT) return narrow === DIGIT || (narrow >= 0x30 && narrow <= 0x39);
  return wide === narrow;
}

const holds = (text: string, within: readonly (readonly Pattern[])[], without: readonly Pattern[]): boolean =>
  within.every((group) => group.some((pattern) => matches(pattern, text))) &&
  !without.some((pattern) => matches(pattern, text));

/** Likely members: the narrowest group's patterns with their wildcards filled in. */
function samples(within: readonly (readonly Pattern[])[]): string[] {
  if (within.length === 0) return ["x", "other"];
  const width = (pattern: Pattern) => pattern.tokens.filter((token) => token < 0).length;
  const group = within.reduce((a, b) =>
    b.length < a.length || (b.length === a.length && widest(b) < widest(a)) ? b : a,
  );
  function widest(patterns: readonly Pattern[]): number {
    return patterns.reduce((most, pattern) => Math.max(most, width(pattern)), 0);
  }
  return group.slice(0, 8).flatMap((pattern) => ["", "x"].map((filling) => fill(pattern, filling)));
}

const SAMPLE_DIGITS = "999900001111";
function fill(pattern: Pattern, filling: string): string {
  let digits = 0;
  return pattern.tokens
    .map((token) => {
      if (token >= 0) return String.fromCharCode(token);
      if (token === DIGIT) return SAMPLE_DIGITS[digits++ % SAMPLE_DIGITS.length];
      return token === ANY ? "x" : filling;
    })
    .join("");
}

interface Node {
  readonly sets: readonly Set<number>[];
  readonly text: string;
}

function explore(within: readonly (readonly Pattern[])[], without: readonly Pattern[]): string | undefined | null {
  const patterns = [...within.flat(), ...without];
  const groups: number[][] = [];
  let offset = 0;
  for (const group of within) {
    groups.push(group.map((_, i) => offset + i));
    offset += group.length;
  }
  const accepted = (node: Node) =>
    groups.every((group) => group.some((i) => node.sets[i].has(patterns[i].tokens.length))) &&
    !without.some((pattern, i) => node.sets[offset + i].has(pattern.tokens.length));
  const alive = (sets: readonly Set<number>[]) => groups.every((group) => group.some((i) => sets[i].size > 0));
  const keyOf = (sets: readonly Set<number>[]) => sets.map((set) => [...set].sort((a, b) => a - b).join(",")).join("|");
  let level: Node[] = [{ sets: patterns.map(start), text: "" }];
  const seen = new Set([keyOf(level[0].sets)]);
  while (level.length > 0) {
    const next: Node[] = [];
    for (const node of level) {
      if (accepted(node)) return node.text;
      for (const code of alphabet(patterns, node.sets)) {
        const sets = patterns.map((pattern, i) => step(pattern, node.sets[i], code));
        if (!alive(sets)) continue;
        const key = keyOf(sets);
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > LIMIT) return null;
        next.push({ sets, text: node.text + String.fromCharCode(code) });
      }
    }
    level = next;
  }
  return undefined;
}

const ALPHANUMERIC = codes("xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_/.+=@,");

/** One representative of every class of characters that the live positions tell apart. */
function alphabet(patterns: readonly Pattern[], sets: readonly Set<number>[]): Set<number> {
  const codesNext = new Set<number>();
  let digits = false;
  for (let i = 0; i < patterns.length; i++) {
    for (const position of sets[i]) {
      const token = patterns[i].tokens[position];
      if (token === undefined) continue;
      if (token >= 0) {
        codesNext.add(token);
        if (patterns[i].fold && token >= 0x61 && token <= 0x7a) codesNext.add(token - 32);
      } else if (token === PART) codesNext.add(0x3a);
      else if (token === DIGIT) digits = true;
    }
  }
  const other = ALPHANUMERIC.find((code) => !codesNext.has(code) && (code < 0x30 || code > 0x39)) ?? 0x7e;
  if (digits) {
    const digit = codes("9012345678").find((code) => !codesNext.has(code));
    if (digit !== undefined) codesNext.add(digit);
  }
  codesNext.add(other);
  return codesNext;
}
