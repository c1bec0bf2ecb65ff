/** Making new unknown values out of others without losing what is known. */
import { isList, isUnknown, type Reference, Unknown, type Value, type Values } from "../value";
import { WideNumber } from "./number";
import { type Type, typed } from "./types";

/** More candidates than this are not kept apart. */
const maxCandidates = 64;

/** Truly unknown: a number too wide for JavaScript is known to the evaluator. */
export const isOpen = (value: Value): value is Unknown => isUnknown(value) && !(value instanceof WideNumber);

/** Whether the evaluator knows all of the value. */
export function isKnown(value: Value): boolean {
  if (value === null || typeof value !== "object") return true;
  if (isUnknown(value)) return value instanceof WideNumber;
  if (isList(value)) return value.every(isKnown);
  for (const key of Object.keys(value)) if (!isKnown((value as Values)[key])) return false;
  return true;
}

/** All open values inside, each once. */
function* openIn(value: Value, seen: Set<Value>): Generator<Unknown> {
  if (value === null || typeof value !== "object" || seen.has(value)) return;
  seen.add(value);
  if (isOpen(value)) yield value;
  else if (isList(value)) for (const item of value) yield* openIn(item, seen);
  else if (!isUnknown(value)) for (const key of Object.keys(value)) yield* openIn((value as Values)[key], seen);
}

interface Known {
  readonly type?: Type;
  readonly parts?: readonly (string | Unknown)[];
  readonly json?: Value;
  readonly candidates?: readonly Value[];
  readonly members?: readonly Value[];
  readonly why?: string;
}

/** A value computed from others of which something is unknown: it has all their references and is none of them. */
export function computed(from: readonly Value[], init: Known = {}): Unknown {
  const references = new Map<string, Reference>();
  const seen = new Set<Value>();
  let why = init.why;
  for (const value of from) {
    for (const open of openIn(value, seen)) {
      why ??= open.why;
      for (const reference of open.references) references.set(`${reference.address} ${reference.path}`, reference);
    }
  }
  const { parts, json, candidates, members } = init;
  const unknown = new Unknown(why ?? "it can't be computed before apply", {
    references: [...references.values()],
    parts,
    json,
    candidates: candidates && candidates.length <= maxCandidates ? candidates : undefined,
    members,
  });
  return init.type ? typed(unknown, init.type) : unknown;
}

/** A list (or a set) of which only the possible elements are known; `also` has a part in which of them it has. */
export function someOf(members: readonly Value[], also: readonly Value[], type: Type): Unknown {
  return computed([...also, ...members], { members: [...new Set(members)], type });
}

/** The elements that an array, or an unknown list, can have; undefined if they can be anything. */
export function membersOf(value: Value): readonly Value[] | undefined {
  if (isList(value)) return value;
  if (!isUnknown(value)) return undefined;
  if (value.members || !value.candidates) return value.members;
  const all = value.candidates.map(membersOf);
  return all.every((members) => members !== undefined) ? all.flat() : undefined;
}

/**
 * Whether the value can be neither null nor an empty text: a text with something written in it, or the id or ARN of a
 * resource, which no resource is without once it exists.
 */
export function isSurelyPresent(value: Value): boolean {
  if (!isOpen(value)) return value !== null && value !== "";
  if (value.parts) return value.parts.some((part) => (typeof part === "string" ? part !== "" : isSurelyPresent(part)));
  if (value.json !== undefined) return true;
  if (value.candidates) return value.candidates.every(isSurelyPresent);
  if (!value.exact || value.references.length !== 1) return false;
  const [{ path, resources }] = value.references;
  return resources.length > 0 && (path === "id" || path === "arn");
}

/** One of several values; `also` are further unknowns that decide which. */
export function oneOf(values: readonly Value[], also: readonly Value[] = [], why?: string): Value {
  const candidates: Value[] = [];
  for (const value of values) {
    if (value instanceof Unknown && value.candidates && !(value instanceof WideNumber))
      candidates.push(...value.candidates);
    else candidates.push(value);
  }
  const distinct = candidates.filter((value, i) => candidates.indexOf(value) === i);
  if (distinct.length === 1) return distinct[0];
  return computed([...also, ...values], { candidates: distinct, why });
}
