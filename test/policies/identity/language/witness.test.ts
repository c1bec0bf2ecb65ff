/** The search for a text in all of these patterns and none of those, against all short texts of a small alphabet. */
import { arnGlob, glob, literal, matches, type Pattern } from "../../../../policies/identity/language/patterns";
import { covers, witness } from "../../../../policies/identity/language/witness";
import fc from "../../../properties";

const LETTERS = ["a", "B", ":", "1"];
const texts = [0, 1, 2, 3, 4].reduce<string[][]>(
  (lengths) => [...lengths, (lengths.at(-1) ?? []).flatMap((text) => LETTERS.map((letter) => text + letter))],
  [[""]],
);
const all = texts.flat().filter((text) => text.length <= 4);

const pattern: fc.Arbitrary<Pattern> = fc
  .tuple(
    fc.array(fc.constantFrom(...LETTERS, "*", "?"), { maxLength: 4 }).map((parts) => parts.join("")),
    fc.boolean(),
    fc.constantFrom("glob", "literal", "arn"),
  )
  .map(([text, fold, form]) => {
    if (form === "arn") return arnGlob(`${text}:a:*:?:b:*`);
    return form === "glob" ? glob(text, fold) : literal(text.replace(/[*?]/g, ""), fold);
  });

test("what is found is in the patterns, and what is there is found", () => {
  const groups = fc.array(fc.array(pattern, { minLength: 1, maxLength: 2 }), { maxLength: 2 });
  fc.assert(
    fc.property(groups, fc.array(pattern, { maxLength: 3 }), (within, without) => {
      const fits = (text: string) =>
        within.every((group) => group.some((one) => matches(one, text))) && !without.some((one) => matches(one, text));
      const found = witness(within, without);
      if (typeof found === "string") expect(fits(found)).toBe(true);
      else expect(all.filter(fits)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("a pattern that covers another one holds all its texts", () => {
  fc.assert(
    fc.property(pattern, pattern, (wide, narrow) => {
      if (!covers(wide, narrow)) return;
      expect(all.filter((text) => matches(narrow, text) && !matches(wide, text))).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(covers(glob("arn:aws:s3:::b/*"), glob("arn:aws:s3:::b/x/*"))).toBe(true);
  expect(covers(glob("arn:aws:s3:::b/x/*"), glob("arn:aws:s3:::b/*"))).toBe(false);
  expect(covers(arnGlob("arn:aws:iam::1:role/*"), glob("arn:aws:iam::*:role/*"))).toBe(false);
});
