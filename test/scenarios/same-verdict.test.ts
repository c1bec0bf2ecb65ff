/**
 * The same configuration has the same verdict and the same paths in Terraform's JSON, in HCL written by hand with what
 * HCL has for it, and as a plan that the real binary makes of either. Of texts in HCL a plan shows only what they refer
 * to; without the configuration that it was made from, its verdict may be left open, and is never the opposite one.
 */
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type VerifyOptions, verify } from "../../policies";
import type { Rehearsal } from "../../rehearsal/server";
import { cases, trustFile } from "../fixtures/examples";
import { project } from "../policies/configuration/project";
import { plan, rehearsalOf } from "../policies/configuration/terraform";
import { findings } from "../policies/services/harness";
import { hasTerraform } from "../terraform";

const HCL = join(__dirname, "../fixtures/hcl");

async function seen(path: string, options: VerifyOptions = {}) {
  const report = await verify([path], { trust: trustFile, ...options });
  return { verdict: report.verdict, findings: findings(report) };
}

const twins = readdirSync(HCL).flatMap((id) => (["leak", "safe"] as const).map((kind) => [id, kind] as const));

function fileOf(id: string, kind: "leak" | "safe"): string {
  const one = cases.find((candidate) => candidate.id === id);
  if (!one) throw new Error(`there is no labelled configuration ${id}`);
  return one[kind];
}

const canPlan = hasTerraform("the verdict on plans");
let rehearsal: Rehearsal;
beforeAll(async () => {
  const files = twins.flatMap(([id, kind]) => [fileOf(id, kind), join(HCL, id, "main.tf")]);
  rehearsal = await rehearsalOf(files.map((file) => readFileSync(file, "utf8")));
});
afterAll(() => rehearsal.stop());

describe.each(twins)("%s, %s", (id, kind) => {
  const file = fileOf(id, kind);
  const folder = join(HCL, id);
  const varFiles = [join(folder, `${kind}.tfvars`)];

  test("in HCL", async () => {
    expect(await seen(folder, { varFiles })).toEqual(await seen(file));
  });

  (canPlan ? test : test.skip)(
    "as a plan, with its configuration and without",
    async () => {
      const json = project({});
      copyFileSync(file, join(json, "main.tf.json"));
      const hcl = project({});
      copyFileSync(join(folder, "main.tf"), join(hcl, "main.tf"));
      copyFileSync(varFiles[0], join(hcl, "terraform.tfvars"));
      const expected = await seen(file);
      const [jsonPlan, hclPlan] = await Promise.all([json, hcl].map((one) => plan(one, rehearsal.environment)));
      expect(await seen(jsonPlan)).toEqual(expected);
      expect(await seen(jsonPlan, { config: json })).toEqual(expected);
      expect([expected.verdict, "undecided"]).toContain((await seen(hclPlan)).verdict);
      expect(await seen(hclPlan, { config: hcl })).toEqual(expected);
    },
    60_000,
  );
});
