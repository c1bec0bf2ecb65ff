import type { Guardrail } from "./quotas";
import { type ControlStatement, controlPolicy, type GuardrailScope, type ReleaseScope } from "./scope";

/** Services with resources that hold or carry data, as far as the enclave's principals use them. */
const dataServices = [
  "s3",
  "dynamodb",
  "kms",
  "sqs",
  "sns",
  "secretsmanager",
  "ssm",
  "kinesis",
  "firehose",
  "ecr",
  "logs",
];

/**
 * Services whose requests carry `aws:VpceOrgID` (AWS global condition context keys, aws:VpceOrgID, Availability) and that
 * the enclave reaches by endpoints.
 */
const endpointServices = ["s3", "kms", "lambda", "firehose"];

/** Objects alone: of the buckets themselves nothing is asked. */
const inside = ({ inboxArns }: ReleaseScope): string[] => inboxArns.map((arn) => `${arn}/*`);

/** With inboxes of receivers nobody does anything but who releases, and that is to put objects. */
const releasesOnly = (release: ReleaseScope, index: number): ControlStatement[] => {
  const base = { Effect: "Deny", Resource: inside(release) } as const;
  const Condition = { ArnNotEquals: { "aws:PrincipalArn": release.roleArns } };
  return [
    { Sid: `Releasers${index}`, ...base, Action: "s3:*", Condition },
    { Sid: `Releases${index}`, ...base, NotAction: ["s3:PutObject"] },
  ];
};

/**
 * Resource and network perimeter of accounts that hold users' data: their principals reach resources of the organization
 * only, and machines only by endpoints of the organization. Requests that AWS's services make with the principal's
 * rights are theirs to bound: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 */
export const perimeterGuardrail = ({ name, estate, landing, releases = [] }: GuardrailScope): Guardrail => ({
  name: `${name}-perimeters`,
  type: "SERVICE_CONTROL_POLICY",
  description: "Resources of the organization only, by its endpoints only",
  document: controlPolicy(
    {
      Sid: "OwnResources",
      Effect: "Deny",
      Action: dataServices.map((service) => `${service}:*`),
      // All elements but `Principal` can be used: …/orgs_manage_policies_scps_syntax.html, "Elements summary".
      ...(releases.length > 0 ? { NotResource: releases.flatMap(inside) } : { Resource: "*" }),
      Condition: {
        StringNotEqualsIfExists: { "aws:ResourceOrgID": estate.organization },
        BoolIfExists: { "aws:ViaAWSService": "false" },
        // Who fetches from outside reads there; its other rights are held by the statement below.
        ...(landing ? { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${landing.readerRole}` } } : {}),
      },
    },
    ...(landing
      ? [
          {
            Sid: "ReaderWritesAtHome",
            Effect: "Deny" as const,
            NotAction: ["s3:Get*", "s3:List*", "kms:Decrypt"],
            Resource: "*",
            Condition: {
              StringNotEqualsIfExists: { "aws:ResourceOrgID": estate.organization },
              ArnLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${landing.readerRole}` },
            },
          },
        ]
      : []),
    ...releases.flatMap(releasesOnly),
    {
      Sid: "OwnEndpoints",
      Effect: "Deny",
      Action: endpointServices.map((service) => `${service}:*`),
      Resource: "*",
      Condition: {
        // Only credentials of instances have it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
        Null: { "ec2:SourceInstanceARN": "false" },
        StringNotEqualsIfExists: { "aws:VpceOrgID": estate.organization },
        BoolIfExists: { "aws:ViaAWSService": "false" },
      },
    },
  ),
});
