import type { Statement } from "../constructs";

export interface HostPermissionsProps {
  readonly bucketArn: string;
  readonly tableArn: string;
  /** Keys that bucket and table are encrypted with. */
  readonly keyArns: readonly string[];
}

/** What the hosts of a data centre may do: read and write its objects and records, and nothing else. */
export const hostPermissions = ({ bucketArn, tableArn, keyArns }: HostPermissionsProps): Statement[] => [
  { Sid: "Bucket", Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
  {
    Sid: "Objects",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    Resource: `${bucketArn}/*`,
  },
  {
    Sid: "Records",
    Effect: "Allow",
    Action: [
      "dynamodb:GetItem",
      "dynamodb:BatchGetItem",
      "dynamodb:Query",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
      "dynamodb:DeleteItem",
    ],
    Resource: tableArn,
  },
  { Sid: "Keys", Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: keyArns },
];
