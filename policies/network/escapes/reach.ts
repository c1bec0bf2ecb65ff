/**
 * Which packets come from where to where: least fixpoints over the graph of positions.
 *
 * Backwards from a way out, `leaving` gives for every position the packets that leave there if they are at it; one pass
 * serves all interfaces. Forwards from the outside, `arriving` gives for every position the packets that can come to it
 * from out there. Sets only grow, and each step of the iteration handles what was new, so the passes end; positions that
 * lead nowhere are never looked at.
 */

import type { Packet } from "../packets/packet";
import { PacketSet } from "../packets/packets";
import type { Edge, Position } from "../routing/graph";

export type Certainty = "must" | "may";

/** What devices that remember connections have let in, by device: answers to it pass. */
export type Remembered = ReadonlyMap<string, PacketSet>;

export type Reaching = ReadonlyMap<Position, PacketSet>;

/** The packets at each position that come to `exit`. With `remembered`, devices also pass answers to what came in. */
export function leaving(exit: Position, certainty: Certainty, remembered?: Remembered): Reaching {
  const sets = new Map<Position, PacketSet>([[exit, PacketSet.all]]);
  const fresh = new Map<Position, PacketSet>([[exit, PacketSet.all]]);
  for (const [position, news] of takeAll(fresh)) {
    for (const edge of position.in) {
      const before = edge.rewrite ? edge.rewrite.before(news) : news;
      grow(sets, fresh, edge.from, before.intersect(guard(edge, certainty, remembered)));
    }
  }
  return sets;
}

/** The packets that come to each position from the entries given, and what passes each device on the way. */
export function arriving(
  entries: readonly Position[],
  certainty: Certainty,
): { readonly at: Reaching; readonly remembered: Remembered } {
  const sets = new Map<Position, PacketSet>();
  const fresh = new Map<Position, PacketSet>();
  const remembered = new Map<string, PacketSet>();
  for (const entry of entries) grow(sets, fresh, entry, PacketSet.all);
  for (const [position, news] of takeAll(fresh)) {
    for (const edge of position.out) {
      if (edge.to.exit) continue;
      const through = news.intersect(guard(edge, certainty));
      if (through.isEmpty) continue;
      if (edge.device) remembered.set(edge.device, (remembered.get(edge.device) ?? PacketSet.none).union(through));
      grow(sets, fresh, edge.to, edge.rewrite ? edge.rewrite.after(through) : through);
    }
  }
  return { at: sets, remembered };
}

/** Everywhere that packets come to from where they stand. */
export function spreading(from: ReadonlyMap<Position, PacketSet>, certainty: Certainty): Reaching {
  const sets = new Map<Position, PacketSet>();
  const fresh = new Map<Position, PacketSet>();
  for (const [position, set] of from) grow(sets, fresh, position, set);
  for (const [position, news] of takeAll(fresh)) {
    for (const edge of position.out) {
      const through = news.intersect(guard(edge, certainty));
      grow(sets, fresh, edge.to, edge.rewrite ? edge.rewrite.after(through) : through);
    }
  }
  return sets;
}

export function guard(edge: Edge, certainty: Certainty, remembered?: Remembered): PacketSet {
  const own = edge.passing[certainty];
  const answers = edge.device ? remembered?.get(edge.device) : undefined;
  return answers ? own.union(answers.reversed()) : own;
}

/** Whether one packet is in the guard of an edge. */
export function passes(edge: Edge, packet: Packet, certainty: Certainty, remembered?: Remembered): boolean {
  if (edge.passing[certainty].has(packet)) return true;
  const answers = edge.device ? remembered?.get(edge.device) : undefined;
  return answers?.reversed().has(packet) ?? false;
}

function* takeAll(fresh: Map<Position, PacketSet>): Generator<[Position, PacketSet]> {
  for (;;) {
    const next = fresh.entries().next();
    if (next.done) return;
    fresh.delete(next.value[0]);
    yield next.value;
  }
}

function grow(
  sets: Map<Position, PacketSet>,
  fresh: Map<Position, PacketSet>,
  position: Position,
  more: PacketSet,
): void {
  if (more.isEmpty) return;
  const known = sets.get(position);
  if (!known) {
    sets.set(position, more);
    fresh.set(position, more);
    return;
  }
  const news = more.minus(known);
  if (news.isEmpty) return;
  sets.set(position, known.union(news));
  fresh.set(position, (fresh.get(position) ?? PacketSet.none).union(news));
}
