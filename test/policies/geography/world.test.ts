import { BOUNDARIES } from "../../../policies/geography/boundaries";
import { countryNames } from "../../../policies/geography/countries";
import { internet, placeOfRegion, placeOfZone } from "../../../policies/geography/place";
import { emptyTrust, parseTrust } from "../../../policies/geography/trust";
import { World } from "../../../policies/geography/world";
import fc from "../../properties";

const trust = parseTrust(
  {
    organization: "o-enclave0001",
    accounts: { "111111111111": { name: "dublin" }, "222222222222": { until: "2026-06-30" } },
    outposts: {
      "op-0aaaaaaaaaaaaaaaa": { country: "NO", homeRegion: "eu-north-1" },
      "op-0bbbbbbbbbbbbbbbb": { country: "NO", homeRegion: "eu-north-1", until: "2026-06-30" },
    },
    places: [
      { id: "203.0.113.0/24", country: "IE", statement: "the facility in Dublin" },
      { id: "203.0.113.10", country: "IE", statement: "its VPN device", until: "2026-06-30" },
      { id: "lgw-0a", country: "NO" },
    ],
  },
  "trust.json",
);
const on = (today: string) => new World(BOUNDARIES.EEA, trust, { today });

describe("sides", () => {
  const world = new World(BOUNDARIES.EEA, emptyTrust);
  test.each([
    [placeOfRegion("eu-west-1"), "inside"],
    [placeOfRegion("eu-west-2"), "outside"],
    [placeOfRegion("eu-central-2"), "outside"],
    [placeOfRegion("eu-west-9"), "undetermined"],
    [placeOfZone("eu-central-1-ist-1a"), "outside"],
    [placeOfZone("eu-north-1-osl-1a"), "undetermined"],
    [internet, "outside"],
    [{ id: "a network of two countries", countries: ["IE", "GB"] }, "outside"],
    [{ id: "a network of two countries", countries: ["IE", "NO"] }, "inside"],
  ] as const)("%j is %s", (place, side) => expect(world.sideOf(place)).toBe(side));

  test("a larger boundary takes nothing out of it", () => {
    const codes = fc.uniqueArray(fc.constantFrom(...countryNames.keys()), { maxLength: 8 });
    fc.assert(
      fc.property(codes, codes, fc.option(codes, { nil: undefined }), (small, more, countries) => {
        const place = { id: "x", countries };
        const narrow = new World({ name: "a", countries: new Set(small) }, emptyTrust).sideOf(place);
        const wide = new World({ name: "b", countries: new Set([...small, ...more]) }, emptyTrust).sideOf(place);
        return narrow !== "inside" || wide === "inside";
      }),
    );
  });
});

test("accounts, the organization, and the assumptions they are", () => {
  const world = on("2026-01-01");
  expect(world.controls("111111111111")).toBe(true);
  expect(world.controls("999999999999")).toBe(false);
  expect(world.controls("__proto__")).toBe(false);
  expect(world.isOurOrganization("o-enclave0001")).toBe(true);
  expect(world.isOurOrganization("o-another0001")).toBe(false);
  expect(new World(BOUNDARIES.EEA, emptyTrust).isOurOrganization("o-enclave0001")).toBe(false);
  expect(world.assumptions()).toEqual([
    {
      subject: "account 111111111111",
      statement: "is the owner's (dublin) and acts inside the boundary",
      source: "trust.json",
    },
    {
      subject: "organization o-enclave0001",
      statement: "is the owner's: all of its accounts are under the owner's control",
      source: "trust.json",
    },
  ]);
});

test("outposts, by id and by ARN", () => {
  const world = on("2026-01-01");
  const place = { id: "op-0aaaaaaaaaaaaaaaa", countries: ["NO"] };
  expect(world.outpost("op-0aaaaaaaaaaaaaaaa")).toEqual(place);
  expect(world.outpost("arn:aws:outposts:eu-north-1:222222222222:outpost/op-0aaaaaaaaaaaaaaaa")).toEqual(place);
  expect(
    world.outpost("arn:aws:s3-outposts:eu-north-1:222222222222:outpost/op-0aaaaaaaaaaaaaaaa/bucket/users"),
  ).toEqual(place);
  expect(world.outpost("op-0cccccccccccccccc")).toBeUndefined();
  expect(world.outpost("arn:aws:outposts:eu-west-2:222222222222:outpost/op-0aaaaaaaaaaaaaaaa")).toBeUndefined();
  expect(world.assumptions()).toEqual([
    {
      subject: "op-0aaaaaaaaaaaaaaaa",
      statement: "the Outpost stands in Norway; its home region is eu-north-1",
      source: "trust.json",
    },
  ]);
});

describe("entries with a date", () => {
  test("count up to and on the day", () => {
    const world = on("2026-06-30");
    expect(world.controls("222222222222")).toBe(true);
    expect(world.outpost("op-0bbbbbbbbbbbbbbbb")).toBeDefined();
    expect(world.vouched("203.0.113.10")?.id).toBe("203.0.113.10");
  });

  test("do not count afterwards, and the assumptions say so", () => {
    const world = on("2026-07-01");
    expect(world.controls("222222222222")).toBe(false);
    expect(world.outpost("op-0bbbbbbbbbbbbbbbb")).toBeUndefined();
    expect(world.assumptions().map(({ statement }) => statement)).toEqual([
      "no longer counts, it ended on 2026-06-30: is the owner's and acts inside the boundary",
      "no longer counts, it ended on 2026-06-30: the Outpost stands in Norway; its home region is eu-north-1",
    ]);
  });

  test("leave the word to a wider entry that still counts", () => {
    const world = on("2026-07-01");
    expect(world.vouched("203.0.113.10")?.id).toBe("203.0.113.0/24");
    expect(world.assumptions()).toHaveLength(2);
  });

  test("are compared with today if no day is given", () => {
    const past = parseTrust({ places: [{ id: "lgw-0a", country: "NO", until: "2001-01-01" }] }, "trust.json");
    expect(new World(BOUNDARIES.EEA, past).vouched("lgw-0a")).toBeUndefined();
  });
});

test("what is vouched for, once each, in a fixed order", () => {
  const world = on("2026-01-01");
  world.assume({ subject: "z", statement: "a model says so", source: "model" });
  expect(world.vouched("lgw-0a")).toMatchObject({ country: "NO" });
  world.vouched("lgw-0a");
  expect(world.vouched("203.0.113.0/25")?.statement).toBe("the facility in Dublin");
  expect(world.vouched("lgw-0b")).toBeUndefined();
  expect(world.assumptions()).toEqual([
    { subject: "203.0.113.0/24", statement: "the facility in Dublin", source: "trust.json" },
    { subject: "lgw-0a", statement: "stands in Norway", source: "trust.json" },
    { subject: "z", statement: "a model says so", source: "model" },
  ]);
});
