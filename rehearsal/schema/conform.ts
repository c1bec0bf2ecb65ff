/** Gives a value exactly the members that its schema has: what is missing is null or empty, what is more is left out. */
import { isList, isValues, unknown, type Value, type Values } from "../protocol/value";
import type { Block, CtyType } from "./model";

export function conformBlock(block: Block, value: Values): Values {
  const result: Record<string, Value> = Object.create(null);
  for (const [name, { type }] of block.attributes) result[name] = conform(type, value[name]);
  for (const [name, { nesting, block: inner }] of block.blocks) {
    const nested = value[name];
    if (nested === unknown) result[name] = unknown;
    else if (nesting === "single") result[name] = isValues(nested) ? conformBlock(inner, nested) : null;
    else if (nesting === "map") {
      const entries = Object.entries(isValues(nested) ? nested : {});
      result[name] = Object.fromEntries(entries.map(([key, item]) => [key, element(inner, item)]));
    } else result[name] = isList(nested) ? nested.map((item) => element(inner, item)) : [];
  }
  return result;
}

const element = (block: Block, value: Value): Value => (isValues(value) ? conformBlock(block, value) : value);

export function conform(type: CtyType, value: Value | undefined): Value {
  if (value === undefined || value === null) return null;
  if (value === unknown) return value;
  if (typeof type === "string") return scalar(type, value);
  const [kind, inner] = type;
  if (kind === "object") {
    if (!isValues(value)) return null;
    return Object.fromEntries(Object.entries(inner).map(([name, member]) => [name, conform(member, value[name])]));
  }
  if (kind === "map") {
    if (!isValues(value)) return null;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, conform(inner, item)]));
  }
  return isList(value) ? value.map((item) => conform(inner, item)) : null;
}

function scalar(type: string, value: Value): Value {
  if (type === "string") return typeof value === "object" ? null : String(value);
  if (type === "bool") return typeof value === "boolean" ? value : null;
  // A number that no double holds travels as text.
  if (type === "number") return typeof value === "number" || typeof value === "string" ? value : null;
  return null;
}
