import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import type { Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { BucketBasics } from "../storage/bucket-basics";

export interface OutboxProps {
  /** Name of the bucket. */
  readonly bucketName: string;
  readonly estate: Estate;
  /** ARN of the key that objects are encrypted with. */
  readonly keyArn: string;
  /** ARN of the role that pseudonymises: what it writes is all that is here. */
  readonly filledBy: string;
  /** ARN of the role that releases: nobody else reads, and it reads only what may leave. */
  readonly emptiedBy: string;
  /** Classes of data that may leave. */
  readonly classes: readonly string[];
  /** Days that a transfer waits at most. */
  readonly days: number;
}

/**
 * Where data waits to leave. The bucket itself lets nobody in but the two functions, and lets the second read nothing
 * that the first has not marked as pseudonymised and of a declared class.
 */
export class Outbox extends Construct {
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, props: OutboxProps) {
    super(scope, id);
    const { bucket } = new BucketBasics(this, "basics", {
      bucketName: props.bucketName,
      estate: props.estate,
      keyArn: props.keyArn,
      versionDays: props.days,
      objectDays: props.days,
      grants: (arn) => guards(arn, props),
    });
    this.bucket = bucket;
  }
}

function guards(arn: string, { filledBy, emptiedBy, classes }: OutboxProps): Statement[] {
  const deny = { Effect: "Deny", Principal: "*", Resource: `${arn}/*` } as const;
  const unless = (role: string) => ({ ArnNotEquals: { "aws:PrincipalArn": role } });
  const reads = ["s3:GetObject", "s3:GetObjectVersion"];
  return [
    { Sid: "FilledByOne", ...deny, Action: ["s3:PutObject", "s3:PutObjectTagging"], Condition: unless(filledBy) },
    { Sid: "EmptiedByOne", ...deny, Action: reads, Condition: unless(emptiedBy) },
    // The tags are those that an object has: https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
    {
      Sid: "PseudonymisedOnly",
      ...deny,
      Action: reads,
      Condition: { StringNotEquals: { "s3:ExistingObjectTag/Pseudonymised": "yes" } },
    },
    {
      Sid: "DeclaredClassesOnly",
      ...deny,
      Action: reads,
      Condition:
        classes.length === 0
          ? { Null: { "aws:PrincipalArn": "false" } }
          : { StringNotEquals: { "s3:ExistingObjectTag/Class": [...classes] } },
    },
  ];
}
