import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../../policies/configuration/errors";
import { readConfiguration } from "../../../../policies/configuration/input/read";
import { addresses, at, type Files, project, valuesOf } from "../project";

const local = (path: string): object => ({ backend: { local: { path } } });

/** The output of cdktf for two stacks, the second of which uses an output of the first. */
const stacks = {
  "manifest.json": {
    version: "0.21.0",
    stacks: {
      a: { name: "a", synthesizedStackPath: "stacks/a/cdk.tf.json", dependencies: [] },
      b: { name: "b", synthesizedStackPath: "stacks/b/cdk.tf.json", dependencies: ["a"] },
    },
  },
  "stacks/a/cdk.tf.json": {
    "//": { metadata: { backend: "local", stackName: "a", version: "0.21.0" }, outputs: {} },
    terraform: local("/app/terraform.a.tfstate"),
    provider: { aws: [{ region: "eu-west-1" }] },
    resource: {
      aws_vpc: { main: { cidr_block: "10.0.0.0/16", "//": { metadata: { path: "a/main", uniqueId: "main" } } } },
    },
    output: {
      "cross-stack-output-aws_vpcmainid": { sensitive: true, value: "${aws_vpc.main.id}" },
      "cross-stack-output-aws_vpcmaincidr": { sensitive: true, value: "${aws_vpc.main.cidr_block}" },
    },
  },
  "stacks/b/cdk.tf.json": {
    terraform: local("/app/terraform.b.tfstate"),
    data: {
      terraform_remote_state: {
        "cross-stack-reference-input-a": {
          backend: "local",
          config: { path: "/app/terraform.a.tfstate" },
          workspace: "${terraform.workspace}",
        },
        elsewhere: { backend: "s3", config: { bucket: "b", key: "k" } },
      },
    },
    resource: {
      aws_subnet: {
        s: {
          vpc_id:
            "${data.terraform_remote_state.cross-stack-reference-input-a.outputs.cross-stack-output-aws_vpcmainid}",
          cidr_block:
            "${cidrsubnet(data.terraform_remote_state.cross-stack-reference-input-a.outputs.cross-stack-output-aws_vpcmaincidr, 8, 1)}",
          availability_zone: "${data.terraform_remote_state.elsewhere.outputs.zone}",
        },
      },
    },
  },
  "trust.json": { organization: "o-1" },
};

describe("a cdktf output folder", () => {
  test("is all of its stacks, with the references between them", async () => {
    const folder = project(stacks);
    const configuration = await readConfiguration([folder]);
    const vpc = configuration.resources.find(({ address }) => address === "aws_vpc.main")!;
    const subnet = at(configuration, "aws_subnet.s");
    expect([vpc.stack, subnet.stack]).toEqual(["a", "b"]);
    expect(vpc.source).toMatchObject({ file: join(folder, "stacks/a/cdk.tf.json"), construct: "a/main" });
    expect(valuesOf(configuration, "aws_subnet.s")).toEqual({
      vpc_id: "<aws_vpc.main.id>",
      cidr_block: "10.0.1.0/24",
      availability_zone: "<data.terraform_remote_state.elsewhere.outputs.zone>",
    });
    expect(subnet.values.vpc_id).toHaveProperty("resource", vpc);
    expect(configuration.inputs).toMatchObject([
      { kind: "cdktf", path: folder, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(configuration.trust).toEqual({ path: join(folder, "trust.json"), content: { organization: "o-1" } });
    expect(configuration.undecided).toEqual([]);
  });

  test("whose manifest does not fit is refused", async () => {
    const manifest = (synthesizedStackPath: unknown): Files => ({
      "manifest.json": { stacks: { a: { synthesizedStackPath } } },
    });
    await expect(readConfiguration([project(manifest("stacks/a/cdk.tf.json"))])).rejects.toThrow(
      "names stacks/a/cdk.tf.json, which is not there",
    );
    await expect(readConfiguration([project(manifest("../x"))])).rejects.toThrow("lies outside the folder");
    await expect(readConfiguration([project(manifest(5))])).rejects.toThrow("has no synthesizedStackPath");
    await expect(readConfiguration([project({ "manifest.json": { stacks: {} } })])).rejects.toThrow("lists no stack");
  });
});

describe("several inputs", () => {
  test("are one configuration, of whatever kinds they are", async () => {
    const folder = project({
      "one/main.tf.json": {
        terraform: { backend: { s3: { bucket: "b", key: "k", region: "eu-west-1" } } },
        output: { zone: { value: "eu-west-1a" } },
        resource: { aws_vpc: { main: {} } },
      },
      "two.tf.json": { resource: { aws_vpc: { main: {} } } },
      "state.json": {
        format_version: "1.0",
        values: {
          root_module: {
            resources: [{ address: "aws_vpc.main", mode: "managed", type: "aws_vpc", name: "main", values: {} }],
          },
        },
      },
      ...Object.fromEntries(Object.entries(stacks).map(([name, content]) => [`out/${name}`, content])),
    });
    const paths = ["one", "two.tf.json", "state.json", "out"].map((name) => join(folder, name));
    const configuration = await readConfiguration([...paths, paths[0], `${paths[0]}/`]);
    expect(configuration.inputs.map(({ kind }) => kind)).toEqual(["configuration", "configuration", "state", "cdktf"]);
    const vpcs = configuration.resources.filter(({ address }) => address === "aws_vpc.main");
    expect(vpcs.map(({ stack }) => stack)).toEqual([paths[0], paths[2], paths[1], "a"].sort());
    // What another stack asks of the state in S3 is the output of the first folder.
    expect(valuesOf(configuration, "aws_subnet.s")).toMatchObject({ availability_zone: "eu-west-1a" });
  });

  test("of which two keep the same state give no outputs to others", async () => {
    const reader = {
      data: { terraform_remote_state: { r: { backend: "local", config: { path: "/s" } } } },
      resource: { aws_x: { y: { v: "${data.terraform_remote_state.r.outputs.o}" } } },
    };
    const writer = (value: string): object => ({ terraform: local("/s"), output: { o: { value } } });
    const folder = project({ "r/a.tf.json": reader, "p/a.tf.json": writer("p"), "q/a.tf.json": writer("q") });
    const read = async (...names: string[]): Promise<unknown> =>
      valuesOf(await readConfiguration(names.map((name) => join(folder, name))), "aws_x.y");
    expect(await read("r", "p")).toEqual({ v: "p" });
    expect(await read("r", "p", "q")).toEqual({ v: "<data.terraform_remote_state.r.outputs.o>" });
    expect(await read("r")).toEqual({ v: "<data.terraform_remote_state.r.outputs.o>" });
  });
});

describe("standard input", () => {
  test("may be any text of a kind that a file may have", async () => {
    const stdin = (text: string) => ({ stdin: () => text });
    const configuration = await readConfiguration(["-"], stdin('{"resource": {"aws_vpc": {"v": {}}}}'));
    expect(configuration.inputs).toMatchObject([{ path: "-", kind: "configuration" }]);
    expect(addresses(configuration)).toEqual(["aws_vpc.v"]);
    expect(addresses(await readConfiguration(["-"], stdin('resource "aws_vpc" "h" {}\n')))).toEqual(["aws_vpc.h"]);
    await expect(readConfiguration(["-"], stdin(""))).rejects.toThrow("-: is empty, where JSON was expected");
  });
});

describe("what can't be read", () => {
  const refusal = async (path: string): Promise<string> => {
    const error = await readConfiguration([path]).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InputError);
    const { message } = error as Error;
    expect(message).not.toMatch(/\n/);
    return message.replace(path, "PATH");
  };

  test.each([
    ["hello", 'PATH: 1:1: not valid JSON: expected a value, found "h"'],
    ["[1, 2]", "PATH: is JSON, but no Terraform configuration, plan or state"],
    ["{}", "PATH: is JSON, but no Terraform configuration, plan or state"],
    ['{"name": "x", "version": "1"}', "PATH: is JSON, but no Terraform configuration, plan or state"],
    ['{"Resources": {}}', "PATH: is JSON, but no Terraform configuration, plan or state"],
    ['{"version": 3, "deployment": {"resources": [{}]}}', "PATH: a resource has no urn"],
    ["PK\x03\x04plan", "PATH: is a plan in Terraform's binary form; give the output of `terraform show -json`"],
    ['{"resource": 5}', "PATH: resource must be an object, not 5"],
    ['{"resource": {"aws_vpc": {"a": "x"}}}', 'PATH: resource.aws_vpc.a must be an object, not "x"'],
    [
      '{"resource": {"aws_vpc": {"a": {"count": -1}}}}',
      "PATH: 1:27: aws_vpc.a: count must be a whole number up to 100000, not -1",
    ],
    [
      '{"resource": {"aws_vpc": {"a": {"count": 1e9}}}}',
      "PATH: 1:27: aws_vpc.a: count must be a whole number up to 100000, not 1000000000",
    ],
    [
      '{"resource": {"aws_vpc": {"a": {"for_each": 5}}}}',
      "PATH: 1:27: aws_vpc.a: for_each must be a map or a set of strings",
    ],
  ])("%j", async (text, message) => {
    expect(await refusal(join(project({ input: text }), "input"))).toBe(message);
  });

  test("a path that leads nowhere, to a folder of something else, or in a circle", async () => {
    const folder = project({ "x.txt": "" });
    expect(await refusal(join(folder, "gone"))).toBe("PATH: no such file or folder");
    expect(await refusal(folder)).toMatch(/^PATH: is a folder without Terraform configuration/);
    expect(await refusal("/dev/zero")).toBe("PATH: is not a file");
    symlinkSync("main.tf", join(folder, "main.tf"));
    expect(await refusal(folder)).toBe("PATH/main.tf: too many symbolic links");
    const circle = project({ "main.tf.json": { module: { m: { source: "./m" } } } });
    symlinkSync(".", join(circle, "m"));
    expect(await refusal(circle)).toMatch(/modules are nested deeper than 64/);
    mkdirSync(join(circle, "folder.tf"));
    expect(await refusal(join(circle, "folder.tf"))).toMatch(/is a folder without/);
  });

  test("references through more steps than can be followed leave the verdict open", async () => {
    const locals = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`a${i}`, `\${local.a${i + 1}}`]));
    const folder = project({
      "main.tf.json": {
        locals: { ...locals, a20000: "x" },
        resource: { aws_vpc: { v: { cidr_block: "${local.a0}" } } },
      },
    });
    const configuration = await readConfiguration([folder]);
    expect(valuesOf(configuration, "aws_vpc.v")).toEqual({ cidr_block: "<~>" });
    expect(configuration.undecided).toMatchObject([{ reason: "unknown-value" }]);
  });
});
