/** File name patterns of `fileset`, as bmatcuk/doublestar has them: `*`, `**`, `?`, `[a-z]`, `{a,b}`. */
import { fail, quote } from "../errors";

/** The patterns that a pattern with braces stands for. */
function alternatives(pattern: string, limit = { left: 1000 }): string[] {
  const open = findOutside(pattern, "{", 0);
  if (open < 0) return [pattern];
  let depth = 0;
  const commas: number[] = [];
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === "\\") i++;
    else if (pattern[i] === "{") depth++;
    else if (pattern[i] === "," && depth === 1) commas.push(i);
    else if (pattern[i] === "}" && --depth === 0) {
      const bounds = [open, ...commas, i];
      return bounds.slice(1).flatMap((end, part) => {
        if (limit.left-- <= 0) fail(`the pattern ${quote(pattern)} has too many alternatives`);
        return alternatives(
          pattern.slice(0, open) + pattern.slice(bounds[part] + 1, end) + pattern.slice(i + 1),
          limit,
        );
      });
    }
  }
  return fail(`the pattern ${quote(pattern)} is wrong: expected "}"`);
}

function findOutside(pattern: string, character: string, from: number): number {
  for (let i = from; i < pattern.length; i++) {
    if (pattern[i] === "\\") i++;
    else if (pattern[i] === character) return i;
  }
  return -1;
}

type Matcher = (path: readonly string[]) => boolean;

/** Whether a path, cut at its slashes, matches the pattern. */
export function glob(pattern: string): Matcher {
  const matchers = alternatives(pattern).map((one) =>
    one.split("/").map((part) => (part === "**" ? part : segment(part))),
  );
  return (path) => matchers.some((parts) => matchesAll(parts, path));
}

type Segment = "**" | ((name: string) => boolean);

/** Marks, for each part of the pattern, how much of the path it can have used; no backtracking. */
function matchesAll(parts: readonly Segment[], path: readonly string[]): boolean {
  let reachable = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (part === "**") for (let end = at; end <= path.length; end++) next.add(end);
      else if (at < path.length && part(path[at])) next.add(at + 1);
    }
    reachable = next;
  }
  return reachable.has(path.length);
}

type Piece = "*" | ((character: string) => boolean);

function segment(pattern: string): (name: string) => boolean {
  const pieces: Piece[] = [];
  const characters = Array.from(pattern);
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i];
    if (character === "*") pieces.push("*");
    else if (character === "?") pieces.push(() => true);
    else if (character === "[") {
      const end = characters.indexOf("]", i + 2);
      if (end < 0) fail(`the pattern ${quote(pattern)} is wrong: expected "]"`);
      pieces.push(characterSet(characters.slice(i + 1, end)));
      i = end;
    } else {
      const wanted = character === "\\" ? characters[++i] : character;
      pieces.push((given) => given === wanted);
    }
  }
  return (name) => matches(pieces, Array.from(name));
}

function characterSet(body: readonly string[]): (character: string) => boolean {
  const negated = body[0] === "^" || body[0] === "!";
  const items = negated ? body.slice(1) : body;
  return (character) => {
    let found = false;
    for (let i = 0; i < items.length; i++) {
      if (items[i + 1] === "-" && i + 2 < items.length) {
        if (character >= items[i] && character <= items[i + 2]) found = true;
        i += 2;
      } else if (items[i] === character) found = true;
    }
    return found !== negated;
  };
}

function matches(pieces: readonly Piece[], name: readonly string[]): boolean {
  let at = 0;
  let piece = 0;
  let star = -1;
  let from = 0;
  while (at < name.length) {
    const current = pieces[piece];
    if (current === "*") {
      star = piece++;
      from = at;
    } else if (current?.(name[at])) {
      piece++;
      at++;
    } else if (star >= 0) {
      piece = star + 1;
      at = ++from;
    } else return false;
  }
  while (pieces[piece] === "*") piece++;
  return piece === pieces.length;
}
