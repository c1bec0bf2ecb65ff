import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import { reportOf } from "../../../policies/report/report";
import { renderSarif } from "../../../policies/report/sarif";
import { underWaivers } from "../../../policies/report/waived";
import { caseOf, hostileReport, leakReport, proofOf } from "./made";

// The schema as https://json.schemastore.org/sarif-2.1.0-rtm.5.json has it, without its descriptions.
const schema = JSON.parse(readFileSync(join(__dirname, "../../fixtures/sarif/sarif-2.1.0.json"), "utf8"));
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

const valid = (text: string) => {
  const log = JSON.parse(text);
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log.runs[0];
};

test("is valid against the schema, for escapes, for undecided points and for nothing at all", async () => {
  valid(renderSarif(await leakReport("B01")));
  valid(renderSarif(reportOf(await proofOf(caseOf("B01").safe))));
  valid(renderSarif(await hostileReport()));
});

test("has a rule with help per channel, and a result that points at the line that decides", async () => {
  const run = valid(renderSarif(await leakReport("D05")));
  const [rule] = run.tool.driver.rules;
  expect(rule.id).toBe("s3.replication");
  expect(rule.help.text).toContain("copies");
  const [result] = run.results;
  const { physicalLocation, logicalLocations } = result.locations[0];
  expect(physicalLocation.artifactLocation.uri).toMatch(/D05-legacy-inline-replication\/leak\.tf\.json$/);
  expect(physicalLocation.region.startLine).toBeGreaterThan(1);
  expect(logicalLocations[0].fullyQualifiedName).toBe("aws_s3_bucket.live");
});

test("tells a path as a code flow, step by step", async () => {
  const report = await leakReport("B01");
  const run = valid(renderSarif(report));
  const { locations } = run.results[0].codeFlows[0].threadFlows[0];
  expect(locations.map((one: { executionOrder: number }) => one.executionOrder)).toEqual(
    report.escapes[0].path.map((_, i) => i + 1),
  );
});

test("fingerprints survive renaming and tell twins apart", async () => {
  const prints = (text: string): string[] =>
    valid(text).results.map(
      (one: { partialFingerprints: Record<string, string> }) => one.partialFingerprints["enclaveEscape/v1"],
    );
  const before = prints(renderSarif(await leakReport("D05")));
  expect(new Set(before).size).toBe(before.length);
  const { readConfiguration } = await import("../../../policies/configuration/input/read");
  const { verifyConfiguration } = await import("../../../policies");
  const { loadTrust } = await import("../../../policies/geography/trust");
  const { trustFile } = await import("../../fixtures/examples");
  const text = readFileSync(caseOf("D05").leak, "utf8")
    .replaceAll('"live"', '"renamed"')
    .replaceAll(".live", ".renamed");
  const configuration = await readConfiguration(["-"], { stdin: () => text });
  const renamed = verifyConfiguration(configuration, { trust: loadTrust(trustFile) });
  expect(prints(renderSarif(reportOf(renamed)))).toEqual(before);
});

test("no message can make a link or a placeholder", async () => {
  const run = valid(renderSarif(await hostileReport()));
  const texts = [...JSON.stringify(run.results).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)]
    .map(([, text]) => JSON.parse(text))
    .join("\n");
  expect(texts).toContain("javascript");
  expect(texts).not.toContain("](javascript");
  expect(texts.replace(/\{\{|\}\}/g, "")).not.toMatch(/\{\d+\}/);
});

test("a waived escape is there, suppressed with its reason", async () => {
  const waiver = {
    resource: "aws_s3_bucket.live",
    channel: "s3.replication",
    reason: "moving out",
    decidedBy: "the board",
    until: "2026-06-30",
  };
  const report = underWaivers(await leakReport("D05"), { source: "waivers.json", all: [waiver] }, "2026-06-30");
  const run = valid(renderSarif(report));
  expect(run.results[0].suppressions[0]).toMatchObject({ kind: "external", status: "accepted" });
  expect(run.results[0].suppressions[0].justification).toContain("moving out");
});
