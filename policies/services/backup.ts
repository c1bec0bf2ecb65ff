/** AWS Backup: plans, vaults, their copies and who may take them. */
import type { Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import {
  document,
  type Finding,
  filters,
  grants,
  harmless,
  holds,
  inert,
  moves,
  policy,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { parameterMap } from "./documents/arn-values";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/aws-backup/latest/devguide/${page}.html`;

const vault = uses("the vault that it is about");

/** "Key values are not case sensitive": a database restored for a test can be given a public address. */
function* publicRestore(selection: Resource): Generator<Finding> {
  for (const { value, at: where } of find(selection.values, "restore_metadata_overrides.*")) {
    if (!/\.publiclyaccessible$/i.test(where) || (!isUnknown(value) && String(value).toLowerCase() !== "true"))
      continue;
    yield {
      finding: "flow",
      channel: "backup.restore-test",
      attribute: where,
      to: { to: "internet" },
      why: "the restored database gets a public address",
      ...(isUnknown(value) ? { unless: `${where}: ${value.why}` } : {}),
    };
  }
}

export default service("AWS Backup", {
  aws_backup_vault: holds("a vault of recovery points", {
    docs: guide("vaults"),
    attributes: { kms_key_arn: uses("the key that encrypts the recovery points") },
  }),
  aws_backup_logically_air_gapped_vault: holds("a vault of recovery points that can be shared with AWS RAM", {
    docs: guide("logicallyairgappedvault"),
    attributes: { encryption_key_arn: uses("the key that encrypts the recovery points") },
  }),
  aws_backup_plan: moves("makes recovery points by schedule and copies them to other vaults", {
    docs: guide("cross-region-backup"),
    attributes: {
      "rule.copy_action.destination_vault_arn": sends("backup.copy", "arn", {
        why: "each recovery point is copied there",
      }),
      "rule.target_logically_air_gapped_backup_vault_arn": sends("backup.copy", "arn", {
        why: "each recovery point is copied there",
      }),
      "rule.target_vault_name": uses("the vault of the same account and region that recovery points are made in"),
      "rule.recovery_point_tags": harmless("free text"),
      "rule.schedule_expression_timezone": harmless("how times are read"),
      "advanced_backup_setting.backup_options": harmless("how Windows volumes are quiesced"),
      "scan_setting.scanner_role_arn": uses("the role with which GuardDuty of the same account scans recovery points"),
    },
  }),
  aws_backup_selection: moves("which resources a plan backs up", {
    docs: guide("assigning-resources"),
    attributes: {
      plan_id: uses("the plan, which is judged itself"),
      iam_role_arn: uses("the role that makes the recovery points"),
      resources: receives("what is backed up"),
      not_resources: harmless("what is not backed up"),
      "condition.*.key": harmless("which tags are looked at"),
      "condition.*.value": harmless("which tags are looked at"),
      "selection_tag.value": harmless("which tags are looked at"),
    },
  }),
  aws_backup_vault_policy: grants("says who may take recovery points of a vault", {
    docs: guide("create-a-vault-access-policy"),
    data: "backup_vault_name",
    attributes: { backup_vault_name: vault, policy: policy("backup.vault-policy") },
  }),
  aws_backup_vault_notifications: moves("tells a topic what happens in a vault", {
    docs: guide("backup-notifications"),
    data: "backup_vault_name",
    attributes: { backup_vault_name: vault, sns_topic_arn: sends("backup.notifications", "arn") },
  }),
  aws_backup_report_plan: moves("writes reports on backups into a bucket", {
    docs: guide("aws-backup-audit-manager"),
    attributes: {
      "report_delivery_channel.s3_bucket_name": sends("backup.reports", "bucket"),
      "report_setting.accounts": harmless("which accounts are reported on"),
      "report_setting.organization_units": harmless("which units are reported on"),
      "report_setting.regions": harmless("which regions are reported on"),
      "report_setting.framework_arns": uses("frameworks that are reported on"),
    },
  }),
  aws_backup_vault_lock_configuration: filters("keeps recovery points from being deleted", {
    docs: guide("vault-lock"),
    data: "backup_vault_name",
    attributes: { backup_vault_name: vault },
  }),
  aws_backup_framework: inert(
    "controls that resources are compared with, by AWS Config of the same account",
    guide("aws-backup-audit-manager"),
    {
      "control.input_parameter.value": harmless("what a control compares with"),
      "control.scope": harmless("which resources are compared"),
    },
  ),
  aws_backup_global_settings: {
    ...inert(
      "lets the organization's accounts copy to each other; each copy is a rule of a plan",
      guide("manage-cross-account"),
      { global_settings: harmless("switches of the organization") },
    ),
    placement: { global: "AWS Backup's settings of the organization hold no backups" },
  },
  aws_backup_region_settings: inert("which services are backed up", resourcePage("backup_region_settings"), {
    resource_type_opt_in_preference: harmless("switches by service"),
    resource_type_management_preference: harmless("switches by service"),
  }),
  aws_backup_restore_testing_plan: moves(
    "restores recovery points to the same account and region, to see that they can be",
    {
      docs: guide("restore-testing"),
      attributes: {
        "recovery_point_selection.include_vaults": receives("vaults that are restored from"),
        "recovery_point_selection.exclude_vaults": harmless("vaults that are not restored from"),
        schedule_expression_timezone: harmless("how times are read"),
      },
    },
  ),
  aws_backup_restore_testing_selection: moves("which recovery points are restored as a test", {
    docs: guide("restore-testing"),
    attributes: {
      iam_role_arn: uses("the role that restores"),
      protected_resource_arns: receives("whose recovery points are restored"),
      "protected_resource_conditions.string_equals": harmless("which tags are looked at"),
      "protected_resource_conditions.string_not_equals": harmless("which tags are looked at"),
      // Where a restored resource stands and who reaches it is said here as AWS Backup's restore metadata, whose keys
      // differ by service ("Restore testing inferred metadata"). It stands for a few hours, in the same region.
      restore_metadata_overrides: document(parameterMap("backup.restore-test")),
      restore_testing_plan_name: uses("the plan it belongs to"),
    },
    also: publicRestore,
  }),
  ...lookups({
    backup_framework: "a framework",
    backup_plan: "a plan",
    backup_report_plan: "a report plan",
    backup_selection: "a selection",
    backup_vault: "a vault",
  }),
});
