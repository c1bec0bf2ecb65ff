import { Machine, TooCostly } from "../../../../../policies/configuration/expression/regex/machine";
import fc from "../../../../properties";

const codes = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0)!);

/** The offsets of the first match and its groups. */
const found = (pattern: string, text: string): readonly number[] | undefined =>
  new Machine(pattern).search(codes(text), 0);

test.each([
  ["a+", "baac", [1, 3]],
  ["(a)|(b)", "b", [0, 1, -1, -1, 0, 1]],
  ["(?:(a)|b)+", "ab", [0, 2, 0, 1]],
  ["a{2,}?", "aaaa", [0, 2]],
  ["^b$", "a\nb", undefined],
  ["(?m)^b$", "a\nb", [2, 3]],
  ["\\bb", "a b", [2, 3]],
  ["😀.", "x😀y", [1, 3]],
  ["[^\\pL]", "é1", [1, 2]],
])("%s in %j", (pattern, text, slots) => {
  expect(found(pattern, text)).toEqual(slots);
});

test.each([
  "(",
  ")",
  "[a",
  "a**",
  "*a",
  "\\1",
  "(?=a)",
  "(?<!a)",
  "a{1001}",
  "\\y",
  "[z-a]",
  "(?P<a>x)(?P<a>y)",
  "\\p{Nonsense}",
  "(?x)a",
])("%s is refused", (pattern) => {
  expect(() => new Machine(pattern)).toThrow(/regular expression/);
});

test("what makes others run for ages is quick", () => {
  const text = codes(`${"a".repeat(3000)}!`);
  for (const pattern of ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)x", "(?:a?){30}a{30}$"]) {
    expect(new Machine(pattern).search(text, 0)).toBeUndefined();
  }
});

test("what takes too long is given up", () => {
  const text = codes("ab".repeat(200_000));
  expect(() => new Machine("(?:(?:a|b)?){900}c").search(text, 0)).toThrow(TooCostly);
});

test("nesting and size are bounded", () => {
  expect(() => new Machine("(".repeat(10_000))).toThrow(/nests too deeply/);
  expect(() => new Machine("((a{1000}){1000}){1000}")).toThrow(/too large/);
});

const atoms = fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "\\d", "x");
const patterns = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3 },
    atoms,
    fc.tuple(atoms, fc.constantFrom("*", "+", "?", "*?", "+?", "{1,2}")).map(([atom, repeat]) => atom + repeat),
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => a + b),
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(${a}|${b})`),
    fc.tuple(tie("pattern")).map(([a]) => `(?:${a})`),
  ),
})).pattern;

test("agrees with JavaScript where both have the same idea", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", "b", "c", "x", "1"), maxLength: 12 });
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const theirs = new RegExp(pattern, "d").exec(text);
      const slots = theirs?.indices?.flatMap((pair) => pair ?? [-1, -1]);
      expect(found(pattern, text)).toEqual(slots);
    }),
    { numRuns: 500 },
  );
});
