import { at, document, type Entry, harmless, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { connectionUrl } from "./documents/connection-url";
import { lookups } from "./pages";

const role = uses("the role with which the stream acts");
const key = uses("the key that encrypts what is written");
const ownLogs = harmless("a log group of the stream's own account and Region");
/** The interfaces serve deliveries to the domain alone; nothing else can use them. */
const ownInterfaces = uses("interfaces by which the stream reaches its destination inside the VPC");

/** The bucket of a destination or of its backup. A bucket may be in another account or Region. */
const bucket = (block: string, channel: string): Entry["attributes"] => ({
  [`${block}.bucket_arn`]: sends(channel, "bucket-arn"),
  [`${block}.role_arn`]: role,
  [`${block}.kms_key_arn`]: key,
  [`${block}.prefix`]: harmless("the beginning of object names"),
  [`${block}.error_output_prefix`]: harmless("the beginning of object names"),
  [`${block}.cloudwatch_logging_options`]: ownLogs,
});

/** What all destinations have: a function that transforms the records, a log group. */
const common = (block: string): Entry["attributes"] => ({
  [`${block}.cloudwatch_logging_options`]: ownLogs,
  [`${block}.processing_configuration.processors.parameters.parameter_value`]: sends("firehose.transformation", "arn", {
    when: at(`${block}.processing_configuration.processors.parameters.parameter_name`).is("LambdaArn"),
  }),
});

const vpc = (block: string): Entry["attributes"] => ({
  [`${block}.vpc_config.role_arn`]: role,
  [`${block}.vpc_config.subnet_ids`]: ownInterfaces,
  [`${block}.vpc_config.security_group_ids`]: ownInterfaces,
});

const secret = (block: string): Entry["attributes"] => ({
  [`${block}.secrets_manager_configuration.secret_arn`]: uses("the credentials for the destination"),
  [`${block}.secrets_manager_configuration.role_arn`]: role,
});

/** Amazon OpenSearch Service and its predecessor: a domain of the same account or, by endpoint, another one. */
const domain = (block: string): Entry["attributes"] => ({
  ...common(block),
  ...vpc(block),
  [`${block}.role_arn`]: role,
  ...bucket(`${block}.s3_configuration`, "firehose.backup"),
  [`${block}.domain_arn`]: sends("firehose.delivery", "arn"),
  [`${block}.cluster_endpoint`]: sends("firehose.delivery", "url"),
});

export default service("Amazon Data Firehose", {
  aws_kinesis_firehose_delivery_stream: moves(
    "delivers each record to a destination, and the raw or failed ones to a bucket",
    {
      docs: "https://docs.aws.amazon.com/firehose/latest/dev/create-destination.html",
      attributes: {
        destination: harmless("which of the blocks below is the destination"),
        destination_id: harmless("a number that Firehose gives the destination"),
        arn: harmless("the stream's own ARN"),
        "server_side_encryption.key_arn": key,
        "kinesis_source_configuration.kinesis_stream_arn": receives("records come from the stream"),
        "kinesis_source_configuration.role_arn": role,
        "msk_source_configuration.msk_cluster_arn": receives("records come from the cluster"),
        "msk_source_configuration.authentication_configuration.role_arn": role,
        "msk_source_configuration.authentication_configuration.connectivity": receives(
          "how the stream reaches the brokers it reads",
        ),

        ...common("extended_s3_configuration"),
        ...bucket("extended_s3_configuration", "firehose.delivery"),
        ...bucket("extended_s3_configuration.s3_backup_configuration", "firehose.backup"),
        "extended_s3_configuration.custom_time_zone": harmless("the time zone of dates in object names"),
        "extended_s3_configuration.data_format_conversion_configuration.schema_configuration": receives(
          "the table's schema is read from the Glue Data Catalog; no record goes there",
        ),

        ...common("redshift_configuration"),
        "redshift_configuration.role_arn": role,
        ...secret("redshift_configuration"),
        ...bucket("redshift_configuration.s3_configuration", "firehose.delivery"),
        ...bucket("redshift_configuration.s3_backup_configuration", "firehose.backup"),
        "redshift_configuration.cluster_jdbcurl": document(connectionUrl("firehose.delivery")),

        ...domain("elasticsearch_configuration"),
        ...domain("opensearch_configuration"),

        ...common("opensearchserverless_configuration"),
        "opensearchserverless_configuration.role_arn": role,
        ...vpc("opensearchserverless_configuration"),
        ...bucket("opensearchserverless_configuration.s3_configuration", "firehose.backup"),
        "opensearchserverless_configuration.collection_endpoint": sends("firehose.delivery", "url"),

        ...common("splunk_configuration"),
        ...secret("splunk_configuration"),
        ...bucket("splunk_configuration.s3_configuration", "firehose.backup"),
        "splunk_configuration.hec_endpoint": sends("firehose.delivery", "url"),

        ...common("http_endpoint_configuration"),
        "http_endpoint_configuration.role_arn": role,
        ...secret("http_endpoint_configuration"),
        ...bucket("http_endpoint_configuration.s3_configuration", "firehose.backup"),
        "http_endpoint_configuration.url": sends("firehose.delivery", "url"),
        "http_endpoint_configuration.request_configuration": harmless("headers of the requests to the endpoint"),

        ...common("snowflake_configuration"),
        "snowflake_configuration.role_arn": role,
        ...secret("snowflake_configuration"),
        ...bucket("snowflake_configuration.s3_configuration", "firehose.backup"),
        "snowflake_configuration.account_url": sends("firehose.delivery", "url"),
        "snowflake_configuration.snowflake_role_configuration": harmless("a role inside Snowflake"),
        "snowflake_configuration.snowflake_vpc_configuration.private_link_vpce_id": uses(
          "the endpoint service by which Snowflake is reached; where the data goes, account_url says",
        ),

        ...common("iceberg_configuration"),
        "iceberg_configuration.role_arn": role,
        ...bucket("iceberg_configuration.s3_configuration", "firehose.delivery"),
        "iceberg_configuration.catalog_arn": sends("firehose.delivery", "arn"),
        "iceberg_configuration.destination_table_configuration": harmless(
          "names of databases and tables in the catalog",
        ),
      },
    },
  ),

  ...lookups({ kinesis_firehose_delivery_stream: "a delivery stream by name" }),
});
