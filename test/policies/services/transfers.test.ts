/** Transfer Family, DataSync, DMS, Data Exchange, disaster recovery. */
import { findings, judge, outcomes } from "./harness";
import { waysOut } from "./ways";

const target = { endpoint_id: "e", endpoint_type: "target", engine_name: "postgres" };
const COPY = "steps.copy_step_details.destination_file_location.s3_file_location.bucket";

waysOut([
  { type: "aws_transfer_connector", at: "url", form: "url", channel: "transfer.connector", with: { access_role: "r" } },
  {
    type: "aws_transfer_server",
    at: "url",
    form: "url",
    channel: "transfer.identity-provider",
    with: { endpoint_type: "VPC" },
  },
  {
    type: "aws_transfer_server",
    at: "function",
    form: "arn",
    channel: "transfer.identity-provider",
    with: { endpoint_type: "VPC" },
  },
  {
    type: "aws_transfer_server",
    at: "structured_log_destinations",
    form: "arn",
    list: true,
    channel: "transfer.logs",
    with: { endpoint_type: "VPC" },
  },
  {
    type: "aws_transfer_workflow",
    at: COPY,
    form: "bucket",
    channel: "transfer.workflow",
    with: { steps: [{ type: "COPY" }] },
  },
  { type: "aws_transfer_workflow", at: `on_exception_${COPY}`, form: "bucket", channel: "transfer.workflow" },
  {
    type: "aws_transfer_workflow",
    at: "steps.custom_step_details.target",
    form: "arn",
    channel: "transfer.workflow",
    with: { steps: [{ type: "CUSTOM" }] },
  },
  { type: "aws_dms_endpoint", at: "server_name", form: "host", channel: "dms.target", with: target },
  { type: "aws_dms_endpoint", at: "kinesis_settings.stream_arn", form: "arn", channel: "dms.target", with: target },
  {
    type: "aws_dms_endpoint",
    at: "elasticsearch_settings.endpoint_uri",
    form: "url",
    channel: "dms.target",
    with: target,
  },
  { type: "aws_dms_endpoint", at: "kafka_settings.broker", form: "host", channel: "dms.target", with: target },
  {
    type: "aws_dms_s3_endpoint",
    at: "bucket_name",
    form: "bucket",
    channel: "dms.target",
    with: { endpoint_id: "e", endpoint_type: "target", service_access_role_arn: "r" },
  },
  {
    type: "aws_dataexchange_event_action",
    at: "action.export_revision_to_s3.revision_destination.bucket",
    form: "bucket",
    channel: "dataexchange.export",
  },
]);

test("a transfer server is on the internet unless told otherwise", async () => {
  const line = "aws_transfer_server.s -> the internet by transfer.public-endpoint";
  expect(findings(await judge({ aws_transfer_server: { s: {} } }))).toEqual([line]);
  expect(findings(await judge({ aws_transfer_server: { s: { endpoint_type: "PUBLIC" } } }))).toEqual([line]);
  const unknown = await judge({ aws_transfer_server: { s: { endpoint_type: `\${var.u}` } } }, { variable: { u: {} } });
  expect(unknown.verdict).toBe("undecided");
});

describe("synchronization", () => {
  const task = (location: Record<string, unknown>, destination: string) =>
    judge({
      aws_datasync_location_s3: { from: { s3_bucket_arn: "arn:aws:s3:::enclave-archive", subdirectory: "/" } },
      ...location,
      aws_datasync_task: {
        t: { source_location_arn: `\${aws_datasync_location_s3.from.arn}`, destination_location_arn: destination },
      },
    });
  const nfs = (server_hostname: string) => ({
    aws_datasync_location_nfs: { to: { server_hostname, subdirectory: "/" } },
  });

  test("a destination is what its location names", async () => {
    const to = `\${aws_datasync_location_nfs.to.arn}`;
    const [line] = findings(await task(nfs("nas.example.com"), to));
    expect(line).toMatch(/-> nas.example.com by datasync.task$/);
    expect((await task(nfs("203.0.113.10"), to)).verdict).toBe("contained");
    const azure = {
      aws_datasync_location_azure_blob: { to: { container_url: "https://x.blob.core.windows.net/c", agent_arns: [] } },
    };
    expect((await task(azure, `\${aws_datasync_location_azure_blob.to.arn}`)).verdict).toBe("escapes");
  });

  test("a source outside only brings data in", async () => {
    const report = await judge({
      ...nfs("nas.example.com"),
      aws_datasync_location_s3: { to: { s3_bucket_arn: "arn:aws:s3:::enclave-archive", subdirectory: "/" } },
      aws_datasync_task: {
        t: {
          source_location_arn: `\${aws_datasync_location_nfs.to.arn}`,
          destination_location_arn: `\${aws_datasync_location_s3.to.arn}`,
        },
      },
    });
    expect(findings(report)).toEqual([]);
  });

  test("a destination that is not in the configuration is not decided", async () => {
    expect((await task({}, "arn:aws:datasync:eu-west-1:111111111111:location/loc-1")).verdict).toBe("undecided");
  });
});

describe("migration", () => {
  test("rows of a source come in", async () => {
    const source = { ...target, endpoint_type: "source", server_name: "db.example.com" };
    expect((await judge({ aws_dms_endpoint: { e: source } })).verdict).toBe("contained");
  });

  test.each([
    ["S3BucketName=somebodys;S3BucketFolder=f", "undecided"],
    ["S3BucketName=enclave-archive;S3BucketFolder=f", "contained"],
    ["bucketName=enclave-archive;cannedAclForObjects=PUBLIC_READ", "escapes"],
    ["bucketName=enclave-archive;cannedAclForObjects=PRIVATE", "contained"],
  ])("attributes of a connection: %s", async (extra_connection_attributes, verdict) => {
    const endpoint = { ...target, server_name: "203.0.113.10", extra_connection_attributes };
    expect((await judge({ aws_dms_endpoint: { e: endpoint } })).verdict).toBe(verdict);
  });

  test("a target named in a secret, or by an endpoint elsewhere, is not decided", async () => {
    const secret = { ...target, secrets_manager_arn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:s" };
    expect((await judge({ aws_dms_endpoint: { e: secret } })).verdict).toBe("undecided");
    const arn = "arn:aws:dms:eu-west-1:111111111111:endpoint:E";
    const task = {
      migration_type: "cdc",
      replication_instance_arn: "i",
      replication_task_id: "t",
      table_mappings: "{}",
      source_endpoint_arn: arn,
      target_endpoint_arn: arn,
    };
    expect((await judge({ aws_dms_replication_task: { t: task } })).verdict).toBe("undecided");
  });

  test("each broker counts, and the bucket among the connection's attributes", async () => {
    const kafka = { ...target, kafka_settings: [{ broker: "203.0.113.10:9092, kafka.example.com:9092" }] };
    expect(findings(await judge({ aws_dms_endpoint: { e: kafka } }))).toEqual([
      "aws_dms_endpoint.e -> kafka.example.com by dms.target",
    ]);
    const attributes = (bucket: string) => ({
      aws_dms_endpoint: { e: { ...target, extra_connection_attributes: `dataFormat=csv;bucketName=${bucket}` } },
    });
    expect((await judge(attributes("enclave-archive"))).verdict).toBe("contained");
    expect((await judge(attributes("somewhere"))).verdict).toBe("undecided");
  });
});

test("blocks of disks that cross the internet", async () => {
  const template = (data_plane_routing: string) => ({
    aws_drs_replication_configuration_template: {
      t: { data_plane_routing, create_public_ip: false, staging_area_subnet_id: "subnet-1" },
    },
  });
  expect(findings(await judge(template("PUBLIC_IP")))).toContain(
    "aws_drs_replication_configuration_template.t -> the internet by drs.public-routing",
  );
});

const user = (more: object, beside: object = {}) => ({
  aws_transfer_user: { u: { server_id: "s-1", user_name: "u", role: "arn:aws:iam::111111111111:role/r", ...more } },
  ...beside,
});
const mapped = (target: string) => ({
  home_directory_type: "LOGICAL",
  home_directory_mappings: [{ entry: "/", target }],
});
const london = { aws_s3_bucket: { london: { bucket: "l", region: "eu-west-2" } } };
const agreement = (base_directory: string) => ({
  aws_transfer_agreement: {
    a: { server_id: "s-1", base_directory, access_role: "r", local_profile_id: "l", partner_profile_id: "p" },
  },
});

outcomes([
  ["uploads to a bucket of ours", user({ home_directory: "/enclave-archive/in" }), "contained"],
  ["uploads to a bucket of nobody's", user({ home_directory: "/somewhere/in" }), "? aws_transfer_user.u"],
  ["uploads to London", user({ home_directory: "/${aws_s3_bucket.london.id}/in" }, london), "-> eu-west-2"],
  ["a directory that stands for a bucket of ours", user(mapped("/enclave-archive/$${transfer:UserName}")), "contained"],
  ["a directory that stands for a bucket of nobody's", user(mapped("/somewhere/in")), "? aws_transfer_user.u"],
  ["a file system of nobody's", user({ home_directory: "/fs-0123456789abcdef0/in" }), "by transfer.directory"],
  ["no directory at all", user({}), "contained"],
  ["a partner's files to a bucket of nobody's", agreement("/somewhere/in"), "? aws_transfer_agreement.a"],
  ["a partner's files to a bucket of ours", agreement("/enclave-archive/in"), "contained"],
]);

const connector = (url: string) => ({ aws_transfer_connector: { c: { access_role: "r", url } } });

outcomes([
  [
    "a host that looks like a user's name before a vouched one",
    connector("sftp://a.example.com\\@203.0.113.10/x"),
    "->",
  ],
  ["a host behind the name of a user that is a vouched address", connector("sftp://203.0.113.10@a.example.com"), "->"],
  ["a user's name before a vouched host", connector("sftp://user@203.0.113.10:2222/x"), "contained"],
]);
