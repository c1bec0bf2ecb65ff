/** Parts of the network scenarios: VPCs with named subnets, each with a route table of its own, and transit attachments. */
import { merged } from "../policies/network/base";
import type { Judged } from "../policies/network/builder";

type Part = Record<string, Record<string, Record<string, unknown>>>;

export const id = (address: string, attribute = "id"): string => `\${${address}.${attribute}}`;

/** A VPC without resolver; each subnet `name: cidr` gets a route table `vpc_name`. */
export function vpc(name: string, cidr: string, subnets: Record<string, string>, more: object = {}): Part {
  const out: Part = {
    aws_vpc: { [name]: { cidr_block: cidr, enable_dns_support: false, ...more } },
    aws_subnet: {},
    aws_route_table: {},
    aws_route_table_association: {},
  };
  const region = "region" in more ? { region: more.region } : {};
  for (const [subnet, block] of Object.entries(subnets)) {
    const key = `${name}_${subnet}`;
    const zone = `${region.region ?? "eu-west-1"}a`;
    out.aws_subnet[key] = { vpc_id: id(`aws_vpc.${name}`), cidr_block: block, availability_zone: zone, ...region };
    out.aws_route_table[key] = { vpc_id: id(`aws_vpc.${name}`), ...region };
    out.aws_route_table_association[key] = {
      subnet_id: id(`aws_subnet.${key}`),
      route_table_id: id(`aws_route_table.${key}`),
      ...region,
    };
  }
  return out;
}

export const instance = (name: string, subnet: string, more: object = {}): Part => ({
  aws_instance: { [name]: { ami: "ami-1", subnet_id: id(`aws_subnet.${subnet}`), ...more } },
});

/** Routes of one table: `destination: [attribute, target]`. */
export function routes(table: string, list: Record<string, readonly [string, string]>): Part {
  const out: Part = { aws_route: {} };
  for (const [destination, [attribute, target]] of Object.entries(list)) {
    const name = `${table}_${destination.replace(/[^0-9a-z]/g, "_")}`;
    const where = destination.includes(":") ? "destination_ipv6_cidr_block" : "destination_cidr_block";
    out.aws_route[name] = { route_table_id: id(`aws_route_table.${table}`), [where]: destination, [attribute]: target };
  }
  return out;
}

/** A transit gateway without defaults, with route tables. */
export function transitGateway(name: string, tables: readonly string[], more: object = {}): Part {
  return {
    aws_ec2_transit_gateway: {
      [name]: { default_route_table_association: "disable", default_route_table_propagation: "disable", ...more },
    },
    aws_ec2_transit_gateway_route_table: Object.fromEntries(
      tables.map((table) => [table, { transit_gateway_id: id(`aws_ec2_transit_gateway.${name}`) }]),
    ),
  };
}

/** Attaches a VPC by a subnet, associated with one table and propagating to others. */
export function attach(
  gateway: string,
  name: string,
  subnet: string,
  table: string,
  propagates: readonly string[] = [],
  more: object = {},
): Part {
  const attachment = { transit_gateway_attachment_id: id(`aws_ec2_transit_gateway_vpc_attachment.${name}`) };
  const to = (one: string) => ({ transit_gateway_route_table_id: id(`aws_ec2_transit_gateway_route_table.${one}`) });
  return {
    aws_ec2_transit_gateway_vpc_attachment: {
      [name]: {
        transit_gateway_id: id(`aws_ec2_transit_gateway.${gateway}`),
        vpc_id: id(`aws_vpc.${name}`),
        subnet_ids: [id(`aws_subnet.${subnet}`)],
        transit_gateway_default_route_table_association: false,
        transit_gateway_default_route_table_propagation: false,
        ...more,
      },
    },
    aws_ec2_transit_gateway_route_table_association: { [name]: { ...attachment, ...to(table) } },
    aws_ec2_transit_gateway_route_table_propagation: Object.fromEntries(
      propagates.map((one) => [`${name}_${one}`, { ...attachment, ...to(one) }]),
    ),
  };
}

export const transitRoute = (table: string, destination: string, attachment: string): Part => ({
  aws_ec2_transit_gateway_route: {
    [`${table}_${destination.replace(/[^0-9]/g, "_")}`]: {
      transit_gateway_route_table_id: id(`aws_ec2_transit_gateway_route_table.${table}`),
      destination_cidr_block: destination,
      transit_gateway_attachment_id: attachment,
    },
  },
});

/** The resources that the path of the first escape of a resource names, in order and without repetition. */
export function hops(judged: Judged, from: string): string[] {
  const flow = judged.escapes.find((one) => one.from.address === from);
  return [...new Set(flow?.steps.map((step) => step.by.address) ?? [])];
}

export const together = (...parts: readonly object[]) => merged(...parts);
