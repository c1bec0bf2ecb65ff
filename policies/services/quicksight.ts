/** Amazon QuickSight: data sets, and dashboards that people open and are sent by e-mail. */
import type { Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  document,
  type Finding,
  filters,
  grants,
  harmless,
  holds,
  inert,
  moves,
  network,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { visualLinks } from "./documents/visual-links";
import { acrossTheGeography } from "./inference";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/quicksight/latest/user/${page}.html`;

const own = { aws_account_id: harmless("the account that it is made in; no other is taken") };
const reader = shares("quicksight.permission", "principal", { why: "this user or group sees it" });
const definition = {
  ...own,
  definition: document(visualLinks),
  "permissions.principal": reader,
  "source_entity.source_template": uses("the template and the data sets that it shows"),
};
const themed = { ...definition, theme_arn: uses("colours") };
const setting = (what: string, name: string) => inert(what, resourcePage(name), own);

/** Attributes that make somebody a user of generative BI: roles and groups whose names say so. */
const PRO = ["user_role", "role", "admin_pro_group", "author_pro_group", "reader_pro_group"];

/** "Amazon Q in QuickSight": for Pro users, across the geography, and improved with what they ask unless opted out. */
function* answersPro(resource: Resource, context: Context): Generator<Finding> {
  const pro = PRO.some((path) =>
    find(resource.values, path).some(
      ({ value }) => path.endsWith("_group") || isUnknown(value) || /_PRO$/i.test(String(value)),
    ),
  );
  if (!pro) return;
  yield* acrossTheGeography("quicksight.inference")(resource, context);
  yield* mayImprove("quicksightq")(resource, context);
}

export default service("Amazon QuickSight", {
  aws_quicksight_account_subscription: holds("the account's data sets and dashboards", {
    docs: guide("signing-up"),
    attributes: {
      ...own,
      account_name: harmless("a name in addresses of pages"),
      notification_email: harmless("where AWS writes about the subscription; no data is sent there"),
      email_address: harmless("where AWS writes about the subscription; no data is sent there"),
      contact_number: harmless("where AWS calls about the subscription"),
      iam_identity_center_instance_arn: uses("the directory of users"),
      directory_id: uses("the directory of users"),
    },
    also: answersPro,
  }),
  // Whoever signs in with the address opens dashboards from anywhere, and is sent reports.
  aws_quicksight_user: grants("a person who opens dashboards and is sent reports", {
    docs: guide("managing-users"),
    attributes: {
      ...own,
      email: shares("quicksight.user", "email"),
      iam_arn: uses("the user or role that signs in"),
    },
    also: answersPro,
  }),
  aws_quicksight_data_source: moves("reads from a database, a bucket or an application", {
    docs: guide("working-with-data-sources"),
    attributes: {
      ...own,
      parameters: receives("data come from there"),
      "credentials.secret_arn": uses("the password"),
      "credentials.copy_source_arn": uses("a data source with the same password"),
      "permission.principal": reader,
      "vpc_connection_properties.vpc_connection_arn": uses("the connection, judged by itself"),
    },
  }),
  aws_quicksight_vpc_connection: moves("reaches databases through a VPC", {
    docs: guide("working-with-aws-vpc"),
    attributes: {
      ...own,
      role_arn: uses("the role that makes the interfaces"),
      dns_resolvers: sends("quicksight.dns", "host", { why: "questions for names are sent there" }),
      subnet_ids: network,
      security_group_ids: network,
    },
    interfaces: [
      {
        subnets: "subnet_ids",
        groups: "security_group_ids",
        publicIpv4: "never",
        initiates: false,
        without: "nothing",
      },
    ],
  }),
  aws_quicksight_data_set: holds("data, prepared for showing", {
    docs: guide("working-with-data-sets"),
    attributes: {
      ...own,
      "permissions.principal": reader,
      "column_level_permission_rules.principals": harmless("narrows who sees a column"),
      "logical_table_map.source.data_set_arn": receives("data come from there"),
      "physical_table_map.custom_sql.data_source_arn": receives("data come from there"),
      "physical_table_map.relational_table.data_source_arn": receives("data come from there"),
      "physical_table_map.s3_source.data_source_arn": receives("data come from there"),
      row_level_permission_data_set: uses("narrows who sees a row"),
    },
  }),
  aws_quicksight_dashboard: moves("shows data to people", { docs: guide("using-dashboards"), attributes: themed }),
  aws_quicksight_analysis: moves("shows data to people", {
    docs: guide("working-with-an-analysis"),
    attributes: themed,
  }),
  aws_quicksight_template: moves("a dashboard without data", {
    docs: resourcePage("quicksight_template"),
    attributes: {
      ...definition,
      "source_entity.source_analysis": uses("the analysis that it is made from"),
    },
  }),
  aws_quicksight_folder: grants("lets people see what is in a folder", {
    docs: guide("folders"),
    attributes: { ...own, "permissions.principal": reader, parent_folder_arn: uses("the folder that it is in") },
  }),
  aws_quicksight_theme: grants("colours", {
    docs: resourcePage("quicksight_theme"),
    attributes: { ...own, "permissions.principal": reader },
  }),
  aws_quicksight_ip_restriction: filters("says from which addresses pages may be opened", {
    docs: guide("ip-restrictions"),
    attributes: {
      ...own,
      ip_restriction_rule_map: harmless("narrows from where pages may be opened"),
      vpc_id_restriction_rule_map: harmless("narrows from where pages may be opened"),
      vpc_endpoint_id_restriction_rule_map: harmless("narrows from where pages may be opened"),
    },
  }),
  aws_quicksight_custom_permissions: filters("says what people may not do", {
    docs: guide("customizing-permissions-to-the-quicksight-console"),
    attributes: { ...own, capabilities: harmless("what people may not do") },
  }),
  aws_quicksight_iam_policy_assignment: inert(
    "narrows which data people may use",
    resourcePage("quicksight_iam_policy_assignment"),
    { ...own, policy_arn: uses("the policy that narrows") },
  ),
  aws_quicksight_key_registration: inert("which keys encrypt data", resourcePage("quicksight_key_registration"), {
    ...own,
    "key_registration.key_arn": uses("the key"),
  }),
  aws_quicksight_account_settings: setting("settings of the account", "quicksight_account_settings"),
  aws_quicksight_folder_membership: setting("what is in a folder", "quicksight_folder_membership"),
  aws_quicksight_group: setting("a group of users", "quicksight_group"),
  aws_quicksight_group_membership: setting("who is in a group", "quicksight_group_membership"),
  aws_quicksight_ingestion: setting("reads data again, into the same data set", "quicksight_ingestion"),
  aws_quicksight_namespace: setting("keeps users apart", "quicksight_namespace"),
  aws_quicksight_refresh_schedule: setting("when data are read again", "quicksight_refresh_schedule"),
  aws_quicksight_role_custom_permission: setting("what a role may not do", "quicksight_role_custom_permission"),
  aws_quicksight_role_membership: grants("gives a group of users a role", {
    docs: "https://docs.aws.amazon.com/quicksight/latest/user/q-cross-region-inferencing.html",
    attributes: own,
    also: answersPro,
  }),
  aws_quicksight_template_alias: setting("a name for a version of a template", "quicksight_template_alias"),
  aws_quicksight_user_custom_permission: setting("what a user may not do", "quicksight_user_custom_permission"),
});
