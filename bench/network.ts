/**
 * How long the network room takes for a large estate, and how that grows: VPCs of ten subnets, ten instances, twenty
 * security groups and two hundred rules each, behind eight transit gateways in a chain of peerings, one of them with a
 * way out through an inspection VPC.
 */
import { modelKey, type Resource } from "../policies/configuration/resource";
import { Unknown, type Value, type Values } from "../policies/configuration/value";
import { BOUNDARIES } from "../policies/geography/boundaries";
import { emptyTrust } from "../policies/geography/trust";
import { World } from "../policies/geography/world";
import { networkFlows } from "../policies/network";
import { ConfigurationContext } from "../policies/prover/context";
import { entryFor } from "../policies/services";

const GATEWAYS = 8;

class Estate {
  readonly resources: Resource[] = [];
  private readonly provider = { name: "aws", values: { region: "eu-west-1" } };

  add(type: string, name: string, values: Values): Resource {
    const resource: Resource = {
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      module: "",
      stack: "bench",
      values,
      provider: this.provider,
    };
    this.resources.push(resource);
    return resource;
  }
}

const id = (resource: Resource): Unknown =>
  new Unknown("known after apply", {
    exact: true,
    references: [{ address: resource.address, path: "id", resources: [resource] }],
  });

/** The address blocks of VPC n: 10.0.0.0/8 and on into the rest of the private and shared space, without overlap. */
function block(n: number): string {
  const start = 0x0a000000 + n * 4096 * 4;
  return `${start >>> 24}.${(start >>> 16) & 255}.${(start >>> 8) & 255}`;
}

function estate(vpcs: number): Resource[] {
  const out = new Estate();
  const gateways = Array.from({ length: GATEWAYS }, (_, i) => out.add("aws_ec2_transit_gateway", `t${i}`, {}));
  const tables = gateways.map((gateway, i) =>
    out.add("aws_ec2_transit_gateway_route_table", `t${i}`, { transit_gateway_id: id(gateway) }),
  );
  for (let i = 1; i < GATEWAYS; i++) peer(out, i, gateways, tables);
  for (let n = 0; n < vpcs; n++) vpc(out, n, gateways[n % GATEWAYS], tables[n % GATEWAYS]);
  egress(out, gateways[0], tables[0]);
  return out.resources;
}

function peer(out: Estate, i: number, gateways: readonly Resource[], tables: readonly Resource[]): void {
  const peering = out.add("aws_ec2_transit_gateway_peering_attachment", `p${i}`, {
    transit_gateway_id: id(gateways[i]),
    peer_transit_gateway_id: id(gateways[i - 1]),
    peer_region: "eu-west-1",
  });
  for (const end of [i, i - 1]) {
    out.add("aws_ec2_transit_gateway_route_table_association", `p${i}_${end}`, {
      transit_gateway_attachment_id: id(peering),
      transit_gateway_route_table_id: id(tables[end]),
    });
  }
  out.add("aws_ec2_transit_gateway_route", `p${i}`, {
    destination_cidr_block: "0.0.0.0/0",
    transit_gateway_attachment_id: id(peering),
    transit_gateway_route_table_id: id(tables[i]),
  });
}

function attach(
  out: Estate,
  name: string,
  vpc: Resource,
  subnets: readonly Resource[],
  gateway: Resource,
  table: Resource,
): Resource {
  const attachment = out.add("aws_ec2_transit_gateway_vpc_attachment", name, {
    transit_gateway_id: id(gateway),
    vpc_id: id(vpc),
    subnet_ids: subnets.map(id),
    transit_gateway_default_route_table_association: false,
    transit_gateway_default_route_table_propagation: false,
  });
  for (const kind of ["association", "propagation"]) {
    out.add(`aws_ec2_transit_gateway_route_table_${kind}`, name, {
      transit_gateway_attachment_id: id(attachment),
      transit_gateway_route_table_id: id(table),
    });
  }
  return attachment;
}

function vpc(out: Estate, n: number, gateway: Resource, table: Resource): void {
  const own = block(n);
  const network = out.add("aws_vpc", `v${n}`, { cidr_block: `${own}.0/20`, enable_dns_support: false });
  const routes = out.add("aws_route_table", `v${n}`, { vpc_id: id(network) });
  const subnets = Array.from({ length: 10 }, (_, s) => {
    const third = Number(own.split(".")[2]) + s;
    const subnet = out.add("aws_subnet", `v${n}_${s}`, {
      vpc_id: id(network),
      cidr_block: `${own.split(".").slice(0, 2).join(".")}.${third}.0/24`,
      availability_zone: `eu-west-1${"abc"[s % 3]}`,
    });
    out.add("aws_route_table_association", `v${n}_${s}`, { subnet_id: id(subnet), route_table_id: id(routes) });
    return subnet;
  });
  attach(out, `v${n}`, network, subnets.slice(0, 3), gateway, table);
  out.add("aws_route", `v${n}`, {
    route_table_id: id(routes),
    destination_cidr_block: "0.0.0.0/0",
    transit_gateway_id: id(gateway),
  });
  const groups = Array.from({ length: 20 }, (_, g) => group(out, `v${n}_${g}`, network, own, g));
  subnets.forEach((subnet, s) => {
    out.add("aws_instance", `v${n}_${s}`, {
      subnet_id: id(subnet),
      vpc_security_group_ids: [id(groups[2 * s]), id(groups[2 * s + 1])],
    });
  });
}

/** Ten rules: five inline, five of their own; those out reach other VPCs, one in ten groups reaches the internet. */
function group(out: Estate, name: string, network: Resource, own: string, g: number): Resource {
  const rule = (i: number, cidr: string): Value => ({
    protocol: "tcp",
    from_port: 1000 + 10 * i,
    to_port: 1005 + 10 * i,
    cidr_blocks: [cidr],
  });
  const resource = out.add("aws_security_group", name, {
    vpc_id: id(network),
    ingress: [0, 1, 2].map((i) => rule(i, `10.${16 * i + g}.0.0/16`)),
    egress: [3, 4].map((i) => rule(i, `${own}.0/20`)),
  });
  for (let i = 0; i < 5; i++) {
    out.add("aws_vpc_security_group_egress_rule", `${name}_${i}`, {
      security_group_id: id(resource),
      ip_protocol: "tcp",
      from_port: 2000 + 10 * i,
      to_port: 2005 + 10 * i,
      cidr_ipv4: i === 0 && g % 10 === 0 ? "0.0.0.0/0" : `10.${(i * 37 + g) % 256}.0.0/16`,
    });
  }
  return resource;
}

/** An inspection VPC with NAT and an internet gateway, to which the first transit gateway sends all else. */
function egress(out: Estate, gateway: Resource, table: Resource): void {
  const network = out.add("aws_vpc", "egress", { cidr_block: "172.20.0.0/20", enable_dns_support: false });
  const subnet = (name: string, cidr_block: string) => {
    const resource = out.add("aws_subnet", name, { vpc_id: id(network), cidr_block, availability_zone: "eu-west-1a" });
    const routes = out.add("aws_route_table", name, { vpc_id: id(network) });
    out.add("aws_route_table_association", name, { subnet_id: id(resource), route_table_id: id(routes) });
    return { resource, routes };
  };
  const inner = subnet("egress_inner", "172.20.0.0/24");
  const outer = subnet("egress_outer", "172.20.1.0/24");
  const internet = out.add("aws_internet_gateway", "egress", { vpc_id: id(network) });
  const nat = out.add("aws_nat_gateway", "egress", { subnet_id: id(outer.resource) });
  const all = "0.0.0.0/0";
  out.add("aws_route", "inner", {
    route_table_id: id(inner.routes),
    destination_cidr_block: all,
    nat_gateway_id: id(nat),
  });
  out.add("aws_route", "outer", {
    route_table_id: id(outer.routes),
    destination_cidr_block: all,
    gateway_id: id(internet),
  });
  const attachment = attach(out, "egress", network, [inner.resource], gateway, table);
  out.add("aws_ec2_transit_gateway_route", "egress", {
    destination_cidr_block: all,
    transit_gateway_attachment_id: id(attachment),
    transit_gateway_route_table_id: id(table),
  });
}

function run(vpcs: number): { resources: number; flows: number; seconds: number; megabytes: number } {
  const resources = estate(vpcs);
  const world = new World(BOUNDARIES.EEA, emptyTrust, { defaultRegion: "eu-west-1", today: "2026-01-01" });
  const context = new ConfigurationContext(resources, world);
  const start = process.hrtime.bigint();
  const result = networkFlows({ resources, context, world, entryOf: (resource) => entryFor(modelKey(resource)) });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return {
    resources: resources.length,
    flows: result.flows.length,
    seconds,
    megabytes: process.memoryUsage().rss / 1e6,
  };
}

/** Prints the time for a tenth of the estate and for all of it, and how it grew. */
export function benchNetwork(vpcs = 1000): void {
  const small = run(vpcs / 10);
  const large = run(vpcs);
  const show = (name: string, { resources, flows, seconds, megabytes }: ReturnType<typeof run>) =>
    `  ${name}: ${resources} resources, ${flows} flows, ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`;
  console.log(
    `network room, ${vpcs} VPCs with 10 subnets, 20 groups and 200 rules each behind ${GATEWAYS} transit gateways`,
  );
  console.log(show("a tenth", small));
  console.log(show("all", large));
  console.log(`  ten times as much takes ${(large.seconds / small.seconds).toFixed(1)} times as long`);
}

if (require.main === module) benchNetwork(Number(process.argv[2] ?? 1000));
