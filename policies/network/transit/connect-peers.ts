/**
 * Connect peers: GRE tunnels to appliances, over an attachment of a transit gateway or a core network
 * (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-connect.html,
 * https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-connect-attachment.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { parseBlock } from "../packets/addresses";
import { deviceAt } from "../routing/peers";
import { type Topology, toExtents } from "../routing/topology";
import type { Line } from "../routing/vpn";

/** The tunnels that end at devices elsewhere, of the peers that a Connect attachment has. */
export function connectPeerLines(topology: Topology, peers: readonly Resource[], channel: string): Line[] {
  return peers.flatMap((by): Line[] => {
    const address = attribute(by, "peer_address");
    if (isOwn(topology, address)) return [];
    const peer = deviceAt(topology, address, `the far end of ${by.address}`);
    return [{ by, attribute: "peer_address", channel, peer, why: `${by.address} is a tunnel to ${peer.place.id}` }];
  });
}

/** Whether an address belongs to a VPC of this configuration: then an interface there answers for what it sends on. */
function isOwn(topology: Topology, value: Value): boolean {
  if (typeof value !== "string" || !parseBlock(value)) return false;
  const wanted = toExtents(topology.blocks.read(value, "both")).may;
  return topology.vpcs.all.some((vpc) => !vpc.foreign && toExtents(vpc.blocks).must.covers(wanted));
}
