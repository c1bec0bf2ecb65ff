/** What every bucket of the enclave has, whatever it holds. */

import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import {
  denyOtherStrangers,
  denyPlaintext,
  denyStrangers,
  policyDocument,
  type Statement,
} from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";

export interface BucketBasicsProps {
  /** Name of the bucket. */
  readonly bucketName: string;
  readonly estate: Estate;
  /**
   * ARN of the key that objects are encrypted with.
   * @default S3's own key, which is all that log delivery of S3 can write with
   */
  readonly keyArn?: string;
  /**
   * Days that nobody, the account's root user included, can delete a version or shorten its time: Object Lock in
   * compliance mode.
   * @default versions can be deleted
   */
  readonly lockDays?: number;
  /** Days that versions are kept after they were overwritten or deleted. */
  readonly versionDays: number;
  /**
   * Days that current objects are kept.
   * @default for ever
   */
  readonly objectDays?: number;
  /**
   * Who else may do what, within the estate.
   * @default nobody but the own account
   */
  readonly grants?: (bucketArn: string) => readonly Statement[];
  /**
   * Roles from outside the estate that may do the actions listed, and nothing else.
   * @default nobody from outside may do anything
   */
  readonly strangers?: { readonly roles: readonly string[]; readonly actions: readonly string[] };
}

/**
 * A private bucket: versions kept, objects encrypted, no access control lists, no public access, and a policy that
 * turns away plaintext and strangers.
 */
export class BucketBasics extends Construct {
  readonly bucket: S3Bucket;
  /** Replication has to wait for it. */
  readonly versioning: S3BucketVersioningA;

  constructor(scope: Construct, id: string, props: BucketBasicsProps) {
    super(scope, id);
    this.bucket = new S3Bucket(this, "bucket", {
      bucket: props.bucketName,
      forceDestroy: false,
      objectLockEnabled: props.lockDays === undefined ? undefined : true,
    });
    const bucket = this.bucket.id;
    this.versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        props.keyArn
          ? {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.keyArn },
              bucketKeyEnabled: true,
            }
          : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
      ],
    });
    const block = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketPolicy(this, "policy", { bucket, policy: this.policy(props), dependsOn: [block] });
    this.expire(props);
    if (props.lockDays !== undefined) this.lock(props.lockDays);
  }

  private policy({ estate, grants, strangers }: BucketBasicsProps): string {
    const arn = this.bucket.arn;
    const everything = [arn, `${arn}/*`];
    return policyDocument(
      ...(grants?.(arn) ?? []),
      denyPlaintext("s3:*", everything),
      ...(strangers ? denyOtherStrangers(estate, strangers, everything) : [denyStrangers(estate, "s3:*", everything)]),
    );
  }

  private expire({ versionDays, objectDays }: BucketBasicsProps): void {
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: this.bucket.id,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          noncurrentVersionExpiration: [{ noncurrentDays: versionDays }],
          expiration: objectDays === undefined ? undefined : [{ days: objectDays }],
        },
      ],
      dependsOn: [this.versioning],
    });
  }

  private lock(days: number): void {
    new S3BucketObjectLockConfigurationA(this, "lock", {
      bucket: this.bucket.id,
      rule: { defaultRetention: { mode: "COMPLIANCE", days } },
      dependsOn: [this.versioning],
    });
  }
}
