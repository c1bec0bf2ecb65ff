import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { assumedBy, policyDocument } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import type { ObjectStore } from "./object-store";

/** A store with the data centre and the account it belongs to. */
export interface StoreOf {
  readonly dataCentre: string;
  readonly store: ObjectStore;
  readonly account: string;
}

export interface ObjectReplicationProps {
  /** Name of the role that copies. */
  readonly roleName: string;
  readonly estate: Estate;
  readonly source: StoreOf;
  /** Stores of other data centres, in the order of their priority. */
  readonly targets: readonly StoreOf[];
  /**
   * Provider for the source's account and region.
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/** Copies every new object of a store to stores of other data centres, encrypted there with their own keys. */
export class ObjectReplication extends Construct {
  /** @throws OutsideEstateError if a target is not of the estate. */
  constructor(scope: Construct, id: string, props: ObjectReplicationProps) {
    super(scope, id);
    const { source, targets, estate, provider } = props;
    for (const { store, account } of targets) {
      estate.requireRegion(store.region, `copies by ${props.roleName}`);
      estate.requireAccount(account, `copies by ${props.roleName}`);
    }
    const role = new IamRole(this, "role", {
      provider,
      name: props.roleName,
      description: "Copies objects to the other data centres",
      assumeRolePolicy: assumedBy("s3.amazonaws.com"),
    });
    const permissions = new IamRolePolicy(this, "permissions", {
      provider,
      name: "replicate",
      role: role.id,
      policy: permissionsOf(source, targets),
    });
    new S3BucketReplicationConfigurationA(this, "replication", {
      provider,
      bucket: source.store.bucket.id,
      role: role.arn,
      rule: targets.map(({ dataCentre, store, account }, i) => ({
        id: `to-${dataCentre}`,
        status: "Enabled",
        priority: i + 1,
        filter: { prefix: "" },
        deleteMarkerReplication: { status: "Enabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: {
          bucket: store.bucket.arn,
          ...(account === source.account ? {} : { account, accessControlTranslation: { owner: "Destination" } }),
          storageClass: "STANDARD",
          encryptionConfiguration: { replicaKmsKeyId: store.keyArn },
          metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
          replicationTime: { status: "Enabled", time: { minutes: 15 } },
        },
      })),
      dependsOn: [permissions],
    });
  }
}

const permissionsOf = ({ store }: StoreOf, targets: readonly StoreOf[]): string =>
  policyDocument(
    {
      Sid: "Source",
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      Resource: store.bucket.arn,
    },
    {
      Sid: "SourceVersions",
      Effect: "Allow",
      Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      Resource: `${store.bucket.arn}/*`,
    },
    {
      Sid: "SourceKey",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: store.keyArn,
      Condition: { StringEquals: { "kms:ViaService": `s3.${store.region}.amazonaws.com` } },
    },
    {
      Sid: "Targets",
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"],
      Resource: targets.map((target) => `${target.store.bucket.arn}/*`),
    },
    {
      Sid: "TargetKeys",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
      Resource: targets.map((target) => target.store.keyArn),
      Condition: {
        StringEquals: { "kms:ViaService": targets.map((target) => `s3.${target.store.region}.amazonaws.com`) },
      },
    },
  );
