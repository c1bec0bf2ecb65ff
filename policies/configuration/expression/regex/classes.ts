/** Sets of characters in regular expressions. */
export type Test = (code: number) => boolean;
type Range = readonly [number, number];

export class CharacterClass {
  constructor(
    private readonly ranges: readonly Range[],
    private readonly others: readonly Test[] = [],
    private readonly negated = false,
  ) {}

  private has(code: number): boolean {
    const found =
      this.ranges.some(([low, high]) => code >= low && code <= high) || this.others.some((other) => other(code));
    return found !== this.negated;
  }

  negate(): CharacterClass {
    return new CharacterClass(this.ranges, this.others, !this.negated);
  }

  with(other: CharacterClass): CharacterClass {
    if (!other.negated && !this.negated) {
      return new CharacterClass([...this.ranges, ...other.ranges], [...this.others, ...other.others]);
    }
    return new CharacterClass([], [(code) => this.has(code), (code) => other.has(code)]);
  }

  /** The class with the upper and lower forms of its characters. */
  folded(): CharacterClass {
    return new CharacterClass([], [this.test(true)]);
  }

  test(ignoreCase: boolean): Test {
    if (ignoreCase) return (code) => forms(code).some((form) => this.has(form));
    if (!this.negated && this.others.length === 0 && this.ranges.length === 1) {
      const [[low, high]] = this.ranges;
      return (code) => code >= low && code <= high;
    }
    return (code) => this.has(code);
  }
}

/** A character in all its cases, the two odd ones of k and s among them. */
function forms(code: number): number[] {
  const character = String.fromCodePoint(code);
  const single = (text: string): number[] => (Array.from(text).length === 1 ? [text.codePointAt(0)!] : []);
  const upper = character.toUpperCase();
  const all = [code, ...single(character.toLowerCase()), ...single(upper), ...single(upper.toLowerCase())];
  if (all.includes(107)) all.push(0x212a);
  if (all.includes(115)) all.push(0x17f);
  return all;
}

const word: readonly Range[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

/** `\d`, `\s` and `\w` are ASCII. */
export const perl: Readonly<Record<string, CharacterClass | undefined>> = {
  d: new CharacterClass([[48, 57]]),
  s: new CharacterClass([
    [9, 10],
    [12, 13],
    [32, 32],
  ]),
  w: new CharacterClass(word),
};

const isWordClass = new CharacterClass(word).test(false);
export const isWord = (code: number | undefined): boolean => code !== undefined && isWordClass(code);

/** A Unicode category or script by its name; JavaScript knows the same tables. */
export function named(name: string): CharacterClass | undefined {
  if (name === "Any") return new CharacterClass([[0, 0x10ffff]]);
  if (!/^[A-Z][A-Za-z_]*$/.test(name)) return undefined;
  for (const property of [`General_Category=${name}`, `Script=${name}`]) {
    try {
      const pattern = new RegExp(`^\\p{${property}}$`, "u");
      return new CharacterClass([], [(code) => pattern.test(String.fromCodePoint(code))]);
    } catch {
      // JavaScript refuses names that it does not know; the next kind of name may fit.
    }
  }
  return undefined;
}
