/** Rules of AWS IoT Core: what is done with each message that a statement selects, and with those that failed. */
import { isList, isObject, isUnknown, type Value } from "../configuration/value";
import {
  at,
  type DocumentReader,
  document,
  type Entry,
  harmless,
  moves,
  network,
  opens,
  type Role,
  sends,
  service,
  type TargetForm,
  uses,
} from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/iot/latest/developerguide/${page}.html`;
const role = uses("the role that the action is done with");
/** "Canned ACL" in the Amazon S3 User Guide: `authenticated-read` is for all AWS accounts. */
const OPEN_ACLS = ["public-read", "public-read-write", "authenticated-read"];
const here = (what: string) => uses(`${what} of the same account and Region, by name`);

/** A rule that is disabled matches nothing ("enabled" is required: https://docs.aws.amazon.com/iot/latest/apireference/API_DisableTopicRule.html). */
const sendsOn = (channel: string, form: TargetForm): Role =>
  sends(channel, form, { when: at("enabled", true).isNot(false) });

/** `bootstrap.servers` among a Kafka client's properties: a list of hosts with ports. */
const brokers: DocumentReader = function* (properties) {
  const servers: Value = isObject(properties) ? (properties["bootstrap.servers"] ?? null) : properties;
  const values = typeof servers === "string" ? servers.split(",") : isList(servers) ? servers : [servers];
  for (const value of values) {
    if (typeof value === "string" || isUnknown(value)) yield { at: "", value, role: sendsOn("iot.kafka", "host") };
  }
};

/** All actions, as they stand for a rule's messages and below `error_action`. */
const actions = (prefix: string): Entry["attributes"] => {
  const roles: Entry["attributes"] = {
    "cloudwatch_alarm.role_arn": role,
    "cloudwatch_logs.role_arn": role,
    "cloudwatch_logs.log_group_name": here("a log group"),
    "cloudwatch_metric.role_arn": role,
    "dynamodb.role_arn": role,
    "dynamodb.table_name": here("a table"),
    "dynamodbv2.role_arn": role,
    "dynamodbv2.put_item.table_name": here("a table"),
    "elasticsearch.endpoint": sendsOn("iot.opensearch", "url"),
    "elasticsearch.role_arn": role,
    "firehose.role_arn": role,
    "firehose.delivery_stream_name": here("a delivery stream"),
    "http.url": sendsOn("iot.http", "url"),
    "http.confirmation_url": sendsOn("iot.http", "url"),
    "http.http_header": harmless("headers of the request"),
    "iot_analytics.role_arn": role,
    "iot_analytics.channel_name": here("a channel"),
    "iot_events.role_arn": role,
    "iot_events.input_name": here("an input"),
    "kafka.destination_arn": uses("the destination, through whose VPC the brokers are reached"),
    "kafka.client_properties": document(brokers),
    "kafka.topic": harmless("a topic of those brokers"),
    "kafka.header": harmless("headers of the record"),
    "kinesis.role_arn": role,
    "kinesis.stream_name": here("a stream"),
    "lambda.function_arn": sendsOn("iot.lambda", "arn"),
    "republish.role_arn": role,
    "republish.topic": harmless("a topic of the same broker"),
    "s3.bucket_name": sendsOn("iot.s3", "bucket"),
    "s3.canned_acl": opens("iot.s3-acl", at(`${prefix}s3.canned_acl`).is(...OPEN_ACLS), {
      when: at("enabled", true).isNot(false),
      why: "anybody, or whoever has an AWS account, may read the objects that are written",
    }),
    "s3.role_arn": role,
    "sns.target_arn": sendsOn("iot.sns", "arn"),
    "sns.role_arn": role,
    "sqs.queue_url": sendsOn("iot.sqs", "url"),
    "sqs.role_arn": role,
    "step_functions.role_arn": role,
    "step_functions.state_machine_name": here("a state machine"),
    "timestream.role_arn": role,
    "timestream.database_name": here("a database"),
  };
  return Object.fromEntries(Object.entries(roles).map(([path, one]) => [prefix + path, one]));
};

export default service("AWS IoT Core rules", {
  aws_iot_topic_rule: moves("does something with each message that a statement selects", {
    docs: guide("iot-rule-actions"),
    attributes: {
      sql: harmless("which messages are selected"),
      ...actions(""),
      ...actions("error_action."),
    },
  }),
  // Interfaces of AWS's own, which connect to the brokers that rules name and to nothing else.
  aws_iot_topic_rule_destination: moves("reaches Kafka brokers through a VPC", {
    docs: resourcePage("iot_topic_rule_destination"),
    attributes: {
      "vpc_configuration.role_arn": role,
      "vpc_configuration.subnet_ids": network,
      "vpc_configuration.security_groups": network,
      "vpc_configuration.vpc_id": network,
    },
    interfaces: [
      {
        subnets: "vpc_configuration.subnet_ids",
        groups: "vpc_configuration.security_groups",
        publicIpv4: "never",
        initiates: false,
        without: "nothing",
      },
    ],
  }),
});
