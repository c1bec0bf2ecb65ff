import {
  carries,
  filters,
  grants,
  harmless,
  inert,
  places,
  sends,
  service,
  shares,
  stands,
  uses,
} from "../flows/vocabulary";
import { read, vpcGuide } from "./networks";
import { actionPage, lookups, resourcePage } from "./pages";

const RULES = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "protocol", "from_port", "to_port", "self"];
const ROUTE_TARGETS = [
  "carrier_gateway_id",
  "core_network_arn",
  "egress_only_gateway_id",
  "gateway_id",
  "local_gateway_id",
  "nat_gateway_id",
  "network_interface_id",
  "transit_gateway_id",
  "vpc_endpoint_id",
  "vpc_peering_connection_id",
];
const IPV4_SPACE = ["cidr_block", "ipv4_ipam_pool_id", "ipv4_netmask_length"];
const IPV6_SPACE = ["ipv6_cidr_block", "assign_generated_ipv6_cidr_block", "ipv6_ipam_pool_id", "ipv6_netmask_length"];

const vpcAttributes = {
  ...read("cidr_block", ...IPV6_SPACE, "enable_dns_support", "ipv6_cidr_block_network_border_group"),
  enable_dns_hostnames: harmless("gives instances names; the names lead to the same addresses"),
  enable_network_address_usage_metrics: harmless("counts addresses"),
};
const subnetAttributes = {
  ...read("vpc_id", "cidr_block", "ipv6_cidr_block", "ipv6_native", "map_public_ip_on_launch", "enable_dns64"),
  ...read("assign_ipv6_address_on_creation", "customer_owned_ipv4_pool", "map_customer_owned_ip_on_launch"),
  enable_lni_at_device_index: harmless(
    "interfaces in the LAN of the Outpost's own site; where that is outpost_arn says",
  ),
  private_dns_hostname_type_on_launch: harmless("what instances' names are made of"),
  availability_zone: stands("zone"),
};
const groupAttributes = {
  ...read("vpc_id", "ingress", "egress"),
  revoke_rules_on_delete: harmless("what is done when the group goes"),
};

const groupRule = {
  docs: vpcGuide("security-group-rules"),
  data: "security_group_id",
  attributes: read(
    "security_group_id",
    "cidr_ipv4",
    "cidr_ipv6",
    "prefix_list_id",
    "referenced_security_group_id",
    "ip_protocol",
    "from_port",
    "to_port",
  ),
};

export default service("Amazon VPC", {
  aws_vpc: carries("a network of its own; nothing leaves it but by gateways, endpoints and its resolver", {
    docs: vpcGuide("how-it-works"),
    attributes: { ...vpcAttributes, ...read(...IPV4_SPACE) },
  }),
  aws_default_vpc: carries("adopts the default VPC, which has an internet gateway and public subnets", {
    docs: vpcGuide("default-vpc-components"),
    attributes: vpcAttributes,
  }),
  aws_vpc_ipv4_cidr_block_association: carries("gives a VPC a further IPv4 block", {
    docs: vpcGuide("vpc-cidr-blocks"),
    data: "vpc_id",
    attributes: read("vpc_id", ...IPV4_SPACE),
  }),
  aws_vpc_ipv6_cidr_block_association: carries("gives a VPC a further IPv6 block", {
    docs: vpcGuide("vpc-cidr-blocks"),
    data: "vpc_id",
    attributes: read("vpc_id", "ipv6_pool", ...IPV6_SPACE),
  }),
  aws_subnet: places("a range of a VPC's addresses in one zone or on one Outpost", {
    docs: vpcGuide("configure-subnets"),
    attributes: { ...subnetAttributes, availability_zone_id: stands("zone"), outpost_arn: stands("outpost") },
  }),
  aws_default_subnet: places("adopts a default subnet, which gives public addresses", {
    docs: vpcGuide("default-vpc-components"),
    attributes: subnetAttributes,
  }),
  aws_ec2_subnet_cidr_reservation: inert(
    "keeps addresses of a subnet free",
    vpcGuide("subnet-cidr-reservation"),
    read("subnet_id", "cidr_block"),
  ),

  aws_route_table: carries("says where packets of a subnet or a gateway go", {
    docs: vpcGuide("VPC_Route_Tables"),
    data: "vpc_id",
    attributes: read("vpc_id", "route", "propagating_vgws"),
  }),
  aws_default_route_table: carries("adopts a VPC's first route table and takes away the routes it does not name", {
    docs: vpcGuide("VPC_Route_Tables"),
    attributes: read("default_route_table_id", "route", "propagating_vgws"),
  }),
  aws_main_route_table_association: carries("makes a route table a VPC's main one", {
    docs: vpcGuide("VPC_Route_Tables"),
    data: "vpc_id",
    attributes: read("vpc_id", "route_table_id"),
  }),
  aws_route_table_association: carries("gives a subnet or a gateway its route table", {
    docs: vpcGuide("VPC_Route_Tables"),
    attributes: read("subnet_id", "gateway_id", "route_table_id"),
  }),
  aws_route: carries("one route of a table", {
    docs: vpcGuide("route-table-options"),
    attributes: read(
      "route_table_id",
      "destination_cidr_block",
      "destination_ipv6_cidr_block",
      "destination_prefix_list_id",
      ...ROUTE_TARGETS,
    ),
  }),
  aws_ec2_managed_prefix_list: carries("a list of address blocks for routes and rules", {
    docs: vpcGuide("managed-prefix-lists"),
    attributes: read("entry"),
  }),
  aws_ec2_managed_prefix_list_entry: carries("one block of a prefix list", {
    docs: vpcGuide("managed-prefix-lists"),
    data: "prefix_list_id",
    attributes: read("prefix_list_id", "cidr"),
  }),

  aws_internet_gateway: carries("joins a VPC to the internet", {
    docs: vpcGuide("VPC_Internet_Gateway"),
    data: "vpc_id",
    attributes: read("vpc_id"),
  }),
  aws_internet_gateway_attachment: carries("attaches an internet gateway to a VPC", {
    docs: vpcGuide("VPC_Internet_Gateway"),
    data: "vpc_id",
    attributes: read("vpc_id", "internet_gateway_id"),
  }),
  aws_egress_only_internet_gateway: carries("lets IPv6 connections out to the internet", {
    docs: vpcGuide("egress-only-internet-gateway"),
    data: "vpc_id",
    attributes: read("vpc_id"),
  }),
  aws_nat_gateway: carries("lets connections out under an address of its own", {
    docs: vpcGuide("nat-gateway-basics"),
    attributes: read(
      "subnet_id",
      "vpc_id",
      "connectivity_type",
      "availability_mode",
      "availability_zone_address",
      "allocation_id",
      "secondary_allocation_ids",
      "private_ip",
      "secondary_private_ip_addresses",
    ),
  }),
  aws_nat_gateway_eip_association: carries("gives a NAT gateway a further public address", {
    docs: vpcGuide("nat-gateway-basics"),
    data: "nat_gateway_id",
    attributes: read("nat_gateway_id", "allocation_id"),
  }),
  aws_ec2_carrier_gateway: carries("joins subnets in Wavelength Zones to the carrier's network and the internet", {
    docs: "https://docs.aws.amazon.com/vpc/latest/userguide/Carrier_Gateway.html",
    data: "vpc_id",
    attributes: read("vpc_id"),
  }),

  aws_security_group: filters("what an interface lets in and out", {
    docs: vpcGuide("vpc-security-groups"),
    attributes: groupAttributes,
  }),
  aws_default_security_group: filters("adopts the group that interfaces without any get, and takes its rules away", {
    docs: vpcGuide("default-security-group"),
    attributes: groupAttributes,
  }),
  aws_security_group_rule: filters("one rule of a security group", {
    docs: vpcGuide("security-group-rules"),
    data: "security_group_id",
    attributes: read("security_group_id", "type", "source_security_group_id", ...RULES),
  }),
  aws_vpc_security_group_ingress_rule: filters("lets traffic in", groupRule),
  aws_vpc_security_group_egress_rule: filters("lets traffic out", groupRule),
  aws_vpc_security_group_vpc_association: filters("lets a group be used in a further VPC", {
    docs: vpcGuide("security-group-assoc"),
    data: "security_group_id",
    attributes: read("security_group_id", "vpc_id"),
  }),
  aws_network_acl: filters("what subnets let in and out", {
    docs: vpcGuide("vpc-network-acls"),
    attributes: read("vpc_id", "subnet_ids", "ingress", "egress"),
  }),
  aws_default_network_acl: filters("adopts the ACL that subnets have by default, and takes its rules away", {
    docs: vpcGuide("default-network-acl"),
    attributes: read("default_network_acl_id", "subnet_ids", "ingress", "egress"),
  }),
  aws_network_acl_rule: filters("one rule of a network ACL", {
    docs: vpcGuide("nacl-rules"),
    data: "network_acl_id",
    attributes: read("network_acl_id", "cidr_block", "ipv6_cidr_block", "rule_action", "protocol"),
  }),
  aws_network_acl_association: filters("gives a subnet its network ACL", {
    docs: vpcGuide("vpc-network-acls"),
    attributes: read("network_acl_id", "subnet_id"),
  }),
  aws_vpc_block_public_access_options: filters("stops internet gateways of a region, as far as its mode says", {
    docs: vpcGuide("security-vpc-bpa"),
    attributes: read("internet_gateway_block_mode"),
  }),
  aws_vpc_block_public_access_exclusion: filters("exempts a VPC or a subnet from that stop", {
    docs: vpcGuide("security-vpc-bpa"),
    attributes: read("vpc_id", "subnet_id", "internet_gateway_exclusion_mode"),
  }),
  aws_vpc_encryption_control: inert(
    "demands encryption between instances; it opens no way, and a way stays one",
    vpcGuide("vpc-encryption-controls"),
    { vpc_id: uses("the VPC") },
  ),

  aws_vpc_dhcp_options: inert(
    "tells instances which name and time servers to use; packets to those are judged like all others, and the VPC's own resolver stays reachable",
    vpcGuide("VPC_DHCP_Options"),
    {
      domain_name_servers: harmless("addresses instances send queries to, judged by routes and groups"),
      ntp_servers: harmless("addresses instances ask for the time, judged by routes and groups"),
      netbios_name_servers: harmless("addresses instances ask for names, judged by routes and groups"),
      domain_name: harmless("appended to short names"),
      ipv6_address_preferred_lease_time: harmless("a number of seconds"),
    },
  ),
  aws_default_vpc_dhcp_options: inert("adopts the region's default DHCP options", vpcGuide("VPC_DHCP_Options"), {
    owner_id: uses("the account that the options are in"),
  }),
  aws_vpc_dhcp_options_association: inert("gives a VPC its DHCP options", vpcGuide("VPC_DHCP_Options"), {
    vpc_id: uses("the VPC"),
    dhcp_options_id: uses("the options"),
  }),

  aws_vpc_peering_connection: carries("joins two VPCs for packets to each other's addresses", {
    docs: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
    data: "vpc_id",
    attributes: {
      ...read("vpc_id", "peer_vpc_id", "peer_owner_id", "peer_region"),
      requester: harmless("whether names of the other side resolve to private addresses"),
      accepter: harmless("whether names of the other side resolve to private addresses"),
    },
  }),
  aws_vpc_peering_connection_accepter: carries("accepts a peering that another account or region asked for", {
    docs: "https://docs.aws.amazon.com/vpc/latest/peering/accept-vpc-peering-connection.html",
    attributes: {
      ...read("vpc_peering_connection_id"),
      requester: harmless("whether names of the other side resolve to private addresses"),
      accepter: harmless("whether names of the other side resolve to private addresses"),
    },
  }),
  aws_vpc_peering_connection_options: inert(
    "whether names of the other VPC resolve to private addresses",
    resourcePage("vpc_peering_connection_options"),
    { vpc_peering_connection_id: uses("the connection") },
  ),

  aws_network_interface_permission: grants("lets another account attach an interface to an instance of its own", {
    docs: resourcePage("network_interface_permission"),
    data: "network_interface_id",
    attributes: {
      network_interface_id: uses("the interface"),
      aws_account_id: shares("vpc.interface-permission", "account"),
    },
  }),

  aws_vpc_route_server: carries("puts routes into tables that it learns over BGP from appliances", {
    docs: vpcGuide("dynamic-routing-route-server"),
    attributes: read("sns_notifications_enabled"),
  }),
  aws_vpc_route_server_endpoint: carries("the address in a subnet at which appliances reach a route server", {
    docs: vpcGuide("dynamic-routing-route-server"),
    data: "route_server_id",
    attributes: read("route_server_id", "subnet_id"),
  }),
  aws_vpc_route_server_peer: carries("an appliance that a route server takes routes from", {
    docs: vpcGuide("dynamic-routing-route-server"),
    attributes: {
      ...read("route_server_endpoint_id", "peer_address"),
      bgp_options: harmless("a number, and how the appliance is asked whether it lives"),
    },
  }),
  aws_vpc_route_server_propagation: carries("the route table that learnt routes go to", {
    docs: vpcGuide("dynamic-routing-route-server"),
    attributes: read("route_server_id", "route_table_id"),
  }),
  aws_vpc_route_server_vpc_association: carries("the VPC that a route server serves", {
    docs: vpcGuide("dynamic-routing-route-server"),
    attributes: read("route_server_id", "vpc_id"),
  }),

  aws_vpc_network_performance_metric_subscription: inert(
    "asks AWS for latency figures between places; no payload",
    resourcePage("vpc_network_performance_metric_subscription"),
    { source: harmless("where the measured way begins"), destination: harmless("where the measured way ends") },
  ),
  aws_ec2_network_insights_path: inert(
    "describes a way to be analysed; no packet is sent",
    "https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html",
    {
      source: harmless("begin of the way to be analysed"),
      destination: harmless("end of the way to be analysed"),
      source_ip: harmless("part of the question"),
      destination_ip: harmless("part of the question"),
      filter_at_source: harmless("part of the question"),
      filter_at_destination: harmless("part of the question"),
    },
  ),
  aws_ec2_network_insights_analysis: inert(
    "analyses a way from configuration; no packet is sent",
    "https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html",
    { network_insights_path_id: uses("the way"), filter_in_arns: harmless("what the way should pass") },
  ),

  aws_ec2_traffic_mirror_session: carries("copies the packets of an interface to a target", {
    docs: "https://docs.aws.amazon.com/vpc/latest/mirroring/what-is-traffic-mirroring.html",
    data: "network_interface_id",
    attributes: {
      network_interface_id: uses("the interface whose packets are copied"),
      traffic_mirror_filter_id: uses("which packets are copied"),
      traffic_mirror_target_id: sends("vpc.traffic-mirror", "id", { why: "copies of packets go to the target" }),
    },
  }),
  aws_ec2_traffic_mirror_target: carries("takes mirrored packets", {
    docs: "https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-targets.html",
    attributes: {
      network_interface_id: sends("vpc.traffic-mirror", "id", { why: "mirrored packets go to the interface" }),
      network_load_balancer_arn: sends("vpc.traffic-mirror", "arn", {
        why: "mirrored packets go to the load balancer",
      }),
      gateway_load_balancer_endpoint_id: sends("vpc.traffic-mirror", "id", {
        why: "mirrored packets go to the endpoint",
      }),
    },
  }),
  aws_ec2_traffic_mirror_filter: inert("which packets are mirrored", resourcePage("ec2_traffic_mirror_filter")),
  aws_ec2_traffic_mirror_filter_rule: inert(
    "which packets are mirrored; where they go, the target says",
    resourcePage("ec2_traffic_mirror_filter_rule"),
    {
      traffic_mirror_filter_id: uses("the filter"),
      source_cidr_block: harmless("addresses of packets that are mirrored"),
      destination_cidr_block: harmless("addresses of packets that are mirrored"),
    },
  ),

  "action.aws_vpc_delete_default_vpc": inert(
    "deletes the default VPC of a Region",
    actionPage("vpc_delete_default_vpc"),
  ),
  ...lookups({
    vpc: "a VPC",
    vpcs: "the VPCs of a region",
    subnet: "a subnet",
    subnets: "the subnets of a region",
    route: "a route",
    route_table: "a route table",
    route_tables: "route tables",
    internet_gateway: "an internet gateway",
    nat_gateway: "a NAT gateway",
    nat_gateways: "NAT gateways",
    network_acls: "network ACLs",
    security_group: "a security group",
    security_groups: "security groups",
    vpc_security_group_rule: "a rule of a security group",
    vpc_security_group_rules: "rules of security groups",
    vpc_dhcp_options: "DHCP options",
    vpc_peering_connection: "a peering connection",
    vpc_peering_connections: "peering connections",
    prefix_list: "the addresses of an AWS service",
    ec2_managed_prefix_list: "a prefix list",
    ec2_managed_prefix_lists: "prefix lists",
    ec2_network_insights_path: "a way to be analysed",
    ec2_network_insights_analysis: "an analysis of reachability",
  }),
});
