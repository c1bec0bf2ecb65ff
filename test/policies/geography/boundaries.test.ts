import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../../policies/configuration/errors";
import type { Json } from "../../../policies/configuration/json";
import { BOUNDARIES, loadBoundary, parseBoundary } from "../../../policies/geography/boundaries";

const errorOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("no error");
};

test("the EEA is the 27 of the Union, Iceland, Liechtenstein and Norway", () => {
  expect(BOUNDARIES.EU.countries.size).toBe(27);
  expect(BOUNDARIES.EEA.countries.size).toBe(30);
  for (const country of [...BOUNDARIES.EU.countries, "IS", "LI", "NO"])
    expect(BOUNDARIES.EEA.countries).toContain(country);
  for (const country of ["GB", "CH", "TR", "US"]) expect(BOUNDARIES.EEA.countries).not.toContain(country);
});

test("built-in names and countries", () => {
  expect(loadBoundary("EEA")).toBe(BOUNDARIES.EEA);
  expect([...loadBoundary("UK").countries]).toEqual(["GB"]);
  expect(loadBoundary("CH")).toEqual({ name: "CH", countries: new Set(["CH"]) });
});

test("a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "boundary-"));
  try {
    const file = join(folder, "nordic.json");
    writeFileSync(file, '{"name": "Nordic", "countries": ["SE", "NO", "SE"]}');
    const { name, countries } = loadBoundary(file);
    expect([name, ...countries]).toEqual(["Nordic", "NO", "SE"]);
    writeFileSync(file, '{"name": "Nordic", "countries": ["NO"], "countries": ["US"]}');
    expect(errorOf(() => loadBoundary(file))).toContain("nordic.json");
    expect(errorOf(() => loadBoundary(folder))).toContain("is a folder");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("neither name nor file", () => {
  expect(errorOf(() => loadBoundary("EAA"))).toBe(
    "EAA: no such boundary: neither EEA, EU, UK, US, nor a country's code, nor a file",
  );
  for (const name of ["__proto__", "constructor", "eea", ""])
    expect(errorOf(() => loadBoundary(name))).toContain("no such boundary");
});

test.each<[Json, string]>([
  [[], "b.json: a boundary is an object"],
  [{ name: "x", countries: ["IE"], extra: 1 }, "b.json: extra: unknown key"],
  [JSON.parse('{"name": "x", "countries": ["IE"], "__proto__": {}}'), "b.json: __proto__: unknown key"],
  [{ countries: ["IE"] }, "b.json: name: must be a text"],
  [{ name: " ", countries: ["IE"] }, "b.json: name: must be a text"],
  [{ name: "x", countries: [] }, "b.json: countries: must be a list of at least one country"],
  [{ name: "x", countries: "IE" }, "b.json: countries: must be a list of at least one country"],
  [
    { name: "x", countries: ["IE", "UK"] },
    "b.json: countries[1]: must be an ISO 3166-1 alpha-2 code such as IE; the United Kingdom is GB",
  ],
  [{ name: "x", countries: ["ie"] }, "b.json: countries[0]: must be an ISO 3166-1 alpha-2 code"],
  [{ name: "x", countries: [null] }, "b.json: countries[0]: must be an ISO 3166-1 alpha-2 code"],
])("%j is no boundary", (json, message) => expect(errorOf(() => parseBoundary(json, "b.json"))).toContain(message));
