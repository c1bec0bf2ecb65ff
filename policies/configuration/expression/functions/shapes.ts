/** What the collection functions have in common. */
import { isList, isObject, type Value, type Values } from "../../value";
import { fail } from "../errors";
import { collectionType, constructedFrom, describe, isSet, list, type Type, typed } from "../types";
import { isKnown, isOpen } from "../unknown";
import type { FunctionSpec } from "./define";

/** A function that copes with unknown values by itself. */
export const partial = (
  parameters: FunctionSpec["parameters"],
  returns: Type,
  call: FunctionSpec["call"],
  rest?: FunctionSpec["rest"],
): FunctionSpec => ({ parameters, returns, call, rest, partial: true });

/** Lists, sets and tuples whose elements are not known one by one, in order. */
export const isBlurred = (value: Value): boolean => isOpen(value) || (isSet(value) && !isKnown(value));

export const sequence = (value: Value): readonly Value[] =>
  isList(value) ? value : fail(`a list, set or tuple is required, not ${describe(value)}`);

export const ordered = (value: Value): readonly Value[] => {
  if (isSet(value)) return fail("a list or tuple is required, not a set");
  return isList(value) ? value : fail(`a list or tuple is required, not ${describe(value)}`);
};

/** The elements as a list if the source is one, as a tuple otherwise. */
export function like(source: Value, elements: readonly Value[]): Value {
  const noted = collectionType(source);
  return noted ? typed([...elements], list(noted.element)) : constructedFrom([source], [...elements]);
}

export const object = (value: Value): Values =>
  isObject(value) ? value : fail(`a map or object is required, not ${describe(value)}`);
