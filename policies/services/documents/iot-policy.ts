/**
 * Policies of AWS IoT Core: what devices may do (AWS IoT Core Developer Guide, "AWS IoT Core policy actions"). A device
 * holds its certificate wherever it is, so what it may receive leaves; what it may send only comes in.
 */
import type { Resource } from "../../configuration/resource";
import { find, isList, isObject, isUnknown, Unknown, type Value } from "../../configuration/value";
import type { Context } from "../../flows/context";
import { type DocumentPart, type DocumentReader, opens, sends, uses } from "../../flows/vocabulary";
import { json } from "./json";

/** Actions by which a device only connects or sends. All others hand it something. */
const INWARD = /^iot:(?:Connect|Publish|RetainPublish|UpdateThingShadow|DeleteThingShadow)$/i;

/** Whether a policy lets devices receive: certainly, possibly, or not. */
export function letsReceive(policy: Value): boolean | "possibly" {
  const content = json(policy);
  if (!isObject(content)) return "possibly";
  const statements = isList(content.Statement) ? content.Statement : [content.Statement ?? null];
  let result: boolean | "possibly" = false;
  for (const statement of statements) {
    const allowed = allows(statement);
    if (allowed === true) return true;
    if (allowed) result = allowed;
  }
  return result;
}

function allows(statement: Value): boolean | "possibly" {
  if (!isObject(statement)) return statement === null ? false : "possibly";
  if (isUnknown(statement.Effect ?? null)) return "possibly";
  if (statement.Effect !== "Allow") return false;
  const actions = isList(statement.Action) ? statement.Action : [statement.Action ?? null];
  const outward = actions.filter((action) => typeof action !== "string" || !INWARD.test(action));
  if (outward.length === 0) return false;
  // What a condition narrows is not weighed here.
  return statement.Condition !== undefined || outward.some((action) => typeof action !== "string") ? "possibly" : true;
}

const WHY = "devices receive what the policy allows, wherever they are";

/** Policies inside the template by which devices are registered ("Provisioning templates"). */
export const deviceTemplate: DocumentReader = function* (template, _resource, context): Generator<DocumentPart> {
  const content = json(template);
  if (isUnknown(content)) yield { at: "", value: content, role: sends("iot.device", "any", { why: WHY }) };
  if (!isObject(content)) return;
  for (const { value, at } of find(content, "Resources.*.Properties.PolicyDocument")) yield policyPart(value, `.${at}`);
  for (const { value, at } of find(content, "Resources.*.Properties.PolicyName")) {
    const named = policiesNamed(value, context);
    for (const { values } of named) yield policyPart(values.policy ?? null, `.${at}`);
    const why = isUnknown(value) ? value.why : `the policy ${String(value)} is not in this configuration`;
    if (named.length === 0) yield policyPart(new Unknown(why), `.${at}`);
  }
};

/** The policies of this configuration that a value names, by reference or by their name. */
export const policiesNamed = (name: Value, context: Context): readonly Resource[] =>
  context
    .ofType("aws_iot_policy")
    .filter((policy) => context.denoted(name).includes(policy) || policy.values.name === name);

function policyPart(policy: Value, at: string): DocumentPart {
  const received = letsReceive(policy);
  if (received === false) return { at, value: policy, role: uses("a policy that lets devices only send") };
  const value =
    received === true || isUnknown(policy) ? policy : new Unknown("what narrows the policy is not weighed here");
  const test = { path: "PolicyDocument", absent: null, test: () => true, text: "it lets devices receive" };
  return { at, value, role: opens("iot.device", test, { why: WHY }) };
}
