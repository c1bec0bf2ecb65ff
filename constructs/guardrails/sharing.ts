import type { Guardrail } from "./quotas";
import { controlPolicy, exceptDelivery, type GuardrailScope } from "./scope";

/** Hands a resource to another account or to everybody; nothing of the enclave is shared this way. */
const shares = [
  "ram:CreateResourceShare",
  "ram:AssociateResourceShare",
  "ram:UpdateResourceShare",
  "ec2:ModifyImageAttribute",
  "ec2:ModifyFpgaImageAttribute",
  "ec2:ModifyVpcEndpointServicePermissions",
  "ssm:ModifyDocumentPermission",
  "redshift:AuthorizeDataShare",
  "redshift:AuthorizeSnapshotAccess",
  "cloudfront:*",
];

/** Copies that leave the account or the region by a request of their own. */
const copies = [
  "ec2:CreateStoreImageTask",
  "ec2:ExportImage",
  "ec2:CreateInstanceExportTask",
  "ebs:GetSnapshotBlock",
  "ebs:ListSnapshotBlocks",
  "rds:StartExportTask",
  "rds:StartDBInstanceAutomatedBackupsReplication",
  "rds:CreateGlobalCluster",
  "dynamodb:ExportTableToPointInTime",
  "dynamodb:CreateGlobalTable",
  "s3:CreateMultiRegionAccessPoint",
  "s3:CreateJob",
  "snowball:*",
  "importexport:*",
];

/**
 * What AWS Backup does with the role of a plan to copy recovery points to other vaults (AWSBackupServiceRolePolicyForBackup,
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html); where to, `BackupCopies` says.
 */
const backups = [
  "ec2:CopyImage",
  "ec2:CopySnapshot",
  "ec2:ModifySnapshotAttribute",
  "rds:CopyDBClusterSnapshot",
  "rds:CopyDBSnapshot",
  "rds:ModifyDBClusterSnapshotAttribute",
  "rds:ModifyDBSnapshotAttribute",
];

/** Copies and permissions that the enclave declares, made by proved plans only. */
const declared = [
  "s3:PutReplicationConfiguration",
  "s3:PutBucketPolicy",
  "s3:PutAccessPointPolicy",
  "s3:PutInventoryConfiguration",
  "backup:PutBackupVaultAccessPolicy",
  "backup:UpdateGlobalSettings",
  "dynamodb:CreateTableReplica",
  "dynamodb:PutResourcePolicy",
  "kms:PutKeyPolicy",
  "secretsmanager:PutResourcePolicy",
  "logs:PutDestinationPolicy",
  "lambda:AddPermission",
  "ecr:SetRepositoryPolicy",
  "ecr:PutReplicationConfiguration",
  "datasync:CreateTask",
];

/** Nothing is shared or copied beyond the enclave. */
export const sharingGuardrail = (scope: GuardrailScope): Guardrail => ({
  name: `${scope.name}-sharing`,
  type: "SERVICE_CONTROL_POLICY",
  description: "Nothing shared with others, nothing copied elsewhere",
  document: controlPolicy(
    { Sid: "Shares", Effect: "Deny", Action: [...shares, ...copies], Resource: "*" },
    {
      Sid: "Snapshots",
      Effect: "Deny",
      Action: backups,
      Resource: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${scope.name}-*-backup` } },
    },
    { Sid: "Declared", Effect: "Deny", Action: declared, Resource: "*", Condition: exceptDelivery(scope) },
    {
      Sid: "Grants",
      Effect: "Deny",
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { BoolIfExists: { "kms:GrantIsForAWSResource": "false" } },
    },
    {
      Sid: "KeyReplicas",
      Effect: "Deny",
      Action: "kms:ReplicateKey",
      Resource: "*",
      Condition: { StringNotEquals: { "kms:ReplicaRegion": scope.estate.regions } },
    },
    {
      Sid: "BackupCopies",
      Effect: "Deny",
      Action: "backup:CopyFromBackupVault",
      Resource: "*",
      Condition: {
        "ForAnyValue:ArnNotLike": {
          "backup:CopyTargets": scope.estate.regions.flatMap((region) =>
            scope.estate.accounts.map((account) => `arn:aws:backup:${region}:${account}:backup-vault:*`),
          ),
        },
      },
    },
  ),
});
