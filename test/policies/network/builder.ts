/**
 * Builds configurations for the tests of the network room from Terraform JSON, `{ aws_vpc: { app: { … } } }`, without a
 * reader: `${aws_vpc.app.id}` is a reference, exact if it is the whole text, and resolved where the attribute is written.
 */
import { modelKey, type Resource } from "../../../policies/configuration/resource";
import { isList, isObject, Unknown, type Value, type Values } from "../../../policies/configuration/value";
import type { Flow, RoomInput, RoomResult } from "../../../policies/flows/flow";
import type { Entry } from "../../../policies/flows/vocabulary";
import { BOUNDARIES } from "../../../policies/geography/boundaries";
import { emptyTrust, parseTrust } from "../../../policies/geography/trust";
import { World } from "../../../policies/geography/world";
import { networkFlows } from "../../../policies/network";
import { ConfigurationContext } from "../../../policies/prover/context";
import { entryFor } from "../../../policies/services";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | Unknown } | Unknown;
export type Blocks = Readonly<Record<string, Readonly<Record<string, { readonly [key: string]: Json }>>>>;

export interface Options {
  readonly region?: string;
  readonly trust?: unknown;
  readonly data?: Blocks;
  readonly entries?: Readonly<Record<string, Entry>>;
}

const REFERENCE =
  /\b((?:data\.)?[a-z][a-z0-9_]*_[a-z0-9_]+\.[A-Za-z0-9_-]+|var\.[A-Za-z0-9_-]+|local\.[A-Za-z0-9_-]+)((?:\.[A-Za-z0-9_*]+|\[[^\]]*\])*)/g;

/** The resources of a configuration; references are resolved among them. */
export function resourcesOf(managed: Blocks, options: Options = {}): Resource[] {
  const provider = { name: "aws", values: { region: options.region ?? "eu-west-1" } };
  const raw = new Map<string, { resource: Resource; body: { readonly [key: string]: Json } }>();
  const add = (mode: "managed" | "data", blocks: Blocks) => {
    for (const type of Object.keys(blocks)) {
      for (const name of Object.keys(blocks[type])) {
        const address = mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
        const resource = { address, mode, type, name, module: "", stack: "test", values: {}, provider };
        raw.set(address, { resource, body: blocks[type][name] });
      }
    }
  };
  add("managed", managed);
  add("data", options.data ?? {});
  for (const { resource, body } of raw.values()) {
    const values: Record<string, Value> = {};
    for (const key of Object.keys(body)) if (key !== "depends_on") values[key] = asBlocks(resolve(body[key], raw, 0));
    (resource as { values: Values }).values = values;
  }
  return [...raw.values()].map(({ resource }) => resource);
}

/** Blocks are lists of objects whatever the source wrote; maps such as tags are left alone. */
const asBlocks = (value: Value): Value =>
  isObject(value) && Object.values(value).some((one) => typeof one === "object" && one !== null)
    ? [value]
    : isObject(value)
      ? [value]
      : value;

function resolve(
  value: Json,
  raw: ReadonlyMap<string, { resource: Resource; body: { readonly [key: string]: Json } }>,
  depth: number,
): Value {
  if (value instanceof Unknown) return value;
  if (Array.isArray(value)) return value.map((item) => resolve(item as Json, raw, depth));
  if (value !== null && typeof value === "object") {
    const out: Record<string, Value> = {};
    for (const key of Object.keys(value)) {
      const inner = resolve((value as { readonly [key: string]: Json })[key], raw, depth);
      out[key] = isObject(inner) ? [inner] : inner;
    }
    return out;
  }
  if (typeof value !== "string" || !value.includes("${")) return value as Value;
  const references = [...value.matchAll(REFERENCE)].map((match) => {
    const found = raw.get(match[1]);
    return { address: match[1], path: match[2].replace(/^\./, ""), resources: found ? [found.resource] : [] };
  });
  const whole = /^\$\{([^{}()]+)\}$/.exec(value);
  const exact =
    whole !== null &&
    references.length === 1 &&
    whole[1] === references[0].address + (references[0].path === "" ? "" : `.${references[0].path}`);
  if (exact && depth < 8) {
    const found = raw.get(references[0].address);
    const written = found && Object.hasOwn(found.body, references[0].path) ? found.body[references[0].path] : undefined;
    if (written !== undefined && found?.resource.mode === "managed") {
      const resolved = resolve(written, raw, depth + 1);
      if (!isList(resolved) && !isObject(resolved)) return resolved;
    }
  }
  return new Unknown("known after apply", { references, exact });
}

export function worldFor(options: Options = {}): World {
  const trust = options.trust === undefined ? emptyTrust : parseTrust(options.trust, "trust.json");
  return new World(BOUNDARIES.EEA, trust, { defaultRegion: "eu-west-1", today: "2026-01-01" });
}

export function inputFor(managed: Blocks, options: Options = {}): RoomInput {
  const resources = resourcesOf(managed, options);
  const world = worldFor(options);
  return {
    resources,
    world,
    context: new ConfigurationContext(resources, world),
    entryOf: (resource) => options.entries?.[modelKey(resource)] ?? entryFor(modelKey(resource)),
  };
}

export interface Judged extends RoomResult {
  readonly world: World;
  /** Definite flows to places that are not inside. */
  readonly escapes: readonly Flow[];
  /** Possible ones. */
  readonly doubtful: readonly Flow[];
}

/** The flows of a configuration, told apart as the prover does. */
export function judge(managed: Blocks, options: Options = {}): Judged {
  const input = inputFor(managed, options);
  const result = networkFlows(input);
  const outside = result.flows.filter(
    (flow) => flow.to.kind === "resource" || input.world.sideOf(flow.to.place) !== "inside",
  );
  return {
    ...result,
    world: input.world,
    escapes: outside.filter((flow) => flow.unless === undefined),
    doubtful: outside.filter((flow) => flow.unless !== undefined),
  };
}

/** `escapes`, `undecided` or `contained`, as far as the network room can tell. */
export function verdictOf(judged: Judged): string {
  if (judged.escapes.length > 0) return "escapes";
  return judged.doubtful.length + judged.undecided.length > 0 ? "undecided" : "contained";
}
