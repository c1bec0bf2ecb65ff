/**
 * The policy document of a core network: which segments an attachment belongs to, and which segments reach each other
 * (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-policies-json.html, "attachment-policies",
 * "segments", "segment-actions").
 */
import { attribute, type Resource } from "../../configuration/resource";
import { isList, isObject, isUnknown, type Value, type Values } from "../../configuration/value";
import type { Tri } from "../reading/read";

/** The segment of attachments in a policy that can't be read. */
export const ANY = "any segment";

export interface Segment {
  readonly name: string;
  readonly certain: boolean;
}

/** What the conditions of a policy look at. */
export interface AttachmentFacts {
  /** As policies write it: `vpc`, `connect`, `site-to-site-vpn`, … */
  readonly kind: string;
  readonly tags: Values;
  /** Undefined: not known. */
  readonly region: string | undefined;
}

/** The document as an object; undefined if it can't be read. */
export function parsePolicy(document: Value): Values | undefined {
  if (isUnknown(document)) return isObject(document.json) ? document.json : undefined;
  if (typeof document !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(document);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : undefined;
  } catch {
    return undefined;
  }
}

export function tagsOf(resource: Resource): Values {
  const tags = attribute(resource, "tags");
  return isObject(tags) ? tags : isList(tags) && isObject(tags[0]) ? tags[0] : {};
}

/** The segments that an attachment may belong to: the rules by number, the first that matches for certain decides. */
export function segmentsOf(policy: Values | undefined, attachment: AttachmentFacts): Segment[] {
  if (!policy) return [{ name: ANY, certain: false }];
  const rules = objects(policy["attachment-policies"]).sort(
    (a, b) => number(a["rule-number"]) - number(b["rule-number"]),
  );
  const out: Segment[] = [];
  for (const rule of rules) {
    const matches = matchesRule(rule, attachment);
    if (matches === "no") continue;
    for (const name of assigned(rule, attachment.tags, policy))
      out.push({ name, certain: matches === "yes" && out.length === 0 });
    if (matches === "yes") break;
  }
  return out;
}

function assigned(rule: Values, tags: Values, policy: Values): string[] {
  const action = isObject(rule.action) ? rule.action : undefined;
  const segment = action?.segment;
  if (typeof segment === "string") return [segment];
  const key = action?.["tag-value-of-key"];
  const tag = typeof key === "string" ? tags[key] : undefined;
  if (typeof tag === "string") return [tag];
  if (typeof action?.["add-to-network-function-group"] === "string")
    return [`function ${action["add-to-network-function-group"]}`];
  return segmentNames(policy);
}

function matchesRule(rule: Values, attachment: AttachmentFacts): Tri {
  const conditions = objects(rule.conditions);
  const answers = conditions.map((condition) => matchesCondition(condition, attachment));
  if (conditions.length === 0) return "maybe";
  const any = rule["condition-logic"] === "or";
  if (any) return answers.includes("yes") ? "yes" : answers.includes("maybe") ? "maybe" : "no";
  return answers.includes("no") ? "no" : answers.includes("maybe") ? "maybe" : "yes";
}

function matchesCondition(condition: Values, { kind, tags, region }: AttachmentFacts): Tri {
  const negative = condition.operator === "not-equals";
  const compare = (value: Value | undefined): Tri => {
    if (value === undefined) return negative ? "yes" : "no";
    if (isUnknown(value) || isUnknown(condition.value)) return "maybe";
    if (condition.operator !== undefined && condition.operator !== "equals" && !negative) return "maybe";
    return (String(value) === String(condition.value)) !== negative ? "yes" : "no";
  };
  switch (condition.type) {
    case "any":
      return "yes";
    case "attachment-type":
      return compare(kind);
    case "tag-exists":
      return typeof condition.key === "string" && Object.hasOwn(tags, condition.key) ? "yes" : "no";
    case "tag-value":
      return typeof condition.key === "string"
        ? compare(Object.hasOwn(tags, condition.key) ? tags[condition.key] : undefined)
        : "maybe";
    case "region":
      return region === undefined ? "maybe" : compare(region);
    default:
      return "maybe";
  }
}

/** The segments whose attachments a segment's own attachments reach: itself unless it isolates, and those shared. */
export function reachable(policy: Values, name: string): Set<string> {
  const out = new Set<string>();
  const own = objects(policy.segments).find((segment) => segment.name === name);
  if (own?.["isolate-attachments"] !== true) out.add(name);
  for (const action of objects(policy["segment-actions"])) {
    if (action.action !== "share" || typeof action.segment !== "string") continue;
    const others = sharedWith(policy, action);
    if (action.segment === name) for (const other of others) out.add(other);
    else if (others.includes(name)) out.add(action.segment);
  }
  return out;
}

function sharedWith(policy: Values, action: Values): string[] {
  const value = action["share-with"];
  const all = segmentNames(policy).filter((one) => one !== action.segment);
  if (value === "*") return all;
  if (isObject(value)) {
    const except = list(value.except ?? null);
    return all.filter((one) => !except.includes(one));
  }
  const named = list(value ?? null).filter((one): one is string => typeof one === "string");
  return named.includes("*") ? all : named;
}

/** The network functions that a `send-via` or `send-to` leads through. */
export function functionGroups(action: Values): string[] {
  const via = isObject(action.via) ? list(action.via["network-function-groups"] ?? null) : [];
  return via.filter((one): one is string => typeof one === "string");
}

const segmentNames = (policy: Values): string[] =>
  objects(policy.segments).flatMap((segment) => (typeof segment.name === "string" ? [segment.name] : []));

/** The members of a list that are objects. */
export const objects = (value: Value | undefined): Values[] => list(value ?? null).filter(isObject) as Values[];
/** A list, also where a single member is written for one. */
export const list = (value: Value): readonly Value[] => (isList(value) ? value : value === null ? [] : [value]);
const number = (value: Value | undefined): number => (typeof value === "number" ? value : Number(value ?? 0) || 0);
