/** Attempts to get data out by tables, directories, catalogs and file systems. */

import { type Attempt, attempts, type Blocks, json, one, role } from "./attempts";
import { findings, judge } from "./harness";

const directory = (name: string) => ({ name, type: "MicrosoftAD", password: "p" });
const trust = (remote: string, direction = "Two-Way"): Blocks => ({
  aws_directory_service_directory: { one: directory("one.example.com"), two: directory("two.example.com") },
  aws_directory_service_trust: {
    x: {
      directory_id: "${aws_directory_service_directory.one.id}",
      remote_domain_name: remote,
      trust_direction: direction,
      trust_password: "p",
    },
  },
});
const connector = (ip: string): Blocks =>
  one("aws_directory_service_directory", {
    ...directory("d"),
    type: "ADConnector",
    connect_settings: { customer_dns_ips: [ip], customer_username: "u", subnet_ids: [], vpc_id: "vpc-1" },
  });

const fileSystem = (action: string, account: string): Blocks => ({
  aws_efs_file_system: { x: {} },
  aws_efs_file_system_policy: {
    x: {
      file_system_id: "${aws_efs_file_system.x.id}",
      policy: json({ Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: action, Resource: "*" }] }),
    },
  },
});

const rows: readonly Attempt[] = [
  [
    "Amazon EFS",
    "another account's replication reads",
    fileSystem("elasticfilesystem:ReplicationRead", "444455556666"),
    ["aws_efs_file_system.x -> account 444455556666 by efs.policy"],
  ],
  [
    "Amazon EFS",
    "a replication of one's own reads",
    fileSystem("elasticfilesystem:ReplicationRead", "222222222222"),
    [],
  ],
  [
    "Amazon DynamoDB",
    "a replica here of a table there: what is written here is copied there",
    one("aws_dynamodb_table_replica", { global_table_arn: "arn:aws:dynamodb:us-east-1:111111111111:table/t" }),
    ["aws_dynamodb_table_replica.x -> us-east-1 by dynamodb.global-table"],
  ],
  [
    "Amazon DynamoDB",
    "a replica of another site's table",
    one("aws_dynamodb_table_replica", { global_table_arn: "arn:aws:dynamodb:eu-north-1:111111111111:table/t" }),
    [],
  ],
  [
    "AWS Directory Service",
    "a connector to a public address",
    connector("198.51.100.7"),
    ["aws_directory_service_directory.x -> 198.51.100.7 by directory.connector"],
  ],
  ["AWS Directory Service", "a connector within the networks", connector("10.0.0.10"), []],
  [
    "AWS Directory Service",
    "a trust in another's directory",
    trust("corp.example.org"),
    ["aws_directory_service_directory.one -> corp.example.org by directory.trust"],
  ],
  [
    "AWS Directory Service",
    "a trust in another's directory that only lets our users out",
    trust("corp.example.org", "One-Way: Incoming"),
    [],
  ],
  [
    "AWS Directory Service",
    "a trust in a directory of one's own",
    trust("${aws_directory_service_directory.two.name}"),
    [],
  ],

  [
    "AWS Glue",
    "a table that is written elsewhere",
    one("aws_glue_catalog_table", {
      name: "t",
      database_name: "d",
      parameters: { "write.data.path": "s3://somewhere/t" },
    }),
    ['? aws_glue_catalog_table.x: parameters["write.data.path"] unresolved-reference'],
  ],
  [
    "AWS Glue",
    "a table that is written inside",
    one("aws_glue_catalog_table", {
      name: "t",
      database_name: "d",
      parameters: { "write.data.path": "s3://enclave-archive/t", numRows: "${var.opaque}" },
    }),
    [],
  ],

  [
    "Amazon FSx",
    "files for another account by S3",
    one("aws_fsx_s3_access_point_attachment", {
      name: "a",
      type: "OPENZFS",
      openzfs_configuration: { volume_id: "fsvol-1" },
      s3_access_point: {
        policy: json({
          Statement: [{ Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "s3:GetObject", Resource: "*" }],
        }),
      },
    }),
    ["aws_fsx_s3_access_point_attachment.x -> account 444455556666 by fsx.s3-access-point-policy"],
  ],
];

attempts(rows);

test("AWS Glue: a job whose connection is looked up", async () => {
  const job = { name: "j", role_arn: role, command: { script_location: "s3://enclave-archive/j.py" } };
  const data = { aws_glue_connection: { c: { id: "111111111111:c" } } };
  const report = await judge(one("aws_glue_job", { ...job, connections: ["${data.aws_glue_connection.c.name}"] }), {
    data,
  });
  expect(findings(report)).toEqual(["? aws_glue_job.x: connections[0] unknown-value"]);
});
