/** Amazon Neptune graph databases, global ones, and graphs of Neptune Analytics. */
import {
  at,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  opens,
  places,
  receives,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { memberOf } from "./global-groups";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/neptune/latest/userguide/${page}.html`;

const inSubnets = (subnets: string, groups: string, publicIpv4: InterfaceRule["publicIpv4"]): InterfaceRule => ({
  subnets,
  groups,
  publicIpv4,
  ipv6: "never",
  initiates: false,
  without: "default-vpc",
});

export default service("Amazon Neptune", {
  aws_neptune_cluster: holds("a cluster of a graph database, perhaps a member of a global database", {
    docs: guide("neptune-global-database"),
    attributes: {
      kms_key_arn: uses("the key that encrypts the cluster"),
      availability_zones: stands("zone"),
      neptune_subnet_group_name: network,
      vpc_security_group_ids: network,
      cluster_identifier: harmless("its own name"),
      iam_roles: uses("roles with which the cluster reads buckets; judged by their policies"),
      neptune_cluster_parameter_group_name: uses("parameters"),
      neptune_instance_parameter_group_name: uses("parameters"),
      enable_cloudwatch_logs_exports: harmless("log groups of the same account and region, named by the service"),
      replication_source_identifier: receives("the cluster that is copied into this one"),
      snapshot_identifier: receives("the snapshot that is restored into this cluster"),
      final_snapshot_identifier: harmless("the name of a snapshot in the same account and region"),
      global_cluster_identifier: uses("the global database whose members hold the same data; followed below"),
    },
    interfaces: [inSubnets("neptune_subnet_group_name", "vpc_security_group_ids", "never")],
    also: memberOf({
      channel: "neptune.global-database",
      path: "global_cluster_identifier",
      type: "aws_neptune_global_cluster",
      name: "global_cluster_identifier",
      first: "source_db_cluster_identifier",
    }),
  }),
  aws_neptune_cluster_instance: holds("an instance of a cluster", {
    docs: guide("neptune-public-endpoints"),
    attributes: {
      availability_zone: stands("zone"),
      cluster_identifier: uses("the cluster it belongs to"),
      neptune_subnet_group_name: network,
      neptune_parameter_group_name: uses("parameters"),
      publicly_accessible: network,
    },
    // An instance stands in its cluster's subnets and security groups.
    interfaces: [inSubnets("cluster_identifier", "cluster_identifier", { path: "publicly_accessible", absent: false })],
  }),
  aws_neptune_global_cluster: holds("a database whose members in several regions hold the same data", {
    docs: guide("neptune-global-database"),
    attributes: {
      source_db_cluster_identifier: receives("the cluster that becomes the first member; judged where it stands"),
      global_cluster_identifier: harmless("its own name"),
    },
  }),
  aws_neptune_cluster_endpoint: inert(
    "a name for some instances of a cluster",
    guide("feature-custom-endpoint-membership"),
    {
      cluster_identifier: uses("the cluster it belongs to"),
      cluster_endpoint_identifier: harmless("its own name"),
      static_members: uses("instances of the cluster"),
      excluded_members: uses("instances of the cluster"),
    },
  ),
  aws_neptune_cluster_snapshot: holds("a snapshot of a cluster", {
    docs: guide("backup-restore-overview"),
    attributes: { db_cluster_identifier: receives("the cluster that is copied") },
  }),
  aws_neptune_subnet_group: places("the subnets that clusters stand in", {
    docs: guide("security-vpc-create-subnet-group"),
    attributes: { subnet_ids: network },
  }),
  aws_neptune_cluster_parameter_group: inert("parameters of an engine; none names a place", guide("parameters")),
  aws_neptune_parameter_group: inert("parameters of an engine; none names a place", guide("parameters")),
  aws_neptune_event_subscription: moves("tells a topic what happens to clusters", {
    docs: guide("events-subscribing"),
    attributes: {
      sns_topic_arn: sends("neptune.events", "arn", { when: at("enabled", true).is(true) }),
      source_ids: uses("what it is about"),
    },
  }),
  aws_neptunegraph_graph: holds("a graph of Neptune Analytics", {
    docs: "https://docs.aws.amazon.com/neptune-analytics/latest/userguide/gettingStarted-connecting.html",
    attributes: {
      kms_key_identifier: uses("the key that encrypts the graph"),
      public_connectivity: opens("neptune-analytics.public", at("public_connectivity", false).is(true), {
        why: "the graph can be reached from the internet",
      }),
    },
  }),
  ...lookups({ neptune_engine_version: "an engine version", neptune_orderable_db_instance: "an instance class" }),
});
