/** Conditions of the models, decided in three values on the element of a list that the role stands in. */
import type { Resource } from "../configuration/resource";
import { find, isList, isObject, isUnknown, type Value, type Values } from "../configuration/value";
import { type Condition, tested } from "../flows/vocabulary";

export type Decision =
  | { readonly holds: true }
  | { readonly holds: false }
  | { readonly holds: "possibly"; readonly unless: string };

const yes: Decision = { holds: true };
const no: Decision = { holds: false };

/** Whether all conditions hold for the value found at `at` (`rule[0].destination[0].bucket`) of a resource. */
export function decideAll(
  conditions: Condition | readonly Condition[] | undefined,
  resource: Resource,
  at: string,
): Decision {
  if (!conditions) return yes;
  let result: Decision = yes;
  for (const condition of Array.isArray(conditions) ? conditions : [conditions as Condition]) {
    const decision = decide(condition, resource, at);
    if (decision.holds === false) return no;
    if (decision.holds === "possibly") result = decision;
  }
  return result;
}

/** One condition; several values at its path satisfy it if one does. */
export function decide(condition: Condition, resource: Resource, at: string): Decision {
  const found = near(resource.values, at, condition.path);
  if (found.length === 0) return condition.test(condition.absent) ? yes : no;
  let unless: string | undefined;
  for (const given of found) {
    const value = tested(condition, given);
    if (isUnknown(value)) {
      if (value.candidates && !value.candidates.some(isUnknown)) {
        const satisfied = value.candidates.filter(condition.test).length;
        if (satisfied === value.candidates.length) return yes;
        if (satisfied === 0) continue;
      }
      unless = `${condition.path}: ${value.why}`;
    } else if (condition.test(value)) return yes;
  }
  return unless === undefined ? no : { holds: "possibly", unless };
}

/**
 * The values at a dotted path, in the same list elements that `at` stands in as far as the two paths run together:
 * near `rule[1].destination[0].bucket`, the path `rule.status` is `rule[1].status`.
 */
export function near(values: Values, at: string, path: string): Value[] {
  const places = at === "" ? [] : at.split(".");
  const keys = path.split(".");
  let current: Value = values;
  let depth = 0;
  while (depth < keys.length - 1 && depth < places.length && isObject(current)) {
    const [name, ...indexes] = places[depth].split(/[[\]]+/).filter((part) => part !== "");
    if (name !== keys[depth] || !Object.hasOwn(current, name)) break;
    let next: Value = current[name];
    for (const index of indexes) if (isList(next)) next = next[Number(index)] ?? null;
    current = next;
    depth++;
  }
  if (isUnknown(current)) return [current];
  if (isList(current)) return current.flatMap((item) => below(item, keys.slice(depth)));
  return below(current, keys.slice(depth));
}

const below = (value: Value, keys: string[]): Value[] => {
  if (isUnknown(value)) return [value];
  return isObject(value) ? find(value, keys.join(".")).map((found) => found.value) : [];
};
