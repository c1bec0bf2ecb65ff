import type { Guardrail } from "./quotas";
import { type ControlStatement, controlPolicy, type GuardrailScope } from "./scope";

/**
 * Services whose resources resource control policies guard and that the enclave uses ("List of AWS services that support
 * RCPs", https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html); Amazon S3 is below,
 * because of landing buckets.
 */
const guarded = ["kms", "sqs", "secretsmanager", "ecr", "dynamodb", "logs", "events"].map((service) => `${service}:*`);
const assuming = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];

/**
 * What a stranger may not do to a landing bucket: everything but to bring objects in. It is written out because `NotAction`
 * is not supported (…/orgs_manage_policies_rcps_syntax.html, "Elements summary").
 */
const otherThanBringing = [
  "s3:Allow*",
  "s3:Associate*",
  "s3:Bypass*",
  "s3:Create*",
  "s3:De*",
  "s3:Dis*",
  "s3:Get*",
  "s3:List*",
  "s3:Pause*",
  "s3:PutA*",
  "s3:PutB*",
  "s3:PutE*",
  "s3:PutI*",
  "s3:PutJ*",
  "s3:PutL*",
  "s3:PutM*",
  "s3:PutObjectA*",
  "s3:PutObjectL*",
  "s3:PutObjectR*",
  "s3:PutObjectV*",
  "s3:PutR*",
  "s3:PutS*",
  "s3:Restore*",
  "s3:Submit*",
  "s3:Tag*",
  "s3:Untag*",
  "s3:Update*",
];

const strangers = ({ estate }: GuardrailScope): ControlStatement["Condition"] => ({
  StringNotEqualsIfExists: { "aws:PrincipalOrgID": estate.organization },
  BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
});

/** Identity perimeter: nobody from outside the organization, AWS's own services excepted. */
export function identityGuardrail(scope: GuardrailScope): Guardrail {
  const buckets = scope.landing
    ? [`arn:aws:s3:::${scope.landing.bucketPrefix}*`, `arn:aws:s3:::${scope.landing.bucketPrefix}*/*`]
    : [];
  const base = { Effect: "Deny", Principal: "*", Condition: strangers(scope) } as const;
  return {
    name: `${scope.name}-identities`,
    type: "RESOURCE_CONTROL_POLICY",
    description: "Resources for principals of the organization only",
    document: controlPolicy(
      { Sid: "OwnPrincipals", ...base, Action: [...guarded, ...assuming], Resource: "*" },
      {
        Sid: "OwnBuckets",
        ...base,
        Action: "s3:*",
        ...(buckets.length > 0 ? { NotResource: buckets } : { Resource: "*" }),
      },
      ...(buckets.length > 0 ? [{ Sid: "LandingInwards", ...base, Action: otherThanBringing, Resource: buckets }] : []),
    ),
  };
}

/**
 * Confused deputy: a service of AWS acts for the organization only, wherever it says for whom it acts
 * (https://docs.aws.amazon.com/kms/latest/developerguide/resource-control-policies.html).
 */
export const deputyGuardrail = (scope: GuardrailScope): Guardrail => ({
  name: `${scope.name}-deputies`,
  type: "RESOURCE_CONTROL_POLICY",
  description: "AWS's services only on behalf of the organization",
  document: controlPolicy({
    Sid: "OwnDeputies",
    Effect: "Deny",
    Principal: "*",
    Action: [...guarded, ...assuming, "s3:*"],
    Resource: "*",
    Condition: {
      StringNotEqualsIfExists: { "aws:SourceOrgID": scope.estate.organization },
      Null: { "aws:SourceAccount": "false" },
      Bool: { "aws:PrincipalIsAWSService": "true" },
    },
  }),
});

/** No request that can be read on its way. */
export const transportGuardrail = ({ name }: GuardrailScope): Guardrail => ({
  name: `${name}-transport`,
  type: "RESOURCE_CONTROL_POLICY",
  description: "Encrypted requests only",
  document: controlPolicy({
    Sid: "EncryptedTransportOnly",
    Effect: "Deny",
    Principal: "*",
    Action: [...guarded, ...assuming, "s3:*"],
    Resource: "*",
    Condition: { BoolIfExists: { "aws:SecureTransport": "false" } },
  }),
});
