/** Delivery streams, catalogs, queries, clusters, lakes and transfers between services. */
import { findings, judge } from "./harness";
import { group, subnet, switches, ways } from "./together";

const role = "arn:aws:iam::111111111111:role/r";
const s3 = { role_arn: role, bucket_arn: "arn:aws:s3:::enclave-archive" };
const stream = (destination: string, block: object) => ({
  name: "s",
  destination,
  [`${destination}_configuration`]: [{ s3_configuration: [s3], ...block }],
});
const extended = { name: "s", destination: "extended_s3", extended_s3_configuration: [s3] };
const appflow = (properties: object, connector = "S3") => ({
  name: "f",
  source_flow_config: [
    { connector_type: "S3", source_connector_properties: [{ s3: [{ bucket_name: "in", bucket_prefix: "p" }] }] },
  ],
  destination_flow_config: [{ connector_type: connector, destination_connector_properties: [properties] }],
  task: [{ task_type: "Map_all" }],
  trigger_config: [{ trigger_type: "OnDemand" }],
});
const emr = {
  name: "c",
  release_label: "emr-7.5.0",
  service_role: role,
  ec2_attributes: [{ instance_profile: "p", subnet_id: subnet }],
};

describe("ways", () => {
  ways([
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "extended_s3_configuration.bucket_arn",
      form: "bucket-arn",
      channel: "firehose.delivery",
      with: { name: "s", destination: "extended_s3", extended_s3_configuration: [{ role_arn: role }] },
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "extended_s3_configuration.s3_backup_configuration.bucket_arn",
      form: "bucket-arn",
      channel: "firehose.backup",
      with: extended,
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "http_endpoint_configuration.url",
      form: "url",
      channel: "firehose.delivery",
      with: stream("http_endpoint", {}),
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "http_endpoint_configuration.s3_configuration.bucket_arn",
      form: "bucket-arn",
      channel: "firehose.backup",
      with: stream("http_endpoint", { url: "https://203.0.113.10/in", s3_configuration: [{ role_arn: role }] }),
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "splunk_configuration.hec_endpoint",
      form: "url",
      channel: "firehose.delivery",
      with: stream("splunk", {}),
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "snowflake_configuration.account_url",
      form: "url",
      channel: "firehose.delivery",
      with: stream("snowflake", {}),
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "opensearch_configuration.domain_arn",
      form: "arn",
      channel: "firehose.delivery",
      with: stream("opensearch", { index_name: "i" }),
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "opensearch_configuration.cluster_endpoint",
      form: "url",
      channel: "firehose.delivery",
      with: stream("opensearch", { index_name: "i" }),
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "iceberg_configuration.catalog_arn",
      form: "arn",
      channel: "firehose.delivery",
      with: stream("iceberg", {}),
    },
    {
      type: "aws_kinesis_firehose_delivery_stream",
      at: "redshift_configuration.s3_configuration.bucket_arn",
      form: "bucket-arn",
      channel: "firehose.delivery",
      with: stream("redshift", {
        cluster_jdbcurl: "jdbc:redshift://203.0.113.10:5439/db",
        s3_configuration: [{ role_arn: role }],
      }),
    },
    {
      type: "aws_glue_catalog_database",
      at: "catalog_id",
      form: "account",
      channel: "glue.catalog",
      with: { name: "d" },
    },
    {
      type: "aws_glue_catalog_database",
      at: "location_uri",
      form: "s3-uri",
      channel: "glue.table",
      with: { name: "d" },
    },
    {
      type: "aws_glue_catalog_table",
      at: "storage_descriptor.location",
      form: "s3-uri",
      channel: "glue.table",
      with: { name: "t", database_name: "d" },
    },
    {
      type: "aws_glue_crawler",
      at: "s3_target.dlq_event_queue_arn",
      form: "arn",
      channel: "glue.dead-letter",
      with: { name: "c", role, database_name: "d", s3_target: [{ path: "s3://in/x" }] },
    },
    {
      type: "aws_athena_workgroup",
      at: "configuration.result_configuration.output_location",
      form: "s3-uri",
      channel: "athena.results",
      with: { name: "w" },
    },
    { type: "aws_athena_database", at: "bucket", form: "bucket", channel: "athena.results", with: { name: "d" } },
    { type: "aws_emr_cluster", at: "log_uri", form: "s3-uri", channel: "emr.logs", with: emr },
    {
      type: "aws_emr_studio",
      at: "default_s3_location",
      form: "s3-uri",
      channel: "emr.studio-workspaces",
      with: {
        name: "s",
        auth_mode: "IAM",
        service_role: role,
        subnet_ids: [subnet],
        vpc_id: "${aws_vpc.isolated.id}",
        engine_security_group_id: group,
        workspace_security_group_id: group,
      },
    },
    {
      type: "aws_emrserverless_application",
      at: "monitoring_configuration.s3_monitoring_configuration.log_uri",
      form: "s3-uri",
      channel: "emr.logs",
      with: { name: "a", release_label: "emr-7.5.0", type: "spark" },
    },
    {
      type: "aws_emrserverless_application",
      at: "monitoring_configuration.prometheus_monitoring_configuration.remote_write_url",
      form: "url",
      channel: "emr.metrics",
      with: { name: "a", release_label: "emr-7.5.0", type: "spark" },
    },
    {
      type: "aws_emrcontainers_job_template",
      at: "job_template_data.configuration_overrides.monitoring_configuration.s3_monitoring_configuration.log_uri",
      form: "s3-uri",
      channel: "emr.logs",
      with: { name: "t" },
    },
    {
      type: "aws_lakeformation_permissions",
      at: "principal",
      form: "principal",
      channel: "lakeformation.permissions",
      with: { permissions: ["SELECT"], database: [{ name: "d" }] },
    },
    {
      type: "aws_lakeformation_data_lake_settings",
      at: "admins",
      list: true,
      form: "principal",
      channel: "lakeformation.administrators",
    },
    {
      type: "aws_lakeformation_data_lake_settings",
      at: "external_data_filtering_allow_list",
      list: true,
      form: "account",
      channel: "lakeformation.external-filtering",
    },
    {
      type: "aws_appflow_flow",
      at: "destination_flow_config.destination_connector_properties.s3.bucket_name",
      form: "bucket",
      channel: "appflow.delivery",
      with: appflow({}),
    },
    {
      type: "aws_appflow_flow",
      at: "destination_flow_config.destination_connector_properties.event_bridge.error_handling_config.bucket_name",
      form: "bucket",
      channel: "appflow.errors",
      with: appflow({ event_bridge: [{ object: "o" }] }, "EventBridge"),
    },
  ]);
});

describe("switches", () => {
  switches([
    {
      type: "aws_appflow_flow",
      channel: "appflow.destination",
      open: appflow({ salesforce: [{ object: "Account" }] }, "Salesforce"),
      closed: appflow({ s3: [{ bucket_name: "enclave-archive" }] }),
      unknown: appflow({}, "${var.unknown}"),
    },
    {
      type: "aws_glue_dev_endpoint",
      channel: "glue.internet",
      open: { name: "e", role_arn: role },
      closed: { name: "e", role_arn: role, subnet_id: subnet, security_group_ids: [group] },
    },
  ]);
});

test("a delivery stream hands records to the function that transforms them", async () => {
  const processing = (name: string, value: string) => ({
    aws_kinesis_firehose_delivery_stream: {
      s: {
        ...extended,
        extended_s3_configuration: [
          {
            ...s3,
            processing_configuration: [
              {
                enabled: true,
                processors: [{ type: "Lambda", parameters: [{ parameter_name: name, parameter_value: value }] }],
              },
            ],
          },
        ],
      },
    },
  });
  const foreign = "arn:aws:lambda:eu-west-1:444455556666:function:f";
  expect(findings(await judge(processing("LambdaArn", foreign)))).toEqual([
    "aws_kinesis_firehose_delivery_stream.s -> account 444455556666 by firehose.transformation",
  ]);
  expect(findings(await judge(processing("RoleArn", "arn:aws:iam::111111111111:role/r")))).toEqual([]);
});

test("a connection in a VPC leads by its own interface, one without by Glue's network", async () => {
  const connection = (more: object) => ({
    name: "c",
    connection_properties: { JDBC_CONNECTION_URL: "jdbc:postgresql://db.example.com:5432/x" },
    ...more,
  });
  expect(findings(await judge({ aws_glue_connection: { c: connection({}) } }))).toEqual([
    "aws_glue_connection.c -> db.example.com by glue.connection",
  ]);
});

test("IAM_ALLOWED_PRINCIPALS grants nothing to others", async () => {
  const settings = {
    create_table_default_permissions: [{ permissions: ["ALL"], principal: "IAM_ALLOWED_PRINCIPALS" }],
  };
  expect(findings(await judge({ aws_lakeformation_data_lake_settings: { s: settings } }))).toEqual([]);
});

test.each([
  ["an own cluster", "jdbc:redshift://203.0.113.10:5439/dev", []],
  [
    "a cluster elsewhere",
    "jdbc:redshift://c.abc.us-east-1.redshift.amazonaws.com:5439/dev",
    ["aws_appflow_flow.f -> us-east-1 by appflow.delivery"],
  ],
  [
    "a cluster in a profile that is not seen",
    undefined,
    ["? aws_appflow_flow.f: destination_flow_config[0].connector_profile_name unknown-value"],
  ],
])("records copied to %s", async (_name, database_url, expected) => {
  const redshift = { bucket_name: "enclave-archive", role_arn: "r", database_url };
  const flow = appflow({ redshift: [{ object: "o", intermediate_bucket_name: "enclave-archive" }] }, "Redshift");
  const report = await judge({
    ...(database_url && {
      aws_appflow_connector_profile: {
        p: {
          name: "p",
          connector_type: "Redshift",
          connection_mode: "Public",
          connector_profile_config: [{ connector_profile_properties: [{ redshift: [redshift] }] }],
        },
      },
    }),
    aws_appflow_flow: {
      f: {
        ...flow,
        source_flow_config: [{ connector_type: "S3" }],
        destination_flow_config: [{ ...flow.destination_flow_config[0], connector_profile_name: "p" }],
      },
    },
  });
  expect(findings(report)).toEqual(expected);
});

test.each([
  ["UNLOAD (SELECT * FROM users) TO 's3://abroad/u/' WITH (format = 'PARQUET')", "undecided"],
  ["CREATE TABLE t WITH (external_location = 's3://enclave-archive/t/') AS SELECT 1", "contained"],
  ["SELECT 1", "contained"],
  ["${var.query}", "undecided"],
])("a query when Terraform applies: %s", async (query_string, verdict) => {
  const report = await judge(
    {
      terraform_data: {
        t: {
          lifecycle: { action_trigger: [{ events: ["after_create"], actions: ["action.aws_athena_execute_query.q"] }] },
        },
      },
    },
    {
      variable: { query: {} },
      action: { aws_athena_execute_query: { q: { config: { query_string, workgroup: "primary" } } } },
    },
  );
  expect(report.verdict).toBe(verdict);
});
