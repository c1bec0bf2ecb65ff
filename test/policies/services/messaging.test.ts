/** Topics, queues, events, schedules, pipes, brokers, mail and push messages. */
import { outcomes } from "./harness";
import { switches, ways } from "./together";

const rule = { rule: "r" };
const event = { configuration_set_name: "c", name: "n", matching_types: ["send"], enabled: true };
const eventV2 = { configuration_set_name: "c", event_destination_name: "e", event_destination: [{ enabled: true }] };
const receipt = { name: "n", rule_set_name: "r" };
const flow = (target: object) => ({
  name: "s",
  schedule_expression: "rate(1 day)",
  flexible_time_window: [{ mode: "OFF" }],
  ...target,
});
const role = "arn:aws:iam::111111111111:role/r";
const pipe = {
  role_arn: role,
  source: "arn:aws:sqs:eu-west-1:111111111111:in",
  target: "arn:aws:sqs:eu-west-1:111111111111:out",
};

describe("ways", () => {
  ways([
    {
      type: "aws_sns_topic_subscription",
      at: "endpoint",
      form: "arn",
      channel: "sns.subscription",
      with: { protocol: "sqs", topic_arn: "arn:aws:sns:eu-west-1:111111111111:t" },
    },
    {
      type: "aws_sns_topic_subscription",
      at: "endpoint",
      form: "abroad",
      channel: "sns.subscription",
      with: { protocol: "lambda", topic_arn: "arn:aws:sns:eu-west-1:111111111111:t" },
    },
    {
      type: "aws_sns_topic_subscription",
      at: "endpoint",
      form: "url",
      channel: "sns.subscription",
      with: { protocol: "https", topic_arn: "arn:aws:sns:eu-west-1:111111111111:t" },
    },
    {
      type: "aws_sns_topic_subscription",
      at: "redrive_policy",
      form: "redrive",
      channel: "sns.dead-letter",
      with: {
        protocol: "sqs",
        endpoint: "arn:aws:sqs:eu-west-1:111111111111:q",
        topic_arn: "arn:aws:sns:eu-west-1:111111111111:t",
      },
    },
    { type: "aws_sns_sms_preferences", at: "usage_report_s3_bucket", form: "bucket", channel: "sns.usage-report" },
    { type: "aws_sqs_queue", at: "redrive_policy", form: "redrive", channel: "sqs.dead-letter" },
    {
      type: "aws_sqs_queue_redrive_policy",
      at: "redrive_policy",
      form: "redrive",
      channel: "sqs.dead-letter",
      with: { queue_url: "q" },
    },
    { type: "aws_cloudwatch_event_target", at: "arn", form: "arn", channel: "events.target", with: rule },
    { type: "aws_cloudwatch_event_target", at: "arn", form: "abroad", channel: "events.target", with: rule },
    {
      type: "aws_cloudwatch_event_target",
      at: "dead_letter_config.arn",
      form: "arn",
      channel: "events.dead-letter",
      with: { ...rule, arn: "arn:aws:sqs:eu-west-1:111111111111:q" },
    },
    {
      type: "aws_cloudwatch_event_bus",
      at: "dead_letter_config.arn",
      form: "arn",
      channel: "events.dead-letter",
      with: { name: "b" },
    },
    {
      type: "aws_cloudwatch_event_api_destination",
      at: "invocation_endpoint",
      form: "url",
      channel: "events.api-destination",
      with: { name: "n", http_method: "POST", connection_arn: "arn:aws:events:eu-west-1:111111111111:connection/c/1" },
    },
    {
      type: "aws_cloudwatch_event_connection",
      at: "auth_parameters.oauth.authorization_endpoint",
      form: "url",
      channel: "events.connection",
      with: { name: "n", authorization_type: "OAUTH_CLIENT_CREDENTIALS" },
    },
    {
      type: "aws_cloudwatch_event_endpoint",
      at: "event_bus.event_bus_arn",
      form: "abroad",
      channel: "events.global-endpoint",
      with: {
        name: "n",
        routing_config: [{ failover_config: [{ primary: [{}], secondary: [{ route: "eu-north-1" }] }] }],
      },
    },
    {
      type: "aws_cloudwatch_event_endpoint",
      at: "routing_config.failover_config.secondary.route",
      form: "region",
      channel: "events.global-endpoint",
      with: { name: "n", event_bus: [{ event_bus_arn: "arn:aws:events:eu-west-1:111111111111:event-bus/b" }] },
    },
    {
      type: "aws_scheduler_schedule",
      at: "target.arn",
      form: "arn",
      channel: "scheduler.target",
      with: flow({ target: [{ role_arn: role }] }),
    },
    {
      type: "aws_scheduler_schedule",
      at: "target.dead_letter_config.arn",
      form: "arn",
      channel: "scheduler.dead-letter",
      with: flow({ target: [{ role_arn: role, arn: "arn:aws:sqs:eu-west-1:111111111111:q" }] }),
    },
    { type: "aws_pipes_pipe", at: "target", form: "arn", channel: "pipes.target", with: pipe },
    { type: "aws_pipes_pipe", at: "enrichment", form: "arn", channel: "pipes.enrichment", with: pipe },
    {
      type: "aws_pipes_pipe",
      at: "log_configuration.s3_log_destination.bucket_name",
      form: "bucket",
      channel: "pipes.logs",
      with: { ...pipe, log_configuration: [{ level: "INFO", s3_log_destination: [{ bucket_owner: "111111111111" }] }] },
    },
    {
      type: "aws_pipes_pipe",
      at: "log_configuration.firehose_log_destination.delivery_stream_arn",
      form: "arn",
      channel: "pipes.logs",
      with: pipe,
    },
    {
      type: "aws_pipes_pipe",
      at: "source_parameters.kinesis_stream_parameters.dead_letter_config.arn",
      form: "arn",
      channel: "pipes.dead-letter",
      with: pipe,
    },
    {
      type: "aws_sfn_state_machine",
      at: "logging_configuration.log_destination",
      form: "arn",
      channel: "states.logs",
      with: { role_arn: role, definition: '{"States":{}}' },
    },
    {
      type: "aws_mq_broker",
      at: "data_replication_primary_broker_arn",
      form: "abroad",
      channel: "mq.replication",
      with: {
        broker_name: "b",
        engine_type: "ActiveMQ",
        engine_version: "5.18",
        host_instance_type: "mq.m5.large",
        user: [{ username: "u", password: "p" }],
      },
    },
    {
      type: "aws_msk_cluster",
      at: "logging_info.broker_logs.s3.bucket",
      form: "bucket",
      channel: "msk.logs",
      with: {
        cluster_name: "c",
        kafka_version: "3.7.x",
        number_of_broker_nodes: 2,
        logging_info: [{ broker_logs: [{ s3: [{ enabled: true }] }] }],
      },
    },
    {
      type: "aws_msk_replicator",
      at: "replication_info_list.target_kafka_cluster_arn",
      form: "abroad",
      channel: "msk.replication",
      with: {
        replicator_name: "r",
        service_execution_role_arn: role,
        replication_info_list: [
          {
            source_kafka_cluster_arn: "arn:aws:kafka:eu-west-1:111111111111:cluster/a/1",
            target_compression_type: "NONE",
          },
        ],
      },
    },
    {
      type: "aws_msk_vpc_connection",
      at: "target_cluster_arn",
      form: "arn",
      channel: "msk.vpc-connection",
      with: { authentication: "TLS", client_subnets: [], security_groups: [], vpc_id: "vpc-1" },
    },
    {
      type: "aws_mskconnect_connector",
      at: "log_delivery.worker_log_delivery.s3.bucket",
      form: "bucket",
      channel: "mskconnect.logs",
      with: { name: "c", log_delivery: [{ worker_log_delivery: [{ s3: [{ enabled: true }] }] }] },
    },
    {
      type: "aws_ses_event_destination",
      at: "kinesis_destination.stream_arn",
      form: "arn",
      channel: "ses.events",
      with: event,
    },
    {
      type: "aws_ses_event_destination",
      at: "sns_destination.topic_arn",
      form: "arn",
      channel: "ses.events",
      with: event,
    },
    {
      type: "aws_ses_identity_notification_topic",
      at: "topic_arn",
      form: "arn",
      channel: "ses.notification",
      with: { identity: "example.com", notification_type: "Bounce" },
    },
    {
      type: "aws_ses_receipt_rule",
      at: "s3_action.bucket_name",
      form: "bucket",
      channel: "ses.receipt",
      with: receipt,
    },
    {
      type: "aws_ses_receipt_rule",
      at: "lambda_action.function_arn",
      form: "arn",
      channel: "ses.receipt",
      with: receipt,
    },
    { type: "aws_ses_receipt_rule", at: "sns_action.topic_arn", form: "arn", channel: "ses.receipt", with: receipt },
    {
      type: "aws_ses_receipt_rule",
      at: "workmail_action.organization_arn",
      form: "arn",
      channel: "ses.receipt",
      with: receipt,
    },
    {
      type: "aws_sesv2_configuration_set_event_destination",
      at: "event_destination.event_bridge_destination.event_bus_arn",
      form: "arn",
      channel: "ses.events",
      with: eventV2,
    },
    {
      type: "aws_sesv2_configuration_set_event_destination",
      at: "event_destination.kinesis_firehose_destination.delivery_stream_arn",
      form: "arn",
      channel: "ses.events",
      with: eventV2,
    },
    { type: "aws_pinpoint_app", at: "campaign_hook.web_url", form: "url", channel: "pinpoint.campaign-hook" },
    {
      type: "aws_pinpoint_app",
      at: "campaign_hook.lambda_function_name",
      form: "arn",
      channel: "pinpoint.campaign-hook",
    },
    {
      type: "aws_pinpoint_event_stream",
      at: "destination_stream_arn",
      form: "arn",
      channel: "pinpoint.event-stream",
      with: { application_id: "a", role_arn: role },
    },
  ]);
});

describe("switches", () => {
  switches([
    {
      type: "aws_sns_topic_subscription",
      channel: "sns.mobile-push",
      open: {
        protocol: "application",
        topic_arn: "arn:aws:sns:eu-west-1:111111111111:t",
        endpoint: "arn:aws:sns:eu-west-1:111111111111:endpoint/GCM/a/1",
      },
    },
    {
      type: "aws_sns_platform_application",
      channel: "sns.mobile-push",
      open: { name: "a", platform: "GCM", platform_credential: "k" },
    },
    {
      type: "aws_pinpoint_gcm_channel",
      channel: "pinpoint.channel",
      open: { application_id: "a" },
      closed: { application_id: "a", enabled: false },
      unknown: { application_id: "a", enabled: "${var.unknown}" },
    },
    {
      type: "aws_pinpoint_sms_channel",
      channel: "pinpoint.channel",
      open: { application_id: "a" },
      closed: { application_id: "a", enabled: false },
    },
    {
      type: "aws_pinpointsmsvoicev2_phone_number",
      channel: "sms-voice.number",
      open: {
        iso_country_code: "IE",
        message_type: "TRANSACTIONAL",
        number_capabilities: ["SMS"],
        number_type: "LONG_CODE",
      },
    },
    {
      type: "aws_mq_broker",
      channel: "mq.public-broker",
      open: { engine_type: "RabbitMQ", publicly_accessible: true },
      closed: { engine_type: "RabbitMQ", publicly_accessible: false },
    },
    {
      type: "aws_msk_cluster",
      channel: "msk.public-access",
      open: {
        cluster_name: "c",
        broker_node_group_info: [{ connectivity_info: [{ public_access: [{ type: "SERVICE_PROVIDED_EIPS" }] }] }],
      },
      closed: { cluster_name: "c" },
      unknown: {
        cluster_name: "c",
        broker_node_group_info: [{ connectivity_info: [{ public_access: [{ type: "${var.unknown}" }] }] }],
      },
    },
  ]);
});

const ABROAD = "arn:aws:sns:us-east-1:111111111111:t";
outcomes([
  [
    "events of mail to a destination that is off",
    { aws_ses_event_destination: { e: { ...event, enabled: false, sns_destination: [{ topic_arn: ABROAD }] } } },
    "contained",
  ],
  [
    "events of mail to a destination that nothing switches on",
    {
      aws_sesv2_configuration_set_event_destination: {
        e: { ...eventV2, event_destination: [{ sns_destination: [{ topic_arn: ABROAD }] }] },
      },
    },
    "contained",
  ],
]);

const asks = (ModelId: string, more: object = {}) => ({
  aws_sfn_state_machine: {
    m: {
      name: "m",
      role_arn: role,
      definition: JSON.stringify({
        StartAt: "A",
        States: {
          A: { Type: "Task", Resource: "arn:aws:states:::bedrock:invokeModel", Parameters: { ModelId, ...more } },
        },
      }),
    },
  },
});
const US_MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";

outcomes([
  ["a machine that asks a model here", asks("amazon.nova-lite-v1:0"), "contained"],
  ["a machine that asks models of Europe", asks("eu.amazon.nova-lite-v1:0"), "contained"],
  ["a machine that asks a model elsewhere", asks(US_MODEL), "-> us-east-1 by bedrock.inference"],
  [
    "a machine that has answers written to a bucket that nobody knows",
    asks("amazon.nova-lite-v1:0", { Output: { S3Uri: "s3://somewhere/x" } }),
    "? aws_sfn_state_machine.m",
  ],
]);

const lower = JSON.stringify({ statement: [{ effect: "Allow", principal: "*", action: "sqs:*", resource: "*" }] });
outcomes([
  [
    "a policy with elements that AWS has no word for",
    { aws_sqs_queue: { q: { name: "q", policy: lower } } },
    "? aws_sqs_queue.q",
  ],
]);
