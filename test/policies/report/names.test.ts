import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verify } from "../../../policies";

const bucket = (sensitive: object) => ({
  address: "aws_s3_bucket.users",
  mode: "managed",
  type: "aws_s3_bucket",
  name: "users",
  provider_name: "registry.terraform.io/hashicorp/aws",
  schema_version: 0,
  values: { id: "clover-users", arn: "arn:aws:s3:::clover-users", bucket: "clover-users", region: "eu-west-1" },
  sensitive_values: sensitive,
});

async function namesIn(resource: object): Promise<readonly string[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "names-"));
  const file = join(folder, "state.json");
  const values = { root_module: { resources: [resource] } };
  writeFileSync(file, JSON.stringify({ format_version: "1.0", terraform_version: "1.9.0", values }));
  const report = await verify([file]);
  rmSync(folder, { recursive: true });
  return report.resources[0].names;
}

it("a report on a state says what AWS calls a thing, so that what happens to it can be looked up", async () => {
  expect(await namesIn(bucket({}))).toEqual(["clover-users", "arn:aws:s3:::clover-users"]);
});

it("and not what is sensitive", async () => {
  const shown = JSON.stringify(await namesIn(bucket({ id: true, arn: true, bucket: true })));
  expect(shown).not.toContain("clover-users");
});
