/** Amazon Timestream: databases for LiveAnalytics, scheduled queries, and managed InfluxDB. */
import { at, harmless, holds, type InterfaceRule, moves, network, sends, service, uses } from "../flows/vocabulary";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/timestream/latest/developerguide/${page}.html`;

const REJECTED = "magnetic_store_write_properties.magnetic_store_rejected_data_location.s3_configuration";

const influx = {
  name: harmless("its own name"),
  bucket: harmless("a bucket of InfluxDB, which is a database in it"),
  organization: harmless("a name within InfluxDB"),
  vpc_subnet_ids: network,
  vpc_security_group_ids: network,
  network_type: network,
  publicly_accessible: network,
  db_parameter_group_identifier: uses("parameters"),
  "log_delivery_configuration.s3_configuration.bucket_name": sends("timestream-influxdb.logs", "bucket", {
    when: at("log_delivery_configuration.s3_configuration.enabled", true).is(true),
  }),
};

const influxInterfaces: InterfaceRule[] = [
  {
    subnets: "vpc_subnet_ids",
    groups: "vpc_security_group_ids",
    publicIpv4: { path: "publicly_accessible", absent: false },
    ipv6: "subnet",
    initiates: false,
    without: "nothing",
  },
];

export default service("Amazon Timestream", {
  aws_timestreamwrite_database: holds("a database of time series", {
    docs: guide("concepts"),
    attributes: { kms_key_id: uses("the key that encrypts the database") },
  }),
  aws_timestreamwrite_table: holds("a table of time series", {
    docs: guide("writes"),
    attributes: {
      database_name: uses("the database that it is in"),
      [`${REJECTED}.bucket_name`]: sends("timestream.rejected-records", "bucket", {
        why: "rejected records are written there",
      }),
      [`${REJECTED}.kms_key_id`]: uses("the key that encrypts rejected records"),
      [`${REJECTED}.object_key_prefix`]: harmless("the beginning of keys"),
    },
  }),
  aws_timestreamquery_scheduled_query: moves("runs a query by schedule and writes its results into a table", {
    docs: guide("scheduledqueries"),
    attributes: {
      execution_role_arn: uses("the role that reads and writes tables"),
      kms_key_id: uses("the key that encrypts the query"),
      query_string: harmless("SQL over tables of the same account and region"),
      "error_report_configuration.s3_configuration.bucket_name": sends("timestream.error-report", "bucket", {
        why: "reports of records that failed are written there",
      }),
      "error_report_configuration.s3_configuration.object_key_prefix": harmless("the beginning of keys"),
      "notification_configuration.sns_configuration.topic_arn": sends("timestream.notification", "arn"),
      "target_configuration.timestream_configuration": uses(
        "the table of the same account and region that gets the results",
      ),
      last_run_summary: harmless("what AWS says of the last run"),
      recently_failed_runs: harmless("what AWS says of earlier runs"),
    },
  }),
  aws_timestreaminfluxdb_db_instance: holds("an InfluxDB instance", {
    docs: guide("timestream-for-influx-getting-started"),
    attributes: influx,
    interfaces: influxInterfaces,
  }),
  aws_timestreaminfluxdb_db_cluster: holds("an InfluxDB cluster", {
    docs: guide("timestream-for-influx-getting-started"),
    attributes: influx,
    interfaces: influxInterfaces,
  }),
  ...lookups({ timestreamwrite_database: "a database", timestreamwrite_table: "a table" }),
});
