import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { assumedBy } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import type { RecoveryVault } from "./recovery-vault";

export interface BackupScheduleProps {
  /** Name of the plan. */
  readonly name: string;
  readonly estate: Estate;
  /** Vault that backups go to first. */
  readonly vault: RecoveryVault;
  /** Vaults of other sites that each backup is copied to. */
  readonly copies: readonly RecoveryVault[];
  /** ARNs of what is backed up. */
  readonly resources: readonly string[];
  /**
   * Days that backups and their copies are kept.
   * @default 35
   */
  readonly retentionDays?: number;
  /**
   * Provider for the account and region of what is backed up.
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/** Daily backups into a vault of the data centre, and copies of them to vaults of other sites. */
export class BackupSchedule extends Construct {
  /** @throws OutsideEstateError if a copy would go outside the estate. */
  constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    const { provider, retentionDays = 35 } = props;
    for (const { region } of props.copies) props.estate.requireRegion(region, `backup copy by ${props.name}`);
    const lifecycle = { deleteAfter: retentionDays };
    const plan = new BackupPlan(this, "plan", {
      provider,
      name: props.name,
      rule: [
        {
          ruleName: "daily",
          targetVaultName: props.vault.vault.name,
          schedule: "cron(0 1 * * ? *)",
          scheduleExpressionTimezone: "Etc/UTC",
          startWindow: 60,
          completionWindow: 480,
          lifecycle,
          copyAction: props.copies.map(({ vault }) => ({ destinationVaultArn: vault.arn, lifecycle })),
        },
      ],
    });
    new BackupSelection(this, "selection", {
      provider,
      name: props.name,
      planId: plan.id,
      iamRoleArn: this.role(props).arn,
      resources: [...props.resources],
    });
  }

  private role({ name, provider }: BackupScheduleProps): IamRole {
    const role = new IamRole(this, "role", {
      provider,
      name: `${name}-backup`,
      description: "Takes backups and copies them",
      assumeRolePolicy: assumedBy("backup.amazonaws.com"),
    });
    new IamRolePolicyAttachment(this, "permissions", {
      provider,
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    });
    return role;
  }
}
