/** Amazon FSx file systems, the buckets and servers that they are joined to, and their backups. */
import { isList, type Value } from "../configuration/value";
import {
  document,
  type Entry,
  grants,
  harmless,
  holds,
  type InterfaceRule,
  moves,
  network,
  policy,
  type Role,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { bucketOf, s3Uri } from "./documents/s3-uri";
import { servers } from "./documents/servers";
import { isArn, lookups } from "./pages";

const lustre = (page: string) => `https://docs.aws.amazon.com/fsx/latest/LustreGuide/${page}.html`;
const windows = (page: string) => `https://docs.aws.amazon.com/fsx/latest/WindowsGuide/${page}.html`;
const ontap = (page: string) => `https://docs.aws.amazon.com/fsx/latest/ONTAPGuide/${page}.html`;
const openzfs = (page: string) => `https://docs.aws.amazon.com/fsx/latest/OpenZFSGuide/${page}.html`;

const common: Entry["attributes"] = {
  kms_key_id: uses("the key that encrypts the file system"),
  subnet_ids: network,
  security_group_ids: network,
};

const backup = { backup_id: receives("the backup that is restored into this file system") };

const subnets: Entry["attributes"] = {
  preferred_subnet_id: network,
  route_table_ids: network,
  endpoint_ip_address_range: harmless("addresses of its own within the VPC"),
};

/** File systems have private addresses only, and answer clients. */
const interfaces: InterfaceRule[] = [
  {
    subnets: "subnet_ids",
    groups: "security_group_ids",
    publicIpv4: "never",
    ipv6: "never",
    initiates: false,
    without: "nothing",
  },
];

/** A directory that users sign in with; traffic to it takes the ways of the VPC. */
const directory = (path: string): Record<string, Role> => ({
  [`${path}.dns_ips`]: servers("fsx.directory", "whoever runs the directory says who signs in"),
  [`${path}.domain_name`]: harmless("the name of the directory, which its own name servers know"),
  [`${path}.organizational_unit_distinguished_name`]: harmless("a place in the directory's tree"),
});

const clients = harmless("which addresses of those that reach the file system may mount");

/** A repository of a cache: `s3://bucket/prefix` or `nfs://host/path`; changes are written back to it. */
function* repository(path: Value) {
  for (const value of isList(path) ? path : [path]) {
    const nfs = typeof value === "string" && value.startsWith("nfs:");
    const role = sends("fsx.repository", nfs ? "url" : "bucket", { why: "changed files are written back there" });
    yield { at: "", value: nfs ? value : bucketOf(value), role };
  }
}

export default service("Amazon FSx", {
  aws_fsx_lustre_file_system: holds("a Lustre file system, perhaps joined to a bucket", {
    docs: lustre("export-changed-data-meta-dra"),
    attributes: {
      ...common,
      ...backup,
      export_path: document(s3Uri("fsx.repository")),
      // Without `export_path`, files are exported to the bucket that they are imported from.
      import_path: document(s3Uri("fsx.repository")),
      auto_import_policy: harmless("which changes of the bucket come in"),
      "log_configuration.destination": sends("fsx.logs", "arn", { when: isArn("log_configuration.destination") }),
      "root_squash_configuration.no_squash_nids": clients,
    },
    interfaces,
  }),
  aws_fsx_data_repository_association: moves("joins a directory of a file system to a bucket", {
    docs: lustre("create-dra-linked-data-repo"),
    data: "file_system_id",
    attributes: {
      file_system_id: uses("the file system that it is about"),
      data_repository_path: document(s3Uri("fsx.repository")),
      file_system_path: harmless("a directory of the file system"),
    },
  }),
  aws_fsx_file_cache: holds("a cache in front of buckets and NFS servers", {
    docs: "https://docs.aws.amazon.com/fsx/latest/FileCacheGuide/what-is.html",
    attributes: {
      ...common,
      "data_repository_association.data_repository_path": document(repository),
      "data_repository_association.data_repository_subdirectories": harmless("directories of the repository"),
      "data_repository_association.file_cache_path": harmless("a directory of the cache"),
      "data_repository_association.nfs.dns_ips": servers("fsx.name-server", "names of servers are asked there"),
      "data_repository_association.tags": harmless("free text"),
    },
    interfaces,
  }),
  aws_fsx_windows_file_system: holds("a Windows file system", {
    docs: windows("file-access-auditing"),
    attributes: {
      ...common,
      ...backup,
      ...directory("self_managed_active_directory"),
      preferred_subnet_id: network,
      active_directory_id: uses("the directory of the same account in which users sign in"),
      aliases: harmless("other names of the file system"),
      "audit_log_configuration.audit_log_destination": sends("fsx.logs", "arn", {
        when: isArn("audit_log_configuration.audit_log_destination"),
        why: "names of files and users are written there",
      }),
    },
    interfaces,
  }),
  // Replication by SnapMirror is set up inside ONTAP, not by Terraform; it takes the ways of the VPC.
  aws_fsx_ontap_file_system: holds("an ONTAP file system", {
    docs: ontap("managing-file-systems"),
    attributes: { ...common, ...subnets },
    interfaces,
  }),
  aws_fsx_ontap_storage_virtual_machine: holds("a file server of an ONTAP file system", {
    docs: ontap("managing-svms"),
    attributes: {
      ...directory("active_directory_configuration.self_managed_active_directory_configuration"),
      file_system_id: uses("the file system that it is in"),
    },
  }),
  aws_fsx_ontap_volume: holds("a volume of an ONTAP file system", {
    docs: ontap("managing-volumes"),
    attributes: {
      storage_virtual_machine_id: uses("the file server that it is in"),
      junction_path: harmless("where clients see the volume"),
      snapshot_policy: harmless("when snapshots are made, in the same volume"),
      tiering_policy: harmless("when data moves to cheaper disks of the same file system"),
      "aggregate_configuration.aggregates": harmless("disks of the same file system"),
    },
  }),
  aws_fsx_openzfs_file_system: holds("an OpenZFS file system", {
    docs: openzfs("managing-file-systems"),
    attributes: {
      ...common,
      ...subnets,
      ...backup,
      "root_volume_configuration.nfs_exports.client_configurations.clients": clients,
    },
    interfaces,
  }),
  aws_fsx_openzfs_volume: holds("a volume of an OpenZFS file system", {
    docs: openzfs("managing-volumes"),
    attributes: {
      parent_volume_id: uses("the volume that it is in"),
      "nfs_exports.client_configurations.clients": clients,
      "origin_snapshot.snapshot_arn": receives("the snapshot that is copied into this volume"),
    },
  }),
  aws_fsx_openzfs_snapshot: holds("a snapshot of a volume, in the same file system", {
    docs: openzfs("snapshots-openzfs"),
    attributes: { volume_id: receives("the volume that is copied") },
  }),
  aws_fsx_backup: holds("a backup of a file system or volume", {
    docs: windows("using-backups"),
    attributes: {
      file_system_id: receives("the file system that is copied"),
      volume_id: receives("the volume that is copied"),
    },
  }),
  aws_fsx_s3_access_point_attachment: grants("lets files be read through S3", {
    docs: openzfs("s3accesspoints-for-FSx"),
    attributes: {
      "openzfs_configuration.volume_id": uses("the volume that is read"),
      "openzfs_configuration.file_system_identity": harmless("the user as whom files are read"),
      "s3_access_point.policy": policy("fsx.s3-access-point-policy"),
      "s3_access_point.vpc_configuration.vpc_id": uses(
        "requests are taken only from this VPC; access still needs the policies",
      ),
    },
  }),
  ...lookups({
    fsx_ontap_file_system: "a file system",
    fsx_ontap_storage_virtual_machine: "a file server",
    fsx_ontap_storage_virtual_machines: "file servers",
    fsx_openzfs_snapshot: "a snapshot",
    fsx_windows_file_system: "a file system",
  }),
});
