import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketInventory } from "@cdktf/provider-aws/lib/s3-bucket-inventory";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { Construct } from "constructs";
import type { Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { BucketBasics } from "../storage/bucket-basics";

export interface LandingStoreProps {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Account that the bucket belongs to. */
  readonly account: string;
  readonly estate: Estate;
  /** Region that the bucket stands in. */
  readonly region: string;
  /** Name of the bucket that keeps the access logs. */
  readonly logBucket: string;
  /** ARNs of the roles from outside that bring objects, each with the name of what it brings. */
  readonly writers: Readonly<Record<string, string>>;
  /** Last day that anything comes in: `YYYY-MM-DD`. */
  readonly until: string;
}

/** All that a role from outside may do: replicate objects to here, or put them. */
const inwards = [
  "s3:PutObject",
  "s3:PutObjectTagging",
  "s3:AbortMultipartUpload",
  "s3:ReplicateObject",
  "s3:ReplicateTags",
  "s3:ObjectOwnerOverrideToBucketOwner",
] as const;

/**
 * A bucket that named roles from outside may write to and never read: objects below `data/SOURCE/`, lists of what they
 * mean to bring below `inventory/SOURCE/`. Objects are encrypted with S3's own key, because who writes with a key of KMS
 * in parts must be let decrypt with it as well
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html, "Multipart upload API and permissions").
 */
export class LandingStore extends Construct {
  readonly bucket: S3Bucket;

  /** @throws OutsideEstateError if the bucket would stand outside the estate */
  constructor(scope: Construct, id: string, props: LandingStoreProps) {
    super(scope, id);
    const { bucketName, estate, writers, account } = props;
    estate.requireRegion(props.region, `landing bucket ${bucketName}`);
    const roles = Object.values(writers);
    const { bucket } = new BucketBasics(this, "basics", {
      bucketName,
      estate,
      versionDays: 30,
      grants: (arn) => [
        ...Object.entries(writers).map(([source, role]) => bringing(arn, source, role, props.until)),
        inventories(arn, account),
      ],
      strangers: roles.length > 0 ? { roles, actions: inwards } : undefined,
    });
    this.bucket = bucket;
    new S3BucketLoggingA(this, "access-log", {
      bucket: bucket.id,
      targetBucket: props.logBucket,
      targetPrefix: `access/${bucketName}/`,
    });
    new S3BucketInventory(this, "inventory", {
      bucket: bucket.id,
      name: "landed",
      enabled: true,
      includedObjectVersions: "Current",
      filter: { prefix: "data/" },
      optionalFields: ["Size", "ETag", "ChecksumAlgorithm"],
      schedule: { frequency: "Daily" },
      destination: {
        bucket: {
          bucketArn: bucket.arn,
          accountId: account,
          format: "CSV",
          prefix: "inventory/landed",
          encryption: { sseS3: {} },
        },
      },
    });
  }
}

/** The whole account is not named: a role that was deleted and made again would not be let in. */
const bringing = (arn: string, source: string, role: string, until: string): Statement => ({
  Sid: `Brings${source.replaceAll("-", "")}`,
  Effect: "Allow",
  Principal: { AWS: role },
  Action: inwards,
  Resource: [`${arn}/data/${source}/*`, `${arn}/inventory/${source}/*`],
  Condition: { DateLessThanEquals: { "aws:CurrentTime": `${until}T23:59:59Z` } },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html, "Creating a destination bucket policy" */
const inventories = (arn: string, account: string): Statement => ({
  Sid: "Inventories",
  Effect: "Allow",
  Principal: { Service: "s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: `${arn}/inventory/landed/*`,
  Condition: {
    StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
    ArnLike: { "aws:SourceArn": arn },
  },
});
