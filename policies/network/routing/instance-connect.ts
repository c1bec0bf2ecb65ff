/**
 * EC2 Instance Connect endpoints: whoever may call OpenTunnel, from anywhere on the internet, opens connections from the
 * endpoint's interface to instances, with no gateway and no public address
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html). Nothing in the
 * endpoint binds the caller to a place. Without groups of its own it has the VPC's default one; client addresses are
 * kept only if it says so, and then the instances' groups see those.
 */
import { attribute } from "../../configuration/resource";
import { find } from "../../configuration/value";
import { allOf, certainly, withAddress } from "../filters/filters";
import { TCP } from "../packets/packet";
import { PacketSet } from "../packets/packets";
import { single } from "../packets/ranges";
import { connectPeople } from "./client-vpn";
import type { Topology } from "./topology";

export function addInstanceConnect(topology: Topology): void {
  for (const endpoint of topology.reader.ofType("aws_ec2_instance_connect_endpoint")) {
    for (const resource of topology.reader.named(attribute(endpoint, "subnet_id")).resources) {
      const subnet = topology.vpcs.subnetOf(resource);
      if (!subnet) continue;
      const values = find(endpoint.values, "security_group_ids").map(({ value }) => value);
      const named = values.flatMap((value) => topology.groups.named(value));
      const groups = named.length > 0 ? named : [topology.groups.defaultOf(subnet.vpc)];
      const tcp = certainly(
        PacketSet.of(4, { protocol: single(TCP) }).union(PacketSet.of(6, { protocol: single(TCP) })),
      );
      connectPeople(topology, endpoint, subnet, {
        channel: "ec2.instance-connect",
        requests: allOf(allOf(withAddress("source", subnet.blocks), tcp), topology.groups.together(groups, "egress")),
        hops: [
          {
            by: endpoint,
            attribute: "subnet_id",
            why: `${endpoint.address} lets callers from anywhere into ${subnet.name}`,
          },
        ],
      });
    }
  }
}
