/** How a built-in function is described, and how it is called. */
import { isList, type Value } from "../../value";
import { convert } from "../convert";
import { attemptAll, fail, Mismatch } from "../errors";
import type { Scope } from "../scope";
import { holdsUntold, type Type } from "../types";
import { computed, isKnown, isOpen, oneOf } from "../unknown";

export interface CallContext {
  readonly scope: Scope;
  /** How many templates deep this is. */
  readonly depth: number;
  /** The text of a template with these variables. */
  template(text: string, variables: Value): Value;
}

export interface Parameter {
  readonly name: string;
  /** Arguments are converted to it. */
  readonly type: Type;
  readonly nullable?: boolean;
}

export interface FunctionSpec {
  readonly parameters: readonly Parameter[];
  /** Takes any number of further arguments. */
  readonly rest?: Parameter;
  readonly returns: Type;
  /** Copes with arguments that are unknown or hold something unknown; otherwise the result is then unknown. */
  readonly partial?: boolean;
  /** Copes with an argument that is one of several values by itself; otherwise each of them is tried. */
  readonly candidates?: boolean;
  /** Never fails, whatever the arguments are. */
  readonly total?: boolean;
  call(args: readonly Value[], context: CallContext): Value;
}

export type Family = Readonly<Record<string, FunctionSpec>>;

/** `parameter("list", list("string"))`; a name that ends in `?` may be null. */
export const parameter = (name: string, type: Type): Parameter =>
  name.endsWith("?") ? { name: name.slice(0, -1), type, nullable: true } : { name, type };

/** How many combinations of candidates are tried one by one. */
const maxCombinations = 16;

/** Calls a function, whatever the arguments are. */
export function invoke(name: string, spec: FunctionSpec, args: readonly Value[], context: CallContext): Value {
  const { parameters, rest } = spec;
  if (args.length < parameters.length || (!rest && args.length > parameters.length)) {
    fail(`${name} takes ${rest ? "at least " : ""}${parameters.length} arguments, not ${args.length}`);
  }
  try {
    return invokeChecked(name, spec, args, context);
  } catch (error) {
    // Types that are not told may fit after all.
    if (!(error instanceof Mismatch) || !args.some(holdsUntold)) throw error;
    return computed(args, { type: spec.returns, why: error.reason });
  }
}

function invokeChecked(name: string, spec: FunctionSpec, args: readonly Value[], context: CallContext): Value {
  const { parameters, rest } = spec;
  const given = args.map((arg, i) => prepared(name, parameters[i] ?? rest!, arg));
  if (given.every(isKnown)) return spec.call(given, context);
  const results = spec.candidates ? undefined : spread(name, spec, given, context);
  if (results !== undefined) return results;
  return spec.partial ? spec.call(given, context) : computed(given, { type: spec.returns });
}

function prepared(name: string, parameter: Parameter, arg: Value): Value {
  if (arg === null && !parameter.nullable) fail(`${name}: ${parameter.name} can't be null`);
  try {
    return convert(arg, parameter.type);
  } catch (error) {
    if (error instanceof Mismatch) throw new Mismatch(`${name}: ${parameter.name}: ${error.reason}`);
    throw error;
  }
}

/** If arguments are one of several values each: what they give, one by one. */
function spread(name: string, spec: FunctionSpec, args: readonly Value[], context: CallContext): Value | undefined {
  let combinations: Value[][] = [[]];
  let several = false;
  for (const arg of args) {
    const choices = isOpen(arg) && arg.candidates ? arg.candidates : [arg];
    if (choices[0] !== arg) several = true;
    if (combinations.length * choices.length > maxCombinations) return undefined;
    combinations = combinations.flatMap((before) => choices.map((choice) => [...before, choice]));
  }
  if (!several) return undefined;
  return oneOf(
    attemptAll(combinations, (combination) => invoke(name, spec, combination, context)),
    args,
  );
}

/** An argument that has been converted to a list, set or tuple. */
export const items = (value: Value): readonly Value[] => (isList(value) ? value : fail("a list is required"));
export const text = (value: Value): string => value as string;

/** An argument that has been converted to a number and must be whole and of a size that can count something. */
export function wholeNumber(value: Value): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  return fail("a whole number is required");
}
