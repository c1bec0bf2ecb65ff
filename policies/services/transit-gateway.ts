import { carries, harmless, inert, service, uses } from "../flows/vocabulary";
import { read, tgwGuide } from "./networks";
import { lookups, resourcePage } from "./pages";

const JOINS = ["transit_gateway_default_route_table_association", "transit_gateway_default_route_table_propagation"];

const joined = (what: string, to: "transit_gateway_attachment_id" | "transit_gateway_id") =>
  carries(what, {
    docs: tgwGuide("tgw-route-tables"),
    attributes: read(to, "transit_gateway_route_table_id"),
  });

const multicast = (what: string) =>
  carries(what, {
    docs: tgwGuide("tgw-multicast-overview"),
    data: "network_interface_id",
    attributes: read("transit_gateway_multicast_domain_id", "network_interface_id", "group_ip_address"),
  });

export default service("AWS Transit Gateway", {
  aws_ec2_transit_gateway: carries("joins VPCs, tunnels and other transit gateways by tables of its own", {
    docs: tgwGuide("how-transit-gateways-work"),
    attributes: read(
      "auto_accept_shared_attachments",
      "default_route_table_association",
      "default_route_table_propagation",
      "transit_gateway_cidr_blocks",
      "multicast_support",
    ),
  }),
  aws_ec2_transit_gateway_vpc_attachment: carries("joins a VPC to a transit gateway", {
    docs: tgwGuide("tgw-vpc-attachments"),
    data: "vpc_id",
    attributes: read("transit_gateway_id", "vpc_id", "subnet_ids", ...JOINS),
  }),
  aws_ec2_transit_gateway_vpc_attachment_accepter: carries("lets a VPC of another account join", {
    docs: tgwGuide("accept-tgw-attach"),
    attributes: read("transit_gateway_attachment_id", ...JOINS),
  }),
  aws_ec2_transit_gateway_peering_attachment: carries("joins two transit gateways, also across regions", {
    docs: tgwGuide("tgw-peering"),
    attributes: read(
      "transit_gateway_id",
      "peer_transit_gateway_id",
      "peer_account_id",
      "peer_region",
      "options.dynamic_routing",
    ),
  }),
  aws_ec2_transit_gateway_peering_attachment_accepter: carries("accepts a peering of transit gateways", {
    docs: tgwGuide("tgw-peering"),
    attributes: read("transit_gateway_attachment_id"),
  }),
  aws_ec2_transit_gateway_connect: carries("carries tunnels over an attachment", {
    docs: tgwGuide("tgw-connect"),
    attributes: read("transit_gateway_id", "transport_attachment_id", ...JOINS),
  }),
  aws_ec2_transit_gateway_connect_peer: carries("the far end of a tunnel", {
    docs: tgwGuide("tgw-connect"),
    data: "transit_gateway_attachment_id",
    attributes: {
      ...read("transit_gateway_attachment_id", "peer_address"),
      transit_gateway_address: harmless("the near end of the tunnel"),
      inside_cidr_blocks: harmless("addresses within the tunnel"),
    },
  }),
  aws_ec2_transit_gateway_route_table: carries("where a transit gateway sends packets", {
    docs: tgwGuide("tgw-route-tables"),
    data: "transit_gateway_id",
    attributes: read("transit_gateway_id"),
  }),
  aws_ec2_transit_gateway_route: carries("one route of a transit gateway", {
    docs: tgwGuide("tgw-route-tables"),
    data: "transit_gateway_route_table_id",
    attributes: read(
      "transit_gateway_route_table_id",
      "transit_gateway_attachment_id",
      "destination_cidr_block",
      "blackhole",
    ),
  }),
  aws_ec2_transit_gateway_prefix_list_reference: carries("routes of a transit gateway by a prefix list", {
    docs: tgwGuide("create-prefix-list-reference"),
    data: "transit_gateway_route_table_id",
    attributes: read("transit_gateway_route_table_id", "transit_gateway_attachment_id", "prefix_list_id", "blackhole"),
  }),
  aws_ec2_transit_gateway_route_table_association: joined(
    "which table routes what an attachment hands in",
    "transit_gateway_attachment_id",
  ),
  aws_ec2_transit_gateway_route_table_propagation: joined(
    "puts an attachment's addresses into a table",
    "transit_gateway_attachment_id",
  ),
  aws_ec2_transit_gateway_default_route_table_association: joined(
    "which table new attachments use",
    "transit_gateway_id",
  ),
  aws_ec2_transit_gateway_default_route_table_propagation: joined(
    "which table learns of new attachments",
    "transit_gateway_id",
  ),
  aws_ec2_transit_gateway_policy_table: carries("rules by which a peering to a core network picks a table", {
    docs: tgwGuide("tgw-policy-tables"),
    attributes: read("transit_gateway_id"),
  }),
  aws_ec2_transit_gateway_policy_table_association: carries("gives an attachment such rules", {
    docs: tgwGuide("tgw-policy-tables"),
    attributes: read("transit_gateway_attachment_id", "transit_gateway_policy_table_id"),
  }),
  aws_ec2_transit_gateway_multicast_domain: inert(
    "a group of subnets that packets can be copied in; who gets them, its members say",
    tgwGuide("tgw-multicast-overview"),
    { transit_gateway_id: uses("the transit gateway") },
  ),
  aws_ec2_transit_gateway_multicast_domain_association: carries("a subnet that multicast packets reach", {
    docs: tgwGuide("tgw-multicast-overview"),
    attributes: read("transit_gateway_multicast_domain_id", "subnet_id", "transit_gateway_attachment_id"),
  }),
  aws_ec2_transit_gateway_multicast_group_member: multicast("an interface that gets multicast packets"),
  aws_ec2_transit_gateway_multicast_group_source: multicast("an interface that sends multicast packets"),

  aws_vpn_concentrator: inert(
    "bundles tunnels of small sites; each tunnel is a connection of its own",
    resourcePage("vpn_concentrator"),
    {
      transit_gateway_id: uses("the transit gateway"),
    },
  ),

  ...lookups({
    ec2_transit_gateway: "a transit gateway",
    ec2_transit_gateway_attachment: "an attachment",
    ec2_transit_gateway_attachments: "attachments",
    ec2_transit_gateway_connect: "an attachment that carries tunnels",
    ec2_transit_gateway_connect_peer: "the far end of a tunnel",
    ec2_transit_gateway_dx_gateway_attachment: "the attachment of a Direct Connect gateway",
    ec2_transit_gateway_multicast_domain: "a multicast domain",
    ec2_transit_gateway_peering_attachment: "a peering",
    ec2_transit_gateway_peering_attachments: "peerings",
    ec2_transit_gateway_route_table: "a route table",
    ec2_transit_gateway_route_table_associations: "associations",
    ec2_transit_gateway_route_table_propagations: "propagations",
    ec2_transit_gateway_route_table_routes: "routes",
    ec2_transit_gateway_route_tables: "route tables",
    ec2_transit_gateway_vpc_attachment: "the attachment of a VPC",
    ec2_transit_gateway_vpc_attachments: "attachments of VPCs",
    ec2_transit_gateway_vpn_attachment: "the attachment of a tunnel",
  }),
});
