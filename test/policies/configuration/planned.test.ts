/**
 * Law "Terraform" for whole modules of AWS: what the real binary plans with a provider that works offline is what the
 * readers see in the configuration, in the plan, and in the plan with the configuration that it was made from.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfiguration } from "../../../policies/configuration/input/read";
import { isJsonObject, type Json, type JsonObject } from "../../../policies/configuration/json";
import type { Configuration } from "../../../policies/configuration/resource";
import { isList, isObject, isUnknown, type Value } from "../../../policies/configuration/value";
import type { Rehearsal } from "../../../rehearsal/server";
import { hasTerraform } from "../../terraform";
import { addresses, at, type Files, project, shown } from "./project";
import { plan, rehearsalOf, terraform } from "./terraform";

const required = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n';

const network = `
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.second]
    }
  }
}
variable "name" { type = string }
variable "cidr" { type = string }
variable "ports" { type = list(number) }
locals {
  subnets = { for n in range(3) : "s\${n}" => cidrsubnet(aws_vpc.v.cidr_block, 8, n) }
}
resource "aws_vpc" "v" {
  cidr_block = var.cidr
  tags       = merge({ Name = var.name }, length(var.ports) > 1 ? { Wide = true } : {})
}
resource "aws_subnet" "s" {
  for_each   = local.subnets
  vpc_id     = aws_vpc.v.id
  cidr_block = each.value
}
resource "aws_security_group" "g" {
  provider = aws.second
  name     = "g-\${var.name}"
  dynamic "ingress" {
    for_each = toset(var.ports)
    iterator = port
    content {
      from_port   = port.value
      to_port     = port.key
      protocol    = "tcp"
      cidr_blocks = [var.cidr, cidrsubnet(var.cidr, 4, 15)]
    }
  }
}
output "vpc" { value = aws_vpc.v }
output "subnets" { value = values(aws_subnet.s)[*].id }
`;

const cases: Readonly<Record<string, Files>> = {
  "modules by for_each in modules by count, with providers handed down": {
    "main.tf": `${required}
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "north"
  region = var.second
}
variable "second" { default = "eu-north-1" }
module "site" {
  count     = 2
  source    = "./site"
  number    = count.index
  providers = { aws = aws, aws.second = aws.north }
}
resource "aws_route_table" "all" {
  count  = length(module.site)
  vpc_id = module.site[count.index].networks["dublin"].id
  dynamic "route" {
    for_each = module.site[count.index].cidrs
    content {
      cidr_block = route.value
      gateway_id = "local"
    }
  }
}
`,
    "site/main.tf": `
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.second]
    }
  }
}
variable "number" {}
variable "sites" {
  type    = map(object({ cidr = string, ports = optional(list(number), [443]) }))
  default = { dublin = { cidr = "10.0.0.0/12" }, hamar = { cidr = "10.16.0.0/12", ports = ["443", 8443] } }
}
module "net" {
  source    = "../net"
  for_each  = var.sites
  name      = "\${each.key}-\${var.number}"
  cidr      = cidrsubnet(each.value.cidr, 4, var.number)
  ports     = each.value.ports
  providers = { aws = aws, aws.second = aws.second }
}
output "networks" { value = { for name, net in module.net : name => net.vpc } }
output "cidrs" { value = [for net in module.net : net.vpc.cidr_block] }
`,
    "net/main.tf": network,
  },
  "policies, conditions and texts that are made of what is known after apply": {
    "main.tf": `${required}
provider "aws" { region = "eu-west-1" }
locals {
  names   = toset(["users", "archive"])
  readers = { for name in local.names : name => [for n in range(2) : "11111111111\${n}"] if name != "none" }
}
resource "aws_s3_bucket" "b" {
  for_each = local.names
  bucket   = "enclave-\${each.key}"
}
data "aws_iam_policy_document" "read" {
  for_each = aws_s3_bucket.b
  statement {
    actions   = ["s3:GetObject"]
    resources = ["\${each.value.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = local.readers[each.key]
    }
  }
}
resource "aws_s3_bucket_policy" "p" {
  for_each = local.names
  bucket   = aws_s3_bucket.b[each.key].id
  policy   = data.aws_iam_policy_document.read[each.key].json
}
resource "aws_sqs_queue" "q" {
  name                       = format("%s-%03d", "jobs", 7)
  visibility_timeout_seconds = max(30, length(local.names) * 20)
  redrive_policy             = jsonencode({ maxReceiveCount = 3, deadLetterTargetArn = aws_sqs_queue.dead.arn })
}
resource "aws_sqs_queue" "dead" {
  name = try(local.readers.missing[0], "dead")
}
`,
  },
  "JSON, override files and values from files": {
    "main.tf.json": {
      terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
      provider: { aws: { region: "${var.region}" } },
      variable: { region: {}, zones: { type: "list(string)" } },
      resource: {
        aws_ebs_volume: {
          v: {
            count: "${length(var.zones)}",
            availability_zone: "${var.region}${var.zones[count.index]}",
            size: "${10 * (count.index + 1)}",
            tags: { "${upper(var.zones[count.index])}": "${count.index == 0 ? true : null}" },
          },
        },
        aws_ebs_snapshot: { s: { volume_id: "${element(aws_ebs_volume.v[*].id, 3)}", description: "before" } },
      },
    },
    "x_override.tf": 'resource "aws_ebs_snapshot" "s" {\n  description = "of ${join(",", var.zones)}"\n}\n',
    "terraform.tfvars": 'region = "eu-west-1"\n',
    "z.auto.tfvars.json": { zones: ["a", "c"] },
  },
  "blocks made in blocks, templates from files, objects with defaults, what is sensitive, outputs passed on": {
    "main.tf": `${required}
provider "aws" {
  region = local.settings.region
  default_tags { tags = { Project = "enclave" } }
}
locals { settings = jsondecode(file("\${path.module}/settings.json")) }
variable "secret" {
  type      = string
  default   = "s3cret"
  sensitive = true
}
variable "stores" {
  type = list(object({
    name  = string
    rules = optional(list(object({ days = number, class = optional(string, "GLACIER") })), [])
  }))
  default = [{ name = "a", rules = [{ days = "30" }, { days = 90, class = "DEEP_ARCHIVE" }] }, { name = "b" }]
}
module "store" {
  source   = "./store"
  for_each = { for store in var.stores : store.name => store }
  store    = each.value
  secret   = var.secret
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.\${one(["micro"])}"
  user_data = templatefile("\${path.module}/start.tftpl", {
    buckets = sort(keys(module.store)), region = local.settings.region
  })
  iam_instance_profile = try(module.store["c"].name, null)
  tags                 = { for pair in setproduct(["x", "y"], [1, 2]) : join("-", pair) => pair[1] }
}
resource "aws_security_group_rule" "r" {
  for_each          = toset([for name, store in module.store : name if store.rules > 0])
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = "0"
  security_group_id = aws_security_group.g.id
  cidr_blocks       = flatten([[for n in range(2) : cidrhost("10.0.0.0/8", n)], ["10.9.0.0/16"]])
}
resource "aws_security_group" "g" {
  name        = replace("g.\${each_name}", "/[.]/", "-")
  description = <<-EOT
    %{for name in keys(module.store)~}
    \${name},
    %{~endfor}
  EOT
}
`.replace("each_name", 'join(".", [for s in var.stores : s.name])'),
    "settings.json": { region: "eu-west-1" },
    "start.tftpl": "%{ for b in buckets ~}\naws s3 ls ${b} --region ${region}\n%{ endfor ~}\n",
    "store/main.tf": `
variable "store" {}
variable "secret" {}
module "names" {
  source = "./names"
  parts  = ["enclave", var.store.name]
}
resource "aws_s3_bucket" "b" { bucket = module.names.joined }
resource "aws_s3_bucket_lifecycle_configuration" "l" {
  count  = length(var.store.rules) > 0 ? 1 : 0
  bucket = aws_s3_bucket.b.id
  dynamic "rule" {
    for_each = var.store.rules
    content {
      id     = "rule-\${rule.key}"
      status = "Enabled"
      filter {}
      dynamic "transition" {
        for_each = rule.value.class == null ? [] : [rule.value]
        content {
          days          = transition.value.days
          storage_class = transition.value.class
        }
      }
    }
  }
}
resource "aws_ssm_parameter" "p" {
  name  = "/\${var.store.name}"
  type  = "SecureString"
  value = "\${var.secret}-\${aws_s3_bucket.b.bucket}"
}
output "name" { value = aws_s3_bucket.b.id }
output "rules" { value = length(var.store.rules) }
`,
    "store/names/main.tf": 'variable "parts" {}\noutput "joined" { value = join("-", var.parts) }\n',
  },
};

/** What stands when the configuration of the second is planned. */
const changed: Readonly<Record<"before" | "after", Files>> = {
  before: {
    "main.tf": `${required}
provider "aws" { region = "eu-west-1" }
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "s" {
  count      = 3
  vpc_id     = aws_vpc.v.id
  cidr_block = cidrsubnet(aws_vpc.v.cidr_block, 8, count.index)
}
resource "aws_sqs_queue" "old" { name = "old" }
resource "aws_sqs_queue" "renamed" { name = "kept" }
resource "aws_sqs_queue" "left" { name = "left" }
`,
  },
  after: {
    "main.tf": `${required}
provider "aws" { region = "eu-west-1" }
resource "aws_vpc" "v" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_subnet" "s" {
  count      = 2
  vpc_id     = aws_vpc.v.id
  cidr_block = cidrsubnet(aws_vpc.v.cidr_block, 8, count.index)
  lifecycle { replace_triggered_by = [aws_vpc.v.enable_dns_hostnames] }
}
resource "aws_sqs_queue" "new" { name = "new" }
resource "aws_sqs_queue" "kept" { name = "kept" }
moved {
  from = aws_sqs_queue.renamed
  to   = aws_sqs_queue.kept
}
removed {
  from = aws_sqs_queue.left
  lifecycle { destroy = false }
}
`,
  },
};

interface Planned {
  readonly json: JsonObject;
  readonly configuration: Configuration;
  readonly plan: Configuration;
  readonly both: Configuration;
}

async function planned(files: Files, environment: NodeJS.ProcessEnv, before?: Files): Promise<Planned> {
  const folder = project(before ?? files);
  if (before) {
    await terraform(folder, environment, "init", "-no-color", "-input=false");
    await terraform(folder, environment, "apply", "-no-color", "-input=false", "-auto-approve");
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text as string);
  }
  const path = await plan(folder, environment);
  return {
    json: JSON.parse(readFileSync(path, "utf8")) as JsonObject,
    configuration: await readConfiguration([folder]),
    plan: await readConfiguration([path]),
    both: await readConfiguration([path], { config: folder }),
  };
}

/** What the plan says of a value, and what of it is unknown. */
interface Real {
  readonly value: Json | undefined;
  readonly mask: Json | undefined;
}

const inside = ({ value, mask }: Real, key: string): Real => ({
  value: isJsonObject(value) ? value[key] : undefined,
  mask: mask === true ? true : isJsonObject(mask) ? mask[key] : undefined,
});

const items = ({ value, mask }: Real): Real[] => {
  const masks = Array.isArray(mask) ? mask : [];
  return Array.isArray(value) ? value.map((one, index) => ({ value: one, mask: masks[index] })) : [];
};

/** Whether something is unknown. */
const marks = (mask: Json | undefined): boolean =>
  mask === true || (typeof mask === "object" && mask !== null && Object.values(mask).some(marks));

/** Whether what was read is what is planned: known where the plan knows it, and equal. */
function agree(read: Value, real: Real): boolean {
  if (isUnknown(read)) return marks(real.mask);
  // What nothing is said about is the provider's to choose.
  if (read === null) return true;
  if (real.mask === true) return false;
  if (isList(read)) {
    const rest = items(real);
    if (rest.length !== read.length) return false;
    // A set has an order of the plan's own.
    return read.every((one) => {
      const found = rest.findIndex((other) => agree(one, other));
      if (found < 0) return false;
      rest.splice(found, 1);
      return true;
    });
  }
  if (isObject(read)) return Object.keys(read).every((key) => agree(read[key], inside(real, key)));
  return read === real.value;
}

const managed = (configuration: Configuration): Configuration => ({
  ...configuration,
  resources: configuration.resources.filter(({ mode }) => mode === "managed"),
});

function compare({ json, ...readings }: Planned): void {
  const changes = json.resource_changes as JsonObject[];
  const real = new Map<string, Real>();
  for (const { address, mode, change } of changes as { address: string; mode: string; change: JsonObject }[])
    if (mode === "managed") real.set(address, { value: change.after, mask: change.after_unknown });
  for (const [name, configuration] of Object.entries(readings)) {
    expect([name, configuration.undecided]).toEqual([name, []]);
    expect(addresses(managed(configuration)).sort()).toEqual([...real.keys()].sort());
    for (const { address, values } of managed(configuration).resources) {
      for (const attribute of Object.keys(values)) {
        const planned = inside(real.get(address) as Real, attribute);
        if (!agree(values[attribute], planned))
          throw new Error(
            `${address}.${attribute} is planned as ${JSON.stringify(planned)}, and the ${name} was read as ${JSON.stringify(shown(values[attribute]))}`,
          );
      }
    }
  }
  for (const resource of managed(readings.both).resources) {
    const { provider } = at(readings.configuration, resource.address);
    expect([resource.address, resource.provider.values.region]).toEqual([resource.address, provider.values.region]);
  }
}

describe("the real binary", () => {
  const there = hasTerraform("the reading of whole modules");
  let rehearsal: Rehearsal | undefined;
  beforeAll(async () => {
    const files = [...Object.values(cases), changed.before, changed.after].flatMap(Object.values<string | object>);
    if (there) rehearsal = await rehearsalOf(files.map((file) => JSON.stringify(file)));
  });
  afterAll(() => rehearsal?.stop());

  test("changes what stands", async () => {
    if (!rehearsal) return;
    const { plan: read, configuration } = await planned(changed.after, rehearsal.environment, changed.before);
    expect(read.undecided).toEqual([]);
    expect(
      read.resources.flatMap(({ mode, address, change }) => (mode === "managed" ? [[address, change]] : [])),
    ).toEqual([
      ["aws_sqs_queue.kept", "no-op"],
      ["aws_sqs_queue.left", "forget"],
      ["aws_sqs_queue.new", "create"],
      ["aws_sqs_queue.old", "delete"],
      ["aws_subnet.s[0]", "replace"],
      ["aws_subnet.s[1]", "replace"],
      ["aws_subnet.s[2]", "delete"],
      ["aws_vpc.v", "update"],
    ]);
    expect(addresses(managed(configuration))).toEqual(
      read.resources
        .filter(({ mode, change }) => mode === "managed" && change !== "delete" && change !== "forget")
        .map(({ address }) => address),
    );
    expect(at(read, "aws_subnet.s[2]").values.cidr_block).toBe("10.0.2.0/24");
  }, 60_000);

  test.each(Object.entries(cases))(
    "plans %s",
    async (_, files) => {
      if (rehearsal) compare(await planned(files, rehearsal.environment));
    },
    60_000,
  );
});
