/** Amazon MemoryDB clusters, and those whose members in several regions hold the same data. */
import { harmless, holds, inert, network, places, receives, sends, service, uses } from "../flows/vocabulary";
import { memberOf } from "./global-groups";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/memorydb/latest/devguide/${page}.html`;

export default service("Amazon MemoryDB", {
  aws_memorydb_cluster: holds("a database in memory, perhaps a member of a multi-Region cluster", {
    docs: guide("multi-Region"),
    attributes: {
      kms_key_arn: uses("the key that encrypts the cluster"),
      acl_name: uses("users of the cluster, who sign in within the network"),
      subnet_group_name: network,
      security_group_ids: network,
      sns_topic_arn: sends("memorydb.events", "arn", { why: "what happens to the cluster is told there" }),
      snapshot_arns: receives("snapshots that the cluster is filled from"),
      snapshot_name: receives("the snapshot that the cluster is filled from"),
      final_snapshot_name: harmless("the name of a snapshot in the same account and region"),
      parameter_group_name: uses("parameters"),
      multi_region_cluster_name: uses("the multi-Region cluster whose members hold the same data; followed below"),
    },
    interfaces: [
      {
        subnets: "subnet_group_name",
        groups: "security_group_ids",
        publicIpv4: "never",
        ipv6: "never",
        initiates: false,
        without: "default-vpc",
      },
    ],
    also: memberOf({
      channel: "memorydb.multi-region",
      path: "multi_region_cluster_name",
      type: "aws_memorydb_multi_region_cluster",
      name: "multi_region_cluster_name",
    }),
  }),
  aws_memorydb_multi_region_cluster: holds("a database whose members in several regions hold the same data", {
    docs: guide("multi-Region"),
    attributes: {
      multi_region_cluster_name_suffix: harmless("the end of its own name"),
      multi_region_parameter_group_name: uses("parameters"),
    },
  }),
  aws_memorydb_snapshot: holds("a snapshot of a cluster", {
    docs: guide("snapshots"),
    attributes: {
      cluster_name: receives("the cluster that is copied"),
      kms_key_arn: uses("the key that encrypts the snapshot"),
    },
  }),
  aws_memorydb_subnet_group: places("the subnets that clusters stand in", {
    docs: guide("subnetgroups"),
    attributes: { subnet_ids: network },
  }),
  aws_memorydb_parameter_group: inert("parameters of an engine; none names a place", guide("parametergroups")),
  aws_memorydb_acl: inert("users of clusters", guide("clusters.acls"), { user_names: uses("users") }),
  aws_memorydb_user: inert("a user of clusters, who signs in within their network", guide("clusters.acls"), {
    access_string: harmless("which commands and keys the user may"),
  }),
  ...lookups({
    memorydb_acl: "a list of users",
    memorydb_cluster: "a cluster",
    memorydb_parameter_group: "parameters",
    memorydb_snapshot: "a snapshot",
    memorydb_subnet_group: "a subnet group",
    memorydb_user: "a user",
  }),
});
