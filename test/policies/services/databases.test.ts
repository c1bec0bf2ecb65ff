/** RDS, DynamoDB, caches, documents, graphs, warehouses, time series: their copies and deliveries. */
import { findings, judge, outcomes } from "./harness";
import { waysOut } from "./ways";

const table = "arn:aws:dynamodb:eu-west-1:111111111111:table/t";
const cluster = "arn:aws:rds:eu-west-1:111111111111:cluster:c";
const REJECTED = "magnetic_store_write_properties.magnetic_store_rejected_data_location.s3_configuration.bucket_name";

waysOut([
  {
    type: "aws_dynamodb_table",
    at: "replica.region_name",
    form: "region",
    channel: "dynamodb.global-table",
    with: { name: "t" },
  },
  {
    type: "aws_dynamodb_table",
    at: "global_table_witness.region_name",
    form: "region",
    channel: "dynamodb.global-table",
    with: { name: "t" },
  },
  {
    type: "aws_dynamodb_global_table",
    at: "replica.region_name",
    form: "region",
    channel: "dynamodb.global-table",
    with: { name: "t" },
  },
  {
    type: "aws_dynamodb_table_export",
    at: "s3_bucket",
    form: "bucket",
    channel: "dynamodb.export",
    with: { table_arn: table },
  },
  {
    type: "aws_dynamodb_kinesis_streaming_destination",
    at: "stream_arn",
    form: "arn",
    channel: "dynamodb.kinesis-stream",
    with: { table_name: "t" },
  },
  {
    type: "aws_dynamodb_table_item",
    at: "table_name",
    form: "arn",
    channel: "dynamodb.item",
    with: { hash_key: "pk", item: "{}" },
  },

  {
    type: "aws_db_snapshot",
    at: "shared_accounts",
    form: "account",
    list: true,
    channel: "rds.snapshot-sharing",
    with: { db_instance_identifier: "d", db_snapshot_identifier: "s" },
  },
  {
    type: "aws_db_cluster_snapshot",
    at: "shared_accounts",
    form: "account",
    list: true,
    channel: "rds.snapshot-sharing",
    with: { db_cluster_identifier: "d", db_cluster_snapshot_identifier: "s" },
  },
  {
    type: "aws_db_snapshot_copy",
    at: "destination_region",
    form: "region",
    channel: "rds.snapshot-copy",
    with: { source_db_snapshot_identifier: "s", target_db_snapshot_identifier: "t" },
  },
  {
    type: "aws_db_snapshot_copy",
    at: "shared_accounts",
    form: "account",
    list: true,
    channel: "rds.snapshot-sharing",
    with: { source_db_snapshot_identifier: "s", target_db_snapshot_identifier: "t" },
  },
  {
    type: "aws_rds_cluster_snapshot_copy",
    at: "destination_region",
    form: "region",
    channel: "rds.snapshot-copy",
    with: { source_db_cluster_snapshot_identifier: "s", target_db_cluster_snapshot_identifier: "t" },
  },
  {
    type: "aws_rds_export_task",
    at: "s3_bucket_name",
    form: "bucket",
    channel: "rds.export",
    with: { export_task_identifier: "e", iam_role_arn: "r", kms_key_id: "k", source_arn: cluster },
  },
  {
    type: "aws_rds_integration",
    at: "target_arn",
    form: "arn",
    channel: "rds.integration",
    with: { integration_name: "i", source_arn: cluster },
  },
  { type: "aws_db_event_subscription", at: "sns_topic", form: "arn", channel: "rds.events" },

  {
    type: "aws_elasticache_cluster",
    at: "notification_topic_arn",
    form: "arn",
    channel: "elasticache.events",
    with: { cluster_id: "c" },
  },
  {
    type: "aws_elasticache_replication_group",
    at: "log_delivery_configuration.destination",
    form: "arn",
    channel: "elasticache.logs",
    with: { replication_group_id: "r", description: "d" },
  },
  {
    type: "aws_memorydb_cluster",
    at: "sns_topic_arn",
    form: "arn",
    channel: "memorydb.events",
    with: { acl_name: "a", node_type: "n" },
  },
  {
    type: "aws_dax_cluster",
    at: "notification_topic_arn",
    form: "arn",
    channel: "dax.events",
    with: { cluster_name: "c" },
  },
  { type: "aws_docdb_event_subscription", at: "sns_topic_arn", form: "arn", channel: "docdb.events" },
  { type: "aws_neptune_event_subscription", at: "sns_topic_arn", form: "arn", channel: "neptune.events" },
  {
    type: "aws_keyspaces_keyspace",
    at: "replication_specification.region_list",
    form: "region",
    list: true,
    channel: "keyspaces.replication",
    with: { name: "k" },
  },
  {
    type: "aws_qldb_stream",
    at: "kinesis_configuration.stream_arn",
    form: "arn",
    channel: "qldb.stream",
    with: { ledger_name: "l" },
  },
  {
    type: "aws_dsql_cluster",
    at: "multi_region_properties.witness_region",
    form: "region",
    channel: "dsql.multi-region",
  },
  {
    type: "aws_dsql_cluster",
    at: "multi_region_properties.clusters",
    form: "arn",
    list: true,
    channel: "dsql.multi-region",
  },
  {
    type: "aws_dsql_cluster_peering",
    at: "clusters",
    form: "arn",
    list: true,
    channel: "dsql.multi-region",
    with: { identifier: "i", witness_region: "eu-north-1" },
  },
  {
    type: "aws_dsql_cluster_peering",
    at: "witness_region",
    form: "region",
    channel: "dsql.multi-region",
    with: { identifier: "i" },
  },
  {
    type: "aws_timestreamwrite_table",
    at: REJECTED,
    form: "bucket",
    channel: "timestream.rejected-records",
    with: { database_name: "d", table_name: "t" },
  },
  {
    type: "aws_timestreamquery_scheduled_query",
    at: "error_report_configuration.s3_configuration.bucket_name",
    form: "bucket",
    channel: "timestream.error-report",
  },
  {
    type: "aws_timestreamquery_scheduled_query",
    at: "notification_configuration.sns_configuration.topic_arn",
    form: "arn",
    channel: "timestream.notification",
  },

  {
    type: "aws_redshift_snapshot_copy",
    at: "destination_region",
    form: "region",
    channel: "redshift.snapshot-copy",
    with: { cluster_identifier: "c" },
  },
  {
    type: "aws_redshift_data_share_authorization",
    at: "consumer_identifier",
    form: "account",
    channel: "redshift.data-share",
  },
  {
    type: "aws_redshift_data_share_consumer_association",
    at: "consumer_region",
    form: "region",
    channel: "redshift.data-share",
  },
  {
    type: "aws_redshift_data_share_consumer_association",
    at: "consumer_arn",
    form: "arn",
    channel: "redshift.data-share",
  },
  {
    type: "aws_redshift_endpoint_authorization",
    at: "account",
    form: "account",
    channel: "redshift.endpoint",
    with: { cluster_identifier: "c" },
  },
  {
    type: "aws_redshift_integration",
    at: "target_arn",
    form: "arn",
    channel: "redshift.integration",
    with: { integration_name: "i", source_arn: table },
  },
  {
    type: "aws_redshift_logging",
    at: "bucket_name",
    form: "bucket",
    channel: "redshift.logs",
    with: { cluster_identifier: "c" },
  },
  {
    type: "aws_redshift_event_subscription",
    at: "sns_topic_arn",
    form: "arn",
    channel: "redshift.events",
    with: { name: "n" },
  },
  {
    type: "aws_redshiftserverless_endpoint_access",
    at: "owner_account",
    form: "account",
    channel: "redshift.endpoint",
    with: { workgroup_name: "w" },
  },
]);

test.each([
  [
    { aws_db_snapshot: { s: { db_instance_identifier: "d", shared_accounts: ["all"] } } },
    "aws_db_snapshot.s -> anyone by rds.snapshot-sharing",
  ],
  [
    { aws_redshift_data_share_authorization: { a: { consumer_identifier: "ADX" } } },
    "aws_redshift_data_share_authorization.a -> ADX by redshift.data-share",
  ],
  [
    { aws_neptunegraph_graph: { g: { provisioned_memory: 16, public_connectivity: true } } },
    "aws_neptunegraph_graph.g -> the internet by neptune-analytics.public",
  ],
  [
    { aws_redshift_partner: { p: { partner_name: "Analyst Inc" } } },
    "aws_redshift_partner.p -> Analyst Inc by redshift.partner",
  ],
  [
    { aws_dynamodb_table_replica: { r: { region: "us-west-2", global_table_arn: table } } },
    "aws_dynamodb_table_replica.r -> us-west-2 by placement",
  ],
])("%j", async (resources, line) => {
  expect(findings(await judge(resources))).toEqual([line]);
});

describe("members of a global database", () => {
  const families = [
    [
      "rds",
      "aws_rds_global_cluster",
      "aws_rds_cluster",
      "global_cluster_identifier",
      "rds.global-database",
      { engine: "aurora-mysql" },
    ],
    ["docdb", "aws_docdb_global_cluster", "aws_docdb_cluster", "global_cluster_identifier", "docdb.global-cluster", {}],
    [
      "neptune",
      "aws_neptune_global_cluster",
      "aws_neptune_cluster",
      "global_cluster_identifier",
      "neptune.global-database",
      {},
    ],
  ] as const;

  test.each(families)(
    "%s: the copy in London holds what Dublin holds",
    async (_, group, member, path, channel, others) => {
      const members = (region: string) => ({
        [group]: { g: { [path]: "group" } },
        [member]: {
          dublin: { ...others, [path]: `\${${group}.g.id}` },
          copy: { ...others, region, [path]: "group" },
        },
      });
      expect(findings(await judge(members("eu-west-2")))).toContain(`${member}.dublin -> eu-west-2 by ${channel}`);
      expect(findings(await judge(members("eu-north-1")))).toEqual([]);
    },
  );

  test.each(families)(
    "%s: a group that is not in the configuration is not decided",
    async (_, __, member, path, ___, others) => {
      const report = await judge({ [member]: { m: { ...others, [path]: "elsewhere" } } });
      expect(report.verdict).toBe("undecided");
    },
  );

  test.each(families)(
    "%s: the first member elsewhere, which the configuration only names, holds it too",
    async (_, group, member, path, channel, others) => {
      const from = (region: string) => ({
        [group]: {
          g: { [path]: "group", source_db_cluster_identifier: `arn:aws:rds:${region}:111111111111:cluster:first` },
        },
        [member]: { dublin: { ...others, [path]: `\${${group}.g.id}` } },
      });
      expect(findings(await judge(from("us-east-1")))).toContain(`${member}.dublin -> us-east-1 by ${channel}`);
      expect(findings(await judge(from("eu-north-1")))).toEqual([]);
    },
  );

  test("caches follow their primary", async () => {
    const caches = (region: string) => ({
      aws_elasticache_global_replication_group: {
        g: {
          global_replication_group_id_suffix: "s",
          primary_replication_group_id: `\${aws_elasticache_replication_group.dublin.id}`,
        },
      },
      aws_elasticache_replication_group: {
        dublin: { replication_group_id: "dublin", description: "d" },
        copy: {
          region,
          replication_group_id: "copy",
          description: "d",
          global_replication_group_id: `\${aws_elasticache_global_replication_group.g.global_replication_group_id}`,
        },
      },
    });
    expect((await judge(caches("ap-southeast-2"))).verdict).toBe("escapes");
    expect((await judge(caches("eu-central-1"))).verdict).toBe("contained");
  });
});

describe("statements that Terraform has a warehouse run", () => {
  const run = (sql: unknown) =>
    judge({ aws_redshiftdata_statement: { s: { cluster_identifier: "c", database: "d", sql } } });

  test.each([
    [
      "GRANT USAGE ON DATASHARE sales TO ACCOUNT '444455556666'",
      ["aws_redshiftdata_statement.s -> account 444455556666 by redshift.data-share"],
    ],
    ["grant usage on datashare sales to account '222222222222' via data catalog;", []],
    ["UNLOAD ('select * from t') TO 's3://enclave-archive/t' IAM_ROLE default", []],
    ["-- UNLOAD ('x') TO 's3://far/'\nselect 'TO ACCOUNT 444455556666'", []],
    ["COPY t FROM 's3://incoming/t' IAM_ROLE default", []],
    ["CREATE EXTERNAL TABLE s.t (a int) STORED AS PARQUET LOCATION 's3://incoming/t'", []],
    ["CREATE MODEL m FROM t TARGET y FUNCTION f IAM_ROLE default SETTINGS (S3_BUCKET 'enclave-archive')", []],
    ["CREATE PROCEDURE p() AS $$ BEGIN TRUNCATE t; END; $$ LANGUAGE plpgsql; GRANT EXECUTE ON PROCEDURE p() TO u", []],
  ])("%s", async (sql, lines) => {
    expect(findings(await run(sql))).toEqual(lines);
  });

  test.each([
    "select 1; UNLOAD ($$select * from t$$) TO 's3://somewhere/t'",
    "CREATE EXTERNAL TABLE s.t STORED AS PARQUET LOCATION 's3://somewhere/t' AS SELECT * FROM u",
    "CREATE MODEL m FROM t TARGET y FUNCTION f IAM_ROLE default SETTINGS (S3_BUCKET 'somewhere')",
    "CREATE PROCEDURE p() AS $body$ BEGIN UNLOAD ('select 1') TO 's3://somewhere/t'; END; $body$ LANGUAGE plpgsql",
    "CREATE PROCEDURE p(b varchar) AS $$ BEGIN EXECUTE 'UNLOAD (''select 1'') TO ' || b; END; $$ LANGUAGE plpgsql",
    "GRANT USAGE ON DATASHARE sales TO NAMESPACE '8b4d2e1c'",
  ])("not decided: %s", async (sql) => {
    expect((await run(sql)).verdict).toBe("undecided");
  });

  test("unknown SQL is not decided", async () => {
    const unknown = { aws_redshiftdata_statement: { s: { database: "d", sql: `\${var.u}` } } };
    expect((await judge(unknown, { variable: { u: {} } })).verdict).toBe("undecided");
  });
});

test.each([
  ["oms.example.com", ["aws_db_option_group.g -> oms.example.com by rds.management-agent"]],
  ["10.0.7.1", []],
  ["10.1.7.1", ["? aws_db_option_group.g: option[0].option_settings[0].value unresolved-reference"]],
])("an option that names %s as the host of a management agent", async (value, expected) => {
  const option = { option_name: "OEM_AGENT", option_settings: [{ name: "OMS_HOST", value }] };
  const group = {
    aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
    aws_db_option_group: { g: { engine_name: "oracle-ee", major_engine_version: "19", option: [option] } },
  };
  expect(findings(await judge(group))).toEqual(expected);
});

describe("directories and name servers", () => {
  const instance = (domain_dns_ips: unknown) =>
    judge(
      { aws_db_instance: { d: { instance_class: "db.m5.large", domain_fqdn: "corp.example.com", domain_dns_ips } } },
      { variable: { u: {} } },
    );
  const lines = async (ips: unknown) =>
    findings(await instance(ips)).filter((line) => /rds.directory|domain_dns_ips/.test(line));

  test("a public address says who is asked, a private one takes the VPC's ways", async () => {
    expect(await lines(["198.51.100.53", "10.0.0.53"])).toEqual([
      "aws_db_instance.d -> 198.51.100.53 by rds.directory",
    ]);
    expect(await lines(["10.0.0.53", "203.0.113.10"])).toEqual([]);
    expect(await lines([`\${var.u}`])).toEqual(["? aws_db_instance.d: domain_dns_ips[0] unresolved-reference"]);
  });
});

describe("addresses of databases", () => {
  const rule = { from_port: 5432, to_port: 5432, ip_protocol: "tcp" };
  const groups = {
    aws_security_group: { db: { name: "db", description: "db" } },
    aws_vpc_security_group_ingress_rule: {
      in: { ...rule, security_group_id: `\${aws_security_group.db.id}`, cidr_ipv4: "0.0.0.0/0" },
    },
  };
  const database = (values: object) => ({ aws_db_instance: { d: { instance_class: "db.m5.large", ...values } } });
  const opened = { vpc_security_group_ids: [`\${aws_security_group.db.id}`] };

  test("without a subnet group a database is in the default VPC, and private unless told otherwise", async () => {
    expect(findings(await judge(database({})))).toEqual([]);
    expect(findings(await judge({ ...groups, ...database(opened) }))).toEqual([]);
    const report = await judge({ ...groups, ...database({ ...opened, publicly_accessible: true }) });
    expect(findings(report)).toContainEqual(expect.stringMatching(/^aws_db_instance\.d -> the internet /));
  });

  test("a public address behind the default group lets nobody in", async () => {
    expect((await judge(database({ publicly_accessible: true }))).verdict).toBe("contained");
  });
});

test("a cluster and its subnet group of one name", async () => {
  const cluster = { cluster_identifier: "main", db_subnet_group_name: "main", engine: "aurora-mysql" };
  const alone = await judge({ aws_rds_cluster: { c: cluster } });
  expect(alone.verdict).toBe("undecided");
  const report = await judge({
    aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
    aws_subnet: { a: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.1.0/24" } },
    aws_db_subnet_group: { g: { name: "main", subnet_ids: ["${aws_subnet.a.id}"] } },
    aws_rds_cluster: { c: cluster },
    aws_rds_cluster_instance: {
      i: { cluster_identifier: "main", instance_class: "db.r6g.large", engine: "aurora-mysql" },
    },
  });
  expect(findings(report)).toEqual([]);
});

const audit = (bucket: string) => ({
  aws_db_option_group: {
    o: {
      engine_name: "sqlserver-ee",
      major_engine_version: "15.00",
      option: [{ option_name: "SQLSERVER_AUDIT", option_settings: [{ name: "S3_BUCKET_ARN", value: bucket }] }],
    },
  },
});
const share = (consumer_identifier: string) => ({
  aws_redshift_data_share_authorization: { a: { data_share_arn: "arn", consumer_identifier } },
});

outcomes([
  ["audit logs to a bucket that nobody knows", audit("arn:aws:s3:::somewhere"), "? aws_db_option_group.o"],
  ["audit logs to a bucket of ours", audit("arn:aws:s3:::enclave-archive"), "contained"],
  ["audit logs to another Region", audit("arn:aws:s3:us-east-1:111111111111:accesspoint/a"), "by rds.audit-log"],
  ["a share for the data catalog of our account", share("DataCatalog/222222222222"), "contained"],
  ["a share for the data catalog of others", share("DataCatalog/444455556666"), "account 444455556666"],
]);
