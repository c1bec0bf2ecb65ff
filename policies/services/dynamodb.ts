/** Tables, their replicas in other regions, and what copies them elsewhere. */
import { grants, harmless, holds, inert, moves, policy, receives, sends, service, uses } from "../flows/vocabulary";
import { actionPage, isArn, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/${page}.html`;

const table = uses("the table that it is about");

export default service("Amazon DynamoDB", {
  aws_dynamodb_table: holds("a table of items", {
    docs: guide("GlobalTables"),
    attributes: {
      name: harmless("its own name"),
      "replica.region_name": sends("dynamodb.global-table", "region", {
        why: "every item is copied to a replica there",
      }),
      "replica.kms_key_arn": uses("the key that encrypts the replica"),
      // "A witness … contains replicated change data": guide, "How global tables work", multi-Region strong consistency.
      "global_table_witness.region_name": sends("dynamodb.global-table", "region", {
        why: "a witness there keeps replicated changes",
      }),
      "server_side_encryption.kms_key_arn": uses("the key that encrypts the table"),
      "import_table.s3_bucket_source.bucket": receives("where the items are imported from"),
      "import_table.s3_bucket_source.bucket_owner": receives("whose bucket the items are imported from"),
      restore_source_table_arn: receives("the table that is restored into this one"),
      restore_source_name: receives("the table that is restored into this one"),
      // A stream is read with the same account's permissions only; its readers are resources of their own.
      stream_enabled: harmless("keeps changes for a day in the same account and region"),
    },
  }),
  aws_dynamodb_table_replica: holds("a replica of a table in the resource's own region", {
    docs: resourcePage("dynamodb_table_replica"),
    attributes: {
      // "When an application writes data to a replica …, DynamoDB automatically replicates the write to all other replicas"
      // (guide, "Global tables core concepts").
      global_table_arn: sends("dynamodb.global-table", "arn", {
        why: "every item that is written to the replica is copied to the table",
      }),
      kms_key_arn: uses("the key that encrypts the replica"),
    },
  }),
  aws_dynamodb_global_table: moves("joins tables of several regions into one (version 2017.11.29)", {
    docs: guide("globaltables.V1"),
    data: "name",
    attributes: {
      name: harmless("its own name, that of the tables"),
      "replica.region_name": sends("dynamodb.global-table", "region", {
        why: "every item is copied to the table there",
      }),
    },
  }),
  aws_dynamodb_table_export: moves("writes a whole table, or its changes, into a bucket", {
    docs: guide("S3DataExport.HowItWorks"),
    data: "table_arn",
    attributes: {
      table_arn: table,
      s3_bucket: sends("dynamodb.export", "bucket", { account: "s3_bucket_owner", why: "all items are written there" }),
      s3_bucket_owner: uses("whose the bucket is; judged with it"),
      s3_sse_kms_key_id: uses("the key that encrypts the export"),
    },
  }),
  aws_dynamodb_kinesis_streaming_destination: moves("copies every change of a table into a data stream", {
    docs: guide("kds"),
    data: "table_name",
    attributes: {
      table_name: table,
      stream_arn: sends("dynamodb.kinesis-stream", "arn", { why: "every change is copied there" }),
    },
  }),
  aws_dynamodb_resource_policy: grants("lets principals read or write a table or its stream", {
    docs: guide("access-control-resource-based"),
    data: "resource_arn",
    attributes: { resource_arn: uses("the table or stream that the policy is on"), policy: policy("dynamodb.policy") },
  }),
  aws_dynamodb_table_item: moves("puts an item into a table", {
    docs: resourcePage("dynamodb_table_item"),
    attributes: {
      // A table name is looked up in the account and region of the resource; only an ARN leads elsewhere.
      table_name: sends("dynamodb.item", "arn", { when: isArn("table_name"), why: "Terraform puts the item there" }),
      item: harmless("the item itself"),
    },
  }),
  aws_dynamodb_contributor_insights: inert(
    "counts the keys used most, in CloudWatch of the same account and region",
    guide("contributorinsights_HowItWorks"),
    { table_name: table },
  ),
  aws_dynamodb_tag: inert("a tag on a table", resourcePage("dynamodb_tag"), {
    resource_arn: table,
    value: harmless("free text"),
  }),
  "action.aws_dynamodb_create_backup": inert(
    "makes a backup of a table in the same account and region",
    actionPage("dynamodb_create_backup"),
    { table_name: uses("the table that is copied") },
  ),
  ...lookups({
    dynamodb_table: "a table",
    dynamodb_table_item: "an item",
    dynamodb_tables: "the names of tables",
  }),
});
