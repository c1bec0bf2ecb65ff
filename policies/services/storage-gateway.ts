/**
 * AWS Storage Gateway: file shares, volumes and tapes that are served by an appliance, which keeps what is used last.
 * Where the appliance stands is not in a configuration, unless it is an instance of it or the trust file knows its
 * address.
 */
import type { Resource } from "../configuration/resource";
import { isList, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  type Finding,
  harmless,
  holds,
  inert,
  moves,
  opens,
  type Role,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { isUnrouted, parseCidr } from "../geography/addresses";
import { servers } from "./documents/servers";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/filegateway/latest/files3/${page}.html`;

/** A gateway activated by key names no address. */
function* appliance(gateway: Resource): Generator<Finding> {
  if ((gateway.values.gateway_ip_address ?? null) !== null) return;
  yield {
    finding: "undecided",
    attribute: "activation_key",
    why: "the gateway serves files wherever its appliance stands",
  };
}

const servedBy = sends("storagegateway.gateway", "arn", { why: "what is stored is served by this gateway" });

/** Whether an appliance may be reached from the internet, for all that the configuration tells of it. */
function exposed(share: Resource, context: Context): boolean {
  const gateways = context.denoted(share.values.gateway_arn ?? null);
  return gateways.length === 0 || gateways.some(({ values }) => isPublic(values.gateway_ip_address ?? null));
}

/** A text that names no private address. What is said by reference is judged as what it refers to. */
function isPublic(address: Value): boolean {
  if (typeof address !== "string") return false;
  const range = parseCidr(address);
  return range === undefined || !isUnrouted(range);
}

const CHANNEL = "storagegateway.clients";
const unless = "what stands between the internet and the appliance is not in the configuration";

/**
 * `ClientList` is "the list of clients that are allowed to access" an NFS share (AWS Storage Gateway API Reference,
 * CreateNFSFileShare); NFS asks nothing else of them.
 */
function* nfsClients(share: Resource, context: Context): Generator<Finding> {
  if (!exposed(share, context)) return;
  const { client_list: list = null } = share.values;
  for (const client of isList(list) ? list : [list]) {
    const range = typeof client === "string" ? parseCidr(client) : undefined;
    if (client === null || (range !== undefined && isUnrouted(range))) continue;
    const to = { to: "value", value: client, form: "cidr" } as const;
    yield {
      finding: "flow",
      channel: CHANNEL,
      attribute: "client_list",
      to,
      why: "clients there may mount it",
      unless,
    };
  }
}

/**
 * With `GuestAccess` whoever knows the gateway's one guest password is let in (AWS Storage Gateway API Reference,
 * CreateSMBFileShare, "Authentication"; SetSMBGuestPassword).
 */
function* smbGuests(share: Resource, context: Context): Generator<Finding> {
  const { authentication = null } = share.values;
  if (authentication === null || authentication === "ActiveDirectory" || !exposed(share, context)) return;
  const why = "guests may read files";
  yield { finding: "flow", channel: CHANNEL, attribute: "authentication", to: { to: "internet" }, why, unless };
}

const share: Record<string, Role> = {
  gateway_arn: servedBy,
  location_arn: sends("storagegateway.bucket", "bucket-arn", { why: "files are written there" }),
  bucket_region: sends("storagegateway.bucket", "region", { why: "files are written there" }),
  role_arn: uses("the role with which the gateway reads and writes the bucket"),
  kms_key_arn: uses("the key that encrypts objects"),
  audit_destination_arn: sends("storagegateway.audit", "arn", { why: "names of files and users are written there" }),
  vpc_endpoint_dns_name: uses("the way to the bucket within a VPC"),
  object_acl: opens(
    "storagegateway.acl",
    at("object_acl").is("public-read", "public-read-write", "authenticated-read"),
    {
      why: "everybody may read the objects that the gateway writes",
    },
  ),
  notification_policy: harmless("when CloudWatch is told that a file is there"),
};

const volume: Record<string, Role> = {
  gateway_arn: servedBy,
  target_name: harmless("the name under which the volume is mounted"),
  network_interface_id: harmless("an address of the appliance"),
  snapshot_id: receives("the snapshot that the volume is made from"),
  kms_key: uses("the key that encrypts the volume"),
};

const disk = (what: string, page: string, more: Record<string, Role> = {}) =>
  inert(what, resourcePage(page), {
    gateway_arn: uses("the gateway"),
    disk_id: harmless("a disk of the appliance"),
    ...more,
  });

export default service("AWS Storage Gateway", {
  aws_storagegateway_gateway: moves("an appliance that serves files, volumes or tapes and keeps what is used last", {
    docs: guide("what-is-file-s3"),
    attributes: {
      gateway_ip_address: sends("storagegateway.appliance", "host", {
        why: "the appliance keeps and serves what is stored",
      }),
      gateway_vpc_endpoint: uses("the way to the service within a VPC"),
      cloudwatch_log_group_arn: sends("storagegateway.logs", "arn"),
      "smb_active_directory_settings.domain_name": harmless("the name of the directory in which users sign in"),
      "smb_active_directory_settings.domain_controllers": servers(
        "storagegateway.directory",
        "whoever runs the directory says who signs in",
      ),
      "smb_active_directory_settings.organizational_unit": harmless("a place in the directory's tree"),
      smb_file_share_visibility: harmless("whether shares are listed"),
      gateway_timezone: harmless("how times are read"),
    },
    also: appliance,
  }),
  aws_storagegateway_nfs_file_share: moves("serves a bucket over NFS", {
    docs: guide("CreatingAnNFSFileShare"),
    attributes: {
      ...share,
      client_list: harmless("judged below, by where the appliance stands"),
      nfs_file_share_defaults: harmless("owner and permissions of files"),
    },
    also: nfsClients,
  }),
  aws_storagegateway_smb_file_share: moves("serves a bucket over SMB", {
    docs: guide("CreatingAnSMBFileShare"),
    attributes: {
      ...share,
      admin_user_list: harmless("users of the directory"),
      valid_user_list: harmless("users of the directory"),
      invalid_user_list: harmless("users of the directory"),
      smb_acl_enabled: harmless("whose permissions count"),
    },
    also: smbGuests,
  }),
  aws_storagegateway_file_system_association: moves("serves a Windows file system of FSx", {
    docs: resourcePage("storagegateway_file_system_association"),
    data: "location_arn",
    attributes: {
      gateway_arn: servedBy,
      location_arn: uses("the file system that is served"),
      audit_destination_arn: share.audit_destination_arn,
      username: harmless("a user of the file system"),
    },
  }),
  aws_storagegateway_cached_iscsi_volume: holds("a volume in AWS, served by a gateway", {
    docs: resourcePage("storagegateway_cached_iscsi_volume"),
    attributes: { ...volume, source_volume_arn: receives("the volume that is copied") },
  }),
  aws_storagegateway_stored_iscsi_volume: holds("a volume of a gateway, copied to AWS", {
    docs: resourcePage("storagegateway_stored_iscsi_volume"),
    attributes: { ...volume, disk_id: harmless("a disk of the appliance") },
  }),
  aws_storagegateway_tape_pool: inert(
    "how long tapes are kept, in the same region",
    resourcePage("storagegateway_tape_pool"),
  ),
  aws_storagegateway_cache: disk("a disk of a gateway for what is used last", "storagegateway_cache"),
  aws_storagegateway_upload_buffer: disk(
    "a disk of a gateway for what is not uploaded yet",
    "storagegateway_upload_buffer",
    { disk_path: harmless("a disk of the appliance") },
  ),
  aws_storagegateway_working_storage: disk(
    "a disk of a gateway for what is not uploaded yet",
    "storagegateway_working_storage",
  ),
  ...lookups({ storagegateway_local_disk: "a disk of a gateway" }),
});
