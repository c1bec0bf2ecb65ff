/**
 * Which representation of packet sets fits: boxes of interval sets (as `policies/network/packets/packets.ts` has them), boxes of
 * single intervals, atoms (cells between all bounds that occur) and binary decision diagrams, each asked for what passes
 * a security group of 60 rules, an ACL of 40 ordered rules and the part of a table of 200 routes that leads to one
 * target. Prints time and size, and fails if they disagree on any of the packets tried.
 */
import { PacketSet } from "../policies/network/packets/packets";
import { range } from "../policies/network/packets/ranges";

type Interval = readonly [number, number];
/** Source, destination, protocol, destination port. */
type Box = readonly [Interval, Interval, Interval, Interval];
const BITS = [32, 32, 8, 16];
const FULL: Box = [
  [0, 0xffffffff],
  [0, 0xffffffff],
  [0, 255],
  [0, 65535],
];

/** What a representation has to do. */
interface Algebra<S> {
  readonly name: string;
  of(box: Box): S;
  union(a: S, b: S): S;
  intersect(a: S, b: S): S;
  minus(a: S, b: S): S;
  has(set: S, packet: readonly number[]): boolean;
  size(set: S): string;
}

let seed = 7;
function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 0x100000000) * below);
}

function cidr(length: number): Interval {
  const size = 2 ** (32 - length);
  const start = 0x0a000000 + Math.floor(random(0x01000000) / size) * size;
  return [start, start + size - 1];
}
const ports = (): Interval => {
  const from = 1 + random(40) * 100;
  return [from, from + random(3) * 100];
};
const group: Box[] = Array.from({ length: 60 }, () => [FULL[0], cidr(12 + random(12)), [6, 6], ports()]);
const acl = Array.from({ length: 40 }, (_, i) => ({
  allows: i % 4 !== 0,
  box: [cidr(10), cidr(9 + random(10)), i % 3 === 0 ? FULL[2] : [6, 6], i % 5 === 0 ? ports() : FULL[3]] as Box,
}));
const routes = Array.from({ length: 200 }, (_, i) => ({ to: i % 5, length: 10 + random(14) })).map((route) => ({
  ...route,
  box: [FULL[0], cidr(route.length), FULL[2], FULL[3]] as Box,
}));

/** What passes group, ACL and the routes to one target. */
function path<S>(algebra: Algebra<S>): S {
  const none = algebra.minus(algebra.of(FULL), algebra.of(FULL));
  const grouped = group.map((box) => algebra.of(box)).reduce((a, b) => algebra.union(a, b));
  let [rest, allowed] = [algebra.of(FULL), none];
  for (const { allows, box } of acl) {
    const match = algebra.of(box);
    if (allows) allowed = algebra.union(allowed, algebra.intersect(rest, match));
    rest = algebra.minus(rest, match);
  }
  let [untaken, routed] = [algebra.of(FULL), none];
  for (const { to, box } of [...routes].sort((a, b) => b.length - a.length)) {
    const match = algebra.of(box);
    if (to === 0) routed = algebra.union(routed, algebra.intersect(untaken, match));
    untaken = algebra.minus(untaken, match);
  }
  return algebra.intersect(algebra.intersect(grouped, allowed), routed);
}

const intervalSets: Algebra<PacketSet> = {
  name: "boxes of interval sets",
  of: ([source, destination, protocol, port]) =>
    PacketSet.of(4, {
      source: range(...source),
      destination: range(...destination),
      protocol: range(...protocol),
      destinationPort: range(...port),
    }),
  union: (a, b) => a.union(b),
  intersect: (a, b) => a.intersect(b),
  minus: (a, b) => a.minus(b),
  has: (set, [source, destination, protocol, destinationPort]) =>
    set.has({ family: 4, source, destination, protocol, sourcePort: 0, destinationPort, mapped: 0 }),
  size: (set) => `${set.size} boxes`,
};

const meet = (a: Box, b: Box): Box | undefined => {
  const out = a.map(([lo, hi], i): Interval => [Math.max(lo, b[i][0]), Math.min(hi, b[i][1])]);
  return out.every(([lo, hi]) => lo <= hi) ? (out as unknown as Box) : undefined;
};
function split(a: Box, b: Box): Box[] {
  if (!meet(a, b)) return [a];
  const out: Box[] = [];
  let rest = a;
  for (let i = 0; i < 4; i++) {
    const [[lo, hi], [from, to]] = [rest[i], b[i]];
    const at = (interval: Interval) => rest.map((one, j) => (j === i ? interval : one)) as unknown as Box;
    if (lo < from) out.push(at([lo, from - 1]));
    if (hi > to) out.push(at([to + 1, hi]));
    rest = at([Math.max(lo, from), Math.min(hi, to)]);
  }
  return out;
}
const intervals: Algebra<readonly Box[]> = {
  name: "boxes of single intervals",
  of: (box) => [box],
  union: (a, b) => [...a, ...b],
  intersect: (a, b) => a.flatMap((one) => b.map((two) => meet(one, two))).filter((both) => both !== undefined),
  minus: (a, b) => b.reduce((rest, two) => rest.flatMap((one) => split(one, two)), a),
  has: (set, packet) => set.some((box) => box.every(([lo, hi], i) => lo <= packet[i] && packet[i] <= hi)),
  size: (set) => `${set.length} boxes`,
};

/** Cells between all bounds that occur anywhere; a set is one bit for each cell. */
function atoms(): Algebra<Uint32Array> {
  const all = [FULL, ...group, ...acl.map(({ box }) => box), ...routes.map(({ box }) => box)];
  const bounds = BITS.map((_, i) =>
    [...new Set(all.flatMap((box) => [box[i][0], box[i][1] + 1]))].sort((a, b) => a - b).slice(0, -1),
  );
  const cells = bounds.reduce((product, list) => product * list.length, 1);
  const each = (a: Uint32Array, b: Uint32Array, both: (x: number, y: number) => number) => {
    const out = new Uint32Array(a.length);
    for (let i = 0; i < out.length; i++) out[i] = both(a[i], b[i]);
    return out;
  };
  const index = (packet: readonly number[]) =>
    packet.reduce((at, value, i) => at * bounds[i].length + bounds[i].findLastIndex((bound) => bound <= value), 0);
  return {
    name: "atoms",
    of: (box) => {
      const out = new Uint32Array(Math.ceil(cells / 32));
      const inside = bounds.map((list, i) =>
        list.flatMap((bound, j) => (box[i][0] <= bound && bound <= box[i][1] ? [j] : [])),
      );
      const [n1, n2, n3] = bounds.slice(1).map((list) => list.length);
      for (const a of inside[0])
        for (const b of inside[1])
          for (const c of inside[2])
            for (const d of inside[3]) {
              const cell = ((a * n1 + b) * n2 + c) * n3 + d;
              out[cell >>> 5] |= 1 << (cell & 31);
            }
      return out;
    },
    union: (a, b) => each(a, b, (x, y) => x | y),
    intersect: (a, b) => each(a, b, (x, y) => x & y),
    minus: (a, b) => each(a, b, (x, y) => x & ~y),
    has: (set, packet) => {
      const cell = index(packet);
      return ((set[cell >>> 5] >>> (cell & 31)) & 1) === 1;
    },
    size: () => `${cells} cells`,
  };
}

/** Reduced ordered binary decision diagrams: node 0 is false, node 1 true, the others ask one bit of a packet. */
function diagrams(): Algebra<number> {
  const nodes: (readonly [bit: number, low: number, high: number])[] = [
    [Number.POSITIVE_INFINITY, 0, 0],
    [Number.POSITIVE_INFINITY, 1, 1],
  ];
  const unique = new Map<string, number>();
  const known = new Map<string, number>();
  const node = (bit: number, low: number, high: number): number => {
    if (low === high) return low;
    const key = `${bit} ${low} ${high}`;
    let found = unique.get(key);
    if (found === undefined) {
      found = nodes.push([bit, low, high]) - 1;
      unique.set(key, found);
    }
    return found;
  };
  const apply = (name: string, both: (x: number, y: number) => number, a: number, b: number): number => {
    if (a < 2 && b < 2) return both(a, b);
    const key = `${name} ${a} ${b}`;
    let found = known.get(key);
    if (found === undefined) {
      const bit = Math.min(nodes[a][0], nodes[b][0]);
      const side = (which: 1 | 2) =>
        apply(name, both, nodes[a][0] === bit ? nodes[a][which] : a, nodes[b][0] === bit ? nodes[b][which] : b);
      found = node(bit, side(1), side(2));
      known.set(key, found);
    }
    return found;
  };
  const starts = BITS.map((_, i) => BITS.slice(0, i).reduce((sum, bits) => sum + bits, 0));
  /** Numbers of the field from bit `at` on that are between two bounds. */
  const between = (field: number, at: number, lo: number, hi: number, then: number): number => {
    const size = 2 ** (BITS[field] - at);
    if (lo <= 0 && hi >= size - 1) return then;
    if (lo > hi || hi < 0 || lo >= size) return 0;
    const half = size / 2;
    return node(
      starts[field] + at,
      between(field, at + 1, lo, Math.min(hi, half - 1), then),
      between(field, at + 1, lo - half, hi - half, then),
    );
  };
  const reached = (set: number, seen = new Set<number>()): Set<number> => {
    if (set > 1 && !seen.has(set)) {
      seen.add(set);
      reached(nodes[set][1], seen);
      reached(nodes[set][2], seen);
    }
    return seen;
  };
  return {
    name: "decision diagrams",
    of: (box) => [3, 2, 1, 0].reduce((then, field) => between(field, 0, box[field][0], box[field][1], then), 1),
    union: (a, b) => apply("or", (x, y) => x | y, a, b),
    intersect: (a, b) => apply("and", (x, y) => x & y, a, b),
    minus: (a, b) => apply("minus", (x, y) => x & ~y & 1, a, b),
    has: (set, packet) => {
      let at = set;
      while (at > 1) {
        const [bit, low, high] = nodes[at];
        const field = starts.findLastIndex((start) => start <= bit);
        const value = Math.floor(packet[field] / 2 ** (BITS[field] - 1 - (bit - starts[field]))) % 2;
        at = value === 1 ? high : low;
      }
      return at === 1;
    },
    size: (set) => `${reached(set).size} nodes of ${nodes.length}`,
  };
}

/** The best of so many counts: the first ones are spent on compilation. */
const RUNS = 10;
const packets = Array.from({ length: 20_000 }, () => [
  0x0a000000 + random(0x01000000),
  0x0a000000 + random(0x01000000),
  random(4) === 0 ? random(256) : 6,
  random(4200),
]);

function measure<S>(make: () => Algebra<S>): string {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const start = process.hrtime.bigint();
    path(make());
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  const algebra = make();
  const set = path(algebra);
  console.log(`  ${algebra.name}: ${best.toFixed(1)} ms, ${algebra.size(set)}`);
  return packets.map((packet) => (algebra.has(set, packet) ? "1" : "0")).join("");
}

/** Prints what each representation costs on one path. */
export function benchPackets(): void {
  console.log("packet sets: a group of 60 rules, an ACL of 40, a table of 200 routes, intersected");
  const answers = [measure(() => intervalSets), measure(() => intervals), measure(atoms), measure(diagrams)];
  if (new Set(answers).size !== 1 || !answers[0].includes("1")) throw new Error("the representations disagree");
}

if (require.main === module) benchPackets();
