/** Input at the edge of what can be read: it is read, or one line says why not; nothing hangs. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { readConfiguration } from "../../../policies/configuration/input/read";
import { isUnknown, type Unknown } from "../../../policies/configuration/value";
import fc from "../../properties";
import { at, project, read, readProject, valuesOf } from "./project";

const vpc = (tags: string): object => ({ resource: { aws_vpc: { v: { tags: { n: tags } } } } });

describe("loops", () => {
  const nested = (depth: number, inner: string): string =>
    depth === 0 ? inner : `[for n${depth} in range(1000): ${nested(depth - 1, inner)}]`;

  test.each([
    ["in loops", nested(4, "1"), /loops take too many rounds/],
    ["that keep nothing", `[for a in range(1000): [for b in range(1000): b if b < 0]]`, /loops take too many rounds/],
    ["of texts", `join("", [for a in range(100): join("", [for b in range(100): "${"x".repeat(2000)}"])])`, /too long/],
    ["of what functions make", `flatten([for a in range(1000): range(1000)])`, /loops take too many rounds/],
    ["of all combinations", `setproduct(range(1000), range(1000), range(1000))`, /more than 100000 combinations/],
  ])("%s are not followed to the end", (_, expression, message) => {
    const { resources, undecided } = read({ ...vpc("${length(local.l)}"), locals: { l: `\${${expression}}` } });
    expect(undecided).toMatchObject([
      { resource: "local.l", reason: "unknown-value", message: expect.stringMatching(message) },
    ]);
    expect(isUnknown(resources[0].values.tags)).toBe(false);
    expect(isUnknown((resources[0].values.tags as { n: never }).n)).toBe(true);
  });

  test("that are given up can't be taken for a failure that `try` passes over", () => {
    const { resources, undecided } = read(vpc(`\${try(length(${nested(3, "1")}), "none")}`));
    expect(undecided).toHaveLength(1);
    expect((resources[0].values.tags as { n: unknown }).n).not.toBe("none");
  });
});

describe("values from files", () => {
  const main = 'variable "v" {}\nresource "aws_vpc" "v" {\n  tags = { n = jsonencode(var.v) }\n}\n';
  const given = async (text: string): Promise<unknown> => {
    const configuration = await readProject({ "main.tf": main, "terraform.tfvars": text });
    return JSON.parse((at(configuration, "aws_vpc.v").values.tags as { n: string }).n);
  };

  test("of five megabytes are read", async () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, i) => `  "value-${String(i).padStart(7, "0")}-${"x".repeat(30)}",\n`,
    );
    const text = `big = [\n${lines.join("")}]\n`;
    expect(text.length).toBeGreaterThan(5_000_000);
    const configuration = await readProject({
      "main.tf":
        'variable "big" { type = list(string) }\nresource "aws_vpc" "v" {\n  tags = { n = length(var.big), last = var.big[99999] }\n}\n',
      "terraform.tfvars": text,
    });
    expect(valuesOf(configuration, "aws_vpc.v")).toEqual({
      tags: { n: "100000", last: `value-0099999-${"x".repeat(30)}` },
    });
  });

  test("are what HashiCorp's parser reads", async () => {
    const text = fc.constantFrom(
      "",
      "a",
      'q"uote',
      "back\\slash",
      "line\nbreak",
      "$${x}",
      "%%{if}",
      "${1}",
      "é",
      "\u0001",
    );
    const written = (value: unknown): string => {
      if (typeof value === "string") return `"${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
      if (Array.isArray(value)) return `[ # list\n${value.map((one) => `  ${written(one)},\n`).join("")}]`;
      if (typeof value === "object" && value !== null)
        return `{\n${Object.entries(value)
          .map(([key, one]) => `  "${key}" = ${written(one)} // ${key}\n`)
          .join("")}}`;
      return String(value);
    };
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z-]{1,4}$/), tie("tree"), { maxKeys: 3 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        const body = `v = ${written(value)} /* that was it */\n`;
        const locals = main.replace('variable "v" {}', () => `locals {\n  ${body}\n}`).replace("var.v", "local.v");
        const real = await readProject({ "main.tf": locals });
        expect(await given(body)).toEqual(JSON.parse((at(real, "aws_vpc.v").values.tags as { n: string }).n));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ["v = [1, 2\n", /terraform\.tfvars: 2:1: expected a "," or a "]", but here the text ends$/],
    ["v = 1\nw 2\n", /terraform\.tfvars: 2:3: expected "=" and the value of w, but here "2" stands$/],
    ["v = 1\nv = 2\n", /terraform\.tfvars: 2:1: v is given a value twice$/],
    ["v = local.x\n", /terraform\.tfvars: 1:5: local can't be used in the value of a variable$/],
    ['block "x" {}\n', /terraform\.tfvars: 1:7: expected "=" and the value of block, but here/],
    [`v = ${"[".repeat(10_000)}`, /terraform\.tfvars: 1:\d+: the expression nests deeper than 500 levels$/],
  ])("that can't be read are refused in one line (%#)", async (text, message) => {
    await expect(given(text)).rejects.toThrow(message);
  });

  test("stand for themselves where they are JSON", async () => {
    const configuration = await readProject({ "main.tf": main, "x.auto.tfvars.json": { v: "${local.x} %{if}" } });
    expect(valuesOf(configuration, "aws_vpc.v")).toEqual({ tags: { n: '"${local.x} %{if}"' } });
  });
});

describe("files and modules", () => {
  const OUTSIDE = /outside/;

  test("links that lead to themselves", async () => {
    const folder = project({ "main.tf": 'module "m" { source = "./m" }\n' });
    symlinkSync("m", join(folder, "m"));
    await expect(readConfiguration([folder])).rejects.toThrow(/m: too many symbolic links$/);
    symlinkSync("x.tf", join(folder, "x.tf"));
    await expect(readConfiguration([folder])).rejects.toThrow(/x\.tf: too many symbolic links$/);
  });

  test("a module that is not there, and one that has nothing in it", async () => {
    const call = (source: string) =>
      readProject({ "main.tf": `module "m" { source = "${source}" }\n`, "empty/readme.md": "" });
    await expect(call("./gone")).rejects.toThrow(/gone: no such file or folder$/);
    await expect(call("./empty")).rejects.toThrow(/empty: is called as a module, but has no configuration$/);
  });

  test("paths that leave the configuration are not followed", async () => {
    const configuration = await readProject({
      "main.tf":
        'resource "aws_vpc" "v" {\n  tags = { a = file("../../etc/passwd"), b = file("/etc/passwd"), c = fileexists("/etc/passwd") }\n}\n',
    });
    const tags = at(configuration, "aws_vpc.v").values.tags as Record<string, Unknown>;
    expect(Object.values(tags).map((value) => value.why)).toEqual(Array(3).fill(expect.stringMatching(OUTSIDE)));
  });

  test("a link that leads out of the configuration is not followed either", async () => {
    const folder = project({ "main.tf": 'resource "aws_vpc" "v" {\n  description = file("${path.module}/link")\n}\n' });
    symlinkSync("/etc/hostname", join(folder, "link"));
    const configuration = await readConfiguration([folder]);
    expect((at(configuration, "aws_vpc.v").values.description as Unknown).why).toMatch(OUTSIDE);
  });
});

test("a circle of locals names the file, the line and the way", async () => {
  const files = {
    "main.tf": 'locals {\n  a = local.b\n  b = [local.a]\n}\nresource "aws_vpc" "v" {\n  tags = local.b\n}\n',
  };
  await expect(readProject(files)).rejects.toThrow(
    /main\.tf: 3: a cycle of references: local\.b -> local\.a -> local\.b$/,
  );
});

test("how many there are of something that depends on what is not known stays open", async () => {
  const configuration = await readProject({
    "main.tf": `
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "s" {
  for_each = toset([aws_vpc.v.id])
  vpc_id   = each.key
}
resource "aws_subnet" "t" {
  count  = length(aws_vpc.v.ipv6_cidr_block)
  vpc_id = aws_vpc.v.id
}
`,
  });
  expect(configuration.undecided).toMatchObject([
    { resource: "aws_subnet.s", attribute: "for_each", reason: "unknown-value" },
    { resource: "aws_subnet.t", attribute: "count", reason: "unknown-value" },
  ]);
  expect(configuration.resources.map(({ address }) => address)).toContain("aws_subnet.s");
});
