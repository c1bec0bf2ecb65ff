/**
 * Transit gateways: attachments, route tables, association and propagation, peering
 * (https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html).
 *
 * A packet that an attachment hands in is routed by the table that the attachment is associated with: the most specific
 * route, static before propagated; blackhole routes drop. It comes out in the subnets of the attachment that the route
 * names, and goes on by their route tables. An attachment serves the zones in which it has a subnet.
 */
import { attribute, type Resource } from "../configuration/resource";
import type { Value } from "../configuration/value";
import { parseBlock } from "./addresses";
import type { Extents } from "./blocks";
import { passAll, possibly } from "./filters";
import type { FirewallPolicies } from "./firewall-policy";
import { connectOutsideVpc, isInside, placeBehind } from "./gateways";
import type { Hop, Position } from "./graph";
import { compete, everyAddress, FAMILIES, type Piece, piecesOf } from "./longest-prefix";
import { deviceAt, peerOf } from "./peers";
import { isComputed, items, type Reader, text, truth } from "./read";
import { leaveVpc, type RouteEnd, type Topology, toExtents } from "./topology";
import type { Subnet, Vpc } from "./vpcs";
import { connectLine, type Line, linesOfAssociation, vpnLine } from "./vpn";

const GATEWAYS = new Set(["aws_ec2_transit_gateway"]);
const TABLES = new Set(["aws_ec2_transit_gateway_route_table", "aws_ec2_transit_gateway"]);

interface Attachment {
  readonly key: string;
  readonly by: Resource;
  /** Key of the transit gateway it belongs to. */
  readonly gateway: string;
  readonly vpc?: Vpc;
  readonly subnets: readonly Subnet[];
  /** Far ends, for attachments of lines. */
  readonly lines: readonly Line[];
  /** The other half of a peering between two transit gateways of this configuration. */
  readonly peer?: string;
  /** Prefixes that propagate: a VPC's own; undefined: whatever the far end announces; none for peerings. */
  readonly announces: Extents | "anything" | "nothing";
  readonly joinsDefault: { readonly association: boolean; readonly propagation: boolean };
  /** A firewall that stands in the transit gateway itself. */
  readonly firewall?: boolean;
}

interface TransitRoute {
  readonly by: Resource;
  readonly attribute: string;
  readonly shown: string;
  readonly pieces: readonly Piece[];
  /** Attachments it leads to; empty for a blackhole. */
  readonly to: readonly Attachment[];
  readonly unseen?: { readonly id: string; readonly why?: string };
}

const STATIC = 0;
const PROPAGATED = 1;

export class TransitGateways {
  private readonly attachments = new Map<string, Attachment>();
  private readonly byResource = new Map<Resource, Attachment[]>();
  private readonly associated = new Map<string, Set<string>>();
  private readonly propagating = new Map<string, { attachment: Attachment; by: Resource; at: string }[]>();
  private readonly routes = new Map<string, TransitRoute[]>();
  private readonly reader: Reader;

  constructor(
    private readonly topology: Topology,
    private readonly policies: FirewallPolicies,
    /** The core networks that a table is joined to. */
    private readonly joinedTo: (table: Resource) => readonly { readonly by: Resource; readonly to: Position }[],
  ) {
    this.reader = topology.reader;
    if (
      this.reader.ofType(
        "aws_ec2_transit_gateway",
        "aws_ec2_transit_gateway_vpc_attachment",
        "aws_ec2_transit_gateway_vpc_attachment_accepter",
      ).length === 0
    )
      return;
    this.addVpcAttachments();
    this.addVpnAttachments();
    this.addDirectConnect();
    this.addPeerings();
    this.addConnects();
    this.addFirewalls();
    this.associate();
    this.propagate();
    this.addRoutes();
  }

  /** What a route of a VPC to a transit gateway leads to. */
  ends(value: Value, vpc: Vpc, by: Resource | undefined): RouteEnd[] {
    const named = this.reader.named(value, GATEWAYS);
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
      return [...this.attachments.values()]
        .filter((attachment) => attachment.gateway === gateway.key && attachment.vpc === vpc)
        .flatMap((attachment) => this.attachmentEnds(attachment));
    });
  }

  /** Lays out the attachments that lead outside. */
  open(): void {
    for (const attachment of this.attachments.values()) if (attachment.lines.length > 0) this.handOut(attachment);
  }

  private attachmentEnds(attachment: Attachment): RouteEnd[] {
    const to = this.handIn(attachment);
    const ends = attachment.subnets.map(
      (subnet): RouteEnd => ({ to, rewrite: leaveVpc, enters: subnet, zones: attachment.subnets }),
    );
    return ends.length > 0 ? ends : [{ to, rewrite: leaveVpc }];
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

  // --- attachments

  private add(attachment: Attachment): void {
    this.attachments.set(attachment.key, attachment);
    const list = this.byResource.get(attachment.by);
    if (list) list.push(attachment);
    else this.byResource.set(attachment.by, [attachment]);
  }

  private gatewayOf(resource: Resource, name: string): string | undefined {
    const named = this.reader.named(attribute(resource, name), GATEWAYS);
    const [gateway] = named.resources;
    return gateway ? gatewayKey(gateway) : named.literal;
  }

  private addVpcAttachments(): void {
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_vpc_attachment")) {
      const gateway = this.gatewayOf(by, "transit_gateway_id");
      if (gateway === undefined) continue;
      const vpc = this.topology.vpcs.denoted(attribute(by, "vpc_id"));
      const subnets = items(by, "subnet_ids").flatMap(({ value }) =>
        this.reader.named(value).resources.flatMap((one) => this.topology.vpcs.subnetOf(one) ?? []),
      );
      this.add({
        key: keyOf(by),
        by,
        gateway,
        ...(vpc ? { vpc } : {}),
        subnets,
        lines: vpc ? [] : [this.foreignVpc(by)],
        announces: vpc ? vpc.blocks : "anything",
        joinsDefault: {
          association: truth(attribute(by, "transit_gateway_default_route_table_association"), true) !== "no",
          propagation: truth(attribute(by, "transit_gateway_default_route_table_propagation"), true) !== "no",
        },
      });
    }
    // An accepter without its requester accepts a VPC of someone else.
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_vpc_attachment_accepter")) {
      const own = this.reader
        .named(attribute(by, "transit_gateway_attachment_id"), new Set(["aws_ec2_transit_gateway_vpc_attachment"]))
        .resources.find((one) => one.mode === "managed");
      if (own) {
        this.byResource.set(by, this.byResource.get(own) ?? []);
        continue;
      }
      const gateways = this.reader.ofType("aws_ec2_transit_gateway");
      const peer = deviceAt(
        this.topology,
        attribute(by, "transit_gateway_attachment_id"),
        `the VPC that ${by.address} accepts`,
      );
      for (const gateway of gateways) {
        this.add({
          key: `${keyOf(by)} at ${gatewayKey(gateway)}`,
          by,
          gateway: gatewayKey(gateway),
          subnets: [],
          lines: [
            {
              by,
              attribute: "transit_gateway_attachment_id",
              channel: "tgw.shared",
              peer,
              why: `${by.address} lets a VPC of another account join`,
            },
          ],
          announces: "anything",
          joinsDefault: {
            association: truth(attribute(by, "transit_gateway_default_route_table_association"), true) !== "no",
            propagation: truth(attribute(by, "transit_gateway_default_route_table_propagation"), true) !== "no",
          },
        });
      }
    }
  }

  private foreignVpc(by: Resource): Line {
    const peer = deviceAt(this.topology, attribute(by, "vpc_id"), `the VPC of ${by.address}`);
    return { by, attribute: "vpc_id", channel: "tgw.vpc", peer, why: `${by.address} attaches ${peer.place.id}` };
  }

  private addVpnAttachments(): void {
    for (const by of this.reader.ofType("aws_vpn_connection")) {
      const gateway = this.gatewayOf(by, "transit_gateway_id");
      if (gateway === undefined) continue;
      const static_ = truth(attribute(by, "static_routes_only"), false) === "yes";
      this.add({
        key: keyOf(by),
        by,
        gateway,
        subnets: [],
        lines: [vpnLine(this.topology, by)],
        announces: static_ ? "nothing" : "anything",
        joinsDefault: ALWAYS,
      });
    }
  }

  private addDirectConnect(): void {
    for (const by of this.reader.ofType("aws_dx_gateway_association")) {
      const gateway = this.gatewayOf(by, "associated_gateway_id");
      if (gateway === undefined) continue;
      this.add({
        key: keyOf(by),
        by,
        gateway,
        subnets: [],
        lines: linesOfAssociation(this.topology, by),
        announces: "anything",
        joinsDefault: ALWAYS,
      });
    }
  }

  private addPeerings(): void {
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_peering_attachment")) {
      const near = this.gatewayOf(by, "transit_gateway_id");
      const named = this.reader.named(attribute(by, "peer_transit_gateway_id"), GATEWAYS);
      const far = named.resources.find((one) => one.mode === "managed");
      if (near === undefined) continue;
      const shared = { by, subnets: [], announces: "nothing" as const, joinsDefault: ALWAYS };
      if (far) {
        const there = gatewayKey(far);
        this.add({
          ...shared,
          key: `${keyOf(by)} at ${near}`,
          gateway: near,
          lines: [],
          peer: `${keyOf(by)} at ${there}`,
        });
        this.add({
          ...shared,
          key: `${keyOf(by)} at ${there}`,
          gateway: there,
          lines: [],
          peer: `${keyOf(by)} at ${near}`,
        });
      } else {
        const peer = peerOf(
          this.topology,
          by,
          named.resources[0] ? idOf(named.resources[0]) : attribute(by, "peer_transit_gateway_id"),
          attribute(by, "peer_account_id"),
          attribute(by, "peer_region"),
        );
        const line: Line = {
          by,
          attribute: "peer_transit_gateway_id",
          channel: "tgw.peering",
          peer,
          why: `${by.address} leads to the transit gateway of ${peer.place.id}`,
        };
        this.add({ ...shared, key: `${keyOf(by)} at ${near}`, gateway: near, lines: [line] });
      }
    }
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_peering_attachment_accepter")) {
      const own = this.reader
        .named(attribute(by, "transit_gateway_attachment_id"), new Set(["aws_ec2_transit_gateway_peering_attachment"]))
        .resources.find((one) => one.mode === "managed");
      if (own) {
        this.byResource.set(by, this.byResource.get(own) ?? []);
        continue;
      }
      const peer = deviceAt(
        this.topology,
        attribute(by, "transit_gateway_attachment_id"),
        `the peer that ${by.address} accepts`,
      );
      const line: Line = {
        by,
        attribute: "transit_gateway_attachment_id",
        channel: "tgw.peering",
        peer,
        why: `${by.address} accepts a peering that was asked for elsewhere`,
      };
      for (const gateway of this.reader.ofType("aws_ec2_transit_gateway")) {
        this.add({
          key: `${keyOf(by)} at ${gatewayKey(gateway)}`,
          by,
          gateway: gatewayKey(gateway),
          subnets: [],
          lines: [line],
          announces: "nothing",
          joinsDefault: ALWAYS,
        });
      }
    }
  }

  /** Connect attachments carry GRE to a peer address, over a VPC or a Direct Connect attachment. */
  private addConnects(): void {
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_connect")) {
      const gateway = this.gatewayOf(by, "transit_gateway_id");
      if (gateway === undefined) continue;
      const peers = this.topology.input.context.referring(
        "aws_ec2_transit_gateway_connect_peer",
        "transit_gateway_attachment_id",
        by,
      );
      const lines = peers.flatMap((peer): Line[] => {
        const address = attribute(peer, "peer_address");
        if (this.isOwn(address)) return [];
        const device = deviceAt(this.topology, address, `the far end of ${peer.address}`);
        return [
          {
            by: peer,
            attribute: "peer_address",
            channel: "tgw.connect",
            peer: device,
            why: `${peer.address} is a tunnel to ${device.place.id}`,
          },
        ];
      });
      this.add({
        key: keyOf(by),
        by,
        gateway,
        subnets: [],
        lines,
        announces: "anything",
        joinsDefault: {
          association: truth(attribute(by, "transit_gateway_default_route_table_association"), true) !== "no",
          propagation: truth(attribute(by, "transit_gateway_default_route_table_propagation"), true) !== "no",
        },
      });
    }
  }

  /** A firewall that is attached itself: what comes to it goes on by the table of its attachment. */
  private addFirewalls(): void {
    for (const by of this.reader.ofType("aws_networkfirewall_firewall")) {
      const gateway = this.gatewayOf(by, "transit_gateway_id");
      if (gateway === undefined) continue;
      this.add({
        key: keyOf(by),
        by,
        gateway,
        subnets: [],
        lines: [],
        announces: "nothing",
        joinsDefault: ALWAYS,
        firewall: true,
      });
    }
  }

  /** Whether an address belongs to a VPC of this configuration: then an interface there answers for what it sends on. */
  private isOwn(value: Value): boolean {
    const block = typeof value === "string" ? parseBlock(value) : undefined;
    if (!block) return false;
    return this.topology.vpcs.all.some(
      (vpc) =>
        !vpc.foreign && toExtents(vpc.blocks).must.covers(toExtents(this.topology.blocks.read(value, "both")).may),
    );
  }

  // --- tables

  /** Keys of the tables that a value names; a gateway's own attribute names its default table. */
  private tablesNamed(value: Value): string[] {
    const named = this.reader.named(value, TABLES);
    if (named.literal !== undefined) return [named.literal];
    return named.resources.map((resource) =>
      GATEWAYS.has(resource.type)
        ? this.defaultTable(gatewayKey(resource), named.path.startsWith("propagation") ? "propagation" : "association")
        : keyOf(resource),
    );
  }

  /** The table that attachments join by themselves: the gateway's first one, unless another is made the default. */
  private defaultTable(gateway: string, role: "association" | "propagation"): string {
    for (const by of this.reader.ofType(`aws_ec2_transit_gateway_default_route_table_${role}`)) {
      if (this.gatewayOf(by, "transit_gateway_id") !== gateway) continue;
      const [table] = this.tablesNamed(attribute(by, "transit_gateway_route_table_id"));
      if (table !== undefined) return table;
    }
    return `default table of ${gateway}`;
  }

  /** Attachments that a value names, as seen from a gateway where it matters. */
  private attachmentsNamed(value: Value): { found: Attachment[]; unseen?: { id: string; why?: string } } {
    const named = this.reader.named(value);
    const found = named.resources.flatMap((resource) => this.byResource.get(resource) ?? this.throughData(resource));
    if (found.length > 0) return { found };
    return {
      found,
      unseen: {
        id: named.literal ?? named.resources[0]?.address ?? "an attachment that is not known",
        ...(named.unknown === undefined || named.literal !== undefined ? {} : { why: named.unknown }),
      },
    };
  }

  /** A data source that looks an attachment up by what it attaches. */
  private throughData(resource: Resource): Attachment[] {
    if (resource.mode !== "data") return [];
    for (const name of ["vpn_connection_id", "dx_gateway_id", "resource_id", "transit_gateway_attachment_id"]) {
      const value = attribute(resource, name);
      if (value === null || isComputed(value)) continue;
      for (const one of this.reader.named(value).resources) {
        const direct = this.byResource.get(one);
        if (direct) return direct;
        if (one.type === "aws_dx_gateway") {
          return this.topology.input.context
            .referring("aws_dx_gateway_association", "dx_gateway_id", one)
            .flatMap((association) => this.byResource.get(association) ?? []);
        }
        const vpc = this.topology.vpcs.of(one);
        if (vpc) return [...this.attachments.values()].filter((attachment) => attachment.vpc === vpc);
      }
    }
    return [];
  }

  private associate(): void {
    const tableOwner = this.tableOwners();
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_route_table_association")) {
      const tables = this.tablesNamed(attribute(by, "transit_gateway_route_table_id"));
      for (const attachment of this.attachmentsNamed(attribute(by, "transit_gateway_attachment_id")).found) {
        for (const table of tables) {
          if (this.belongs(table, attachment, tableOwner)) addTo(this.associated, attachment.key, table);
        }
      }
    }
    for (const attachment of this.attachments.values()) {
      if (this.associated.has(attachment.key) || !attachment.joinsDefault.association) continue;
      if (this.gatewaySetting(attachment.gateway, "default_route_table_association")) {
        addTo(this.associated, attachment.key, this.defaultTable(attachment.gateway, "association"));
      }
    }
  }

  /** A peering has one id and two ends: a table belongs to the end of its own gateway. */
  private belongs(table: string, attachment: Attachment, owners: ReadonlyMap<string, string>): boolean {
    const owner = owners.get(table);
    return owner === undefined || owner === attachment.gateway;
  }

  private owners?: Map<string, string>;
  private tableOwners(): Map<string, string> {
    if (!this.owners) {
      this.owners = new Map();
      for (const table of this.reader.ofType("aws_ec2_transit_gateway_route_table")) {
        const gateway = this.gatewayOf(table, "transit_gateway_id");
        if (gateway !== undefined) this.owners.set(keyOf(table), gateway);
      }
      for (const gateway of this.reader.ofType("aws_ec2_transit_gateway")) {
        this.owners.set(`default table of ${gatewayKey(gateway)}`, gatewayKey(gateway));
      }
    }
    return this.owners;
  }

  private gatewaySetting(key: string, name: string): boolean {
    const gateway = this.reader.ofType("aws_ec2_transit_gateway").find((one) => gatewayKey(one) === key);
    if (!gateway) return true;
    const value = attribute(gateway, name);
    return value === null || typeof value !== "string" || value.toLowerCase() !== "disable";
  }

  private propagate(): void {
    const add = (table: string, attachment: Attachment, by: Resource, at: string) => {
      const list = this.propagating.get(table);
      if (list) list.push({ attachment, by, at });
      else this.propagating.set(table, [{ attachment, by, at }]);
    };
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_route_table_propagation")) {
      for (const attachment of this.attachmentsNamed(attribute(by, "transit_gateway_attachment_id")).found) {
        for (const table of this.tablesNamed(attribute(by, "transit_gateway_route_table_id"))) {
          if (this.belongs(table, attachment, this.tableOwners()))
            add(table, attachment, by, "transit_gateway_attachment_id");
        }
      }
    }
    for (const attachment of this.attachments.values()) {
      if (!attachment.joinsDefault.propagation || attachment.announces === "nothing") continue;
      if (this.gatewaySetting(attachment.gateway, "default_route_table_propagation")) {
        add(this.defaultTable(attachment.gateway, "propagation"), attachment, attachment.by, "transit_gateway_id");
      }
    }
  }

  private addRoutes(): void {
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_route")) {
      const value = attribute(by, "destination_cidr_block");
      const extents = this.topology.blocks.read(value, "both");
      const block = typeof value === "string" ? parseBlock(value) : undefined;
      const pieces = FAMILIES.filter((family) => extents[family].may.length > 0).map((family) => ({
        family,
        extent: extents[family],
        length: block?.length,
        rank: STATIC,
      }));
      this.addRoute(by, "destination_cidr_block", text(value) ?? "not known", pieces);
    }
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_prefix_list_reference")) {
      const extents = this.topology.blocks.prefixList(attribute(by, "prefix_list_id"));
      this.addRoute(
        by,
        "prefix_list_id",
        "by prefix list",
        FAMILIES.flatMap((family) => piecesOf(family, extents[family], STATIC)),
      );
    }
  }

  private addRoute(by: Resource, at: string, shown: string, pieces: readonly Piece[]): void {
    const drops = truth(attribute(by, "blackhole"), false) === "yes";
    const { found, unseen } = drops
      ? { found: [], unseen: undefined }
      : this.attachmentsNamed(attribute(by, "transit_gateway_attachment_id"));
    for (const table of this.tablesNamed(attribute(by, "transit_gateway_route_table_id"))) {
      const to = found.filter((attachment) => this.belongs(table, attachment, this.tableOwners()));
      const list = this.routes.get(table);
      const route: TransitRoute = { by, attribute: at, shown, pieces, to, ...(unseen ? { unseen } : {}) };
      if (list) list.push(route);
      else this.routes.set(table, [route]);
    }
  }

  // --- positions

  /** What an attachment hands in is routed by the table it is associated with. */
  private handIn(attachment: Attachment): Position {
    const { graph } = this.topology;
    const id = `transit in ${attachment.key}`;
    if (graph.has(id)) return graph.position(id, attachment.by.address);
    const position = graph.position(id, attachment.by.address);
    for (const table of this.associated.get(attachment.key) ?? []) graph.connect(position, this.tablePosition(table));
    return position;
  }

  /** What a table does with packets. */
  table(resource: Resource): Position {
    return this.tablePosition(keyOf(resource));
  }

  private tablePosition(key: string): Position {
    const { graph } = this.topology;
    const id = `transit table ${key}`;
    const name = key.startsWith("default table")
      ? "the default route table of the transit gateway"
      : key.slice(key.indexOf(" ") + 1);
    if (graph.has(id)) return graph.position(id, name);
    const position = graph.position(id, name);
    const fixed = this.routes.get(key) ?? [];
    const learnt = (this.propagating.get(key) ?? []).filter(({ attachment }) => attachment.announces !== "nothing");
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
    const own = this.reader.ofType("aws_ec2_transit_gateway_route_table").find((table) => keyOf(table) === key);
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

  private unseenAttachment(
    position: Position,
    route: TransitRoute,
    passing: ReturnType<typeof toExtents>,
    hop: Hop,
  ): void {
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
    for (const subnet of attachment.subnets) {
      const hop: Hop = {
        by: attachment.by,
        attribute: "subnet_ids",
        why: `${attachment.by.address} puts the packet into ${subnet.name}`,
      };
      graph.connect(position, this.topology.source(subnet), { hops: [hop] });
    }
    if (attachment.vpc) {
      const why = `${attachment.by.address} leads to ${attachment.vpc.name}`;
      connectOutsideVpc(this.topology, position, attachment.vpc, "tgw.peering", {
        by: attachment.by,
        attribute: "vpc_id",
        why,
      });
    }
    if (attachment.firewall) {
      const hop: Hop = {
        by: attachment.by,
        attribute: "firewall_policy_arn",
        why: `${attachment.by.address} lets the packet pass`,
      };
      this.topology.graph.connect(position, this.handIn(attachment), {
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
    for (const line of attachment.lines) connectLine(this.topology, position, line, this.handIn(attachment), passAll);
    return position;
  }
}

const ALWAYS = { association: true, propagation: true };

const keyOf = (resource: Resource): string => `${resource.stack} ${resource.address}`;

/** A gateway's key: its address, or its id where it is looked up by a literal one. */
const gatewayKey = (resource: Resource): string => (resource.mode === "managed" ? keyOf(resource) : idOf(resource));

const idOf = (resource: Resource): string =>
  text(attribute(resource, "id")) ?? text(attribute(resource, "transit_gateway_id")) ?? resource.address;

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
