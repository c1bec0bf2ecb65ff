/**
 * Backup policies of an organization: plans that AWS Backup makes in every account they are attached to.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
import { find, isObject, isUnknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { json } from "./json";

const CHANNEL = "organizations.backup-policy";

/** Values are given by inheritance operators, of which these two set or add one. */
const OPERATORS = ["@@assign", "@@append"];

/** Regions in which the plans run, vaults that copies go to. */
const PLACES: readonly (readonly [path: string, form: "region" | "arn"])[] = [
  ["plans.*.regions", "region"],
  ["plans.*.rules.*.copy_actions.*.target_backup_vault_arn", "arn"],
  ["plans.*.rules.*.target_logically_air_gapped_backup_vault_arn", "arn"],
];

export const organizationBackupPolicy: DocumentReader = function* (document): Generator<DocumentPart> {
  const policy = json(document);
  if (isUnknown(policy)) {
    yield { at: "", value: policy, role: sends(CHANNEL, "arn") };
    return;
  }
  if (!isObject(policy)) return;
  for (const [path, form] of PLACES) {
    for (const operator of OPERATORS) {
      for (const { value, at } of find(policy, `${path}.${operator}`)) {
        yield {
          at: `.${at}`,
          value: plain(value),
          role: sends(CHANNEL, form, { why: "AWS Backup keeps or copies recovery points there" }),
        };
      }
    }
  }
};

/** `$account` stands for the account that the plan runs in: the owner's. */
const plain = (value: Value): Value => (typeof value === "string" ? value.replaceAll("$account", "") : value);
