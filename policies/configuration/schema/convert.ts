/**
 * Values in the types that the provider's schema gives them, as Terraform converts them: `"443"` for a number is 443.
 * Without it a model that asks whether an attribute is `true` would not see `"true"`.
 */

import { isList, isObject, isUnknown, type Value, type Values } from "../value";
import type { AttributeSchema, BlockSchema } from "./schema";

/** Sets an own key, `__proto__` too. */
export function put<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** A value that does not fit the type stays as it is: whoever looks at it then sees what was written. */
export function convert(value: Value, schema: Pick<AttributeSchema, "type" | "object">): Value {
  return convertTo(value, schema.type, schema.object);
}

function convertTo(value: Value, type: string, object: BlockSchema | undefined): Value {
  if (value === null || isUnknown(value)) return value;
  switch (type) {
    case "string":
      return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    case "number":
      return typeof value === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : value;
    case "bool":
      return value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : value;
    case "object":
      return object && isObject(value) ? convertObject(value, object) : value;
  }
  const open = type.indexOf("(");
  if (open === -1) return value;
  const element = type.slice(open + 1, -1);
  if (type.startsWith("map")) {
    return isObject(value) ? mapValues(value, (inner) => convertTo(inner, element, object)) : value;
  }
  if (isList(value)) return value.map((inner) => convertTo(inner, element, object));
  // Attributes whose elements are objects may be written like blocks, and one block is an object in JSON.
  return element === "object" && isObject(value) ? [convertTo(value, element, object)] : value;
}

/** The attributes and nested blocks of an object, converted; names that the schema lacks stay. */
function convertObject(value: Values, schema: BlockSchema): Values {
  return mapValues(value, (inner, key) => {
    const attribute = schema.attributes[key];
    if (attribute) return convert(inner, attribute);
    const block = schema.blocks[key];
    if (!block) return inner;
    return convertBlocks(inner, block.nesting, block.block);
  });
}

/** Blocks as a list of objects; a single-nested one stays an object, a map of blocks an object of objects. */
export function convertBlocks(value: Value, nesting: string, schema: BlockSchema): Value {
  if (isList(value)) {
    const items = value.map((item) => (isObject(item) ? convertObject(item, schema) : item));
    return nesting === "single" && items.length === 1 ? items[0] : items;
  }
  if (!isObject(value)) return value;
  if (nesting === "map") return mapValues(value, (item) => (isObject(item) ? convertObject(item, schema) : item));
  const item = convertObject(value, schema);
  return nesting === "single" ? item : [item];
}

export function mapValues(values: Values, change: (value: Value, key: string) => Value): Values {
  const result: Record<string, Value> = {};
  for (const key of Object.keys(values)) put(result, key, change(values[key], key));
  return result;
}
