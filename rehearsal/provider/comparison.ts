/** Whether values are the same to Terraform: sets without their order, nothing and an empty collection apart. */
import { canonical, isList, isValues, type Value } from "../protocol/value";
import type { Block, CtyType } from "../schema/model";

/** The value with every set in one fixed order. */
export function ordered(type: CtyType, value: Value | undefined): Value {
  if (value === undefined) return null;
  if (typeof type === "string") return value;
  const [kind, inner] = type;
  if (kind === "object") {
    if (!isValues(value)) return value;
    return Object.fromEntries(Object.entries(inner).map(([name, member]) => [name, ordered(member, value[name])]));
  }
  if (isList(value)) {
    const items = value.map((item) => ordered(inner, item));
    return kind === "set" ? sorted(items) : items;
  }
  return isValues(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, ordered(inner, item)]))
    : value;
}

export function orderedBlock(block: Block, value: Value | undefined): Value {
  if (!isValues(value)) return value ?? null;
  const result: Record<string, Value> = Object.create(null);
  for (const [name, { type }] of block.attributes) result[name] = ordered(type, value[name]);
  for (const [name, { nesting, block: inner }] of block.blocks) {
    const nested = value[name];
    if (isList(nested)) {
      const items = nested.map((item) => orderedBlock(inner, item));
      result[name] = nesting === "set" ? sorted(items) : items;
    } else if (nesting === "map" && isValues(nested)) {
      result[name] = Object.fromEntries(Object.entries(nested).map(([key, item]) => [key, orderedBlock(inner, item)]));
    } else {
      result[name] = orderedBlock(inner, nested);
    }
  }
  return result;
}

const sorted = (items: Value[]): Value[] =>
  items
    .map((item) => [canonical(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);

export const sameAttribute = (type: CtyType, a: Value | undefined, b: Value | undefined): boolean =>
  canonical(ordered(type, a)) === canonical(ordered(type, b));

export const sameBlock = (block: Block, a: Value | undefined, b: Value | undefined): boolean =>
  canonical(orderedBlock(block, a)) === canonical(orderedBlock(block, b));
