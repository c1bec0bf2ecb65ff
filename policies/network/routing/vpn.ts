/**
 * Virtual private gateways, Site-to-Site VPN and Direct Connect: the ways to devices that stand outside of AWS. Where
 * such a device stands no configuration can show; the trust file vouches for its address, for a gateway's id or for the
 * Direct Connect location.
 *
 * What a device announces over BGP is its own choice, so a gateway with dynamic routing sends it whatever a route table
 * gives to the gateway (https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import { type Passing, passAll, possibly } from "../filters/filters";
import { joinedBoth, nowhereAtAll } from "../reading/blocks";
import { text, truth } from "../reading/read";
import type { Vpc } from "../reading/vpcs";
import { placeBehind } from "./gateways";
import type { Position } from "./graph";
import { deviceAt, type Peer } from "./peers";
import { leaveVpc, type RouteEnd, type Topology, toExtents } from "./topology";

/** A way out that ends at a device: a VPN tunnel, a virtual interface. */
export interface Line {
  readonly by: Resource;
  readonly attribute: string;
  readonly channel: string;
  readonly peer: Peer;
  readonly why: string;
}

/** The VPN connection's far end: its customer gateway's address. */
export function vpnLine(topology: Topology, connection: Resource): Line {
  const [gateway] = topology.reader.named(
    attribute(connection, "customer_gateway_id"),
    new Set(["aws_customer_gateway"]),
  ).resources;
  const base = { channel: "vpn", by: connection, attribute: "customer_gateway_id" };
  if (!gateway) {
    const peer = deviceAt(
      topology,
      attribute(connection, "customer_gateway_id"),
      `the device behind ${connection.address}`,
    );
    return { ...base, peer, why: `${connection.address} is a tunnel to ${peer.place.id}` };
  }
  const address = attribute(gateway, "ip_address");
  const peer = deviceAt(topology, address, `the device of ${gateway.address}`);
  return {
    ...base,
    by: gateway,
    attribute: "ip_address",
    peer,
    why: `${connection.address} is a tunnel to the device at ${text(address) ?? "an address that is not known"}`,
  };
}

/** The lines of a Direct Connect gateway: its virtual interfaces, by the location of their connection. */
export function directConnectLines(topology: Topology, gateway: Resource): Line[] {
  const types = [
    "aws_dx_private_virtual_interface",
    "aws_dx_transit_virtual_interface",
    "aws_dx_hosted_private_virtual_interface_accepter",
    "aws_dx_hosted_transit_virtual_interface_accepter",
  ];
  return types.flatMap((type) =>
    topology.input.context.referring(type, "dx_gateway_id", gateway).map((line) => virtualInterface(topology, line)),
  );
}

export function virtualInterface(topology: Topology, line: Resource): Line {
  const channel = "direct-connect";
  if (line.type.endsWith("_accepter")) {
    const value = attribute(line, "virtual_interface_id");
    const [hosted] = topology.reader.named(value).resources;
    if (hosted?.mode === "managed" && hosted.type.startsWith("aws_dx_hosted_"))
      return { ...virtualInterface(topology, hosted), channel };
    const peer = deviceAt(topology, value, `the far end of ${line.address}`);
    return {
      by: line,
      attribute: "virtual_interface_id",
      channel,
      peer,
      why: `${line.address} ends at ${peer.place.id}`,
    };
  }
  const value = attribute(line, "connection_id");
  const [connection] = topology.reader.named(
    value,
    new Set(["aws_dx_connection", "aws_dx_lag", "aws_dx_hosted_connection"]),
  ).resources;
  const location = connection && text(attribute(connection, "location"));
  if (connection && location !== undefined) {
    return {
      by: connection,
      attribute: "location",
      channel,
      peer: { place: placeBehind(topology, location) },
      why: `${line.address} ends at the Direct Connect location ${location}`,
    };
  }
  const peer = deviceAt(
    topology,
    connection ? attribute(connection, "location") : value,
    `the far end of ${line.address}`,
  );
  return { by: line, attribute: "connection_id", channel, peer, why: `${line.address} ends at ${peer.place.id}` };
}

/** Adds the far end of a line behind a position, unless it is inside; packets from there come in at `entry`. */
export function connectLine(
  topology: Topology,
  position: Position,
  line: Line,
  entry: Position | undefined,
  passing: Passing = passAll,
): void {
  const { graph, world } = topology;
  if (world.sideOf(line.peer.place) === "inside") return;
  const { unless } = line.peer;
  const exit = graph.exit(`${line.channel} ${line.by.stack} ${line.by.address} at ${position.id}`, line.peer.place.id, {
    channel: line.channel,
    to: { kind: "place", place: line.peer.place },
    internet: false,
    ...(entry ? { entry } : {}),
    ...(unless === undefined ? {} : { unless }),
  });
  graph.connect(position, exit, {
    passing: unless === undefined ? passing : possibly(passing, unless),
    hops: [{ by: line.by, attribute: line.attribute, why: line.why }],
  });
}

export class PrivateGateways {
  constructor(private readonly topology: Topology) {}

  /** A virtual private gateway, as the route tables of a VPC reach it. */
  end(gateway: Resource, vpc: Vpc): RouteEnd {
    const { topology } = this;
    const id = `vpn gateway ${gateway.stack} ${gateway.address} ${vpc.key}`;
    const known = topology.graph.has(id);
    const position = topology.graph.position(id, gateway.address);
    if (!known) {
      const table = topology.tables.ofGateway(gateway);
      const entry = topology.graph.position(`${id} in`, gateway.address);
      topology.graph.connect(entry, table ? topology.table(table) : topology.delivery(vpc), {
        passing: toExtents(vpc.blocks),
      });
      this.addLines(position, gateway, entry);
    }
    return { to: position, rewrite: leaveVpc };
  }

  private addLines(position: Position, gateway: Resource, entry: Position): void {
    const { topology } = this;
    const { context } = topology.input;
    for (const connection of context.referring("aws_vpn_connection", "vpn_gateway_id", gateway)) {
      connectLine(topology, position, vpnLine(topology, connection), entry, this.staticRoutes(connection));
    }
    for (const line of context.referring("aws_dx_private_virtual_interface", "vpn_gateway_id", gateway)) {
      connectLine(topology, position, virtualInterface(topology, line), entry);
    }
    for (const line of context.referring(
      "aws_dx_hosted_private_virtual_interface_accepter",
      "vpn_gateway_id",
      gateway,
    )) {
      connectLine(topology, position, virtualInterface(topology, line), entry);
    }
    for (const association of context.referring("aws_dx_gateway_association", "associated_gateway_id", gateway)) {
      for (const line of linesOfAssociation(topology, association)) connectLine(topology, position, line, entry);
    }
  }

  /** With static routing, only what the connection's routes name goes into the tunnel. */
  private staticRoutes(connection: Resource): Passing {
    const routed = truth(attribute(connection, "static_routes_only"), false);
    if (routed === "no") return passAll;
    const routes = this.topology.input.context.referring("aws_vpn_connection_route", "vpn_connection_id", connection);
    const destinations = joinedBoth([
      nowhereAtAll,
      ...routes.map((route) => this.topology.blocks.read(attribute(route, "destination_cidr_block"), "both")),
    ]);
    const passing = toExtents(destinations);
    return routed === "yes"
      ? passing
      : { must: passing.must, may: passAll.may, unless: "whether the VPN routes statically is not known" };
  }
}

/** What lies behind an association of a gateway with a Direct Connect gateway. */
export function linesOfAssociation(topology: Topology, association: Resource): Line[] {
  const value = attribute(association, "dx_gateway_id");
  const named = topology.reader.named(value, new Set(["aws_dx_gateway"]));
  const gateway = named.resources.find((one) => one.mode === "managed");
  if (gateway) return directConnectLines(topology, gateway);
  const peer = deviceAt(topology, named.literal ?? value, `the Direct Connect gateway of ${association.address}`);
  return [
    {
      by: association,
      attribute: "dx_gateway_id",
      channel: "direct-connect",
      peer,
      why: `${association.address} leads to ${peer.place.id}`,
    },
  ];
}
