/**
 * Arguments that say what a resource of the network belongs to. A route whose table is not known may stand in any table,
 * an association in any subnet: the paths they would make are not looked for one by one, they leave the question open.
 *
 * Only arguments stand here by which something could be *added* to a network. Where a filter belongs that is not known,
 * it is taken for absent; a value that is read as a set (an address block, a target) is bounded where it is read.
 */
import { attribute, type Resource, type Undecided } from "../../configuration/resource";
import { find, isUnknown, unbounded } from "../../configuration/value";
import type { RoomInput } from "../../flows/flow";
import { isComputed } from "./read";

const TRANSIT = ["transit_gateway_id", "transit_gateway_attachment_id", "transit_gateway_route_table_id"];

/** Arguments by type; a type that ends in `*` stands for all that begin so. */
const BELONGING: Readonly<Record<string, readonly string[]>> = {
  aws_route: ["route_table_id"],
  aws_route_table: ["vpc_id"],
  aws_default_route_table: ["default_route_table_id"],
  aws_main_route_table_association: ["vpc_id", "route_table_id"],
  aws_route_table_association: ["subnet_id", "gateway_id"],
  aws_subnet: ["vpc_id"],
  aws_ec2_managed_prefix_list_entry: ["prefix_list_id"],
  aws_internet_gateway_attachment: ["internet_gateway_id", "vpc_id"],
  aws_nat_gateway: ["subnet_id", "vpc_id", "availability_mode"],
  aws_security_group_rule: ["security_group_id"],
  aws_vpc_security_group_ingress_rule: ["security_group_id"],
  aws_vpc_security_group_egress_rule: ["security_group_id"],
  aws_network_acl_rule: ["network_acl_id"],
  aws_network_acl_association: ["network_acl_id", "subnet_id"],
  aws_eip: ["instance", "network_interface"],
  aws_eip_association: ["instance_id", "network_interface_id"],
  aws_network_interface_attachment: ["instance_id", "network_interface_id"],
  aws_network_interface_sg_attachment: ["network_interface_id", "security_group_id"],
  aws_vpn_connection: ["vpn_gateway_id", "transit_gateway_id"],
  aws_vpn_connection_route: ["vpn_connection_id"],
  aws_vpn_gateway_attachment: ["vpn_gateway_id", "vpc_id"],
  aws_vpn_gateway_route_propagation: ["route_table_id"],
  aws_dx_gateway_association: ["associated_gateway_id"],
  aws_dx_private_virtual_interface: ["dx_gateway_id", "vpn_gateway_id"],
  aws_dx_transit_virtual_interface: ["dx_gateway_id"],
  aws_dx_hosted_private_virtual_interface_accepter: ["dx_gateway_id", "vpn_gateway_id"],
  aws_dx_hosted_transit_virtual_interface_accepter: ["dx_gateway_id"],
  aws_ec2_transit_gateway_vpc_attachment: ["transit_gateway_id", "subnet_ids"],
  "aws_ec2_transit_gateway_*": TRANSIT,
  aws_networkfirewall_firewall: ["vpc_id", "subnet_mapping.subnet_id", "transit_gateway_id"],
  aws_networkfirewall_vpc_endpoint_association: ["vpc_id", "subnet_mapping.subnet_id"],
  aws_vpc_endpoint: ["subnet_ids"],
  aws_vpc_route_server_endpoint: ["route_server_id"],
  aws_vpc_route_server_peer: ["route_server_endpoint_id"],
  aws_vpc_route_server_propagation: ["route_server_id", "route_table_id"],
  aws_route53_resolver_rule: ["resolver_endpoint_id", "target_ip"],
  aws_route53_resolver_firewall_config: ["resource_id"],
  aws_route53_resolver_firewall_rule: ["firewall_rule_group_id"],
  aws_route53_resolver_firewall_rule_group_association: ["vpc_id"],
  "aws_networkmanager_*": [
    "core_network_id",
    "connect_attachment_id",
    "peering_id",
    "subnet_arns",
    "transport_attachment_id",
  ],
  aws_ec2_client_vpn_network_association: ["client_vpn_endpoint_id", "subnet_id"],
  aws_ec2_client_vpn_authorization_rule: ["client_vpn_endpoint_id"],
  aws_lb_target_group_attachment: ["target_group_arn"],
  aws_alb_target_group_attachment: ["target_group_arn"],
  aws_vpclattice_resource_gateway: ["subnet_ids"],
  aws_vpclattice_resource_configuration: ["resource_gateway_identifier", "resource_configuration_definition"],
};

/** Arguments of which the room takes one meaning: with several, which VPC or gateway something is in stays open. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  aws_subnet: ["vpc_id"],
  aws_route_table: ["vpc_id"],
  aws_default_route_table: ["default_route_table_id"],
  aws_nat_gateway: ["subnet_id", "vpc_id"],
  aws_vpc_endpoint: ["vpc_id"],
  aws_vpc_peering_connection: ["vpc_id", "peer_vpc_id"],
  aws_vpn_gateway: ["vpc_id"],
  aws_networkfirewall_firewall: ["vpc_id", "transit_gateway_id"],
  aws_ec2_transit_gateway_vpc_attachment: ["transit_gateway_id", "vpc_id"],
  aws_ec2_transit_gateway_route_table: ["transit_gateway_id"],
  aws_ec2_transit_gateway_peering_attachment: ["transit_gateway_id", "peer_transit_gateway_id"],
  aws_ec2_transit_gateway_connect: ["transit_gateway_id"],
  aws_vpn_connection: ["vpn_gateway_id", "transit_gateway_id"],
  aws_networkmanager_vpc_attachment: ["core_network_id", "vpc_arn"],
};

const PATTERNS = Object.keys(BELONGING).filter((type) => type.endsWith("*"));

function argumentsOf(type: string): readonly string[] {
  const pattern = PATTERNS.find((one) => type.startsWith(one.slice(0, -1)));
  const own = Object.hasOwn(BELONGING, type) ? BELONGING[type] : [];
  return pattern ? [...own, ...BELONGING[pattern]] : own;
}

export function unboundedArguments(input: RoomInput): Undecided[] {
  const undecided: Undecided[] = [];
  for (const resource of input.resources) {
    if (resource.mode !== "managed") continue;
    for (const path of argumentsOf(resource.type)) undecided.push(...openAt(resource, path));
    const homes = Object.hasOwn(HOMES, resource.type) ? HOMES[resource.type] : [];
    for (const path of homes) undecided.push(...severalAt(resource, path));
  }
  return undecided;
}

function openAt(resource: Resource, path: string): Undecided[] {
  return find(resource.values, path).flatMap(({ value, at }): Undecided[] => {
    const open = unbounded(value);
    if (!open || isComputed(open)) return [];
    const from = open.references.map(({ address }) => address).join(", ");
    return [
      {
        resource: resource.address,
        stack: resource.stack,
        attribute: at,
        reason: "unknown-value",
        message: `${at} comes from ${from === "" ? "nothing that can be seen" : from}: ${open.why}, so what it joins is not known`,
      },
    ];
  });
}

function severalAt(resource: Resource, path: string): Undecided[] {
  const value = attribute(resource, path);
  if (!isUnknown(value) || (value.candidates?.length ?? 0) < 2) return [];
  return [
    {
      resource: resource.address,
      stack: resource.stack,
      attribute: path,
      reason: "unknown-value",
      message: `${path} may be one of several: ${value.why}, so what it joins is not known`,
    },
  ];
}
