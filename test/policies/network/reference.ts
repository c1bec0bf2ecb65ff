/**
 * A reference forwarder: pushes one concrete packet through a configuration, hop by hop, as the VPC user guide tells it.
 * It shares nothing with the engine, not even how addresses are read, and knows only what the random topologies hold:
 * known values, one-zone transit attachments, static routes.
 */

type Attributes = Record<string, unknown>;
export type Configuration = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

export interface Sent {
  readonly source: string;
  readonly destination: string;
  readonly protocol: "tcp" | "udp";
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export type Fate = { readonly left: string } | { readonly delivered: string } | { readonly dropped: string };

const dropped = (why: string): Fate => ({ dropped: why });

// --- addresses, the slow and plain way: as strings of bits

const known = new Map<string, string>();

function bits(address: string): string {
  let text = known.get(address);
  if (text === undefined) {
    text = bitsOf(address);
    known.set(address, text);
  }
  return text;
}

function bitsOf(address: string): string {
  if (!address.includes(":")) {
    return address
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("");
  }
  const [head, tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = new Array(8 - left.length - right.length).fill("0");
  return [...left, ...middle, ...right].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, "0")).join("");
}

const isSix = (text: string): boolean => text.includes(":");

/** Whether a block holds an address; of two families, never. */
export function holds(block: string, address: string): boolean {
  const [prefix, length] = block.split("/");
  return isSix(prefix) === isSix(address) && bits(address).startsWith(bits(prefix).slice(0, Number(length)));
}

/** No router of the internet forwards to these. */
const UNROUTED = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
  ...["224.0.0.0/4", "240.0.0.0/4", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "fc00::/7", "fe80::/10", "fec0::/10"],
  "ff00::/8",
];

// --- reading: `${aws_vpc.a.id}` is the resource aws_vpc.a

const names = new Map<unknown, string>();

function named(value: unknown): string {
  if (value === undefined) return "";
  let name = names.get(value);
  if (name === undefined) {
    name = /^\$\{([a-z0-9_]+\.[a-z0-9_]+)\./.exec(String(value))?.[1] ?? "";
    names.set(value, name);
  }
  return name;
}

export class Reference {
  constructor(private readonly configuration: Configuration) {}

  private readonly byType = new Map<string, readonly [string, Attributes][]>();

  private all(type: string): readonly [string, Attributes][] {
    let list = this.byType.get(type);
    if (!list) {
      list = Object.entries(this.configuration[type] ?? {}).map(([name, attributes]) => [
        `${type}.${name}`,
        attributes,
      ]);
      this.byType.set(type, list);
    }
    return list;
  }

  private get(address: string): Attributes {
    const [type, name] = address.split(".");
    return this.configuration[type]?.[name] ?? {};
  }

  private blocksOf(owner: Attributes): string[] {
    return [owner.cidr_block, owner.ipv6_cidr_block].filter((one): one is string => typeof one === "string");
  }

  // --- sending

  /** What becomes of a packet that an instance sends. */
  send(instance: string, packet: Sent): Fate {
    if (!this.groupAllows(this.get(instance), "egress", packet.destination, packet.protocol, packet.destinationPort)) {
      return dropped("security group");
    }
    const isPublic = isSix(packet.source) || this.get(instance).associate_public_ip_address === true;
    return this.fromSubnet(named(this.get(instance).subnet_id), packet, { vpc: true, public: isPublic, nat: false }, 0);
  }

  /**
   * What becomes of the answer to a request from outside: first the request, in through a gateway, the ACL and the group,
   * then the answer, which no group stops.
   */
  answer(instance: string, answer: Sent): Fate {
    const attributes = this.get(instance);
    const subnet = named(attributes.subnet_id);
    const isPublic = isSix(answer.source) || attributes.associate_public_ip_address === true;
    if (!this.canBeAsked(named(this.get(subnet).vpc_id), isPublic)) return dropped("no request comes in");
    const { destination, protocol, sourcePort } = answer;
    if (!this.aclAllows(subnet, "ingress", destination, protocol, sourcePort))
      return dropped("request stopped by the ACL");
    if (!this.groupAllows(attributes, "ingress", destination, protocol, sourcePort))
      return dropped("request stopped by the group");
    return this.fromSubnet(subnet, answer, { vpc: true, public: isPublic, nat: false }, 0);
  }

  /** Whether somebody outside can send to a VPC: from the internet to public addresses, over tunnels and peerings to all. */
  private canBeAsked(vpc: string, isPublic: boolean): boolean {
    const attached = (type: string) => this.all(type).some(([, one]) => named(one.vpc_id) === vpc);
    const foreign = this.all("aws_vpc_peering_connection").some(
      ([, one]) => named(one.vpc_id) === vpc && named(one.peer_vpc_id) === "",
    );
    return (isPublic && attached("aws_internet_gateway")) || attached("aws_vpn_gateway") || foreign;
  }

  /** A packet that something in a subnet puts on the wire. `known`: what the VPC's internet gateway knows of its source. */
  private fromSubnet(
    subnet: string,
    packet: Sent,
    known: { vpc: boolean; public: boolean; nat: boolean },
    depth: number,
  ): Fate {
    if (depth > 40) return dropped("loop");
    const attributes = this.get(subnet);
    if (this.blocksOf(attributes).some((block) => holds(block, packet.destination)))
      return this.deliver(subnet, packet);
    const vpc = named(attributes.vpc_id);
    const target = this.route(this.tableOf(subnet), vpc, packet.destination);
    if (target === undefined) return dropped("no route");
    const home = this.homeOf(target, subnet);
    if (
      home !== subnet &&
      !this.aclAllows(subnet, "egress", packet.destination, packet.protocol, packet.destinationPort)
    )
      return dropped("ACL, out");
    if (target === "local") return this.local(vpc, packet);
    if (
      home !== undefined &&
      home !== subnet &&
      !this.aclAllows(home, "ingress", packet.source, packet.protocol, packet.destinationPort)
    )
      return dropped("ACL, in");
    return this.through(target, subnet, packet, known, depth);
  }

  private through(
    target: string,
    subnet: string,
    packet: Sent,
    known: { vpc: boolean; public: boolean; nat: boolean },
    depth: number,
  ): Fate {
    const [type] = target.split(".");
    const vpc = named(this.get(subnet).vpc_id);
    switch (type) {
      case "aws_internet_gateway":
        if (!known.vpc || !(known.public || known.nat)) return dropped("the internet gateway does not know the source");
        return this.internet(target, packet);
      case "aws_egress_only_internet_gateway":
        return known.vpc && isSix(packet.source) ? this.internet(target, packet) : dropped("egress-only gateway");
      case "aws_nat_gateway": {
        if (isSix(packet.destination)) return dropped("NAT takes IPv4");
        const gateway = this.get(target);
        const home = named(gateway.subnet_id);
        const isPublic = gateway.connectivity_type !== "private";
        const translated = { ...packet, source: String(gateway.private_ip), sourcePort: 40000 };
        return this.fromSubnet(home, translated, { vpc: true, public: false, nat: isPublic }, depth + 1);
      }
      case "aws_vpc_peering_connection": {
        const connection = this.get(target);
        const [near, far] = [named(connection.vpc_id), named(connection.peer_vpc_id)];
        const other = vpc === near ? far : near;
        if (other === "") return { left: target };
        const inPeer = this.blocksOf(this.get(other)).some((block) => holds(block, packet.destination));
        return inPeer ? this.local(other, packet) : dropped("peering leads to the peer's own addresses only");
      }
      case "aws_ec2_transit_gateway":
        return this.transit(target, vpc, packet, depth);
      case "aws_vpn_gateway":
        return this.tunnels("vpn_gateway_id", target, packet);
      case "aws_network_interface":
        return this.appliance(target, packet, known, depth);
      default:
        return dropped(`${target} leads nowhere`);
    }
  }

  private internet(gateway: string, packet: Sent): Fate {
    const nowhere = UNROUTED.some((block) => holds(block, packet.destination));
    return nowhere ? dropped("no such address on the internet") : { left: gateway };
  }

  private appliance(
    card: string,
    packet: Sent,
    known: { vpc: boolean; public: boolean; nat: boolean },
    depth: number,
  ): Fate {
    const attributes = this.get(card);
    if (attributes.source_dest_check !== false) return dropped("not its own");
    const groups = { vpc_security_group_ids: attributes.security_groups };
    if (!this.groupAllows(groups, "ingress", packet.source, packet.protocol, packet.destinationPort))
      return dropped("appliance's group, in");
    if (!this.groupAllows(groups, "egress", packet.destination, packet.protocol, packet.destinationPort))
      return dropped("appliance's group, out");
    return this.fromSubnet(named(attributes.subnet_id), packet, known, depth + 1);
  }

  private transit(gateway: string, vpc: string, packet: Sent, depth: number): Fate {
    const own = this.attachments(gateway).find(([, attachment]) => named(attachment.vpc_id) === vpc);
    if (!own) return dropped("not attached");
    const association = this.all("aws_ec2_transit_gateway_route_table_association").find(
      ([, one]) => named(one.transit_gateway_attachment_id) === own[0],
    );
    if (!association) return dropped("associated with no table");
    const table = named(association[1].transit_gateway_route_table_id);
    const next = this.transitRoute(table, packet.destination);
    if (next === undefined) return dropped("no transit route");
    if (next.startsWith("aws_vpn_connection.")) return { left: next };
    const [subnet] = this.get(next).subnet_ids as string[];
    return this.fromSubnet(named(subnet), packet, { vpc: false, public: false, nat: false }, depth + 1);
  }

  private attachments(gateway: string): readonly [string, Attributes][] {
    return this.all("aws_ec2_transit_gateway_vpc_attachment").filter(
      ([, attachment]) => named(attachment.transit_gateway_id) === gateway,
    );
  }

  /** The attachment of the best route; undefined for none and for blackholes. */
  private transitRoute(table: string, destination: string): string | undefined {
    const routes: { cidr: string; rank: number; to: string | undefined }[] = [];
    for (const [, route] of this.all("aws_ec2_transit_gateway_route")) {
      if (named(route.transit_gateway_route_table_id) !== table) continue;
      routes.push({
        cidr: String(route.destination_cidr_block),
        rank: 0,
        to: route.blackhole === true ? undefined : named(route.transit_gateway_attachment_id),
      });
    }
    for (const [, propagation] of this.all("aws_ec2_transit_gateway_route_table_propagation")) {
      if (named(propagation.transit_gateway_route_table_id) !== table) continue;
      const attachment = named(propagation.transit_gateway_attachment_id);
      for (const cidr of this.blocksOf(this.get(named(this.get(attachment).vpc_id))))
        routes.push({ cidr, rank: 1, to: attachment });
    }
    return best(routes, destination)?.to;
  }

  private tunnels(name: string, gateway: string, packet: Sent): Fate {
    for (const [address, connection] of this.all("aws_vpn_connection")) {
      if (named(connection[name]) !== gateway) continue;
      const routes = this.all("aws_vpn_connection_route").filter(
        ([, route]) => named(route.vpn_connection_id) === address,
      );
      if (routes.some(([, route]) => holds(String(route.destination_cidr_block), packet.destination)))
        return { left: address };
    }
    return dropped("no tunnel takes it");
  }

  // --- arriving

  private local(vpc: string, packet: Sent): Fate {
    for (const [address, subnet] of this.all("aws_subnet")) {
      if (named(subnet.vpc_id) !== vpc || !this.blocksOf(subnet).some((block) => holds(block, packet.destination)))
        continue;
      if (!this.aclAllows(address, "ingress", packet.source, packet.protocol, packet.destinationPort))
        return dropped("ACL, in");
      return this.deliver(address, packet);
    }
    return dropped("no such subnet");
  }

  private deliver(subnet: string, _packet: Sent): Fate {
    return { delivered: subnet };
  }

  // --- tables and filters

  private tableOf(subnet: string): string {
    const association = this.all("aws_route_table_association").find(([, one]) => named(one.subnet_id) === subnet);
    return association ? named(association[1].route_table_id) : "main";
  }

  /** The target of the most specific route; the local route is as specific as the VPC's block. */
  private route(table: string, vpc: string, destination: string): string | undefined {
    const routes: { cidr: string; rank: number; to: string | undefined }[] = this.blocksOf(this.get(vpc)).map(
      (cidr) => ({ cidr, rank: 0, to: "local" }),
    );
    for (const [, route] of this.all("aws_route")) {
      if (named(route.route_table_id) !== table) continue;
      const cidr = String(route.destination_cidr_block ?? route.destination_ipv6_cidr_block);
      const target = [
        "gateway_id",
        "nat_gateway_id",
        "egress_only_gateway_id",
        "transit_gateway_id",
        "vpc_peering_connection_id",
        "network_interface_id",
      ]
        .map((name) => named(route[name]))
        .find((one) => one !== "");
      routes.push({ cidr, rank: 1, to: target });
    }
    return best(routes, destination)?.to;
  }

  /** The subnet in which a target has its interface, if it has one. */
  private homeOf(target: string, from: string): string | undefined {
    const [type] = target.split(".");
    if (type === "aws_nat_gateway" || type === "aws_network_interface") return named(this.get(target).subnet_id);
    if (type !== "aws_ec2_transit_gateway") return undefined;
    const vpc = named(this.get(from).vpc_id);
    const own = this.attachments(target).find(([, attachment]) => named(attachment.vpc_id) === vpc);
    return own ? named((own[1].subnet_ids as string[])[0]) : undefined;
  }

  private groupAllows(
    instance: Attributes,
    direction: "egress" | "ingress",
    peer: string,
    protocol: string,
    port: number,
  ): boolean {
    const groups = (instance.vpc_security_group_ids ?? []) as string[];
    if (groups.length === 0) return direction === "egress";
    return groups.some((group) =>
      ((this.get(named(group))[direction] ?? []) as Attributes[]).some((rule) =>
        matches(rule, peer, protocol, port, [
          ...((rule.cidr_blocks ?? []) as string[]),
          ...((rule.ipv6_cidr_blocks ?? []) as string[]),
        ]),
      ),
    );
  }

  private aclAllows(
    subnet: string,
    direction: "egress" | "ingress",
    peer: string,
    protocol: string,
    port: number,
  ): boolean {
    const acl = this.all("aws_network_acl").find(([, one]) =>
      ((one.subnet_ids ?? []) as string[]).some((id) => named(id) === subnet),
    );
    if (!acl) return true;
    const rules = [...((acl[1][direction] ?? []) as Attributes[])].sort(
      (a, b) => Number(a.rule_no) - Number(b.rule_no),
    );
    const rule = rules.find((one) =>
      matches(
        one,
        peer,
        protocol,
        port,
        [one.cidr_block, one.ipv6_cidr_block].filter((block): block is string => typeof block === "string"),
      ),
    );
    return rule?.action === "allow";
  }
}

function matches(rule: Attributes, peer: string, protocol: string, port: number, blocks: readonly string[]): boolean {
  if (rule.protocol !== "-1" && rule.protocol !== protocol) return false;
  if (rule.protocol !== "-1" && (port < Number(rule.from_port) || port > Number(rule.to_port))) return false;
  return blocks.some((block) => holds(block, peer));
}

/** The longest prefix that holds the destination; of equal ones the lower rank. */
function best<T extends { readonly cidr: string; readonly rank: number }>(
  routes: readonly T[],
  destination: string,
): T | undefined {
  const length = (route: T) => Number(route.cidr.split("/")[1]);
  return routes
    .filter((route) => holds(route.cidr, destination))
    .sort((a, b) => length(b) - length(a) || a.rank - b.rank)[0];
}
