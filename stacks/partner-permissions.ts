/** What the partner's people may do, in IAM's words. */
import { dataCentresOf, type Enclave, type EvidenceArchive, gatewayNames, type Statement } from "../constructs";

/** Reading evidence, which a service decrypts for them; and what the services keep that find and record. */
export function auditing(archives: readonly Pick<EvidenceArchive, "bucket" | "keyArn">[]): Statement[] {
  return [
    {
      Sid: "Archives",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketObjectLockConfiguration", "s3:GetBucketPolicy"],
      Resource: archives.map(({ bucket }) => bucket.arn),
    },
    {
      Sid: "Evidence",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectRetention"],
      Resource: archives.map(({ bucket }) => `${bucket.arn}/*`),
    },
    {
      Sid: "Keys",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: archives.map(({ keyArn }) => keyArn),
      Condition: { Bool: { "aws:ViaAWSService": "true" } },
    },
    {
      Sid: "Records",
      Effect: "Allow",
      Action: [
        "cloudtrail:DescribeTrails",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:GetEventSelectors",
        "config:Describe*",
        "config:GetAggregateResourceConfig",
        "config:SelectAggregateResourceConfig",
        "guardduty:GetFindings",
        "guardduty:ListDetectors",
        "guardduty:ListFindings",
        "macie2:GetFindings",
        "macie2:ListFindings",
        "securityhub:GetFindings",
      ],
      Resource: "*",
    },
  ];
}

/** Sending answers to the gateways of data centres; each queue takes them by name besides. */
export const approving = (enclave: Enclave): Statement[] => [
  {
    Sid: "Approve",
    Effect: "Allow",
    Action: "sqs:SendMessage",
    Resource: dataCentresOf(enclave).map(
      (dataCentre) =>
        `arn:aws:sqs:${dataCentre.region}:${dataCentre.account.id}:${gatewayNames(enclave, dataCentre).step("countersign")}`,
    ),
  },
];

export interface RespondingTo {
  /** ARN of the queue of incidents. */
  readonly queueArn: string;
  /** ARN of the key that its messages are encrypted with. */
  readonly keyArn: string;
  /** The state machine that stops sessions and transfers. */
  readonly stop: { readonly name: string; readonly region: string; readonly account: string };
}

export const responding = ({ queueArn, keyArn, stop }: RespondingTo): Statement[] => [
  {
    Sid: "Incidents",
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: queueArn,
  },
  {
    Sid: "Key",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: keyArn,
    Condition: { Bool: { "aws:ViaAWSService": "true" } },
  },
  {
    Sid: "Stop",
    Effect: "Allow",
    Action: ["states:StartExecution", "states:DescribeExecution"],
    Resource: [`stateMachine:${stop.name}`, `execution:${stop.name}:*`].map(
      (rest) => `arn:aws:states:${stop.region}:${stop.account}:${rest}`,
    ),
  },
];
