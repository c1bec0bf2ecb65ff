/** Amazon Aurora DSQL. Members of a multi-Region cluster hold the same data; a witness keeps the log of changes. */
import { holds, moves, sends, service, uses } from "../flows/vocabulary";

const page = "https://docs.aws.amazon.com/aurora-dsql/latest/userguide/disaster-recovery-resiliency.html";

const member = sends("dsql.multi-region", "arn", { why: "every change is copied to this cluster" });
/** "The witness Region … stores a limited window of encrypted transaction logs" */
const witness = sends("dsql.multi-region", "region", { why: "a witness there keeps the log of changes" });

export default service("Amazon Aurora DSQL", {
  aws_dsql_cluster: holds("a database cluster, perhaps joined to others in other regions", {
    docs: page,
    attributes: {
      kms_encryption_key: uses("the key that encrypts the cluster"),
      "multi_region_properties.clusters": member,
      "multi_region_properties.witness_region": witness,
    },
  }),
  aws_dsql_cluster_peering: moves("joins clusters of several regions", {
    docs: page,
    data: "identifier",
    attributes: {
      identifier: uses("the cluster that is joined to others"),
      clusters: member,
      witness_region: witness,
    },
  }),
});
