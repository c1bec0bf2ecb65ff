/**
 * The graph of one configuration. Subnets, route tables and local delivery are laid out here; each kind of gateway adds
 * its own positions in a file of its own and says what a route to it leads to.
 *
 * A packet that an interface in subnet S sends stands at `source(S)`; S's route table decides, and on the way to
 * anything outside S the ACL of S applies, going out, and that of the subnet it enters, coming in. Inside one subnet no
 * ACL applies (https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html).
 */
import type { Resource } from "../../configuration/resource";
import type { RoomInput } from "../../flows/flow";
import type { World } from "../../geography/world";
import { Acls } from "../filters/acls";
import { allOf, type Passing, passAll, possibly, withAddress } from "../filters/filters";
import { SecurityGroups } from "../filters/security-groups";
import { MAPPED, PRIVATE } from "../packets/packet";
import { type Constraint, PacketSet } from "../packets/packets";
import { Blocks, type Extents } from "../reading/blocks";
import { Reader } from "../reading/read";
import { type Subnet, sameZone, type Vpc, Vpcs } from "../reading/vpcs";
import { Graph, type Hop, type Position, type Rewrite } from "./graph";
import { type Route, type RouteTable, RouteTables, routeDestinations } from "./route-tables";

/** What a route leads to. */
export interface RouteEnd {
  readonly to: Position;
  readonly passing?: Passing;
  readonly rewrite?: Rewrite;
  /** The subnet that the target stands in: its ACL applies to what comes in. */
  readonly enters?: Subnet;
  /** The target works only for subnets in the zones of these. */
  readonly zones?: readonly Subnet[];
  readonly hops?: readonly Hop[];
}

export type Resolver = (route: Route, table: RouteTable, topology: Topology) => readonly RouteEnd[];

export class Topology {
  readonly graph = new Graph();
  readonly reader: Reader;
  readonly blocks: Blocks;
  readonly vpcs: Vpcs;
  readonly tables: RouteTables;
  readonly acls: Acls;
  readonly groups: SecurityGroups;
  readonly world: World;

  constructor(
    readonly input: RoomInput,
    private readonly resolve: Resolver,
  ) {
    this.world = input.world;
    this.reader = new Reader(input);
    this.blocks = new Blocks(this.reader, () => routeDestinations(this.reader));
    this.vpcs = new Vpcs(this.reader, this.blocks);
    this.tables = new RouteTables(this.reader, this.blocks, this.vpcs);
    this.acls = new Acls(this.reader, this.blocks, this.vpcs);
    this.groups = new SecurityGroups(this.reader, this.blocks, this.vpcs);
  }

  /** Where a packet is that an interface in the subnet sends. */
  source(subnet: Subnet): Position {
    const id = `source ${subnet.key}`;
    if (this.graph.has(id)) return this.graph.position(id, subnet.name);
    const position = this.graph.position(id, subnet.name);
    const tables = this.tables.of(subnet);
    for (const { table, by, at } of tables) {
      const hops: Hop[] = by ? [{ by, attribute: at, why: `${subnet.name} uses ${table.name}` }] : [];
      const chosen: Passing =
        tables.length > 1 ? possibly(passAll, "which route table the subnet uses is not known") : passAll;
      const routed = allOf(chosen, leavingSubnet(subnet, table));
      this.graph.connect(position, this.table(table, subnet), {
        passing: allOf(this.acls.of(subnet).egress, routed),
        hops: [...hops, ...this.aclHops(subnet, "egress")],
      });
      this.withinSubnet(position, subnet, table, routed, hops);
    }
    return position;
  }

  /** Next hops in the sender's own subnet, and local delivery there: no ACL on the way. */
  private withinSubnet(
    position: Position,
    subnet: Subnet,
    table: RouteTable,
    routed: Passing,
    hops: readonly Hop[],
  ): void {
    for (const route of table.routes) {
      for (const end of this.resolve(route, table, this)) {
        if (end.enters !== subnet) continue;
        this.graph.connect(position, end.to, {
          passing: allOf(allOf(matchOf(route), routed), end.passing ?? passAll),
          rewrite: end.rewrite,
          hops: [...hops, ...routeHops(route, table, end.to.name), ...(end.hops ?? [])],
        });
      }
    }
    this.graph.connect(position, this.inside(subnet), { passing: toExtents(subnet.blocks) });
  }

  /** The decision of a route table for packets from the zone of a subnet. */
  table(table: RouteTable, subnet?: Subnet): Position {
    const zoned = this.isZoned(table);
    const id = `table ${table.key}${zoned ? ` ${subnet?.zone ?? "?"}` : ""}`;
    if (this.graph.has(id)) return this.graph.position(id, table.name);
    const position = this.graph.position(id, table.name);
    for (const route of table.routes) {
      const match = matchOf(route);
      if (match.may.isEmpty) continue;
      for (const end of this.resolve(route, table, this)) this.connectRoute(position, route, table, match, end, subnet);
    }
    this.graph.connect(position, this.delivery(table.vpc), { passing: toExtents(table.local) });
    return position;
  }

  private connectRoute(
    position: Position,
    route: Route,
    table: RouteTable,
    match: Passing,
    end: RouteEnd,
    subnet: Subnet | undefined,
  ): void {
    if (end.zones && subnet && end.zones.every((zone) => sameZone(zone, subnet) === false)) return;
    const entering = end.enters ? this.acls.of(end.enters).ingress : passAll;
    this.graph.connect(position, end.to, {
      passing: allOf(allOf(match, entering), end.passing ?? passAll),
      rewrite: end.rewrite,
      hops: [
        ...routeHops(route, table, end.to.name),
        ...(end.enters ? this.aclHops(end.enters, "ingress") : []),
        ...(end.hops ?? []),
      ],
    });
  }

  private readonly zoned = new Map<string, boolean>();
  private isZoned(table: RouteTable): boolean {
    let zoned = this.zoned.get(table.key);
    if (zoned === undefined) {
      zoned = table.routes.some((route) => this.resolve(route, table, this).some((end) => end.zones !== undefined));
      this.zoned.set(table.key, zoned);
    }
    return zoned;
  }

  /** Local delivery in a VPC: to the subnet that has the address. */
  delivery(vpc: Vpc): Position {
    const id = `delivery ${vpc.key}`;
    if (this.graph.has(id)) return this.graph.position(id, vpc.name);
    const position = this.graph.position(id, vpc.name);
    for (const subnet of vpc.subnets) {
      this.graph.connect(position, this.inside(subnet), {
        passing: allOf(toExtents(subnet.blocks), this.acls.of(subnet).ingress),
      });
    }
    return position;
  }

  /** What has come into a subnet, past its ACL. */
  inside(subnet: Subnet): Position {
    return this.graph.position(`inside ${subnet.key}`, subnet.name);
  }

  private aclHops(subnet: Subnet, direction: "egress" | "ingress"): Hop[] {
    const acl = this.acls.of(subnet);
    if (!acl.resource) return [];
    const [rule] = acl.rules[direction].filter((one) => one.allows !== false && !one.match.may.isEmpty);
    if (!rule) return [];
    const way = direction === "egress" ? "out of" : "into";
    return [
      {
        by: rule.by,
        attribute: rule.attribute === "" ? undefined : rule.attribute,
        why: `${acl.name} lets the packet ${way} ${subnet.name}`,
      },
    ];
  }
}

/**
 * What follows the route table at all. Whether a route to a subnet's own addresses is heeded for packets between its own
 * interfaces the documentation does not say: there it is possible, and delivery is too.
 */
function leavingSubnet(subnet: Subnet, table: RouteTable): Passing {
  const own = toExtents(subnet.blocks).must;
  const inward = table.routes.some((route) => !matchOf(route).may.intersect(own).isEmpty);
  if (!inward) return passAll;
  const unless = `${table.name} has a route to addresses of ${subnet.name} itself`;
  return { must: PacketSet.all.minus(own), may: PacketSet.all, unless };
}

export const matchOf = (route: Route): Passing => withAddress("destination", route.match);

/** Packets to the extents. */
export const toExtents = (extents: Extents): Passing => withAddress("destination", extents);

function routeHops(route: Route, table: RouteTable, to: string): Hop[] {
  const by: Resource | undefined = route.by ?? table.resource ?? table.vpc.resource;
  if (!by) return [];
  const attribute = route.by ? route.attribute : undefined;
  return [{ by, ...(attribute ? { attribute } : {}), why: `the route ${route.shown} of ${table.name} leads to ${to}` }];
}

/** A packet that leaves a VPC by anything but its internet gateway: no internet gateway elsewhere knows its source. */
export const leaveVpc: Rewrite = {
  after: (set) => set.assign(4, { mapped: PRIVATE }).assign(6, { mapped: PRIVATE }),
  before: (set) => set.intersect(marked(PRIVATE)).forget(MAPPED),
};

/** Packets of both families with a constraint that says nothing of addresses. */
export const bothFamilies = (constraint: Constraint): PacketSet =>
  PacketSet.of(4, constraint).union(PacketSet.of(6, constraint));
export const marked = (mapped: Constraint["mapped"]): PacketSet => bothFamilies({ mapped });
