/**
 * Transit gateways: how packets pass them
 * (https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html).
 *
 * A packet that an attachment hands in is routed by the table that the attachment is associated with: the most specific
 * route, static before propagated; blackhole routes drop. It comes out in the subnets of the attachment that the route
 * names, and goes on by their route tables. An attachment serves the zones in which it has a subnet.
 */
import type { Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { type Passing, possibly } from "../filters/filters";
import type { FirewallPolicies } from "../filters/firewall-policy";
import type { Extents } from "../reading/blocks";
import type { Vpc } from "../reading/vpcs";
import { isInside, placeBehind } from "../routing/gateways";
import type { Hop, Position } from "../routing/graph";
import { compete, everyAddress, FAMILIES, piecesOf } from "../routing/longest-prefix";
import { leaveVpc, type RouteEnd, type Topology, toExtents } from "../routing/topology";
import { connectLine } from "../routing/vpn";
import {
  type Attachment,
  GATEWAYS,
  gatewayKey,
  idOf,
  keyOf,
  TransitGatewayAttachments,
} from "./transit-gateway-attachments";
import { addConnects, addDirectConnects, addVpns } from "./transit-gateway-lines";
import { addPeerings } from "./transit-gateway-peering";
import { PROPAGATED, TransitGatewayRouteTables, type TransitRoute } from "./transit-gateway-route-tables";
import { addFirewalls, addVpcs, VPC_NAMES } from "./transit-gateway-vpcs";
import { connectAttachedVpc, routeEnds } from "./vpc-attachments";

/** Without any of these no packet comes into a transit gateway; into a table, from a core network that it is joined to. */
const ENTRANCES = [
  "aws_ec2_transit_gateway",
  "aws_ec2_transit_gateway_route_table",
  "aws_ec2_transit_gateway_vpc_attachment",
  "aws_ec2_transit_gateway_vpc_attachment_accepter",
];

export class TransitGateways {
  private readonly attachments: TransitGatewayAttachments;
  private readonly tables: TransitGatewayRouteTables;

  constructor(
    private readonly topology: Topology,
    private readonly policies: FirewallPolicies,
    /** The core networks that a table is joined to. */
    private readonly joinedTo: (table: Resource) => readonly { readonly by: Resource; readonly to: Position }[],
  ) {
    this.attachments = new TransitGatewayAttachments(topology);
    if (topology.reader.ofType(...ENTRANCES).length > 0) {
      addVpcs(this.attachments);
      addVpns(this.attachments);
      addDirectConnects(this.attachments);
      addPeerings(this.attachments);
      addConnects(this.attachments);
      addFirewalls(this.attachments);
    }
    this.tables = new TransitGatewayRouteTables(this.attachments);
  }

  /** What a route of a VPC to a transit gateway leads to. */
  ends(value: Value, vpc: Vpc, by: Resource | undefined): RouteEnd[] {
    const named = this.topology.reader.named(value, GATEWAYS);
    const gateways = named.resources.map((resource) => ({
      key: gatewayKey(resource),
      name: resource.address,
      managed: resource.mode === "managed",
      id: idOf(resource),
    }));
    if (named.literal !== undefined)
      gateways.push({ key: named.literal, name: named.literal, managed: false, id: named.literal });
    return gateways.flatMap((gateway) => {
      if (!gateway.managed) return [this.elsewhere(gateway.id, vpc, by)];
      return [...this.attachments.all]
        .filter((attachment) => attachment.gateway === gateway.key && attachment.vpc === vpc)
        .flatMap((attachment) => routeEnds(this.handIn(attachment), attachment.subnets, attachment.subnets));
    });
  }

  /** Lays out the attachments that lead outside. */
  open(): void {
    for (const attachment of this.attachments.all) if (attachment.lines.length > 0) this.handOut(attachment);
  }

  /** A transit gateway that is kept elsewhere: what it leads to can't be seen. */
  private elsewhere(id: string, vpc: Vpc, by: Resource | undefined): RouteEnd {
    const { graph } = this.topology;
    const position = graph.position(`transit gateway ${id} from ${vpc.key}`, id);
    if (position.out.length === 0 && !isInside(this.topology, id)) {
      const exit = graph.exit(`transit gateway ${id} ${vpc.key}`, `the networks behind ${id}`, {
        channel: "tgw",
        to: { kind: "place", place: placeBehind(this.topology, id) },
        entry: this.topology.delivery(vpc),
        internet: false,
      });
      graph.connect(position, exit, {
        hops: by ? [{ by, why: `${id} is not in this configuration, and nobody vouches for it` }] : [],
      });
    }
    return { to: position, rewrite: leaveVpc };
  }

  /** What an attachment hands in is routed by the table it is associated with. */
  private handIn(attachment: Attachment): Position {
    const { graph } = this.topology;
    const id = `transit in ${attachment.key}`;
    if (graph.has(id)) return graph.position(id, attachment.by.address);
    const position = graph.position(id, attachment.by.address);
    for (const table of this.tables.of(attachment)) graph.connect(position, this.tablePosition(table));
    return position;
  }

  /** What a table does with packets. */
  table(resource: Resource): Position {
    return this.tablePosition(keyOf(resource));
  }

  private tablePosition(key: string): Position {
    const { graph } = this.topology;
    const id = `transit table ${key}`;
    const name = this.tables.nameOf(key);
    if (graph.has(id)) return graph.position(id, name);
    const position = graph.position(id, name);
    const fixed = this.tables.routes(key);
    const learnt = this.tables.propagations(key);
    const known = learnt.filter(({ attachment }) => attachment.announces !== "anything");
    const taken = compete([
      ...fixed.map((route) => route.pieces),
      ...known.map(({ attachment }) =>
        FAMILIES.flatMap((family) => piecesOf(family, (attachment.announces as Extents)[family], PROPAGATED)),
      ),
    ]);
    fixed.forEach((route, i) => {
      const hop: Hop = {
        by: route.by,
        attribute: route.attribute,
        why: `the route ${route.shown} of ${name} leads to ${route.to.map((one) => one.by.address).join(" or ") || "nothing"}`,
      };
      for (const attachment of route.to)
        graph.connect(position, this.handOut(attachment), { passing: toExtents(taken[i]), hops: [hop] });
      if (route.unseen) this.unseenAttachment(position, route, toExtents(taken[i]), hop);
    });
    known.forEach(({ attachment, by, at }, i) => {
      const hop: Hop = { by, attribute: at, why: `${attachment.by.address} propagates its addresses to ${name}` };
      graph.connect(position, this.handOut(attachment), { passing: toExtents(taken[fixed.length + i]), hops: [hop] });
    });
    for (const { attachment, by, at } of learnt.filter((one) => one.attachment.announces === "anything")) {
      const hop: Hop = {
        by,
        attribute: at,
        why: `the far end of ${attachment.by.address} announces to ${name} what it likes`,
      };
      const [all] = compete([everyAddress(PROPAGATED)]);
      graph.connect(position, this.handOut(attachment), { passing: toExtents(all), hops: [hop] });
    }
    const own = this.topology.reader
      .ofType("aws_ec2_transit_gateway_route_table")
      .find((table) => keyOf(table) === key);
    for (const { by, to } of own ? this.joinedTo(own) : []) {
      const why = `${by.address} announces to ${name} what its segments reach`;
      const [all] = compete([everyAddress(PROPAGATED)]);
      graph.connect(position, to, {
        passing: toExtents(all),
        hops: [{ by, attribute: "transit_gateway_route_table_arn", why }],
      });
    }
    return position;
  }

  private unseenAttachment(position: Position, route: TransitRoute, passing: Passing, hop: Hop): void {
    const { graph } = this.topology;
    const { id, why } = route.unseen!;
    if (isInside(this.topology, id)) return;
    const exit = graph.exit(`transit attachment ${id}`, id, {
      channel: "tgw",
      to: { kind: "place", place: placeBehind(this.topology, id) },
      entry: position,
      internet: false,
      ...(why === undefined ? {} : { unless: why }),
    });
    graph.connect(position, exit, { passing: why === undefined ? passing : possibly(passing, why), hops: [hop] });
  }

  /** Where packets go that a table gives to an attachment. */
  private handOut(attachment: Attachment): Position {
    const { graph } = this.topology;
    const id = `transit out ${attachment.key}`;
    if (graph.has(id)) return graph.position(id, attachment.by.address);
    const position = graph.position(id, attachment.by.address);
    connectAttachedVpc(this.topology, position, attachment, VPC_NAMES, "tgw.peering");
    if (attachment.firewall) {
      const hop: Hop = {
        by: attachment.by,
        attribute: "firewall_policy_arn",
        why: `${attachment.by.address} lets the packet pass`,
      };
      graph.connect(position, this.handIn(attachment), {
        passing: this.policies.passing(attachment.by),
        device: `firewall ${keyOf(attachment.by)}`,
        hops: [hop],
      });
    }
    if (attachment.peer !== undefined) {
      const far = this.attachments.get(attachment.peer);
      if (far) {
        const hop: Hop = {
          by: attachment.by,
          attribute: "peer_transit_gateway_id",
          why: `${attachment.by.address} joins two transit gateways`,
        };
        graph.connect(position, this.handIn(far), { hops: [hop] });
      }
    }
    for (const line of attachment.lines) connectLine(this.topology, position, line, this.handIn(attachment));
    return position;
  }
}
