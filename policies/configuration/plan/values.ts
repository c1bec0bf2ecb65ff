/** The values of a planned resource: those of the plan, with unknowns where the plan says that apply will tell. */

import { isJsonObject, type Json, type JsonObject } from "../json";
import { put } from "../schema/convert";
import type { AttributeSchema, BlockSchema } from "../schema/schema";
import { isObject, Unknown, type Value, type Values } from "../value";
import { isExpression, referencesBelow } from "./configuration";
import type { PlanReferences, Standpoint } from "./references";
import { asWritten } from "./texts";

/** What is known of the configuration of a resource; no `expressions` if the plan carries none. */
export interface Configured {
  readonly expressions?: JsonObject;
  readonly at: Standpoint;
  /** It is an `aws_iam_policy_document`. */
  readonly document?: boolean;
}

/** Whether a mask of unknowns marks anything. */
export function marksAny(mask: Json | undefined): boolean {
  if (mask === true) return true;
  if (typeof mask !== "object" || mask === null) return false;
  if (Array.isArray(mask)) return mask.some(marksAny);
  for (const key in mask) if (marksAny(mask[key])) return true;
  return false;
}

/**
 * The expressions of several blocks of a set, of which any may belong to the block that is looked at: the plan lists
 * sets in an order of its own.
 */
class AnyOf {
  constructor(readonly expressions: readonly (Json | undefined)[]) {}

  below(name: string): AnyOf {
    return new AnyOf(this.expressions.map((one) => (isExpression(one) || !isJsonObject(one) ? one : one[name])));
  }

  get references(): string[] {
    return this.expressions.flatMap((one) => referencesBelow(one));
  }
}

type Source = Json | AnyOf | undefined;

/** The schema of what stands at a place: an attribute, a block, or neither is known. */
interface Shape {
  readonly attribute?: AttributeSchema;
  readonly inner?: BlockSchema;
  readonly ordered?: boolean;
}

function shapeOf(name: string, schema: BlockSchema | undefined): Shape {
  const attribute = schema?.attributes[name];
  if (attribute) return { attribute, inner: attribute.object, ordered: attribute.type.startsWith("list") };
  const block = schema?.blocks[name];
  return block ? { inner: block.block, ordered: block.nesting !== "set" } : {};
}

/**
 * Arguments of which the provider takes only one. Where the other is known, this one is for AWS to tell, whatever its
 * expression looked at (`length(var.name) > 0 ? null : …`).
 */
const alternatives: ReadonlyMap<string, string> = new Map([
  ["availability_zone", "availability_zone_id"],
  ["availability_zone_id", "availability_zone"],
  ["bucket_prefix", "bucket"],
  ["name_prefix", "name"],
]);

const onlyComputed = ({ attribute }: Shape): boolean =>
  attribute !== undefined && !attribute.optional && !attribute.required;

export class PlanValues {
  constructor(private readonly references: PlanReferences) {}

  /** The values with unknowns put in; the same object if there are none. */
  complete(
    values: Values,
    mask: Json | undefined,
    schema: BlockSchema | undefined,
    configured: Configured,
    sharper: (name: string) => Value | undefined = () => undefined,
  ): Values {
    if (!isJsonObject(mask)) return values;
    const { expressions } = configured;
    let copy: Record<string, Value> | undefined;
    for (const name of Object.keys(mask)) {
      const marks = mask[name];
      if (marks !== true && !marksAny(marks)) continue;
      const evaluated = sharper(name);
      if (evaluated !== undefined && evaluated !== null) {
        copy ??= { ...values };
        put(copy, name, evaluated);
        continue;
      }
      const expression = expressions && Object.hasOwn(expressions, name) ? expressions[name] : undefined;
      // What no expression sets is left to AWS; parts of a block that no expression sets come from a dynamic block.
      if (expressions && expression === undefined && marks === true) continue;
      const shape = shapeOf(name, schema);
      const other = alternatives.get(name);
      if (onlyComputed(shape) || (other !== undefined && typeof values[other] === "string")) continue;
      const own = Object.hasOwn(values, name) ? values[name] : null;
      const value = this.value(own, marks, expression, shape, configured);
      if (value === undefined) continue;
      copy ??= { ...values };
      put(copy, name, written(name, value, expression, configured));
    }
    return copy ?? values;
  }

  /** The values of expressions alone, for what a plan shows no values of: provisioners. */
  expressions(expressions: JsonObject, at: Standpoint): Values {
    const values: Record<string, Value> = {};
    for (const name of Object.keys(expressions)) {
      const expression = expressions[name];
      if (isExpression(expression)) put(values, name, this.references.templates.value(expression, at));
      else if (Array.isArray(expression)) {
        put(
          values,
          name,
          expression.map((one) => (isJsonObject(one) ? this.expressions(one, at) : null)),
        );
      } else if (isJsonObject(expression)) put(values, name, [this.expressions(expression, at)]);
    }
    return values;
  }

  /** Undefined if the value is left to AWS. */
  private value(value: Value, mask: Json, source: Source, shape: Shape, configured: Configured): Value | undefined {
    const { at } = configured;
    if (isExpression(source as Json) && (source as JsonObject).constant_value !== undefined) {
      return this.references.unknown(source as JsonObject, at);
    }
    if (mask === true) return this.whole(source, shape, at);
    if (Array.isArray(mask)) return this.list(value, mask, source, shape, configured);
    if (!isJsonObject(mask)) return value;
    const values: Values = isObject(value) ? value : {};
    const copy: Record<string, Value> = { ...values };
    for (const name of Object.keys(mask)) {
      if (!marksAny(mask[name])) continue;
      const inner = shapeOf(name, shape.inner);
      if (onlyComputed(inner)) continue;
      const below = stepInto(source, name);
      // A block that is written out shows all that is set in it.
      if (below === undefined && isJsonObject(source as Json)) continue;
      const own = Object.hasOwn(values, name) ? values[name] : null;
      const completed = this.value(own, mask[name], below, inner, configured);
      if (completed !== undefined) put(copy, name, written(name, completed, below, configured));
    }
    return copy;
  }

  /** A value of which nothing is known but where it comes from. */
  private whole(source: Source, { attribute }: Shape, at: Standpoint): Value | undefined {
    if (source instanceof AnyOf) return this.anyOf(source, at);
    if (!isExpression(source)) return this.references.loose(referencesBelow(source), at);
    if (attribute && /^(list|set)\((string|any)\)$/.test(attribute.type)) {
      const items = this.references.unknowns(source, at);
      if (items) return items;
    }
    return this.references.unknown(source, at);
  }

  private anyOf(source: AnyOf, at: Standpoint): Value {
    const { references } = this.references.loose(source.references, at);
    const given = source.expressions.filter((one) => isExpression(one));
    if (given.length < source.expressions.length) return new Unknown("known after apply", { references });
    const candidates = given.map((one) => this.references.unknown(one, at) ?? null);
    return new Unknown("known after apply", { references, candidates });
  }

  private list(value: Value, mask: Json[], source: Source, { inner, ordered }: Shape, configured: Configured): Value {
    const { at } = configured;
    const values = Array.isArray(value) ? (value as readonly Value[]) : [];
    const items =
      !(source instanceof AnyOf) && isExpression(source) && mask.every((item) => item === true)
        ? this.references.unknowns(source, at)
        : undefined;
    if (items?.length === mask.length) return items;
    return mask.map((item, index) => {
      const own = values[index] ?? null;
      if (!marksAny(item)) return own;
      const expression = this.expressionOf(source, index, mask.length, ordered === true);
      // One expression makes the whole list; which part of it makes this element is not known.
      if (item === true && mask.length > 1 && isExpression(expression as Json)) {
        return this.references.loose(referencesBelow(expression as Json), at);
      }
      return this.value(own, item, expression, { inner }, configured) ?? null;
    });
  }

  /** The expressions of one of several blocks; undefined if a dynamic block made some of them. */
  private expressionOf(source: Source, index: number, count: number, ordered: boolean): Source {
    if (!Array.isArray(source)) return source;
    if (source.length !== count) return undefined;
    return count === 1 || ordered ? source[index] : new AnyOf(source);
  }
}

/** What is not written out as a template. */
function written(name: string, value: Value, source: Source, { document = false }: Configured): Value {
  const template = !(source instanceof AnyOf) && isJsonObject(source) && source.constant_value !== undefined;
  return template ? value : asWritten(name, value, document);
}

function stepInto(source: Source, name: string): Source {
  if (source instanceof AnyOf) return source.below(name);
  return isJsonObject(source) && !isExpression(source) ? source[name] : source;
}
