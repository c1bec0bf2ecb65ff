/**
 * Peerings of transit gateways: one attachment with an end at either gateway; routes to it are static, nothing propagates
 * (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import { deviceAt, type Peer, peerOf } from "../routing/peers";
import {
  ALWAYS,
  type Attachment,
  GATEWAYS,
  gatewayKey,
  idOf,
  keyOf,
  type TransitGatewayAttachments,
} from "./transit-gateway-attachments";

export function addPeerings(attachments: TransitGatewayAttachments): void {
  const { topology } = attachments;
  const { reader } = topology;
  for (const by of reader.ofType("aws_ec2_transit_gateway_peering_attachment")) {
    const near = attachments.gatewayOf(by, "transit_gateway_id");
    if (near === undefined) continue;
    const value = attribute(by, "peer_transit_gateway_id");
    const named = reader.named(value, GATEWAYS);
    const far = named.resources.find((one) => one.mode === "managed");
    if (far) {
      const there = gatewayKey(far);
      attachments.add({ ...end(by, near), peer: end(by, there).key });
      attachments.add({ ...end(by, there), peer: end(by, near).key });
      continue;
    }
    const [gateway] = named.resources;
    const account = attribute(by, "peer_account_id");
    const peer = peerOf(topology, by, gateway ? idOf(gateway) : value, account, attribute(by, "peer_region"));
    const why = `${by.address} leads to the transit gateway of ${peer.place.id}`;
    attachments.add(foreign(by, near, "peer_transit_gateway_id", peer, why));
  }
  for (const by of reader.ofType("aws_ec2_transit_gateway_peering_attachment_accepter")) {
    if (attachments.accepts(by, "aws_ec2_transit_gateway_peering_attachment")) continue;
    const at = "transit_gateway_attachment_id";
    const peer = deviceAt(topology, attribute(by, at), `the peer that ${by.address} accepts`);
    const why = `${by.address} accepts a peering that was asked for elsewhere`;
    for (const gateway of reader.ofType("aws_ec2_transit_gateway"))
      attachments.add(foreign(by, gatewayKey(gateway), at, peer, why));
  }
}

/** One end of a peering. */
const end = (by: Resource, gateway: string): Attachment => ({
  key: `${keyOf(by)} at ${gateway}`,
  by,
  gateway,
  subnets: [],
  lines: [],
  announces: "nothing",
  joinsDefault: ALWAYS,
});

/** The near end of a peering whose far end is kept elsewhere. */
const foreign = (by: Resource, gateway: string, at: string, peer: Peer, why: string): Attachment => ({
  ...end(by, gateway),
  lines: [{ by, attribute: at, channel: "tgw.peering", peer, why }],
});
