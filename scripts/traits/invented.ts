/** Values for the arguments of a type of which nothing is known but its schema. */
import type { Value, Values } from "../../rehearsal/protocol/value";
import type { CtyType } from "../../rehearsal/schema/model";
import type { WireAttribute, WireBlock } from "../real-provider/provider";

export const SINGLE = 1;
export const MAP = 4;

export type Leaf = (attribute: WireAttribute, path: string) => Value;

export const parseType = (attribute: WireAttribute): CtyType =>
  JSON.parse(Buffer.from(attribute.type).toString("utf8")) as CtyType;

/** A value of a block whose attributes `leaf` gives; every nested block stands in it once. */
export function fill(block: WireBlock, leaf: Leaf, prefix = ""): Values {
  const values: Record<string, Value> = {};
  for (const attribute of block.attributes) values[attribute.name] = leaf(attribute, prefix + attribute.name);
  for (const { type_name, block: inner, nesting } of block.block_types) {
    const value = type_name === "timeouts" ? null : fill(inner, leaf, `${prefix}${type_name}.`);
    values[type_name] = nesting === SINGLE ? value : nesting === MAP ? { key: value } : value === null ? [] : [value];
  }
  return values;
}

/** The same without any nested block. */
export function bare(block: WireBlock, leaf: Leaf, prefix = ""): Values {
  const values: Record<string, Value> = {};
  for (const attribute of block.attributes) values[attribute.name] = leaf(attribute, prefix + attribute.name);
  for (const { type_name, nesting } of block.block_types) {
    values[type_name] = nesting === SINGLE ? null : nesting === MAP ? {} : [];
  }
  return values;
}

/** An invented value of a type; two seeds give two that differ everywhere. */
export function invent(type: CtyType, seed: number): Value {
  if (type === "string") return `invented-${seed}`;
  if (type === "number") return seed + 1;
  if (type === "bool") return seed % 2 === 1;
  if (type === "dynamic") return null;
  if (type[0] === "object") {
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, invent(inner, seed)]));
  }
  return type[0] === "map" ? { key: invent(type[1], seed) } : [invent(type[1], seed)];
}
