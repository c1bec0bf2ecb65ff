/**
 * The stacks of an enclave as one configuration: each is a module, and what one reads of another's state is an output
 * handed on, so that a single plan holds them all. For each region there is one provider, without an account.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readStacks, type Stack, stateIdentity } from "../../delivery/stacks";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../policies/configuration/json";
import type { Types } from "../../rehearsal/schema/response";
import { type Blocks, type Body, Reduction } from "./reduction";
import type { RealSchemas } from "./schema";

/** What makes the provider ask nobody: no credentials are checked, no account and no region are looked up. */
const offline: JsonObject = {
  access_key: "none",
  secret_key: "none",
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  skip_requesting_account_id: true,
  max_retries: 1,
};

export interface RootModule {
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
 * @param names the stacks to take, with the outputs of others left out; all if empty
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
  const modules = new Map<string, Body>();
  const calls: JsonObject = {};
  const regions = new Map<string, JsonObject>();
  for (const { stack, json } of stacks) {
    const { text, inputs } = wired(stack, json, stacks);
    const missing = [...inputs].filter(([, [from, output]]) => !modules.get(from)?.output[output]);
    const body = placed(JSON.parse(text) as JsonObject, schemas, regions);
    const reduced = reduction.body(body, new Set(missing.map(([name]) => `var.${name}`)));
    for (const part of Object.keys(json)) if (!KNOWN.has(part)) reduction.drop(part);
    modules.set(stack.name, reduced);
    const given = [...inputs].filter((input) => !missing.includes(input));
    calls[stack.name] = Object.fromEntries(
      given.map(([name, [from, output]]) => [name, `\${module.${from}.${output}}`]),
    );
    const variable = Object.fromEntries(given.map(([name]) => [name, {}]));
    write(join(into, stack.name, "main.tf.json"), nonEmpty({ ...reduced, variable }));
  }
  const aliases = [...regions.keys()].map((region) => `aws.${region}`);
  for (const [name, call] of Object.entries(calls)) {
    const providers = Object.fromEntries(aliases.map((alias) => [alias, alias]));
    calls[name] = { source: `./${name}`, providers, ...(call as JsonObject) };
    write(join(into, name, "providers.tf.json"), required({ configuration_aliases: aliases }));
  }
  write(join(into, "main.tf.json"), { ...required({}), provider: { aws: [...regions.values()] }, module: calls });
  return { ...contents([...modules.values()]), dropped: reduction.dropped };
}

const KNOWN: ReadonlySet<string> = new Set(["//", "data", "output", "provider", "resource", "terraform"]);

const read = (path: string): JsonObject => parseJson(path, readFileSync(path)) as JsonObject;

function write(path: string, body: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(body));
}

/** In JSON, a kind of blocks that has none must not be named. */
const nonEmpty = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, blocks]) => Object.keys(objectOf(blocks)).length > 0));

const required = (aws: JsonObject): JsonObject => ({
  terraform: { required_providers: { aws: { source: "hashicorp/aws", ...aws } } },
});

function contents(bodies: readonly Body[]): { readonly types: Types; readonly resources: number } {
  const typesOf = (blocks: Blocks[]) => [...new Set(blocks.flatMap((one) => Object.keys(one)))].sort();
  const resources = bodies.flatMap(({ resource }) => Object.values(resource));
  return {
    types: { managed: typesOf(bodies.map(({ resource }) => resource)), data: typesOf(bodies.map(({ data }) => data)) },
    resources: resources.reduce((sum, named) => sum + Object.keys(named).length, 0),
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

/**
 * Each resource with the provider of its region, which its own argument names if that version of the provider has no
 * such argument.
 *
 * @param regions gets a provider for each region that there is none of yet
 */
function placed(
  { provider, resource, data, output }: JsonObject,
  schemas: RealSchemas,
  regions: Map<string, JsonObject>,
): Body {
  const configured = objectsIn(objectOf(provider).aws);
  const aliasOf = (region: string, tags: Json | undefined): string => {
    if (!regions.has(region))
      regions.set(region, { alias: region, region, ...offline, ...(tags && { default_tags: tags }) });
    return `aws.${region}`;
  };
  const placedIn = (blocks: Json | undefined, mode: "resource_schemas" | "data_source_schemas"): Blocks => {
    const types = Object.entries(objectOf(blocks)).filter(([type]) => type !== "terraform_remote_state");
    return Object.fromEntries(
      types.map(([type, named]) => {
        const overrides = schemas[mode][type]?.block.attributes?.region !== undefined;
        const entries = Object.entries(objectOf(named)).map(([name, values]) => {
          const { region, provider: own, ...rest } = objectOf(values);
          const chosen = configured.find(
            ({ alias }) => (alias === undefined ? "aws" : `aws.${String(alias)}`) === (own ?? "aws"),
          );
          const wanted = !overrides && typeof region === "string" ? region : String(chosen?.region);
          const kept = overrides && region !== undefined ? { ...rest, region } : rest;
          return [name, { ...kept, provider: aliasOf(wanted, chosen?.default_tags) }] as const;
        });
        return [type, Object.fromEntries(entries)];
      }),
    );
  };
  return {
    resource: placedIn(resource, "resource_schemas"),
    data: placedIn(data, "data_source_schemas"),
    output: objectOf(output) as Body["output"],
  };
}

const objectsIn = (value: Json | undefined): JsonObject[] =>
  (Array.isArray(value) ? value : [value]).filter(isJsonObject);

const objectOf = (value: Json | undefined): JsonObject => objectsIn(value)[0] ?? {};
