/**
 * VPC route tables: which one a subnet or a gateway uses, and which destinations each route takes.
 *
 * The most specific route wins; among equal ones the local route, then static ones, then propagated ones
 * (https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html). A subnet that is associated with no
 * table uses the VPC's main table; the main table of a new VPC has the local route only, that of the default VPC also a
 * route to its internet gateway.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { isUnknown, type Value, type Values } from "../../configuration/value";
import { allAddresses, type Family, parseBlock } from "../packets/addresses";
import { push } from "../packets/multimap";
import { none, subtract, union } from "../packets/ranges";
import { type Blocks, type Extent, type Extents, exactly, nowhere } from "../reading/blocks";
import { blocks as blocksOf, isComputed, items, type Reader, text } from "../reading/read";
import type { Subnet, Vpc, Vpcs } from "../reading/vpcs";
import { compete, everyAddress, FAMILIES, type Piece, piecesOf } from "./longest-prefix";

/** Attributes that name a route's target, in `aws_route` and in the route blocks of tables. */
export const TARGETS = [
  "carrier_gateway_id",
  "core_network_arn",
  "egress_only_gateway_id",
  "gateway_id",
  "instance_id",
  "local_gateway_id",
  "nat_gateway_id",
  "network_interface_id",
  "odb_network_arn",
  "transit_gateway_id",
  "vpc_endpoint_id",
  "vpc_peering_connection_id",
] as const;
export type TargetAttribute = (typeof TARGETS)[number];

export interface RouteTarget {
  readonly kind:
    | TargetAttribute
    | "default-internet-gateway"
    | "gateway-endpoint"
    | "propagated"
    | "route-server"
    | "unseen";
  readonly value: Value;
}

export interface Route {
  /** The resource that holds the route, and where in it the destination stands. */
  readonly by?: Resource;
  readonly attribute?: string;
  /** The destination as it is written, for messages. */
  readonly shown: string;
  readonly target: RouteTarget;
  /** What the route takes after more specific ones have taken theirs. */
  readonly match: Extents;
}

export interface RouteTable {
  readonly key: string;
  readonly resource?: Resource;
  readonly name: string;
  readonly vpc: Vpc;
  readonly routes: readonly Route[];
  /** What is left to the local route. */
  readonly local: Extents;
}

/** A route before it is weighed against the others. */
interface Candidate {
  readonly by?: Resource;
  readonly attribute?: string;
  readonly shown: string;
  readonly target: RouteTarget;
  readonly pieces: readonly Piece[];
}
const VPC_TYPES = new Set(["aws_vpc", "aws_default_vpc"]);
const TABLES = new Set(["aws_route_table", "aws_default_route_table"]);

export class RouteTables {
  private readonly tables = new Map<string, RouteTable>();
  private readonly mains = new Map<Vpc, TableId>();
  private readonly bySubnet = new Map<Subnet, TableId[]>();
  private readonly byGateway = new Map<Resource, TableId>();
  private readonly separate = new Map<string, { route: Resource; unless?: string }[]>();
  private readonly propagated = new Map<string, { by: Resource; at: string; gateway: Value; server?: boolean }[]>();
  private readonly endpoints = new Map<string, { endpoint: Resource; by: Resource; at: string }[]>();

  constructor(
    private readonly reader: Reader,
    private readonly blocks: Blocks,
    private readonly vpcs: Vpcs,
  ) {
    this.index();
  }

  /** The tables a subnet may use: one, unless it is not known which. */
  of(subnet: Subnet): { table: RouteTable; by?: Resource; at?: string }[] {
    const explicit = this.bySubnet.get(subnet);
    const ids = explicit ?? [this.mainOf(subnet.vpc)];
    return ids.map((id) => ({ table: this.table(id), by: id.by, at: id.at }));
  }

  /** The table that traffic coming in by a gateway uses, if one is associated with it. */
  ofGateway(gateway: Resource): RouteTable | undefined {
    const id = this.byGateway.get(gateway);
    return id && this.table(id);
  }

  private index(): void {
    const { reader } = this;
    for (const association of reader.ofType("aws_main_route_table_association")) {
      const vpc = this.vpcs.denoted(attribute(association, "vpc_id"));
      const id = this.idOf(attribute(association, "route_table_id"), association, "route_table_id");
      if (vpc && id) this.mains.set(vpc, id);
    }
    for (const association of reader.ofType("aws_route_table_association")) this.associate(association);
    for (const route of reader.ofType("aws_route")) {
      const value = attribute(route, "route_table_id");
      const { certain, unknown } = this.reader.named(value);
      const unless = certain ? {} : { unless: unknown ?? "which table it is in is not known" };
      for (const id of this.idsOf(value)) push(this.separate, id.key, { route, ...unless });
    }
    for (const table of reader.ofType("aws_route_table", "aws_default_route_table")) {
      const key = this.ofResource(table).key;
      for (const { value, at } of items(table, "propagating_vgws"))
        push(this.propagated, key, { by: table, at, gateway: value });
    }
    for (const propagation of reader.ofType("aws_vpn_gateway_route_propagation")) {
      for (const id of this.idsOf(attribute(propagation, "route_table_id"))) {
        push(this.propagated, id.key, {
          by: propagation,
          at: "vpn_gateway_id",
          gateway: attribute(propagation, "vpn_gateway_id"),
        });
      }
    }
    for (const propagation of reader.ofType("aws_vpc_route_server_propagation")) {
      for (const id of this.idsOf(attribute(propagation, "route_table_id"))) {
        push(this.propagated, id.key, {
          by: propagation,
          at: "route_server_id",
          gateway: attribute(propagation, "route_server_id"),
          server: true,
        });
      }
    }
    this.indexEndpoints();
  }

  private associate(association: Resource): void {
    const id = this.idOf(attribute(association, "route_table_id"), association, "route_table_id");
    const subnetValue = attribute(association, "subnet_id");
    const named = this.reader.named(subnetValue);
    for (const resource of named.resources) {
      const subnet = this.vpcs.subnetOf(resource);
      if (!subnet) continue;
      const ids = this.bySubnet.get(subnet) ?? [];
      ids.push(id ?? unseenTable(subnet.vpc, association));
      // If it may be another subnet that is meant, this one may as well use the main table.
      if (!named.certain && ids.length === 1) ids.push(this.mainOf(subnet.vpc));
      this.bySubnet.set(subnet, ids);
    }
    for (const gateway of this.reader.named(attribute(association, "gateway_id")).resources) {
      if (id) this.byGateway.set(gateway, id);
    }
  }

  private indexEndpoints(): void {
    const add = (value: Value, endpoint: Resource, by: Resource, at: string) => {
      for (const id of this.idsOf(value)) push(this.endpoints, id.key, { endpoint, by, at });
    };
    for (const endpoint of this.reader.ofType("aws_vpc_endpoint")) {
      for (const { value, at } of items(endpoint, "route_table_ids")) add(value, endpoint, endpoint, at);
    }
    for (const association of this.reader.ofType("aws_vpc_endpoint_route_table_association")) {
      for (const endpoint of this.reader.named(attribute(association, "vpc_endpoint_id"), new Set(["aws_vpc_endpoint"]))
        .resources) {
        add(attribute(association, "route_table_id"), endpoint, association, "route_table_id");
      }
    }
  }

  /**
   * The table of a regional NAT gateway: AWS makes it with a route to the VPC's internet gateway, others may be added
   * (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html).
   */
  ofRegionalNat(gateway: Resource, vpc: Vpc, hasInternetGateway: boolean): RouteTable {
    const id = { key: natTableKey(gateway), vpc };
    const routes = [...this.beside(id), ...(hasInternetGateway ? [DEFAULT_ROUTE] : [])];
    const name = `the route table of ${gateway.address}`;
    return { key: id.key, resource: gateway, name, vpc, ...weigh(routes, vpc) };
  }

  mainOf(vpc: Vpc): TableId {
    const replaced = this.mains.get(vpc);
    if (replaced) return replaced;
    return this.defaultTableOf(vpc);
  }

  /** The table that the VPC was made with. */
  private defaultTableOf(vpc: Vpc): TableId {
    const managing = this.reader.ofType("aws_default_route_table").find((table) => {
      const named = this.reader.named(attribute(table, "default_route_table_id"), VPC_TYPES);
      return named.resources.some((resource) => this.vpcs.of(resource) === vpc);
    });
    return managing ? this.ofResource(managing) : { key: `main ${vpc.key}`, vpc };
  }

  private ofResource(resource: Resource): TableId {
    return { key: `${resource.stack} ${resource.address}`, resource, vpc: this.vpcOfTable(resource) };
  }

  private vpcOfTable(resource: Resource): Vpc | undefined {
    if (resource.type === "aws_default_route_table") {
      const named = this.reader.named(attribute(resource, "default_route_table_id"), VPC_TYPES);
      for (const one of named.resources) {
        const vpc = this.vpcs.of(one);
        if (vpc) return vpc;
      }
      return undefined;
    }
    return this.vpcs.denoted(attribute(resource, "vpc_id"));
  }

  private idsOf(value: Value): TableId[] {
    const named = this.reader.named(value, new Set([...TABLES, ...VPC_TYPES, "aws_nat_gateway"]));
    return named.resources.flatMap((resource) => {
      if (resource.type === "aws_nat_gateway") return [{ key: natTableKey(resource) }];
      if (!VPC_TYPES.has(resource.type)) return resource.mode === "managed" ? [this.ofResource(resource)] : [];
      const vpc = this.vpcs.of(resource);
      if (!vpc) return [];
      const first = this.defaultTableOf(vpc);
      const main = this.mainOf(vpc);
      // Which of the two it is depends on whether the attribute is read before the main table is replaced or after.
      return named.path === "main_route_table_id" && main.key !== first.key ? [main, first] : [first];
    });
  }

  private idOf(value: Value, by: Resource, at: string): TableId | undefined {
    const [id] = this.idsOf(value);
    return id && { ...id, by, at };
  }

  table(id: TableId): RouteTable {
    let table = this.tables.get(id.key);
    if (!table) {
      table = this.build(id);
      this.tables.set(id.key, table);
    }
    return table;
  }

  private build(id: TableId): RouteTable {
    const vpc = id.vpc ?? NO_VPC;
    const candidates = [...this.inline(id), ...this.beside(id), ...this.propagations(id), ...this.gatewayEndpoints(id)];
    if (!id.resource && !id.unseen && vpc.isDefault) candidates.push(DEFAULT_ROUTE);
    if (id.unseen || (!id.resource && vpc.foreign)) candidates.push(unseenRoutes(id));
    const weighed = weigh(candidates, vpc);
    return {
      key: id.key,
      resource: id.resource,
      name: id.resource?.address ?? `the main route table of ${vpc.name}`,
      vpc,
      ...weighed,
    };
  }

  private inline(id: TableId): Candidate[] {
    if (!id.resource) return [];
    const { known, unknown } = blocksOf(id.resource, "route");
    const out = known.flatMap(({ values, at, unless }) => {
      const routes = this.candidate(id.resource!, values, `${at}.`, INLINE_DESTINATIONS);
      return unless === undefined ? routes : routes.map((route) => doubtful(route, unless));
    });
    if (unknown)
      out.push({
        by: id.resource,
        attribute: "route",
        shown: "not known",
        target: { kind: "unseen", value: unknown },
        pieces: anyDestination(`route: ${unknown.why}`),
      });
    return out;
  }

  private beside(id: TableId): Candidate[] {
    return (this.separate.get(id.key) ?? []).flatMap(({ route, unless }) => {
      const routes = this.candidate(route, route.values, "", SEPARATE_DESTINATIONS);
      return unless === undefined ? routes : routes.map((one) => doubtful(one, unless));
    });
  }

  private candidate(
    by: Resource,
    values: Values,
    prefix: string,
    names: readonly (readonly [string, "cidr4" | "cidr6" | "list"])[],
  ): Candidate[] {
    const get = (name: string): Value => (Object.hasOwn(values, name) ? values[name] : null);
    const target = TARGETS.map((kind) => ({ kind, value: get(kind) })).find(
      ({ value }) => value !== null && value !== "" && !isComputed(value),
    );
    if (!target) return [];
    for (const [name, form] of names) {
      const value = get(name);
      if (value === null || value === "" || isComputed(value)) continue;
      const shown =
        typeof value === "string" ? value : isUnknown(value) ? (value.references[0]?.address ?? value.why) : "?";
      const pieces = form === "list" ? this.listPieces(value) : this.cidrPieces(value, form === "cidr4" ? 4 : 6);
      return [{ by, attribute: `${prefix}${name}`, shown, target, pieces }];
    }
    return [];
  }

  private cidrPieces(value: Value, family: Family): Piece[] {
    const block = typeof value === "string" ? parseBlock(value) : undefined;
    const extents = this.blocks.read(value, block?.family ?? family);
    return FAMILIES.filter((one) => extents[one].may.length > 0).map((one) => ({
      family: one,
      extent: extents[one],
      length: block?.length,
      rank: STATIC,
    }));
  }

  private listPieces(value: Value): Piece[] {
    const extents = this.blocks.prefixList(value);
    // The entries of a list compete one by one; of ranges, the size tells the length.
    return FAMILIES.flatMap((family) => piecesOf(family, extents[family], STATIC));
  }

  private propagations(id: TableId): Candidate[] {
    return (this.propagated.get(id.key) ?? []).map(({ by, at, gateway, server }) => ({
      by,
      attribute: at,
      shown: "propagated",
      target: { kind: server ? "route-server" : "propagated", value: gateway },
      pieces: learnt(),
    }));
  }

  private gatewayEndpoints(id: TableId): Candidate[] {
    return (this.endpoints.get(id.key) ?? []).map(({ endpoint, by, at }) => ({
      by,
      attribute: at,
      shown: text(attribute(endpoint, "service_name")) ?? "an AWS service",
      target: { kind: "gateway-endpoint", value: attribute(endpoint, "service_name") },
      pieces: FAMILIES.flatMap((family) => piecesOf(family, this.blocks.awsService()[family], STATIC)),
    }));
  }
}

/** All literal destinations of routes. */
export function* routeDestinations(reader: Reader): Iterable<string> {
  for (const resource of reader.ofType("aws_route", "aws_ec2_transit_gateway_route")) {
    for (const name of ["destination_cidr_block", "destination_ipv6_cidr_block"]) {
      const destination = text(attribute(resource, name));
      if (destination) yield destination;
    }
  }
  for (const table of reader.ofType("aws_route_table", "aws_default_route_table")) {
    for (const { values } of blocksOf(table, "route").known) {
      for (const name of ["cidr_block", "ipv6_cidr_block"]) {
        const destination = text(Object.hasOwn(values, name) ? values[name] : null);
        if (destination) yield destination;
      }
    }
  }
}

export interface TableId {
  readonly key: string;
  readonly resource?: Resource;
  readonly vpc?: Vpc;
  readonly unseen?: boolean;
  /** What associates a subnet with it. */
  readonly by?: Resource;
  readonly at?: string;
}

const LOCAL = -1;
const STATIC = 0;
const PROPAGATED = 1;

const INLINE_DESTINATIONS = [
  ["cidr_block", "cidr4"],
  ["ipv6_cidr_block", "cidr6"],
  ["destination_prefix_list_id", "list"],
] as const;
const SEPARATE_DESTINATIONS = [
  ["destination_cidr_block", "cidr4"],
  ["destination_ipv6_cidr_block", "cidr6"],
  ["destination_prefix_list_id", "list"],
] as const;

const NO_VPC: Vpc = {
  key: "no vpc",
  name: "a VPC that is not known",
  region: undefined,
  stack: "",
  isDefault: false,
  foreign: true,
  blocks: { 4: nowhere, 6: nowhere },
  subnets: [],
};

const DEFAULT_ROUTE: Candidate = {
  shown: "0.0.0.0/0",
  target: { kind: "default-internet-gateway", value: null },
  pieces: [{ family: 4, extent: exactly(allAddresses(4)), length: 0, rank: STATIC }],
};

/**
 * What the other side announces over BGP is not written anywhere: it may be anything, and the other side decides. Only
 * the VPC's own addresses stay local, whatever is announced (route-tables-priority.html, "Route priority and propagated
 * routes").
 */
const learnt = (): Piece[] => everyAddress(PROPAGATED);

const anyDestination = (why: string): Piece[] => everyAddress(STATIC, why);

const natTableKey = (gateway: Resource): string => `${gateway.stack} ${gateway.address} table`;

const unseenTable = (vpc: Vpc, by: Resource): TableId => ({
  key: `unseen ${by.stack} ${by.address}`,
  vpc,
  unseen: true,
  by,
  at: "route_table_id",
});

const unseenRoutes = (id: TableId): Candidate => ({
  by: id.by ?? id.resource,
  attribute: id.at,
  shown: "not known",
  target: { kind: "unseen", value: null },
  pieces: anyDestination("the routes of the table are not in this configuration"),
});

/** A route of which it is not known whether the table holds it. */
const doubtful = (route: Candidate, unless: string): Candidate => ({
  ...route,
  pieces: route.pieces.map((piece) => ({ ...piece, extent: { must: none, may: piece.extent.may, unless } })),
});

/** Gives each route what no more specific one takes, and the local route its own. */
function weigh(candidates: readonly Candidate[], vpc: Vpc): { routes: Route[]; local: Extents } {
  const local = FAMILIES.flatMap((family) => piecesOf(family, exactly(vpc.blocks[family].must), LOCAL));
  const competing = candidates.map((candidate) => candidate.pieces.filter((piece) => piece.rank !== PROPAGATED));
  const taken = compete([...competing, local]);
  const routes = candidates.map((candidate, i): Route => {
    const learnt = candidate.pieces.some((piece) => piece.rank === PROPAGATED);
    const match = learnt ? { 4: besides(vpc, 4), 6: besides(vpc, 6) } : taken[i];
    const { by, attribute, shown, target } = candidate;
    return { by, attribute, shown, target, match };
  });
  const own = taken[candidates.length];
  return { routes, local: { 4: withDoubt(own[4], vpc.blocks[4]), 6: withDoubt(own[6], vpc.blocks[6]) } };
}

/** All but a VPC's own addresses, which stay local whatever is announced. */
const besides = (vpc: Vpc, family: Family): Extent => {
  const { must, may, unless } = vpc.blocks[family];
  const all = allAddresses(family);
  return { must: subtract(all, may), may: subtract(all, must), unless };
};

const withDoubt = (left: Extent, own: Extent): Extent =>
  own.unless === undefined ? left : { must: left.must, may: union(left.may, own.may), unless: own.unless };
