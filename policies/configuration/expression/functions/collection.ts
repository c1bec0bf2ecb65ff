/** Collection functions: https://developer.hashicorp.com/terraform/language/functions#collection-functions */
import { isList, isObject, type Value } from "../../value";
import { elementOf } from "../access";
import { convert, identity, numberOf, unify, unifyAll } from "../convert";
import { attemptAll, fail, mismatch } from "../errors";
import { add, compare, type Numeric } from "../number";
import { equals } from "../operators";
import { graphemeCount } from "../text";
import {
  collectionType,
  compareStrings,
  constructed,
  constructedFrom,
  describe,
  isSet,
  list,
  typed,
  typeOf,
} from "../types";
import { computed, isKnown, isOpen, isSurelyPresent, membersOf, oneOf, someOf } from "../unknown";
import { type Family, items, parameter, text, wholeNumber } from "./define";
import { maps } from "./maps";
import { identities, sets } from "./sets";
import { isBlurred, like, ordered, partial, sequence } from "./shapes";

const anyList = list("any");

function every(value: Value, wanted: boolean): Value {
  if (isOpen(value)) return computed([value], { type: "bool" });
  let open = false;
  for (const item of items(value)) {
    if (isOpen(item)) open = true;
    else if (item !== wanted) return false;
  }
  return open ? computed([value], { type: "bool" }) : true;
}

function some(value: Value): Value {
  if (isOpen(value)) return computed([value], { type: "bool" });
  if (items(value).includes(true)) return true;
  return items(value).some(isOpen) ? computed([value], { type: "bool" }) : false;
}

function chunklist(value: Value, size: number): Value {
  const elements = items(value);
  const type = typeOf(value);
  if (size < 0) fail("chunklist: the size can't be negative");
  const chunks: Value[] = [];
  const step = size === 0 ? elements.length : size;
  for (let i = 0; i < elements.length; i += step) chunks.push(like(value, elements.slice(i, i + step)));
  return typed(chunks, list(type));
}

/** The first that is neither null nor an empty text, as far as that can be told. */
function coalesce(args: readonly Value[]): Value {
  const type = unifyAll(args.map(typeOf));
  if (type === undefined) return mismatch("coalesce: all arguments must have the same type");
  const candidates: Value[] = [];
  for (const arg of args) {
    const value = convert(arg, type);
    if (value === null || value === "") continue;
    candidates.push(value);
    if (isSurelyPresent(value)) return oneOf(candidates);
  }
  if (candidates.length === 0) return fail("coalesce: there is no argument that is neither null nor empty");
  // With nothing behind it, an unknown value is the result or there is none.
  return oneOf(candidates);
}

function coalescelist(args: readonly Value[]): Value {
  if (args.length === 0) fail("coalescelist needs at least one argument");
  const candidates: Value[] = [];
  for (const arg of args) if (!isOpen(arg) && arg !== null) ordered(arg);
  for (const arg of args) {
    if (isOpen(arg)) {
      candidates.push(arg);
      continue;
    }
    if (arg === null || items(arg).length === 0) continue;
    candidates.push(arg);
    return oneOf(candidates);
  }
  return candidates.length === 0 ? fail("coalescelist: all lists are empty") : oneOf(candidates);
}

function compact(value: Value): Value {
  const type = list("string");
  const members = membersOf(value);
  if (members === undefined) return computed([value], { type });
  const kept = members.filter((item) => item !== null && item !== "");
  if (isBlurred(value) || !kept.every(isSurelyPresent)) return someOf(kept, [value], type);
  return typed(kept, type);
}

function concat(args: readonly Value[]): Value {
  if (args.length === 0) fail("concat needs at least one argument");
  for (const arg of args) if (!isOpen(arg)) ordered(arg);
  if (args.some(isOpen)) {
    const members = args.map(membersOf);
    if (members.every((some) => some !== undefined)) return someOf(members.flat(), args, "any");
    return computed(args);
  }
  const elements = args.flatMap(items);
  if (!args.every((arg) => collectionType(arg))) return constructedFrom(args, elements);
  const type = unifyAll(args.map(typeOf));
  return type === undefined ? constructed(elements) : convert(typed(elements, anyList), type);
}

function contains(collection: Value, wanted: Value): Value {
  const members = membersOf(collection);
  const unknown = computed([collection, wanted], { type: "bool" });
  if (members === undefined) return isOpen(collection) ? unknown : fail("contains: a list, set or tuple is required");
  const results = members.map((item) => equals(item, wanted));
  if (!isOpen(collection) && results.includes(true)) return true;
  return results.every((result) => result === false) ? false : unknown;
}

function distinct(value: Value): Value {
  const elements = items(value);
  const element = collectionType(value)?.element ?? "any";
  if (!isKnown(value)) return elements.length === 1 ? value : someOf(elements, [value], list(element));
  const seen = new Set<string>();
  const kept = elements.filter((item) => {
    const before = seen.size;
    return seen.add(identity(item)).size > before;
  });
  return typed(kept, list(element));
}

/** The highest index into an unknown list for which the elements it may mean are told apart. */
const maxWrapped = 15;

function element(collection: Value, index: Value): Value {
  if (isOpen(index))
    return isOpen(collection) ? computed([collection, index]) : elementOf(constructed(ordered(collection)), index);
  const wanted = wholeNumber(index);
  if (isOpen(collection)) {
    // Behind the end it starts again, so that an earlier element may be meant.
    if (wanted < 0 || wanted > maxWrapped) return computed([collection]);
    return oneOf(Array.from({ length: wanted + 1 }, (_, i) => elementOf(collection, wanted - i)));
  }
  const elements = ordered(collection);
  if (elements.length === 0) fail("element: the list is empty");
  const position = wanted % elements.length;
  return elements[position < 0 ? position + elements.length : position];
}

/** All elements of the sequences inside, in order; undefined where a sequence might hide in something unknown. */
function flattened(value: readonly Value[], into: Value[]): boolean {
  let complete = true;
  for (const item of value) {
    if (isList(item)) {
      if (isSet(item) && !isKnown(item)) complete = false;
      complete = flattened(item, into) && complete;
    } else {
      if (isOpen(item) && mayBeSequence(item)) complete = false;
      if (isOpen(item) && item.members) into.push(...item.members);
      else into.push(item);
    }
  }
  return complete;
}

/** Ids, names and ARNs of resources are texts, as are templates. */
function mayBeSequence(value: Value): boolean {
  const type = typeOf(value);
  if (type !== "any") return typeof type === "object" && type.kind !== "map" && type.kind !== "object";
  return !isSurelyPresent(value);
}

function flatten(value: Value): Value {
  if (isOpen(value)) return value.members ? flattenSome(value.members, value) : computed([value]);
  const result: Value[] = [];
  if (flattened(sequence(value), result) && !isBlurred(value)) return constructed(result);
  return flattenSome(sequence(value), value);
}

function flattenSome(members: readonly Value[], from: Value): Value {
  const result: Value[] = [];
  flattened(members, result);
  const hidden = result.some((item) => isOpen(item) && mayBeSequence(item));
  return hidden ? computed([from, ...result]) : someOf(result, [from], "any");
}

function indexOf(collection: Value, wanted: Value): Value {
  const unknown = computed([collection, wanted], { type: "number" });
  if (isOpen(collection)) return unknown;
  const elements = ordered(collection);
  for (let i = 0; i < elements.length; i++) {
    const same = equals(elements[i], wanted);
    if (same === undefined) return unknown;
    if (same) return i;
  }
  return fail(elements.length === 0 ? "index: the list is empty" : "index: there is no such element");
}

function length(value: Value): Value {
  const unknown = computed([value], { type: "number" });
  if (typeof value === "string") return graphemeCount(value);
  if (isBlurred(value)) return isList(value) && value.length < 2 ? value.length : unknown;
  if (isList(value)) return value.length;
  return isObject(value)
    ? Object.keys(value).length
    : fail(`a collection or a text is required, not ${describe(value)}`);
}

function matchkeys(all: Value, names: Value, wanted: Value): Value {
  const candidates = items(all);
  const given = items(names);
  if (candidates.length !== given.length) fail("matchkeys: values and keys must have the same length");
  const type =
    unify(typeOf(names), typeOf(wanted)) ?? mismatch("matchkeys: keys and searchset must have the same type");
  const searched = identities(items(convert(wanted, type)));
  const comparable = items(convert(names, type));
  const kept = candidates.filter((_, i) => searched.has(identity(comparable[i])));
  return like(all, kept);
}

function one(value: Value): Value {
  if (isOpen(value) && value.candidates) return oneOf(attemptAll(value.candidates, one), [value]);
  if (isOpen(value)) return value.members ? oneOf([null, ...value.members], [value]) : elementOf(value, 0);
  const elements = sequence(value);
  if (elements.length === 0) return null;
  if (elements.length === 1) return elements[0];
  if (isBlurred(value)) return oneOf(elements, [value]);
  return fail("one: a list with at most one element is required");
}

const maxRange = 1024;

function range(args: readonly Value[]): Value {
  const [start, end, step] = args.length === 1 ? [0, args[0], undefined] : args;
  if (args.length < 1 || args.length > 3) fail("range takes one to three numbers");
  const from = start as Numeric;
  const to = end as Numeric;
  const by = (step ?? (compare(to, from) < 0 ? -1 : 1)) as Numeric;
  if (compare(by, 0) === 0) fail("range: the step can't be zero");
  const up = compare(by, 0) > 0;
  if (args.length === 3 && compare(from, to) !== 0 && up !== compare(to, from) > 0)
    fail("range: the step leads away from the end");
  const result: Value[] = [];
  for (let at = from; up ? compare(at, to) < 0 : compare(at, to) > 0; at = add(at, by)) {
    if (result.length >= maxRange) fail(`range: more than ${maxRange} numbers`);
    result.push(at);
  }
  return typed(result, list("number"));
}

function reverse(value: Value): Value {
  if (isOpen(value)) return value.members ? value : computed([value]);
  if (isBlurred(value)) return someOf(items(value), [value], "any");
  return like(value, sequence(value).toReversed());
}

function slice(value: Value, start: number, end: number): Value {
  const elements = ordered(value);
  if (start < 0 || end > elements.length || start > end) {
    fail(`slice: from ${start} to ${end} does not lie within a list of ${elements.length}`);
  }
  return like(value, elements.slice(start, end));
}

function sort(value: Value): Value {
  const elements = items(value);
  if (elements.includes(null)) fail("sort: null can't be sorted");
  if (!isKnown(value)) return elements.length === 1 ? value : someOf(elements, [value], list("string"));
  return typed(elements.map(text).sort(compareStrings), list("string"));
}

function sum(value: Value): Value {
  const elements = sequence(value);
  if (elements.length === 0) fail("sum: at least one number is required");
  return elements.map((item) => (item === null ? fail("sum: null can't be added") : numberOf(item))).reduce(add);
}

const anyOf = parameter("value", "any");
const many = parameter("vals?", "any");

export const collections: Family = {
  ...sets,
  ...maps,
  alltrue: partial([parameter("list", list("bool"))], "bool", ([value]) => every(value, true)),
  anytrue: partial([parameter("list", list("bool"))], "bool", ([value]) => some(value)),
  chunklist: partial([parameter("list", anyList), parameter("size", "number")], list(anyList), ([value, size]) =>
    isOpen(value) || isOpen(size) ? computed([value, size]) : chunklist(value, wholeNumber(size)),
  ),
  coalesce: partial([], "any", coalesce, many),
  coalescelist: partial([], "any", coalescelist, many),
  compact: partial([parameter("list", list("string"))], list("string"), ([value]) => compact(value)),
  concat: partial([], "any", concat, parameter("seqs", "any")),
  contains: partial([parameter("list", "any"), parameter("value", "any")], "bool", ([value, wanted]) =>
    contains(value, wanted),
  ),
  distinct: partial([parameter("list", anyList)], anyList, ([value]) =>
    isOpen(value) ? (value.members ? value : computed([value], { type: anyList })) : distinct(value),
  ),
  element: partial([parameter("list", "any"), parameter("index", "number")], "any", ([value, index]) =>
    element(value, index),
  ),
  flatten: partial([parameter("list", "any")], "any", ([value]) => flatten(value)),
  index: partial([parameter("list", "any"), parameter("value", "any")], "number", ([value, wanted]) =>
    indexOf(value, wanted),
  ),
  length: partial([anyOf], "number", ([value]) => length(value)),
  matchkeys: {
    parameters: [parameter("values", anyList), parameter("keys", anyList), parameter("searchset", anyList)],
    returns: anyList,
    call: ([all, names, wanted]) => matchkeys(all, names, wanted),
  },
  one: partial([parameter("list", "any")], "any", ([value]) => one(value)),
  range: { parameters: [], rest: parameter("params", "number"), returns: list("number"), call: range },
  reverse: partial([parameter("list", "any")], "any", ([value]) => reverse(value)),
  slice: partial(
    [parameter("list", "any"), parameter("start_index", "number"), parameter("end_index", "number")],
    "any",
    (args) => (args.some(isOpen) ? computed(args) : slice(args[0], wholeNumber(args[1]), wholeNumber(args[2]))),
  ),
  sort: partial([parameter("list", list("string"))], list("string"), ([value]) =>
    isOpen(value) ? (value.members ? value : computed([value], { type: list("string") })) : sort(value),
  ),
  sum: { parameters: [parameter("list", "any")], returns: "number", call: ([value]) => sum(value) },
};
