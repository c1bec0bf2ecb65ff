/** Copies of RDS and Aurora databases: snapshots and who they are shared with, replicated backups, exports, integrations. */
import { harmless, holds, moves, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/${page}.html`;

/** "If you specify `all`, the snapshot is public" (ModifyDBSnapshotAttribute). */
const shared = shares("rds.snapshot-sharing", "principal", {
  why: "the account may restore the snapshot, or copy it to any region",
});

const copy = {
  kms_key_id: uses("the key that encrypts the copy"),
  shared_accounts: shared,
  destination_region: sends("rds.snapshot-copy", "region", { why: "the snapshot is copied there" }),
  presigned_url: harmless("a signed request to the region that the snapshot comes from"),
};

export default service("Amazon RDS snapshots and exports", {
  aws_db_snapshot: holds("a snapshot of an instance", {
    docs: guide("USER_ShareSnapshot"),
    attributes: {
      db_instance_identifier: receives("the instance that is copied"),
      db_snapshot_identifier: harmless("its own name"),
      shared_accounts: shared,
    },
  }),
  aws_db_cluster_snapshot: holds("a snapshot of a cluster", {
    docs: guide("USER_ShareSnapshot"),
    attributes: {
      db_cluster_identifier: receives("the cluster that is copied"),
      db_cluster_snapshot_identifier: harmless("its own name"),
      shared_accounts: shared,
    },
  }),
  aws_db_snapshot_copy: holds("a copy of a snapshot of an instance", {
    docs: guide("USER_CopySnapshot"),
    attributes: {
      ...copy,
      source_db_snapshot_identifier: receives("the snapshot that is copied"),
      target_db_snapshot_identifier: harmless("its own name"),
      target_custom_availability_zone: sends("rds.snapshot-copy", "zone", { why: "the snapshot is copied there" }),
      option_group_name: uses("options of what is restored from it"),
    },
  }),
  aws_rds_cluster_snapshot_copy: holds("a copy of a snapshot of a cluster", {
    docs: guide("USER_CopySnapshot"),
    attributes: {
      ...copy,
      source_db_cluster_snapshot_identifier: receives("the snapshot that is copied"),
      target_db_cluster_snapshot_identifier: harmless("its own name"),
    },
  }),
  aws_db_instance_automated_backups_replication: holds(
    "backups of an instance, copied into the resource's own region",
    {
      docs: guide("USER_ReplicateBackups"),
      attributes: {
        source_db_instance_arn: receives("the instance whose backups are copied"),
        kms_key_id: uses("the key that encrypts the copies"),
        pre_signed_url: harmless("a signed request to the region that the backups come from"),
      },
    },
  ),
  aws_rds_export_task: moves("writes a snapshot as files into a bucket", {
    docs: guide("USER_ExportSnapshot"),
    data: "source_arn",
    attributes: {
      source_arn: uses("the snapshot or cluster that is exported"),
      s3_bucket_name: sends("rds.export", "bucket", { why: "all rows are written there" }),
      iam_role_arn: uses("the role that writes the files"),
      kms_key_id: uses("the key that encrypts the files"),
      export_only: harmless("which tables are exported"),
    },
  }),
  aws_rds_integration: moves("copies every change of a database into a data warehouse", {
    docs: guide("zero-etl"),
    data: "source_arn",
    attributes: {
      source_arn: uses("the database that is copied"),
      target_arn: sends("rds.integration", "arn", { why: "every change is copied there" }),
      kms_key_id: uses("the key that encrypts the integration"),
      data_filter: harmless("which tables are copied"),
      additional_encryption_context: harmless("text that is bound to the encryption"),
    },
  }),
  ...lookups({ db_cluster_snapshot: "a snapshot", db_snapshot: "a snapshot" }),
});
