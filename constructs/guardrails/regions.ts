import type { Guardrail } from "./quotas";
import { controlPolicy, type GuardrailScope } from "./scope";

/**
 * Actions that work although their request goes to a region outside: the shortest list with which the enclave's own
 * stacks can be applied. AWS's example has some forty services more
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html,
 * "Deny access to AWS based on the requested AWS Region"), none of which the enclave uses.
 */
export const regionExemptions: Readonly<Record<string, string>> = {
  "iam:*": "IAM answers in us-east-1 only; it keeps names and policies, and no data of users",
  "organizations:Describe*": "AWS Organizations answers in us-east-1 only; member accounts look up where they belong",
  "organizations:List*": "AWS Organizations answers in us-east-1 only; member accounts look up where they belong",
  "route53:AssociateVPCWithHostedZone": "an interface endpoint's private names are made by Route 53, in us-east-1",
  "s3:GetAccountPublicAccessBlock": "the account's block on public access is kept once for all regions",
  "s3:PutAccountPublicAccessBlock": "the account's block on public access is kept once for all regions",
};

/** What may be asked of a place outside by whoever fetches copies from there. */
const fetching = ["s3:GetObject*", "s3:GetBucketLocation", "s3:ListBucket*"];

/** Nothing is asked of a region that is none of the estate's, and no further region is opened. */
export function regionGuardrail({ name, estate, landing }: GuardrailScope): Guardrail {
  const reader = { "aws:PrincipalArn": `arn:aws:iam::*:role/${landing?.readerRole}` };
  const base = { Effect: "Deny", Resource: "*" } as const;
  const outside = { StringNotEquals: { "aws:RequestedRegion": estate.regions } };
  const exempt = Object.keys(regionExemptions);
  return {
    name: `${name}-regions`,
    type: "SERVICE_CONTROL_POLICY",
    description: "Nothing outside the regions of the enclave",
    document: controlPolicy(
      { Sid: "Regions", ...base, NotAction: landing ? [...exempt, ...fetching] : exempt, Condition: outside },
      ...(landing
        ? [{ Sid: "Fetching", ...base, Action: fetching, Condition: { ...outside, ArnNotLike: reader } }]
        : []),
      {
        Sid: "Accounts",
        ...base,
        Action: ["account:EnableRegion", "account:CloseAccount", "organizations:LeaveOrganization"],
      },
    ),
  };
}
