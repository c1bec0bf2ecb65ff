import { BackupRegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings";
import { Construct } from "constructs";

/** Kinds of resources that AWS Backup knows. */
const kinds = [
  "Aurora",
  "CloudFormation",
  "DocumentDB",
  "DynamoDB",
  "EBS",
  "EC2",
  "EFS",
  "FSx",
  "Neptune",
  "RDS",
  "Redshift",
  "S3",
  "SAP HANA on Amazon EC2",
  "Storage Gateway",
  "Timestream",
  "VirtualMachine",
] as const;
export type BackupKind = (typeof kinds)[number];

export interface BackupSettingsProps {
  /**
   * Kinds that AWS Backup may back up.
   * @default DynamoDB, EBS, RDS
   */
  readonly kinds?: readonly BackupKind[];
}

/**
 * What AWS Backup backs up in an account and region, once for both. Tables are managed by it in full, without which
 * their backups can't be copied to another account or region.
 */
export class BackupSettings extends Construct {
  constructor(scope: Construct, id: string, props: BackupSettingsProps = {}) {
    super(scope, id);
    const wanted: readonly BackupKind[] = props.kinds ?? ["DynamoDB", "EBS", "RDS"];
    new BackupRegionSettings(this, "settings", {
      resourceTypeOptInPreference: Object.fromEntries(kinds.map((kind) => [kind, wanted.includes(kind)])),
      resourceTypeManagementPreference: { DynamoDB: true, EFS: true },
    });
  }
}
