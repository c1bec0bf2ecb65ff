/** A VPC with one subnet, a route table of its own and an instance, without resolver and without any way out; tests add to it. */
import type { Blocks } from "./builder";

type Writable = Record<string, Record<string, Record<string, unknown>>>;

export const base: Blocks = {
  aws_vpc: { app: { cidr_block: "10.20.0.0/16", enable_dns_support: false } },
  aws_subnet: {
    app: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.1.0/24", availability_zone: "eu-west-1a" },
  },
  aws_route_table: { app: { vpc_id: "${aws_vpc.app.id}" } },
  aws_route_table_association: {
    app: { subnet_id: "${aws_subnet.app.id}", route_table_id: "${aws_route_table.app.id}" },
  },
  aws_instance: { app: { ami: "ami-1", subnet_id: "${aws_subnet.app.id}" } },
};

/** Several configurations as one; attributes of the same resource are put together, later ones win, `null` takes one away. */
export function merged(...parts: readonly unknown[]): Blocks {
  const out: Writable = {};
  for (const part of parts as Writable[]) {
    for (const type of Object.keys(part)) {
      out[type] ??= {};
      for (const name of Object.keys(part[type])) {
        if (part[type][name] === null) delete out[type][name];
        else out[type][name] = { ...out[type][name], ...part[type][name] };
      }
    }
  }
  return out as Blocks;
}

/** The base with more. */
export const estate = (...more: readonly unknown[]): Blocks => merged(base, ...more);

/** An internet gateway and a default route to it. */
export const internetGateway = {
  aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.app.id}" } },
  aws_route: {
    out: {
      route_table_id: "${aws_route_table.app.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.edge.id}",
    },
  },
};

/** Public addresses for the instance. */
export const publicInstance = { aws_instance: { app: { associate_public_ip_address: true } } };

/** A group for the instance; without rules nothing passes. */
export const group = (ingress: readonly unknown[] = [], egress: readonly unknown[] = []) => ({
  aws_security_group: { app: { vpc_id: "${aws_vpc.app.id}", ingress, egress } },
  aws_instance: { app: { vpc_security_group_ids: ["${aws_security_group.app.id}"] } },
});

export const rule = (cidr: string, port?: number, protocol = "tcp") => ({
  protocol: port === undefined ? "-1" : protocol,
  from_port: port ?? 0,
  to_port: port ?? 0,
  cidr_blocks: cidr.includes(":") ? [] : [cidr],
  ipv6_cidr_blocks: cidr.includes(":") ? [cidr] : [],
});
