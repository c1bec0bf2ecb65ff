/**
 * Writes rehearsal/schema/measured.json: what `@cdktf/provider-aws` leaves out, asked of a real provider. Run
 * `npm run traits -- PROVIDER [TYPE…]`, where PROVIDER is the binary of a `hashicorp/aws` (a file named
 * `terraform-provider-aws_v…`); with types, those alone are measured again, else all, which takes half an hour. No account and no network are needed: schema and planning happen in the binary.
 *
 * Defaults: a plan to create a resource whose configuration says nothing. Forced replacement: a plan from one invented
 * state to another in which every value differs.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client, credentials, type ServiceError } from "@grpc/grpc-js";
import { type DynamicValue, type MethodName, providerService, type Step } from "../rehearsal/protocol/messages";
import {
  decodeValue,
  encodeValue,
  isList,
  isValues,
  unknown,
  type Value,
  type Values,
} from "../rehearsal/protocol/value";
import type { CtyType } from "../rehearsal/schema/model";
import type { TraitsFile, WrittenTraits } from "../rehearsal/schema/traits";

interface WireAttribute {
  readonly name: string;
  readonly type: Uint8Array;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly write_only: boolean;
}

interface WireBlock {
  readonly attributes: readonly WireAttribute[];
  readonly block_types: readonly { readonly type_name: string; readonly block: WireBlock; readonly nesting: number }[];
}

interface WireSchema {
  readonly block: WireBlock;
}

interface Planned {
  readonly planned_state: DynamicValue;
  readonly requires_replace: readonly { readonly steps: readonly Step[] }[];
  readonly diagnostics: readonly { readonly severity: number; readonly summary: string; readonly detail: string }[];
}

const ERROR = 1;
const SINGLE = 1;
const MAP = 4;

/** A real provider, started again when it dies: what is invented here is more than some types expect. */
class Provider {
  private process?: ChildProcess;
  private client?: Client;
  private settings?: object;

  constructor(private readonly path: string) {}

  async configure(settings: object): Promise<void> {
    this.settings = settings;
    await this.call("ConfigureProvider", settings);
  }

  /** @throws if the provider died of the question */
  async call<Response>(method: MethodName, request: object): Promise<Response> {
    if (!this.client) await this.start();
    try {
      return await this.send<Response>(method, request);
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  stop(): void {
    this.client?.close();
    this.process?.kill();
    this.client = undefined;
  }

  /** The cookie, and the line that answers it, are go-plugin's handshake. */
  private async start(): Promise<void> {
    this.process = spawn(this.path, [], {
      stdio: ["ignore", "pipe", "ignore"],
      env: {
        ...process.env,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "5",
      },
    });
    const { value: line } = await createInterface(this.process.stdout!)[Symbol.asyncIterator]().next();
    const [, , network, address] = String(line).split("|");
    this.client = new Client(network === "unix" ? `unix:${address}` : address, credentials.createInsecure(), {
      "grpc.max_receive_message_length": 256 << 20,
    });
    if (this.settings) await this.send("ConfigureProvider", this.settings);
  }

  private send<Response>(method: MethodName, request: object): Promise<Response> {
    const { path, requestSerialize, responseDeserialize } = service[method];
    return new Promise((resolve, reject) => {
      this.client!.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        { deadline: Date.now() + 10_000 },
        (error: ServiceError | null, response?: unknown) => (error ? reject(error) : resolve(response as Response)),
      );
    });
  }
}

const service = providerService(5);

const parseType = (attribute: WireAttribute): CtyType =>
  JSON.parse(Buffer.from(attribute.type).toString("utf8")) as CtyType;

/** A value of a block whose attributes `leaf` gives; every nested block stands in it once. */
function fill(block: WireBlock, leaf: (attribute: WireAttribute, path: string) => Value, prefix = ""): Values {
  const values: Record<string, Value> = {};
  for (const attribute of block.attributes) values[attribute.name] = leaf(attribute, prefix + attribute.name);
  for (const { type_name, block: inner, nesting } of block.block_types) {
    const value = type_name === "timeouts" ? null : fill(inner, leaf, `${prefix}${type_name}.`);
    values[type_name] = nesting === SINGLE ? value : nesting === MAP ? { key: value } : value === null ? [] : [value];
  }
  return values;
}

/** The same without any nested block. */
function bare(block: WireBlock, leaf: (attribute: WireAttribute) => Value): Values {
  const values: Record<string, Value> = {};
  for (const attribute of block.attributes) values[attribute.name] = leaf(attribute);
  for (const { type_name, nesting } of block.block_types) {
    values[type_name] = nesting === SINGLE ? null : nesting === MAP ? {} : [];
  }
  return values;
}

/** An invented value of a type; two seeds give two that differ everywhere. */
function invent(type: CtyType, seed: number): Value {
  if (type === "string") return `invented-${seed}`;
  if (type === "number") return seed + 1;
  if (type === "bool") return seed % 2 === 1;
  if (type === "dynamic") return null;
  if (type[0] === "object") {
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, invent(inner, seed)]));
  }
  return type[0] === "map" ? { key: invent(type[1], seed) } : [invent(type[1], seed)];
}

class Measurement {
  private readonly found = {
    computed: new Set<string>(),
    sensitive: new Set<string>(),
    writeOnly: new Set<string>(),
    replace: new Set<string>(),
  };
  private readonly recomputed: Record<string, string[]> = {};
  private readonly defaults: Record<string, Value> = {};

  constructor(
    private readonly provider: Provider,
    private readonly type: string,
    private readonly block: WireBlock,
  ) {}

  async traits(): Promise<WrittenTraits> {
    fill(this.block, (attribute, path) => {
      if (attribute.optional && attribute.computed) this.found.computed.add(path);
      if (attribute.sensitive) this.found.sensitive.add(path);
      if (attribute.write_only) this.found.writeOnly.add(path);
      return null;
    });
    await this.creation();
    await this.change();
    const lists = Object.entries(this.found).filter(([, paths]) => paths.size > 0);
    return {
      ...Object.fromEntries(lists.map(([name, paths]) => [name, [...paths].sort()])),
      ...(Object.keys(this.recomputed).length > 0 && { recomputed: this.recomputed }),
      ...(Object.keys(this.defaults).length > 0 && { defaults: this.defaults }),
    };
  }

  private plan(prior: Value, config: Value, proposed: Value = config): Promise<Planned | undefined> {
    return this.provider
      .call<Planned>("PlanResourceChange", {
        type_name: this.type,
        prior_state: encodeValue(prior),
        proposed_new_state: encodeValue(proposed),
        config: encodeValue(config),
      })
      .catch(() => undefined);
  }

  /** What is planned where the configuration says nothing: at the top, and inside of each block. */
  private async creation(): Promise<void> {
    const nothing = () => null;
    const alone = bare(this.block, nothing);
    const variants = [alone, fill(this.block, nothing)];
    for (const { type_name, block, nesting } of this.block.block_types) {
      if (nesting !== SINGLE && nesting !== MAP) variants.push({ ...alone, [type_name]: [fill(block, nothing)] });
    }
    for (const config of variants) {
      const planned = await this.plan(null, config);
      const state = planned && decodeValue(planned.planned_state);
      if (!isValues(state) || planned?.diagnostics.some(({ severity }) => severity === ERROR)) continue;
      this.collect(this.block, state, "");
      for (const { type_name } of config === alone ? this.block.block_types : []) {
        if (state[type_name] === unknown) this.found.computed.add(type_name);
      }
    }
  }

  private collect(block: WireBlock, state: Values, prefix: string): void {
    for (const { name, optional, computed, write_only } of block.attributes) {
      const value = state[name];
      if (value === undefined || value === unknown || write_only || Object.hasOwn(this.defaults, prefix + name))
        continue;
      // A null tells something only where the schema lets expect a value.
      if (value === null ? computed : optional && typeof value !== "object") this.defaults[prefix + name] = value;
    }
    for (const { type_name, block: inner } of block.block_types) {
      const value = state[type_name];
      const elements: readonly Value[] = isList(value) ? value : [value];
      for (const element of elements) {
        if (isValues(element)) this.collect(inner, element, `${prefix}${type_name}.`);
      }
    }
  }

  /**
   * Which changes replace the resource, and what a change in place makes unknown. Each argument is changed alone: once
   * among invented values of all others, once among none but the required ones, because some hide others.
   */
  private async change(): Promise<void> {
    const whole = (seed: number) => fill(this.block, (attribute) => this.value(attribute, seed));
    const least = bare(this.block, (attribute) =>
      attribute.required || attribute.name === "id" || attribute.name === "arn" ? this.value(attribute, 1) : null,
    );
    const [before, after] = [whole(1), whole(2)];
    const names = [
      ...this.block.attributes.filter(({ required, optional }) => required || optional).map(({ name }) => name),
      ...this.block.block_types.map(({ type_name }) => type_name).filter((name) => name !== "timeouts"),
    ].filter((name) => name !== "id" && name !== "tags_all");
    for (const surroundings of [before, least]) {
      let deaths = 0;
      for (const name of names) {
        if (deaths > 2) break;
        const [prior, proposed] = [before, after].map((values): Values => ({ ...surroundings, [name]: values[name] }));
        const planned = await this.plan(prior, this.configured(proposed), proposed);
        if (planned) this.noteChange(name, planned);
        else deaths++;
      }
    }
  }

  private noteChange(changed: string, planned: Planned): void {
    const paths = planned.requires_replace.map(({ steps }) =>
      steps.flatMap((step) => ("attribute_name" in step && step.attribute_name ? [step.attribute_name] : [])).join("."),
    );
    for (const path of paths) if (path !== "" && path !== "id") this.found.replace.add(path);
    const state = decodeValue(planned.planned_state);
    if (paths.length > 0 || !isValues(state)) return;
    for (const { name } of this.block.attributes) {
      if (state[name] !== unknown) continue;
      this.recomputed[name] ??= [];
      if (!this.recomputed[name].includes(changed)) this.recomputed[name].push(changed);
    }
  }

  /** What a configuration would have said to get a state: what only the provider sets is left out. */
  private configured(state: Values): Values {
    const within = (block: WireBlock, values: Values): Values => {
      const result: Record<string, Value> = { ...values };
      for (const { name, required, optional } of block.attributes) {
        if ((!required && !optional) || name === "id") result[name] = null;
      }
      for (const { type_name, block: inner } of block.block_types) {
        const nested: Value = values[type_name] ?? null;
        if (isList(nested)) result[type_name] = nested.map((item) => (isValues(item) ? within(inner, item) : item));
      }
      return result;
    };
    return within(this.block, state);
  }

  private value(attribute: WireAttribute, seed: number): Value {
    if (attribute.write_only) return null;
    return invent(parseType(attribute), attribute.required || attribute.optional ? seed : 0);
  }
}

export async function measure(path: string, names: readonly string[] = []): Promise<TraitsFile> {
  const version = /_v(\d+\.\d+\.\d+)/.exec(path)?.[1];
  if (!version) throw new Error(`${path}: the name of a provider's binary tells its version`);
  const provider = new Provider(path);
  try {
    const schemas = await provider.call<{ provider: WireSchema; resource_schemas: Record<string, WireSchema> }>(
      "GetProviderSchema",
      {},
    );
    const given: Values = {
      region: "eu-west-1",
      access_key: "invented",
      secret_key: "invented",
      skip_credentials_validation: true,
      skip_metadata_api_check: "true",
      skip_region_validation: true,
      skip_requesting_account_id: true,
      // Some types ask AWS while they plan; nobody answers, and they shall not try for minutes.
      max_retries: 1,
    };
    await provider.configure({
      terraform_version: "1.11.4",
      config: encodeValue(bare(schemas.provider.block, ({ name }) => given[name] ?? null)),
    });
    const types: Record<string, WrittenTraits> = {};
    const known = Object.keys(schemas.resource_schemas).sort();
    for (const type of known.filter((name) => names.length === 0 || names.includes(name))) {
      types[type] = await new Measurement(provider, type, schemas.resource_schemas[type].block).traits();
    }
    return { provider: version, types };
  } finally {
    provider.stop();
  }
}

export const format = ({ provider, types }: TraitsFile): string => `{
"provider": ${JSON.stringify(provider)},
"types": {
${Object.entries(types)
  .map(([type, traits]) => `${JSON.stringify(type)}: ${JSON.stringify(traits)}`)
  .join(",\n")}
}
}
`;

async function main(path: string | undefined, names: readonly string[]): Promise<void> {
  if (!path) throw new Error("name the binary of a provider");
  const file = join(__dirname, "..", "rehearsal", "schema", "measured.json");
  const measured = await measure(path, names);
  const earlier: TraitsFile = JSON.parse(readFileSync(file, "utf8"));
  const kept = names.length > 0 && earlier.provider === measured.provider ? earlier.types : {};
  const types = Object.entries({ ...kept, ...measured.types }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, format({ provider: measured.provider, types: Object.fromEntries(types) }));
  console.log(`hashicorp/aws ${measured.provider}: traits of ${Object.keys(measured.types).length} resource types`);
}

if (require.main === module) void main(process.argv[2], process.argv.slice(3));
