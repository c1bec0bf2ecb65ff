/**
 * The stacks of an enclave as one configuration: each is a module, and what one reads of another's state is an output
 * handed on, so that a single plan holds them all. Each region has a provider of its own, `hashicorp/aws-REGION`: a
 * provider that is attached has but one configuration, and aliases of it would share that.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStacks, type Stack, stateIdentity } from "../../delivery/stacks";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../policies/configuration/json";
import type { Types } from "../../rehearsal/schema/response";
import { offline } from "../real-provider/settings";
import { type Blocks, type Body, Reduction } from "./reduction";
import type { RealSchemas } from "./schema";

/** The source of a region's provider, as Terraform writes it in full. */
export const sourceOf = (region: string): string => `registry.terraform.io/hashicorp/aws-${region}`;

export interface RootModule {
  readonly regions: readonly string[];
  readonly types: Types;
  readonly resources: number;
  /** What the provider's version does not have, with how often it was taken away. */
  readonly dropped: ReadonlyMap<string, number>;
}

interface Source {
  readonly stack: Stack;
  readonly json: JsonObject;
}

/**
 * Writes the configuration into a folder.
 *
 * @param source a cdktf output folder
 * @param names the stacks to take, without what they read of others; all if empty
 */
export function writeRootModule(
  into: string,
  source: string,
  schemas: RealSchemas,
  names: readonly string[] = [],
): RootModule {
  const stacks = readStacks(source)
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((stack): Source => ({ stack, json: read(join(stack.folder, "cdk.tf.json")) }));
  const reduction = new Reduction(schemas);
  const bodies = new Map<string, Body & { readonly variable: JsonObject }>();
  const modules: JsonObject = {};
  const regions = new Set<string>();
  for (const { stack, json } of stacks) {
    const { text, inputs } = wired(stack, json, stacks);
    const [missing, given] = [false, true].map((there) =>
      [...inputs].filter(([, [from, output]]) => Object.hasOwn(bodies.get(from)?.output ?? {}, output) === there),
    );
    for (const part of Object.keys(json)) if (!READ.has(part)) reduction.drop(part);
    const body = reduction.body(
      bodyOf(JSON.parse(text) as JsonObject, regions),
      new Set(missing.map(([name]) => `var.${name}`)),
    );
    const arguments_ = given.map(([name, [from, output]]) => [name, `\${module.${from}.${output}}`] as const);
    modules[stack.name] = { source: `./${stack.name}`, ...Object.fromEntries(arguments_) };
    bodies.set(stack.name, { ...body, variable: Object.fromEntries(given.map(([name]) => [name, {}])) });
  }
  for (const [name, body] of bodies) write(join(into, name), nonEmpty(body), regions);
  const [tags] = stacks.flatMap(({ json }) => objectOf(objectOf(json.provider).aws).default_tags ?? []);
  const settings = { ...offline, ...(tags && { default_tags: tags }) };
  const provider = Object.fromEntries([...regions].map((region) => [`aws-${region}`, [{ region, ...settings }]]));
  write(into, { provider, module: modules }, regions);
  return { ...contents([...bodies.values()]), regions: [...regions].sort(), dropped: reduction.dropped };
}

/** The parts of a stack that are taken over, or written anew. */
const READ: ReadonlySet<string> = new Set(["//", "data", "output", "provider", "resource", "terraform"]);

const read = (path: string): JsonObject => parseJson(path, readFileSync(path)) as JsonObject;

function write(folder: string, body: object, regions: ReadonlySet<string>): void {
  mkdirSync(folder, { recursive: true });
  const sources = [...regions].map((region) => [`aws-${region}`, { source: sourceOf(region) }]);
  const terraform = { required_providers: Object.fromEntries(sources) };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform, ...body }));
}

/** In JSON, a kind of blocks that has none must not be named. */
const nonEmpty = (body: object): object =>
  Object.fromEntries(Object.entries(body).filter(([, blocks]) => Object.keys(objectOf(blocks)).length > 0));

function contents(bodies: readonly Body[]): { readonly types: Types; readonly resources: number } {
  const typesOf = (blocks: Blocks[]) => [...new Set(blocks.flatMap((one) => Object.keys(one)))].sort();
  const named = bodies.flatMap(({ resource }) => Object.values(resource));
  return {
    types: { managed: typesOf(bodies.map(({ resource }) => resource)), data: typesOf(bodies.map(({ data }) => data)) },
    resources: named.reduce((sum, resources) => sum + Object.keys(resources).length, 0),
  };
}

/** What is read of other stacks' states becomes variables; each is told whose output it is. */
function wired(
  { folder }: Stack,
  json: JsonObject,
  stacks: readonly Source[],
): { readonly text: string; readonly inputs: ReadonlyMap<string, readonly [stack: string, output: string]> } {
  const remote = objectOf(objectOf(json.data).terraform_remote_state);
  const writers = new Map(stacks.map(({ stack, json: other }) => [backendOf(stack, other), stack.name]));
  const inputs = new Map<string, readonly [string, string]>();
  const text = JSON.stringify(json).replace(
    /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g,
    (_, name: string, output: string) => {
      const { backend, config } = objectOf(remote[name]);
      const from = writers.get(stateIdentity(folder, String(backend), config ?? null)) ?? "elsewhere";
      inputs.set(`${from}_${output}`, [from, output]);
      return `var.${from}_${output}`;
    },
  );
  return { text, inputs };
}

function backendOf({ folder }: Stack, { terraform }: JsonObject): string {
  const [[type, config] = ["local", {}]] = Object.entries(objectOf(objectOf(terraform).backend));
  return stateIdentity(folder, type, config);
}

/** @param regions gets those in which something stands */
function bodyOf({ provider, resource, data, output }: JsonObject, regions: Set<string>): Body {
  const { aws } = objectOf(provider);
  const configured = (Array.isArray(aws) ? aws : []).map(objectOf);
  const regionOf = ({ region, provider: name = "aws" }: JsonObject): string => {
    const own = configured.find(({ alias }) => (alias === undefined ? "aws" : `aws.${String(alias)}`) === name);
    return typeof region === "string" ? region : String(own?.region);
  };
  const placed = (blocks: JsonObject): Blocks => {
    const types = Object.entries(blocks).map(([type, named]) => {
      const entries = Object.entries(objectOf(named)).map(([name, block]) => {
        const { region: _, provider: __, ...rest } = objectOf(block);
        const region = regionOf(objectOf(block));
        regions.add(region);
        return [name, { ...rest, provider: `aws-${region}` }] as const;
      });
      return [type, Object.fromEntries(entries)] as const;
    });
    return Object.fromEntries(types);
  };
  const { terraform_remote_state: _, ...read } = objectOf(data);
  return { resource: placed(objectOf(resource)), data: placed(read), output: objectOf(output) as Body["output"] };
}

function objectOf(value: Json | undefined): JsonObject {
  const [first] = Array.isArray(value) ? value : [value];
  return isJsonObject(first) ? first : {};
}
