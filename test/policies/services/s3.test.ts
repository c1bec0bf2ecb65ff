import { findings, judge, outcomes } from "./harness";
import { waysOut } from "./ways";

const enabled = { rule: [{ status: "Enabled" }], bucket: "b", role: "r" };
const inventory = { bucket: "b", name: "n", included_object_versions: "All" };
const grantee = { type: "AmazonCustomerByEmail" };

waysOut([
  {
    type: "aws_s3_bucket_replication_configuration",
    at: "rule.destination.bucket",
    form: "bucket-arn",
    channel: "s3.replication",
    with: enabled,
  },
  {
    type: "aws_s3_bucket",
    at: "replication_configuration.rules.destination.bucket",
    form: "bucket-arn",
    channel: "s3.replication",
    with: { replication_configuration: [{ role: "r", rules: [{ status: "Enabled" }] }] },
  },
  { type: "aws_s3_bucket", at: "logging.target_bucket", form: "bucket", channel: "s3.access-logs" },
  {
    type: "aws_s3_bucket_logging",
    at: "target_bucket",
    form: "bucket",
    channel: "s3.access-logs",
    with: { bucket: "b", target_prefix: "" },
  },
  {
    type: "aws_s3_bucket_inventory",
    at: "destination.bucket.bucket_arn",
    form: "bucket-arn",
    channel: "s3.inventory",
    with: inventory,
  },
  {
    type: "aws_s3_bucket_analytics_configuration",
    at: "storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_arn",
    form: "bucket-arn",
    channel: "s3.analytics",
    with: { bucket: "b", name: "n" },
  },
  {
    type: "aws_s3_bucket_notification",
    at: "queue.queue_arn",
    form: "arn",
    channel: "s3.notification",
    with: { bucket: "b" },
  },
  {
    type: "aws_s3_bucket_notification",
    at: "topic.topic_arn",
    form: "arn",
    channel: "s3.notification",
    with: { bucket: "b" },
  },
  {
    type: "aws_s3_bucket_notification",
    at: "lambda_function.lambda_function_arn",
    form: "arn",
    channel: "s3.notification",
    with: { bucket: "b" },
  },
  { type: "aws_s3_object", at: "bucket", form: "bucket", channel: "s3.upload", with: { key: "k", content: "x" } },
  { type: "aws_s3_bucket_object", at: "bucket", form: "bucket", channel: "s3.upload", with: { key: "k" } },
  {
    type: "aws_s3_object_copy",
    at: "bucket",
    form: "bucket",
    channel: "s3.upload",
    with: { key: "k", source: "other/key" },
  },
  {
    type: "aws_s3control_storage_lens_configuration",
    at: "storage_lens_configuration.data_export.s3_bucket_destination.arn",
    form: "bucket-arn",
    channel: "s3.storage-lens",
    with: { config_id: "c", storage_lens_configuration: [{ enabled: true }] },
  },
  {
    type: "aws_s3control_object_lambda_access_point",
    at: "configuration.transformation_configuration.content_transformation.aws_lambda.function_arn",
    form: "arn",
    channel: "s3.object-lambda",
    with: { name: "n" },
  },
  {
    type: "aws_s3tables_table_bucket_replication",
    at: "rule.destination.destination_table_bucket_arn",
    form: "arn",
    channel: "s3tables.replication",
    with: { role: "r", table_bucket_arn: "arn:aws:s3tables:eu-west-1:111111111111:bucket/b" },
  },
  {
    type: "aws_s3tables_table_replication",
    at: "rule.destination.destination_table_bucket_arn",
    form: "arn",
    channel: "s3tables.replication",
    with: { role: "r", table_arn: "arn:aws:s3tables:eu-west-1:111111111111:bucket/b/table/t" },
  },
  {
    type: "aws_glacier_vault",
    at: "notification.sns_topic",
    form: "arn",
    channel: "glacier.notification",
    with: { name: "v" },
  },
]);

describe("replication", () => {
  const replicate = (rule: object) =>
    judge({ aws_s3_bucket_replication_configuration: { r: { bucket: "b", role: "r", rule: [rule] } } });

  test("a disabled rule copies nothing", async () => {
    const report = await replicate({
      status: "Disabled",
      destination: [{ bucket: "arn:aws:s3:::far", account: "444455556666" }],
    });
    expect(report.verdict).toBe("contained");
  });

  test("the owner named beside a bucket decides, wherever the bucket is", async () => {
    const bucket = "arn:aws:s3:::enclave-archive";
    const report = await replicate({ status: "Enabled", destination: [{ bucket, account: "444455556666" }] });
    expect(findings(report)).toEqual([
      "aws_s3_bucket_replication_configuration.r -> account 444455556666 by s3.replication",
    ]);
  });

  test("a bucket that nobody knows is not decided", async () => {
    const report = await replicate({ status: "Enabled", destination: [{ bucket: "arn:aws:s3:::somewhere" }] });
    expect(report.verdict).toBe("undecided");
  });
});

describe("access control lists", () => {
  const bucket = { aws_s3_bucket: { b: { bucket: "enclave-b" } } };
  const list = (values: object) => ({ aws_s3_bucket_acl: { b: { bucket: `\${aws_s3_bucket.b.id}`, ...values } } });
  const block = (value: unknown) => ({
    aws_s3_bucket_public_access_block: { b: { bucket: `\${aws_s3_bucket.b.id}`, ignore_public_acls: value } },
  });
  const escape = "aws_s3_bucket.b -> anyone by s3.acl";

  test.each(["public-read", "public-read-write", "authenticated-read"])("%s is read by everybody", async (acl) => {
    expect(findings(await judge({ ...bucket, ...list({ acl }) }))).toEqual([escape]);
  });

  test.each(["private", "log-delivery-write", "bucket-owner-full-control"])("%s is not", async (acl) => {
    expect((await judge({ ...bucket, ...list({ acl }) })).verdict).toBe("contained");
  });

  test("ignoring public lists closes them; possibly ignoring them does not", async () => {
    const open = list({ acl: "public-read" });
    expect((await judge({ ...bucket, ...open, ...block(true) })).verdict).toBe("contained");
    expect((await judge({ ...bucket, ...open, ...block(false) })).verdict).toBe("escapes");
    const unknown = await judge({ ...bucket, ...open, ...block(`\${var.u}`) }, { variable: { u: {} } });
    expect(unknown.verdict).toBe("undecided");
  });

  test("the block of another bucket closes nothing", async () => {
    const other = { aws_s3_bucket_public_access_block: { o: { bucket: "enclave-o", ignore_public_acls: true } } };
    expect((await judge({ ...bucket, ...list({ acl: "public-read" }), ...other })).verdict).toBe("escapes");
  });

  test("the account's own block closes its buckets, another account's does not", async () => {
    const account = (values: object) => ({
      aws_s3_account_public_access_block: { a: { ignore_public_acls: true, ...values } },
    });
    const open = { ...bucket, ...list({ acl: "public-read" }) };
    expect((await judge({ ...open, ...account({}) })).verdict).toBe("contained");
    expect((await judge({ ...open, ...account({ account_id: "222222222222" }) })).verdict).toBe("escapes");
  });

  test("enforced ownership switches lists off", async () => {
    const ownership = {
      aws_s3_bucket_ownership_controls: {
        b: { bucket: `\${aws_s3_bucket.b.id}`, rule: [{ object_ownership: "BucketOwnerEnforced" }] },
      },
    };
    expect((await judge({ ...bucket, ...list({ acl: "public-read" }), ...ownership })).verdict).toBe("contained");
  });

  const grant = (permission: string, to: object) =>
    list({ access_control_policy: [{ owner: [{ id: "own" }], grant: [{ permission, grantee: [to] }] }] });
  const everybody = { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" };

  test.each([
    ["READ", everybody, escape],
    ["WRITE_ACP", everybody, escape],
    ["FULL_CONTROL", { type: "CanonicalUser", id: "f".repeat(64) }, `aws_s3_bucket.b -> ${"f".repeat(64)} by s3.acl`],
    ["READ", { ...grantee, email_address: "them@example.com" }, "aws_s3_bucket.b -> them@example.com by s3.acl"],
  ])("%s to %j", async (permission, to, expected) => {
    expect(findings(await judge({ ...bucket, ...grant(permission, to) }))).toEqual([expected]);
  });

  test.each([
    ["WRITE", everybody],
    ["FULL_CONTROL", { type: "CanonicalUser", id: "own" }],
    ["FULL_CONTROL", { type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" }],
    ["FULL_CONTROL", { type: "CanonicalUser", id: `\${data.aws_canonical_user_id.me.id}` }],
  ])("%s to %j lets nobody else read", async (permission, to) => {
    const data = { data: { aws_canonical_user_id: { me: {} } } };
    expect(findings(await judge({ ...bucket, ...grant(permission, to) }, data))).toEqual([]);
  });

  test("objects and the inline forms have lists too", async () => {
    const inline = { aws_s3_bucket: { b: { bucket: "enclave-b", acl: "public-read" } } };
    expect(findings(await judge(inline))).toEqual([escape]);
    const granted = { aws_s3_bucket: { b: { bucket: "enclave-b", grant: [{ ...everybody, permissions: ["READ"] }] } } };
    expect(findings(await judge(granted))).toEqual([escape]);
    const object = { aws_s3_object: { o: { bucket: `\${aws_s3_bucket.b.id}`, key: "k", acl: "public-read" } } };
    expect(findings(await judge({ ...bucket, ...object }))).toEqual(["aws_s3_object.o -> anyone by s3.acl"]);
  });
});

test.each([
  [{ aws_s3_bucket_accelerate_configuration: { a: { bucket: "b", status: "Enabled" } } }, "s3.transfer-acceleration"],
  [{ aws_s3_bucket: { a: { bucket: "b", acceleration_status: "Enabled" } } }, "s3.transfer-acceleration"],
  [
    {
      aws_s3control_multi_region_access_point: {
        a: { details: [{ name: "n", region: [{ bucket: "enclave-archive" }] }] },
      },
    },
    "s3.multi-region-access-point",
  ],
])("edge locations all over the world: %j", async (resources, channel) => {
  const [line] = findings(await judge(resources));
  expect(line).toMatch(new RegExp(`-> the internet by ${channel}$`));
});

test("suspended acceleration is none", async () => {
  const report = await judge({ aws_s3_bucket_accelerate_configuration: { a: { bucket: "b", status: "Suspended" } } });
  expect(report.verdict).toBe("contained");
});

test("a directory bucket stands in its zone", async () => {
  const bucket = (name: string) => ({
    aws_s3_directory_bucket: { d: { bucket: `x--${name}--x-s3`, location: [{ name, type: "LocalZone" }] } },
  });
  expect((await judge(bucket("euc1-ist1-az1"))).verdict).not.toBe("contained");
  expect((await judge(bucket("euw1-az1"))).verdict).toBe("contained");
});

test("a bucket on an Outpost stands in its country", async () => {
  const bucket = (outpost_id: string) => ({ aws_s3control_bucket: { o: { bucket: "b", outpost_id } } });
  expect((await judge(bucket("op-0aaaaaaaaaaaaaaaa"))).verdict).toBe("contained");
  expect((await judge(bucket("op-0bbbbbbbbbbbbbbbb"))).verdict).not.toBe("contained");
});

test("access grants to principals of others, not to users of the own directory", async () => {
  const grant = (grantee_type: string, grantee_identifier: string) => ({
    aws_s3control_access_grant: {
      g: { access_grants_location_id: "default", permission: "READ", grantee: [{ grantee_type, grantee_identifier }] },
    },
  });
  expect((await judge(grant("IAM", "arn:aws:iam::444455556666:role/r"))).verdict).toBe("escapes");
  expect((await judge(grant("IAM", "arn:aws:iam::222222222222:role/r"))).verdict).toBe("contained");
  expect((await judge(grant("DIRECTORY_USER", "8c5f-1d2e"))).verdict).toBe("contained");
});

const point = (more: object) => ({ aws_s3_access_point: { a: { bucket: "b", name: "a", ...more } } });
const object = (bucket: string) => ({ aws_s3_object: { o: { bucket, key: "k", content: "c" } } });
const bucket = (more: object) => ({ aws_s3_bucket: { b: { bucket: "b", ...more } } });

outcomes([
  ["an access point of others' bucket", point({ bucket_account_id: "444455556666" }), "by s3.access-point"],
  ["an access point of our bucket", point({ bucket_account_id: "222222222222" }), "contained"],
  [
    "an object through an access point of no Region",
    object("arn:aws:s3::111111111111:accesspoint/m.mrap"),
    "s3.upload",
  ],
  [
    "an object through an access point of a Region",
    object("arn:aws:s3:eu-west-1:111111111111:accesspoint/a"),
    "contained",
  ],
  ["a list that is not known to be closed", bucket({ acl: "Public-Read" }), "anyone by s3.acl"],
  [
    "what the deprecated blocks of a bucket tell of itself",
    bucket({
      acl: "private",
      cors_rule: [{ allowed_methods: ["GET"], allowed_origins: ["https://www.example.com"] }],
      lifecycle_rule: [{ id: "l", enabled: true, transition: [{ days: 30, storage_class: "GLACIER" }] }],
      versioning: [{ enabled: true }],
      website: [{ redirect_all_requests_to: "https://www.example.com" }],
    }),
    "contained",
  ],
  ["access logs of the deprecated block", bucket({ logging: [{ target_bucket: "somewhere" }] }), "? aws_s3_bucket.b"],
]);
