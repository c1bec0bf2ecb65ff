/** Random topologies in the words of Terraform: VPCs with subnets, tables, gateways, peerings, transit gateways, filters, instances. */
import fc from "../../properties";
import type { Configuration } from "./reference";

type Writable = Record<string, Record<string, Record<string, unknown>>>;
type Choose = fc.GeneratorValue;

/** @param largest the number of VPCs there are at most; by default a dozen, but mostly few */
export function randomConfiguration(choose: Choose, largest?: number): Configuration {
  const out: Writable = {};
  const put = (type: string, name: string, attributes: Record<string, unknown>) => {
    out[type] ??= {};
    out[type][name] = attributes;
  };
  const upTo = (max: number, min = 0) => choose(fc.integer, { min, max });
  const maybe = (): boolean => choose(fc.boolean);
  const one = <T>(list: readonly T[]): T => list[upTo(list.length - 1)];

  const vpcs = Array.from({ length: upTo(largest ?? (maybe() ? 3 : 12), 1) }, (_, v) => ({
    name: `v${v}`,
    v,
    six: maybe(),
    subnets: [] as string[],
  }));
  const cidrs = [
    ...vpcs.map(({ v }) => `10.${v}.0.0/16`),
    "10.0.0.0/8",
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "198.51.100.0/24",
    "192.168.0.0/16",
    "10.1.1.0/24",
  ];
  const sixes = ["::/0", "2001:db8::/32", "fd00::/8"];

  const transit = maybe();
  if (transit) {
    put("aws_ec2_transit_gateway", "t", {
      default_route_table_association: "disable",
      default_route_table_propagation: "disable",
    });
    for (const name of ["a", "b"])
      put("aws_ec2_transit_gateway_route_table", name, { transit_gateway_id: "${aws_ec2_transit_gateway.t.id}" });
  }
  if (maybe()) {
    put("aws_customer_gateway", "c", { ip_address: "198.51.100.7" });
  }

  for (const vpc of vpcs) {
    const { name, v, six } = vpc;
    const own = `\${aws_vpc.${name}.id}`;
    put("aws_vpc", name, {
      cidr_block: `10.${v}.0.0/16`,
      enable_dns_support: false,
      ...(six ? { ipv6_cidr_block: `2a05:d018:${v}::/56` } : {}),
    });
    const gateway = maybe();
    if (gateway) put("aws_internet_gateway", name, { vpc_id: own });
    const egressOnly = six && maybe();
    if (egressOnly) put("aws_egress_only_internet_gateway", name, { vpc_id: own });
    const tunnel = out.aws_customer_gateway !== undefined && maybe();
    if (tunnel) {
      put("aws_vpn_gateway", name, { vpc_id: own });
      put("aws_vpn_connection", name, {
        vpn_gateway_id: `\${aws_vpn_gateway.${name}.id}`,
        customer_gateway_id: "${aws_customer_gateway.c.id}",
        static_routes_only: true,
      });
      put("aws_vpn_connection_route", name, {
        vpn_connection_id: `\${aws_vpn_connection.${name}.id}`,
        destination_cidr_block: one(cidrs),
      });
    }
    for (let s = 0; s < upTo(3, 1); s++) {
      const subnet = `${name}_${s}`;
      vpc.subnets.push(subnet);
      put("aws_subnet", subnet, {
        vpc_id: own,
        cidr_block: `10.${v}.${s}.0/24`,
        availability_zone: "eu-west-1a",
        ...(six ? { ipv6_cidr_block: `2a05:d018:${v}:${s}::/64` } : {}),
      });
    }
    const targets: Record<string, string>[] = [];
    if (gateway)
      targets.push(
        { gateway_id: `\${aws_internet_gateway.${name}.id}` },
        { gateway_id: `\${aws_internet_gateway.${name}.id}` },
      );
    if (egressOnly) targets.push({ egress_only_gateway_id: `\${aws_egress_only_internet_gateway.${name}.id}` });
    if (tunnel) targets.push({ gateway_id: `\${aws_vpn_gateway.${name}.id}` });
    if (gateway && maybe()) {
      const home = one(vpc.subnets);
      const s = Number(home.split("_")[1]);
      put("aws_nat_gateway", name, {
        subnet_id: `\${aws_subnet.${home}.id}`,
        private_ip: `10.${v}.${s}.200`,
        connectivity_type: one(["public", "public", "private"]),
      });
      targets.push({ nat_gateway_id: `\${aws_nat_gateway.${name}.id}` });
    }
    if (maybe()) {
      const home = one(vpc.subnets);
      const s = Number(home.split("_")[1]);
      put("aws_security_group", `${name}_r`, randomGroup());
      put("aws_network_interface", name, {
        subnet_id: `\${aws_subnet.${home}.id}`,
        private_ips: [`10.${v}.${s}.210`],
        source_dest_check: maybe(),
        security_groups: [`\${aws_security_group.${name}_r.id}`],
      });
      targets.push({ network_interface_id: `\${aws_network_interface.${name}.id}` });
    }
    if (transit && maybe()) {
      put("aws_ec2_transit_gateway_vpc_attachment", name, {
        transit_gateway_id: "${aws_ec2_transit_gateway.t.id}",
        vpc_id: own,
        subnet_ids: [`\${aws_subnet.${one(vpc.subnets)}.id}`],
        transit_gateway_default_route_table_association: false,
        transit_gateway_default_route_table_propagation: false,
      });
      const attachment = { transit_gateway_attachment_id: `\${aws_ec2_transit_gateway_vpc_attachment.${name}.id}` };
      const table = () => ({
        transit_gateway_route_table_id: `\${aws_ec2_transit_gateway_route_table.${one(["a", "b"])}.id}`,
      });
      if (upTo(4) > 0) put("aws_ec2_transit_gateway_route_table_association", name, { ...attachment, ...table() });
      if (maybe()) put("aws_ec2_transit_gateway_route_table_propagation", name, { ...attachment, ...table() });
      if (maybe())
        put("aws_ec2_transit_gateway_route", name, {
          ...(maybe() ? attachment : { ...attachment, blackhole: maybe() }),
          ...table(),
          destination_cidr_block: one(cidrs),
        });
      targets.push(
        { transit_gateway_id: "${aws_ec2_transit_gateway.t.id}" },
        { transit_gateway_id: "${aws_ec2_transit_gateway.t.id}" },
      );
    }
    const other = one(vpcs);
    if (maybe() && other !== vpc) {
      put("aws_vpc_peering_connection", name, { vpc_id: own, peer_vpc_id: `\${aws_vpc.${other.name}.id}` });
      targets.push({ vpc_peering_connection_id: `\${aws_vpc_peering_connection.${name}.id}` });
    } else if (maybe()) {
      put("aws_vpc_peering_connection", name, { vpc_id: own, peer_vpc_id: "vpc-0bbb", peer_owner_id: "999999999999" });
      targets.push({ vpc_peering_connection_id: `\${aws_vpc_peering_connection.${name}.id}` });
    }
    for (const table of [`${name}_x`, `${name}_y`]) {
      put("aws_route_table", table, { vpc_id: own });
      const taken = new Set<string>([`10.${v}.0.0/16`]);
      for (let r = 0; r < upTo(4) && targets.length > 0; r++) {
        const target = one(targets);
        const ipv6 = "egress_only_gateway_id" in target || (six && upTo(4) === 0 && !("nat_gateway_id" in target));
        const destination = ipv6 ? one(sixes) : one(cidrs);
        if (taken.has(destination)) continue;
        taken.add(destination);
        put("aws_route", `${table}_${r}`, {
          route_table_id: `\${aws_route_table.${table}.id}`,
          [ipv6 ? "destination_ipv6_cidr_block" : "destination_cidr_block"]: destination,
          ...target,
        });
      }
    }
    for (const subnet of vpc.subnets) {
      const table = one([`${name}_x`, `${name}_y`, ""]);
      if (table !== "")
        put("aws_route_table_association", subnet, {
          subnet_id: `\${aws_subnet.${subnet}.id}`,
          route_table_id: `\${aws_route_table.${table}.id}`,
        });
      if (upTo(3) === 0)
        put("aws_network_acl", subnet, {
          vpc_id: own,
          subnet_ids: [`\${aws_subnet.${subnet}.id}`],
          egress: randomAcl(),
          ingress: randomAcl(),
        });
    }
    const home = one(vpc.subnets);
    const s = Number(home.split("_")[1]);
    const groups = maybe();
    if (groups) put("aws_security_group", name, randomGroup());
    put("aws_instance", name, {
      subnet_id: `\${aws_subnet.${home}.id}`,
      private_ip: `10.${v}.${s}.10`,
      ...(six && maybe() ? { ipv6_addresses: [`2a05:d018:${v}:${s}::10`] } : {}),
      associate_public_ip_address: maybe(),
      ...(groups ? { vpc_security_group_ids: [`\${aws_security_group.${name}.id}`] } : {}),
    });
  }
  return out;

  function randomRule(): Record<string, unknown> {
    const protocol = one(["-1", "tcp", "udp"]);
    const [from_port, to_port] =
      protocol === "-1"
        ? [0, 0]
        : one([
            [443, 443],
            [0, 65535],
            [1024, 65535],
            [53, 53],
          ]);
    return { protocol, from_port, to_port };
  }
  function randomGroup(): Record<string, unknown> {
    const rules = () =>
      Array.from({ length: upTo(2) }, () => ({
        ...randomRule(),
        cidr_blocks: [one(cidrs)],
        ipv6_cidr_blocks: maybe() ? [one(sixes)] : [],
      }));
    return { vpc_id: "${aws_vpc.v0.id}", egress: rules(), ingress: rules() };
  }
  function randomAcl(): Record<string, unknown>[] {
    const rules = Array.from({ length: upTo(3) }, (_, i) => ({
      ...randomRule(),
      rule_no: one([100, 200, 300, 400]) + i,
      action: one(["allow", "allow", "deny"]),
      ...(upTo(3) === 0 ? { ipv6_cidr_block: one(sixes) } : { cidr_block: one(cidrs) }),
    }));
    return maybe()
      ? [...rules, { rule_no: 900, action: "allow", protocol: "-1", from_port: 0, to_port: 0, cidr_block: "0.0.0.0/0" }]
      : rules;
  }
}
