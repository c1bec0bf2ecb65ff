/**
 * What Pulumi declares, as a Terraform configuration in JSON, so that nothing after this knows of Pulumi: resources with
 * their types and arguments, functions as data sources, providers with aliases, references as traversals. What the
 * provider's inventory has no name for stays aside as things that no model knows.
 */

import type { Json, JsonObject } from "../json";
import type { Change, Mode, Provider, Resource, Undecided } from "../resource";
import { put } from "../schema/convert";
import { type BlockSchema, schemaOf } from "../schema/schema";
import { identifier, type Named, nameResources, providerAliases } from "./addresses";
import type { Invoked, Marker, Note, Registered } from "./graph";
import { attributeName, dataSourceType, isSingle } from "./names";
import { Expressions } from "./values";

/** A resource of a program, a preview or a stack. */
export interface Declared extends Pick<Registered, "urn" | "type" | "name" | "parent" | "provider" | "inputs"> {
  readonly component?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly change?: Change;
  /** What is to be told apart of two resources with the same name: an object that waits for its deletion. */
  readonly suffix?: string;
  /** URNs of what each property was made of, where the engine tells. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface Declarations {
  readonly resources: readonly Declared[];
  readonly invokes?: readonly Invoked[];
  readonly markers?: readonly Marker[];
  readonly notes?: readonly Note[];
  readonly nonce?: string;
  /** Arguments of the provider that is used where none is named: `region`, … */
  readonly defaultProvider?: JsonObject;
  /** URL of the place that keeps the state. */
  readonly backend?: string;
}

export interface Translation {
  readonly body: JsonObject;
  /** What has no model, by its own name. */
  readonly others: readonly Resource[];
  readonly changes: ReadonlyMap<string, Change>;
  readonly undecided: readonly Undecided[];
  /** By address. */
  readonly urns: ReadonlyMap<string, string>;
}

const AFTER_APPLY = "known_after_apply";

export function translate(declarations: Declarations, stack: string): Translation {
  return new Translator(declarations, stack).translate();
}

class Translator {
  private readonly byUrn: ReadonlyMap<string, Named>;
  private readonly aliases: ReadonlyMap<string, string>;
  private readonly calls: ({ type: string; name: string } | undefined)[] = [];
  private readonly variables = new Map<string, boolean>();
  private readonly texts = new Map<number, string>();
  private readonly others: Resource[] = [];
  private readonly expressions: Expressions;

  constructor(
    private readonly given: Declarations,
    private readonly stack: string,
  ) {
    this.aliases = providerAliases(given.resources);
    const { named, others } = nameResources(given.resources);
    this.byUrn = named;
    for (const { type, name, change } of others) this.others.push(this.unmodelled("managed", type, name, change));
    this.expressions = new Expressions((marker) => this.traversal(marker), given.nonce);
  }

  translate(): Translation {
    const { resources, invokes = [], notes = [], defaultProvider } = this.given;
    this.nameCalls(invokes);
    const body: { [keyword: string]: JsonObject } = { resource: {}, data: {}, provider: {}, variable: {} };
    const changes = new Map<string, Change>();
    const urns = new Map<string, string>();
    for (const { type, name, declared } of this.byUrn.values()) {
      this.declare(body.resource, type, name, this.resource(type, declared));
      urns.set(`${type}.${name}`, declared.urn);
      if (declared.change) changes.set(`${type}.${name}`, declared.change);
    }
    invokes.forEach(({ inputs, provider }, index) => {
      const call = this.calls[index];
      if (!call) return;
      const schema = schemaOf("data", call.type);
      this.declare(body.data, call.type, call.name, {
        ...this.expressions.arguments(inputs, schema, undefined, () => this.unknownMadeOf([])),
        ...this.providerArgument(provider),
      });
    });
    const providers = resources
      .filter(({ urn }) => this.aliases.has(urn))
      .map(({ urn, inputs }) => ({ alias: this.aliases.get(urn)!, ...this.providerArguments(inputs) }));
    const all = [...(defaultProvider ? [this.providerArguments(defaultProvider)] : []), ...providers];
    if (all.length > 0) put(body.provider, "aws", all as Json);
    const undecided = notes.map((note) => this.noted(note));
    for (const [name, sensitive] of this.variables) put(body.variable, name, sensitive ? { sensitive } : {});
    const backend = backendOf(this.given.backend);
    return {
      body: { ...body, ...(backend && { terraform: { backend } }) },
      others: this.others,
      changes,
      undecided,
      urns,
    };
  }

  private declare(section: JsonObject, type: string, name: string, body: JsonObject): void {
    if (!Object.hasOwn(section, type)) put(section, type, {});
    put(section[type] as JsonObject, name, body);
  }

  private resource(type: string, { inputs, provider, ignoreChanges = [], dependencies = {} }: Declared): JsonObject {
    const schema = schemaOf("managed", type)!;
    const ignored = ignoreChanges.map((path) => attributeName(path.split(/[.[]/)[0], schema, type) ?? path);
    return {
      ...this.expressions.arguments(inputs, schema, type, (property) =>
        this.unknownMadeOf(Object.hasOwn(dependencies, property) ? dependencies[property] : []),
      ),
      ...this.providerArgument(provider),
      ...(ignored.length > 0 && { lifecycle: { ignore_changes: ignored } }),
    };
  }

  /**
   * What the engine does not know, made in some way of resources: as what a function gives of something about them that
   * is never known. Of nothing that is here, it could be anything.
   */
  private unknownMadeOf(urns: readonly string[]): string {
    const named = urns.flatMap((urn) => this.byUrn.get(urn) ?? []);
    if (named.length === 0 || named.length < urns.length) return this.variable(AFTER_APPLY);
    const parts = named.map(({ type, name }) => `\${${type}.${name}.${AFTER_APPLY}}`);
    return `sha1("${parts.join("")}")`;
  }

  /** Arguments of a provider; what is no text goes over the wire as JSON. */
  private providerArguments(inputs: JsonObject): JsonObject {
    const schema = schemaOf("provider", "aws")!;
    const parsed: JsonObject = {};
    for (const property of Object.keys(inputs)) {
      // Only what would do harm has a model; where the plugin itself comes from is no argument of it.
      if (property === "version" || property === "pluginDownloadURL" || property === "__internal") continue;
      const name = attributeName(property, schema);
      const value = inputs[property];
      const isText = name !== undefined && schema.attributes[name]?.type === "string";
      put(parsed, property, typeof value === "string" && !isText ? parsedText(value) : value);
    }
    return this.expressions.arguments(parsed, schema, undefined, () => this.unknownMadeOf([]));
  }

  /** `URN::ID` */
  private providerArgument(reference: string | undefined): JsonObject {
    const alias = reference && this.aliases.get(reference.slice(0, reference.lastIndexOf("::")));
    return alias ? { provider: `aws.${alias}` } : {};
  }

  private nameCalls(invokes: readonly Invoked[]): void {
    const counts = new Map<string, number>();
    for (const { token } of invokes) {
      const type = dataSourceType(token);
      const count = counts.get(token) ?? 0;
      counts.set(token, count + 1);
      if (type === undefined) this.others.push(this.unmodelled("data", token, `call_${count}`));
      this.calls.push(type === undefined ? undefined : { type, name: `call_${count}` });
    }
  }

  private unmodelled(mode: Mode, token: string, name: string, change?: Change): Resource {
    const [pkg] = token.replace(/^pulumi:providers:/, "").split(":");
    const provider: Provider = { name: pkg, ...(pkg !== "aws" && { source: `pulumi/${pkg}` }), values: {} };
    const prefix = mode === "data" ? "data." : "";
    const base = `${prefix}${token}.${name}`;
    const twice = this.others.filter(({ address }) => address === base || address.startsWith(`${base} (`)).length;
    const address = twice === 0 ? base : `${base} (${twice + 1})`;
    return {
      address,
      mode,
      type: token,
      name,
      module: "",
      stack: this.stack,
      values: {},
      provider,
      ...(change && { change }),
    };
  }

  /** The traversal that a marker is. */
  private traversal(marker: number): string {
    let text = this.texts.get(marker);
    if (text === undefined) {
      text = this.traversalOf(this.given.markers![marker], marker);
      this.texts.set(marker, text);
    }
    return text;
  }

  private traversalOf({ origin, path }: Marker, marker: number): string {
    switch (origin.kind) {
      case "resource": {
        const named = this.byUrn.get(origin.urn);
        const steps = named && this.steps(path, schemaOf("managed", named.type)!, named.type);
        if (steps !== undefined) return `${named!.type}.${named!.name}${steps}`;
        return this.variable(`${origin.urn.split("::").pop()}_${path.join("_")}`, marker);
      }
      case "invoke": {
        const call = this.calls[origin.index];
        const steps = call && this.steps(path, schemaOf("data", call.type)!);
        if (steps !== undefined) return `data.${call!.type}.${call!.name}${steps}`;
        return this.variable(`answer_${path.join("_")}`, marker);
      }
      case "read":
        return this.variable(`${origin.name}_${path.join("_")}`, marker);
      case "secret":
        return this.variable(`secret_${origin.name}`, marker, true);
      case "computed":
        return this.variable("computed_by_the_program", marker);
    }
  }

  /** A path of properties in Terraform's names; undefined if it leads to nothing that the schema has. */
  private steps(path: readonly string[], start: BlockSchema, type?: string): string | undefined {
    let schema: BlockSchema | undefined = start;
    let text = "";
    let at = "";
    let inList = false;
    for (const step of path) {
      if (/^\d+$/.test(step)) {
        if (!inList) return undefined;
        text += `[${step}]`;
        inList = false;
        continue;
      }
      const name: string | undefined = schema && attributeName(step, schema, at === "" ? type : undefined);
      // Steps below a map are its keys.
      if (!schema || (name === undefined && step !== "id")) return undefined;
      const found: string = name ?? step;
      at = at === "" ? found : `${at}.${found}`;
      const block: BlockSchema["blocks"][string] | undefined = schema.blocks[found];
      const attribute: BlockSchema["attributes"][string] | undefined = schema.attributes[found];
      const many: boolean = block
        ? block.nesting !== "single" && block.nesting !== "map"
        : /^(list|set)/.test(attribute?.type ?? "");
      text += `.${found}`;
      inList = many;
      if (many && type !== undefined && isSingle(type, at)) {
        text += "[0]";
        inList = false;
      }
      schema = block?.block ?? attribute?.object;
    }
    return text;
  }

  /** A variable without a value: what nobody here can know. */
  private variable(name: string, marker?: number, sensitive = false): string {
    let free = identifier(name);
    if (marker !== undefined && this.variables.has(free)) free = `${free}_${marker}`;
    this.variables.set(free, sensitive);
    return `var.${free}`;
  }

  private noted({ about, message }: Note): Undecided {
    const marker = this.given.markers?.[about];
    const named = marker?.origin.kind === "resource" ? this.byUrn.get(marker.origin.urn) : undefined;
    const call = marker?.origin.kind === "invoke" ? this.calls[marker.origin.index] : undefined;
    const resource = named ? `${named.type}.${named.name}` : call ? `data.${call.type}.${call.name}` : "the program";
    const schema = named && schemaOf("managed", named.type);
    const [property] = marker?.path ?? [];
    const attribute =
      schema && property !== undefined ? (attributeName(property, schema, named.type) ?? property) : undefined;
    return { resource, stack: this.stack, ...(attribute && { attribute }), reason: "unknown-value", message };
  }
}

function parsedText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/**
 * Where the state goes: https://www.pulumi.com/docs/iac/concepts/state-and-backends/. A URL that is not known stays one
 * of a backend that has no model.
 */
function backendOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const parameter = (name: string): JsonObject => {
    const value = url?.searchParams.get(name);
    return value === null || value === undefined ? {} : { [name]: value };
  };
  switch (url?.protocol) {
    case "file:":
      return { local: {} };
    case "s3:":
      return {
        s3: { bucket: url.hostname, key: url.pathname.slice(1), ...parameter("region"), ...parameter("endpoint") },
      };
    case "gs:":
      return { gcs: { bucket: url.hostname, prefix: url.pathname.slice(1) } };
    case "https:":
      return { remote: { hostname: url.hostname } };
  }
  return { [url?.protocol.replace(":", "") || "pulumi"]: { url: text } };
}

/** Of a stack's configuration, what the default provider takes: `aws:region`. */
export function providerSettings(config: Readonly<Record<string, string>>): JsonObject | undefined {
  const settings: JsonObject = {};
  for (const [key, value] of Object.entries(config)) {
    if (key.startsWith("aws:")) put(settings, key.slice("aws:".length), value);
  }
  return Object.keys(settings).length > 0 ? settings : undefined;
}

export const isUrn = (value: Json | undefined): value is string =>
  typeof value === "string" && value.startsWith("urn:pulumi:");
