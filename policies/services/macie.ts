import { grants, harmless, holds, inert, moves, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/macie/latest/user/${page}.html`;

export default service("Amazon Macie", {
  aws_macie2_account: holds("keeps findings about the buckets of an account in one Region", {
    docs: guide("findings"),
  }),
  aws_macie2_classification_job: moves("reads objects and looks for personal data", {
    docs: guide("discovery-jobs"),
    attributes: {
      s3_job_definition: receives("objects are read from there"),
      custom_data_identifier_ids: uses("what is looked for"),
    },
  }),
  aws_macie2_classification_export_configuration: moves("stores what was found, object by object", {
    docs: guide("discovery-results-repository-s3"),
    attributes: {
      "s3_destination.bucket_name": sends("macie.export", "bucket"),
      "s3_destination.key_prefix": harmless("the beginning of object names"),
      "s3_destination.kms_key_arn": uses("the key that encrypts what is stored"),
    },
  }),
  aws_macie2_invitation_accepter: grants("lets another account see this account's findings and inventory", {
    docs: guide("macie-accounts"),
    attributes: { administrator_account_id: shares("macie.administrator", "account") },
  }),
  aws_macie2_organization_admin_account: grants("lets an account see the findings and inventory of the organization", {
    docs: guide("accounts-mgmt-ao"),
    attributes: { admin_account_id: shares("macie.administrator", "account") },
  }),
  aws_macie2_member: moves("takes in the findings of another account", {
    docs: guide("macie-accounts"),
    attributes: {
      account_id: receives("findings come from this account"),
      email: harmless("the address of that account; the invitation holds no data"),
      invitation_message: harmless("text for people"),
    },
  }),
  aws_macie2_custom_data_identifier: inert(
    "what personal data looks like",
    resourcePage("macie2_custom_data_identifier"),
  ),
  aws_macie2_findings_filter: inert("which findings are archived", resourcePage("macie2_findings_filter"), {
    finding_criteria: harmless("which findings are meant"),
  }),
  aws_macie2_organization_configuration: inert(
    "which accounts become members",
    resourcePage("macie2_organization_configuration"),
  ),
});
