import {
  dataCentresOf,
  evidenceBucketName,
  evidenceWriters,
  gatewayNames,
  gatewaySteps,
  roleArn,
} from "../../../constructs";
import { enclave } from "../../../enclave";

describe("names that stacks agree on", () => {
  it("fit where AWS takes them, for the longest names that can be declared", () => {
    const longest = { name: "a".repeat(20) };
    const names = gatewayNames(longest, longest);
    // Roles and functions take 64 characters, buckets 63.
    for (const name of [...gatewaySteps.map(names.step), names.session, names.workbench, names.archive]) {
      expect(name.length).toBeLessThanOrEqual(64);
    }
    expect(evidenceBucketName(longest, "ap-northeast-1").length).toBeLessThanOrEqual(63);
    expect(names.outbox.length).toBeLessThanOrEqual(63);
  });

  it("differ between data centres", () => {
    const all = dataCentresOf(enclave).map((dataCentre) => gatewayNames(enclave, dataCentre));
    expect(new Set(all.map(({ session }) => session)).size).toBe(3);
  });

  it("say who writes evidence: roles of the data centres of that region", () => {
    const arns = evidenceWriters(enclave, "eu-north-1").map(roleArn);
    expect(arns).toContain("arn:aws:iam::222222222222:role/clover-hamar-open");
    expect(arns.every((arn) => arn.startsWith("arn:aws:iam::222222222222:role/clover-hamar-"))).toBe(true);
    expect(evidenceWriters(enclave, "eu-west-3")).toEqual([]);
  });
});
