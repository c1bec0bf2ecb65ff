/** Sets of packets: exact union, intersection, difference, emptiness, and a witness. A set is a list of boxes, possibly overlapping. */
import type { Family } from "./addresses";
import { type Box, type Fields, FULL, intersectBoxes, merge, subtractBox, witnessOf } from "./boxes";
import {
  ALL_MARKS,
  ALL_PORTS,
  DESTINATION,
  DESTINATION_PORT,
  type Field,
  ICMP,
  ICMPV6,
  MAPPED,
  type Packet,
  PROTOCOL,
  SOURCE,
  SOURCE_PORT,
} from "./packet";
import { has, intersect, isEmpty, type Ranges, single, subtract, union } from "./ranges";

/** What a set asks of each field; a field that is left out may hold anything. */
export interface Constraint {
  readonly source?: Ranges;
  readonly destination?: Ranges;
  readonly protocol?: Ranges;
  readonly sourcePort?: Ranges;
  readonly destinationPort?: Ranges;
  readonly mapped?: Ranges;
}

export class PacketSet {
  private constructor(private readonly boxes: readonly Box[]) {}

  static readonly none = new PacketSet([]);
  static readonly all = new PacketSet([
    { family: 4, fields: FULL[4] },
    { family: 6, fields: FULL[6] },
  ]);

  /** All packets of a family that satisfy the constraint. */
  static of(family: Family, constraint: Constraint = {}): PacketSet {
    const full = FULL[family];
    const fields: Fields = [
      constraint.source ?? full[0],
      constraint.destination ?? full[1],
      constraint.protocol ?? full[2],
      constraint.sourcePort ?? full[3],
      constraint.destinationPort ?? full[4],
      constraint.mapped ?? full[5],
    ];
    return fields.some(isEmpty) ? PacketSet.none : new PacketSet([{ family, fields }]);
  }

  static one(packet: Packet): PacketSet {
    return PacketSet.of(packet.family, {
      source: single(packet.source),
      destination: single(packet.destination),
      protocol: single(packet.protocol),
      sourcePort: single(packet.sourcePort),
      destinationPort: single(packet.destinationPort),
      mapped: single(packet.mapped),
    });
  }

  static union(sets: readonly PacketSet[]): PacketSet {
    const some = sets.filter((set) => !set.isEmpty);
    if (some.length === 0) return PacketSet.none;
    return some.length === 1 ? some[0] : new PacketSet(merge(some.flatMap((set) => set.boxes)));
  }

  get isEmpty(): boolean {
    return this.boxes.length === 0;
  }

  get isAll(): boolean {
    return this === PacketSet.all || (this.boxes.length >= 2 && PacketSet.all.minus(this).isEmpty);
  }

  /** How many boxes it takes: the measure of its cost. */
  get size(): number {
    return this.boxes.length;
  }

  union(other: PacketSet): PacketSet {
    if (this === other || other.isEmpty) return this;
    if (this.isEmpty) return other;
    if (this === PacketSet.all || other === PacketSet.all) return PacketSet.all;
    return new PacketSet(merge([...this.boxes, ...other.boxes]));
  }

  intersect(other: PacketSet): PacketSet {
    if (this === other || other === PacketSet.all || this.isEmpty) return this;
    if (this === PacketSet.all || other.isEmpty) return other;
    const out: Box[] = [];
    for (const a of this.boxes) {
      for (const b of other.boxes) {
        const both = intersectBoxes(a, b);
        if (both) out.push(both);
      }
    }
    return out.length === 0 ? PacketSet.none : new PacketSet(merge(out));
  }

  minus(other: PacketSet): PacketSet {
    if (this === other || other === PacketSet.all) return PacketSet.none;
    let rest: readonly Box[] = this.boxes;
    for (const b of other.boxes) {
      if (rest.length === 0) break;
      let touched = false;
      const next: Box[] = [];
      for (const a of rest) {
        if (intersectBoxes(a, b)) {
          subtractBox(a, b, next);
          touched = true;
        } else next.push(a);
      }
      if (touched) rest = merge(next);
    }
    return rest === this.boxes ? this : rest.length === 0 ? PacketSet.none : new PacketSet(rest);
  }

  covers(other: PacketSet): boolean {
    return this === other || this === PacketSet.all || other.minus(this).isEmpty;
  }

  has(packet: Packet): boolean {
    for (const { family, fields } of this.boxes) {
      if (
        family === packet.family &&
        has(fields[DESTINATION], packet.destination) &&
        has(fields[PROTOCOL], packet.protocol) &&
        has(fields[DESTINATION_PORT], packet.destinationPort) &&
        has(fields[SOURCE], packet.source) &&
        has(fields[SOURCE_PORT], packet.sourcePort) &&
        has(fields[MAPPED], packet.mapped)
      )
        return true;
    }
    return false;
  }

  /** The part of one family. */
  ofFamily(family: Family): PacketSet {
    const boxes = this.boxes.filter((box) => box.family === family);
    return boxes.length === this.boxes.length ? this : boxes.length === 0 ? PacketSet.none : new PacketSet(boxes);
  }

  /** All values that a field takes in packets of a family. */
  project(family: Family, field: Field): Ranges {
    let out: Ranges = [];
    for (const box of this.boxes) if (box.family === family) out = union(out, box.fields[field]);
    return out;
  }

  /** Every packet with the fields given set to every value given, whatever they held: what rewriting makes of a set. */
  assign(family: Family, values: Constraint): PacketSet {
    const boxes = this.boxes.map(
      (box): Box => (box.family === family ? { family, fields: overwrite(box.fields, values) } : box),
    );
    return boxes.length === 0 ? this : new PacketSet(merge(boxes));
  }

  /** Every packet that has some packet of the set as its twin but for the fields named: the reverse of `assign`. */
  forget(...fields: readonly Field[]): PacketSet {
    if (this.isEmpty) return this;
    const boxes = this.boxes.map((box): Box => {
      const next = [...box.fields] as Ranges[];
      for (const field of fields) next[field] = FULL[box.family][field];
      return { family: box.family, fields: next as unknown as Fields };
    });
    return new PacketSet(merge(boxes));
  }

  /** The packets of one family as packets of the other, field by field; ICMP becomes the other's ICMP, of any type. */
  mapFamily(from: Family, to: Family, change: (field: Field, ranges: Ranges) => Ranges): PacketSet {
    const boxes = this.boxes
      .filter((box) => box.family === from)
      .flatMap(({ fields }): Box[] => {
        const moved = fields.map((ranges, i) => change(i as Field, ranges)) as unknown as Fields;
        const echo = single(from === 6 ? ICMPV6 : ICMP);
        const plain = subtract(fields[PROTOCOL], ICMP_PROTOCOLS);
        const out: Box[] = isEmpty(plain) ? [] : [{ family: to, fields: overwrite(moved, { protocol: plain }) }];
        if (!isEmpty(intersect(fields[PROTOCOL], echo))) {
          const any = { protocol: single(to === 6 ? ICMPV6 : ICMP), sourcePort: ALL_PORTS, destinationPort: ALL_PORTS };
          out.push({ family: to, fields: overwrite(moved, any) });
        }
        return out;
      });
    return boxes.length === 0 ? PacketSet.none : new PacketSet(merge(boxes));
  }

  /** The answers: source and destination exchanged, and their ports where the protocol has any. Says nothing of `mapped`. */
  reversed(): PacketSet {
    const out: Box[] = [];
    for (const { family, fields } of this.boxes) {
      const [source, destination, protocol, sourcePort, destinationPort] = fields;
      const echo = intersect(protocol, ICMP_PROTOCOLS);
      const rest = subtract(protocol, ICMP_PROTOCOLS);
      if (!isEmpty(rest)) {
        out.push({ family, fields: [destination, source, rest, destinationPort, sourcePort, ALL_MARKS] });
      }
      // What ICMP answers has another type and code; any is taken.
      if (!isEmpty(echo)) out.push({ family, fields: [destination, source, echo, ALL_PORTS, ALL_PORTS, ALL_MARKS] });
    }
    return out.length === 0 ? PacketSet.none : new PacketSet(merge(out));
  }

  /** One packet of the set, an ordinary one if there is any; undefined if there is none. */
  witness(): Packet | undefined {
    for (const family of [4, 6] as const) {
      const boxes = this.boxes.filter((box) => box.family === family);
      if (boxes.length > 0) return witnessOf(family, boxes);
    }
    return undefined;
  }
}

const ICMP_PROTOCOLS: Ranges = [ICMP, ICMP, ICMPV6, ICMPV6];

function overwrite(fields: Fields, values: Constraint): Fields {
  return [
    values.source ?? fields[0],
    values.destination ?? fields[1],
    values.protocol ?? fields[2],
    values.sourcePort ?? fields[3],
    values.destinationPort ?? fields[4],
    values.mapped ?? fields[5],
  ];
}
