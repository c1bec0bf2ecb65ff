import { at, harmless, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const sql = "application_configuration.sql_application_configuration";
const role = uses("the role that reads and writes");

export default service("Amazon Managed Service for Apache Flink", {
  aws_kinesis_analytics_application: moves("runs SQL over a stream and writes what comes out", {
    docs: "https://docs.aws.amazon.com/kinesisanalytics/latest/dev/how-it-works-output.html",
    attributes: {
      "inputs.kinesis_firehose": receives("records come from there"),
      "inputs.kinesis_stream": receives("records come from there"),
      "inputs.processing_configuration.lambda.resource_arn": sends("kinesisanalytics.preprocessing", "arn"),
      "inputs.processing_configuration.lambda.role_arn": role,
      "outputs.kinesis_firehose.resource_arn": sends("kinesisanalytics.output", "arn"),
      "outputs.kinesis_firehose.role_arn": role,
      "outputs.kinesis_stream.resource_arn": sends("kinesisanalytics.output", "arn"),
      "outputs.kinesis_stream.role_arn": role,
      "outputs.lambda.resource_arn": sends("kinesisanalytics.output", "arn"),
      "outputs.lambda.role_arn": role,
      "reference_data_sources.s3": receives("a table comes from there"),
      "reference_data_sources.schema": harmless("names of columns"),
      "inputs.schema": harmless("names of columns"),
      "cloudwatch_logging_options.log_stream_arn": sends("kinesisanalytics.logs", "arn"),
      "cloudwatch_logging_options.role_arn": role,
      code: harmless("SQL over the streams named above"),
    },
  }),

  aws_kinesisanalyticsv2_application: moves("runs code or SQL over streams", {
    docs: "https://docs.aws.amazon.com/managed-flink/latest/java/vpc-internet.html",
    attributes: {
      service_execution_role: uses("the role that the code acts with"),
      "application_configuration.application_code_configuration": receives("code comes from there"),
      "application_configuration.environment_properties": harmless(
        "read by the code, which its network and role bound",
      ),
      "application_configuration.run_configuration": harmless("from which snapshot the application starts"),
      [`${sql}.input.kinesis_firehose_input.resource_arn`]: receives("records come from there"),
      [`${sql}.input.kinesis_streams_input.resource_arn`]: receives("records come from there"),
      [`${sql}.input.input_processing_configuration.input_lambda_processor.resource_arn`]: sends(
        "kinesisanalytics.preprocessing",
        "arn",
      ),
      [`${sql}.input.input_schema`]: harmless("names of columns"),
      [`${sql}.output.kinesis_firehose_output.resource_arn`]: sends("kinesisanalytics.output", "arn"),
      [`${sql}.output.kinesis_streams_output.resource_arn`]: sends("kinesisanalytics.output", "arn"),
      [`${sql}.output.lambda_output.resource_arn`]: sends("kinesisanalytics.output", "arn"),
      [`${sql}.reference_data_source`]: receives("a table comes from there"),
      "cloudwatch_logging_options.log_stream_arn": sends("kinesisanalytics.logs", "arn"),
    },
    interfaces: [
      {
        subnets: "application_configuration.vpc_configuration.subnet_ids",
        groups: "application_configuration.vpc_configuration.security_group_ids",
        publicIpv4: "never",
        initiates: true,
        // SQL runs no code of the owner's and reaches nothing but its inputs and outputs.
        when: at("runtime_environment").isNot("SQL-1_0"),
        without: {
          internet: "kinesisanalytics.internet",
          why: "without vpc_configuration the application runs in a network of the service's own, which reaches the internet",
        },
      },
    ],
  }),
  aws_kinesisanalyticsv2_application_snapshot: inert(
    "a snapshot of an application's state, kept by the service in the same Region",
    resourcePage("kinesisanalyticsv2_application_snapshot"),
  ),
});
