import type { Packet } from "../../../../policies/network/packets/packet";
import { type Constraint, PacketSet } from "../../../../policies/network/packets/packets";
import { type Ranges, unionAll, type Whole } from "../../../../policies/network/packets/ranges";
import fc from "../../../properties";

/**
 * A universe small enough to try every packet: two addresses on each side and in each family, three protocols with
 * ports 0 and 1, two marks. Everything the algebra says is compared with what it says packet by packet.
 */
const V4: readonly number[] = [0x0a000001, 0xc6336414];
const V6: readonly bigint[] = [1n, 0x20010db8n << 96n];
const PROTOCOLS = [6, 17];
const PORTS = [0, 1];
const MARKS = [0, 1];

const universe: Packet[] = [];
for (const family of [4, 6] as const) {
  const addresses: readonly Whole[] = family === 4 ? V4 : V6;
  for (const source of addresses)
    for (const destination of addresses)
      for (const protocol of PROTOCOLS)
        for (const sourcePort of PORTS)
          for (const destinationPort of PORTS)
            for (const mapped of MARKS)
              universe.push({ family, source, destination, protocol, sourcePort, destinationPort, mapped });
}

const points = (values: readonly Whole[]): fc.Arbitrary<Ranges | undefined> =>
  fc.option(
    fc.subarray([...values], { minLength: 1 }).map((some) => unionAll(some.map((value) => [value, value]))),
    { nil: undefined, freq: 2 },
  );

const constraint = (family: 4 | 6): fc.Arbitrary<Constraint> =>
  fc.record({
    source: points(family === 4 ? V4 : V6),
    destination: points(family === 4 ? V4 : V6),
    protocol: points(PROTOCOLS),
    sourcePort: points(PORTS),
    destinationPort: points(PORTS),
    mapped: points(MARKS),
  });

const box = fc
  .constantFrom(4 as const, 6 as const)
  .chain((family) => constraint(family).map((one) => PacketSet.of(family, one)));

/** Sets as they come to be: of boxes, by union, intersection and difference. */
const packetSet: fc.Arbitrary<PacketSet> = fc.letrec<{ set: PacketSet }>((tie) => ({
  set: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    box,
    fc.tuple(tie("set"), tie("set")).map(([a, b]) => a.union(b)),
    fc.tuple(tie("set"), tie("set")).map(([a, b]) => a.intersect(b)),
    fc.tuple(tie("set"), tie("set")).map(([a, b]) => a.minus(b)),
  ),
})).set;

/** The packets of the universe that are in a set, by position. */
const membersOf = (set: PacketSet): boolean[] => universe.map((packet) => set.has(packet));

describe("sets of packets against brute force", () => {
  it("unite, intersect, subtract, include and are empty packet by packet", () => {
    fc.assert(
      fc.property(packetSet, packetSet, (a, b) => {
        const [union, both, rest] = [a.union(b), a.intersect(b), a.minus(b)];
        const [inA, inB] = [a, b].map(membersOf);
        const [inUnion, inBoth, inRest] = [union, both, rest].map(membersOf);
        const right = universe.every(
          (_, i) =>
            inUnion[i] === (inA[i] || inB[i]) && inBoth[i] === (inA[i] && inB[i]) && inRest[i] === (inA[i] && !inB[i]),
        );
        // Sets are made of points of the universe or of whole fields, so that what is missing shows in the universe too.
        return (
          right &&
          !(rest.isEmpty && inRest.includes(true)) &&
          rest.isEmpty === b.covers(a) &&
          a.minus(union).isEmpty &&
          rest.intersect(b).isEmpty &&
          rest.union(both).covers(a)
        );
      }),
      { numRuns: 10000 },
    );
  });

  it("give a witness that is in the set, and the same one however the set was put together", () => {
    fc.assert(
      fc.property(packetSet, packetSet, (a, b) => {
        const both = a.union(b);
        const witness = both.witness();
        if ((witness === undefined) !== both.isEmpty || (witness && !both.has(witness))) return false;
        expect(b.minus(a).union(a).witness()).toEqual(witness);
        return true;
      }),
      { numRuns: 1000 },
    );
  });

  it("reverse to the answers: twice gives the set back for protocols with ports", () => {
    const ported = PacketSet.of(4, { protocol: [6, 6, 17, 17] }).union(PacketSet.of(6, { protocol: [6, 6, 17, 17] }));
    fc.assert(
      fc.property(packetSet, (a) => {
        const some = a.intersect(ported).forget(5);
        expect(membersOf(some.reversed().reversed())).toEqual(membersOf(some));
      }),
      { numRuns: 300 },
    );
  });

  it("forget a field as existence over its values", () => {
    fc.assert(
      fc.property(packetSet, (a) => {
        const forgotten = a.forget(5);
        const some = (packet: Packet) => [0, 1, 2].some((mapped) => a.has({ ...packet, mapped }));
        expect(membersOf(forgotten)).toEqual(universe.map(some));
      }),
      { numRuns: 300 },
    );
  });
});

describe("special sets", () => {
  it("everything is everything, in two halves too", () => {
    const low = PacketSet.of(4, { destination: [0, 0x7fffffff] });
    const high = PacketSet.of(4, { destination: [0x80000000, 0xffffffff] });
    expect(low.union(high).union(PacketSet.of(6)).isAll).toBe(true);
    expect(low.union(high).isAll).toBe(false);
  });

  it("prefers an ordinary packet as witness", () => {
    const set = PacketSet.of(4, { destination: [0, 0xffffffff], protocol: [6, 17] });
    expect(set.witness()).toMatchObject({ protocol: 6, destinationPort: 443, destination: 0xc6336414 });
  });
});
