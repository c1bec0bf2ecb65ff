/** Tables of Apache Iceberg in table buckets. Replicas are copied to the table buckets that rules name. */
import { grants, harmless, holds, inert, moves, policy, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonS3/latest/userguide/${page}.html`;

const copied = sends("s3tables.replication", "arn", { why: "each commit of a table is copied there" });
const role = uses("the role that S3 assumes to copy");
const tableBucket = uses("the table bucket that it is in");
const key = { "encryption_configuration.kms_key_arn": uses("the key that encrypts the tables") };

export default service("Amazon S3 Tables", {
  aws_s3tables_table_bucket: holds("a bucket of tables", {
    docs: guide("s3-tables-buckets"),
    attributes: { ...key, name: harmless("its own name") },
  }),
  aws_s3tables_table: holds("a table", {
    docs: guide("s3-tables-tables"),
    attributes: {
      ...key,
      table_bucket_arn: tableBucket,
      maintenance_configuration: harmless("compaction and old snapshots, in the same bucket"),
    },
  }),
  aws_s3tables_table_bucket_replication: moves("copies all tables of a bucket to other table buckets", {
    docs: guide("s3-tables-replication-tables"),
    data: "table_bucket_arn",
    attributes: { table_bucket_arn: tableBucket, role, "rule.destination.destination_table_bucket_arn": copied },
  }),
  aws_s3tables_table_replication: moves("copies a table to other table buckets", {
    docs: guide("s3-tables-replication-tables"),
    data: "table_arn",
    attributes: {
      table_arn: uses("the table that is copied"),
      role,
      "rule.destination.destination_table_bucket_arn": copied,
    },
  }),
  aws_s3tables_table_bucket_policy: grants("says who may read the tables of a bucket", {
    docs: guide("s3-tables-resource-based-policies"),
    data: "table_bucket_arn",
    attributes: { table_bucket_arn: tableBucket, resource_policy: policy("s3tables.policy") },
  }),
  aws_s3tables_table_policy: grants("says who may read a table", {
    docs: guide("s3-tables-resource-based-policies"),
    data: "table_bucket_arn",
    attributes: { table_bucket_arn: tableBucket, resource_policy: policy("s3tables.policy") },
  }),
  aws_s3tables_namespace: inert("a name under which tables are grouped", resourcePage("s3tables_namespace"), {
    table_bucket_arn: tableBucket,
  }),
});
