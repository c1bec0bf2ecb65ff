import { countryNames } from "../../../policies/geography/countries";
import { placeOfGroup, placeOfRegion, placeOfZone } from "../../../policies/geography/place";
import { leadingRegion, regions, regionsByShortCode } from "../../../policies/geography/regions";
import { zoneOf } from "../../../policies/geography/zones";
import fc from "../../properties";

test("ISO 3166-1 has 249 codes, and every region's country is one of them", () => {
  expect(countryNames.size).toBe(249);
  for (const code of countryNames.keys()) expect(code).toMatch(/^[A-Z]{2}$/);
  for (const { code, country } of regions.values()) {
    expect([code, country === undefined || countryNames.has(country)]).toEqual([code, true]);
  }
});

describe("regions", () => {
  test.each([
    ["eu-west-1", "IE"],
    ["eu-west-2", "GB"],
    ["eu-west-3", "FR"],
    ["eu-central-1", "DE"],
    ["eu-central-2", "CH"],
    ["eu-north-1", "SE"],
    ["eu-south-1", "IT"],
    ["eu-south-2", "ES"],
    ["eusc-de-east-1", "DE"],
    ["us-gov-west-1", "US"],
    ["cn-northwest-1", "CN"],
  ])("%s stands in %s", (region, country) => {
    expect(placeOfRegion(region)).toEqual({ id: region, countries: [country] });
  });

  test.each(["eu-west-9", "eu-isoe-west-1", "EU-WEST-1", "eu-west-1a", "eu-west-1 ", "", "__proto__", "constructor"])(
    "%j can't be determined",
    (region) => expect(placeOfRegion(region).countries).toBeUndefined(),
  );

  test("short codes are distinct", () => {
    const named = [...regions.values()].filter(({ partition }) => /^aws(-cn|-us-gov)?$/.test(partition));
    expect(regionsByShortCode.size).toBe(named.length);
    const spelled = ["euw1", "eun1", "euc2", "apse2", "apne1", "usgw1", "cnnw1", "mxc1", "ilc1", "afs1"];
    expect(spelled.map((short) => regionsByShortCode.get(short)?.code)).toEqual([
      "eu-west-1",
      "eu-north-1",
      "eu-central-2",
      "ap-southeast-2",
      "ap-northeast-1",
      "us-gov-west-1",
      "cn-northwest-1",
      "mx-central-1",
      "il-central-1",
      "af-south-1",
    ]);
  });

  test("a region in front of a longer name", () => {
    expect(leadingRegion("us-gov-west-1b")).toMatchObject({ region: { code: "us-gov-west-1" }, rest: "b" });
    expect(leadingRegion("eu-west-12a")).toBeUndefined();
    expect(leadingRegion("xeu-west-1a")).toBeUndefined();
  });
});

describe("zones", () => {
  test.each([
    ["eu-west-1a", "IE"],
    ["us-east-1f", "US"],
    ["us-gov-east-1b", "US"],
    ["euw1-az1", "IE"],
    ["eun1-az3", "SE"],
    ["euw2-az2", "GB"],
    ["use1-az6", "US"],
    ["eu-central-1-ham-1a", "DE"],
    ["eu-central-1-waw-1a", "PL"],
    ["eu-central-1-ist-1a", "TR"],
    ["euc1-ist1-az1", "TR"],
    ["eu-west-3-cmn-1a", "MA"],
    ["eu-north-1-cph-1a", "DK"],
    ["eun1-hel1-az1", "FI"],
    ["us-east-1-qro-1a", "MX"],
    ["us-west-2-lax-1b", "US"],
    ["use1-atl2-az1", "US"],
    ["eu-west-2-wl1-lon-wlz-1", "GB"],
    ["eu-west-3-wl1-cmn1", "MA"],
    ["eu-west-3-wl1-dss1", "SN"],
    ["eu-west-3-wl1-dss-wlz-1", "SN"],
    ["use1-wl1-bos-wlz1", "US"],
  ])("%s stands in %s", (zone, country) => {
    expect(placeOfZone(zone)).toEqual({ id: zone, countries: [country] });
  });

  test.each([
    "eu-west-1",
    "eu-west-1g",
    "eu-west-1aa",
    "eu-west-9a",
    "euw1-az9",
    "euw9-az1",
    "eu-north-1-osl-1a",
    "eu-west-1-ist-1a",
    "eu-central-1-ist-1",
    "eu-central-1-wl1-ist-wlz-1",
    "eu-west-1-acme-1a",
    "euw1-ham1-az1",
    "eusc-de-east-1-bru-1a",
    "eu-west-1a\n",
    "constructor",
    "eu-central-1-constructor-1a",
    "",
  ])("%j can't be determined", (zone) => expect(placeOfZone(zone).countries).toBeUndefined());

  test("what stands behind a region's code in a zone's name is never guessed from the region", () => {
    const letters = fc.stringMatching(/^[a-z]{3}$/);
    fc.assert(
      fc.property(fc.constantFrom(...regions.keys()), letters, fc.integer({ min: 1, max: 3 }), (region, place, n) => {
        const zone = zoneOf(`${region}-${place}-${n}a`);
        return zone === undefined || (zone.kind === "local-zone" && zone.region.code === region);
      }),
    );
  });
});

describe("groups", () => {
  test.each([
    ["eu-west-1", "IE"],
    ["eu-west-1-zg-1", "IE"],
    ["eu-central-1-ist-1", "TR"],
    ["us-east-1-wl1-bos-wlz-1", "US"],
    ["eu-west-3-wl1-dss1", "SN"],
  ])("%s stands in %s", (group, country) => {
    expect(placeOfGroup(group)).toEqual({ id: group, countries: [country] });
  });

  test.each(["eu-west-1a", "eu-central-1-ist-1a", "eu-north-1-osl-1", "eu-west-1-zg-x"])(
    "%j is no known group",
    (group) => expect(placeOfGroup(group).countries).toBeUndefined(),
  );
});
