/** Terraform's states and the runner that applies: kept inside whichever backend is chosen; each edit breaks one thing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reachOf } from "../../constructs";
import { enclave as declared } from "../../enclave";
import type { Report } from "../../policies";
import { synthesizeContained } from "../../stacks/contained";
import { isAllowed } from "../simulation";
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

let enclave: SynthesizedEnclave;
beforeAll(() => {
  enclave = new SynthesizedEnclave();
});
afterAll(() => enclave.dispose());

describe("the runner", () => {
  it("has an endpoint of every service of the stacks that has one", () => {
    const { stacks } = enclave.edited();
    const types = Object.values(stacks).flatMap(({ resource }) => Object.keys(resource));
    const { interfaces, gateways } = reachOf(types);
    const made = Object.values(stacks.pipeline.resource.aws_vpc_endpoint).map((endpoint) => [
      endpoint.vpc_endpoint_type,
      endpoint.service_name,
    ]);
    const name = (service: string) => `com.amazonaws.eu-west-1.${service}`;
    expect(interfaces.length).toBeGreaterThan(15);
    expect(made).toEqual(expect.arrayContaining(interfaces.map((service) => ["Interface", name(service)])));
    expect(made.filter(([type]) => type === "Gateway").map(([, service]) => service)).toEqual(gateways.map(name));
  });

  const runner = "arn:aws:iam::555555555555:role/clover-runner";
  const report = "arn:aws:s3:::clover-evidence-eu-west-1/verdicts/report.json";
  it.each([
    ["puts the report", runner, "s3:PutObject", report, true],
    ["reads no report", runner, "s3:GetObject", report, false],
    ["deletes no report", runner, "s3:DeleteObject", report, false],
    ["puts nothing beside", runner, "s3:PutObject", report.replace("verdicts", "access"), false],
    ["alone puts reports", runner.replace("555555555555", "111111111111"), "s3:PutObject", report, false],
  ])("%s", async (_, principal, action, resource, expected) => {
    const edit = enclave.edited();
    const context = { "aws:PrincipalOrgID": "o-enclave0001", "aws:PrincipalAccount": principal.slice(13, 25) };
    const own = edit.one("pipeline", "aws_iam_role_policy", '"build"').policy;
    const bucket = edit.one("evidence-eu-west-1", "aws_s3_bucket_policy", "archive_evidence").policy;
    const named = bucket.replaceAll(
      /\$\{aws_s3_bucket\.archive_evidence[^}]*\.arn\}/g,
      "arn:aws:s3:::clover-evidence-eu-west-1",
    );
    const asked = { principal, account: "333333333333", action, resource, context };
    expect(await isAllowed(asked, { identity: [own], resource: named })).toBe(expected);
  });

  it("may encrypt the report with the partner's key, and not decrypt it", async () => {
    const edit = enclave.edited();
    const context = {
      "aws:PrincipalOrgID": "o-enclave0001",
      "aws:PrincipalAccount": "555555555555",
      "kms:ViaService": "s3.eu-west-1.amazonaws.com",
    };
    const key = edit.one("evidence-eu-west-1", "aws_kms_key", "archive_keys").policy;
    const policies = { identity: [edit.one("pipeline", "aws_iam_role_policy", '"build"').policy], resource: key };
    const asked = (action: string) => {
      const resource = "arn:aws:kms:eu-west-1:333333333333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
      return isAllowed({ principal: runner, account: "333333333333", action, resource, context }, policies);
    };
    expect([await asked("kms:GenerateDataKey"), await asked("kms:Decrypt")]).toEqual([true, false]);
  });

  it("puts the report where the desk looks for it, also when the verdict stops the build", () => {
    const edit = enclave.edited();
    const [{ buildspec }] = [edit.one("pipeline", "aws_codebuild_project").source].flat();
    const { commands, finally: last } = JSON.parse(buildspec).phases.build;
    const partners = ["evidence-eu-north-1", "evidence-eu-west-1", "oversight"];
    const [synth, plan, ...more] = commands;
    expect([synth, more]).toEqual(["npx enclave synth || test $? -le 2", []]);
    expect(plan).toMatch(/^npx enclave plan --no-refresh /);
    expect(plan.split(" ").slice(4).sort()).toEqual(
      Object.keys(edit.stacks)
        .filter((name) => !partners.includes(name))
        .sort(),
    );
    const { REPORT_BUCKET, REPORT_KEY } = edit.one("oversight", "aws_lambda_function").environment.variables;
    expect(REPORT_BUCKET).toContain("evidence-eu-west-1");
    expect(last).toEqual([
      expect.stringContaining(`--bucket clover-evidence-eu-west-1 --key ${REPORT_KEY} --body "$(ls cdktf.out/plans/`),
    ]);
  });
});

describe("the partner's account", () => {
  it("is none that the runner applies in: only the partner takes on its delivery role", async () => {
    const edit = enclave.edited();
    const made = (stack: string) => edit.all(stack, "aws_iam_role").filter(({ name }) => name === "clover-delivery");
    expect(made("pipeline").map(({ provider }) => provider)).toEqual([
      "aws.dublin",
      "aws.hamar",
      "aws.management",
      "aws.pipeline",
    ]);
    const [{ assume_role_policy: trust }] = made("oversight");
    const own = edit.one("pipeline", "aws_iam_role_policy", '"build"').policy;
    expect(own).not.toContain("arn:aws:iam::333333333333:role");
    const all = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
    const takesOn = (principal: string) => {
      const resource = "arn:aws:iam::333333333333:role/clover-delivery";
      const asked = { principal, account: "333333333333", action: "sts:AssumeRole", resource };
      return isAllowed(asked, { identity: [all], resource: trust });
    };
    expect(await takesOn("arn:aws:iam::555555555555:role/clover-runner")).toBe(false);
    expect(await takesOn("arn:aws:iam::333333333333:role/administrator")).toBe(true);
  });

  it("writes the states of its own stacks and of no others", async () => {
    const edit = enclave.edited();
    const bucket = edit.one("pipeline", "aws_s3_bucket_policy", "states_").policy;
    const named = bucket.replaceAll(/\$\{aws_s3_bucket\.states[^}]*\.arn\}/g, "arn:aws:s3:::clover-states");
    const all = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
    const may = (action: string, key: string) => {
      const principal = "arn:aws:iam::333333333333:role/administrator";
      const resource = `arn:aws:s3:::clover-states/${key}`;
      const context = { "aws:PrincipalOrgID": "o-enclave0001" };
      return isAllowed(
        { principal, account: "555555555555", action, resource, context },
        { identity: [all], resource: named },
      );
    };
    expect(await may("s3:PutObject", "states/oversight.tfstate")).toBe(true);
    expect(await may("s3:DeleteObject", "states/oversight.tfstate.tflock")).toBe(true);
    expect(await may("s3:GetObject", "states/dublin-1.tfstate")).toBe(true);
    for (const [action, key] of [
      ["s3:PutObject", "states/dublin-1.tfstate"],
      ["s3:DeleteObject", "states/oversight.tfstate"],
      ["s3:GetObject", "sources/enclave.zip"],
    ]) {
      expect([action, key, await may(action, key)]).toEqual([action, key, false]);
    }
  });
});

describe("leaks", () => {
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
