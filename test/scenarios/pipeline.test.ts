/** Terraform's states and the runner that applies: kept inside whichever backend is chosen; each edit breaks one thing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enclave as declared } from "../../enclave";
import type { Report } from "../../policies";
import { synthesizeContained } from "../../stacks/contained";
import { type Edit, SynthesizedEnclave } from "./enclave";

const paths = (report: Report): string[] =>
  report.escapes.map(({ resource, channel, destination, path }) =>
    [resource, channel, destination.place, ...path.map(({ by, attribute }) => `${by}: ${attribute ?? ""}`)].join(" "),
  );

describe("states in the pipeline's bucket", () => {
  let folder: string;
  let report: Report;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "enclave-states-"));
    report = await synthesizeContained({ ...declared, pipeline: { ...declared.pipeline!, backend: "s3" } }, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const stacks = () =>
    readdirSync(join(folder, "stacks")).map((name) => ({
      name,
      json: JSON.parse(readFileSync(join(folder, "stacks", name, "cdk.tf.json"), "utf8")),
    }));

  it("are contained, locked by S3 itself, encrypted, each under a key of its own", () => {
    expect(report.verdict).toBe("contained");
    for (const { name, json } of stacks()) {
      expect(json.terraform.backend).toEqual({
        s3: {
          bucket: "clover-states",
          key: `states/${name}.tfstate`,
          region: "eu-west-1",
          encrypt: true,
          kms_key_id: "alias/clover-runner-states",
          allowed_account_ids: ["555555555555"],
          use_lockfile: true,
        },
      });
    }
  });

  it("are applied by one role in each account", () => {
    for (const { json } of stacks()) {
      for (const {
        allowed_account_ids: [account],
        assume_role: roles,
      } of json.provider.aws) {
        expect(roles).toEqual([{ role_arn: `arn:aws:iam::${account}:role/clover-delivery` }]);
      }
    }
  });

  it("have a bucket that keeps versions and knows the organization only", () => {
    const { resource } = stacks().find(({ name }) => name === "pipeline")!.json;
    const of = (type: string) =>
      Object.entries<Record<string, unknown>>(resource[type]).find(([name]) => name.startsWith("states_"))![1];
    expect(of("aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
    expect(of("aws_s3_bucket_policy").policy).toContain('"aws:PrincipalOrgID":"o-enclave0001"');
    expect(JSON.stringify(of("aws_s3_bucket_server_side_encryption_configuration"))).toContain("aws:kms");
  });
});

describe("leaks", () => {
  let enclave: SynthesizedEnclave;
  beforeAll(() => {
    enclave = new SynthesizedEnclave();
  });
  afterAll(() => enclave.dispose());

  const state = (values: object) => (edit: Edit) => {
    edit.stacks["dublin-1"].terraform.backend = values;
  };

  it.each<[string, (edit: Edit) => void, string[]]>([
    [
      "a state in Virginia",
      state({ s3: { bucket: "clover-us", key: "dublin-1", region: "us-east-1" } }),
      ["backend.s3", "terraform.state", "us-east-1", ": region"],
    ],
    [
      "a state with a service that runs Terraform for others",
      state({ remote: { organization: "clover", workspaces: { name: "dublin-1" } } }),
      ["backend.remote", "terraform.state", "app.terraform.io"],
    ],
    [
      "a runner outside of the network",
      (edit) => {
        delete edit.one("pipeline", "aws_codebuild_project").vpc_config;
      },
      ["aws_codebuild_project.", "the internet"],
    ],
    [
      "logs of builds in a bucket in Ohio",
      (edit) => {
        edit.add("pipeline", "aws_s3_bucket", "far", { bucket: "clover-builds", region: "us-east-2" });
        edit.one("pipeline", "aws_codebuild_project").logs_config = {
          s3_logs: { status: "ENABLED", location: "${aws_s3_bucket.far.id}/logs" },
        };
      },
      ["codebuild.logs", "us-east-2", "aws_codebuild_project.", "logs_config"],
    ],
  ])("%s", async (_, edit, parts) => {
    const report = await enclave.judge(edit);
    const shown = paths(report);
    const hit = shown.some((line) => parts.every((part) => line.includes(part)));
    expect({ verdict: report.verdict, hit, shown: hit ? [] : shown }).toEqual({
      verdict: "escapes",
      hit: true,
      shown: [],
    });
  });
});
