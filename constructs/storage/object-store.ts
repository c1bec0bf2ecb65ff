import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { Construct } from "constructs";
import type { Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { BucketBasics } from "./bucket-basics";

export interface ObjectStoreProps {
  /** Name of the bucket. */
  readonly bucketName: string;
  readonly estate: Estate;
  /** Region that the bucket stands in. */
  readonly region: string;
  /** ARN of the key that objects are encrypted with. */
  readonly keyArn: string;
  /** Name of the bucket that keeps the access logs. */
  readonly logBucket: string;
  /**
   * Days that versions are kept after they were overwritten or deleted.
   * @default 90
   */
  readonly versionDays?: number;
  /**
   * Roles of other accounts of the estate that write copies into this store.
   * @default none
   */
  readonly copiesFrom?: readonly ReplicaWriter[];
}

/** A role that writes copies, named before it exists. */
export interface ReplicaWriter {
  readonly account: string;
  readonly roleName: string;
}

/** A bucket for the enclave's data. */
export class ObjectStore extends Construct {
  readonly bucket: S3Bucket;
  /** Name of the bucket, known before it exists. */
  readonly bucketName: string;
  readonly region: string;
  readonly keyArn: string;

  /** @throws OutsideEstateError if it would stand, or take copies from, outside the estate. */
  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    this.region = props.estate.requireRegion(props.region, `object store ${props.bucketName}`);
    this.keyArn = props.keyArn;
    this.bucketName = props.bucketName;
    const writers = props.copiesFrom ?? [];
    for (const { account } of writers) props.estate.requireAccount(account, `copies into ${props.bucketName}`);
    const { bucket } = new BucketBasics(this, "basics", {
      bucketName: props.bucketName,
      estate: props.estate,
      keyArn: props.keyArn,
      versionDays: props.versionDays ?? 90,
      grants: (arn) => writers.flatMap((writer, i) => copies(arn, writer, i)),
    });
    this.bucket = bucket;
    new S3BucketLoggingA(this, "access-log", {
      bucket: bucket.id,
      targetBucket: props.logBucket,
      targetPrefix: `access/${props.bucketName}/`,
    });
  }
}

/**
 * The whole account is the principal and the role a condition, because S3 refuses a policy that names a role which
 * does not exist yet.
 */
function copies(arn: string, { account, roleName }: ReplicaWriter, index: number): Statement[] {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  const Condition = { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/${roleName}` } };
  return [
    {
      Sid: `Copies${index}`,
      Effect: "Allow",
      Principal,
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"],
      Resource: `${arn}/*`,
      Condition,
    },
    {
      Sid: `CopiesCheck${index}`,
      Effect: "Allow",
      Principal,
      Action: ["s3:GetBucketVersioning", "s3:ListBucket"],
      Resource: arn,
      Condition,
    },
  ];
}
