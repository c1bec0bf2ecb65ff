/** AWS Elastic Disaster Recovery: how disks of servers are copied into a staging area. */
import { at, harmless, holds, network, opens, service, uses } from "../flows/vocabulary";

export default service("AWS Elastic Disaster Recovery", {
  aws_drs_replication_configuration_template: holds("copies of servers' disks in a staging subnet", {
    docs: "https://docs.aws.amazon.com/drs/latest/userguide/replication-settings-template.html",
    attributes: {
      // Blocks of a server in one region cross the internet to the staging area in another; PRIVATE_IP takes VPCs' ways.
      data_plane_routing: opens("drs.public-routing", at("data_plane_routing").is("PUBLIC_IP"), {
        why: "blocks of disks are sent over the internet",
      }),
      create_public_ip: network,
      use_dedicated_replication_server: harmless("whether servers are shared"),
      staging_area_subnet_id: network,
      replication_servers_security_groups_ids: network,
      ebs_encryption_key_arn: uses("the key that encrypts the copies"),
      staging_area_tags: harmless("free text"),
    },
    interfaces: [
      {
        subnets: "staging_area_subnet_id",
        groups: "replication_servers_security_groups_ids",
        publicIpv4: { path: "create_public_ip", absent: false },
        ipv6: "never",
        // Replication servers run AWS's own program, which takes blocks in and writes them to volumes.
        initiates: false,
        without: "nothing",
      },
    ],
  }),
});
