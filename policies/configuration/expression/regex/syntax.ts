/**
 * Reads regular expressions in the syntax of RE2, which is Terraform's: https://github.com/google/re2/wiki/Syntax
 * There are no references back and no looking around, so that matching takes time linear in the text.
 */
import { fail, quote } from "../errors";
import { CharacterClass, named, perl, type Test } from "./classes";

export type Assertion = "text-start" | "text-end" | "line-start" | "line-end" | "word" | "no-word";

export type Pattern =
  | { readonly kind: "class"; readonly test: Test }
  | { readonly kind: "assertion"; readonly assertion: Assertion }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Pattern[] }
  | { readonly kind: "group"; readonly index: number; readonly body: Pattern }
  | {
      readonly kind: "repeat";
      readonly body: Pattern;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    };

export interface Regex {
  readonly pattern: Pattern;
  /** For each group, the whole match first: its name, if it has one. */
  readonly groups: readonly (string | undefined)[];
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

const maxRepeat = 1000;
const maxDepth = 250;

export function parseRegex(source: string): Regex {
  return new Reader(source).read();
}

class Reader {
  private readonly text: string[];
  private offset = 0;
  private flags: Flags = { i: false, m: false, s: false, U: false };
  private readonly groups: (string | undefined)[] = [undefined];

  constructor(private readonly source: string) {
    this.text = Array.from(source);
  }

  read(): Regex {
    const pattern = this.choice(0);
    if (this.offset < this.text.length) this.wrong('")" closes nothing');
    return { pattern, groups: this.groups };
  }

  private wrong(why: string): never {
    return fail(`the regular expression ${quote(this.source)} is wrong: ${why} (character ${this.offset + 1})`);
  }

  private startsWith(word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.text[this.offset + i] !== word[i]) return false;
    return true;
  }

  private choice(depth: number): Pattern {
    if (depth > maxDepth) this.wrong("it nests too deeply");
    const parts = [this.sequence(depth)];
    while (this.text[this.offset] === "|") {
      this.offset++;
      parts.push(this.sequence(depth));
    }
    return parts.length === 1 ? parts[0] : { kind: "choice", parts };
  }

  private sequence(depth: number): Pattern {
    const parts: Pattern[] = [];
    for (;;) {
      const character = this.text[this.offset];
      if (character === undefined || character === "|" || character === ")") break;
      if (this.startsWith("\\Q")) parts.push(...this.quoted());
      else {
        const atom = this.atom(depth);
        if (atom) parts.push(this.repeated(atom));
      }
    }
    return parts.length === 1 ? parts[0] : { kind: "sequence", parts };
  }

  /** `\Q...\E`: all of it as it is written; a repetition behind it is of the last character. */
  private quoted(): Pattern[] {
    this.offset += 2;
    const parts: Pattern[] = [];
    while (this.offset < this.text.length && !this.startsWith("\\E"))
      parts.push(this.literal(this.text[this.offset++]));
    this.offset += 2;
    const last = parts.pop();
    return last ? [...parts, this.repeated(last)] : parts;
  }

  private literal(character: string): Pattern {
    const code = character.codePointAt(0)!;
    return { kind: "class", test: new CharacterClass([[code, code]]).test(this.flags.i) };
  }

  /** Nothing for a group that only sets flags. */
  private atom(depth: number): Pattern | undefined {
    const character = this.text[this.offset++];
    switch (character) {
      case "(":
        return this.group(depth);
      case "[":
        return { kind: "class", test: this.brackets().test(this.flags.i) };
      case ".": {
        const line = new CharacterClass([[10, 10]]);
        return { kind: "class", test: this.flags.s ? () => true : line.negate().test(false) };
      }
      case "^":
        return { kind: "assertion", assertion: this.flags.m ? "line-start" : "text-start" };
      case "$":
        return { kind: "assertion", assertion: this.flags.m ? "line-end" : "text-end" };
      case "\\":
        return this.escaped();
      case "*":
      case "+":
      case "?":
        this.offset--;
        return this.wrong(`there is nothing to repeat with "${character}"`);
      default:
        return this.literal(character);
    }
  }

  private group(depth: number): Pattern | undefined {
    const outer = this.flags;
    let index: number | undefined;
    if (this.text[this.offset] !== "?") {
      index = this.groups.push(undefined) - 1;
    } else if (this.startsWith("?P<") || this.startsWith("?<")) {
      index = this.groups.push(this.groupName()) - 1;
    } else if (this.setFlags() === ")") {
      // The flags hold to the end of the enclosing group.
      return undefined;
    }
    const body = this.choice(depth + 1);
    if (this.text[this.offset] !== ")") this.wrong('expected ")"');
    this.offset++;
    this.flags = outer;
    return index === undefined ? body : { kind: "group", index, body };
  }

  private groupName(): string {
    this.offset += this.startsWith("?P<") ? 3 : 2;
    const end = this.text.indexOf(">", this.offset);
    const name = this.text.slice(this.offset, end).join("");
    if (end < 0 || !/^\w+$/.test(name)) this.wrong("expected the name of a group");
    if (this.groups.includes(name)) this.wrong(`there are two groups named ${name}`);
    this.offset = end + 1;
    return name;
  }

  /** Reads `?i-s:` or `?i-s)` and returns the last character. */
  private setFlags(): string {
    this.offset++;
    let value = true;
    const flags = { ...this.flags };
    for (;;) {
      const character = this.text[this.offset++];
      if (character === "i" || character === "m" || character === "s" || character === "U") flags[character] = value;
      else if (character === "-" && value) value = false;
      else if (character === ":" || character === ")") {
        this.flags = flags;
        return character;
      } else this.wrong("expected flags, a name or ?:");
    }
  }

  private repeated(atom: Pattern): Pattern {
    const start = this.offset;
    const bounds = this.bounds();
    if (bounds === undefined) return atom;
    let greedy = !this.flags.U;
    if (this.text[this.offset] === "?") {
      greedy = !greedy;
      this.offset++;
    }
    const again = this.offset;
    if (this.bounds() !== undefined) {
      this.offset = start;
      this.wrong("a repetition can't be repeated");
    }
    this.offset = again;
    const [min, max] = bounds;
    if (min > maxRepeat || (max > maxRepeat && max !== Number.POSITIVE_INFINITY) || max < min) {
      this.wrong(`a repetition goes from 0 to ${maxRepeat} times`);
    }
    return { kind: "repeat", body: atom, min, max, greedy };
  }

  private bounds(): [number, number] | undefined {
    const character = this.text[this.offset];
    const simple = { "*": [0, Number.POSITIVE_INFINITY], "+": [1, Number.POSITIVE_INFINITY], "?": [0, 1] }[character];
    if (simple) {
      this.offset++;
      return simple as [number, number];
    }
    if (character !== "{") return undefined;
    const found = /^\{(\d{1,9})(,(\d{1,9})?)?\}/.exec(this.text.slice(this.offset, this.offset + 22).join(""));
    if (found === null) return undefined;
    this.offset += found[0].length;
    const min = Number(found[1]);
    if (found[2] === undefined) return [min, min];
    return [min, found[3] === undefined ? Number.POSITIVE_INFINITY : Number(found[3])];
  }

  private escaped(): Pattern {
    const character = this.text[this.offset];
    const assertion = ({ A: "text-start", z: "text-end", b: "word", B: "no-word" } as const)[character as "A"];
    if (assertion) {
      this.offset++;
      return { kind: "assertion", assertion };
    }
    return { kind: "class", test: this.escapedClass().test(this.flags.i) };
  }

  /** What a backslash stands in front of, in brackets or out of them. */
  private escapedClass(): CharacterClass {
    const character = this.text[this.offset++];
    if (character === undefined) return this.wrong("it ends in a backslash");
    const set = perl[character.toLowerCase()];
    if (set) return character === character.toLowerCase() ? set : set.negate();
    if (character === "p" || character === "P") return this.property(character === "P");
    const code = this.escapedCode(character);
    return new CharacterClass([[code, code]]);
  }

  private property(negated: boolean): CharacterClass {
    let name = this.text[this.offset++] ?? "";
    let inverse = negated;
    if (name === "{") {
      const end = this.text.indexOf("}", this.offset);
      if (end < 0) this.wrong('expected "}"');
      name = this.text.slice(this.offset, end).join("");
      this.offset = end + 1;
      if (name.startsWith("^")) {
        name = name.slice(1);
        inverse = !inverse;
      }
    }
    const found = named(name) ?? this.wrong(`there is no class ${quote(name)}`);
    return inverse ? found.negate() : found;
  }

  private escapedCode(character: string): number {
    const control = "abtnvfr".includes(character) && character !== "b" ? character : undefined;
    if (control) return { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 }[control as "a"];
    if (character === "x") return this.hexadecimal();
    if (/[0-7]/.test(character)) {
      const next = this.text[this.offset] ?? "";
      if (character !== "0" && !/[0-7]/.test(next)) this.wrong("references back are not supported");
      let code = Number(character);
      for (let i = 0; i < 2 && /^[0-7]$/.test(this.text[this.offset] ?? ""); i++)
        code = code * 8 + Number(this.text[this.offset++]);
      return code;
    }
    if (character.codePointAt(0)! < 128 && !/[a-zA-Z0-9]/.test(character)) return character.codePointAt(0)!;
    return this.wrong(`\\${character} means nothing`);
  }

  private hexadecimal(): number {
    const rest = this.text.slice(this.offset, this.offset + 10).join("");
    const found = /^(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,8})\})/.exec(rest);
    if (found === null) return this.wrong("expected hexadecimal digits behind \\x");
    this.offset += found[0].length;
    const code = Number.parseInt(found[1] ?? found[2], 16);
    return code > 0x10ffff ? this.wrong("there is no such character") : code;
  }

  private brackets(): CharacterClass {
    const negated = this.text[this.offset] === "^";
    if (negated) this.offset++;
    let result = new CharacterClass([]);
    for (let first = true; first || this.text[this.offset] !== "]"; first = false) {
      if (this.offset >= this.text.length) this.wrong('expected "]"');
      result = result.with(this.bracketItem());
    }
    this.offset++;
    // Case is folded before the negation, so that (?i)[^a] does not match A.
    return negated ? (this.flags.i ? result.folded() : result).negate() : result;
  }

  private bracketItem(): CharacterClass {
    if (this.startsWith("[:")) {
      const end = this.text
        .slice(this.offset, this.offset + 14)
        .join("")
        .indexOf(":]");
      if (end > 0) {
        const name = this.text.slice(this.offset + 2, this.offset + end).join("");
        const inverse = name.startsWith("^");
        const found = posix(inverse ? name.slice(1) : name) ?? this.wrong(`there is no class ${quote(name)}`);
        this.offset += end + 2;
        return inverse ? found.negate() : found;
      }
    }
    const low = this.bracketCharacter();
    if (typeof low !== "number") return low;
    const next = this.text[this.offset + 1];
    if (this.text[this.offset] !== "-" || next === "]" || next === undefined) return new CharacterClass([[low, low]]);
    this.offset++;
    const high = this.bracketCharacter();
    if (typeof high !== "number" || high < low) return this.wrong("a range goes from a character to a later one");
    return new CharacterClass([[low, high]]);
  }

  private bracketCharacter(): number | CharacterClass {
    const character = this.text[this.offset++];
    if (character === undefined) return this.wrong('expected "]"');
    if (character !== "\\") return character.codePointAt(0)!;
    const next = this.text[this.offset];
    if (next !== undefined && (perl[next.toLowerCase()] || next === "p" || next === "P")) return this.escapedClass();
    this.offset++;
    return next === undefined ? this.wrong("it ends in a backslash") : this.escapedCode(next);
  }
}

const posixRanges: Record<string, readonly (readonly [number, number])[]> = {
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: [[48, 57]],
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
};

const posix = (name: string): CharacterClass | undefined =>
  Object.hasOwn(posixRanges, name) ? new CharacterClass(posixRanges[name]) : undefined;
