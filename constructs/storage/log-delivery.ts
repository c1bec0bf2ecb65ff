/** What a bucket and its key have to let the service do that delivers records of traffic, queries and firewalls. */
import type { Statement } from "../perimeter/documents";

const Principal = { Service: "delivery.logs.amazonaws.com" };

const from = (accounts: readonly string[], region: string) => ({
  StringEquals: { "aws:SourceAccount": accounts },
  ArnLike: { "aws:SourceArn": accounts.map((account) => `arn:aws:logs:${region}:${account}:*`) },
});

/**
 * Lets the logs of accounts in a region into a bucket:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
 */
export function deliveredLogs(bucketArn: string, accounts: readonly string[], region: string): Statement[] {
  const Condition = from(accounts, region);
  return [
    {
      Sid: "DeliveredLogs",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: `${bucketArn}/*`,
      Condition: {
        ...Condition,
        StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...Condition.StringEquals },
      },
    },
    {
      Sid: "DeliveryChecks",
      Effect: "Allow",
      Principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition,
    },
  ];
}

/** Lets them be encrypted with a key: "Amazon S3 bucket server-side encryption" on the same page. */
export const encryptedLogs = (accounts: readonly string[], region: string): Statement => ({
  Sid: "DeliveredLogs",
  Effect: "Allow",
  Principal,
  Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
  Resource: "*",
  Condition: from(accounts, region),
});
