/** What the partner's people may do, in IAM's words. */
import type { DataCentre, EvidenceArchive, Statement } from "../constructs";

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

/** Calling the access gateways of data centres to approve; each gateway lets in by name besides. */
export const approving = (dataCentres: readonly DataCentre[]): Statement[] => [
  {
    Sid: "Approve",
    Effect: "Allow",
    Action: "execute-api:Invoke",
    Resource: [
      ...new Set(
        dataCentres.flatMap(({ region, account }) =>
          ["requests", "transfers"].map(
            (what) => `arn:aws:execute-api:${region}:${account.id}:*/*/POST/${what}/*/approval`,
          ),
        ),
      ),
    ],
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
