/**
 * The attachments of a transit gateway that lead to devices: Site-to-Site VPN, Direct Connect gateways, Connect
 * (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpn-attachments.html, tgw-dcg-attachments.html, tgw-connect.html).
 */
import { attribute } from "../../configuration/resource";
import { truth } from "../reading/read";
import { linesOfAssociation, vpnLine } from "../routing/vpn";
import { connectPeerLines } from "./connect-peers";
import { ALWAYS, joinsDefault, keyOf, type TransitGatewayAttachments } from "./transit-gateway-attachments";

export function addVpns(attachments: TransitGatewayAttachments): void {
  const { topology } = attachments;
  for (const by of topology.reader.ofType("aws_vpn_connection")) {
    const gateway = attachments.gatewayOf(by, "transit_gateway_id");
    if (gateway === undefined) continue;
    const routedStatically = truth(attribute(by, "static_routes_only"), false) === "yes";
    attachments.add({
      key: keyOf(by),
      by,
      gateway,
      subnets: [],
      lines: [vpnLine(topology, by)],
      announces: routedStatically ? "nothing" : "anything",
      joinsDefault: ALWAYS,
    });
  }
}

export function addDirectConnects(attachments: TransitGatewayAttachments): void {
  const { topology } = attachments;
  for (const by of topology.reader.ofType("aws_dx_gateway_association")) {
    const gateway = attachments.gatewayOf(by, "associated_gateway_id");
    if (gateway === undefined) continue;
    attachments.add({
      key: keyOf(by),
      by,
      gateway,
      subnets: [],
      lines: linesOfAssociation(topology, by),
      announces: "anything",
      joinsDefault: ALWAYS,
    });
  }
}

/** Connect attachments carry GRE to a peer address, over a VPC or a Direct Connect attachment. */
export function addConnects(attachments: TransitGatewayAttachments): void {
  const { topology } = attachments;
  const { context } = topology.input;
  for (const by of topology.reader.ofType("aws_ec2_transit_gateway_connect")) {
    const gateway = attachments.gatewayOf(by, "transit_gateway_id");
    if (gateway === undefined) continue;
    const peers = context.referring("aws_ec2_transit_gateway_connect_peer", "transit_gateway_attachment_id", by);
    attachments.add({
      key: keyOf(by),
      by,
      gateway,
      subnets: [],
      lines: connectPeerLines(topology, peers, "tgw.connect"),
      announces: "anything",
      joinsDefault: joinsDefault(by),
    });
  }
}
