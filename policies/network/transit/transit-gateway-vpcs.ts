/**
 * What stays in AWS of a transit gateway's attachments: VPCs, those of other accounts that are let join, and firewalls
 * that are attached themselves (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html,
 * https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_CreateFirewall.html, "TransitGatewayId").
 */
import { attribute, type Resource } from "../../configuration/resource";
import { deviceAt } from "../routing/peers";
import { ALWAYS, gatewayKey, joinsDefault, keyOf, type TransitGatewayAttachments } from "./transit-gateway-attachments";
import { attachedVpc, type VpcAttachmentNames } from "./vpc-attachments";

export const VPC_NAMES: VpcAttachmentNames = { vpc: "vpc_id", subnets: "subnet_ids", channel: "tgw.vpc" };

export function addVpcs(attachments: TransitGatewayAttachments): void {
  const { topology } = attachments;
  const { reader } = topology;
  for (const by of reader.ofType("aws_ec2_transit_gateway_vpc_attachment")) {
    const gateway = attachments.gatewayOf(by, "transit_gateway_id");
    if (gateway === undefined) continue;
    const attached = attachedVpc(topology, by, VPC_NAMES);
    const announces = attached.vpc ? attached.vpc.blocks : "anything";
    attachments.add({ key: keyOf(by), by, gateway, ...attached, announces, joinsDefault: joinsDefault(by) });
  }
  for (const by of reader.ofType("aws_ec2_transit_gateway_vpc_attachment_accepter")) {
    if (!attachments.accepts(by, "aws_ec2_transit_gateway_vpc_attachment")) addForeignVpc(attachments, by);
  }
}

/** An accepter without its requester accepts a VPC of someone else; at which gateway is not written. */
function addForeignVpc(attachments: TransitGatewayAttachments, by: Resource): void {
  const { topology } = attachments;
  const at = "transit_gateway_attachment_id";
  const peer = deviceAt(topology, attribute(by, at), `the VPC that ${by.address} accepts`);
  const why = `${by.address} lets a VPC of another account join`;
  for (const gateway of topology.reader.ofType("aws_ec2_transit_gateway")) {
    attachments.add({
      key: `${keyOf(by)} at ${gatewayKey(gateway)}`,
      by,
      gateway: gatewayKey(gateway),
      subnets: [],
      lines: [{ by, attribute: at, channel: "tgw.shared", peer, why }],
      announces: "anything",
      joinsDefault: joinsDefault(by),
    });
  }
}

/** A firewall that is attached itself: what comes to it goes on by the table of its attachment. */
export function addFirewalls(attachments: TransitGatewayAttachments): void {
  for (const by of attachments.topology.reader.ofType("aws_networkfirewall_firewall")) {
    const gateway = attachments.gatewayOf(by, "transit_gateway_id");
    if (gateway === undefined) continue;
    attachments.add({
      key: keyOf(by),
      by,
      gateway,
      subnets: [],
      lines: [],
      announces: "nothing",
      joinsDefault: ALWAYS,
      firewall: true,
    });
  }
}
