/** The functions on sets: https://developer.hashicorp.com/terraform/language/functions/setunion and its like */
import type { Value } from "../../value";
import { convert, identity, makeSet, unifyAll } from "../convert";
import { fail, mismatch } from "../errors";
import { collectionType, constructed, isSet, isUntold, list, set, type Type, typed, typeOf } from "../types";
import { computed, isOpen, membersOf, someOf } from "../unknown";
import { type Family, type FunctionSpec, items, parameter } from "./define";
import { isBlurred, partial, sequence } from "./shapes";

const elementType = (args: readonly Value[]): Type => {
  const type = unifyAll(args.map(typeOf)) ?? mismatch("all sets must have the same type");
  return typeof type === "object" && type.kind === "set" ? type.element : "any";
};

/** The sets of the arguments, all with elements of one type. */
function alike(args: readonly Value[]): { sets: (readonly Value[])[]; element: Type } {
  const element = elementType(args);
  return { sets: args.map((arg) => items(convert(arg, set(element)))), element };
}

export const identities = (values: readonly Value[]): ReadonlySet<string> => new Set(values.map(identity));

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

export const sets: Family = {
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
};
