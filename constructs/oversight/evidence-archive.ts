import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { Construct } from "constructs";
import { assumedBy, policyDocument } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { BucketBasics } from "../storage/bucket-basics";
import { KeyRing } from "../storage/key-ring";
import { deliveredLogs, encryptedLogs } from "../storage/log-delivery";
import {
  bringing,
  configurationHistories,
  configurationKey,
  type EvidenceParties,
  nobodyDeletes,
  partnersKeyOnly,
  trailFiles,
  trailKey,
  watchedOnly,
  writersOfEvidence,
  writersOfEvidenceKey,
} from "./evidence-policy";

export interface EvidenceArchiveProps extends EvidenceParties {
  /** Name of the bucket; the one that configuration histories come in by is called `NAME-config`. */
  readonly bucketName: string;
  /** The partner's account. */
  readonly account: string;
  /** Region that the archive stands in and that what it keeps comes from. */
  readonly region: string;
  readonly estate: Estate;
  /** Days that nobody can delete what has come in. */
  readonly lockDays: number;
  /** A trail that delivers here; its files lie below `trail/`. */
  readonly trailArn: string;
}

/** Where the trail's files lie in an archive. */
export const trailPrefix = "trail";

/**
 * The partner's evidence of one region: what was recorded in the watched accounts and what their gateways did, locked
 * against everybody, encrypted with a key of the partner's. The watched accounts write into it; they neither read it
 * back nor delete it.
 */
export class EvidenceArchive extends Construct {
  readonly bucket: S3Bucket;
  /** The bucket that AWS Config delivers to. */
  readonly configuration: S3Bucket;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: EvidenceArchiveProps) {
    super(scope, id);
    this.keyArn = this.makeKey(props);
    const { bucket } = new BucketBasics(this, "evidence", {
      bucketName: props.bucketName,
      estate: props.estate,
      keyArn: this.keyArn,
      lockDays: props.lockDays,
      versionDays: props.lockDays,
      objectDays: props.lockDays,
      grants: (arn) => [
        ...deliveredLogs(arn, props.watched, props.region),
        ...trailFiles(arn, props.trailArn, trailPrefix),
        ...writersOfEvidence(arn, props),
        watchedOnly(props, bringing, [arn, `${arn}/*`]),
        ...partnersKeyOnly(arn, this.keyArn),
        nobodyDeletes(arn),
      ],
    });
    this.bucket = bucket;
    this.configuration = this.takeConfigurations(props);
  }

  private makeKey(props: EvidenceArchiveProps): string {
    const keys = new KeyRing(this, "keys", {
      name: props.bucketName,
      account: props.account,
      region: props.region,
      estate: props.estate,
      keys: {
        evidence: {
          statements: [
            encryptedLogs(props.watched, props.region),
            trailKey(props.trailArn),
            configurationKey(props.watched),
            ...writersOfEvidenceKey(props, props.region),
            watchedOnly(props, ["kms:GenerateDataKey"], ["*"]),
          ],
        },
      },
    });
    return keys.arn("evidence");
  }

  /**
   * AWS Config delivers to no bucket with Object Lock
   * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-config-deliverychannel.html),
   * so its files come in by another bucket and are copied into the archive at once.
   */
  private takeConfigurations(props: EvidenceArchiveProps): S3Bucket {
    const { bucket, versioning } = new BucketBasics(this, "configuration", {
      bucketName: `${props.bucketName}-config`,
      estate: props.estate,
      keyArn: this.keyArn,
      versionDays: props.lockDays,
      objectDays: props.lockDays,
      grants: (arn) => [
        ...configurationHistories(arn, props.watched),
        watchedOnly(props, ["s3:PutObject"], [arn, `${arn}/*`]),
        ...partnersKeyOnly(arn, this.keyArn),
        nobodyDeletes(arn),
      ],
    });
    const role = new IamRole(this, "copy-role", {
      name: `${props.bucketName}-config`,
      description: "Copies configuration histories into the archive",
      assumeRolePolicy: assumedBy("s3.amazonaws.com"),
    });
    const permissions = new IamRolePolicy(this, "copy-permissions", {
      name: "replicate",
      role: role.id,
      policy: this.copies(bucket, props.region),
    });
    new S3BucketReplicationConfigurationA(this, "copies", {
      bucket: bucket.id,
      role: role.arn,
      rule: [
        {
          id: "to-archive",
          status: "Enabled",
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: this.bucket.arn,
            encryptionConfiguration: { replicaKmsKeyId: this.keyArn },
          },
        },
      ],
      dependsOn: [permissions, versioning],
    });
    return bucket;
  }

  private copies(source: S3Bucket, region: string): string {
    return policyDocument(
      {
        Sid: "Source",
        Effect: "Allow",
        Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        Resource: source.arn,
      },
      {
        Sid: "SourceVersions",
        Effect: "Allow",
        Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
        Resource: `${source.arn}/*`,
      },
      {
        Sid: "Archive",
        Effect: "Allow",
        Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
        Resource: `${this.bucket.arn}/*`,
      },
      {
        Sid: "Key",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: this.keyArn,
        Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      },
    );
  }
}
