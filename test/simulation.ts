/**
 * Single requests, asked of an independent simulator of IAM. It is licensed under the AGPL: it is a tool of tests alone,
 * and nothing of the project contains it or is shipped with it.
 */
import { runSimulation } from "@cloud-copilot/iam-simulate";

export interface Asked {
  /** ARN of the role that asks. */
  readonly principal: string;
  /** Whose the resource is: twelve digits. */
  readonly account: string;
  readonly action: string;
  /** ARN, or `*` for actions that take none. */
  readonly resource: string;
  /** Condition keys and their values, beside the one for the principal. */
  readonly context?: Readonly<Record<string, string | string[]>>;
}

/** Policies that a request meets, each as JSON text; `{}` stands for one that nobody wrote. */
export interface Policies {
  readonly identity: readonly string[];
  readonly resource?: string;
  readonly endpoint?: string;
  readonly serviceControl?: readonly string[];
}

const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const named = (texts: readonly string[]) => texts.map((text, i) => ({ name: `policy-${i}`, policy: JSON.parse(text) }));

/** @throws Error if the simulator takes the request or a policy for invalid */
export async function isAllowed(asked: Asked, policies: Policies): Promise<boolean> {
  const { identity, resource, endpoint, serviceControl = [] } = policies;
  const result = await runSimulation(
    {
      request: {
        principal: asked.principal,
        action: asked.action,
        resource: { resource: asked.resource, accountId: asked.account },
        contextVariables: { "aws:PrincipalArn": asked.principal, ...asked.context },
      },
      identityPolicies: named(identity),
      serviceControlPolicies: [
        {
          orgIdentifier: "r-ab12",
          policies: [{ name: "FullAWSAccess", policy: everything }, ...named(serviceControl)],
        },
      ],
      resourceControlPolicies: [],
      ...(resource !== undefined && { resourcePolicy: JSON.parse(resource) }),
      ...(endpoint !== undefined && { vpcEndpointPolicies: named([endpoint]) }),
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return result.overallResult === "Allowed";
}
