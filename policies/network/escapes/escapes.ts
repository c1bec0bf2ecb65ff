/**
 * The ways out of every interface, by what it starts and by what it answers.
 *
 * For each way out of the estate, the packets that leave there are computed once for all positions. An interface
 * escapes by it if something that it may send is among them: packets that its groups let out, and answers to requests
 * that could come to it from outside; security groups and firewalls remember connections, ACLs do not.
 */
import type { Flow, Step } from "../../flows/flow";
import { type Passing, passAll } from "../filters/filters";
import { isIn } from "../filters/security-groups";
import type { Because, Interface } from "../interfaces/interfaces";
import { push } from "../packets/multimap";
import { formatPacket, type Packet, PRIVATE, PUBLIC } from "../packets/packet";
import { PacketSet } from "../packets/packets";
import { type Ranges, union } from "../packets/ranges";
import type { Tri } from "../reading/read";
import type { Exit, Position, Receiver } from "../routing/graph";
import type { Topology } from "../routing/topology";
import { type Trace, trace } from "./path";
import { arriving, type Certainty, leaving, type Reaching, type Remembered } from "./reach";

/** What leaves by an exit, computed when it is first asked for. */
interface Ways {
  readonly fresh: Reaching;
  /** By whether requests came in from the internet. */
  readonly answering: Map<boolean, Reaching>;
  readonly exit: Position;
  readonly certainty: Certainty;
}

interface Arrivals {
  readonly at: Reaching;
  readonly remembered: Remembered;
}

export class Escapes {
  private readonly bySource = new Map<Position, Interface[]>();
  private readonly arrivals = new Map<string, Arrivals>();
  private exits: Position[] = [];

  constructor(
    private readonly topology: Topology,
    private readonly interfaces: readonly Interface[],
  ) {}

  flows(): Flow[] {
    return oneOfEach(this.find().map((escape) => this.flow(escape)));
  }

  /** For every interface and every way out that it has: one packet that takes it. */
  find(): Escape[] {
    for (const one of this.interfaces) push(this.bySource, this.topology.source(one.subnet), one);
    this.exits = [...this.topology.graph.positions.values()].filter((position) => position.exit);
    return this.exits.flatMap((exit) => this.by(exit));
  }

  /** The escapes by one way out. */
  private by(exit: Position): Escape[] {
    const ways = (certainty: Certainty): Ways => ({
      fresh: leaving(exit, certainty),
      answering: new Map(),
      exit,
      certainty,
    });
    const may = ways("may");
    const candidates = this.candidates(may);
    const escapes: Escape[] = [];
    let must: Ways | undefined;
    for (const position of candidates.keys()) {
      for (const one of this.bySource.get(position) ?? []) {
        const possible = this.escaping(one, position, may);
        if (!possible) continue;
        must ??= ways("must");
        const certain = this.escaping(one, position, must);
        const definite = certain && this.follow(certain, must);
        const way = definite ?? this.follow(possible, may);
        if (!way) continue;
        const unless = definite ? {} : { unless: doubt(one, way.trace, exit.exit!) };
        escapes.push({ from: one, exit: exit.exit!, way, ...unless });
      }
    }
    return escapes;
  }

  /** Positions from which something leaves, if only answers. */
  private candidates(ways: Ways): ReadonlyMap<Position, unknown> {
    if (ways.exit.exit!.receiver) return ways.fresh;
    const more = [true, false].map((internet) => this.answering(ways, internet)).filter((one) => one !== ways.fresh);
    return more.length === 0 ? ways.fresh : new Map([ways.fresh, ...more].flatMap((one) => [...one]));
  }

  /** What leaves if devices let answers pass to what came in from the internet, or from elsewhere. */
  private answering(ways: Ways, internet: boolean): Reaching {
    let reaching = ways.answering.get(internet);
    if (!reaching) {
      const { remembered } = this.arriving(internet, ways.certainty);
      reaching = remembered.size === 0 ? ways.fresh : leaving(ways.exit, ways.certainty, remembered);
      ways.answering.set(internet, reaching);
    }
    return reaching;
  }

  /** What leaves of what an interface starts, else of what it answers. */
  private escaping(one: Interface, position: Position, ways: Ways): Leaving | undefined {
    const set = ways.fresh.get(position);
    if (one.initiates && set) {
      const started = set.intersect(startedPackets(this.topology, one, ways.certainty, ways.exit.exit!.receiver));
      if (!started.isEmpty && this.isSettled(one, started, ways.certainty)) {
        return { set: started, position, reaching: ways.fresh, answering: false };
      }
    }
    return ways.exit.exit!.receiver ? undefined : this.answers(one, position, ways);
  }

  /** Answers to what comes from outside; devices on the way back let them pass whose requests they let in. */
  private answers(one: Interface, position: Position, ways: Ways): Leaving | undefined {
    const { certainty } = ways;
    if (certainty === "must" && one.exists !== "yes") return undefined;
    const inward = one.groups ? this.topology.groups.together(one.groups, "ingress") : passAll;
    if (inward[certainty].isEmpty) return undefined;
    const inside = this.topology.inside(one.subnet);
    for (const internet of [true, false]) {
      const { at, remembered } = this.arriving(internet, certainty);
      const requests = at.get(inside)?.intersect(inward[certainty]);
      if (!requests || requests.isEmpty) continue;
      // From the internet, IPv4 comes in by the public address only.
      const reachable = PacketSet.of(4, { mapped: PUBLIC }).union(PacketSet.of(6));
      const mine = internet ? interfacePackets(one, certainty).intersect(reachable) : interfacePackets(one, certainty);
      const back = this.answering(ways, internet);
      const out = back.get(position)?.intersect(requests.reversed().intersect(mine));
      if (out && !out.isEmpty) return { set: out, position, reaching: back, remembered, answering: true };
    }
    return undefined;
  }

  /** One packet of those that leave, on its way. */
  private follow({ set, position, reaching, remembered, answering }: Leaving, ways: Ways): Way | undefined {
    const sent = set.witness();
    const way = sent && trace(position, sent, ways.exit, reaching, ways.certainty, remembered);
    return way && { trace: { ...way, sent }, answering };
  }

  /**
   * A packet leaves for certain only if it does whichever of its subnet's addresses the interface has: rules that pick
   * out single senders decide nothing as long as it is not known who has which address.
   */
  private isSettled(one: Interface, set: PacketSet, certainty: Certainty): boolean {
    if (certainty === "may" || one.addresses) return true;
    return ([4, 6] as const).some((family) => {
      const whole = one.subnet.blocks[family].must;
      return whole.length > 0 && coversMost(set.project(family, 0), whole);
    });
  }

  private arriving(internet: boolean, certainty: Certainty): Arrivals {
    const key = `${internet} ${certainty}`;
    let arrivals = this.arrivals.get(key);
    if (!arrivals) {
      const entries = this.exits.filter(
        ({ exit }) => exit!.internet === internet && exit!.entry && (certainty === "may" || exit!.unless === undefined),
      );
      arrivals = arriving([...new Set(entries.map(({ exit }) => exit!.entry!))], certainty);
      this.arrivals.set(key, arrivals);
    }
    return arrivals;
  }

  private flow({ from: one, exit, way, unless }: Escape): Flow {
    const { resource } = one;
    const steps: Step[] = [];
    const push = (because: Because | undefined, to: string) => {
      if (because)
        steps.push({
          from: steps[steps.length - 1]?.to ?? resource.address,
          to,
          by: because.by,
          ...(because.attribute ? { attribute: because.attribute } : {}),
          why: because.why,
        });
    };
    push(one.placed, one.subnet.name);
    if (way.trace.sent.family === 4 && way.trace.sent.mapped === 1) push(one.publicBecause, one.subnet.name);
    push(this.groupStep(one, way), one.subnet.name);
    for (const step of way.trace.steps) steps.push({ ...step, from: steps[steps.length - 1]?.to ?? resource.address });
    const last = steps[steps.length - 1];
    const { packet } = way.trace;
    const shown = `${way.answering ? "the answer" : "the packet"} ${formatPacket(packet)} leaves`;
    const end = exit.to.kind === "place" ? exit.to.place.id : exit.to.resource.address;
    steps[steps.length - 1] = { ...last, to: end, why: `${last.why}; ${shown}` };
    return {
      from: resource,
      channel: this.channel(one, exit, way),
      to: exit.to,
      steps,
      ...(unless === undefined ? {} : { unless }),
    };
  }

  private channel(one: Interface, exit: Exit, way: Way): string {
    if (/^aws_(lb|alb|elb)$/.test(one.resource.type) && exit.internet) return "elb.internet-facing";
    if (
      way.trace.edges.some((edge) => edge.from.id.startsWith("nat gateway")) &&
      exit.channel === "vpc.internet-gateway"
    )
      return "vpc.nat-gateway";
    return exit.channel;
  }

  /** The rule of a group that lets the packet out, or its request in. */
  private groupStep(one: Interface, way: Way): Because | undefined {
    const { sent } = way.trace;
    const direction = way.answering ? "ingress" : "egress";
    const packet: Packet = way.answering
      ? {
          ...sent,
          source: sent.destination,
          destination: sent.source,
          sourcePort: sent.destinationPort,
          destinationPort: sent.sourcePort,
        }
      : sent;
    for (const group of one.groups ?? []) {
      for (const rule of group[direction]) {
        if (!rule.passing.may.has(packet)) continue;
        const how = way.answering ? "lets the request in, and so its answer out" : "lets the packet out";
        return { by: rule.by, attribute: rule.attribute, why: `${group.name} ${how}` };
      }
    }
    return undefined;
  }
}

/** Packets that leave from a position. */
interface Leaving {
  readonly set: PacketSet;
  readonly position: Position;
  readonly reaching: Reaching;
  readonly remembered?: Remembered;
  readonly answering: boolean;
}

interface Found extends Trace {
  /** The packet as the interface sends it. */
  readonly sent: Packet;
}
interface Way {
  readonly trace: Found;
  /** It is the answer to a request from outside. */
  readonly answering: boolean;
}

export interface Escape {
  readonly from: Interface;
  readonly exit: Exit;
  readonly way: Way;
  /** Present if it rests on something that is not known. */
  readonly unless?: string;
}

/** One flow of those that tell the same of a resource: a definite one if there is any, else the first by its steps. */
function oneOfEach(flows: readonly Flow[]): Flow[] {
  const best = new Map<string, { flow: Flow; rank: string }>();
  for (const flow of flows) {
    const end = flow.to.kind === "place" ? flow.to.place.id : `${flow.to.resource.stack} ${flow.to.resource.address}`;
    const key = [flow.from.stack, flow.from.address, flow.channel, end].join("\n");
    const steps = flow.steps
      .map((step) => `${step.by.stack} ${step.by.address} ${step.attribute} ${step.to}`)
      .join("\n");
    const rank = `${flow.unless === undefined ? 0 : 1} ${String(flow.steps.length).padStart(4, "0")} ${steps}`;
    const known = best.get(key);
    if (!known || rank < known.rank) best.set(key, { flow, rank });
  }
  return [...best.values()].map(({ flow }) => flow);
}

/** What an interface may start: from its own addresses, past its groups, and taken by the receiver if one is given. */
export function startedPackets(
  topology: Topology,
  one: Interface,
  certainty: Certainty,
  receiver: Receiver | undefined,
): PacketSet {
  if (certainty === "must" && one.exists !== "yes") return PacketSet.none;
  const taken = isTaken(one, receiver);
  if (taken === "no" || (certainty === "must" && taken === "maybe")) return PacketSet.none;
  return outward(topology, one, receiver)
    [certainty].intersect(interfacePackets(one, certainty))
    .intersect(one.only ?? PacketSet.all);
}

function outward(topology: Topology, one: Interface, receiver: Receiver | undefined): Passing {
  if (!one.groups) return passAll;
  return receiver ? topology.groups.outTo(one.groups, receiver.groups) : topology.groups.together(one.groups, "egress");
}

/** Whether the receiver takes packets of the interface for the groups that it is in. */
export function isTaken(one: Interface, receiver: Receiver | undefined): Tri {
  return receiver?.from === undefined ? "yes" : isIn(receiver.from, one.groups ?? []);
}

/** Packets with the interface's own source. */
export function interfacePackets(one: Interface, certainty: Certainty): PacketSet {
  const extents = one.addresses ?? one.subnet.blocks;
  const sources = (family: 4 | 6): Ranges => extents[family].may;
  const ipv4 = PacketSet.of(4, { source: sources(4), mapped: marks(one, certainty) });
  const has6 = certainty === "must" ? one.ipv6 === "yes" : one.ipv6 !== "no";
  return has6 ? ipv4.union(PacketSet.of(6, { source: sources(6), mapped: PUBLIC })) : ipv4;
}

/** An IPv4 address that may or may not be public: an internet gateway takes it possibly, anything else for certain. */
function marks(one: Interface, certainty: Certainty): Ranges {
  if (one.publicIpv4 === "yes") return PUBLIC;
  if (one.publicIpv4 === "no" || certainty === "must") return PRIVATE;
  return union(PRIVATE, PUBLIC);
}

/** All but the few addresses of a subnet that AWS keeps for itself. */
function coversMost(part: Ranges, whole: Ranges): boolean {
  const count = (set: Ranges): bigint => {
    let sum = 0n;
    for (let i = 0; i < set.length; i += 2) sum += BigInt(set[i + 1]) - BigInt(set[i]) + 1n;
    return sum;
  };
  return count(part) + 5n >= count(whole);
}

function doubt(one: Interface, way: Trace, exit: Exit): string {
  const known = exit.unless ?? way.unless ?? (one.exists === "maybe" ? one.unless : undefined);
  if (known !== undefined) return known;
  if (isTaken(one, exit.receiver) === "maybe") return `which groups ${one.resource.address} is in is not known`;
  if (one.publicIpv4 === "maybe") return `whether ${one.resource.address} has a public address is not known`;
  if (one.ipv6 === "maybe") return `whether ${one.resource.address} has an IPv6 address is not known`;
  return one.unless ?? `which address ${one.resource.address} has is not known`;
}
