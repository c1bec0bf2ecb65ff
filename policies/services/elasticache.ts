/** Caches, and global datastores that keep copies of them in several regions. */
import {
  harmless,
  holds,
  type InterfaceRule,
  inert,
  network,
  places,
  receives,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { memberOf } from "./global-groups";
import { actionPage, isArn, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/${page}.html`;

const LOG_DESTINATION = "log_delivery_configuration.destination";

/** What clusters of nodes have in common. */
const nodes = {
  subnet_group_name: network,
  security_group_ids: network,
  network_type: network,
  ip_discovery: harmless("which kind of addresses clients are told"),
  notification_topic_arn: sends("elasticache.events", "arn", { why: "what happens to the cache is told there" }),
  // A name stands for a log group or delivery stream of the same account and region.
  [LOG_DESTINATION]: sends("elasticache.logs", "arn", {
    when: isArn(LOG_DESTINATION),
    why: "slow logs hold commands and their arguments",
  }),
  snapshot_arns: receives("snapshots that the cache is filled from"),
  snapshot_name: receives("the snapshot that the cache is filled from"),
  final_snapshot_identifier: harmless("the name of a snapshot in the same account and region"),
  parameter_group_name: uses("parameters"),
};

/** Caches have no public addresses ("Accessing your ElastiCache cluster"). */
const inSubnets = (subnets: string): InterfaceRule => ({
  subnets,
  groups: "security_group_ids",
  publicIpv4: "never",
  ipv6: "never",
  initiates: false,
  without: "default-vpc",
});

export default service("Amazon ElastiCache", {
  aws_elasticache_cluster: holds("a cache", {
    docs: guide("accessing-elasticache"),
    attributes: {
      ...nodes,
      cluster_id: harmless("its own name"),
      replication_group_id: uses("the replication group it belongs to"),
      availability_zone: stands("zone"),
      preferred_availability_zones: stands("zone"),
      az_mode: harmless("whether nodes stand in one zone or several"),
      preferred_outpost_arn: stands("outpost"),
      outpost_mode: harmless("whether nodes stand on one Outpost or several"),
    },
    interfaces: [inSubnets("subnet_group_name")],
  }),
  aws_elasticache_replication_group: holds("a cache with replicas, perhaps a member of a global datastore", {
    docs: guide("Redis-Global-Datastore"),
    attributes: {
      ...nodes,
      kms_key_id: uses("the key that encrypts the cache"),
      user_group_ids: uses("users of the cache, who sign in within the network"),
      security_group_names: harmless("EC2-Classic, which is gone"),
      preferred_cache_cluster_azs: stands("zone"),
      multi_az_enabled: harmless("whether replicas stand in other zones of the region"),
      "node_group_configuration.primary_availability_zone": stands("zone"),
      "node_group_configuration.replica_availability_zones": stands("zone"),
      "node_group_configuration.primary_outpost_arn": stands("outpost"),
      "node_group_configuration.replica_outpost_arns": stands("outpost"),
      global_replication_group_id: uses("the global datastore whose members hold the same data; followed below"),
    },
    interfaces: [inSubnets("subnet_group_name")],
    also: memberOf({
      channel: "elasticache.global-datastore",
      path: "global_replication_group_id",
      type: "aws_elasticache_global_replication_group",
      name: "global_replication_group_id",
      first: "primary_replication_group_id",
    }),
  }),
  aws_elasticache_global_replication_group: holds("a cache whose members in several regions hold the same data", {
    docs: guide("Redis-Global-Datastore"),
    attributes: {
      primary_replication_group_id: receives("the first member; judged where it stands"),
      parameter_group_name: uses("parameters"),
    },
  }),
  aws_elasticache_serverless_cache: holds("a serverless cache", {
    docs: guide("serverless"),
    attributes: {
      kms_key_id: uses("the key that encrypts the cache"),
      subnet_ids: network,
      security_group_ids: network,
      snapshot_arns_to_restore: receives("snapshots that the cache is filled from"),
      user_group_id: uses("users of the cache, who sign in within the network"),
    },
    interfaces: [inSubnets("subnet_ids")],
  }),
  aws_elasticache_subnet_group: places("the subnets that caches stand in", {
    docs: guide("SubnetGroups"),
    attributes: { subnet_ids: network },
  }),
  aws_elasticache_parameter_group: inert("parameters of an engine; none names a place", guide("ParameterGroups")),
  aws_elasticache_user: inert("a user of caches, who signs in within their network", guide("Clusters.RBAC"), {
    user_id: harmless("its own name"),
    access_string: harmless("which commands and keys the user may"),
  }),
  aws_elasticache_user_group: inert("users of caches", guide("Clusters.RBAC"), { user_ids: uses("users") }),
  aws_elasticache_user_group_association: inert(
    "joins a user to a group",
    resourcePage("elasticache_user_group_association"),
  ),
  aws_elasticache_reserved_cache_node: inert("a price", resourcePage("elasticache_reserved_cache_node")),
  "action.aws_elasticache_apply_service_update": inert(
    "installs updates of AWS",
    actionPage("elasticache_apply_service_update"),
  ),
  ...lookups({
    elasticache_cluster: "a cache",
    elasticache_replication_group: "a replication group",
    elasticache_reserved_cache_node_offering: "a price",
    elasticache_serverless_cache: "a serverless cache",
    elasticache_subnet_group: "a subnet group",
    elasticache_user: "a user",
  }),
});
