/** Where things stand: the region that counts, what narrows it, and what is taken on trust. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportOf, verify, verifyConfiguration } from "../../../policies";
import { readConfigurationText } from "../../../policies/configuration/input/read";
import { findings, judge, trust } from "../services/harness";

const source = "registry.terraform.io/hashicorp/aws";
const queue = { address: "aws_sqs_queue.q", mode: "managed", type: "aws_sqs_queue", name: "q", provider_name: source };

/** A plan of one queue whose provider has the given region expression. */
function plan(region: object | undefined): string {
  const values = { name: "q", sqs_managed_sse_enabled: true };
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ ...queue, values }] } },
    resource_changes: [{ ...queue, change: { actions: ["create"], before: null, after: values, after_unknown: {} } }],
    configuration: {
      provider_config: { aws: { name: "aws", full_name: source, expressions: region ? { region } : {} } },
      root_module: { resources: [{ ...queue, provider_config_key: "aws", expressions: {} }] },
    },
  });
}

function judged(region: object | undefined, defaultRegion?: string) {
  const options = defaultRegion === undefined ? {} : { defaultRegion };
  return reportOf(
    verifyConfiguration(readConfigurationText(plan(region), "plan.json", options), { trust, ...options }),
  );
}

test.each([
  ["a region inside", { constant_value: "eu-north-1" }, undefined, "contained", "eu-north-1"],
  ["a region outside", { constant_value: "eu-west-2" }, undefined, "escapes", "eu-west-2"],
  ["a region outside, whatever the default is", { constant_value: "eu-west-2" }, "eu-west-1", "escapes", "eu-west-2"],
  [
    "a region that no list has: nobody knows that it is inside",
    { constant_value: "eu-moon-1" },
    undefined,
    "escapes",
    "eu-moon-1",
  ],
  ["no region", undefined, undefined, "undecided", undefined],
  ["no region and a default", undefined, "eu-west-1", "contained", "eu-west-1"],
  ["no region and a default outside", undefined, "us-east-1", "escapes", "us-east-1"],
  ["a region that the plan does not show", { references: ["local.region"] }, undefined, "undecided", undefined],
  [
    "a region that the plan does not show and a default",
    { references: ["local.region"] },
    "eu-west-1",
    "contained",
    "eu-west-1",
  ],
] as const)("the provider names %s", (_, region, defaultRegion, verdict, place) => {
  const report = judged(region, defaultRegion);
  expect(report.verdict).toBe(verdict);
  expect(report.resources[0].place).toBe(place);
});

test.each([
  ["names none", undefined, "names no region: eu-west-1 is taken for it"],
  ["hides it", { references: ["local.region"] }, "names a region that can't be seen: eu-west-1 is taken for it"],
])("the default region is an assumption where the provider %s", (_, region, statement) => {
  expect(judged(region, "eu-west-1").assumptions).toContainEqual({
    subject: "provider.aws",
    statement,
    source: "--default-region",
  });
});

test("the default region is no assumption where the provider names one", () => {
  const { assumptions } = judged({ constant_value: "eu-west-1" }, "eu-north-1");
  expect(assumptions.filter((one) => one.source === "--default-region")).toEqual([]);
});

test.each([
  ["an id without a region", { id: "q" }, []],
  ["an id in the resource's own region", { id: "q@eu-west-1" }, []],
  ["an id in a region outside", { id: "q@us-east-1" }, ["aws_sqs_queue.q -> us-east-1 by placement"]],
  [
    "an identity in a region outside",
    { identity: { url: "q", region: "eu-west-2" } },
    ["aws_sqs_queue.q -> eu-west-2 by placement"],
  ],
  ["an id that is an address", { id: "user@example.com" }, []],
])("what an import block takes up stands where it is until it has been replaced: %s", async (_, by, expected) => {
  const top = { import: [{ to: "aws_sqs_queue.q", ...by }] };
  const report = await judge({ aws_sqs_queue: { q: { name: "q", sqs_managed_sse_enabled: true } } }, top);
  expect(findings(report)).toEqual(expected);
});

test("an import block of the root takes up what stands in a module", async () => {
  const folder = mkdtempSync(join(tmpdir(), "enclave-"));
  try {
    const body = (value: object) =>
      JSON.stringify({ terraform: { required_providers: { aws: { source: "hashicorp/aws" } } }, ...value });
    mkdirSync(join(folder, "m"));
    writeFileSync(join(folder, "m/main.tf.json"), body({ resource: { aws_sqs_queue: { q: { name: "q" } } } }));
    writeFileSync(
      join(folder, "main.tf.json"),
      body({
        provider: { aws: { region: "eu-west-1" } },
        module: { m: { source: "./m" } },
        import: [{ to: "module.m.aws_sqs_queue.q", id: "q@us-east-1" }],
      }),
    );
    const report = await verify([folder], { trust });
    expect(findings(report)).toEqual(["module.m.aws_sqs_queue.q -> us-east-1 by placement"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ["a zone that is one of two inside", { availability_zone: '${var.far ? "eu-west-1a" : "eu-west-1b"}' }, []],
  [
    "a zone that may be one outside",
    { region: "eu-central-1", availability_zone: '${var.far ? "eu-central-1-ist-1a" : "eu-central-1a"}' },
    ["? aws_ebs_volume.v: availability_zone unknown-value"],
  ],
  [
    "a zone of the region that needs no opting in",
    { availability_zone: "${data.aws_availability_zones.own.names[0]}" },
    [],
  ],
  [
    "a zone that may be a Local Zone",
    { availability_zone: "${data.aws_availability_zones.all.names[0]}" },
    ["? aws_ebs_volume.v: availability_zone unknown-value"],
  ],
])("%s", async (_name, where, says) => {
  const filter = { name: "opt-in-status", values: ["opt-in-not-required"] };
  const data = { aws_availability_zones: { own: { filter }, all: {} } };
  const report = await judge({ aws_ebs_volume: { v: { size: 1, ...where } } }, { data, variable: { far: {} } });
  expect(findings(report)).toEqual(says);
});
