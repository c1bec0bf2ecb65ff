/** Volumes, snapshots and images of EC2, and who they are shared with. */
import { filters, grants, harmless, holds, inert, receives, service, shares, stands, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/ebs/latest/userguide/${page}.html`;
const ec2 = (page: string) => `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/${page}.html`;

/** Block devices of an image: computed for copies, so that plans and states show them. */
const devices = {
  "ebs_block_device.snapshot_id": receives("the snapshot that the device is made from"),
  "ebs_block_device.outpost_arn": stands("outpost"),
  "ephemeral_block_device.virtual_name": harmless("a disk of the host"),
};

const key = { kms_key_id: uses("the key that encrypts it") };

/** "Sharing … the account can copy the snapshot": whoever may restore it may copy it to any region. */
const sharedImage = (channel: string) =>
  shares(channel, "principal", { why: "whoever may launch the image may copy it to any region" });

export default service("Amazon EBS", {
  aws_ebs_volume: holds("a volume", {
    docs: guide("ebs-volumes"),
    attributes: {
      ...key,
      availability_zone: stands("zone"),
      outpost_arn: stands("outpost"),
      snapshot_id: receives("the snapshot that the volume is made from"),
      final_snapshot: harmless("a snapshot in the same account and region when the volume is deleted"),
    },
  }),
  aws_volume_attachment: inert(
    "attaches a volume to an instance of the same account and zone, which is judged itself",
    guide("ebs-attaching-volume"),
    {
      volume_id: uses("the volume"),
      instance_id: uses("the instance, of the same account and zone"),
      device_name: harmless("a name within the instance"),
    },
  ),
  // A snapshot of an Outpost's volume is kept in the Outpost's home region unless `outpost_arn` says otherwise; that
  // region is a place of every regional resource ("Amazon EBS local snapshots on Outposts").
  aws_ebs_snapshot: holds("a snapshot of a volume, in the region or on an Outpost", {
    docs: guide("snapshots-outposts"),
    attributes: { outpost_arn: stands("outpost"), volume_id: receives("the volume that is copied") },
  }),
  aws_ebs_snapshot_copy: holds("a copy of a snapshot in the resource's own region", {
    docs: guide("ebs-copy-snapshot"),
    attributes: {
      ...key,
      source_snapshot_id: receives("the snapshot that is copied"),
      source_region: receives("the region it comes from"),
    },
  }),
  aws_ebs_snapshot_import: holds("a snapshot made from a disk image", {
    docs: resourcePage("ebs_snapshot_import"),
    attributes: {
      ...key,
      "disk_container.url": receives("the disk image"),
      "disk_container.user_bucket.s3_bucket": receives("the bucket of the disk image"),
      role_name: uses("the role that reads the image"),
      "client_data.comment": harmless("free text"),
    },
  }),
  aws_snapshot_create_volume_permission: grants("shares a snapshot with an account", {
    docs: guide("ebs-modifying-snapshot-permissions"),
    data: "snapshot_id",
    attributes: {
      snapshot_id: uses("the snapshot that is shared"),
      account_id: shares("ebs.snapshot-sharing", "principal", {
        why: "the account may restore the snapshot, or copy it to any region",
      }),
    },
  }),
  aws_ebs_snapshot_block_public_access: filters("stops snapshots from being shared with everybody", {
    docs: guide("block-public-access-snapshots"),
  }),
  aws_ec2_image_block_public_access: filters("stops images from being shared with everybody", {
    docs: ec2("block-public-access-to-amis"),
    attributes: { state: harmless("whether sharing is stopped; each permission to launch is judged") },
  }),
  aws_ebs_fast_snapshot_restore: inert("keeps a snapshot ready in a zone", guide("ebs-fast-snapshot-restore"), {
    availability_zone: stands("zone"),
    snapshot_id: uses("the snapshot"),
  }),
  aws_ebs_default_kms_key: inert("the key that encrypts volumes by default", resourcePage("ebs_default_kms_key"), {
    key_arn: uses("the key"),
  }),
  aws_ebs_encryption_by_default: inert("encrypts volumes by default", resourcePage("ebs_encryption_by_default")),

  aws_ami: holds("an image made from snapshots", {
    docs: resourcePage("ami"),
    attributes: {
      ...devices,
      image_location: receives("the manifest of an instance-store image"),
      kernel_id: receives("a kernel image"),
      ramdisk_id: receives("a RAM disk image"),
      root_device_name: harmless("a name within the instance"),
      uefi_data: harmless("firmware variables"),
    },
  }),
  aws_ami_copy: holds("a copy of an image in the resource's own region, or on an Outpost", {
    docs: ec2("CopyingAMIs"),
    attributes: {
      ...devices,
      ...key,
      source_ami_id: receives("the image that is copied"),
      source_ami_region: receives("the region it comes from"),
      destination_outpost_arn: stands("outpost"),
    },
  }),
  aws_ami_from_instance: holds("an image of an instance", {
    docs: resourcePage("ami_from_instance"),
    attributes: { ...devices, source_instance_id: receives("the instance that is copied") },
  }),
  aws_ami_launch_permission: grants("shares an image with an account, an organization or everybody", {
    docs: ec2("sharing-amis"),
    data: "image_id",
    attributes: {
      image_id: uses("the image that is shared"),
      account_id: sharedImage("ec2.image-sharing"),
      group: sharedImage("ec2.image-sharing"),
      organization_arn: sharedImage("ec2.image-sharing"),
      organizational_unit_arn: sharedImage("ec2.image-sharing"),
    },
  }),

  ...lookups({
    ami: "an image",
    ami_ids: "the ids of images",
    ebs_default_kms_key: "the key that encrypts volumes by default",
    ebs_encryption_by_default: "whether volumes are encrypted by default",
    ebs_snapshot: "a snapshot",
    ebs_snapshot_ids: "the ids of snapshots",
    ebs_volume: "a volume",
    ebs_volumes: "the ids of volumes",
  }),
});
