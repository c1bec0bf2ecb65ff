import type { Guardrail } from "./quotas";
import { controlPolicy, type GuardrailScope } from "./scope";

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

/**
 * Resource and network perimeter of accounts that hold users' data: their principals reach resources of the organization
 * only, and machines only by endpoints of the organization. Requests that AWS's services make with the principal's
 * rights are theirs to bound: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 */
export const perimeterGuardrail = ({ name, estate, landing }: GuardrailScope): Guardrail => ({
  name: `${name}-perimeters`,
  type: "SERVICE_CONTROL_POLICY",
  description: "Resources of the organization only, by its endpoints only",
  document: controlPolicy(
    {
      Sid: "OwnResources",
      Effect: "Deny",
      Action: dataServices.map((service) => `${service}:*`),
      Resource: "*",
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
