/**
 * VPC Block Public Access as an organization declares it for its accounts: "Account administrators will not be able to
 * modify the value" (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html,
 * "Considerations" and "VPC Block Public Access"). It is kept up in the data plane, so it stops packets of gateways and
 * routes that are there; exclusions that the configuration makes count all the same, whether it allows them or not.
 */
import { parseJson } from "../../configuration/json";
import type { Resource } from "../../configuration/resource";
import { find, isObject, isUnknown, type Value } from "../../configuration/value";
import { accountNumber, accountOfProvider, Guardrails } from "../../flows/guardrails";
import type { Vpc } from "../reading/vpcs";
import type { Topology } from "./topology";

const POLICY = "DECLARATIVE_POLICY_EC2";
const MODE = "ec2_attributes.vpc_block_public_access.internet_gateway_block.mode";

/** A mode that holds for a VPC by policy, in the words of the account's own option. */
export interface DeclaredMode {
  readonly mode: string;
  readonly unless?: string;
}

/** The mode that is declared for the account of a VPC, if any is for sure. */
export function declaredModes({ reader }: Topology): (vpc: Vpc) => DeclaredMode | undefined {
  const { context } = reader.input;
  const policies = reader.ofType("aws_organizations_policy").filter(({ values }) => values.type === POLICY);
  const mode = agreed(policies.map(modeOf));
  if (mode === undefined) return () => undefined;
  const guardrails = new Guardrails(context, { of: accountOfProvider, made: accountNumber });
  return (vpc) => {
    const account = vpc.resource && accountOfProvider(vpc.resource);
    if (account === undefined) return undefined;
    const holding = guardrails.for(POLICY, account).filter(({ policy }) => modeOf(policy) === mode);
    const [best] = [...holding].sort((a, b) => Number(a.unless !== undefined) - Number(b.unless !== undefined));
    return best && { mode: mode.replaceAll("_", "-"), ...(best.unless === undefined ? {} : { unless: best.unless }) };
  };
}

/** What all that say anything say: a policy further down may say otherwise, so one that differs leaves nothing sure. */
function agreed(modes: readonly (string | undefined)[]): string | undefined {
  const said = new Set(modes.filter((mode) => mode !== undefined));
  const [only] = said;
  return said.size === 1 ? only : undefined;
}

/** What a policy says of the mode; undefined if nothing, `?` if that can't be told. */
function modeOf(policy: Resource): string | undefined {
  const content = contentOf(policy.values.content ?? null);
  if (!isObject(content)) return "?";
  const [found] = find(content, MODE);
  if (!found) return undefined;
  const value = isObject(found.value) ? found.value["@@assign"] : undefined;
  return typeof value === "string" ? value : "?";
}

function contentOf(content: Value): Value | undefined {
  if (isUnknown(content)) return content.json;
  if (typeof content !== "string") return content;
  try {
    return parseJson("policy", content);
  } catch {
    return undefined;
  }
}
