/** From a set that leaves to the steps of one packet of it: each hop with the rule that let it pass. */
import type { Step } from "../../flows/flow";
import { formatPacket, type Packet } from "../packets/packet";
import { PacketSet } from "../packets/packets";
import type { Edge, Position } from "../routing/graph";
import { type Certainty, passes, type Reaching, type Remembered } from "./reach";

export interface Trace {
  readonly steps: readonly Step[];
  /** The packet as it leaves. */
  readonly packet: Packet;
  readonly edges: readonly Edge[];
  /** What was not known on the way. */
  readonly unless?: string;
}

/**
 * The shortest way of a packet from a position to an exit. `leaving` are the sets computed for that exit: only positions
 * from which the packet leaves are entered.
 */
export function trace(
  from: Position,
  packet: Packet,
  exit: Position,
  reaching: Reaching,
  certainty: Certainty,
  remembered?: Remembered,
): Trace | undefined {
  interface Visit {
    readonly position: Position;
    readonly packet: Packet;
    readonly edge?: Edge;
    readonly back?: Visit;
  }
  const queue: Visit[] = [{ position: from, packet }];
  const seen = new Set<string>([keyOf(from, packet)]);
  for (let i = 0; i < queue.length; i++) {
    const visit = queue[i];
    if (visit.position === exit) {
      const visits: Visit[] = [];
      for (let v: Visit | undefined = visit; v?.edge; v = v.back) visits.unshift(v);
      return follow(
        visits.map((v) => v.edge!),
        visit.packet,
        certainty,
      );
    }
    for (const edge of onwards(visit.position, visit.packet, reaching, certainty, remembered)) {
      const one = PacketSet.one(visit.packet);
      const next = (edge.rewrite ? edge.rewrite.after(one) : one).intersect(reaching.get(edge.to)!).witness();
      if (!next) continue;
      const key = keyOf(edge.to, next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ position: edge.to, packet: next, edge, back: visit });
    }
  }
  return undefined;
}

/** The edges that a packet can take towards the exit, in the same order whatever order the configuration is written in. */
function onwards(
  position: Position,
  packet: Packet,
  reaching: Reaching,
  certainty: Certainty,
  remembered: Remembered | undefined,
): readonly Edge[] {
  const edges = position.out.filter((edge) => reaching.has(edge.to) && passes(edge, packet, certainty, remembered));
  if (edges.length < 2) return edges;
  const key = (edge: Edge): string =>
    [edge.to.id, ...edge.hops.map((hop) => `${hop.by.stack} ${hop.by.address} ${hop.attribute}`)].join("\n");
  return edges
    .map((edge) => ({ edge, key: key(edge) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ edge }) => edge);
}

const keyOf = (position: Position, packet: Packet): string => `${position.id} ${formatPacket(packet)} ${packet.mapped}`;

function follow(edges: readonly Edge[], packet: Packet, certainty: Certainty): Trace {
  const steps: Step[] = [];
  for (const edge of edges) {
    edge.hops.forEach((hop, i) => {
      const from = i === 0 ? (steps[steps.length - 1]?.to ?? edge.from.name) : edge.from.name;
      steps.push({
        from,
        to: edge.to.name,
        by: hop.by,
        ...(hop.attribute ? { attribute: hop.attribute } : {}),
        why: hop.why,
      });
    });
  }
  const unless =
    certainty === "must" ? undefined : edges.map((edge) => edge.passing.unless).find((one) => one !== undefined);
  return { steps, packet, edges, ...(unless === undefined ? {} : { unless }) };
}
