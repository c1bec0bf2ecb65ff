/** Vaults of archives. */
import { grants, holds, policy, sends, service, uses } from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/amazonglacier/latest/dev/${page}.html`;

export default service("Amazon S3 Glacier", {
  aws_glacier_vault: holds("a vault of archives", {
    docs: guide("vault-access-policy"),
    attributes: {
      access_policy: policy("glacier.vault-policy"),
      "notification.sns_topic": sends("glacier.notification", "arn", {
        why: "descriptions of retrieved archives are told",
      }),
    },
  }),
  aws_glacier_vault_lock: grants("a policy of a vault that can't be changed any more", {
    docs: guide("vault-lock-policy"),
    data: "vault_name",
    attributes: { vault_name: uses("the vault that the policy is on"), policy: policy("glacier.vault-lock") },
  }),
});
