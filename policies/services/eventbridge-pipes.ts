import {
  at,
  document,
  type Entry,
  harmless,
  moves,
  type Role,
  receives,
  sends,
  service,
  type TargetForm,
  uses,
} from "../flows/vocabulary";
import { launchType } from "./documents/launch-type";
import { redshiftSql } from "./documents/redshift-sql";

const source = "source_parameters";
const target = "target_parameters";
const task = `${target}.ecs_task_parameters`;
const subnets = `${task}.network_configuration.aws_vpc_configuration.subnets`;
const groups = `${task}.network_configuration.aws_vpc_configuration.security_groups`;
const publicIp = at(`${task}.network_configuration.aws_vpc_configuration.assign_public_ip`, "DISABLED");
const constants = harmless("text that is sent along; where it goes, target says");

/** A stopped pipe takes nothing from its source ("Starting or stopping an Amazon EventBridge pipe"). */
const running = at("desired_state", "RUNNING").isNot("STOPPED");
const sendsOn = (channel: string, form: TargetForm): Role => sends(channel, form, { when: running });

const received: Entry["attributes"] = Object.fromEntries(
  [
    "activemq_broker_parameters",
    "filter_criteria",
    "managed_streaming_kafka_parameters",
    "rabbitmq_broker_parameters",
    "self_managed_kafka_parameters",
    "sqs_queue_parameters",
  ].map((block) => [`${source}.${block}`, receives("how and with which credentials the source is read")]),
);

export default service("Amazon EventBridge Pipes", {
  aws_pipes_pipe: moves("takes records from a source, enriches them and hands them to a target", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes.html",
    data: "source",
    attributes: {
      source: receives("records come from there"),
      enrichment: sendsOn("pipes.enrichment", "arn"),
      target: sendsOn("pipes.target", "arn"),
      role_arn: uses("the role that reads the source and calls the target"),
      kms_key_identifier: uses("the key that encrypts the pipe"),
      enrichment_parameters: constants,
      "log_configuration.cloudwatch_logs_log_destination.log_group_arn": sendsOn("pipes.logs", "arn"),
      "log_configuration.firehose_log_destination.delivery_stream_arn": sendsOn("pipes.logs", "arn"),
      "log_configuration.s3_log_destination.bucket_name": sends("pipes.logs", "bucket", {
        when: running,
        account: "log_configuration.s3_log_destination.bucket_owner",
      }),
      "log_configuration.s3_log_destination.bucket_owner": harmless("weighed with bucket_name"),
      "log_configuration.s3_log_destination.prefix": harmless("the beginning of object names"),
      ...received,
      [`${source}.dynamodb_stream_parameters.dead_letter_config.arn`]: sendsOn("pipes.dead-letter", "arn"),
      [`${source}.kinesis_stream_parameters.dead_letter_config.arn`]: sendsOn("pipes.dead-letter", "arn"),
      [`${target}.input_template`]: constants,
      [`${target}.batch_job_parameters`]: uses("what is run on the queue"),
      [`${target}.cloudwatch_logs_parameters`]: harmless("a stream of the log group"),
      [`${target}.eventbridge_event_bus_parameters.endpoint_id`]: sendsOn("pipes.target", "id"),
      [`${target}.eventbridge_event_bus_parameters.resources`]: constants,
      [`${target}.eventbridge_event_bus_parameters.source`]: constants,
      [`${target}.http_parameters`]: constants,
      [`${target}.kinesis_stream_parameters.partition_key`]: constants,
      [`${target}.redshift_data_parameters.sqls`]: document(redshiftSql),
      [`${target}.redshift_data_parameters`]: uses("the database and the credentials for it"),
      [`${target}.sagemaker_pipeline_parameters`]: constants,
      [`${target}.sqs_queue_parameters`]: constants,
      [`${task}.task_definition_arn`]: uses("what is run on the cluster"),
      [`${task}.launch_type`]: launchType,
      [`${task}.capacity_provider_strategy`]: uses("on which of the cluster's machines tasks run"),
      [`${task}.overrides`]: uses("the environment and the roles of the containers"),
      [`${task}.placement_constraint`]: harmless("on which of the cluster's machines tasks run"),
      [subnets]: { role: "network" },
      [groups]: { role: "network" },
      [publicIp.is().path]: { role: "network" },
    },
    interfaces: [
      { subnets, groups, publicIpv4: "always", initiates: true, when: publicIp.is("ENABLED"), without: "nothing" },
      { subnets, groups, publicIpv4: "never", initiates: true, when: publicIp.isNot("ENABLED"), without: "nothing" },
    ],
  }),
});
