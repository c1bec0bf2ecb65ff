/** The laws of the argument, each for every labelled configuration under random edits. */
import { readFileSync } from "node:fs";
import { type Proof, type Report, renderJson, reportOf, verifyConfiguration } from "../../policies";
import { readConfigurationText } from "../../policies/configuration/input/read";
import { BOUNDARIES } from "../../policies/geography/boundaries";
import { loadTrust } from "../../policies/geography/trust";
import { cases, trustFile } from "../fixtures/examples";
import fc from "../properties";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const trust = loadTrust(trustFile);
const bodies = cases
  .flatMap((one) => [one.leak, one.safe])
  .map((file) => JSON.parse(readFileSync(file, "utf8")) as Json);
const anyBody = fc.constantFrom(...bodies);

const prove = (body: Json): Proof =>
  verifyConfiguration(readConfigurationText(JSON.stringify(body), "main.tf.json"), { trust });
const judge = (body: Json): Report => reportOf(prove(body));

/** Of the labelled configurations as they are, each of which many edits are compared with. */
const proofs = new Map<Json, Proof>();
const reports = new Map<Json, Report>();
function proofAsIs(body: Json): Proof {
  const proof = proofs.get(body) ?? prove(body);
  proofs.set(body, proof);
  return proof;
}
function judgeAsIs(body: Json): Report {
  const report = reports.get(body) ?? reportOf(proofAsIs(body));
  reports.set(body, report);
  return report;
}

/** Paths of all leaves below `resource`, meta-arguments aside. */
function leaves(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    ["count", "for_each", "depends_on", "lifecycle", "provider"].includes(key) && path.length === 3
      ? []
      : leaves(item as Json, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function edited(body: Json, path: (string | number)[], value: Json): Json {
  const copy = structuredClone(body);
  let at = copy as Record<string | number, Json>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, Json>;
  at[path[path.length - 1]] = value;
  return copy;
}

const RANK = { escapes: 2, undecided: 1, contained: 0 };

test("unknown: making a known value unknown never turns escapes or undecided into contained", () => {
  fc.assert(
    fc.property(anyBody, fc.nat(), (body, choice) => {
      const paths = leaves((body as { resource: Json }).resource, ["resource"]);
      const opaque = edited(body, paths[choice % paths.length], "${var.opaque}");
      const withVariable = { ...(opaque as object), variable: { opaque: {} } } as Json;
      const before = judgeAsIs(body).verdict;
      const after = judge(withVariable).verdict;
      return RANK[before] === 0 || RANK[after] > 0;
    }),
    { numRuns: 400 },
  );
});

/** The same JSON with the keys of every object in another order. */
const shuffled = (value: Json, seed: number): Json => {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  const keys = Object.keys(value).sort((a, b) => mix(a, seed) - mix(b, seed));
  return Object.fromEntries(keys.map((key) => [key, shuffled(value[key], seed)]));
};
const mix = (text: string, seed: number): number =>
  [...text].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), seed);

test("order: permuting resources and keys changes not one byte of the report", () => {
  fc.assert(
    fc.property(anyBody, fc.integer(), (body, seed) => {
      const [one, other] = [judgeAsIs(body), judge(shuffled(body, seed))].map((report) =>
        renderJson({ ...report, inputs: [] }),
      );
      expect(other).toBe(one);
    }),
    { numRuns: 100 },
  );
});

test("names: renaming addresses renames them in the report and changes nothing else", () => {
  fc.assert(
    fc.property(anyBody, (body) => {
      const names = new Set(
        Object.values((body as { resource: Record<string, Record<string, Json>> }).resource).flatMap(Object.keys),
      );
      const rename = (text: string) =>
        [...names].reduce(
          (result, name) =>
            result.replace(new RegExp(`((?<!data\\.)(?:aws|random)_[a-z0-9_]+\\.)${name}\\b`, "g"), `$1x_${name}_x`),
          text,
        );
      const resource = Object.fromEntries(
        Object.entries((body as { resource: Record<string, Record<string, Json>> }).resource).map(([type, all]) => [
          type,
          Object.fromEntries(Object.entries(all).map(([name, values]) => [`x_${name}_x`, values])),
        ]),
      );
      const renamed = JSON.parse(rename(JSON.stringify({ ...(body as object), resource }))) as Json;
      const shape = (report: Report) => ({
        verdict: report.verdict,
        summary: report.summary,
        escapes: report.escapes.map((one) => rename(`${one.resource} ${one.channel} ${one.destination.place}`)).sort(),
      });
      const unrenamed = judgeAsIs(body);
      const after = judge(renamed);
      expect({
        ...shape(after),
        escapes: after.escapes.map((one) => `${one.resource} ${one.channel} ${one.destination.place}`).sort(),
      }).toEqual(shape(unrenamed));
    }),
    { numRuns: 60 },
  );
});

test("boundary: enlarging the boundary never adds an escape", () => {
  fc.assert(
    fc.property(anyBody, fc.subarray(["GB", "US", "TR", "AU", "CH"]), (body, more) => {
      const eea = BOUNDARIES.EEA;
      const small = judgeAsIs(body);
      const configuration = readConfigurationText(JSON.stringify(body), "main.tf.json");
      const wide = reportOf(
        verifyConfiguration(configuration, {
          trust,
          boundary: { name: "wider", countries: new Set([...eea.countries, ...more]) },
        }),
      );
      const keys = new Set(small.escapes.map((one) => `${one.resource} ${one.channel} ${one.destination.place}`));
      for (const one of wide.escapes) expect(keys).toContain(`${one.resource} ${one.channel} ${one.destination.place}`);
    }),
    { numRuns: 100 },
  );
});

test("more: adding resources of another configuration never turns escapes into contained", () => {
  fc.assert(
    fc.property(anyBody, anyBody, (body, other) => {
      fc.pre(judgeAsIs(body).verdict === "escapes");
      const apart = JSON.parse(
        JSON.stringify((other as { resource: Json }).resource).replace(/\b(aws_[a-z0-9_]+)\.([a-z_]+)/g, "$1.other_$2"),
      ) as Record<string, Record<string, Json>>;
      const resource = structuredClone((body as { resource: Record<string, Record<string, Json>> }).resource);
      for (const [type, all] of Object.entries(apart)) {
        if (DENYING.test(type)) continue;
        resource[type] ??= {};
        for (const [name, values] of Object.entries(all)) resource[type][`other_${name}`] = values;
      }
      const locals = { ...(other as { locals?: object }).locals, ...(body as { locals?: object }).locals };
      const data = { ...(other as { data?: object }).data, ...(body as { data?: object }).data };
      const together = { ...(body as object), resource, locals, data } as Json;
      // What is left out with the denying ones may leave something open; nothing may close the path.
      expect(judge(together).verdict).not.toBe("contained");
    }),
    { numRuns: 100 },
  );
});

/** Types that stop something by being there. */
const DENYING = /block_public_access|public_access_block|network_acl|firewall|security_group|_policy$/;

test("path: every attribute that a path names is there, and `by` is a resource of the input", () => {
  for (const body of bodies) {
    const proof = proofAsIs(body);
    const known = new Set(proof.configuration.resources);
    for (const escape of proof.escapes) {
      expect(escape.path.length).toBeGreaterThan(0);
      for (const step of escape.path) {
        expect(known.has(step.by)).toBe(true);
        expect(step.why).not.toBe("");
      }
    }
  }
});
