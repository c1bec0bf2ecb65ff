import {
  at,
  document,
  grants,
  harmless,
  holds,
  inert,
  moves,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { alarmAction } from "./documents/alarm-actions";
import { dashboardBody } from "./documents/dashboard";
import { s3Uri } from "./documents/s3-uri";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/${page}.html`;
const actions = {
  alarm_actions: document(alarmAction),
  ok_actions: document(alarmAction),
  insufficient_data_actions: document(alarmAction),
};

export default service("Amazon CloudWatch", {
  aws_cloudwatch_metric_alarm: moves("tells a topic, a function or a service when a metric crosses a line", {
    docs: guide("AlarmThatSendsEmail"),
    attributes: {
      ...actions,
      alarm_description: harmless("text for people"),
      dimensions: harmless("which metric is watched"),
      "metric_query.account_id": receives("the metric comes from this account"),
      "metric_query.expression": harmless("a formula over metrics"),
      "metric_query.metric": harmless("which metric is watched"),
    },
  }),
  aws_cloudwatch_composite_alarm: moves("tells a topic or a function when other alarms are in some state", {
    docs: guide("Create_Composite_Alarm"),
    attributes: {
      ...actions,
      alarm_description: harmless("text for people"),
      alarm_rule: harmless("which alarms are watched"),
      "actions_suppressor.alarm": uses("the alarm that silences this one"),
    },
  }),
  // Dashboards can be seen in every Region; a dashboard is configuration, the data it shows is read by whoever looks at it.
  aws_cloudwatch_dashboard: moves("shows metrics, logs and what functions return", {
    docs: guide("CloudWatch_Dashboards"),
    attributes: { dashboard_body: document(dashboardBody) },
  }),
  aws_cloudwatch_metric_stream: moves("sends metrics to a delivery stream without end", {
    docs: guide("CloudWatch-Metric-Streams"),
    attributes: {
      firehose_arn: sends("cloudwatch.metric-stream", "arn"),
      role_arn: uses("the role that writes to the delivery stream"),
      include_filter: harmless("which metrics are sent"),
      exclude_filter: harmless("which metrics are left out"),
      statistics_configuration: harmless("which figures are sent"),
    },
  }),
  aws_cloudwatch_contributor_insight_rule: inert(
    "ranks what log groups of the same account and Region hold",
    resourcePage("cloudwatch_contributor_insight_rule"),
    { rule_definition: harmless("names of log groups and of fields") },
  ),
  aws_cloudwatch_contributor_managed_insight_rule: inert(
    "ranks the users of an endpoint service or a queue",
    resourcePage("cloudwatch_contributor_managed_insight_rule"),
    { resource_arn: receives("its traffic is ranked") },
  ),

  aws_oam_link: grants("lets a monitoring account read metrics, logs and traces of this account", {
    docs: guide("CloudWatch-Unified-Cross-Account"),
    attributes: {
      sink_identifier: sends("oam.link", "arn"),
      label_template: harmless("how this account is named there"),
      link_configuration: harmless("which metrics and log groups may be read"),
    },
  }),
  aws_oam_sink: inert(
    "a place in this account that other accounts' observations are read at",
    resourcePage("oam_sink"),
  ),
  aws_oam_sink_policy: grants("says which accounts may be observed from here", {
    docs: guide("CloudWatch-Unified-Cross-Account-Setup"),
    data: "sink_identifier",
    attributes: { policy: receives("admits accounts that are observed: data comes in") },
  }),

  aws_observabilityadmin_centralization_rule_for_organization: moves(
    "copies log groups of an organization into one account and Region",
    {
      docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogs_Centralization.html",
      attributes: {
        "rule.destination.region": sends("observabilityadmin.centralization", "region"),
        "rule.destination.account": sends("observabilityadmin.centralization", "account"),
        "rule.destination.destination_logs_configuration.backup_configuration.region": sends(
          "observabilityadmin.centralization-backup",
          "region",
        ),
        "rule.destination.destination_logs_configuration.backup_configuration.kms_key_arn": uses(
          "the key that encrypts the copies",
        ),
        "rule.destination.destination_logs_configuration.logs_encryption_configuration": uses(
          "the key that encrypts the copies",
        ),
        "rule.source": receives("log groups come from these accounts and Regions"),
      },
    },
  ),

  aws_applicationinsights_application: moves("sets up monitoring for an application and reports problems", {
    docs: guide("appinsights-what-is"),
    attributes: { ops_item_sns_topic_arn: sends("applicationinsights.notification", "arn") },
  }),

  aws_synthetics_canary: moves("runs a script that visits addresses, and keeps what it saw", {
    docs: guide("CloudWatch_Synthetics_Canaries_VPC"),
    attributes: {
      artifact_s3_location: document(s3Uri("synthetics.artifacts")),
      "artifact_config.s3_encryption.kms_key_arn": uses("the key that encrypts artifacts"),
      execution_role_arn: uses("the role that the script acts with"),
      s3_bucket: receives("the script comes from there"),
      s3_key: receives("the script comes from there"),
      s3_version: receives("the script comes from there"),
      zip_file: receives("the script comes from there"),
      "run_config.environment_variables": harmless("read by the script, which its network and role bound"),
    },
    interfaces: [
      {
        subnets: "vpc_config.subnet_ids",
        groups: "vpc_config.security_group_ids",
        publicIpv4: "never",
        ipv6: { path: "vpc_config.ipv6_allowed_for_dual_stack", absent: false },
        initiates: true,
        without: {
          internet: "synthetics.internet",
          why: "without vpc_config the script runs in a network of AWS's own, which reaches the internet",
        },
      },
    ],
  }),
  aws_synthetics_group: inert("a group of canaries", resourcePage("synthetics_group")),
  aws_synthetics_group_association: inert("puts a canary into a group", resourcePage("synthetics_group_association"), {
    canary_arn: harmless("the canary"),
  }),

  // Browsers send in what they measured.
  aws_rum_app_monitor: holds("gathers what browsers measure of a web application", {
    docs: guide("CloudWatch-RUM-privacy"),
    attributes: {
      domain: receives("measurements come from visitors of this domain"),
      domain_list: receives("measurements come from visitors of these domains"),
      "app_monitor_configuration.guest_role_arn": uses("the role that browsers send with"),
      "app_monitor_configuration.identity_pool_id": uses("the pool that gives browsers their credentials"),
      "app_monitor_configuration.included_pages": receives("measurements come from these pages"),
      "app_monitor_configuration.excluded_pages": harmless("pages that are left out"),
      "app_monitor_configuration.favorite_pages": harmless("pages that are shown first"),
    },
  }),
  aws_rum_metrics_destination: moves("sends measurements on as metrics", {
    docs: guide("CloudWatch-RUM-custom-and-extended-metrics"),
    data: "app_monitor_name",
    attributes: {
      destination: harmless("which service takes them"),
      destination_arn: sends("rum.metrics", "arn"),
      iam_role_arn: uses("the role that writes them"),
    },
  }),

  aws_evidently_project: moves("records which variation users were shown", {
    docs: guide("CloudWatch-Evidently-datastorage"),
    attributes: {
      "data_delivery.s3_destination.bucket": sends("evidently.delivery", "bucket"),
      "data_delivery.s3_destination.prefix": harmless("the beginning of object names"),
      "data_delivery.cloudwatch_logs": harmless("a log group of the project's own account and Region"),
    },
  }),
  aws_evidently_feature: inert("a feature with its variations", resourcePage("evidently_feature"), {
    variations: harmless("values that the application is given"),
    entity_overrides: harmless("who is given which variation"),
  }),
  aws_evidently_launch: inert("gives variations to shares of the users", resourcePage("evidently_launch"), {
    scheduled_splits_config: harmless("shares of the users"),
    metric_monitors: harmless("which events are counted"),
    groups: harmless("which variations are compared"),
  }),
  aws_evidently_segment: inert("a part of the users", resourcePage("evidently_segment"), {
    pattern: harmless("which users are meant"),
  }),

  aws_internetmonitor_monitor: moves("measures how users reach an application, and stores it on choice", {
    docs: guide("CloudWatch-IM-get-started.Publish-to-S3"),
    attributes: {
      "internet_measurements_log_delivery.s3_config.bucket_name": sends("internetmonitor.delivery", "bucket", {
        when: at("internet_measurements_log_delivery.s3_config.log_delivery_status", "ENABLED").is("ENABLED"),
      }),
      "internet_measurements_log_delivery.s3_config.bucket_prefix": harmless("the beginning of object names"),
      resources: receives("whose traffic is measured"),
    },
  }),
  aws_networkmonitor_monitor: inert("a set of probes", resourcePage("networkmonitor_monitor")),
  aws_networkmonitor_probe: inert(
    "sends packets without data to an address, to measure delay and loss",
    resourcePage("networkmonitor_probe"),
    {
      destination: harmless("packets without data go there, on routes that are judged with the network"),
      source_arn: uses("the subnet that packets start from"),
    },
  ),
  aws_networkflowmonitor_monitor: inert(
    "shows statistics of a scope's traffic",
    resourcePage("networkflowmonitor_monitor"),
    {
      scope_arn: receives("statistics come from the scope"),
      local_resource: harmless("whose traffic is shown"),
      remote_resource: harmless("whose traffic is shown"),
    },
  ),
  aws_networkflowmonitor_scope: inert(
    "says of which accounts and Regions traffic is counted",
    resourcePage("networkflowmonitor_scope"),
    {
      target: receives("statistics come from there"),
    },
  ),

  ...lookups({
    cloudwatch_contributor_managed_insight_rules: "the managed rules of a resource",
    oam_link: "a link",
    oam_links: "the links of an account",
    oam_sink: "a sink",
    oam_sinks: "the sinks of an account",
    synthetics_runtime_version: "a version of the runtime",
    synthetics_runtime_versions: "the versions of the runtime",
  }),
});
