/**
 * Cloud WAN core networks, by their policy document
 * (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-policies-json.html): attachments belong to
 * segments by the rules of `attachment-policies`; within a segment all reach all unless it isolates them; `share` joins
 * segments, `create-route` adds static routes, `send-via` and `send-to` lead through network functions.
 *
 * Which edge a packet passes makes no difference to where it can come; so routes are not told apart by region. A policy
 * that can't be read lets every attachment reach every other, possibly.
 */
import { attribute, type Resource } from "../configuration/resource";
import { isList, isObject, isUnknown, type Value, type Values } from "../configuration/value";
import type { Extents } from "./blocks";
import { joinedBoth, nowhereAtAll } from "./blocks";
import { type Passing, passAll, possibly } from "./filters";
import { connectOutsideVpc, placeBehind } from "./gateways";
import type { Hop, Position } from "./graph";
import { deviceAt } from "./peers";
import { items, type Tri } from "./read";
import { leaveVpc, type RouteEnd, type Topology, toExtents } from "./topology";
import type { Subnet, Vpc } from "./vpcs";
import { connectLine, directConnectLines, type Line, vpnLine } from "./vpn";

interface Attachment {
  readonly by: Resource;
  readonly kind: string;
  readonly core: string;
  readonly vpc?: Vpc;
  readonly subnets: readonly Subnet[];
  readonly lines: readonly Line[];
  readonly segments: readonly { readonly name: string; readonly certain: boolean }[];
  /** The table of a transit gateway that the attachment joins to its segments. */
  readonly table?: Resource;
}

const CORES = new Set(["aws_networkmanager_core_network", "aws_networkmanager_core_network_policy_attachment"]);
const KINDS = [
  "aws_networkmanager_core_network",
  "aws_networkmanager_vpc_attachment",
  "aws_networkmanager_transit_gateway_route_table_attachment",
];
/** The segment of attachments in a policy that can't be read. */
const ANY = "any segment";

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
      .flatMap((attachment) => {
        const to = this.handIn(attachment);
        const ends = attachment.subnets.map((subnet): RouteEnd => ({ to, rewrite: leaveVpc, enters: subnet }));
        return ends.length > 0 ? ends : [{ to, rewrite: leaveVpc }];
      });
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
      this.policies.set(this.coreKey(core), parsed(attribute(core, "base_policy_document")));
    }
    for (const policy of reader.ofType("aws_networkmanager_core_network_policy_attachment")) {
      const core = this.coreOf(policy);
      if (core !== undefined) this.policies.set(core, parsed(attribute(policy, "policy_document")));
    }
  }

  // --- attachments

  private addAttachments(): void {
    const { reader, vpcs } = this.topology;
    for (const by of reader.ofType("aws_networkmanager_vpc_attachment")) {
      const vpc = vpcs.denoted(attribute(by, "vpc_arn"));
      const subnets = items(by, "subnet_arns").flatMap(({ value }) =>
        reader.named(value).resources.flatMap((one) => vpcs.subnetOf(one) ?? []),
      );
      const lines: Line[] = [];
      if (!vpc) {
        const peer = deviceAt(this.topology, attribute(by, "vpc_arn"), `the VPC of ${by.address}`);
        lines.push({
          by,
          attribute: "vpc_arn",
          channel: "cloud-wan.vpc",
          peer,
          why: `${by.address} attaches ${peer.place.id}`,
        });
      }
      this.add(by, "vpc", { ...(vpc ? { vpc } : {}), subnets, lines });
    }
    for (const by of reader.ofType("aws_networkmanager_site_to_site_vpn_attachment")) {
      const [connection] = reader.named(attribute(by, "vpn_connection_arn"), new Set(["aws_vpn_connection"])).resources;
      const peer = deviceAt(this.topology, attribute(by, "vpn_connection_arn"), `the tunnel of ${by.address}`);
      const line =
        connection?.mode === "managed"
          ? vpnLine(this.topology, connection)
          : {
              by,
              attribute: "vpn_connection_arn",
              channel: "vpn",
              peer,
              why: `${by.address} is a tunnel to ${peer.place.id}`,
            };
      this.add(by, "site-to-site-vpn", { subnets: [], lines: [line] });
    }
    for (const by of reader.ofType("aws_networkmanager_dx_gateway_attachment")) {
      const [gateway] = reader.named(
        attribute(by, "direct_connect_gateway_arn"),
        new Set(["aws_dx_gateway"]),
      ).resources;
      const peer = deviceAt(this.topology, attribute(by, "direct_connect_gateway_arn"), `the lines of ${by.address}`);
      const lines =
        gateway?.mode === "managed"
          ? directConnectLines(this.topology, gateway)
          : [
              {
                by,
                attribute: "direct_connect_gateway_arn",
                channel: "direct-connect",
                peer,
                why: `${by.address} leads to ${peer.place.id}`,
              },
            ];
      this.add(by, "direct-connect-gateway", { subnets: [], lines });
    }
    for (const by of reader.ofType("aws_networkmanager_connect_attachment"))
      this.add(by, "connect", { subnets: [], lines: this.connectLines(by) });
    for (const by of reader.ofType("aws_networkmanager_transit_gateway_route_table_attachment")) this.addPeering(by);
  }

  private connectLines(by: Resource): Line[] {
    const peers = this.topology.input.context.referring("aws_networkmanager_connect_peer", "connect_attachment_id", by);
    return peers.flatMap((peer): Line[] => {
      const address = attribute(peer, "peer_address");
      if (this.isOwn(address)) return [];
      const device = deviceAt(this.topology, address, `the far end of ${peer.address}`);
      return [
        {
          by: peer,
          attribute: "peer_address",
          channel: "cloud-wan.connect",
          peer: device,
          why: `${peer.address} is a tunnel to ${device.place.id}`,
        },
      ];
    });
  }

  private isOwn(value: Value): boolean {
    if (typeof value !== "string") return false;
    const wanted = toExtents(this.topology.blocks.read(value, "both")).may;
    return this.topology.vpcs.all.some((vpc) => !vpc.foreign && toExtents(vpc.blocks).must.covers(wanted));
  }

  /**
   * A table of a transit gateway in a segment: both learn what the other reaches
   * (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-peerings.html). What a gateway leads to that is
   * kept elsewhere can't be bounded here.
   */
  private addPeering(by: Resource): void {
    const { reader } = this.topology;
    const managed = (value: Value, type: string) =>
      reader.named(value, new Set([type])).resources.find((one) => one.mode === "managed");
    const peering = managed(attribute(by, "peering_id"), "aws_networkmanager_transit_gateway_peering");
    const core = peering && this.coreOf(peering);
    if (!peering || core === undefined) return;
    const kind = "transit-gateway-route-table";
    const shared = { by, kind, core, subnets: [], segments: this.segmentsOf(by, kind, core) };
    const table = managed(attribute(by, "transit_gateway_route_table_arn"), "aws_ec2_transit_gateway_route_table");
    if (table) {
      this.attachments.push({ ...shared, lines: [], table });
      return;
    }
    const [gateway] = reader.named(attribute(peering, "transit_gateway_arn")).resources;
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

  // --- segments

  private segmentsOf(by: Resource, kind: string, core: string): { name: string; certain: boolean }[] {
    const policy = this.policies.get(core);
    if (!policy) return [{ name: ANY, certain: false }];
    const rules = objects(policy["attachment-policies"]).sort(
      (a, b) => number(a["rule-number"]) - number(b["rule-number"]),
    );
    const out: { name: string; certain: boolean }[] = [];
    for (const rule of rules) {
      const matches = this.matches(rule, by, kind);
      if (matches === "no") continue;
      for (const name of this.assigned(rule, by, policy))
        out.push({ name, certain: matches === "yes" && out.length === 0 });
      if (matches === "yes") break;
    }
    return out;
  }

  private assigned(rule: Values, by: Resource, policy: Values): string[] {
    const action = isObject(rule.action) ? rule.action : undefined;
    const segment = action?.segment;
    if (typeof segment === "string") return [segment];
    const key = action?.["tag-value-of-key"];
    const tag = typeof key === "string" ? tagsOf(by)[key] : undefined;
    if (typeof tag === "string") return [tag];
    if (typeof action?.["add-to-network-function-group"] === "string")
      return [`function ${action["add-to-network-function-group"]}`];
    return segmentNames(policy);
  }

  private matches(rule: Values, by: Resource, kind: string): Tri {
    const conditions = objects(rule.conditions);
    const answers = conditions.map((condition) => this.condition(condition, by, kind));
    if (conditions.length === 0) return "maybe";
    const any = rule["condition-logic"] === "or";
    if (any) return answers.includes("yes") ? "yes" : answers.includes("maybe") ? "maybe" : "no";
    return answers.includes("no") ? "no" : answers.includes("maybe") ? "maybe" : "yes";
  }

  private condition(condition: Values, by: Resource, kind: string): Tri {
    const tags = tagsOf(by);
    const negative = condition.operator === "not-equals";
    const compare = (value: Value | undefined): Tri => {
      if (value === undefined) return negative ? "yes" : "no";
      if (isUnknown(value) || isUnknown(condition.value)) return "maybe";
      if (condition.operator !== undefined && condition.operator !== "equals" && !negative) return "maybe";
      return (String(value) === String(condition.value)) !== negative ? "yes" : "no";
    };
    switch (condition.type) {
      case "any":
        return "yes";
      case "attachment-type":
        return compare(kind);
      case "tag-exists":
        return typeof condition.key === "string" && Object.hasOwn(tags, condition.key) ? "yes" : "no";
      case "tag-value":
        return typeof condition.key === "string"
          ? compare(Object.hasOwn(tags, condition.key) ? tags[condition.key] : undefined)
          : "maybe";
      case "region": {
        const region = this.topology.input.context.regionOf(by);
        return region === undefined ? "maybe" : compare(region);
      }
      default:
        return "maybe";
    }
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
        const extents: Extents = joinedBoth([nowhereAtAll, ...blocks]);
        for (const target of this.targets(core, action.destinations))
          this.connectStatic(position, target, toExtents(extents), action);
      } else if (action.action === "send-via" || action.action === "send-to") {
        for (const group of functionGroups(action)) {
          for (const target of this.attachments.filter(
            (one) => one.core === core && one.segments.some((segment) => segment.name === `function ${group}`),
          )) {
            this.connectStatic(position, target, passAll, action);
          }
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
    for (const subnet of attachment.subnets) {
      const hop: Hop = {
        by: attachment.by,
        attribute: "subnet_arns",
        why: `${attachment.by.address} puts the packet into ${subnet.name}`,
      };
      graph.connect(position, this.topology.source(subnet), { hops: [hop] });
    }
    if (attachment.vpc) {
      const why = `${attachment.by.address} leads to ${attachment.vpc.name}`;
      const hop = { by: attachment.by, attribute: "vpc_arn", why };
      connectOutsideVpc(this.topology, position, attachment.vpc, "cloud-wan.vpc", hop);
    }
    if (attachment.table) {
      const why = `${attachment.by.address} leads to ${attachment.table.address}`;
      const hops = [{ by: attachment.by, attribute: "transit_gateway_route_table_arn", why }];
      graph.connect(position, this.tableOf(attachment.table), { hops });
    }
    for (const line of attachment.lines) connectLine(this.topology, position, line, this.handIn(attachment));
    return position;
  }
}

/** The segments whose attachments a segment's own attachments reach: itself unless it isolates, and those shared. */
function reachable(policy: Values, name: string): Set<string> {
  const out = new Set<string>();
  const own = objects(policy.segments).find((segment) => segment.name === name);
  if (own?.["isolate-attachments"] !== true) out.add(name);
  for (const action of objects(policy["segment-actions"])) {
    if (action.action !== "share" || typeof action.segment !== "string") continue;
    const others = sharedWith(policy, action);
    if (action.segment === name) for (const other of others) out.add(other);
    else if (others.includes(name)) out.add(action.segment);
  }
  return out;
}

function sharedWith(policy: Values, action: Values): string[] {
  const value = action["share-with"];
  const all = segmentNames(policy).filter((one) => one !== action.segment);
  if (value === "*") return all;
  if (isObject(value)) {
    const except = list(value.except ?? null);
    return all.filter((one) => !except.includes(one));
  }
  const named = list(value ?? null).filter((one): one is string => typeof one === "string");
  return named.includes("*") ? all : named;
}

function functionGroups(action: Values): string[] {
  const via = isObject(action.via) ? list(action.via["network-function-groups"] ?? null) : [];
  return via.filter((one): one is string => typeof one === "string");
}

const segmentNames = (policy: Values): string[] =>
  objects(policy.segments).flatMap((segment) => (typeof segment.name === "string" ? [segment.name] : []));

const objects = (value: Value | undefined): Values[] => list(value ?? null).filter(isObject) as Values[];
const list = (value: Value): readonly Value[] => (isList(value) ? value : value === null ? [] : [value]);
const number = (value: Value | undefined): number => (typeof value === "number" ? value : Number(value ?? 0) || 0);

function tagsOf(resource: Resource): Values {
  const tags = attribute(resource, "tags");
  return isObject(tags) ? tags : isList(tags) && isObject(tags[0]) ? tags[0] : {};
}

function parsed(document: Value): Values | undefined {
  if (isUnknown(document)) return isObject(document.json) ? document.json : undefined;
  if (typeof document !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(document);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : undefined;
  } catch {
    return undefined;
  }
}
