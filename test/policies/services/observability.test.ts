/** Logs, metrics, trails, recorded configuration, findings, and who sees them. */
import { findings, judge, outcomes } from "./harness";
import { switches, ways } from "./together";

const role = "arn:aws:iam::111111111111:role/r";
const alarm = { alarm_name: "a", comparison_operator: "LessThanThreshold", evaluation_periods: 1 };
const detector = { detector_id: "d" };
const plan = { name: "p", incident_template: [{ title: "t", impact: 1 }] };
const centralization = {
  rule_name: "r",
  rule: [
    {
      destination: [{ region: "eu-west-1", account: "333333333333" }],
      source: [{ regions: ["eu-north-1"], scope: "OrganizationId = 'o-enclave0001'" }],
    },
  ],
};

describe("ways", () => {
  ways([
    {
      type: "aws_cloudwatch_log_subscription_filter",
      at: "destination_arn",
      form: "arn",
      channel: "logs.subscription",
      with: { name: "n", log_group_name: "g", filter_pattern: "" },
    },
    {
      type: "aws_cloudwatch_log_destination",
      at: "target_arn",
      form: "abroad",
      channel: "logs.destination",
      with: { name: "n", role_arn: role },
    },
    {
      type: "aws_cloudwatch_log_delivery",
      at: "delivery_destination_arn",
      form: "arn",
      channel: "logs.delivery",
      with: { delivery_source_name: "s" },
    },
    {
      type: "aws_cloudwatch_log_delivery_destination",
      at: "delivery_destination_configuration.destination_resource_arn",
      form: "bucket-arn",
      channel: "logs.delivery",
      with: { name: "n" },
    },
    {
      type: "aws_cloudwatch_metric_stream",
      at: "firehose_arn",
      form: "arn",
      channel: "cloudwatch.metric-stream",
      with: { role_arn: role, output_format: "json" },
    },
    {
      type: "aws_cloudwatch_metric_alarm",
      at: "alarm_actions",
      list: true,
      form: "arn",
      channel: "cloudwatch.alarm-action",
      with: alarm,
    },
    {
      type: "aws_cloudwatch_metric_alarm",
      at: "ok_actions",
      list: true,
      form: "abroad",
      channel: "cloudwatch.alarm-action",
      with: alarm,
    },
    {
      type: "aws_cloudwatch_composite_alarm",
      at: "insufficient_data_actions",
      list: true,
      form: "arn",
      channel: "cloudwatch.alarm-action",
      with: { alarm_name: "a", alarm_rule: "ALARM(x)" },
    },
    {
      type: "aws_oam_link",
      at: "sink_identifier",
      form: "arn",
      channel: "oam.link",
      with: { label_template: "$AccountName", resource_types: ["AWS::Logs::LogGroup"] },
    },
    {
      type: "aws_observabilityadmin_centralization_rule_for_organization",
      at: "rule.destination.region",
      form: "region",
      channel: "observabilityadmin.centralization",
      with: centralization,
    },
    {
      type: "aws_observabilityadmin_centralization_rule_for_organization",
      at: "rule.destination.account",
      form: "account",
      channel: "observabilityadmin.centralization",
      with: centralization,
    },
    {
      type: "aws_observabilityadmin_centralization_rule_for_organization",
      at: "rule.destination.destination_logs_configuration.backup_configuration.region",
      form: "region",
      channel: "observabilityadmin.centralization-backup",
      with: centralization,
    },
    {
      type: "aws_rum_metrics_destination",
      at: "destination_arn",
      form: "arn",
      channel: "rum.metrics",
      with: { app_monitor_name: "a", destination: "Evidently" },
    },
    {
      type: "aws_evidently_project",
      at: "data_delivery.s3_destination.bucket",
      form: "bucket",
      channel: "evidently.delivery",
      with: { name: "p" },
    },
    {
      type: "aws_internetmonitor_monitor",
      at: "internet_measurements_log_delivery.s3_config.bucket_name",
      form: "bucket",
      channel: "internetmonitor.delivery",
      with: { monitor_name: "m" },
    },
    {
      type: "aws_applicationinsights_application",
      at: "ops_item_sns_topic_arn",
      form: "arn",
      channel: "applicationinsights.notification",
      with: { resource_group_name: "g" },
    },
    {
      type: "aws_flow_log",
      at: "log_destination",
      form: "arn",
      channel: "flow-log.delivery",
      with: { vpc_id: "vpc-1", traffic_type: "ALL", log_destination_type: "kinesis-data-firehose" },
    },
    {
      type: "aws_flow_log",
      at: "log_destination",
      form: "bucket-arn",
      channel: "flow-log.delivery",
      with: { vpc_id: "vpc-1", traffic_type: "ALL", log_destination_type: "s3" },
    },
    {
      type: "aws_cloudtrail",
      at: "s3_bucket_name",
      form: "bucket",
      channel: "cloudtrail.delivery",
      with: { name: "t" },
    },
    {
      type: "aws_cloudtrail",
      at: "cloud_watch_logs_group_arn",
      form: "arn",
      channel: "cloudtrail.logs",
      with: { name: "t", s3_bucket_name: "enclave-archive" },
    },
    {
      type: "aws_cloudtrail",
      at: "sns_topic_name",
      form: "arn",
      channel: "cloudtrail.notification",
      with: { name: "t", s3_bucket_name: "enclave-archive" },
    },
    {
      type: "aws_cloudtrail_organization_delegated_admin_account",
      at: "account_id",
      form: "account",
      channel: "cloudtrail.delegated-admin",
    },
    { type: "aws_config_delivery_channel", at: "s3_bucket_name", form: "bucket", channel: "config.delivery" },
    {
      type: "aws_config_delivery_channel",
      at: "sns_topic_arn",
      form: "arn",
      channel: "config.notification",
      with: { s3_bucket_name: "enclave-archive" },
    },
    {
      type: "aws_config_aggregate_authorization",
      at: "account_id",
      form: "account",
      channel: "config.aggregation",
      with: { authorized_aws_region: "eu-west-1" },
    },
    {
      type: "aws_config_aggregate_authorization",
      at: "authorized_aws_region",
      form: "region",
      channel: "config.aggregation",
      with: { account_id: "333333333333" },
    },
    {
      type: "aws_config_config_rule",
      at: "source.source_identifier",
      form: "arn",
      channel: "config.custom-rule",
      with: { name: "r", source: [{ owner: "CUSTOM_LAMBDA" }] },
    },
    {
      type: "aws_config_organization_custom_rule",
      at: "lambda_function_arn",
      form: "arn",
      channel: "config.custom-rule",
      with: { name: "r", trigger_types: ["ScheduledNotification"] },
    },
    {
      type: "aws_config_conformance_pack",
      at: "delivery_s3_bucket",
      form: "bucket",
      channel: "config.conformance-pack",
      with: { name: "p", template_body: '{"Resources":{}}' },
    },
    {
      type: "aws_guardduty_publishing_destination",
      at: "destination_arn",
      form: "bucket-arn",
      channel: "guardduty.export",
      with: { ...detector, kms_key_arn: "arn:aws:kms:eu-west-1:111111111111:key/k" },
    },
    {
      type: "aws_guardduty_invite_accepter",
      at: "master_account_id",
      form: "account",
      channel: "guardduty.administrator",
      with: detector,
    },
    {
      type: "aws_guardduty_organization_admin_account",
      at: "admin_account_id",
      form: "account",
      channel: "guardduty.administrator",
    },
    {
      type: "aws_securityhub_organization_admin_account",
      at: "admin_account_id",
      form: "account",
      channel: "securityhub.administrator",
    },
    { type: "aws_securityhub_invite_accepter", at: "master_id", form: "account", channel: "securityhub.administrator" },
    {
      type: "aws_macie2_classification_export_configuration",
      at: "s3_destination.bucket_name",
      form: "bucket",
      channel: "macie.export",
      with: { s3_destination: [{ kms_key_arn: "arn:aws:kms:eu-west-1:111111111111:key/k" }] },
    },
    {
      type: "aws_macie2_organization_admin_account",
      at: "admin_account_id",
      form: "account",
      channel: "macie.administrator",
    },
    {
      type: "aws_macie2_invitation_accepter",
      at: "administrator_account_id",
      form: "account",
      channel: "macie.administrator",
    },
    {
      type: "aws_inspector_assessment_template",
      at: "event_subscription.topic_arn",
      form: "arn",
      channel: "inspector.notification",
      with: {
        name: "n",
        duration: 3600,
        rules_package_arns: [],
        target_arn: "arn:aws:inspector:eu-west-1:111111111111:target/0-1",
      },
    },
    {
      type: "aws_inspector2_delegated_admin_account",
      at: "account_id",
      form: "account",
      channel: "inspector.administrator",
    },
    { type: "aws_detective_invitation_accepter", at: "graph_arn", form: "arn", channel: "detective.graph" },
    {
      type: "aws_detective_organization_admin_account",
      at: "account_id",
      form: "account",
      channel: "detective.administrator",
    },
    {
      type: "aws_auditmanager_account_registration",
      at: "delegated_admin_account",
      form: "account",
      channel: "auditmanager.administrator",
    },
    {
      type: "aws_auditmanager_framework_share",
      at: "destination_account",
      form: "account",
      channel: "auditmanager.framework-share",
      with: { destination_region: "eu-west-1", framework_id: "f" },
    },
    {
      type: "aws_auditmanager_framework_share",
      at: "destination_region",
      form: "region",
      channel: "auditmanager.framework-share",
      with: { destination_account: "333333333333", framework_id: "f" },
    },
    {
      type: "aws_auditmanager_assessment",
      at: "assessment_reports_destination.destination",
      form: "s3-uri",
      channel: "auditmanager.reports",
      with: { name: "a", framework_id: "f" },
    },
    {
      type: "aws_securitylake_data_lake",
      at: "configuration.replication_configuration.regions",
      list: true,
      form: "region",
      channel: "securitylake.rollup",
      with: { meta_store_manager_role_arn: role, configuration: [{ region: "eu-west-1" }] },
    },
    {
      type: "aws_securitylake_data_lake",
      at: "configuration.region",
      form: "region",
      channel: "placement",
      with: { meta_store_manager_role_arn: role },
    },
    {
      type: "aws_securitylake_subscriber",
      at: "subscriber_identity.principal",
      form: "account",
      channel: "securitylake.subscriber",
      with: { subscriber_name: "s" },
    },
    {
      type: "aws_securitylake_subscriber_notification",
      at: "configuration.https_notification_configuration.endpoint",
      form: "url",
      channel: "securitylake.notification",
      with: { subscriber_id: "s" },
    },
    {
      type: "aws_ssm_resource_data_sync",
      at: "s3_destination.bucket_name",
      form: "bucket",
      channel: "ssm.data-sync",
      with: { name: "s", s3_destination: [{ region: "eu-west-1" }] },
    },
    {
      type: "aws_ssm_resource_data_sync",
      at: "s3_destination.region",
      form: "region",
      channel: "ssm.data-sync",
      with: { name: "s", s3_destination: [{ bucket_name: "enclave-archive" }] },
    },
    {
      type: "aws_ssm_association",
      at: "output_location.s3_bucket_name",
      form: "bucket",
      channel: "ssm.output",
      with: { name: "AWS-RunShellScript" },
    },
    {
      type: "aws_ssm_maintenance_window_task",
      at: "task_arn",
      form: "arn",
      channel: "ssm.maintenance-window",
      with: { task_type: "LAMBDA", window_id: "w" },
    },
    {
      type: "aws_ssm_maintenance_window_task",
      at: "task_invocation_parameters.run_command_parameters.output_s3_bucket",
      form: "bucket",
      channel: "ssm.output",
      with: { task_arn: "AWS-RunShellScript", task_type: "RUN_COMMAND", window_id: "w" },
    },
    {
      type: "aws_ssm_maintenance_window_task",
      at: "task_invocation_parameters.run_command_parameters.notification_config.notification_arn",
      form: "arn",
      channel: "ssm.notification",
      with: { task_arn: "AWS-RunShellScript", task_type: "RUN_COMMAND", window_id: "w" },
    },
    {
      type: "aws_ssmincidents_replication_set",
      at: "regions.name",
      form: "region",
      channel: "ssmincidents.replication",
    },
    {
      type: "aws_ssmincidents_response_plan",
      at: "incident_template.notification_target.sns_topic_arn",
      form: "arn",
      channel: "ssmincidents.notification",
      with: plan,
    },
    {
      type: "aws_ssmincidents_response_plan",
      at: "engagements",
      list: true,
      form: "arn",
      channel: "ssmincidents.engagement",
      with: plan,
    },
  ]);
});

describe("switches", () => {
  switches([
    {
      type: "aws_ssmincidents_response_plan",
      channel: "ssmincidents.pagerduty",
      open: { ...plan, integration: [{ pagerduty: [{ name: "n", secret_id: "s", service_id: "p" }] }] },
      closed: plan,
    },
    {
      type: "aws_ssmcontacts_contact_channel",
      channel: "ssmcontacts.channel",
      open: { contact_id: "c", name: "n", type: "EMAIL", delivery_address: [{ simple_address: "ops@example.com" }] },
    },
    { type: "aws_ssm_activation", channel: "ssm.hybrid-activation", open: { iam_role: "r" } },
  ]);
});

test("what an alarm does to its own instance goes nowhere", async () => {
  const stop = { ...alarm, alarm_actions: ["arn:aws:automate:eu-west-1:ec2:stop"] };
  expect(findings(await judge({ aws_cloudwatch_metric_alarm: { a: stop } }))).toEqual([]);
});

test("what only brings data in is no way out", async () => {
  const report = await judge({
    aws_config_configuration_aggregator: {
      a: { name: "a", account_aggregation_source: [{ account_ids: ["444455556666"], regions: ["us-east-1"] }] },
    },
    aws_securityhub_finding_aggregator: { a: { linking_mode: "SPECIFIED_REGIONS", specified_regions: ["us-east-1"] } },
    aws_guardduty_member: { m: { ...detector, account_id: "444455556666", email: "root@example.com" } },
    aws_cloudwatch_log_destination_policy: {
      p: {
        destination_name: "d",
        access_policy:
          '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"logs:PutSubscriptionFilter"}]}',
      },
    },
  });
  expect(findings(report)).toEqual([]);
});

const association = (parameters: object) => ({ aws_ssm_association: { a: { name: "AWS-X", parameters } } });

outcomes([
  ["an automation that is given others' account", association({ Ids: "111111111111,444455556666" }), "444455556666"],
  ["an automation that is given a Region", association({ Destination: "us-east-1" }), "-> us-east-1 by ssm.automation"],
  ["an automation that is given our account", association({ Ids: "111111111111, 222222222222" }), "contained"],
  ["commands with something unknown in them", association({ commands: "echo ${var.unknown}" }), "contained"],
  ["a parameter that is not known", association({ Target: "${var.unknown}" }), "? aws_ssm_association.a"],
]);
