/** Conversions between Terraform's types, as its documentation has them under "Type Constraints" and go-cty does them. */
import { isList, isObject, Unknown, type Value } from "../value";
import { attemptAll, mismatch, quote } from "./errors";
import { compare, isNumeric, type Numeric, numberText, parseNumber } from "./number";
import {
  type Collection,
  collectionType,
  compareStrings,
  constructed,
  describe,
  has,
  isPrimitive,
  list,
  map,
  type ObjectType,
  record,
  sameType,
  set,
  sortedKeys,
  type TupleType,
  type Type,
  typed,
  typeOf,
  typeText,
} from "./types";
import { computed, isKnown, isOpen, someOf } from "./unknown";

/** A primitive as a string; fails for everything else. Null is not expected here. */
export function stringOf(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (isNumeric(value)) return numberText(value);
  return mismatch(`a string is required, not ${describe(value)}`);
}

export function numberOf(value: Value): Numeric {
  if (isNumeric(value)) return value;
  if (typeof value === "string") {
    const parsed = parseNumber(value);
    if (parsed !== undefined) return parsed;
    mismatch(`a number is required, not the text ${quote(value)}`);
  }
  return mismatch(`a number is required, not ${describe(value)}`);
}

export function boolOf(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  if (typeof value === "string") mismatch(`a bool is required, not the text ${quote(value)}`);
  return mismatch(`a bool is required, not ${describe(value)}`);
}

/** Converts a value; fails if Terraform would. Unknown parts stay unknown and are noted to have the type. */
export function convert(value: Value, type: Type): Value {
  if (isUndecided(type) || value === null) return value;
  if (isOpen(value)) return convertOpen(value, type);
  if (type === "string") return stringOf(value);
  if (type === "number") return numberOf(value);
  if (type === "bool") return boolOf(value);
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") {
    const noted = collectionType(value);
    if (noted && sameType(noted, type)) return value;
  }
  switch (type.kind) {
    case "list":
    case "set":
      return toSequence(value, type);
    case "map":
      return toMap(value, type);
    case "tuple":
      return toTuple(value, type);
    case "object":
      return toObject(value, type);
  }
}

function convertOpen(value: Value, type: Type): Value {
  if (!isOpen(value)) return value;
  const now = typeOf(value);
  if (now !== "any" && isPrimitive(now) !== isPrimitive(type))
    mismatch(`${article(type)} is required, not ${describe(value)}`);
  if (sameType(now, type)) return value;
  if (value.candidates) {
    // It can't be one of those that would make Terraform fail.
    const candidates = attemptAll(value.candidates, (candidate) => convert(candidate, type));
    return computed([value], { candidates, type });
  }
  if (value.members && typeof type === "object" && (type.kind === "list" || type.kind === "set")) {
    const { element } = type;
    // There may be none of them, so that none has to fit.
    const fitting = value.members.flatMap((member) => attemptAll([member], (one) => convert(one, element), []));
    return someOf(fitting, [value], type);
  }
  if (typeof now === "object" && now.kind === "set" && typeof type === "object" && type.kind !== "set") {
    return computed([value], { type });
  }
  // The same attribute, converted, is still what the reference says; a set of a list is, element by element.
  if (value.exact || value.parts || value.json !== undefined) return retyped(value, type);
  return computed([value], { type });
}

/** A copy, as the type belongs to this view of the value only; those of a class of their own stay what they are. */
function retyped(value: Unknown, type: Type): Value {
  return value.constructor === Unknown ? typed(new Unknown(value.why, value), type) : value;
}

const article = (type: Type): string => {
  const text = typeof type === "string" ? type : type.kind;
  return `${text === "object" ? "an" : "a"} ${text}`;
};

function toSequence(value: Value, type: Collection): Value {
  if (!isList(value)) return mismatch(`${article(type)} is required, not ${describe(value)}`);
  const isSetNow = collectionType(value)?.kind === "set";
  if (isSetNow && type.kind === "list" && !isKnown(value)) return someOf(value, [value], type);
  const element = isUndecided(type.element) ? unifyAll(elementTypes(value)) : type.element;
  if (element === undefined) return mismatch(`all elements of a ${type.kind} must have the same type`);
  checkEmpty(value, element);
  const items = value.map((item) => convert(item, element));
  return type.kind === "list" ? typed(items, list(element)) : makeSet(items, element);
}

/** The elements decide which type they have. */
const isUndecided = (type: Type): type is "any" | "none" => type === "any" || type === "none";

/** A collection without elements still has a type, which may not fit. */
function checkEmpty(value: Value, element: Type): void {
  const noted = collectionType(value);
  if (noted && !canConvert(noted.element, element)) mismatch(`elements of type ${typeText(element)} are required`);
}

/** Whether some value of a type can be converted to another. */
export function canConvert(from: Type, to: Type): boolean {
  if (isUndecided(from) || isUndecided(to)) return true;
  if (typeof from === "string" || typeof to === "string") {
    return isPrimitive(from) && isPrimitive(to) && (from === to || from === "string" || to === "string");
  }
  if (to.kind === "tuple") return from.kind === "tuple" && from.elements.length === to.elements.length;
  if (isMapLike(from) !== isMapLike(to)) return false;
  return to.kind === "object" || elementsOf(from).every((type) => canConvert(type, to.element));
}

function elementTypes(value: readonly Value[]): Type[] {
  const noted = collectionType(value);
  return noted ? [noted.element] : value.map(typeOf);
}

function toMap(value: Value, type: Collection): Value {
  if (!isObject(value)) return mismatch(`a map is required, not ${describe(value)}`);
  const noted = collectionType(value);
  const keys = sortedKeys(value);
  const types = noted ? [noted.element] : keys.map((key) => typeOf(value[key]));
  const element = isUndecided(type.element) ? unifyAll(types) : type.element;
  if (element === undefined) return mismatch("all elements of a map must have the same type");
  checkEmpty(value, element);
  const result = record();
  for (const key of keys) result[key] = convert(value[key], element);
  return typed(result, map(element));
}

function toTuple(value: Value, type: TupleType): Value {
  if (!isList(value)) return mismatch(`a tuple is required, not ${describe(value)}`);
  if (value.length !== type.elements.length) mismatch(`a tuple of ${type.elements.length} elements is required`);
  if (collectionType(value)?.kind === "set") mismatch("a tuple is required, not a set");
  return constructed(value.map((item, i) => convert(item, type.elements[i])));
}

function toObject(value: Value, type: ObjectType): Value {
  if (!isObject(value)) return mismatch(`an object is required, not ${describe(value)}`);
  const result = record();
  for (const [name, attribute] of type.attributes) {
    const given = has(value, name) ? value[name] : null;
    const optional = type.optional?.has(name) === true;
    if (!has(value, name) && !optional) mismatch(`the attribute ${quote(name)} is required`);
    result[name] = given === null && optional ? (type.optional?.get(name) ?? null) : convert(given, attribute);
  }
  return constructed(result);
}

/** Sorted and without duplicates, as Terraform holds sets. Elements that are not wholly known come last. */
export function makeSet(items: readonly Value[], element: Type): Value {
  const knownItems: Value[] = [];
  const open: Value[] = [];
  const seen = new Set<unknown>();
  for (const item of items) {
    const key = isKnown(item) ? identity(item) : item;
    if (seen.has(key)) continue;
    seen.add(key);
    (isKnown(item) ? knownItems : open).push(item);
  }
  knownItems.sort(compareInSet);
  return typed([...knownItems, ...open], set(element));
}

/** A text that two known values have in common only if they are equal. */
export function identity(value: Value): string {
  if (isList(value)) return `[${value.map(identity).join(",")}]`;
  if (isObject(value))
    return `{${sortedKeys(value)
      .map((key) => `${JSON.stringify(key)}:${identity(value[key])}`)
      .join(",")}}`;
  if (isNumeric(value)) return numberText(value);
  return JSON.stringify(value);
}

/** Strings by code point, numbers by size, false before true, all else as go-cty orders it; null last. */
function compareInSet(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  if (isNumeric(a) && isNumeric(b)) return compare(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  return compareStrings(orderText(a), orderText(b));
}

/** What go-cty sorts the elements of a set by that are no primitives (set_internals.go). */
function orderText(value: Value): string {
  if (value === null) return "~";
  if (typeof value === "boolean") return value ? "T" : "F";
  if (isNumeric(value)) return numberText(value);
  if (typeof value === "string") return JSON.stringify(value);
  const noted = collectionType(value);
  if (isList(value)) {
    const items = value.map((item) => `${orderText(item)};`).join("");
    return noted ? `[${items}]` : `<${items}>`;
  }
  if (!isObject(value)) return "?";
  const keys = sortedKeys(value);
  if (noted) return `{${keys.map((key) => `${JSON.stringify(key)}:${orderText(value[key])};`).join("")}}`;
  return `<${keys.map((key) => `${orderText(value[key])};`).join("")}>`;
}

/** The type that values of both types convert to; undefined if there is none. */
export const unify = (a: Type, b: Type): Type | undefined => unifyAll([a, b]);

/** The type that values of all these types convert to, after go-cty's unify.go; `none` for no types at all. */
export function unifyAll(types: readonly Type[]): Type | undefined {
  const distinct: Exclude<Type, "any" | "none">[] = [];
  for (const type of types) {
    if (!isUndecided(type) && !distinct.some((other) => sameType(other, type))) distinct.push(type);
  }
  const [first] = distinct;
  // Beside a type that is not told only texts stay what they are.
  if (types.includes("any")) return distinct.includes("string") && distinct.every(isPrimitive) ? "string" : "any";
  if (first === undefined) return "none";
  if (distinct.length === 1) return first;
  if (distinct.every(isPrimitive)) return distinct.includes("string") ? "string" : undefined;
  const structures = distinct.filter((type) => typeof type !== "string");
  return structures.length === distinct.length ? unifyStructures(structures) : undefined;
}

type Structure = Exclude<Type, string>;

const isMapLike = (type: Structure): boolean => type.kind === "map" || type.kind === "object";

function elementsOf(type: Structure): Type[] {
  if (type.kind === "tuple") return [...type.elements];
  if (type.kind === "object") return [...type.attributes.values()];
  return [type.element];
}

function unifyStructures(types: readonly Structure[]): Type | undefined {
  if (types.every(isMapLike)) {
    const objects = types.filter((type) => type.kind === "object");
    return (objects.length === types.length && unifyObjects(objects)) || around(map, types);
  }
  if (types.some(isMapLike)) return undefined;
  const tuples = types.filter((type) => type.kind === "tuple");
  if (tuples.length === types.length) return unifyTuples(tuples) ?? around(list, types);
  const sets = types.filter((type) => type.kind === "set");
  if (sets.length === types.length) return around(set, types);
  if (sets.length === 0) return around(list, types);
  // A list and a set, or a set and a tuple, have no type between them: one of the given is taken as it is.
  const taken = types.find((type) => type.kind === "list") ?? sets[0];
  return types.every((type) => canConvert(type, taken)) ? taken : undefined;
}

function around(make: (element: Type) => Type, types: readonly Structure[]): Type | undefined {
  const element = unifyAll(types.flatMap(elementsOf));
  return element === undefined ? undefined : make(element);
}

/** Attribute by attribute, if all have the same. */
function unifyObjects(types: readonly ObjectType[]): Type | undefined {
  const [first] = types;
  if (!types.every(({ attributes }) => attributes.size === first.attributes.size)) return undefined;
  const attributes = new Map<string, Type>();
  for (const name of first.attributes.keys()) {
    const across = types.flatMap((type) => type.attributes.get(name) ?? []);
    const unified = across.length === types.length ? unifyAll(across) : undefined;
    if (unified === undefined) return undefined;
    attributes.set(name, unified);
  }
  return { kind: "object", attributes };
}

/** Element by element, if all have the same length. */
function unifyTuples(types: readonly TupleType[]): Type | undefined {
  const [{ elements: first }] = types;
  if (!types.every(({ elements }) => elements.length === first.length)) return undefined;
  const elements: Type[] = [];
  for (let i = 0; i < first.length; i++) {
    const unified = unifyAll(types.map((type) => type.elements[i]));
    if (unified === undefined) return undefined;
    elements.push(unified);
  }
  return { kind: "tuple", elements };
}
