/** Topologies in which engine and reference forwarder once differed, shrunk. */
import type { Configuration } from "./reference";

export const counterexamples: Readonly<Record<string, Configuration>> = {
  /** A request comes in by a peering that no route leads to; its answer leaves by another gateway. */
  "the answer to a peer leaves by the egress-only gateway": {
    aws_vpc: {
      v: { cidr_block: "10.1.0.0/16", enable_dns_support: false, ipv6_cidr_block: "2a05:d018:1::/56" },
    },
    aws_subnet: {
      v: {
        vpc_id: "${aws_vpc.v.id}",
        cidr_block: "10.1.0.0/24",
        availability_zone: "eu-west-1a",
        ipv6_cidr_block: "2a05:d018:1:0::/64",
      },
    },
    aws_egress_only_internet_gateway: { v: { vpc_id: "${aws_vpc.v.id}" } },
    aws_vpc_peering_connection: {
      v: { vpc_id: "${aws_vpc.v.id}", peer_vpc_id: "vpc-0bbb", peer_owner_id: "999999999999" },
    },
    aws_route_table: { v: { vpc_id: "${aws_vpc.v.id}" } },
    aws_route: {
      v: {
        route_table_id: "${aws_route_table.v.id}",
        destination_ipv6_cidr_block: "::/0",
        egress_only_gateway_id: "${aws_egress_only_internet_gateway.v.id}",
      },
    },
    aws_route_table_association: {
      v: { subnet_id: "${aws_subnet.v.id}", route_table_id: "${aws_route_table.v.id}" },
    },
    aws_security_group: {
      v: {
        vpc_id: "${aws_vpc.v.id}",
        egress: [],
        ingress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: [], ipv6_cidr_blocks: ["::/0"] }],
      },
    },
    aws_instance: {
      v: {
        subnet_id: "${aws_subnet.v.id}",
        private_ip: "10.1.0.10",
        ipv6_addresses: ["2a05:d018:1:0::10"],
        associate_public_ip_address: false,
        vpc_security_group_ids: ["${aws_security_group.v.id}"],
      },
    },
  },
};
