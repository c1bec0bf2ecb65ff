/** The functions on maps: https://developer.hashicorp.com/terraform/language/functions/merge and its like */
import type { Value } from "../../value";
import { elementOf } from "../access";
import { canConvert, convert, stringOf } from "../convert";
import { fail, quote } from "../errors";
import {
  collectionType,
  constructedFrom,
  has,
  list,
  map,
  record,
  sameType,
  sortedKeys,
  typed,
  typeOf,
  typeText,
} from "../types";
import { computed, isOpen, oneOf } from "../unknown";
import { type Family, items, parameter, text } from "./define";
import { like, object, ordered, partial } from "./shapes";

function keys(value: Value): Value {
  if (isOpen(value)) return computed([value], { type: list("string") });
  const names = sortedKeys(object(value));
  return collectionType(value) ? typed(names, list("string")) : constructedFrom([value], names);
}

function values(value: Value): Value {
  if (isOpen(value)) return computed([value]);
  const found = sortedKeys(object(value)).map((key) => object(value)[key]);
  return like(value, found);
}

function lookup(args: readonly Value[]): Value {
  const [collection, key, fallback] = args;
  if (args.length > 3) fail("lookup takes at most 3 arguments");
  if (isOpen(collection)) {
    if (isOpen(key)) return computed(args);
    const found = elementOf(collection, key);
    return args.length === 2 ? found : oneOf([found, fallback]);
  }
  const all = object(collection);
  if (isOpen(key)) return oneOf([...Object.values(all), ...args.slice(2)], [key]);
  const element = collectionType(collection)?.element ?? "any";
  if (args.length === 3 && !canConvert(typeOf(fallback), element))
    fail(`lookup: the default must be ${typeText(element)}`);
  if (has(all, text(key))) return all[text(key)];
  if (args.length === 2) return fail(`lookup: there is no element with the key ${quote(text(key))}`);
  return convert(fallback, element);
}

/** Later ones win; null counts as empty. */
function merge(args: readonly Value[]): Value {
  if (args.some(isOpen)) return computed(args);
  const result = record();
  const given = args.filter((arg) => arg !== null);
  for (const arg of given) {
    const source = object(arg);
    for (const key of Object.keys(source)) result[key] = source[key];
  }
  const [first] = given.map(collectionType);
  const alike = first && given.every((arg) => sameType(typeOf(arg), first));
  return alike ? typed(result, first) : constructedFrom(given, result);
}

function transpose(value: Value): Value {
  const result = record();
  const source = object(value);
  for (const key of sortedKeys(source)) {
    for (const item of items(source[key])) {
      const name = item === null ? fail("transpose: null can't be a key") : stringOf(item);
      const found = (has(result, name) ? result[name] : []) as Value[];
      found.push(key);
      result[name] = found;
    }
  }
  for (const key of Object.keys(result)) typed(result[key], list("string"));
  return typed(result, map(list("string")));
}

function zipmap(names: Value, given: Value): Value {
  if (isOpen(names) || isOpen(given)) return computed([names, given]);
  const elements = ordered(given);
  if (items(names).length !== elements.length) fail("zipmap: keys and values must have the same length");
  const result = record();
  const open: Value[] = [];
  items(names).forEach((name, i) => {
    if (name === null) fail("zipmap: null can't be a key");
    if (isOpen(name)) open.push(name);
    else result[text(name)] = elements[i];
  });
  if (open.length > 0) return computed([...open, given]);
  const noted = collectionType(given);
  return noted ? typed(result, map(noted.element)) : constructedFrom([given], result);
}

const anyValue = parameter("value", "any");

export const maps: Family = {
  keys: partial([anyValue], "any", ([value]) => keys(value)),
  values: partial([anyValue], "any", ([value]) => values(value)),
  lookup: partial(
    [parameter("inputMap", "any"), parameter("key", "string")],
    "any",
    lookup,
    parameter("default?", "any"),
  ),
  merge: partial([], "any", merge, parameter("maps?", "any")),
  transpose: {
    parameters: [parameter("values", map(list("string")))],
    returns: map(list("string")),
    call: ([value]) => transpose(value),
  },
  zipmap: partial([parameter("keys", list("string")), parameter("values", "any")], "any", ([names, given]) =>
    zipmap(names, given),
  ),
};
