import {
  document,
  grants,
  harmless,
  holds,
  inert,
  moves,
  policy,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { accountLogPolicy } from "./documents/account-log-policy";
import { dataProtectionPolicy } from "./documents/data-protection-policy";
import { lookups, resourcePage } from "./pages";

const ofLogGroup = harmless("the log group it is about");
const pattern = harmless("which events are meant");

export default service("Amazon CloudWatch Logs", {
  aws_cloudwatch_log_group: holds("keeps log events in its Region", {
    docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogsConcepts.html",
    attributes: { kms_key_id: uses("the key that encrypts log events") },
  }),

  aws_cloudwatch_log_stream: inert("a part of a log group", resourcePage("cloudwatch_log_stream"), {
    log_group_name: ofLogGroup,
  }),

  // The destination is in the log group's Region, but what stands behind it may be in another ("the destination can
  // point to an AWS resource such as a Firehose stream that is located in a different Region").
  aws_cloudwatch_log_subscription_filter: moves(
    "delivers each matching event to a stream, a function or a destination",
    {
      docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html",
      data: "log_group_name",
      attributes: {
        destination_arn: sends("logs.subscription", "arn"),
        role_arn: uses("the role that writes to the destination"),
        filter_pattern: pattern,
      },
    },
  ),

  aws_cloudwatch_log_destination: moves("hands log events of other accounts on to a stream", {
    docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions.html",
    attributes: {
      target_arn: sends("logs.destination", "arn"),
      role_arn: uses("the role that writes to the stream"),
    },
  }),
  aws_cloudwatch_log_destination_policy: grants("says who may send log events to a destination", {
    docs: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestinationPolicy.html",
    data: "destination_name",
    attributes: { access_policy: receives("admits senders: log events come in") },
  }),

  aws_cloudwatch_log_account_policy: moves(
    "applies a subscription, a data protection or an index policy to all log groups",
    {
      docs: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html",
      attributes: {
        policy_document: document(accountLogPolicy),
        policy_type: harmless("which kind of policy the document is"),
        selection_criteria: harmless("which log groups are meant"),
      },
    },
  ),

  aws_cloudwatch_log_data_protection_policy: moves("looks for personal data in log events and reports what it found", {
    docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-data-protection-policies.html",
    data: "log_group_name",
    attributes: { policy_document: document(dataProtectionPolicy("logs.data-protection-audit")) },
  }),

  aws_cloudwatch_log_resource_policy: grants("says which services and accounts may write to log groups, or read them", {
    docs: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html",
    attributes: { policy_document: policy("logs.policy") },
  }),

  aws_cloudwatch_log_delivery: moves("delivers the logs of a service to a destination", {
    docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html",
    data: "delivery_source_name",
    attributes: {
      delivery_destination_arn: sends("logs.delivery", "arn"),
      "s3_delivery_configuration.suffix_path": harmless("the end of object names"),
      field_delimiter: harmless("a separator"),
      record_fields: harmless("which fields are delivered"),
    },
  }),
  aws_cloudwatch_log_delivery_destination: moves(
    "a bucket, a log group or a stream that service logs are delivered to",
    {
      docs: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliveryDestination.html",
      attributes: {
        "delivery_destination_configuration.destination_resource_arn": sends("logs.delivery", "arn"),
        delivery_destination_type: harmless("which kind of resource it is"),
      },
    },
  ),
  aws_cloudwatch_log_delivery_destination_policy: grants("says which accounts may deliver logs to a destination", {
    docs: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliveryDestinationPolicy.html",
    data: "delivery_destination_name",
    attributes: { delivery_destination_policy: receives("admits senders: logs come in") },
  }),
  aws_cloudwatch_log_delivery_source: inert(
    "names a resource whose logs may be delivered",
    resourcePage("cloudwatch_log_delivery_source"),
    {
      resource_arn: receives("logs come from the resource"),
    },
  ),

  aws_cloudwatch_log_metric_filter: inert(
    "counts matching events in metrics of the same account and Region",
    resourcePage("cloudwatch_log_metric_filter"),
    { log_group_name: ofLogGroup, pattern, metric_transformation: harmless("names, units and values of the metric") },
  ),
  aws_cloudwatch_log_anomaly_detector: inert(
    "trains on log groups of its own Region and keeps what it finds there",
    resourcePage("cloudwatch_log_anomaly_detector"),
    {
      log_group_arn_list: receives("reads these log groups"),
      kms_key_id: uses("the key that encrypts what it found"),
      filter_pattern: pattern,
    },
  ),
  aws_cloudwatch_log_index_policy: inert("says which fields are indexed", resourcePage("cloudwatch_log_index_policy"), {
    log_group_name: ofLogGroup,
    policy_document: harmless("names of fields"),
  }),
  aws_cloudwatch_log_transformer: inert(
    "rewrites events inside their log group",
    resourcePage("cloudwatch_log_transformer"),
    {
      log_group_arn: ofLogGroup,
      transformer_config: harmless("names of fields"),
    },
  ),
  aws_cloudwatch_query_definition: inert("keeps the text of a query", resourcePage("cloudwatch_query_definition"), {
    log_group_names: ofLogGroup,
    query_string: harmless("the text of a query"),
  }),

  ...lookups({
    cloudwatch_log_data_protection_policy_document: "nothing: it writes a policy as JSON",
    cloudwatch_log_group: "a log group by name",
    cloudwatch_log_groups: "log groups by prefix",
  }),
});
