/**
 * Positions that a packet can be at, and the steps between them. A position is a place where a decision is made: a
 * subnet that a packet leaves or enters, a route table, a gateway, a table of a transit gateway, the world outside.
 */
import type { Resource } from "../../configuration/resource";
import type { Destination } from "../../flows/flow";
import { type Passing, passAll } from "../filters/filters";
import type { Group } from "../filters/security-groups";
import type { PacketSet } from "../packets/packets";

/** Address translation: what becomes of packets, and what must have been for packets to become so. */
export interface Rewrite {
  after(set: PacketSet): PacketSet;
  before(set: PacketSet): PacketSet;
}

/** The rule or resource that lets packets take a step. */
export interface Hop {
  readonly by: Resource;
  readonly attribute?: string;
  readonly why: string;
}

export interface Edge {
  readonly from: Position;
  readonly to: Position;
  readonly passing: Passing;
  readonly rewrite?: Rewrite;
  readonly hops: readonly Hop[];
  /** Remembers connections: answers pass to what it let through the other way. Edges of one device share the name. */
  readonly device?: string;
}

export interface Position {
  readonly id: string;
  /** For people: `aws_subnet.app`, `the internet`. */
  readonly name: string;
  readonly out: Edge[];
  readonly in: Edge[];
  /** Set where the estate ends. */
  exit?: Exit;
}

/** A way out of what the configuration shows. */
export interface Exit {
  readonly channel: string;
  readonly to: Destination;
  /** Present if it is not known whether it leads out. */
  readonly unless?: string;
  /** Where packets from there come in, if they do. */
  readonly entry?: Position;
  /** The other side is the internet: what comes in by IPv4 reaches only interfaces with public addresses. */
  readonly internet: boolean;
  /** Set if it is an interface that takes requests, and answers them: nothing comes in from there by itself. */
  readonly receiver?: Receiver;
}

/** Somebody's interface, as its security groups make it. */
export interface Receiver {
  readonly groups: readonly Group[];
  /** The key of the group whose members it takes packets from here; otherwise it goes by addresses alone. */
  readonly from?: string;
}

export interface EdgeOptions {
  readonly passing?: Passing;
  readonly rewrite?: Rewrite;
  readonly hops?: readonly Hop[];
  readonly device?: string;
}

export class Graph {
  readonly positions = new Map<string, Position>();

  position(id: string, name: string): Position {
    let position = this.positions.get(id);
    if (!position) {
      position = { id, name, out: [], in: [] };
      this.positions.set(id, position);
    }
    return position;
  }

  has(id: string): boolean {
    return this.positions.has(id);
  }

  connect(from: Position, to: Position, options: EdgeOptions = {}): void {
    const passing = options.passing ?? passAll;
    if (passing.may.isEmpty && !options.device) return;
    const edge: Edge = {
      from,
      to,
      passing,
      hops: options.hops ?? [],
      ...(options.rewrite ? { rewrite: options.rewrite } : {}),
      ...(options.device ? { device: options.device } : {}),
    };
    from.out.push(edge);
    to.in.push(edge);
  }

  /** A position outside: what comes here has left. */
  exit(id: string, name: string, exit: Exit): Position {
    const position = this.position(`exit ${id}`, name);
    position.exit ??= exit;
    return position;
  }
}
