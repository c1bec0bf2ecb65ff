/**
 * Subnets and security groups that a resource has by way of another: a database names a subnet group, an instance of a
 * cluster has what its cluster has.
 */
import type { Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import type { Context } from "../../flows/context";
import { type Item, items } from "./read";

/** Named sets of subnets: the argument they are named by, and the types that can name them. */
const SUBNET_GROUPS: Readonly<Record<string, readonly [name: string, users: RegExp]>> = {
  // RDS, DocumentDB and Neptune share one name space of groups: their CreateDBSubnetGroup is one operation.
  aws_db_subnet_group: ["name", /^aws_(db|rds|docdb|neptune)_/],
  aws_docdb_subnet_group: ["name", /^aws_(db|rds|docdb|neptune)_/],
  aws_neptune_subnet_group: ["name", /^aws_(db|rds|docdb|neptune)_/],
  aws_dax_subnet_group: ["name", /^aws_dax_/],
  aws_dms_replication_subnet_group: ["replication_subnet_group_id", /^aws_dms_/],
  aws_elasticache_subnet_group: ["name", /^aws_elasticache_/],
  aws_memorydb_subnet_group: ["name", /^aws_memorydb_/],
  aws_redshift_subnet_group: ["name", /^aws_redshift_/],
};

/** Clusters whose members take over their network: the arguments for name, subnet group and security groups. */
const CLUSTERS: Readonly<Record<string, readonly [name: string, group: string, securityGroups: string]>> = {
  aws_docdb_cluster: ["cluster_identifier", "db_subnet_group_name", "vpc_security_group_ids"],
  aws_elasticache_replication_group: ["replication_group_id", "subnet_group_name", "security_group_ids"],
  aws_neptune_cluster: ["cluster_identifier", "neptune_subnet_group_name", "vpc_security_group_ids"],
  aws_rds_cluster: ["cluster_identifier", "db_subnet_group_name", "vpc_security_group_ids"],
  aws_redshift_cluster: ["cluster_identifier", "cluster_subnet_group_name", "vpc_security_group_ids"],
  aws_sagemaker_domain: ["id", "subnet_ids", "default_user_settings.security_groups"],
};

/** The subnet ids at a path of a resource, with groups and clusters followed. */
export const subnetItems = (resource: Resource, path: string, context: Context): Item[] =>
  items(resource, path).flatMap((item) => {
    const { group, cluster } = denoted(item.value, resource, path, context);
    if (cluster) return subnetItems(cluster, CLUSTERS[cluster.type][1], context);
    return group ? items(group, "subnet_ids").map(({ value }) => ({ value, at: item.at })) : [item];
  });

/** The security group ids at a path of a resource, with clusters followed. */
export const securityGroupItems = (resource: Resource, path: string, context: Context): Item[] =>
  items(resource, path).flatMap((item) => {
    const { cluster } = denoted(item.value, resource, path, context);
    return cluster ? items(cluster, CLUSTERS[cluster.type][2]) : [item];
  });

/** Attributes that name no cluster, though something of their name may be one. */
const NO_CLUSTER = /(?:subnet_group\w*|subnets?|subnet_ids?|security_groups?|security_group_ids)$/;

/** The group or cluster that a value denotes: by reference, or by the name it has in the same stack. */
function denoted(value: Value, by: Resource, path: string, context: Context): { group?: Resource; cluster?: Resource } {
  // Once there is a state, other resources of the same name are denoted as well: their names are their ids.
  const denotedBy = context.denoted(value);
  const group = denotedBy.find(({ type }) => type in SUBNET_GROUPS);
  if (group) return { group };
  const mayBeCluster = !NO_CLUSTER.test(path);
  const cluster = denotedBy.find(({ type }) => type in CLUSTERS);
  if (cluster && mayBeCluster) return { cluster };
  if (typeof value !== "string") return {};
  const named = (type: string, name: string) =>
    context.ofType(type).find((one) => one.values[name] === value && one.stack === by.stack);
  const groupOfName = Object.entries(SUBNET_GROUPS)
    .map(([type, [name, users]]) => (users.test(by.type) ? named(type, name) : undefined))
    .find(Boolean);
  if (groupOfName) return { group: groupOfName };
  if (!mayBeCluster) return {};
  const clusterOfName = Object.entries(CLUSTERS)
    .map(([type, [name]]) =>
      by.type.startsWith(type.replace(/_(cluster|replication_group)$/, "_")) ? named(type, name) : undefined,
    )
    .find(Boolean);
  return clusterOfName ? { cluster: clusterOfName } : {};
}
