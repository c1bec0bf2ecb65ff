/**
 * Sets of texts, as IAM writes them: globs with `*` and `?`, and the few forms that ARNs need beside them.
 *
 * A pattern is a linear automaton: one position per token. So membership, what is left of a pattern after a known
 * beginning, and "is there a text in all of these and in none of those" are exact, by simulating positions; the last
 * one explores tuples of position sets and returns the shortest witness it meets.
 */

/** A token is a character code, or one of the wildcards below. */
export const ANY = -1;
/** Any text. */
export const STAR = -2;
/** Any text without a colon: a wildcard in one of the first five parts of an ARN. */
export const PART = -3;
/** One decimal digit. */
export const DIGIT = -4;

export interface Pattern {
  readonly tokens: readonly number[];
  /** Compared without regard to case. */
  readonly fold: boolean;
  /** The text it stands for if it has no wildcard. */
  readonly literal?: string;
  readonly id: string;
}

/** Marks a place in a text where anything may stand. */
export const HOLE = "\uE002";
/** A `*` or `?` that stands for itself (`${*}` and `${?}` in a policy). */
export const PLAIN_STAR = "\uE003";
export const PLAIN_MARK = "\uE004";
/** The place of a policy variable whose value the request decides. */
export const VARIABLE = "\uE005";
/** Enclose the name of something whose text is not known but which is one particular thing. */
export const OPEN = "\uE000";
export const CLOSE = "\uE001";

export function fromTokens(tokens: readonly number[], fold = false): Pattern {
  const literal = tokens.every((token) => token >= 0) ? String.fromCharCode(...tokens) : undefined;
  return { tokens, fold, literal, id: `${fold ? "i" : "="}${tokens.join(",")}` };
}

const codes = (text: string): number[] => {
  const result: number[] = [];
  for (let i = 0; i < text.length; i++) result.push(text.charCodeAt(i));
  return result;
};

const star = (token: number): boolean => token === STAR || token === PART;

const plain = (text: string): string => text.replaceAll(PLAIN_STAR, "*").replaceAll(PLAIN_MARK, "?");

/** A text that stands for itself alone. */
export function literal(text: string, fold = false): Pattern {
  const shown = plain(fold ? text.toLowerCase() : text);
  return { tokens: codes(shown), fold, literal: shown, id: `${fold ? "i" : "="}"${shown}"` };
}

const SPECIAL: Readonly<Record<string, number>> = {
  "*": STAR,
  "?": ANY,
  [HOLE]: STAR,
  [VARIABLE]: STAR,
  [PLAIN_STAR]: 0x2a,
  [PLAIN_MARK]: 0x3f,
};

/** A glob: `*` is any text, `?` any character; a hole and a variable are any text too. */
export function glob(text: string, fold = false): Pattern {
  if (!/[*?\uE002\uE005]/.test(text)) return literal(text, fold);
  const shown = fold ? text.toLowerCase() : text;
  const tokens: number[] = [];
  for (let i = 0; i < shown.length; i++) {
    const token = SPECIAL[shown[i]] ?? shown.charCodeAt(i);
    if (token !== STAR || tokens.at(-1) !== STAR) tokens.push(token);
  }
  return { tokens, fold, id: `${fold ? "i" : "~"}"${shown}"` };
}

/** A glob over ARNs, whose first five parts are compared one by one (`ArnLike`). */
export function arnGlob(text: string): Pattern {
  const parts = text.split(":");
  if (parts.length < 6) return glob(text);
  const head = parts.slice(0, 5).flatMap((part) => [...glob(part).tokens.map((t) => (t === STAR ? PART : t)), 0x3a]);
  return fromTokens([...head, ...glob(parts.slice(5).join(":")).tokens]);
}

export const everything: Pattern = glob("*");

/** Positions after all wildcards that may be empty have been passed. */
function close(tokens: readonly number[], positions: Iterable<number>): Set<number> {
  const closed = new Set<number>();
  for (let position of positions) {
    while (!closed.has(position)) {
      closed.add(position);
      if (position >= tokens.length || !star(tokens[position])) break;
      position++;
    }
  }
  return closed;
}

function accepts(token: number, code: number): boolean {
  if (token >= 0) return token === code;
  if (token === PART) return code !== 0x3a;
  if (token === DIGIT) return code >= 0x30 && code <= 0x39;
  return true;
}

const folded = (code: number): number => {
  if (code >= 0x41 && code <= 0x5a) return code + 32;
  return code < 0x80 ? code : String.fromCharCode(code).toLowerCase().charCodeAt(0);
};

function step(pattern: Pattern, positions: Iterable<number>, code: number): Set<number> {
  const next: number[] = [];
  const seen = pattern.fold ? folded(code) : code;
  for (const position of positions) {
    const token = pattern.tokens[position];
    if (token === undefined || !accepts(token, seen)) continue;
    next.push(star(token) ? position : position + 1);
  }
  return close(pattern.tokens, next);
}

const start = (pattern: Pattern): Set<number> => close(pattern.tokens, [0]);

/** Whether the text is in the pattern's set. */
export function matches(pattern: Pattern, text: string): boolean {
  if (pattern.literal !== undefined) return (pattern.fold ? text.toLowerCase() : text) === pattern.literal;
  let positions = start(pattern);
  for (let i = 0; i < text.length && positions.size > 0; i++) positions = step(pattern, positions, text.charCodeAt(i));
  return positions.has(pattern.tokens.length);
}

/**
 * What a pattern asks of the rest of a text that begins with `base`: any of the patterns returned. `lenient`: a name
 * in `base` that is not known (`OPEN…CLOSE`) may be whatever the pattern needs it to be; otherwise only a wildcard or
 * the same name stands for it. `same` says that an account id in the pattern is one that a name may stand for.
 */
const ACCOUNT_LENGTH = 12;
export function residuals(
  pattern: Pattern,
  base: string,
  lenient: boolean,
  same: (name: string, text: string) => boolean = () => false,
): Pattern[] {
  // Up to the first wildcard or name there is one way to go.
  let known = 0;
  while (known < base.length && base[known] !== OPEN && pattern.tokens[known] >= 0) {
    const code = base.charCodeAt(known);
    if (pattern.tokens[known++] !== (pattern.fold ? folded(code) : code)) return [];
  }
  let positions = close(pattern.tokens, [known]);
  for (let i = known; i < base.length && positions.size > 0; i++) {
    if (base[i] === OPEN) {
      const end = base.indexOf(CLOSE, i);
      const name = base.slice(i, end + 1);
      const alike = new Set<number>();
      for (const position of positions) {
        // Where the pattern writes this very name, the two are the same text, whatever it is.
        if (writes(pattern, position, name)) continue;
        const account = pattern.tokens.slice(position, position + ACCOUNT_LENGTH);
        if (account.length === ACCOUNT_LENGTH && account.every((token) => token >= 0)) {
          if (same(name, String.fromCharCode(...account))) alike.add(position + ACCOUNT_LENGTH);
        }
        if (lenient) for (let p = position; p <= pattern.tokens.length; p++) alike.add(p);
      }
      for (; i <= end; i++) positions = step(pattern, positions, base.charCodeAt(i));
      i = end;
      positions = close(pattern.tokens, [...positions, ...alike]);
    } else positions = step(pattern, positions, base.charCodeAt(i));
  }
  const rests = new Map<string, Pattern>();
  for (const position of positions) {
    const rest = fromTokens(pattern.tokens.slice(position), pattern.fold);
    rests.set(rest.id, rest);
  }
  // A rest that begins with a wildcard subsumes what follows the wildcard, so the longest of a run is enough; keeping
  // all of them is harmless but slow.
  const kept = [...rests.values()];
  const open = kept.find((rest) => rest.tokens.length === 1 && rest.tokens[0] === STAR);
  return open ? [open] : kept;
}

const writes = ({ tokens }: Pattern, position: number, name: string): boolean =>
  codes(name).every((code, i) => tokens[position + i] === code);

/** How many tuples of positions a search may visit before it gives up. */
const LIMIT = 20_000;

/**
 * A text that is in at least one pattern of every group of `within` and in none of `without`; undefined if there is
 * none; null if the search was given up.
 */
export function witness(
  within: readonly (readonly Pattern[])[],
  without: readonly Pattern[],
): string | undefined | null {
  const finite = within.filter((group) => group.every((pattern) => pattern.literal !== undefined && !pattern.fold));
  if (finite.length > 0) {
    const smallest = finite.reduce((a, b) => (b.length < a.length ? b : a));
    return smallest.map((pattern) => pattern.literal as string).find((text) => holds(text, within, without));
  }
  for (const text of samples(within)) if (holds(text, within, without)) return text;
  return explore(within, without);
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
