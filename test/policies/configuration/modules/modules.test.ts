import { readConfiguration } from "../../../../policies/configuration/input/read";
import { addresses, at, project, readProject, shown, valuesOf } from "../project";

const network = {
  variable: { name: {}, size: { default: 1 } },
  resource: { aws_subnet: { s: { count: "${var.size}", tags: { Name: "${var.name}-${count.index}" } } } },
  output: { ids: { value: "${aws_subnet.s[*].id}" }, name: { value: "${var.name}" } },
};

describe("local modules", () => {
  test("are called once, by count and by for_each, with inputs and outputs", async () => {
    const configuration = await readProject({
      "main.tf.json": {
        module: {
          one: { source: "./net", name: "one", size: 2 },
          some: { source: "./net", count: 2, name: "some${count.index}" },
          each: { source: "./net", for_each: { a: "x" }, name: "${each.value}${module.one.name}" },
        },
        resource: {
          aws_x: {
            y: {
              ids: "${module.one.ids}",
              id: '${module.each["a"].ids[0]}',
              names: "${module.some[*].name}",
              all: "${module.one}",
            },
          },
        },
      },
      "net/main.tf.json": network,
    });
    expect(addresses(configuration)).toEqual([
      "aws_x.y",
      'module.each["a"].aws_subnet.s[0]',
      "module.one.aws_subnet.s[0]",
      "module.one.aws_subnet.s[1]",
      "module.some[0].aws_subnet.s[0]",
      "module.some[1].aws_subnet.s[0]",
    ]);
    expect(valuesOf(configuration, 'module.each["a"].aws_subnet.s[0]')).toEqual({ tags: { Name: "xone-0" } });
    const ids = ["<module.one.aws_subnet.s[0].id>", "<module.one.aws_subnet.s[1].id>"];
    expect(valuesOf(configuration, "aws_x.y")).toEqual({
      ids,
      id: '<module.each["a"].aws_subnet.s[0].id>',
      names: ["some0", "some1"],
      all: { ids, name: "one" },
    });
  });

  test("get providers as the call hands them down, else the default ones", async () => {
    const inner = { resource: { aws_vpc: { v: {}, w: { provider: "aws.second" } } } };
    const configuration = await readProject({
      "main.tf.json": {
        provider: {
          aws: [
            { region: "eu-west-1" },
            { alias: "london", region: "eu-west-2" },
            { alias: "us", region: "us-east-1" },
          ],
        },
        module: {
          mapped: { source: "./outer", providers: { aws: "aws.london", "aws.second": "aws.us" } },
          plain: { source: "./own" },
        },
      },
      "outer/main.tf.json": {
        module: { inner: { source: "../inner", providers: { aws: "aws.second", "aws.second": "aws" } } },
      },
      "inner/main.tf.json": inner,
      "own/main.tf.json": {
        provider: { aws: { alias: "paris", region: "eu-west-3" } },
        resource: { aws_vpc: { v: {}, p: { provider: "aws.paris" } } },
      },
    });
    const region = (address: string): unknown => at(configuration, address).provider.values.region;
    expect(region("module.mapped.module.inner.aws_vpc.v")).toBe("us-east-1");
    expect(region("module.mapped.module.inner.aws_vpc.w")).toBe("eu-west-2");
    expect(region("module.plain.aws_vpc.v")).toBe("eu-west-1");
    expect(region("module.plain.aws_vpc.p")).toBe("eu-west-3");
    expect(addresses(configuration)).toContain("module.plain.provider.aws.paris");
  });

  test("path.module and files are those of the module; nothing outside the configuration is read", async () => {
    const configuration = await readProject({
      "main.tf.json": { module: { m: { source: "./a/b" } } },
      "a/b/main.tf.json": {
        resource: {
          aws_x: {
            y: {
              path: "${path.module}",
              root: "${path.root}",
              policy: '${templatefile("${path.module}/p.tpl", { region = "eu-west-1" })}',
              outside: '${file("/etc/hostname")}',
            },
          },
        },
      },
      "a/b/p.tpl": "in ${region}",
    });
    expect(valuesOf(configuration, "module.m.aws_x.y")).toEqual({
      path: "a/b",
      root: ".",
      policy: "in eu-west-1",
      outside: "<~>",
    });
  });

  test("whose number is not known are conditional with all that they hold", async () => {
    const configuration = await readProject({
      "main.tf.json": { variable: { n: {} }, module: { m: { source: "./net", count: "${var.n}", name: "x" } } },
      "net/main.tf.json": network,
    });
    expect(at(configuration, "module.m.aws_subnet.s[0]").conditional).toMatch(/count of module.m is not known/);
    expect(configuration.undecided).toMatchObject([
      { resource: "module.m", attribute: "count", reason: "unknown-value" },
    ]);
  });

  test("errors are one line", async () => {
    const call = (extra: object): object => ({ module: { m: { source: "./net", ...extra } } });
    await expect(readProject({ "main.tf.json": call({}) })).rejects.toThrow(/net: no such file or folder$/);
    await expect(readProject({ "main.tf.json": call({}), "net/x.txt": "" })).rejects.toThrow(
      /net: is called as a module, but has no configuration$/,
    );
    await expect(readProject({ "main.tf.json": call({ typo: 1 }), "net/main.tf.json": {} })).rejects.toThrow(
      /main\.tf\.json: module\.m is given "typo", for which it has no variable$/,
    );
    await expect(readProject({ "main.tf.json": { module: { m: { source: "./" } } } })).rejects.toThrow(
      /modules are nested deeper than 64: module\.m\.module\.m/,
    );
  });
});

describe("modules from elsewhere", () => {
  const main = {
    module: { vpc: { source: "terraform-aws-modules/vpc/aws", version: "5.1.0", cidr: "10.0.0.0/16" } },
    resource: { aws_instance: { i: { subnet_id: "${module.vpc.private_subnets[0]}" } } },
  };

  test("are named with their version where terraform init has not brought them", async () => {
    const configuration = await readProject({ "main.tf.json": main });
    expect(configuration.undecided).toMatchObject([
      {
        resource: "module.vpc",
        reason: "unresolved-reference",
        message: expect.stringContaining("terraform-aws-modules/vpc/aws 5.1.0"),
      },
    ]);
    expect(at(configuration, "module.vpc")).toMatchObject({
      mode: "module",
      type: "unresolved",
      values: { cidr: "10.0.0.0/16" },
    });
    expect(valuesOf(configuration, "aws_instance.i")).toEqual({ subnet_id: "<module.vpc.private_subnets[0]>" });
  });

  test("are used from .terraform/modules where it has, nested ones too", async () => {
    const folder = project({
      "main.tf.json": main,
      ".terraform/modules/modules.json": {
        Modules: [
          { Key: "", Source: "", Dir: "." },
          {
            Key: "vpc",
            Source: "registry.terraform.io/terraform-aws-modules/vpc/aws",
            Version: "5.1.0",
            Dir: ".terraform/modules/vpc",
          },
          { Key: "vpc.deep", Source: "git::https://example.org/deep", Dir: ".terraform/modules/vpc.deep" },
        ],
      },
      ".terraform/modules/vpc/main.tf.json": {
        variable: { cidr: {} },
        module: { deep: { source: "git::https://example.org/deep" } },
        resource: { aws_subnet: { p: { cidr_block: "${var.cidr}" } } },
        output: { private_subnets: { value: ["${aws_subnet.p.id}"] } },
      },
      ".terraform/modules/vpc.deep/main.tf.json": { resource: { aws_vpc: { d: {} } } },
    });
    const configuration = await readConfiguration([folder]);
    expect(configuration.undecided).toEqual([]);
    expect(addresses(configuration)).toEqual([
      "aws_instance.i",
      "module.vpc.aws_subnet.p",
      "module.vpc.module.deep.aws_vpc.d",
    ]);
    expect(shown(at(configuration, "aws_instance.i").values.subnet_id)).toBe("<module.vpc.aws_subnet.p.id>");
  });
});
