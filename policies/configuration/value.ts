/**
 * What an attribute of a configuration can hold: plain JSON, with `Unknown` wherever Terraform would not know yet.
 *
 * Known values are plain JavaScript, so reading a large plan costs no more than parsing it.
 */
import type { Resource } from "./resource";

export type Scalar = null | boolean | number | string;
export type Value = Scalar | Unknown | readonly Value[] | Values;
export interface Values {
  readonly [attribute: string]: Value;
}

/** Where an unknown value comes from: an attribute of a resource, a data source, a module output, a variable. */
export interface Reference {
  /** Terraform's address without attribute: `aws_s3_bucket.a`, `module.m.aws_x.y["k"]`, `data.aws_region.here`, `var.x`. */
  readonly address: string;
  /** The attribute path behind the address, as Terraform writes it: `arn`, `rule[0].id`; empty for the whole. */
  readonly path: string;
  /** The instances it denotes in this configuration; empty if none is there (a variable, a foreign module). */
  readonly resources: readonly Resource[];
}

interface UnknownInit {
  references?: readonly Reference[];
  exact?: boolean;
  parts?: readonly (string | Unknown)[];
  json?: Value;
  candidates?: readonly Value[];
  members?: readonly Value[];
}

/** A value that is not known before apply, with everything that is known about it. */
export class Unknown {
  /** Why it is not known, as a clause: "known after apply", "variable region has no value". */
  readonly why: string;
  /** All places that have a part in it. */
  readonly references: readonly Reference[];
  /** True if the value *is* the one attribute referred to; false if it is computed from the references. */
  readonly exact: boolean;
  /** For a string: the known text and the unknown holes, in order. */
  readonly parts?: readonly (string | Unknown)[];
  /** For a string: it is the JSON text of this (partly unknown) value. */
  readonly json?: Value;
  /** The value is one of these (each may hold unknowns again). */
  readonly candidates?: readonly Value[];
  /** For a list or set: each of its elements is one of these; how many it has, and in which order, is not known. */
  readonly members?: readonly Value[];

  constructor(why: string, init: UnknownInit = {}) {
    this.why = why;
    this.references = init.references ?? [];
    this.exact = init.exact ?? false;
    this.parts = init.parts;
    this.json = init.json;
    this.candidates = init.candidates;
    this.members = init.members;
  }

  /** The one resource that the value is an attribute of, if that is what it is. */
  get resource(): Resource | undefined {
    if (!this.exact || this.references.length !== 1) return undefined;
    const [reference] = this.references;
    return reference.resources.length === 1 ? reference.resources[0] : undefined;
  }
}

export const isUnknown = (value: Value | undefined): value is Unknown => value instanceof Unknown;

export const isObject = (value: Value | undefined): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** True if nothing in the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value === null || typeof value !== "object") return true;
  if (isUnknown(value)) return false;
  if (isList(value)) return value.every(isWhollyKnown);
  return Object.values(value as Values).every(isWhollyKnown);
}

/** One value found below a resource: what it is and exactly where. */
export interface Found {
  readonly value: Value;
  /** As Terraform writes it: `rule[0].destination[0].bucket`. */
  readonly at: string;
  /** The block or object that holds it. */
  readonly within: Values;
}

/**
 * All values at a dotted path (`rule.destination.bucket`); lists on the way are walked element by element, `*` stands
 * for every key of a map. An unknown on the way is found in place of what would be below it. Absent and null values
 * are not found.
 */
export function find(values: Values, path: string): Found[] {
  const found: Found[] = [];
  const keys = keysOf(path);
  // Most attributes that a model looks at are absent from most resources.
  if (keys[0] === "*" || Object.hasOwn(values, keys[0])) walk(values, values, keys, 0, "", found);
  return found;
}

/** The models' paths are few and asked for once for each resource. */
const splitPaths = new Map<string, readonly string[]>();

function keysOf(path: string): readonly string[] {
  let keys = splitPaths.get(path);
  if (!keys) {
    keys = path.split(".");
    if (splitPaths.size < 10_000) splitPaths.set(path, keys);
  }
  return keys;
}

function walk(
  value: Value | undefined,
  within: Values,
  keys: readonly string[],
  depth: number,
  at: string,
  found: Found[],
): void {
  if (value === null || value === undefined) return;
  if (isList(value)) {
    for (let i = 0; i < value.length; i++) walk(value[i], within, keys, depth, `${at}[${i}]`, found);
  } else if (depth === keys.length || isUnknown(value)) {
    found.push({ value, at, within });
  } else if (isObject(value)) {
    const key = keys[depth];
    const names = key === "*" ? Object.keys(value) : Object.hasOwn(value, key) ? [key] : [];
    for (const name of names) {
      walk(value[name], value, keys, depth + 1, at === "" ? name : `${at}.${name}`, found);
    }
  }
}

/** Every string (or unknown) below a value, with its path: the raw material of checks over all attributes. */
export function* leaves(value: Value, at = "", within: Values = {}): Generator<Found> {
  if (value === null) return;
  if (isList(value)) {
    for (let i = 0; i < value.length; i++) yield* leaves(value[i], `${at}[${i}]`, within);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) yield* leaves(value[key], at === "" ? key : `${at}.${key}`, value);
  } else {
    yield { value, at, within };
  }
}

/**
 * The first part of a value that could be anything: unknown, and referring to nothing of this configuration that would
 * bound it. Undefined if there is none.
 */
export function unbounded(value: Value): Unknown | undefined {
  if (isList(value) || isObject(value)) {
    for (const item of Object.values(value)) {
      const open = unbounded(item);
      if (open) return open;
    }
    return undefined;
  }
  if (!isUnknown(value)) return undefined;
  if (value.candidates) return unbounded(value.candidates);
  if (value.parts) return unbounded(value.parts.filter((part) => typeof part !== "string"));
  return value.references.every(({ resources }) => resources.length === 0) ? value : undefined;
}
