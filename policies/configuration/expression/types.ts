/**
 * Terraform's types. Values are plain JSON, which does not tell a list from a set or a tuple, nor a map from an object:
 * what the evaluator knows of that is kept beside the value, in a weak table. Arrays and objects that come from outside
 * without it (a plan, a state) are collections of a kind that is not known; comparisons then stay undecided where the
 * kind would matter.
 */
import { isList, isUnknown, type Value, type Values } from "../value";
import { isNumeric } from "./number";

export type Primitive = "string" | "number" | "bool";
export interface Collection {
  readonly kind: "list" | "set" | "map";
  readonly element: Type;
}
export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly Type[];
}
export interface ObjectType {
  readonly kind: "object";
  readonly attributes: ReadonlyMap<string, Type>;
  /** Attributes that may be left out, with the value they then have. */
  readonly optional?: ReadonlyMap<string, Value>;
}
/** `any` is a type that is not told; `none` is no type at all: that of null, of the elements of an empty list. */
export type Type = "any" | "none" | Primitive | Collection | TupleType | ObjectType;

export const list = (element: Type): Collection => ({ kind: "list", element });
export const set = (element: Type): Collection => ({ kind: "set", element });
export const map = (element: Type): Collection => ({ kind: "map", element });

/** A value that an expression constructed, whose type is that of its elements. */
const structural = Symbol("tuple or object");

const known = new WeakMap<object, Type | typeof structural>();

/** Notes the type of a collection or an unknown value, and returns it. */
export function typed<T extends Value>(value: T, type: Type): T {
  if (typeof value === "object" && value !== null && type !== "any" && type !== "none") known.set(value, type);
  return value;
}

/** Notes that a value is a tuple or an object and not some other collection. */
export function constructed<T extends Value>(value: T): T {
  known.set(value as object, structural);
  return value;
}

/** The collection type that a value was given; undefined for tuples, objects and values from outside. */
export function collectionType(value: Value): Collection | undefined {
  const type = typeof value === "object" && value !== null ? known.get(value) : undefined;
  return typeof type === "object" && (type.kind === "list" || type.kind === "set" || type.kind === "map")
    ? type
    : undefined;
}

export const isSet = (value: Value): boolean => collectionType(value)?.kind === "set";

/** Whether it is not known if this array or object is a collection or a tuple or object. */
export const isUntold = (value: Value): boolean =>
  typeof value === "object" && value !== null && !isUnknown(value) && !known.has(value);

/** Whether such a value is in it, at any depth. */
export function holdsUntold(value: Value): boolean {
  if (typeof value !== "object" || value === null || isUnknown(value)) return false;
  if (isUntold(value)) return true;
  return isList(value) ? value.some(holdsUntold) : Object.values(value).some(holdsUntold);
}

/** Notes that a result is a tuple or an object, unless what it is made of may be other collections. */
export function constructedFrom<T extends Value>(sources: readonly Value[], value: T): T {
  return sources.some(isUntold) ? value : constructed(value);
}

/** A copy that does not tell what kinds of collections the value consists of. Sets stay sets. */
export function untold(value: Value): Value {
  if (typeof value !== "object" || value === null || isUnknown(value) || isSet(value)) return value;
  if (isList(value)) return value.map(untold);
  const result = record();
  for (const key of Object.keys(value)) result[key] = untold((value as Values)[key]);
  return result;
}

/** The type as far as it is known; that of an array or object from outside is not. */
export function typeOf(value: Value): Type {
  if (value === null) return "none";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (isNumeric(value)) return "number";
  const noted = known.get(value as object);
  if (noted !== undefined && noted !== structural) return noted as Type;
  if (isUnknown(value)) return value.parts || value.json !== undefined ? "string" : "any";
  if (noted === undefined) return "any";
  if (isList(value)) {
    const type: TupleType = { kind: "tuple", elements: value.map(typeOf) };
    return type;
  }
  const attributes = new Map<string, Type>();
  for (const key of Object.keys(value)) attributes.set(key, typeOf((value as Values)[key]));
  return { kind: "object", attributes };
}

export const isPrimitive = (type: Type): type is Primitive => type === "string" || type === "number" || type === "bool";

export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (typeof a === "string" || typeof b === "string" || a.kind !== b.kind) return false;
  if (a.kind === "tuple") {
    const { elements } = b as TupleType;
    return a.elements.length === elements.length && a.elements.every((type, i) => sameType(type, elements[i]));
  }
  if (a.kind === "object") {
    const { attributes } = b as ObjectType;
    if (a.attributes.size !== attributes.size) return false;
    for (const [name, type] of a.attributes) {
      const other = attributes.get(name);
      if (other === undefined || !sameType(type, other)) return false;
    }
    return true;
  }
  return sameType(a.element, (b as Collection).element);
}

/** Whether `any` stands somewhere in the type, so that the real type may differ. */
export function isVague(type: Type): boolean {
  if (typeof type === "string") return type === "any";
  if (type.kind === "tuple") return type.elements.some(isVague);
  if (type.kind === "object") return [...type.attributes.values()].some(isVague);
  return isVague(type.element);
}

/** As Terraform writes type constraints. */
export function typeText(type: Type): string {
  if (typeof type === "string") return type;
  if (type.kind === "tuple") return `tuple([${type.elements.map(typeText).join(", ")}])`;
  if (type.kind === "object") {
    const names = [...type.attributes].map(([name, attribute]) => `${name}: ${typeText(attribute)}`);
    return `object({${names.join(", ")}})`;
  }
  return `${type.kind}(${typeText(type.element)})`;
}

/** What a value is, as a noun for messages. */
export function describe(value: Value): string {
  const type = typeOf(value);
  if (value === null) return "null";
  if (type === "any") return isUnknown(value) ? "a value that is not known" : isList(value) ? "a list" : "an object";
  if (typeof type === "string") return `a ${type}`;
  return type.kind === "object" ? "an object" : `a ${type.kind}`;
}

/** By code points, as Go compares strings. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above all others.
    const high = (code: number): number => (code >= 0xd800 && code <= 0xdfff ? code + 0x10000 : code);
    return high(x) - high(y);
  }
  return a.length - b.length;
}

/** The keys of a map or an object in the order in which Terraform walks them. */
export function sortedKeys(value: Values): string[] {
  const names = Object.keys(value);
  for (let i = 1; i < names.length; i++) {
    if (compareStrings(names[i - 1], names[i]) > 0) return names.sort(compareStrings);
  }
  return names;
}

/** An object without prototype, so that no key means anything to JavaScript. */
export function record(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}

/** Whether the object has the attribute itself. */
export const has = (value: Values, key: string): boolean => Object.hasOwn(value, key);
