/** Amazon Keyspaces (for Apache Cassandra). */
import { harmless, holds, sends, service, uses } from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/keyspaces/latest/devguide/${page}.html`;

export default service("Amazon Keyspaces", {
  aws_keyspaces_keyspace: holds("tables, with their replicas in the regions that the keyspace names", {
    docs: guide("multiRegion-replication"),
    attributes: {
      "replication_specification.region_list": sends("keyspaces.replication", "region", {
        why: "every row is copied there",
      }),
      "replication_specification.replication_strategy": harmless("one region or those of the list"),
    },
  }),
  aws_keyspaces_table: holds("a table", {
    docs: guide("working-with-tables"),
    attributes: {
      keyspace_name: uses("the keyspace that it is in"),
      "encryption_specification.kms_key_identifier": uses("the key that encrypts the table"),
      "comment.message": harmless("free text"),
    },
  }),
});
