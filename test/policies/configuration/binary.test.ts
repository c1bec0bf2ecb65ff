/**
 * Law "Terraform": what the readers see is what the real binary plans and applies. Random modules of `terraform_data`,
 * which needs no provider to be downloaded, are read as configuration, as plan and as state.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { readConfiguration } from "../../../policies/configuration/read";
import type { Configuration } from "../../../policies/configuration/resource";
import { isList, isObject, isUnknown, type Value } from "../../../policies/configuration/value";
import { hasTerraform } from "./expression/console";
import { addresses, type Files, project } from "./project";

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

/** Whether a value may be what it turned out to be: its known parts agree. */
function agrees(value: Value, real: Value): boolean {
  if (isUnknown(value)) {
    if (value.parts && typeof real === "string") {
      const text = value.parts
        .map((part) => (typeof part === "string" ? part.replace(/[^\w-]/g, "\\$&") : "[^]*"))
        .join("");
      return new RegExp(`^${text}$`).test(real);
    }
    return value.json === undefined || (typeof real === "string" && agrees(value.json, JSON.parse(real) as Value));
  }
  if (isList(value))
    return isList(real) && value.length === real.length && value.every((one, i) => agrees(one, real[i]));
  if (isObject(value)) {
    return (
      isObject(real) &&
      Object.keys(value).length === Object.keys(real).length &&
      Object.keys(value).every((key) => agrees(value[key], real[key]))
    );
  }
  return value === real;
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

/** How a resource or a module is repeated, and how its first instance is referred to. */
const repetitions = [
  { meta: {}, at: "", key: "single" },
  { meta: { count: 2 }, at: "[1]", key: "${count.index}" },
  { meta: { count: "${length([1])}" }, at: "[0]", key: "${count.index}" },
  { meta: { for_each: { a: "x", 'b"c': "y" } }, at: '["a"]', key: "${each.key}=${each.value}" },
  { meta: { for_each: '${toset(["p", "q"])}' }, at: '["p"]', key: "${each.value}" },
];

interface Shape {
  readonly resources: readonly {
    readonly repetition: number;
    readonly parts: readonly number[];
    readonly object: boolean;
  }[];
  readonly calls: readonly { readonly repetition: number; readonly input: number; readonly shape: Shape }[];
  readonly locals: readonly number[];
}

const { shape } = fc.letrec<{ shape: Shape; leaf: Shape }>((tie) => {
  const resources = fc.array(
    fc.record({
      repetition: fc.nat(repetitions.length - 1),
      parts: fc.array(fc.nat(), { maxLength: 3 }),
      object: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const locals = fc.array(fc.nat(), { maxLength: 2 });
  return {
    leaf: fc.record({ resources, locals, calls: fc.constant([]) }),
    shape: fc.record({
      resources,
      locals,
      calls: fc.array(
        fc.record({
          repetition: fc.nat(repetitions.length - 1),
          input: fc.nat(),
          shape: fc.oneof(tie("leaf"), tie("leaf"), tie("shape")),
        }),
        { maxLength: 2 },
      ),
    }),
  };
});

/** Writes a module and those that it calls; every expression refers only to what stands before it. */
function write(module: Shape, folder: string, files: Record<string, object>): void {
  const terms = ["literal", "${var.input}", "${path.module}", "$${not}", '${upper("x")}'];
  const pick = (index: number): string => terms[index % terms.length];
  const locals: Record<string, string> = {};
  module.locals.forEach((part, index) => {
    locals[`l${index}`] = `${pick(part)}!`;
    terms.push(`\${local.l${index}}`);
  });
  const resource: Record<string, object> = {};
  module.resources.forEach(({ repetition, parts, object }, index) => {
    const { meta, at, key } = repetitions[repetition];
    const text = `${key}:${parts.map(pick).join("/")}`;
    resource[`r${index}`] = { ...meta, input: object ? { text, list: [text, index], "k.${var.input}": null } : text };
    terms.push(`\${terraform_data.r${index}${at}.id}`, `\${jsonencode(terraform_data.r${index}${at}.input)}`);
    if (at !== "") terms.push(`\${length(terraform_data.r${index})}`);
  });
  const calls: Record<string, object> = {};
  module.calls.forEach(({ repetition, input, shape: inner }, index) => {
    const { meta, at, key } = repetitions[repetition];
    calls[`m${index}`] = { source: `./m${index}`, ...meta, input: `${key}~${pick(input)}` };
    write(inner, `${folder}m${index}/`, files);
    terms.push(`\${module.m${index}${at}.text}`);
  });
  resource.last = { input: terms.slice(-3).join("|") };
  files[`${folder}main.tf.json`] = {
    variable: { input: { default: "root" } },
    locals,
    resource: { terraform_data: resource },
    ...(module.calls.length > 0 && { module: calls }),
    output: { text: { value: "<${terraform_data.last.input}>" } },
  };
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
      { numRuns: 15 },
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
