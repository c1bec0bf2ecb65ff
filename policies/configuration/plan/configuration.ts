/** The `configuration` of a plan: which expressions set an attribute, and what they refer to. */
import { isJsonObject, type Json, type JsonObject } from "../json";
import { asList } from "../modules/module";
import { callNames } from "./paths";

/** A module as the plan's configuration shows it: expressions as their references, or as constants. */
export class PlannedModule {
  /** By address within the module: `aws_vpc.main`, `data.aws_region.here`. */
  readonly resources = new Map<string, JsonObject>();
  readonly outputs: JsonObject;
  readonly variables: JsonObject;
  readonly calls = new Map<string, PlannedModule>();
  private written?: "json" | "hcl" | "either";

  constructor(
    body: JsonObject,
    /** The call that leads to it, in its parent. */
    readonly call?: { readonly name: string; readonly parent: PlannedModule; readonly body: JsonObject },
  ) {
    for (const resource of asList(body.resources)) {
      if (typeof resource.address === "string") this.resources.set(resource.address, resource);
    }
    this.outputs = isJsonObject(body.outputs) ? body.outputs : {};
    this.variables = isJsonObject(body.variables) ? body.variables : {};
    const calls = isJsonObject(body.module_calls) ? body.module_calls : {};
    for (const name of Object.keys(calls)) {
      const call = calls[name];
      if (!isJsonObject(call)) continue;
      const inner = isJsonObject(call.module) ? call.module : {};
      this.calls.set(name, new PlannedModule(inner, { name, parent: this, body: call }));
    }
  }

  /** Whether its call has `count` or `for_each`. */
  get repeated(): boolean {
    const call = this.call?.body;
    return call?.count_expression !== undefined || call?.for_each_expression !== undefined;
  }

  /**
   * The syntax that the module is written in: a plan shows an expression of HCL that is no constant by its references
   * alone, one of JSON by its text too. A module may have files in both.
   */
  get syntax(): "json" | "hcl" | "either" {
    this.written ??= this.tell();
    return this.written;
  }

  private tell(): "json" | "hcl" | "either" {
    const found = new Set<string>();
    const look = (value: Json | undefined): void => {
      if (isExpression(value)) {
        if (Array.isArray(value.references)) found.add(value.constant_value === undefined ? "hcl" : "json");
      } else if (typeof value === "object" && value !== null) {
        for (const inner of Object.values(value)) look(inner);
      }
    };
    for (const resource of this.resources.values()) look(resource.expressions);
    for (const { call } of this.calls.values()) look(call!.body.expressions);
    look(this.outputs);
    if (found.size !== 1) return "either";
    return found.has("json") ? "json" : "hcl";
  }

  /** The module at an address with or without keys: `module.a["k"].module.b`. */
  at(address: string): PlannedModule | undefined {
    let module: PlannedModule | undefined = this;
    for (const name of callNames(address)) module = module?.calls.get(name);
    return module;
  }
}

/**
 * The references of an expression without those that only repeat the beginning of the one before: Terraform lists
 * `aws_x.a[0].id`, `aws_x.a[0]`, `aws_x.a` for the first alone.
 */
export function distinctReferences(expression: Json | undefined): string[] {
  const listed = isJsonObject(expression) && Array.isArray(expression.references) ? expression.references : [];
  const found: string[] = [];
  let previous: string | undefined;
  for (const reference of listed) {
    if (typeof reference !== "string") continue;
    const repeats = previous?.startsWith(reference) && /^[.[]/.test(previous.slice(reference.length));
    if (!repeats) found.push(reference);
    previous = reference;
  }
  return [...new Set(found)];
}

/** An expression's references, those of a whole block or of a list of blocks. */
export function referencesBelow(expression: Json | undefined): string[] {
  if (Array.isArray(expression)) return expression.flatMap((one) => referencesBelow(one));
  if (!isJsonObject(expression)) return [];
  if (isExpression(expression)) return distinctReferences(expression);
  return Object.values(expression as JsonObject).flatMap((one: Json) => referencesBelow(one));
}

/** Whether an object is an expression (and not a block of expressions). */
export const isExpression = (value: Json | undefined): value is JsonObject =>
  isJsonObject(value) &&
  Object.keys(value).length > 0 &&
  Object.keys(value).every((key) => key === "references" || key === "constant_value");
