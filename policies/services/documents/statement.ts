/** Permissions and grants whose attributes are a statement of a policy: the document that the service makes of them. */
import { isUnknown, Unknown, type Value, type Values } from "../../configuration/value";

export interface StatementParts {
  /** An account, ARN, service or `*`. */
  readonly principal: Value;
  readonly actions: Value;
  /** Operator, key, value; those without a value ask nothing. */
  readonly conditions?: readonly (readonly [operator: string, key: string, value: Value])[];
}

/** One Allow for what the policy is on, as a tree. */
export function statement({ principal, actions, conditions = [] }: StatementParts): Value {
  const condition: Record<string, Record<string, Value>> = {};
  for (const [operator, key, value] of conditions) {
    if (value === null || value === "") continue;
    condition[operator] = { ...condition[operator], [key]: value };
  }
  const one: Values = {
    Effect: "Allow",
    Principal: principalOf(principal),
    Action: actions,
    Resource: "*",
    Condition: condition,
  };
  return { Version: "2012-10-17", Statement: [one] };
}

const PARTY = /^(?:\*|\d{12}|arn:[^:]*:(?:iam|sts)::(?:\d{12}|[^:]*[*?][^:]*):.*)$/s;

/** The principals of a grant that takes only accounts, their principals, or everybody; whoever else it names is not known. */
export function party(value: Value): Value {
  if (Array.isArray(value)) return value.map(party);
  if (isUnknown(value)) {
    return value.candidates ? new Unknown(value.why, { candidates: value.candidates.map(party) }) : value;
  }
  if (value === null || (typeof value === "string" && PARTY.test(value))) return value;
  return new Unknown("it is no account, and no principal of one");
}

const SERVICE = /\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)$/;
const isService = (value: Value): boolean => typeof value === "string" && SERVICE.test(value);

function principalOf(value: Value): Value {
  if (value === "*") return "*";
  if (!isUnknown(value) || !value.candidates) return { [isService(value) ? "Service" : "AWS"]: value };
  const { why, candidates } = value;
  const among = (wanted: boolean): Unknown =>
    new Unknown(why, { candidates: candidates.filter((one) => isService(one) === wanted) });
  return { AWS: among(false), Service: among(true) };
}
