/** Clusters of hardware security modules in a VPC. */
import { harmless, holds, network, receives, service, stands, uses } from "../flows/vocabulary";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/cloudhsm/latest/userguide/${page}.html`;

export default service("AWS CloudHSM", {
  aws_cloudhsm_v2_cluster: holds("a cluster of hardware security modules", {
    docs: guide("clusters"),
    attributes: {
      subnet_ids: network,
      source_backup_identifier: receives("the backup that is restored into this cluster"),
    },
    // Modules have addresses of the cluster's subnets in a security group that the service makes, which lets in only its
    // own members ("Reconfigure the security group").
    interfaces: [{ subnets: "subnet_ids", publicIpv4: "never", ipv6: "never", initiates: false, without: "nothing" }],
  }),
  aws_cloudhsm_v2_hsm: holds("a module of a cluster", {
    docs: guide("add-remove-hsm"),
    attributes: {
      cluster_id: uses("the cluster that it belongs to"),
      availability_zone: stands("zone"),
      subnet_id: network,
      ip_address: harmless("its own address in the subnet"),
    },
  }),
  ...lookups({ cloudhsm_v2_cluster: "a cluster" }),
});
