import { readConfiguration } from "../../../../policies/configuration/input/read";
import { addresses, at, project, readProject, valuesOf } from "../project";

const main = `# A comment with "quotes" and {
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
  backend "s3" {
    bucket = "state"
  }
}

provider "aws" { region = local.region }

/* resource "aws_vpc" "not_this" {
*/
variable "rules" {
  type    = map(object({ port = number, open = optional(bool, false) }))
  default = { web = { port = 443 } }
}

locals {
  region = join("-", ["eu", "west", 1])
  text   = <<-EOT
    resource "aws_vpc" "nor_this" {
      ${"$"}{local.region} "quoted"
  EOT
}

resource "aws_security_group" "g" {
  for_each    = var.rules
  description = "a { brace, a \\"quote\\" and ${"$"}{each.key}"

  dynamic "ingress" {
    for_each = [each.value]
    content {
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ingress.value.open ? ["0.0.0.0/0"] : ["10.0.0.0/8"]
    }
  }
  lifecycle {
    ignore_changes = [tags]
  }
}

resource "aws_instance" "i" {
  vpc_security_group_ids = [for g in aws_security_group.g : g.id]
  provisioner "local-exec" { command = "echo ${"$"}{self.id} $${"$"}{not}" }
}
`;

describe("HCL", () => {
  test("is read as the same in JSON would be", async () => {
    const configuration = await readProject({ "main.tf": main });
    expect(addresses(configuration)).toEqual([
      "aws_instance.i",
      "aws_instance.i.provisioner[0]",
      'aws_security_group.g["web"]',
      "provider.aws",
      "terraform.backend.s3",
    ]);
    expect(valuesOf(configuration, 'aws_security_group.g["web"]')).toEqual({
      description: 'a { brace, a "quote" and web',
      ingress: [{ from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: ["10.0.0.0/8"] }],
    });
    expect(valuesOf(configuration, "aws_instance.i")).toEqual({
      vpc_security_group_ids: ['<aws_security_group.g["web"].id>'],
    });
    expect(valuesOf(configuration, "aws_instance.i.provisioner[0]")).toEqual({
      command: '<"echo ", aws_instance.i.id, " ${not}">',
    });
    expect(at(configuration, "aws_instance.i").provider.values).toEqual({ region: "eu-west-1" });
    expect(at(configuration, 'aws_security_group.g["web"]').lifecycle).toEqual({ ignore_changes: ["tags"] });
    expect(configuration.inputs).toMatchObject([{ kind: "hcl" }]);
  });

  test("keeps file, line and column of blocks, and the lines of what is in them", async () => {
    const configuration = await readProject({ "main.tf": main });
    const lines = main.split("\n");
    const line = (text: string): number => lines.findIndex((one) => one.includes(text)) + 1;
    const group = at(configuration, 'aws_security_group.g["web"]').source;
    expect(group?.file).toMatch(/main\.tf$/);
    expect([group?.line, group?.column]).toEqual([line('resource "aws_security_group" "g"'), 1]);
    expect(group?.attributes).toEqual({
      for_each: line("for_each    = var.rules"),
      description: line("description ="),
      dynamic: line('dynamic "ingress"'),
      lifecycle: line("lifecycle {"),
    });
    expect(at(configuration, "terraform.backend.s3").source).toMatchObject({ line: line('backend "s3"'), column: 3 });
    expect(at(configuration, "provider.aws").source?.attributes).toEqual({ region: line('provider "aws"') });
  });

  test("mixes with JSON, override files and values from *.tfvars", async () => {
    const configuration = await readProject({
      "main.tf": main,
      "more.tf.json": { resource: { aws_vpc: { v: { cidr_block: "${var.cidr}" } } }, variable: { cidr: {} } },
      "x_override.tf": 'resource "aws_vpc" "v" {\n  tags = { a = "b" }\n}\n',
      "terraform.tfvars": 'cidr  = "10.0.0.0/8"\nrules = { db = { port = "5432", open = true } }\n',
    });
    expect(valuesOf(configuration, "aws_vpc.v")).toEqual({ cidr_block: "10.0.0.0/8", tags: { a: "b" } });
    expect(valuesOf(configuration, 'aws_security_group.g["db"]')).toMatchObject({
      ingress: [{ from_port: 5432, cidr_blocks: ["0.0.0.0/0"] }],
    });
  });

  test("one file may be named alone", async () => {
    const folder = project({ "a.tf": 'resource "aws_vpc" "a" {}\n', "b.tf": 'resource "aws_vpc" "b" {}\n' });
    expect(addresses(await readConfiguration([`${folder}/a.tf`]))).toEqual(["aws_vpc.a"]);
  });

  test("of OpenTofu supersedes the file of the same name", async () => {
    const configuration = await readProject({
      "main.tf": 'resource "aws_vpc" "terraform" {}\n',
      "main.tofu": 'resource "aws_vpc" "opentofu" {}\n',
      "rest.tf": "terraform {\n  encryption {}\n}\n",
    });
    expect(addresses(configuration)).toEqual(["aws_vpc.opentofu"]);
    expect(configuration.undecided).toMatchObject([{ resource: "terraform.encryption", reason: "unmodelled-block" }]);
  });

  test.each([
    ['resource "a" "b" {\n  x =\n}\n', /main\.tf: 2:6: Invalid expression: Expected the start of an expression/],
    ['resource "a" "b" {\n', /main\.tf: 1:\d+: Unclosed configuration block/],
    [
      `locals {\n x = ${"[".repeat(10_000)}${"]".repeat(10_000)}\n}\n`,
      /main\.tf: is nested too deeply to be read as HCL$/,
    ],
    [`locals {\n x = "${"a".repeat(17 * 1024 * 1024)}"\n}\n`, /main\.tf: is HCL of more than 16 MiB$/],
  ])("that can't be read is refused in one line (%#)", async (text, message) => {
    await expect(readProject({ "main.tf": text })).rejects.toThrow(message);
  });
});
