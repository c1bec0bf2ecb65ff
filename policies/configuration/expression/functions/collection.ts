/** Collection functions: https://developer.hashicorp.com/terraform/language/functions#collection-functions */
import { isList, isObject, type Value, type Values } from "../../value";
import { elementOf } from "../access";
import { canConvert, convert, identity, makeSet, numberOf, stringOf, unify, unifyAll } from "../convert";
import { attemptAll, fail, mismatch, quote } from "../errors";
import { add, compare, type Numeric } from "../number";
import { equals } from "../operators";
import { graphemeCount } from "../text";
import {
  collectionType,
  compareStrings,
  constructed,
  constructedFrom,
  describe,
  has,
  isSet,
  isUntold,
  list,
  map,
  record,
  sameType,
  set,
  sortedKeys,
  type Type,
  typed,
  typeOf,
  typeText,
} from "../types";
import { computed, isKnown, isOpen, isSurelyPresent, membersOf, oneOf, someOf } from "../unknown";
import { type Family, type FunctionSpec, items, parameter, text, wholeNumber } from "./define";

const anyList = list("any");

/** A function that copes with unknown values by itself. */
const partial = (
  parameters: FunctionSpec["parameters"],
  returns: Type,
  call: FunctionSpec["call"],
  rest?: FunctionSpec["rest"],
): FunctionSpec => ({ parameters, returns, call, rest, partial: true });

/** Lists, sets and tuples whose elements are not known one by one, in order. */
const isBlurred = (value: Value): boolean => isOpen(value) || (isSet(value) && !isKnown(value));

const sequence = (value: Value): readonly Value[] =>
  isList(value) ? value : fail(`a list, set or tuple is required, not ${describe(value)}`);

const ordered = (value: Value): readonly Value[] => {
  if (isSet(value)) return fail("a list or tuple is required, not a set");
  return isList(value) ? value : fail(`a list or tuple is required, not ${describe(value)}`);
};

/** The elements as a list if the source is one, as a tuple otherwise. */
function like(source: Value, elements: readonly Value[]): Value {
  const noted = collectionType(source);
  return noted ? typed([...elements], list(noted.element)) : constructedFrom([source], [...elements]);
}

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

const object = (value: Value): Values =>
  isObject(value) ? value : fail(`a map or object is required, not ${describe(value)}`);

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

const elementType = (args: readonly Value[]): Type => {
  const type = unifyAll(args.map(typeOf)) ?? mismatch("all sets must have the same type");
  return typeof type === "object" && type.kind === "set" ? type.element : "any";
};

/** The sets of the arguments, all with elements of one type. */
function alike(args: readonly Value[]): { sets: (readonly Value[])[]; element: Type } {
  const element = elementType(args);
  return { sets: args.map((arg) => items(convert(arg, set(element)))), element };
}

const identities = (values: readonly Value[]): ReadonlySet<string> => new Set(values.map(identity));

/** Elements of these sets in this combination, if all is known. */
const setFunction = (
  parameters: FunctionSpec["parameters"],
  rest: FunctionSpec["rest"],
  combine: (sets: (readonly Value[])[]) => readonly Value[],
): FunctionSpec => ({
  parameters,
  rest,
  returns: set("any"),
  call: (args) => {
    const { sets, element } = alike(args);
    return makeSet(combine(sets), element);
  },
});

function setunion(args: readonly Value[]): Value {
  const type = unifyAll(args.map(typeOf)) ?? mismatch("all sets must have the same type");
  if (args.some(isOpen)) {
    const members = args.map(membersOf);
    return members.every((some) => some !== undefined) ? someOf(members.flat(), args, type) : computed(args, { type });
  }
  const { sets, element } = alike(args);
  return makeSet(sets.flat(), element);
}

const maxProduct = 100_000;

function setproduct(args: readonly Value[]): Value {
  if (args.length < 2) fail("setproduct needs at least two arguments");
  if (args.some(isBlurred)) return computed(args);
  const sides = args.map(sequence);
  if (sides.reduce((size, side) => size * side.length, 1) > maxProduct)
    fail(`setproduct: more than ${maxProduct} combinations`);
  const elements = args.map((arg, i) =>
    unifyAll(collectionType(arg) ? [collectionType(arg)!.element] : sides[i].map(typeOf)),
  );
  const types = elements.map((type) => type ?? mismatch("setproduct: all elements of a list must have the same type"));
  let rows: Value[][] = [[]];
  sides.forEach((side, i) => {
    rows = rows.flatMap((row) => side.map((item) => [...row, convert(item, types[i])]));
  });
  const tuples = rows.map((row) => constructed(row));
  const element: Type = { kind: "tuple", elements: types };
  if (args.some(isSet)) return makeSet(tuples, element);
  return args.some(isUntold) ? tuples : typed(tuples, list(element));
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

const anyOf = parameter("value", "any");
const many = parameter("vals?", "any");

export const collections: Family = {
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
  keys: partial([anyOf], "any", ([value]) => keys(value)),
  values: partial([anyOf], "any", ([value]) => values(value)),
  length: partial([anyOf], "number", ([value]) => length(value)),
  lookup: partial(
    [parameter("inputMap", "any"), parameter("key", "string")],
    "any",
    lookup,
    parameter("default?", "any"),
  ),
  matchkeys: {
    parameters: [parameter("values", anyList), parameter("keys", anyList), parameter("searchset", anyList)],
    returns: anyList,
    call: ([all, names, wanted]) => matchkeys(all, names, wanted),
  },
  merge: partial([], "any", merge, parameter("maps?", "any")),
  one: partial([parameter("list", "any")], "any", ([value]) => one(value)),
  range: { parameters: [], rest: parameter("params", "number"), returns: list("number"), call: range },
  reverse: partial([parameter("list", "any")], "any", ([value]) => reverse(value)),
  setintersection: setFunction(
    [parameter("first_set", set("any"))],
    parameter("other_sets", set("any")),
    ([first, ...others]) => {
      const sets = others.map(identities);
      return first.filter((item) => sets.every((other) => other.has(identity(item))));
    },
  ),
  setsubtract: setFunction([parameter("a", set("any")), parameter("b", set("any"))], undefined, ([a, b]) => {
    const taken = identities(b);
    return a.filter((item) => !taken.has(identity(item)));
  }),
  setunion: partial([parameter("first_set", set("any"))], set("any"), setunion, parameter("other_sets", set("any"))),
  setproduct: partial([], "any", setproduct, parameter("sets", "any")),
  slice: partial(
    [parameter("list", "any"), parameter("start_index", "number"), parameter("end_index", "number")],
    "any",
    (args) => (args.some(isOpen) ? computed(args) : slice(args[0], wholeNumber(args[1]), wholeNumber(args[2]))),
  ),
  sort: partial([parameter("list", list("string"))], list("string"), ([value]) =>
    isOpen(value) ? (value.members ? value : computed([value], { type: list("string") })) : sort(value),
  ),
  sum: { parameters: [parameter("list", "any")], returns: "number", call: ([value]) => sum(value) },
  transpose: {
    parameters: [parameter("values", map(list("string")))],
    returns: map(list("string")),
    call: ([value]) => transpose(value),
  },
  zipmap: partial([parameter("keys", list("string")), parameter("values", "any")], "any", ([names, given]) =>
    zipmap(names, given),
  ),
};
