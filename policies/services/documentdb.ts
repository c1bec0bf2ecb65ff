/** Amazon DocumentDB clusters, elastic ones too, and global clusters. */
import {
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  places,
  receives,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { memberOf } from "./global-groups";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/documentdb/latest/developerguide/${page}.html`;

/** "Amazon DocumentDB clusters are deployed within a VPC" and have no public addresses ("VPC" in the developer guide). */
const inSubnets = (subnets: string, groups: string): InterfaceRule => ({
  subnets,
  groups,
  publicIpv4: "never",
  ipv6: "never",
  initiates: false,
  without: "default-vpc",
});

export default service("Amazon DocumentDB", {
  aws_docdb_cluster: holds("a cluster of documents, perhaps a member of a global cluster", {
    docs: guide("global-clusters"),
    attributes: {
      kms_key_id: uses("the key that encrypts the cluster"),
      availability_zones: stands("zone"),
      db_subnet_group_name: network,
      vpc_security_group_ids: network,
      cluster_identifier: harmless("its own name"),
      cluster_members: harmless("the names of its own instances"),
      db_cluster_parameter_group_name: uses("parameters"),
      enabled_cloudwatch_logs_exports: harmless("log groups of the same account and region, named by the service"),
      snapshot_identifier: receives("the snapshot that is restored into this cluster"),
      "restore_to_point_in_time.source_cluster_identifier": receives("the cluster that is restored"),
      final_snapshot_identifier: harmless("the name of a snapshot in the same account and region"),
      global_cluster_identifier: uses("the global cluster whose members hold the same data; followed below"),
    },
    interfaces: [inSubnets("db_subnet_group_name", "vpc_security_group_ids")],
    also: memberOf({
      channel: "docdb.global-cluster",
      path: "global_cluster_identifier",
      type: "aws_docdb_global_cluster",
      name: "global_cluster_identifier",
      first: "source_db_cluster_identifier",
    }),
  }),
  aws_docdb_cluster_instance: holds("an instance of a cluster", {
    docs: guide("db-instances"),
    attributes: {
      availability_zone: stands("zone"),
      cluster_identifier: uses("the cluster it belongs to"),
      ca_cert_identifier: harmless("the certificate that the instance shows"),
      performance_insights_kms_key_id: uses("the key that encrypts performance data"),
    },
  }),
  aws_docdb_global_cluster: holds("a database whose members in several regions hold the same data", {
    docs: guide("global-clusters"),
    attributes: {
      source_db_cluster_identifier: receives("the cluster that becomes the first member; judged where it stands"),
      global_cluster_identifier: harmless("its own name"),
    },
  }),
  aws_docdb_cluster_snapshot: holds("a snapshot of a cluster", {
    docs: guide("backup_restore"),
    attributes: { db_cluster_identifier: receives("the cluster that is copied") },
  }),
  aws_docdb_subnet_group: places("the subnets that clusters stand in", {
    docs: guide("document-db-subnet-groups"),
    attributes: { subnet_ids: network },
  }),
  aws_docdb_cluster_parameter_group: inert(
    "parameters of an engine; none names a place",
    guide("cluster_parameter_groups"),
  ),
  aws_docdb_event_subscription: moves("tells a topic what happens to clusters", {
    docs: guide("event-subscriptions"),
    attributes: {
      sns_topic_arn: sends("docdb.events", "arn"),
      source_ids: uses("what it is about"),
    },
  }),
  aws_docdbelastic_cluster: holds("an elastic cluster of documents", {
    docs: guide("docdb-using-elastic-clusters"),
    attributes: {
      kms_key_id: uses("the key that encrypts the cluster"),
      subnet_ids: network,
      vpc_security_group_ids: network,
      admin_user_password: uses("the password, or the secret that holds it"),
    },
    interfaces: [inSubnets("subnet_ids", "vpc_security_group_ids")],
  }),
  ...lookups({ docdb_engine_version: "an engine version", docdb_orderable_db_instance: "an instance class" }),
});
