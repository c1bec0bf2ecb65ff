/**
 * What it costs to read and evaluate root modules in HCL, and how that grows: resources in one module, by the
 * thousand and by ten thousand, and 2,000 resources over 50 calls of modules in modules. Each is read in a process of
 * its own, once, as the command does.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

type Files = Readonly<Record<string, string>>;

const head = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" { region = "eu-west-1" }
`;

/** Four resources that refer to each other, with a policy, a block made by a list, and texts made of values. */
const group = (n: number): string => `
resource "aws_s3_bucket" "b${n}" {
  bucket = "\${local.prefix}-${n}"
  tags   = merge(local.tags, { Number = ${n} })
}
resource "aws_s3_bucket_policy" "p${n}" {
  bucket = aws_s3_bucket.b${n}.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::\${local.account}:root" }
      Action    = ["s3:GetObject", "s3:PutObject"]
      Resource  = ["\${aws_s3_bucket.b${n}.arn}/*"]
    }]
  })
}
resource "aws_security_group" "g${n}" {
  name = format("%s-%04d", local.prefix, ${n})
  dynamic "ingress" {
    for_each = [for port in local.ports : port if port > 80]
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [cidrsubnet("10.0.0.0/8", 8, ${n % 256})]
    }
  }
}
resource "aws_sqs_queue" "q${n}" {
  name           = "jobs-${n}"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_s3_bucket.b${n}.arn, maxReceiveCount = length(local.ports) })
}
`;

const locals = (prefix: string): string => `
locals {
  prefix  = "${prefix}"
  account = "111111111111"
  tags    = { Project = "enclave" }
  ports   = [80, 443, 8443]
}
`;

const flat = (resources: number): Files => ({
  "main.tf": head + locals("enclave") + Array.from({ length: resources / 4 }, (_, n) => group(n)).join(""),
});

/** `calls` calls of modules, each fifth of them from the root, the others one from the next. */
function nested(resources: number, calls: number): Files {
  const files: Record<string, string> = {};
  const depth = 5;
  const each = Math.ceil(resources / calls / 4);
  for (let level = 0; level < depth; level++) {
    const inner =
      level + 1 < depth ? `module "inner" {\n  source = "../m${level + 1}"\n  name   = "\${var.name}-i"\n}\n` : "";
    const groups = Array.from({ length: each }, (_, n) => group(n)).join("");
    files[`m${level}/main.tf`] = `variable "name" {}\n${locals("${var.name}")}${inner}${groups}`;
  }
  const first = `module "site" {\n  source   = "./m0"\n  for_each = toset([for n in range(${calls / depth}) : "s\${n}"])\n  name     = each.key\n}\n`;
  files["main.tf"] = head + first;
  return files;
}

interface Cost {
  readonly resources: number;
  /** Of CPU. */
  readonly seconds: number;
}

async function measure(folder: string): Promise<Cost> {
  const { readConfiguration } = (await import(
    join(__dirname, "../dist/policies/configuration/read.js")
  )) as typeof import("../policies/configuration/input/read");
  const start = process.cpuUsage();
  const { resources } = await readConfiguration([folder]);
  const managed = resources.filter(({ mode }) => mode === "managed");
  const { user, system } = process.cpuUsage(start);
  return { resources: managed.length, seconds: (user + system) / 1e6 };
}

function read(name: string, files: Files): Cost {
  const folder = mkdtempSync(join(tmpdir(), "enclave-bench-"));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const child = spawnSync(process.execPath, ["-r", "ts-node/register", __filename, folder], { encoding: "utf8" });
    if (child.status !== 0) throw new Error(child.stderr);
    const cost = JSON.parse(child.stdout) as Cost;
    const each = ((cost.seconds / cost.resources) * 1e3).toFixed(2);
    console.log(`read, ${cost.resources} resources ${name}: ${cost.seconds.toFixed(2)} s CPU, ${each} ms each`);
    return cost;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function benchConfiguration(): void {
  const small = read("in one module", flat(1000));
  const large = read("in one module", flat(10_000));
  const ratio = large.seconds / large.resources / (small.seconds / small.resources);
  console.log(`read, cost per resource at 10000 over that at 1000: ${ratio.toFixed(2)}`);
  read("over 50 nested calls of modules", nested(2000, 50));
}

if (require.main === module) {
  if (process.argv[2]) void measure(process.argv[2]).then((cost) => console.log(JSON.stringify(cost)));
  else benchConfiguration();
}
