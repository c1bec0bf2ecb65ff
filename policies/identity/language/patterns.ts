/**
 * Sets of texts, as IAM writes them: globs with `*` and `?`, and the few forms that ARNs need beside them.
 *
 * A pattern is a linear automaton: one position per token. So membership, what is left of a pattern after a known
 * beginning, and "is there a text in all of these and in none of those" (`witness.ts`) are exact, by simulating positions.
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

export const codes = (text: string): number[] => {
  const result: number[] = [];
  for (let i = 0; i < text.length; i++) result.push(text.charCodeAt(i));
  return result;
};

export const star = (token: number): boolean => token === STAR || token === PART;

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
export function close(tokens: readonly number[], positions: Iterable<number>): Set<number> {
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

export const folded = (code: number): number => {
  if (code >= 0x41 && code <= 0x5a) return code + 32;
  return code < 0x80 ? code : String.fromCharCode(code).toLowerCase().charCodeAt(0);
};

export function step(pattern: Pattern, positions: Iterable<number>, code: number): Set<number> {
  const next: number[] = [];
  const seen = pattern.fold ? folded(code) : code;
  for (const position of positions) {
    const token = pattern.tokens[position];
    if (token === undefined || !accepts(token, seen)) continue;
    next.push(star(token) ? position : position + 1);
  }
  return close(pattern.tokens, next);
}

export const start = (pattern: Pattern): Set<number> => close(pattern.tokens, [0]);

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
