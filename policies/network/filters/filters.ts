/** What a filter lets pass, in two sets: packets that pass whatever is unknown, and packets that could. */

import { isUnknown, type Value } from "../../configuration/value";
import type { Family } from "../packets/addresses";
import { ALL_PORTS, ALL_PROTOCOLS, ICMP, ICMPV6, TCP, UDP } from "../packets/packet";
import { type Constraint, PacketSet } from "../packets/packets";
import { isEmpty, type Ranges, range, single, union } from "../packets/ranges";
import type { Extents } from "../reading/blocks";
import { firstOf, integer } from "../reading/read";

export interface Passing {
  readonly must: PacketSet;
  readonly may: PacketSet;
  /** Why the two differ. */
  readonly unless?: string;
}

export const passAll: Passing = { must: PacketSet.all, may: PacketSet.all };
export const passNone: Passing = { must: PacketSet.none, may: PacketSet.none };
export const certainly = (set: PacketSet): Passing => ({ must: set, may: set });

export function anyOf(all: readonly Passing[]): Passing {
  if (all.length === 1) return all[0];
  const unless = firstOf(all.map((one) => one.unless));
  const must = PacketSet.union(all.map((one) => one.must));
  if (unless === undefined) return { must, may: must };
  return { must, may: PacketSet.union(all.map((one) => one.may)), unless };
}

export function allOf(a: Passing, b: Passing): Passing {
  if (a === passAll) return b;
  if (b === passAll) return a;
  const unless = firstOf([a.unless, b.unless]);
  const must = a.must.intersect(b.must);
  return unless === undefined ? { must, may: must } : { must, may: a.may.intersect(b.may), unless };
}

/** A filter's certain part dropped: what passes only if the unknown turns out so. */
export const possibly = (passing: Passing, unless: string): Passing => ({
  must: PacketSet.none,
  may: passing.may,
  unless: passing.unless ?? unless,
});

const FAMILIES: readonly Family[] = [4, 6];

/** The packets whose source (or destination) lies in the extents. */
export function withAddress(side: "source" | "destination", extents: Extents, rest: Constraint = {}): Passing {
  const sets = (which: "must" | "may") =>
    PacketSet.union(FAMILIES.map((family) => PacketSet.of(family, { ...rest, [side]: extents[family][which] })));
  const unless = extents[4].unless ?? extents[6].unless;
  const must = sets("must");
  return unless === undefined ? { must, may: must } : { must, may: sets("may"), unless };
}

/** Protocol numbers by the names that EC2 and Suricata take. */
const PROTOCOLS: Readonly<Record<string, number>> = {
  icmp: ICMP,
  tcp: TCP,
  udp: UDP,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: ICMPV6,
  "ipv6-icmp": ICMPV6,
  ospf: 89,
  sctp: 132,
  udplite: 136,
};

/** A protocol as text or number; undefined if it is not known, everything for `-1` and `all`. */
export function protocolsOf(value: Value | undefined): Ranges | undefined {
  if (isUnknown(value) || value === null || value === undefined) return undefined;
  const name = String(value).toLowerCase();
  if (name === "-1" || name === "all") return ALL_PROTOCOLS;
  if (Object.hasOwn(PROTOCOLS, name)) return single(PROTOCOLS[name]);
  const number = integer(name);
  return number !== undefined && number >= 0 && number <= 255 ? single(number) : undefined;
}

export interface Service {
  readonly protocol: Ranges;
  readonly sourcePort: Ranges;
  readonly destinationPort: Ranges;
}
/** The traffic that protocol and port attributes describe: what is certain of it, and what it could be. */
export interface Services {
  readonly must: Service | undefined;
  readonly may: Service;
  readonly unless?: string;
}

const ported: Ranges = union(single(TCP), single(UDP));
const anyService: Service = { protocol: ALL_PROTOCOLS, sourcePort: ALL_PORTS, destinationPort: ALL_PORTS };

/** `protocol`, `from_port`, `to_port` of security group and ACL rules; for ICMP the ports are type and code, -1 for any. */
export function servicesOf(
  protocol: Value | undefined,
  from: Value | undefined,
  to: Value | undefined,
  everyPort: boolean,
): Services {
  const protocols = protocolsOf(protocol);
  if (!protocols) return { must: undefined, may: anyService, unless: "the protocol of a rule is not known" };
  const icmp =
    protocols.length === 2 && protocols[0] === protocols[1] && (protocols[0] === ICMP || protocols[0] === ICMPV6);
  const hasPorts =
    protocols.length === 2 &&
    protocols[0] === protocols[1] &&
    !isEmpty(ported) &&
    (protocols[0] === TCP || protocols[0] === UDP);
  if (!icmp && !hasPorts) {
    const service = { ...anyService, protocol: protocols };
    return { must: service, may: service };
  }
  const first = integer(from);
  const last = integer(to);
  if (icmp) {
    if (isUnknown(from) || isUnknown(to))
      return {
        must: undefined,
        may: { ...anyService, protocol: protocols },
        unless: "the ICMP type of a rule is not known",
      };
    const type = first === undefined || first < 0 ? ALL_PORTS : single(first);
    const code = last === undefined || last < 0 || first === undefined || first < 0 ? ALL_PORTS : single(last);
    const service = { protocol: protocols, sourcePort: type, destinationPort: code };
    return { must: service, may: service };
  }
  if (first === undefined || last === undefined) {
    const service = { ...anyService, protocol: protocols };
    if (everyPort && !isUnknown(from) && !isUnknown(to)) return { must: service, may: service };
    return { must: undefined, may: service, unless: "the ports of a rule are not known" };
  }
  const service = { ...anyService, protocol: protocols, destinationPort: first < 0 ? ALL_PORTS : range(first, last) };
  return { must: service, may: service };
}

/** Packets to or from the extents that are of the services. */
export function matching(side: "source" | "destination", extents: Extents, services: Services): Passing {
  const may = withAddress(side, extents, services.may);
  const unless = may.unless ?? services.unless;
  if (unless === undefined) return may;
  const must = services.must ? withAddress(side, extents, services.must).must : PacketSet.none;
  return { must, may: may.may, unless };
}
