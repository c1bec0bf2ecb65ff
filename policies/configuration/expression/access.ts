/** Attributes, indexes and splats: `a.b`, `a["b"]`, `a[0]`, `a[*].b`. */
import { isList, isObject, Unknown, type Value } from "../value";
import { numberOf, stringOf, unifyAll } from "./convert";
import { attemptAll, fail, quote } from "./errors";
import { Deferred, type Step } from "./scope";
import { collectionType, constructed, constructedFrom, describe, has, isSet, list, typed, typeOf } from "./types";
import { computed, isKnown, isOpen, oneOf, someOf } from "./unknown";

/** Follows the steps into a value; fails if they lead nowhere. */
export function access(value: Value, steps: readonly Step[]): Value {
  let result = value;
  for (const step of steps) {
    result = step.kind === "attribute" ? attributeOf(result, step.name) : elementOf(result, step.key);
  }
  return result;
}

export function attributeOf(value: Value, name: string): Value {
  if (value === null) return fail(`null has no attribute ${quote(name)}`);
  if (value instanceof Deferred) return value.attribute(name);
  if (isOpen(value)) return below(value, { kind: "attribute", name });
  if (isObject(value)) return has(value, name) ? value[name] : fail(`there is no attribute ${quote(name)}`);
  return fail(`${describe(value)} has no attributes (${quote(name)} was asked for)`);
}

export function elementOf(value: Value, key: Value): Value {
  if (value === null) return fail("null has no elements");
  if (key === null) return fail("null can't be an index");
  if (value instanceof Deferred && typeof key === "string") return value.attribute(key);
  if (isOpen(key)) return byOpenKey(value, key);
  if (isOpen(value)) return below(value, { kind: "index", key });
  if (isList(value)) {
    if (isSet(value)) return fail("the elements of a set have no index");
    const index = numberOf(key);
    if (typeof index !== "number" || !Number.isInteger(index)) return fail("an index must be a whole number");
    if (index < 0 || index >= value.length) {
      return fail(
        `there is no element ${index}: ${value.length === 0 ? "there are none" : `the last one is ${value.length - 1}`}`,
      );
    }
    return value[index];
  }
  if (isObject(value)) {
    const name = stringOf(key);
    return has(value, name) ? value[name] : fail(`there is no element with the key ${quote(name)}`);
  }
  return fail(`${describe(value)} has no elements`);
}

/** Any element may be meant. */
function byOpenKey(value: Value, key: Value): Value {
  if (isOpen(value)) return computed([value, key]);
  const candidates = isList(value)
    ? value
    : isObject(value)
      ? Object.values(value)
      : fail(`${describe(value)} has no elements`);
  if (candidates.length === 0) return fail("there are no elements");
  const noted = collectionType(value);
  if (candidates.length === 1) return computed([key, value], { candidates, type: noted?.element });
  return oneOf(candidates, [key]);
}

/** A step as Terraform writes it. */
export const stepText = (step: Step, first: boolean): string => {
  if (step.kind === "attribute") return first ? step.name : `.${step.name}`;
  return typeof step.key === "string" ? `[${JSON.stringify(step.key)}]` : `[${stringOf(step.key)}]`;
};

/** What is at a step below an unknown value: the same reference, one step further, if the value was just that. */
function below(value: Unknown, step: Step): Value {
  if (value.candidates) {
    return oneOf(
      attemptAll(value.candidates, (candidate) => access(candidate, [step])),
      [value],
    );
  }
  if (value.members && step.kind === "index") {
    if (value.members.length === 0) return fail("there are no elements");
    return computed([value], { candidates: value.members });
  }
  const type = typeOf(value);
  if (type === "string" || type === "number" || type === "bool")
    return fail(`${describe(value)} has no attributes or elements`);
  const element = typeof type === "object" && "element" in type ? type.element : "any";
  // A set has no order of its own: what an index into it means depends on what it is converted to.
  const ordered = typeof type === "string" || type.kind !== "set" || step.kind !== "index";
  if (!value.exact || !ordered) return computed([value], { type: element });
  const references = value.references.map((reference) => ({
    ...reference,
    path: reference.path + stepText(step, reference.path === ""),
  }));
  return typed(new Unknown(value.why, { references, exact: true }), element);
}

/**
 * Applies something to every element. Null has none; what is no list, set or tuple is taken as the only element.
 */
export function splat(value: Value, apply: (element: Value) => Value): Value {
  if (value === null) return constructed([]);
  if (value instanceof Deferred) return constructed([apply(value)]);
  if (isOpen(value)) {
    if (value.members) return someOf(value.members.map(apply), [value], "any");
    if (!value.candidates) return computed([value]);
    return oneOf(
      attemptAll(value.candidates, (candidate) => splat(candidate, apply)),
      [value],
    );
  }
  if (!isList(value)) return constructed([apply(value)]);
  const noted = collectionType(value);
  const results = value.map(apply);
  if (noted === undefined) return constructedFrom([value], results);
  if (noted.kind === "set" && !isKnown(value)) return someOf(results, [value], "any");
  return typed(results, list(unifyAll(results.map(typeOf)) ?? "any"));
}

/**
 * Whether the steps name just an attribute of a resource, a data source or a module, or the whole of it: Terraform has
 * checked that there is such a thing. What is deeper inside may be missing.
 */
export function isAttribute(value: Unknown, root: string, steps: readonly Step[]): boolean {
  if (value instanceof Deferred) return true;
  if (!value.exact || value.references.length !== 1) return false;
  const [{ address, path }] = value.references;
  const last = steps.at(-1)!;
  const owner = path === "" ? steps : steps.slice(0, -1);
  if (path !== "" && (last.kind !== "attribute" || last.name !== path)) return false;
  if (owner.length === 0) return false;
  const text = owner.reduce((before, step) => before + stepText(step, false), root);
  return address === text || address.endsWith(`.${text}`);
}
