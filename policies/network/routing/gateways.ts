/**
 * Gateways of a VPC to the outside: internet gateways, egress-only internet gateways, carrier gateways, local gateways
 * of Outposts.
 *
 * - An internet gateway forwards what has a public IPv4 address mapped to its source, or a global IPv6 address
 *   (https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html).
 * - An egress-only one forwards IPv6, and lets nothing in that did not start inside
 *   (https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { internet, type Place, placeOfRegion } from "../../geography/place";
import { allOf, certainly, type Passing, passAll, possibly } from "../filters/filters";
import { parseBlock, publicAddresses } from "../packets/addresses";
import { PUBLIC, TRANSLATED } from "../packets/packet";
import { PacketSet } from "../packets/packets";
import { subtract, union } from "../packets/ranges";
import { isComputed } from "../reading/read";
import type { Vpc } from "../reading/vpcs";
import { type BlockedAccess, openAccess } from "./block-public-access";
import type { Hop, Position } from "./graph";
import { leaveVpc, type RouteEnd, type Topology, toExtents } from "./topology";

/** Packets to addresses of the public internet that nobody vouches for. */
export function publicDestinations(topology: Topology): PacketSet {
  let ipv4 = publicAddresses(4);
  let ipv6 = publicAddresses(6);
  for (const { id } of topology.world.trust.places) {
    const block = parseBlock(id);
    if (!block || !isInside(topology, id)) continue;
    if (block.family === 4) ipv4 = subtract(ipv4, block.ranges);
    else ipv6 = subtract(ipv6, block.ranges);
  }
  return PacketSet.of(4, { destination: ipv4 }).union(PacketSet.of(6, { destination: ipv6 }));
}

/** Whether the trust file says that the thing an id names is inside the boundary. */
export function isInside(topology: Topology, id: string): boolean {
  const place = vouchedPlace(topology, id);
  return place !== undefined && topology.world.sideOf(place) === "inside";
}

/** The place that the trust file gives to an id. */
export function vouchedPlace(topology: Topology, id: string): Place | undefined {
  const entry = topology.world.vouched(id);
  if (!entry) return undefined;
  if (entry.country !== undefined) return { id, countries: [entry.country] };
  return entry.region === undefined
    ? { id, countries: undefined }
    : { id, countries: placeOfRegion(entry.region).countries };
}

/** A VPC of this configuration that stands outside: what comes into it has left. */
export const standsOutside = (topology: Topology, vpc: Vpc): boolean =>
  vpc.region !== undefined && topology.world.sideOf(placeOfRegion(vpc.region)) !== "inside";

/** Where packets end that come into such a VPC from elsewhere. */
export function connectOutsideVpc(topology: Topology, from: Position, vpc: Vpc, channel: string, hop: Hop): void {
  if (!vpc.resource || !standsOutside(topology, vpc)) return;
  const exit = topology.graph.exit(`${channel} into ${vpc.key}`, vpc.name, {
    channel,
    to: { kind: "resource", resource: vpc.resource },
    entry: topology.delivery(vpc),
    internet: false,
  });
  topology.graph.connect(from, exit, { passing: toExtents(vpc.blocks), hops: [hop] });
}

/** The place behind a gateway: where the trust file says, else it can't be determined. */
export const placeBehind = (topology: Topology, id: string): Place =>
  vouchedPlace(topology, id) ?? { id, countries: undefined };

export class Gateways {
  private readonly destinations: PacketSet;
  private readonly access: (vpc: Vpc) => BlockedAccess;

  constructor(
    private readonly topology: Topology,
    access: ((vpc: Vpc) => BlockedAccess) | undefined,
  ) {
    this.destinations = publicDestinations(topology);
    this.access = access ?? (() => openAccess);
  }

  /** The internet gateway of a VPC. */
  internetGateway(vpc: Vpc, gateway: Resource | undefined, name: string): Position {
    const { graph } = this.topology;
    const id = `internet gateway ${vpc.key}`;
    if (graph.has(id)) return graph.position(id, name);
    const position = graph.position(id, name);
    const access = this.access(vpc);
    const entry = graph.position(`${id} in`, name);
    this.enter(entry, vpc, gateway, access.inward);
    const exit = graph.exit(id, "the internet", {
      channel: "vpc.internet-gateway",
      to: { kind: "place", place: internet },
      entry,
      internet: true,
    });
    const by = gateway ?? vpc.resource;
    const known = PacketSet.of(4, { mapped: union(PUBLIC, TRANSLATED) }).union(PacketSet.of(6, { mapped: PUBLIC }));
    graph.connect(position, exit, {
      passing: allOf(certainly(known.intersect(this.destinations)), access.outward),
      hops: [
        ...(by
          ? [
              {
                by,
                ...(gateway ? { attribute: attachmentAttribute(gateway) } : {}),
                why: `${name} forwards to the internet`,
              },
            ]
          : []),
        ...access.hops,
      ],
    });
    return position;
  }

  /** What comes in by a gateway: to the route table associated with it, else straight to the subnets. */
  private enter(entry: Position, vpc: Vpc, gateway: Resource | undefined, inward: Passing): void {
    const { topology } = this;
    const table = gateway && topology.tables.ofGateway(gateway);
    const to = table ? topology.table(table) : topology.delivery(vpc);
    const addressed = certainly(toExtents(vpc.blocks).may);
    topology.graph.connect(entry, to, { passing: allOf(addressed, inward) });
  }

  egressOnly(vpc: Vpc, gateway: Resource | undefined, name: string): Position {
    const { graph } = this.topology;
    const id = `egress-only gateway ${vpc.key}`;
    if (graph.has(id)) return graph.position(id, name);
    const position = graph.position(id, name);
    const access = this.access(vpc);
    const exit = graph.exit(id, "the internet", {
      channel: "vpc.egress-only-gateway",
      to: { kind: "place", place: internet },
      internet: true,
    });
    const by = gateway ?? vpc.resource;
    graph.connect(position, exit, {
      passing: allOf(certainly(PacketSet.of(6, { mapped: PUBLIC }).intersect(this.destinations)), access.egressOnly),
      hops: [
        ...(by
          ? [{ by, ...(gateway ? { attribute: "vpc_id" } : {}), why: `${name} forwards IPv6 to the internet` }]
          : []),
        ...access.hops,
      ],
    });
    return position;
  }

  /** A gateway to a network that is not AWS's: the carrier's, a site's. */
  site(
    channel: string,
    id: string,
    name: string,
    place: Place,
    vpc: Vpc,
    hop: Hop | undefined,
    unless?: string,
    inward: Passing = passAll,
  ): Position {
    const { graph } = this.topology;
    const key = `${channel} ${id} ${vpc.key}`;
    if (graph.has(key)) return graph.position(key, name);
    const position = graph.position(key, name);
    const inside = this.topology.world.sideOf(place) === "inside";
    if (inside) return position;
    const entry = graph.position(`${key} in`, name);
    this.enter(entry, vpc, undefined, inward);
    const exit = graph.exit(key, place.id, {
      channel,
      to: { kind: "place", place },
      entry,
      internet: false,
      ...(unless === undefined ? {} : { unless }),
    });
    graph.connect(position, exit, {
      passing: unless === undefined ? passAll : possibly(passAll, unless),
      hops: hop ? [hop] : [],
    });
    return position;
  }

  /** A carrier gateway; VPC Block Public Access stops what passes it as well (security-vpc-bpa-basics.html). */
  carrier(vpc: Vpc, id: string, hop: Hop | undefined): RouteEnd {
    const access = this.access(vpc);
    const place = { id: "the carrier's network", countries: [] };
    const to = this.site("vpc.carrier-gateway", id, id, place, vpc, hop, undefined, access.inward);
    return { to, passing: access.outward, rewrite: leaveVpc, hops: access.hops };
  }

  /** A route to something that can't be seen: it may lead anywhere. */
  unseen(by: Resource | undefined, at: string | undefined, vpc: Vpc, why: string): RouteEnd {
    const hop = by ? { by, ...(at === undefined ? {} : { attribute: at }), why } : undefined;
    const position = this.site(
      "vpc.route",
      `${by?.address ?? ""} ${at ?? ""} ${why}`,
      "a target that is not known",
      { id: "a target that is not known", countries: undefined },
      vpc,
      hop,
      why,
    );
    return { to: position, rewrite: leaveVpc };
  }
}

const attachmentAttribute = (gateway: Resource): string | undefined =>
  attribute(gateway, "vpc_id") === null ? undefined : "vpc_id";

/** Whether an internet gateway is attached to a VPC at all; one that isn't forwards nothing. */
export function isAttached(topology: Topology, gateway: Resource): boolean {
  if (gateway.mode !== "managed") return true;
  const own: Value = attribute(gateway, "vpc_id");
  if (own !== null && own !== "" && !isComputed(own)) return true;
  return topology.input.context.referring("aws_internet_gateway_attachment", "internet_gateway_id", gateway).length > 0;
}
