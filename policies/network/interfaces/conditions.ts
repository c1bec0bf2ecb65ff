/** Decides the conditions of interface rules, in three values. */
import type { Resource } from "../../configuration/resource";
import { find, isUnknown } from "../../configuration/value";
import { type Condition, tested } from "../../flows/vocabulary";
import { both, isComputed, type Tri } from "../reading/read";

export function holds(conditions: Condition | readonly Condition[] | undefined, resource: Resource): Tri {
  if (!conditions) return "yes";
  const list = Array.isArray(conditions) ? (conditions as readonly Condition[]) : [conditions as Condition];
  return list.map((condition) => decide(condition, resource)).reduce(both, "yes");
}

function decide(condition: Condition, resource: Resource): Tri {
  const found = find(resource.values, condition.path).filter(({ value }) => !isComputed(value));
  if (found.length === 0) return condition.test(condition.absent) ? "yes" : "no";
  let answer: Tri = "no";
  for (const { value: given } of found) {
    const value = tested(condition, given);
    const candidates = isUnknown(value) ? value.candidates : [value];
    if (!candidates || candidates.some(isUnknown)) answer = "maybe";
    else if (candidates.every(condition.test)) return "yes";
    else if (candidates.some(condition.test)) answer = "maybe";
  }
  return answer;
}
