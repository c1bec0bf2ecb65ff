/**
 * NAT gateways: public ones give packets an address that the internet gateway knows, private ones an address of their
 * own subnet; regional ones belong to the whole VPC, stand in no subnet and have their own way to the internet gateway
 * (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html,
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html). They also turn IPv6 packets to
 * 64:ff9b::/96 into IPv4 ones (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import { certainly, possibly } from "../filters/filters";
import { NAT64, NAT64_PREFIX } from "../packets/addresses";
import {
  DESTINATION,
  ICMP,
  ICMPV6,
  MAPPED,
  PRIVATE,
  SOURCE,
  SOURCE_PORT,
  TCP,
  TRANSLATED,
  UDP,
} from "../packets/packet";
import { PacketSet } from "../packets/packets";
import { type Ranges, range, single, union } from "../packets/ranges";
import { isComputed, text, word } from "../reading/read";
import type { Subnet, Vpc } from "../reading/vpcs";
import type { Gateways } from "./gateways";
import type { Position, Rewrite } from "./graph";
import type { RouteEnd, Topology } from "./topology";

/** NAT gateways carry these and nothing else (nat-gateway-basics.html). */
const CARRIED: Ranges = union(union(single(ICMP), single(TCP)), single(UDP));
const PORTED: Ranges = union(single(TCP), single(UDP));
/** Source ports they choose from. */
const PORTS: Ranges = range(1024, 65535);

export class NatGateways {
  constructor(
    private readonly topology: Topology,
    private readonly gateways: Gateways,
  ) {}

  end(gateway: Resource): RouteEnd {
    const { topology } = this;
    const id = `nat gateway ${gateway.stack} ${gateway.address}`;
    const name = gateway.address;
    const subnet = this.subnetOf(gateway);
    if (topology.graph.has(id)) return { to: topology.graph.position(id, name), ...(subnet ? { enters: subnet } : {}) };
    const position = topology.graph.position(id, name);
    if (subnet) this.zonal(position, gateway, subnet);
    else if (this.isRegional(gateway)) this.regional(position, gateway);
    return { to: position, ...(subnet ? { enters: subnet } : {}) };
  }

  private isRegional(gateway: Resource): boolean {
    return word(attribute(gateway, "availability_mode"), "ZONAL") === "REGIONAL";
  }

  private subnetOf(gateway: Resource): Subnet | undefined {
    const [resource] = this.topology.reader.named(attribute(gateway, "subnet_id")).resources;
    return resource && this.topology.vpcs.subnetOf(resource);
  }

  private zonal(position: Position, gateway: Resource, subnet: Subnet): void {
    const addresses = this.addressesOf(gateway, subnet);
    const mode = word(attribute(gateway, "connectivity_type"), "PUBLIC");
    const source = this.topology.source(subnet);
    const hop = (how: string) => [
      {
        by: gateway,
        attribute: "subnet_id",
        why: `${gateway.address} gives the packet ${how} and sends it on from ${subnet.name}`,
      },
    ];
    if (mode === "PUBLIC" || mode === undefined)
      this.translate(position, source, addresses, TRANSLATED, hop("its public address"), mode === undefined);
    if (mode === "PRIVATE" || mode === undefined)
      this.translate(position, source, addresses, PRIVATE, hop("its private address"), mode === undefined);
  }

  /** Its private address where it is written down and the only one; else any of its subnet. */
  private addressesOf(gateway: Resource, subnet: Subnet): Ranges {
    const own = text(attribute(gateway, "private_ip"));
    const more = ["secondary_private_ip_addresses", "secondary_private_ip_address_count", "secondary_allocation_ids"];
    const single = more.every((name) => attribute(gateway, name) === null || isComputed(attribute(gateway, name)));
    return own !== undefined && single ? this.topology.blocks.read(own, 4)[4].must : subnet.blocks[4].may;
  }

  private translate(
    from: Position,
    to: Position,
    addresses: Ranges,
    mark: Ranges,
    hops: { by: Resource; attribute: string; why: string }[],
    unsure: boolean,
  ): void {
    const { graph } = this.topology;
    const guard = (set: PacketSet) =>
      unsure ? possibly(certainly(set), "the connectivity type of a NAT gateway is not known") : certainly(set);
    graph.connect(from, to, {
      passing: guard(PacketSet.of(4, { protocol: CARRIED })),
      rewrite: translation(addresses, mark),
      hops,
    });
    graph.connect(from, to, {
      passing: guard(PacketSet.of(6, { protocol: union(PORTED, single(ICMPV6)), destination: NAT64 })),
      rewrite: nat64(translation(addresses, mark)),
      hops,
    });
  }

  /** It stands in no subnet; its own route table leads to the internet gateway of its VPC, if there is one. */
  private regional(position: Position, gateway: Resource): void {
    const vpc = this.topology.vpcs.denoted(attribute(gateway, "vpc_id"));
    if (!vpc) return;
    const attached = this.attachedGateway(vpc);
    // The default VPC comes with one (default-vpc-components.html); of a VPC kept elsewhere it can't be seen.
    const has = attached !== undefined || vpc.isDefault || vpc.foreign;
    if (has) this.gateways.internetGateway(vpc, attached, attached?.address ?? `the internet gateway of ${vpc.name}`);
    const table = this.topology.tables.ofRegionalNat(gateway, vpc, has);
    const why = `${gateway.address} is regional: AWS keeps a route table for it`;
    const hops = [{ by: gateway, attribute: "availability_mode", why }];
    this.translate(position, this.topology.table(table), vpc.blocks[4].may, TRANSLATED, hops, false);
  }

  private attachedGateway(vpc: Vpc): Resource | undefined {
    const { reader, vpcs } = this.topology;
    const own = reader
      .ofType("aws_internet_gateway")
      .find((gateway) => vpcs.denoted(attribute(gateway, "vpc_id")) === vpc);
    if (own) return own;
    for (const attachment of reader.ofType("aws_internet_gateway_attachment")) {
      if (vpcs.denoted(attribute(attachment, "vpc_id")) !== vpc) continue;
      return reader.named(attribute(attachment, "internet_gateway_id")).resources[0] ?? attachment;
    }
    return undefined;
  }
}

/** Gives packets one of the addresses and a port of the gateway's; ICMP keeps its type. */
function translation(addresses: Ranges, mark: Ranges): Rewrite {
  const translated = PacketSet.of(4, { source: addresses, mapped: mark });
  const ported = PacketSet.of(4, { protocol: PORTED });
  const echo = PacketSet.of(4, { protocol: single(ICMP) });
  return {
    after: (set) =>
      set
        .intersect(ported)
        .assign(4, { source: addresses, sourcePort: PORTS, mapped: mark })
        .union(set.intersect(echo).assign(4, { source: addresses, mapped: mark })),
    before: (set) => {
      const own = set.intersect(translated);
      const withPort = own
        .intersect(PacketSet.of(4, { protocol: PORTED, sourcePort: PORTS }))
        .forget(SOURCE, SOURCE_PORT, MAPPED);
      return withPort.union(own.intersect(echo).forget(SOURCE, MAPPED));
    },
  };
}

/** Takes the IPv4 destination out of the last 32 bits, then translates. */
function nat64(then: Rewrite): Rewrite {
  return {
    after: (set) => then.after(toIpv4(set)),
    before: (set) => toIpv6(then.before(set)),
  };
}

function toIpv4(set: PacketSet): PacketSet {
  const inside = set.intersect(PacketSet.of(6, { destination: NAT64 }));
  return inside.mapFamily(6, 4, (field, ranges) => {
    if (field === SOURCE) return PacketSet.of(4).project(4, SOURCE);
    if (field === DESTINATION) return ranges.map((address) => Number(BigInt(address) - NAT64_PREFIX));
    return ranges;
  });
}

function toIpv6(set: PacketSet): PacketSet {
  return set.mapFamily(4, 6, (field, ranges) => {
    if (field === SOURCE) return PacketSet.of(6).project(6, SOURCE);
    if (field === DESTINATION) return ranges.map((address) => BigInt(address) + NAT64_PREFIX);
    return ranges;
  });
}
