/** Each labelled leak is found with the right resource in its path; each safe twin is contained. */
import { type Report, verify } from "../../policies";
import { cases, trustFile } from "../fixtures/examples";
import { findings } from "../policies/services/harness";

const addresses = (report: Report): Set<string> =>
  new Set([
    ...report.escapes.flatMap((escape) => [escape.resource, ...escape.path.map((step) => step.by)]),
    ...report.undecided.map((one) => one.resource),
  ]);

describe.each(cases.map((one) => [one.id, one] as const))("%s", (_id, one) => {
  test(`leak: ${one.title}`, async () => {
    const report = await verify([one.leak], { trust: trustFile });
    expect(one.acceptLeak).toContain(report.verdict);
    const named = addresses(report);
    expect(one.culprits.filter((culprit) => named.has(culprit))).not.toEqual([]);
  });

  test("safe twin", async () => {
    const report = await verify([one.safe], { trust: trustFile });
    expect({ verdict: report.verdict, findings: findings(report) }).toEqual({ verdict: "contained", findings: [] });
  });
});
