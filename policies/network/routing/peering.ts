/**
 * VPC peering: packets to the peer's own addresses, nothing beyond it. A peer's gateways, NAT devices, endpoints and
 * further peerings can't be used (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html, "VPC peering
 * limitations": no edge to edge routing, no transitive peering).
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { passAll, possibly } from "../filters/filters";
import type { Vpc } from "../reading/vpcs";
import { connectOutsideVpc, isInside, placeBehind } from "./gateways";
import type { Position } from "./graph";
import { peerOf } from "./peers";
import type { Route, RouteTable } from "./route-tables";
import { leaveVpc, type RouteEnd, type Topology, toExtents } from "./topology";

const CONNECTIONS = new Set(["aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter"]);

export function peeringEnds(topology: Topology, route: Route, table: RouteTable): RouteEnd[] {
  const named = topology.reader.named(route.target.value, CONNECTIONS);
  if (named.literal !== undefined) return [literalPeering(topology, named.literal, table.vpc, route)];
  return named.resources.flatMap((resource) => {
    const connection = connectionOf(topology, resource);
    if (connection && connection.mode === "managed") return connectionEnd(topology, connection, table.vpc);
    return [literalPeering(topology, resource.address, table.vpc, route, accepted(resource))];
  });
}

/** Lays out a connection from both of its VPCs. */
export function openPeering(topology: Topology, connection: Resource): void {
  for (const name of ["vpc_id", "peer_vpc_id"]) {
    const vpc = topology.vpcs.denoted(attribute(connection, name));
    if (vpc && !vpc.foreign) connectionEnd(topology, connection, vpc);
  }
}

/** The connection that an accepter accepts, if it is in this configuration. */
function connectionOf(topology: Topology, resource: Resource): Resource | undefined {
  if (resource.type !== "aws_vpc_peering_connection_accepter") return resource;
  const named = topology.reader.named(
    attribute(resource, "vpc_peering_connection_id"),
    new Set(["aws_vpc_peering_connection"]),
  );
  return named.resources.find((one) => one.mode === "managed");
}

const accepted = (resource: Resource): Value =>
  resource.type === "aws_vpc_peering_connection_accepter"
    ? attribute(resource, "vpc_peering_connection_id")
    : attribute(resource, "id");

/** A connection that is made elsewhere: the peer can't be seen. */
function literalPeering(topology: Topology, name: string, vpc: Vpc, route: Route, id: Value = name): RouteEnd {
  const shown = typeof id === "string" ? id : name;
  const { graph } = topology;
  const position = graph.position(`peering ${shown} from ${vpc.key}`, shown);
  if (position.out.length === 0 && !isInside(topology, shown)) {
    const exit = graph.exit(`peering ${shown} ${vpc.key}`, `the peer of ${shown}`, {
      channel: "vpc.peering",
      to: { kind: "place", place: placeBehind(topology, shown) },
      entry: topology.delivery(vpc),
      internet: false,
    });
    graph.connect(position, exit, {
      hops: route.by ? [{ by: route.by, why: `${shown} leads to a peer that is not in this configuration` }] : [],
    });
  }
  return { to: position, rewrite: leaveVpc };
}

function connectionEnd(topology: Topology, connection: Resource, vpc: Vpc): RouteEnd[] {
  const requester = topology.vpcs.denoted(attribute(connection, "vpc_id"));
  const accepter = topology.vpcs.denoted(attribute(connection, "peer_vpc_id"));
  // From the requester to the accepter or back; a table of neither VPC has no use for the connection.
  const ends: RouteEnd[] = [];
  if (requester === vpc || (requester === undefined && accepter !== vpc)) {
    ends.push(
      accepter && !accepter.foreign
        ? towards(topology, connection, vpc, accepter)
        : outside(topology, connection, vpc, "peer_vpc_id"),
    );
  }
  if (accepter === vpc && requester !== vpc) {
    ends.push(
      requester && !requester.foreign
        ? towards(topology, connection, vpc, requester)
        : outside(topology, connection, vpc, "vpc_id"),
    );
  }
  return ends;
}

function towards(topology: Topology, connection: Resource, from: Vpc, to: Vpc): RouteEnd {
  const { graph } = topology;
  const position = graph.position(
    `peering ${connection.stack} ${connection.address} from ${from.key}`,
    connection.address,
  );
  if (position.out.length === 0) {
    graph.connect(position, topology.delivery(to), {
      passing: toExtents(to.blocks),
      hops: [
        {
          by: connection,
          attribute: "peer_vpc_id",
          why: `${connection.address} takes packets to the addresses of ${to.name}`,
        },
      ],
    });
    const why = `${connection.address} leads to ${to.name}`;
    connectOutsideVpc(topology, position, to, "vpc.peering", { by: connection, attribute: "peer_vpc_id", why });
  }
  return { to: position, rewrite: leaveVpc };
}

function outside(topology: Topology, connection: Resource, vpc: Vpc, at: "peer_vpc_id" | "vpc_id"): RouteEnd {
  const { graph } = topology;
  const key = `peering ${connection.stack} ${connection.address} from ${vpc.key}`;
  const position: Position = graph.position(key, connection.address);
  if (position.out.length === 0) {
    const peer = peerOf(
      topology,
      connection,
      attribute(connection, at),
      attribute(connection, "peer_owner_id"),
      attribute(connection, "peer_region"),
    );
    if (topology.world.sideOf(peer.place) !== "inside") {
      const exit = graph.exit(key, peer.place.id, {
        channel: "vpc.peering",
        to: { kind: "place", place: peer.place },
        entry: topology.delivery(vpc),
        internet: false,
        unless: peer.unless,
      });
      graph.connect(position, exit, {
        passing: peer.unless === undefined ? passAll : possibly(passAll, peer.unless),
        hops: [{ by: connection, attribute: at, why: `${connection.address} leads to ${peer.place.id}` }],
      });
    }
  }
  return { to: position, rewrite: leaveVpc };
}
