import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { Construct } from "constructs";
import { denyStrangers, policyDocument } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";

export interface RecoveryVaultProps {
  /** Name of the vault. */
  readonly name: string;
  readonly estate: Estate;
  /** Region that the vault stands in. */
  readonly region: string;
  /** ARN of the key that backups are encrypted with. */
  readonly keyArn: string;
  /**
   * Days that a backup is kept at the least; nobody can delete it earlier.
   * @default 7
   */
  readonly minDays?: number;
  /**
   * Days that a backup is kept at the most.
   * @default 365
   */
  readonly maxDays?: number;
}

/** A vault that takes copies from accounts of the estate, and gives copies to vaults of the estate. */
export class RecoveryVault extends Construct {
  readonly vault: BackupVault;
  readonly region: string;

  /** @throws OutsideEstateError if it would stand outside the estate. */
  constructor(scope: Construct, id: string, props: RecoveryVaultProps) {
    super(scope, id);
    this.region = props.estate.requireRegion(props.region, `vault ${props.name}`);
    this.vault = new BackupVault(this, "vault", { name: props.name, kmsKeyArn: props.keyArn, forceDestroy: false });
    new BackupVaultPolicy(this, "policy", { backupVaultName: this.vault.name, policy: policyOf(props.estate) });
    new BackupVaultLockConfiguration(this, "lock", {
      backupVaultName: this.vault.name,
      minRetentionDays: props.minDays ?? 7,
      maxRetentionDays: props.maxDays ?? 365,
    });
  }
}

const policyOf = (estate: Estate): string =>
  policyDocument(
    {
      Sid: "CopiesFromTheEstate",
      Effect: "Allow",
      Principal: { AWS: estate.accountRoots },
      Action: "backup:CopyIntoBackupVault",
      Resource: "*",
    },
    {
      Sid: "CopiesToTheEstateOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "backup:CopyFromBackupVault",
      Resource: "*",
      Condition: { "ForAnyValue:ArnNotLike": { "backup:CopyTargets": vaultsOf(estate) } },
    },
    denyStrangers(estate, "backup:*", "*"),
  );

const vaultsOf = (estate: Estate): string[] =>
  estate.regions.flatMap((region) =>
    estate.accounts.map((account) => `arn:aws:backup:${region}:${account}:backup-vault:*`),
  );
