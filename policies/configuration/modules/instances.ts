/** Resources, data sources, … of a module, expanded into their instances, whose attributes are evaluated when asked for. */

import { InputError } from "../errors";
import { access } from "../expression/access";
import { fail } from "../expression/errors";
import { Deferred, type Scope } from "../expression/scope";
import { constructed } from "../expression/types";
import { isJsonObject, type Json, type JsonObject } from "../json";
import type { Mode, Resource } from "../resource";
import { mapValues, put } from "../schema/convert";
import { type BlockSchema, schemaOf } from "../schema/schema";
import { isList, isObject, isUnknown, Unknown, type Value, type Values } from "../value";
import { evaluateBody, evaluateMember, metaArguments, namesIn } from "./body";
import { dataAttribute } from "./data-sources";
import { type Evaluation, maximalInstances, type Site } from "./evaluation";
import { asList, bare, type Declaration, placeOf } from "./module";
import type { ProviderInstance } from "./providers";
import { exactly, keyOf, LayeredScope, type Steps } from "./scope";

/** The instances of a block with `count` or `for_each`, or its only one. */
export type Expansion<T> =
  | { readonly form: "single"; readonly only: T }
  | { readonly form: "list"; readonly items: readonly T[] }
  | { readonly form: "map"; readonly items: ReadonlyMap<string, T> }
  /** How many there are is not known; one stands for all of them. */
  | { readonly form: "unknown"; readonly any: T; readonly why: string };

export interface Iteration {
  readonly key?: string | number;
  /** What `each` and `count` mean in it. */
  readonly names: Values;
  /** Set if it is not known whether there is an instance at all. */
  readonly conditional?: string;
}

/** Expands a block by its `count` or `for_each`. */
export function expand<T>(
  { body, position }: Declaration,
  scope: Scope,
  evaluation: Evaluation,
  site: Site,
  make: (iteration: Iteration) => T,
): Expansion<T> {
  const refuse = (message: string): never => {
    throw new InputError(position.file, `${site.resource}: ${message}`, placeOf(position));
  };
  const counted = body.count ?? null;
  const collected = body.for_each ?? null;
  if (counted !== null) return expandCount(evaluation.value(counted, scope, { ...site, attribute: "count" }));
  if (collected !== null) return expandEach(evaluation.value(collected, scope, { ...site, attribute: "for_each" }));
  return { form: "single", only: make({ names: {} }) };

  function unknown(argument: string, value: Unknown, names: Values): Expansion<T> {
    const why = `${argument} of ${site.resource} is not known: ${value.why}`;
    evaluation.report(
      { ...site, attribute: argument },
      "unknown-value",
      `it is not known how many there are: ${value.why}`,
    );
    return { form: "unknown", any: make({ names, conditional: why }), why };
  }

  function expandCount(value: Value): Expansion<T> {
    if (isUnknown(value)) {
      return unknown("count", value, {
        count: { index: new Unknown("count is not known", { references: value.references }) },
      });
    }
    const count = typeof value === "string" ? Number(value) : value;
    if (typeof count !== "number" || !Number.isInteger(count) || count < 0 || count > maximalInstances) {
      return refuse(
        `count must be a whole number up to ${maximalInstances}, not ${JSON.stringify(value)?.slice(0, 60)}`,
      );
    }
    const items = Array.from({ length: count }, (_, index) => make({ key: index, names: { count: { index } } }));
    return { form: "list", items };
  }

  function expandEach(value: Value): Expansion<T> {
    const uncertain = isUnknown(value) ? value : isList(value) ? value.find(isUnknown) : undefined;
    if (uncertain) {
      const references = uncertain.references;
      const each = {
        key: new Unknown("for_each is not known", { references }),
        value: new Unknown("for_each is not known", { references }),
      };
      return unknown("for_each", uncertain, { each });
    }
    const entries = isList(value)
      ? [...new Set(value)].map((item): [string, Value] => [String(item), item])
      : isObject(value)
        ? Object.entries(value)
        : undefined;
    if (!entries || (isList(value) && value.some((item) => typeof item !== "string"))) {
      return refuse("for_each must be a map or a set of strings");
    }
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const items = new Map(entries.map(([key, item]) => [key, make({ key, names: { each: { key, value: item } } })]));
    return { form: "map", items };
  }
}

/** All members of an expansion. */
export function members<T>(expansion: Expansion<T>): T[] {
  switch (expansion.form) {
    case "single":
      return [expansion.only];
    case "list":
      return [...expansion.items];
    case "map":
      return [...expansion.items.values()];
    case "unknown":
      return [expansion.any];
  }
}

/** Follows the first step into an expansion; `each` says what a member is worth at the steps that are left. */
export function enter<T>(
  expansion: Expansion<T>,
  steps: Steps,
  text: string,
  each: (member: T, rest: Steps) => Value,
): Value {
  const rest = steps.slice(1);
  const key = keyOf(steps[0]);
  switch (expansion.form) {
    case "single":
      return each(expansion.only, steps);
    case "list": {
      if (steps.length === 0) return constructed(expansion.items.map((item) => each(item, [])));
      const item = key === undefined || key === "" ? undefined : expansion.items[Number(key)];
      return item === undefined
        ? fail(`${text} has ${expansion.items.length} instances and none at ${JSON.stringify(key)}`)
        : each(item, rest);
    }
    case "map": {
      if (steps.length === 0) {
        const result: Record<string, Value> = {};
        for (const [name, item] of expansion.items) put(result, name, each(item, []));
        return constructed(result);
      }
      const item = expansion.items.get(String(key));
      return item === undefined ? fail(`${text} has no instance ${JSON.stringify(key)}`) : each(item, rest);
    }
    case "unknown":
      if (steps.length > 0) return each(expansion.any, rest);
      return new Unknown(expansion.why, { references: referencesOf(each(expansion.any, [])) });
  }
}

/** The references of what is unknown in a resource or in the outputs of a module. */
function referencesOf(value: Value): Unknown["references"] {
  if (isUnknown(value)) return value.references;
  return isObject(value) ? Object.values(value).flatMap((inner) => referencesOf(inner)) : [];
}

export const keyText = (key: string | number | undefined): string =>
  key === undefined ? "" : typeof key === "number" ? `[${key}]` : `[${quotedKey(key)}]`;

/** A key as Terraform prints it in an address: HCL's quoting, in which `${` and `%{` are escaped. */
function quotedKey(key: string): string {
  return JSON.stringify(key).replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One instance. Its `resource` is there from the start, so that references can point to it; `finish` fills it. */
export class ResourceInstance {
  readonly resource: Resource;
  readonly provider: ProviderInstance;
  private readonly known = new Map<string, Value>();
  private readonly body: JsonObject;
  private readonly schema: BlockSchema | undefined;
  private readonly names: ReadonlySet<string>;
  private readonly sensitive = new Set<string>();
  private object?: Deferred;

  constructor(
    private readonly evaluation: Evaluation,
    private readonly declaration: Declaration,
    private readonly scope: Scope,
    init: Omit<Resource, "values" | "provider" | "stack">,
    provider: ProviderInstance,
  ) {
    evaluation.countInstance();
    this.provider = provider;
    this.resource = { ...init, stack: evaluation.stack, values: {}, provider: provider.provider };
    this.body = init.mode === "action" ? (asList(declaration.body.config)[0] ?? {}) : declaration.body;
    this.schema = schemaOf(init.mode, init.type);
    this.names = new Set(namesIn(this.body, init.mode === "action" ? new Set(["//"]) : metaArguments));
  }

  /** A top-level argument or block type as it is configured; null if it is not. */
  configured(name: string): Value {
    if (!this.names.has(name)) return null;
    let value = this.known.get(name);
    if (value === undefined) {
      const { address } = this.resource;
      const site = { resource: address, attribute: name };
      const text = `${address}.${name}`;
      const found = this.evaluation.tracked(() =>
        this.evaluation.guarded(
          text,
          text,
          () => evaluateMember(this.body, name, this.schema, this.scope, this.evaluation, site),
          { position: this.declaration.position, argument: name },
        ),
      );
      value = this.evaluation.bounded(found.value, site);
      this.known.set(name, value);
      if (found.sensitive) this.sensitive.add(name);
    }
    if (this.sensitive.has(name)) this.evaluation.useSensitive();
    return value;
  }

  /** What a reference to the instance is worth at a path. */
  at(steps: Steps): Value {
    if (steps.length === 0) return this.whole();
    return access(this.attribute(String(keyOf(steps[0]))), steps.slice(1));
  }

  private attribute(name: string): Value {
    const planned = this.evaluation.options.known?.(this.resource.address, name);
    if (planned !== undefined) return planned;
    const configured = this.configured(name);
    if (configured !== null) return configured;
    if (this.resource.type === "terraform_data" && name === "output" && this.names.has("input")) {
      return this.configured("input");
    }
    const special = this.resource.mode === "data" ? dataAttribute(this, name, this.evaluation) : undefined;
    return special ?? this.unknown(name);
  }

  unknown(name: string): Unknown {
    return exactly("known after apply", { address: this.resource.address, path: name, resources: [this.resource] });
  }

  private whole(): Value {
    const references = [{ address: this.resource.address, path: "", resources: [this.resource] }];
    this.object ??= new Deferred("known after apply", { exact: true, references }, (name) => this.attribute(name));
    return this.object;
  }

  /** Fills the resource, and returns it with what hangs on it: its provisioners. */
  finish(): Resource[] {
    const values: Record<string, Value> = {};
    for (const name of this.names) put(values, name, this.configured(name));
    const resource = this.resource as Mutable<Resource>;
    resource.values = values;
    const lifecycle = this.lifecycle();
    if (lifecycle) resource.lifecycle = lifecycle;
    if (this.sensitive.size > 0) resource.sensitive = [...this.sensitive].sort();
    return [resource, ...this.provisioners()];
  }

  /** Lists of bare traversals stay text; conditions of triggers are evaluated; checks of values say nothing on data. */
  private lifecycle(): Values | undefined {
    const [body] = asList(this.declaration.body.lifecycle);
    if (!body) return undefined;
    const plain = (json: Json): Value =>
      typeof json === "string"
        ? bare(json)
        : Array.isArray(json)
          ? json.map(plain)
          : isJsonObject(json)
            ? mapValues(json as Values, (inner) => plain(inner as Json))
            : json;
    const values: Record<string, Value> = {};
    for (const key of Object.keys(body)) {
      if (key !== "//" && key !== "precondition" && key !== "postcondition") put(values, key, plain(body[key]));
    }
    return values;
  }

  private provisioners(): Resource[] {
    const found: { type: string; body: JsonObject }[] = [];
    for (const group of asList(this.declaration.body.provisioner)) {
      for (const type of Object.keys(group)) {
        if (type !== "//") found.push(...asList(group[type]).map((body) => ({ type, body })));
      }
    }
    const connection = asList(this.declaration.body.connection);
    const scope = new SelfScope(this.scope, this);
    return found.map(({ type, body }, index) => {
      const address = `${this.resource.address}.provisioner[${index}]`;
      const complete = body.connection === undefined && connection.length > 0 ? { ...body, connection } : body;
      return {
        address,
        mode: "provisioner" as Mode,
        type,
        name: String(index),
        module: this.resource.module,
        stack: this.resource.stack,
        values: evaluateBody(complete, undefined, scope, this.evaluation, { resource: address }),
        provider: this.resource.provider,
        ...(this.resource.source && { source: this.resource.source }),
        ...(this.resource.conditional && { conditional: this.resource.conditional }),
      };
    });
  }
}

/** In a provisioner, `self` is the resource that it belongs to. */
class SelfScope extends LayeredScope {
  constructor(
    outer: Scope,
    private readonly self: ResourceInstance,
  ) {
    super(outer, {});
  }

  override resolve(traversal: Parameters<Scope["resolve"]>[0]): Value {
    return traversal.root === "self" ? this.self.at(traversal.steps) : super.resolve(traversal);
  }
}
