import { compare, earlierFromJson, earlierOf } from "../../../policies/report/compare";
import { renderJson } from "../../../policies/report/json";
import { reportOf } from "../../../policies/report/report";
import { caseOf, leakReport, proofOf } from "./made";

test("tells what leaves now that did not before, and the other way round", async () => {
  const [leak, safe] = [await leakReport("D05"), reportOf(await proofOf(caseOf("D05").safe))];
  const worse = compare(earlierOf(safe), leak, "old");
  expect(worse.verdict).toEqual({ before: "contained", after: "escapes" });
  expect(worse.opened).toEqual(["aws_s3_bucket.live → account 444455556666 by s3.replication"]);
  expect(worse.closed).toEqual([]);
  const better = compare(earlierOf(leak), safe, "old");
  expect(better.closed).toEqual(worse.opened);
  expect(better.unreachable).toEqual(worse.reachable);
});

test("tells what appeared, vanished and moved to another country", async () => {
  const report = await leakReport("B01");
  const [first, ...rest] = report.resources;
  const [second, ...others] = rest;
  const later = {
    ...report,
    resources: [{ ...second, place: "eu-north-1", countries: ["SE"] }, ...others, { ...first, address: "aws_x.new" }],
  };
  const changes = compare(earlierOf(report), later, "old");
  expect(changes.appeared).toEqual(["aws_x.new"]);
  expect(changes.vanished).toEqual([first.address]);
  expect(changes.moved).toMatchObject([{ resource: second.address, to: { place: "eu-north-1" } }]);
});

test("a report read back from JSON says the same as the report", async () => {
  const report = await leakReport("B01");
  const earlier = earlierFromJson(JSON.parse(renderJson(report)), "report.json");
  const { verdict: _, ...changes } = compare(earlier, report, "report.json");
  expect(Object.values(changes).filter(Array.isArray).flat()).toEqual([]);
});

test.each([
  ["of another version", { schemaVersion: 2 }],
  ["without resources", { schemaVersion: 1, verdict: "contained", escapes: [], flows: [] }],
  [
    "with numbers for names",
    { schemaVersion: 1, verdict: "contained", escapes: [], flows: [{ from: 1 }], resources: [] },
  ],
])("a report %s is refused in one line", (_, json) => {
  expect(() => earlierFromJson(json, "old.json")).toThrow(/^old\.json: /);
});
