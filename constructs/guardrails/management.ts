/**
 * Policies that set how services work, in the syntax of management policies:
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_mgmt.html
 */
import type { Guardrail } from "./quotas";
import type { GuardrailScope } from "./scope";

/** A value that no policy further down changes. */
const fixed = (value: unknown) => ({ "@@operators_allowed_for_child_policies": ["@@none"], "@@assign": value });

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html */
export const declarativeGuardrail = ({ name }: GuardrailScope): Guardrail => ({
  name: `${name}-declared`,
  type: "DECLARATIVE_POLICY_EC2",
  description: "No internet gateway passes packets, nothing is public, no serial console",
  document: {
    ec2_attributes: {
      exception_message: fixed(`Not in the enclave ${name}: see its README`),
      vpc_block_public_access: {
        internet_gateway_block: { mode: fixed("block_bidirectional"), exclusions_allowed: fixed("disabled") },
      },
      snapshot_block_public_access: { state: fixed("block_all_sharing") },
      image_block_public_access: { state: fixed("block_new_sharing") },
      serial_console_access: { status: fixed("disabled") },
      instance_metadata_defaults: { http_tokens: fixed("required"), http_put_response_hop_limit: fixed("1") },
    },
  },
});

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out_syntax.html */
export const aiGuardrail = ({ name }: Pick<GuardrailScope, "name">): Guardrail => ({
  name: `${name}-ai-opt-out`,
  type: "AISERVICES_OPT_OUT_POLICY",
  description: "AWS keeps nothing to improve its AI services",
  document: {
    services: {
      "@@operators_allowed_for_child_policies": ["@@none"],
      default: {
        "@@operators_allowed_for_child_policies": ["@@none"],
        opt_out_policy: fixed("optOut"),
      },
    },
  },
});

/** Where an account keeps recovery points. */
export interface NightlyBackups {
  readonly region: string;
  /** Name of the vault. */
  readonly vault: string;
  /** Name of the role that makes recovery points. */
  readonly role: string;
  /** Days that a recovery point is kept. */
  readonly retentionDays: number;
}

/**
 * What carries the tag `Backup: nightly` has a recovery point every night, whether a plan of the stacks names it or not, in
 * a vault of its own account and region.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
export const backupGuardrail = (name: string, { region, vault, role, retentionDays }: NightlyBackups): Guardrail => ({
  name: `${name}-backups`,
  type: "BACKUP_POLICY",
  description: `Nightly recovery points of what is tagged for it, in ${region}`,
  document: {
    plans: {
      [`${name}-nightly`]: {
        regions: { "@@assign": [region] },
        rules: {
          nightly: {
            schedule_expression: { "@@assign": "cron(0 2 * * ? *)" },
            target_backup_vault_name: { "@@assign": vault },
            lifecycle: { delete_after_days: { "@@assign": String(retentionDays) } },
          },
        },
        selections: {
          tags: {
            nightly: {
              iam_role_arn: { "@@assign": `arn:aws:iam::$account:role/${role}` },
              tag_key: { "@@assign": "Backup" },
              tag_value: { "@@assign": ["nightly"] },
            },
          },
        },
      },
    },
  },
});

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_example-tag-policies.html */
export const tagGuardrail = ({ name }: GuardrailScope): Guardrail => ({
  name: `${name}-tags`,
  type: "TAG_POLICY",
  description: "The tags that say what belongs to the enclave are written one way",
  document: {
    tags: {
      enclave: { tag_key: fixed("Enclave"), tag_value: fixed([name]) },
      stack: { tag_key: fixed("Stack") },
    },
  },
});
