import {
  covers,
  equal,
  has,
  intersect,
  type Ranges,
  subtract,
  union,
  unionAll,
} from "../../../../policies/network/packets/ranges";
import fc from "../../../properties";

const SIZE = 24;

/** Any set of whole numbers below SIZE, by its members. */
const members = fc.uniqueArray(fc.integer({ min: 0, max: SIZE - 1 }), { maxLength: SIZE });
const setOf = (numbers: readonly number[]): Ranges => unionAll(numbers.map((number) => [number, number]));
const membersOf = (set: Ranges): number[] => Array.from({ length: SIZE }, (_, i) => i).filter((i) => has(set, i));
const sorted = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);

describe("sets of whole numbers", () => {
  it("agree with sets of their members", () => {
    fc.assert(
      fc.property(members, members, (a, b) => {
        const [x, y] = [setOf(a), setOf(b)];
        expect(membersOf(union(x, y))).toEqual(sorted([...a, ...b]));
        expect(membersOf(intersect(x, y))).toEqual(sorted(a.filter((one) => b.includes(one))));
        expect(membersOf(subtract(x, y))).toEqual(sorted(a.filter((one) => !b.includes(one))));
        expect(covers(x, y)).toBe(b.every((one) => a.includes(one)));
      }),
      { numRuns: 1000 },
    );
  });

  it("are equal lists when they are equal sets", () => {
    fc.assert(
      fc.property(members, members, (a, b) => {
        const parts = union(setOf(a), setOf(b));
        const whole = setOf([...b, ...a]);
        expect(parts).toEqual(whole);
        expect(equal(parts, whole)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("hold IPv6 addresses as well", () => {
    const a: Ranges = [0n, (1n << 128n) - 1n];
    const b: Ranges = [1n << 64n, (1n << 64n) + 5n];
    expect(subtract(a, b)).toEqual([0n, (1n << 64n) - 1n, (1n << 64n) + 6n, (1n << 128n) - 1n]);
    expect(union(subtract(a, b), b)).toEqual(a);
  });
});
