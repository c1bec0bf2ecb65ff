/**
 * Law "Terraform": what the readers see is what the real binary plans and applies. Random modules of `terraform_data`,
 * which needs no provider to be downloaded, are read as configuration, as plan and as state.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readConfiguration } from "../../../policies/configuration/input/read";
import type { Configuration } from "../../../policies/configuration/resource";
import fc from "../../properties";
import { hasTerraform } from "../../terraform";
import { addresses, agrees, type Files, project } from "./project";
import { shape, write } from "./random-modules";

function terraform(folder: string, ...args: string[]): string {
  const result = spawnSync("terraform", args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, TF_CLI_CONFIG_FILE: "", CHECKPOINT_DISABLE: "1" },
  });
  if (result.status !== 0) throw new Error(`terraform ${args.join(" ")}: ${result.stderr}`);
  return result.stdout;
}

interface Seen {
  readonly configuration: Configuration;
  readonly plan: Configuration;
  readonly state: Configuration;
  readonly shownState: Configuration;
}

/** A project as the readers see it before, while and after the real binary works on it. */
async function seen(files: Files): Promise<Seen> {
  const folder = project(files);
  const configuration = await readConfiguration([folder]);
  terraform(folder, "init", "-no-color");
  terraform(folder, "plan", "-no-color", "-out", "plan.bin");
  const written = { "plan.json": terraform(folder, "show", "-json", "plan.bin") };
  terraform(folder, "apply", "-no-color", "plan.bin");
  const documents = project({ ...written, "state.json": terraform(folder, "show", "-json") });
  return {
    configuration,
    plan: await readConfiguration([join(documents, "plan.json")]),
    state: await readConfiguration([join(folder, "terraform.tfstate")]),
    shownState: await readConfiguration([join(documents, "state.json")]),
  };
}

function compare({ configuration, plan, state, shownState }: Seen): void {
  const applied = addresses(state);
  expect(addresses(configuration)).toEqual(applied);
  expect(addresses(plan)).toEqual(applied);
  expect(addresses(shownState)).toEqual(applied);
  expect(configuration.undecided).toEqual([]);
  expect(plan.undecided).toEqual([]);
  state.resources.forEach(({ address, values }, index) => {
    for (const read of [configuration, plan, shownState]) {
      const input = read.resources[index].values.input ?? null;
      if (!agrees(input, values.input ?? null))
        throw new Error(`${address} is ${JSON.stringify(values.input)}, but was read as ${JSON.stringify(input)}`);
    }
  });
}

describe("the real binary", () => {
  const there = hasTerraform("the reading of modules, plans and states");

  test("plans and applies what was read", async () => {
    if (!there) return;
    await fc.assert(
      fc.asyncProperty(shape, async (module) => {
        const files: Record<string, object> = {};
        write(module, "", files);
        compare(await seen(files));
      }),
      // To make a failure smaller would take minutes of the real binary.
      { numRuns: 8, endOnFailure: true },
    );
  }, 60_000);

  test("does so with HCL, values from files and override files", async () => {
    if (!there) return;
    compare(
      await seen({
        "main.tf": `
variable "rules" {
  type = map(object({ port = number, regions = optional(list(string), ["eu-west-1"]) }))
}
locals {
  pairs = merge([for name, rule in var.rules : { for region in rule.regions : "\${name}.\${region}" => rule.port }]...)
}
resource "terraform_data" "rule" {
  for_each = local.pairs
  input    = <<-EOT
    %{ for n in range(2) ~}
    port \${each.value + n} of "\${each.key}" \\n
    %{ endfor ~}
  EOT
}
resource "terraform_data" "all" {
  input = { ids = [for r in terraform_data.rule : r.id], names = keys(terraform_data.rule), replaced = "before" }
}
module "m" {
  source   = "./m"
  for_each = toset(slice(sort(keys(local.pairs)), 0, 2))
  rule     = terraform_data.rule[each.key]
}
resource "terraform_data" "out" {
  input = [for name, m in module.m : "\${name}=\${m.port}"]
}
`,
        "x_override.tf": 'resource "terraform_data" "all" {\n  input = "after ${length(terraform_data.rule)}"\n}\n',
        "terraform.tfvars": 'rules = { a = { port = "80" }, b = { port = 443, regions = ["x", "y"] } }\n',
        "m/main.tf.json": {
          variable: { rule: {} },
          output: { port: { value: "${length(var.rule.input)}" } },
          resource: { terraform_data: { id: { input: "${var.rule.id}" } } },
        },
      }),
    );
  }, 30_000);
});
