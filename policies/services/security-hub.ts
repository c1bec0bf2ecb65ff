import { grants, harmless, holds, inert, moves, receives, service, shares, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/securityhub/latest/userguide/${page}.html`;

export default service("AWS Security Hub", {
  aws_securityhub_account: holds("keeps findings about an account in one Region", {
    docs: guide("securityhub-findings"),
  }),

  // Findings of the linked Regions are copied into the Region that the aggregator stands in; what is done to them there
  // goes back to where they came from.
  aws_securityhub_finding_aggregator: moves("gathers the findings of other Regions", {
    docs: guide("finding-aggregation"),
    attributes: {
      specified_regions: receives("findings come from these Regions"),
      linking_mode: receives("from which Regions findings come"),
    },
  }),
  aws_securityhub_organization_admin_account: grants(
    "lets an account see and manage the findings of the organization",
    {
      docs: guide("designate-orgs-admin-account"),
      attributes: { admin_account_id: shares("securityhub.administrator", "account") },
    },
  ),
  aws_securityhub_invite_accepter: grants("lets another account see this account's findings", {
    docs: guide("securityhub-accounts"),
    attributes: { master_id: shares("securityhub.administrator", "account") },
  }),
  aws_securityhub_member: moves("takes in the findings of another account", {
    docs: guide("securityhub-accounts"),
    attributes: {
      account_id: receives("findings come from this account"),
      email: harmless("the address of that account; the invitation holds no data"),
    },
  }),
  // EnableImportFindingsForProduct: the product may send findings in; what it may read, its own grants say.
  aws_securityhub_product_subscription: moves("takes in the findings of a product", {
    docs: "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableImportFindingsForProduct.html",
    attributes: { product_arn: receives("findings come from the product") },
  }),

  aws_securityhub_action_target: inert(
    "a name by which people pick findings for a rule",
    resourcePage("securityhub_action_target"),
  ),
  aws_securityhub_automation_rule: inert(
    "changes fields of findings where they are",
    resourcePage("securityhub_automation_rule"),
    {
      criteria: harmless("which findings are meant"),
      actions: harmless("what fields are set to"),
    },
  ),
  aws_securityhub_configuration_policy: inert(
    "which standards accounts are held to",
    resourcePage("securityhub_configuration_policy"),
    {
      "configuration_policy.enabled_standard_arns": uses("the standards"),
      "configuration_policy.security_controls_configuration": harmless("parameters of controls"),
    },
  ),
  aws_securityhub_configuration_policy_association: inert(
    "which accounts a configuration policy is for",
    resourcePage("securityhub_configuration_policy_association"),
    { target_id: harmless("an account or unit of the organization") },
  ),
  aws_securityhub_insight: inert("a saved filter over findings", resourcePage("securityhub_insight"), {
    filters: harmless("which findings are meant"),
  }),
  aws_securityhub_organization_configuration: inert(
    "which accounts become members",
    resourcePage("securityhub_organization_configuration"),
  ),
  aws_securityhub_standards_control: inert(
    "switches a control on or off",
    resourcePage("securityhub_standards_control"),
    {
      standards_control_arn: uses("the control"),
    },
  ),
  aws_securityhub_standards_control_association: inert(
    "switches a control on or off in a standard",
    resourcePage("securityhub_standards_control_association"),
    { standards_arn: uses("the standard") },
  ),
  aws_securityhub_standards_subscription: inert(
    "holds an account to a standard",
    resourcePage("securityhub_standards_subscription"),
    {
      standards_arn: uses("the standard"),
    },
  ),

  ...lookups({ securityhub_standards_control_associations: "in which standards a control is" }),
});
