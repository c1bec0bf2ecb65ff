/** Bills, budgets, costs and recommendations: what AWS knows of spending, and where it sends it. */
import { grants, harmless, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

const KEPT = "AWS keeps bills, budgets and costs in us-east-1; they hold amounts and names of resources, no payload";
const global = { placement: { global: KEPT } };
const setting = worldwide(KEPT);
const account = uses("the account whose costs are meant");

export default service("AWS Billing and Cost Management", {
  aws_cur_report_definition: moves("writes reports of costs into a bucket", {
    docs: "https://docs.aws.amazon.com/cur/latest/userguide/cur-s3.html",
    ...global,
    attributes: {
      s3_bucket: sends("cur.report", "bucket", { region: "s3_region" }),
      s3_region: sends("cur.report", "region", { why: "the reports' bucket is there" }),
    },
  }),
  aws_bcmdataexports_export: moves("writes exports of costs into a bucket", {
    docs: "https://docs.aws.amazon.com/cur/latest/userguide/dataexports-s3-bucket.html",
    ...global,
    attributes: {
      "export.destination_configurations.s3_destination.s3_bucket": sends("bcm.export", "bucket", {
        region: "export.destination_configurations.s3_destination.s3_region",
      }),
      "export.destination_configurations.s3_destination.s3_region": sends("bcm.export", "region", {
        why: "the exports' bucket is there",
      }),
      "export.data_query": harmless("which columns of the costs are exported"),
    },
  }),
  aws_budgets_budget: moves("tells people and topics when spending passes a limit", {
    docs: "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
    ...global,
    attributes: {
      account_id: account,
      billing_view_arn: uses("which costs are counted"),
      "notification.subscriber_email_addresses": sends("budgets.notification", "email"),
      "notification.subscriber_sns_topic_arns": sends("budgets.notification", "arn"),
      cost_filter: harmless("which costs are counted"),
    },
  }),
  aws_budgets_budget_action: moves("attaches a policy or stops instances when spending passes a limit", {
    docs: "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-controls.html",
    ...global,
    attributes: {
      account_id: account,
      execution_role_arn: uses("the role that acts"),
      "definition.iam_action_definition.policy_arn": uses("the policy that is attached, to deny"),
      "definition.scp_action_definition.target_ids": uses("accounts that a policy is attached to"),
      "definition.ssm_action_definition.region": harmless("where instances are stopped"),
      "subscriber.address": sends("budgets.notification", "any"),
    },
  }),
  aws_ce_anomaly_subscription: moves("tells people and topics of unusual costs", {
    docs: "https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html",
    ...global,
    attributes: {
      account_id: account,
      monitor_arn_list: uses("what is watched"),
      "subscriber.address": sends("costexplorer.anomaly", "any"),
    },
  }),
  aws_ce_anomaly_monitor: setting("which costs are watched", resourcePage("ce_anomaly_monitor"), {
    monitor_specification: harmless("which costs are watched"),
  }),
  aws_ce_cost_allocation_tag: setting("which tags bills are split by", resourcePage("ce_cost_allocation_tag")),
  aws_ce_cost_category: setting("how costs are grouped", resourcePage("ce_cost_category"), {
    rule: harmless("which costs belong to a group"),
    "split_charge_rule.targets": harmless("names of groups"),
  }),
  aws_billing_view: setting("a selection of costs", resourcePage("billing_view"), {
    source_views: uses("the costs that are selected from"),
    data_filter_expression: harmless("which costs are selected"),
  }),
  aws_invoicing_invoice_unit: grants("which accounts are billed on one invoice", {
    docs: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/invoice-configuration.html",
    attributes: {
      invoice_receiver: sends("invoicing.receiver", "account", { why: "invoices are made out to that account" }),
      "rule.linked_accounts": receives("costs of these accounts"),
    },
  }),
  aws_costoptimizationhub_enrollment_status: setting(
    "whether savings are looked for",
    resourcePage("costoptimizationhub_enrollment_status"),
  ),
  aws_costoptimizationhub_preferences: setting(
    "how savings are counted",
    resourcePage("costoptimizationhub_preferences"),
    { member_account_discount_visibility: harmless("whether member accounts see discounts") },
  ),
  aws_computeoptimizer_enrollment_status: inert(
    "whether sizes of resources are recommended",
    resourcePage("computeoptimizer_enrollment_status"),
  ),
  aws_computeoptimizer_recommendation_preferences: inert(
    "from which metrics sizes are recommended",
    resourcePage("computeoptimizer_recommendation_preferences"),
    {
      external_metrics_preference: receives("metrics come from that product"),
      "scope.value": uses("whose resources are meant"),
    },
  ),
});
