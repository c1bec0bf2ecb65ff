import { compareInventories, isComplete, type Listed, readInventory } from "../../../constructs/migration/inventory";
import fc from "../../properties";

const one = (key: string, bytes = 1, checksum = "0".repeat(32)): Listed => ({ key, bytes, checksum });
const columns = ["Bucket", "Key", "Size", "ETag"];

describe("reading an inventory", () => {
  it("decodes keys, takes the root off and keeps digests of whole uploads only", () => {
    const csv = [
      `"b","data/sg/a%2Fb+c%2Bd.txt","12","${"a".repeat(32)}"`,
      `"b","data/sg/part","7","${"b".repeat(32)}-3"`,
    ].join("\n");
    expect(readInventory(csv, columns, "data/sg/")).toEqual([
      { key: "a/b c+d.txt", bytes: 12, checksum: "a".repeat(32) },
      { key: "part", bytes: 7 },
    ]);
  });

  it.each([
    ['"b","k","many","x"', "line 1 of the inventory is not Bucket, Key, Size, ETag"],
    ['"b","k","1"', "line 1 of the inventory is not Bucket"],
    ['"b","k","1","x"\n"b","%zz","1","x"', "line 2 of the inventory: %zz is no key"],
    ['"b","k","99999999999999999999","x"', "line 1 of the inventory is not"],
  ])("refuses %s", (csv, message) => {
    expect(() => readInventory(csv, columns)).toThrow(message);
  });

  it("refuses keys outside of the root, and columns that are not there", () => {
    expect(() => readInventory('"b","other","1","x"', columns, "data/")).toThrow("other does not begin with data/");
    expect(() => readInventory("", ["Bucket", "Key", "ETag"])).toThrow("the inventory has no column Size");
  });
});

describe("comparing", () => {
  const landed = [one("a/1"), one("a/2", 2), one("b/1", 1, "1".repeat(32)), { key: "b/2", bytes: 1 }, one("c/1")];

  it.each<[string, Listed[], object]>([
    ["all is there", [one("a/1"), one("a/2", 2)], { missing: [], different: [], unverified: [] }],
    ["an object is missing", [one("a/1"), one("a/3")], { missing: ["a/3"], different: [], unverified: [] }],
    ["an object is shorter", [one("a/2", 3)], { missing: [], different: ["a/2"], unverified: [] }],
    ["an object has other content", [one("b/1")], { missing: [], different: ["b/1"], unverified: [] }],
    ["there is nothing to compare content by", [one("b/2")], { missing: [], different: [], unverified: ["b/2"] }],
  ])("when %s", (_, expected, found) => {
    const prefix = expected[0].key.slice(0, 1);
    expect(compareInventories(expected, landed).find((each) => each.prefix === prefix)).toMatchObject(found);
  });

  it("counts objects and bytes by prefix, what is there beyond the list as well", () => {
    expect(
      compareInventories([one("a/1"), one("a/2", 2)], landed).map(({ prefix, expected, landed: here }) => [
        prefix,
        expected,
        here,
      ]),
    ).toEqual([
      ["a", { objects: 2, bytes: 3 }, { objects: 2, bytes: 3 }],
      ["b", { objects: 0, bytes: 0 }, { objects: 2, bytes: 2 }],
      ["c", { objects: 0, bytes: 0 }, { objects: 1, bytes: 1 }],
    ]);
  });

  it("finds each object that is taken away or changed, and nothing else", () => {
    const objects = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[ab]\/[0-9]{1,3}$/), bytes: fc.nat(9) }), {
      selector: ({ name }) => name,
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(objects, fc.nat(), fc.boolean(), (list, pick, gone) => {
        const all = list.map(({ name, bytes }) => one(name, bytes));
        expect(isComplete(compareInventories(all, all))).toBe(true);
        const hit = all[pick % all.length];
        const broken = gone
          ? all.filter((each) => each !== hit)
          : all.map((each) => (each === hit ? { ...hit, bytes: hit.bytes + 1 } : each));
        const found = compareInventories(all, broken);
        expect(found.flatMap(({ missing, different }) => [...missing, ...different])).toEqual([hit.key]);
        expect(isComplete(found)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
