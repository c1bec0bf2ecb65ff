/** Policies that only take away: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html */
import { isList, isObject, type Value } from "../../configuration/value";
import { json } from "./json";

/** Whether a document is a policy of which every statement denies. */
export function deniesOnly(document: Value): boolean {
  const policy = json(document);
  if (!isObject(policy)) return false;
  const { Statement: statements = null } = policy;
  const all = isList(statements) ? statements : [statements];
  return all.length > 0 && all.every((one) => isObject(one) && one.Effect === "Deny");
}
