import { grants, harmless, holds, inert, moves, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/inspector/latest/user/${page}.html`;

export default service("Amazon Inspector", {
  aws_inspector2_enabler: holds("scans machines, images and functions where they are and keeps what it finds there", {
    docs: guide("what-is-inspector"),
    attributes: { account_ids: receives("findings are about these accounts") },
  }),
  aws_inspector2_delegated_admin_account: grants("lets an account see the findings of the organization", {
    docs: guide("designating-admin"),
    attributes: { account_id: shares("inspector.administrator", "account") },
  }),
  aws_inspector2_member_association: moves("takes in the findings of another account", {
    docs: guide("managing-multiple-accounts"),
    attributes: { account_id: receives("findings come from this account") },
  }),
  aws_inspector2_filter: inert("which findings are hidden", resourcePage("inspector2_filter"), {
    filter_criteria: harmless("which findings are meant"),
  }),
  aws_inspector2_organization_configuration: inert(
    "which accounts become members",
    resourcePage("inspector2_organization_configuration"),
  ),

  aws_inspector_assessment_target: inert(
    "which machines Inspector Classic looks at",
    resourcePage("inspector_assessment_target"),
    {
      resource_group_arn: uses("the machines, by tags"),
    },
  ),
  aws_inspector_assessment_template: moves("looks for weaknesses of machines and tells a topic", {
    docs: resourcePage("inspector_assessment_template"),
    attributes: {
      "event_subscription.topic_arn": sends("inspector.notification", "arn"),
      rules_package_arns: uses("rules of AWS's"),
      target_arn: uses("the machines"),
    },
  }),
  aws_inspector_resource_group: inert("machines, by tags", resourcePage("inspector_resource_group")),

  ...lookups({ inspector_rules_packages: "rules packages" }),
});
