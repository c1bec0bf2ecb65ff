/**
 * Cloud WAN core networks, by their policy document
 * (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-policies-json.html): attachments belong to
 * segments by the rules of `attachment-policies`; within a segment all reach all unless it isolates them; `share` joins
 * segments, `create-route` adds static routes, `send-via` and `send-to` lead through network functions.
 *
 * Which edge a packet passes makes no difference to where it can come; so routes are not told apart by region. A policy
 * that can't be read lets every attachment reach every other, possibly.
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value, Values } from "../../configuration/value";
import { type Passing, passAll, possibly } from "../filters/filters";
import { joinedBoth, nowhereAtAll } from "../reading/blocks";
import type { Subnet, Vpc } from "../reading/vpcs";
import { placeBehind } from "../routing/gateways";
import type { Hop, Position } from "../routing/graph";
import { deviceAt } from "../routing/peers";
import { type RouteEnd, type Topology, toExtents } from "../routing/topology";
import { connectLine, directConnectLines, type Line, vpnLine } from "../routing/vpn";
import { connectPeerLines } from "./connect-peers";
import {
  ANY,
  functionGroups,
  list,
  objects,
  parsePolicy,
  reachable,
  type Segment,
  segmentsOf,
  tagsOf,
} from "./core-network-policy";
import { attachedVpc, connectAttachedVpc, routeEnds, type VpcAttachmentNames } from "./vpc-attachments";

interface Attachment {
  readonly by: Resource;
  readonly kind: string;
  readonly core: string;
  readonly vpc?: Vpc;
  readonly subnets: readonly Subnet[];
  readonly lines: readonly Line[];
  readonly segments: readonly Segment[];
  /** The table of a transit gateway that the attachment joins to its segments. */
  readonly table?: Resource;
}

const CORES = new Set(["aws_networkmanager_core_network", "aws_networkmanager_core_network_policy_attachment"]);
const KINDS = [
  "aws_networkmanager_core_network",
  "aws_networkmanager_vpc_attachment",
  "aws_networkmanager_transit_gateway_route_table_attachment",
];
const VPC_NAMES: VpcAttachmentNames = { vpc: "vpc_arn", subnets: "subnet_arns", channel: "cloud-wan.vpc" };

export class CoreNetworks {
  private readonly attachments: Attachment[] = [];
  private readonly policies = new Map<string, Values | undefined>();

  constructor(
    private readonly topology: Topology,
    /** What a table of a transit gateway does with packets. */
    private readonly tableOf: (table: Resource) => Position,
  ) {
    const { reader } = topology;
    if (reader.ofType(...KINDS).length === 0) return;
    this.readPolicies();
    this.addAttachments();
  }

  /** What a route of a VPC to a core network leads to; undefined if the network can't be seen. */
  ends(value: Value, vpc: Vpc): RouteEnd[] | undefined {
    const named = this.topology.reader.named(value, CORES);
    const cores = named.resources.filter((one) => one.mode === "managed").map((one) => this.coreKey(one));
    if (cores.length === 0) return undefined;
    return this.attachments
      .filter((attachment) => cores.includes(attachment.core) && attachment.vpc === vpc)
      .flatMap((attachment) => routeEnds(this.handIn(attachment), attachment.subnets));
  }

  /** The core networks that a table of a transit gateway is joined to: what joins it, and where packets come in. */
  joinedTo(table: Resource): { readonly by: Resource; readonly to: Position }[] {
    return this.attachments
      .filter((attachment) => attachment.table === table)
      .map((attachment) => ({ by: attachment.by, to: this.handIn(attachment) }));
  }

  /** Lays out the attachments that lead outside. */
  open(): void {
    for (const attachment of this.attachments) if (attachment.lines.length > 0) this.handOut(attachment);
  }

  private coreKey(resource: Resource): string {
    if (resource.type === "aws_networkmanager_core_network") return `${resource.stack} ${resource.address}`;
    const [core] = this.topology.reader.named(attribute(resource, "core_network_id"), CORES).resources;
    return core ? `${core.stack} ${core.address}` : `${resource.stack} ${resource.address}`;
  }

  private coreOf(resource: Resource): string | undefined {
    const named = this.topology.reader.named(attribute(resource, "core_network_id"), CORES);
    const [core] = named.resources;
    return core ? this.coreKey(core) : named.literal;
  }

  private readPolicies(): void {
    const { reader } = this.topology;
    for (const core of reader.ofType("aws_networkmanager_core_network")) {
      this.policies.set(this.coreKey(core), parsePolicy(attribute(core, "base_policy_document")));
    }
    for (const policy of reader.ofType("aws_networkmanager_core_network_policy_attachment")) {
      const core = this.coreOf(policy);
      if (core !== undefined) this.policies.set(core, parsePolicy(attribute(policy, "policy_document")));
    }
  }

  // --- attachments

  private addAttachments(): void {
    const { reader } = this.topology;
    const { context } = this.topology.input;
    for (const by of reader.ofType("aws_networkmanager_vpc_attachment"))
      this.add(by, "vpc", attachedVpc(this.topology, by, VPC_NAMES));
    for (const by of reader.ofType("aws_networkmanager_site_to_site_vpn_attachment")) {
      const at = "vpn_connection_arn";
      const connection = this.managed(attribute(by, at), "aws_vpn_connection");
      const lines = connection
        ? [vpnLine(this.topology, connection)]
        : [this.lineElsewhere(by, at, "vpn", `the tunnel of ${by.address}`, "is a tunnel to")];
      this.add(by, "site-to-site-vpn", { subnets: [], lines });
    }
    for (const by of reader.ofType("aws_networkmanager_dx_gateway_attachment")) {
      const at = "direct_connect_gateway_arn";
      const gateway = this.managed(attribute(by, at), "aws_dx_gateway");
      const lines = gateway
        ? directConnectLines(this.topology, gateway)
        : [this.lineElsewhere(by, at, "direct-connect", `the lines of ${by.address}`, "leads to")];
      this.add(by, "direct-connect-gateway", { subnets: [], lines });
    }
    for (const by of reader.ofType("aws_networkmanager_connect_attachment")) {
      const peers = context.referring("aws_networkmanager_connect_peer", "connect_attachment_id", by);
      const lines = connectPeerLines(this.topology, peers, "cloud-wan.connect");
      this.add(by, "connect", { subnets: [], lines });
    }
    for (const by of reader.ofType("aws_networkmanager_transit_gateway_route_table_attachment")) this.addPeering(by);
  }

  private managed(value: Value, type: string): Resource | undefined {
    return this.topology.reader.named(value, new Set([type])).resources.find((one) => one.mode === "managed");
  }

  /** The line of a connection that is not in this configuration. */
  private lineElsewhere(by: Resource, at: string, channel: string, shown: string, how: string): Line {
    const peer = deviceAt(this.topology, attribute(by, at), shown);
    return { by, attribute: at, channel, peer, why: `${by.address} ${how} ${peer.place.id}` };
  }

  /**
   * A table of a transit gateway in a segment: both learn what the other reaches
   * (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-peerings.html). What a gateway leads to that is
   * kept elsewhere can't be bounded here.
   */
  private addPeering(by: Resource): void {
    const peering = this.managed(attribute(by, "peering_id"), "aws_networkmanager_transit_gateway_peering");
    const core = peering && this.coreOf(peering);
    if (!peering || core === undefined) return;
    const kind = "transit-gateway-route-table";
    const shared = { by, kind, core, subnets: [], segments: this.segmentsOf(by, kind, core) };
    const table = this.managed(attribute(by, "transit_gateway_route_table_arn"), "aws_ec2_transit_gateway_route_table");
    if (table) {
      this.attachments.push({ ...shared, lines: [], table });
      return;
    }
    const [gateway] = this.topology.reader.named(attribute(peering, "transit_gateway_arn")).resources;
    const place = { id: `what ${gateway?.address ?? peering.address} leads to`, countries: undefined };
    const unless =
      gateway?.mode === "managed" ? `which table of ${gateway.address} ${by.address} joins is not known` : undefined;
    const line: Line = {
      by: peering,
      attribute: "transit_gateway_arn",
      channel: "cloud-wan.transit-gateway",
      peer: { place, ...(unless === undefined ? {} : { unless }) },
      why: `${peering.address} joins ${gateway?.address ?? "a transit gateway"}`,
    };
    this.attachments.push({ ...shared, lines: [line] });
  }

  private add(by: Resource, kind: string, rest: Pick<Attachment, "vpc" | "subnets" | "lines">): void {
    const core = this.coreOf(by);
    if (core !== undefined)
      this.attachments.push({ by, kind, core, ...rest, segments: this.segmentsOf(by, kind, core) });
  }

  private segmentsOf(by: Resource, kind: string, core: string): Segment[] {
    const region = this.topology.input.context.regionOf(by);
    return segmentsOf(this.policies.get(core), { kind, tags: tagsOf(by), region });
  }

  // --- positions

  private handIn(attachment: Attachment): Position {
    const { graph } = this.topology;
    const id = `core network in ${attachment.by.stack} ${attachment.by.address}`;
    if (graph.has(id)) return graph.position(id, attachment.by.address);
    const position = graph.position(id, attachment.by.address);
    if (!this.policies.has(attachment.core)) this.leadElsewhere(position, attachment);
    for (const { name, certain } of attachment.segments) {
      const passing: Passing = certain
        ? passAll
        : possibly(passAll, `which segment ${attachment.by.address} is in is not known`);
      graph.connect(position, this.segment(attachment.core, name), { passing });
    }
    return position;
  }

  /** A core network that is kept elsewhere: what it leads to can't be seen. */
  private leadElsewhere(position: Position, { by, core }: Attachment): void {
    const place = placeBehind(this.topology, core);
    if (this.topology.world.sideOf(place) === "inside") return;
    const exit = this.topology.graph.exit(`core network ${core}`, `the networks behind ${core}`, {
      channel: "cloud-wan",
      to: { kind: "place", place },
      entry: position,
      internet: false,
    });
    const why = `${core} is not in this configuration, and nobody vouches for it`;
    this.topology.graph.connect(position, exit, { hops: [{ by, why }] });
  }

  private segment(core: string, name: string): Position {
    const { graph } = this.topology;
    const id = `segment ${core} ${name}`;
    const shown = name === ANY ? "the core network" : `segment ${name}`;
    if (graph.has(id)) return graph.position(id, shown);
    const position = graph.position(id, shown);
    const policy = this.policies.get(core);
    const reached = policy ? reachable(policy, name) : undefined;
    for (const other of this.attachments.filter((one) => one.core === core)) {
      const there = other.segments.find((one) => !reached || reached.has(one.name));
      if (!there) continue;
      const passing: Passing =
        there.certain && policy
          ? this.addressed(other)
          : possibly(this.addressed(other), `which segment ${other.by.address} is in is not known`);
      const hop: Hop = { by: other.by, why: `${shown} leads to ${other.by.address}` };
      graph.connect(position, this.handOut(other), { passing, hops: [hop] });
    }
    if (policy) this.staticRoutes(position, core, name, policy);
    return position;
  }

  private addressed(attachment: Attachment): Passing {
    return attachment.vpc ? toExtents(attachment.vpc.blocks) : passAll;
  }

  private staticRoutes(position: Position, core: string, name: string, policy: Values): void {
    for (const action of objects(policy["segment-actions"])) {
      if (action.segment !== name) continue;
      if (action.action === "create-route") {
        const blocks = list(action["destination-cidr-blocks"]).map((value) => this.topology.blocks.read(value, "both"));
        const passing = toExtents(joinedBoth([nowhereAtAll, ...blocks]));
        for (const target of this.targets(core, action.destinations))
          this.connectStatic(position, target, passing, action);
      } else if (action.action === "send-via" || action.action === "send-to") {
        for (const group of functionGroups(action)) {
          const functions = `function ${group}`;
          for (const target of this.attachments)
            if (target.core === core && target.segments.some((segment) => segment.name === functions))
              this.connectStatic(position, target, passAll, action);
        }
      }
    }
  }

  private connectStatic(position: Position, target: Attachment, passing: Passing, action: Values): void {
    const hop: Hop = { by: target.by, why: `the policy's ${String(action.action)} leads to ${target.by.address}` };
    this.topology.graph.connect(position, this.handOut(target), { passing, hops: [hop] });
  }

  /** The attachments that a static route names; those that can't be told may be any. */
  private targets(core: string, value: Value | undefined): Attachment[] {
    return list(value ?? null).flatMap((destination) => {
      if (destination === "blackhole") return [];
      const named = this.topology.reader.named(destination);
      const found = this.attachments.filter((one) => named.resources.includes(one.by));
      return found.length > 0 ? found : this.attachments.filter((one) => one.core === core);
    });
  }

  private handOut(attachment: Attachment): Position {
    const { graph } = this.topology;
    const id = `core network out ${attachment.by.stack} ${attachment.by.address}`;
    if (graph.has(id)) return graph.position(id, attachment.by.address);
    const position = graph.position(id, attachment.by.address);
    connectAttachedVpc(this.topology, position, attachment, VPC_NAMES, "cloud-wan.vpc");
    if (attachment.table) {
      const why = `${attachment.by.address} leads to ${attachment.table.address}`;
      const hops = [{ by: attachment.by, attribute: "transit_gateway_route_table_arn", why }];
      graph.connect(position, this.tableOf(attachment.table), { hops });
    }
    for (const line of attachment.lines) connectLine(this.topology, position, line, this.handIn(attachment));
    return position;
  }
}
