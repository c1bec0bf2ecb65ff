/** Amazon EFS file systems, their replicas, and the mount targets through which they are reached. */
import type { Resource } from "../configuration/resource";
import { isList, isObject, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  grants,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  policy,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { json } from "./documents/json";
import { isArn, lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/efs/latest/ug/${page}.html`;

const POLICY = "aws_efs_file_system_policy";

const fileSystem = uses("the file system that it is about");

/**
 * Mounting needs a mount target, which is in a VPC, whoever the policy lets mount. Replication to another account does
 * not: it needs `elasticfilesystem:Replication*` in the policy ("Replicating file systems", "Cross-account").
 */
function onlyMounts(resource: Resource, context: Context): boolean {
  const policies = resource.type === POLICY ? [resource] : context.referring(POLICY, "file_system_id", resource);
  return policies.every((one) => mountsOnly(one.values.policy ?? null));
}

function mountsOnly(policy: Value): boolean {
  const document = json(policy);
  if (!isObject(document)) return false;
  const statements = isList(document.Statement) ? document.Statement : [document.Statement ?? null];
  return statements.every((one) => isObject(one) && (one.Effect === "Deny" || mounts(one.Action ?? null)));
}

const mounts = (actions: Value): boolean =>
  isList(actions)
    ? actions.length > 0 && actions.every(mounts)
    : typeof actions === "string" && /^elasticfilesystem:Client/i.test(actions);

const target = (ipv6: InterfaceRule["ipv6"], dual: boolean): InterfaceRule => ({
  subnets: "subnet_id",
  groups: "security_groups",
  publicIpv4: "never",
  ipv6,
  initiates: false,
  ...(dual ? { when: at("ip_address_type", "IPV4_ONLY").isNot("IPV4_ONLY") } : {}),
  without: "nothing",
});

export default service("Amazon EFS", {
  aws_efs_file_system: holds("a file system, in a region or in one zone", {
    docs: guide("storage-classes"),
    attributes: {
      availability_zone_name: stands("zone"),
      kms_key_id: uses("the key that encrypts the file system"),
    },
  }),
  aws_efs_replication_configuration: moves("copies a file system to another region, zone or file system", {
    docs: guide("efs-replication"),
    data: "source_file_system_id",
    attributes: {
      source_file_system_id: uses("the file system that is copied"),
      "destination.region": sends("efs.replication", "region", { why: "every file is copied there" }),
      "destination.availability_zone_name": sends("efs.replication", "zone", { why: "every file is copied there" }),
      // An id is one of the same account, in the region that stands beside it; an ARN may be of another account.
      "destination.file_system_id": sends("efs.replication", "arn", {
        when: isArn("destination.file_system_id"),
        why: "every file is copied there",
      }),
      "destination.kms_key_id": uses("the key that encrypts the copy"),
    },
  }),
  aws_efs_file_system_policy: grants("says who may mount or replicate a file system", {
    docs: guide("iam-access-control-nfs-efs"),
    data: "file_system_id",
    attributes: { file_system_id: fileSystem, policy: policy("efs.policy", { vpcOnly: onlyMounts, named: true }) },
  }),
  aws_efs_mount_target: moves("the way from a subnet to a file system", {
    docs: guide("accessing-fs"),
    data: "file_system_id",
    attributes: {
      file_system_id: fileSystem,
      subnet_id: network,
      security_groups: network,
      ip_address: harmless("its own address in the subnet"),
      ipv6_address: harmless("its own address in the subnet"),
    },
    interfaces: [target("never", false), target("subnet", true)],
  }),
  aws_efs_access_point: inert("a directory of a file system, as one user", guide("efs-access-points"), {
    file_system_id: fileSystem,
    "root_directory.creation_info": harmless("owner and permissions of a directory"),
  }),
  aws_efs_backup_policy: inert(
    "backs a file system up into the vault that AWS Backup keeps in the same account and region",
    guide("awsbackup"),
    {
      file_system_id: fileSystem,
      backup_policy: harmless("a switch"),
    },
  ),
  ...lookups({
    efs_access_point: "an access point",
    efs_access_points: "access points",
    efs_file_system: "a file system",
    efs_mount_target: "a mount target",
  }),
});
