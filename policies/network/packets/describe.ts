/** Sets of addresses and packets in words. */
import { allAddresses, type Family, formatAddress, publicAddresses } from "./addresses";
import { ALL_PORTS, DESTINATION, DESTINATION_PORT, ICMP, ICMPV6, PROTOCOL, TCP, UDP } from "./packet";
import { PacketSet } from "./packets";
import { covers, equal, has, type Ranges, single, subtract } from "./ranges";

const SHOWN = 6;

/** `10.0.0.0/8, 192.168.1.0/24 and 3 more`, or what is missing if that is shorter: `every IPv4 address but 10.20.0.0/16`. */
export function describeAddresses(family: Family, set: Ranges): string {
  if (equal(set, allAddresses(family))) return `any IPv${family} address`;
  const blocks = blocksOf(family, set);
  if (blocks.length <= SHOWN) return blocks.join(", ");
  const open = publicAddresses(family);
  if (covers(open, set)) {
    const absent = blocksOf(family, subtract(open, set));
    if (absent.length < blocks.length)
      return `every public IPv${family} address${absent.length === 0 ? "" : ` but ${listed(absent)}`}`;
  }
  const missing = blocksOf(family, subtract(allAddresses(family), set));
  if (missing.length < blocks.length) return `every IPv${family} address but ${listed(missing)}`;
  return listed(blocks);
}

const listed = (blocks: readonly string[]): string =>
  blocks.length <= SHOWN ? blocks.join(", ") : `${blocks.slice(0, SHOWN).join(", ")} and ${blocks.length - SHOWN} more`;

/** The fewest CIDR blocks that make up a set; no more than are worth counting. */
export function blocksOf(family: Family, set: Ranges): string[] {
  const bits = family === 4 ? 32 : 128;
  const out: string[] = [];
  for (let i = 0; i < set.length && out.length < 200; i += 2) {
    let lo = BigInt(set[i]);
    const hi = BigInt(set[i + 1]);
    while (lo <= hi && out.length < 200) {
      let length = bits;
      while (length > 0) {
        const size = 1n << BigInt(bits - length + 1);
        if (lo % size !== 0n || lo + size - 1n > hi) break;
        length--;
      }
      out.push(`${formatAddress(family, family === 4 ? Number(lo) : lo)}${length === bits ? "" : `/${length}`}`);
      lo += 1n << BigInt(bits - length);
    }
  }
  return out;
}

/** Where the packets of a set go: `10.20.0.0/16`. */
export function describeDestinations(set: PacketSet): string {
  return ([4, 6] as const)
    .map((family) => ({ family, ranges: set.project(family, DESTINATION) }))
    .filter(({ ranges }) => ranges.length > 0)
    .map(({ family, ranges }) => describeAddresses(family, ranges))
    .join(", ");
}

const NAMES: readonly (readonly [number, string])[] = [
  [TCP, "tcp"],
  [UDP, "udp"],
  [ICMP, "icmp"],
  [ICMPV6, "icmpv6"],
];

/** Which services they ask for: `tcp 443, udp 53`; empty if there is no bound. */
export function describeServices(set: PacketSet): string {
  const parts: string[] = [];
  for (const family of [4, 6] as const) {
    const protocols = set.project(family, PROTOCOL);
    if (protocols.length === 0) continue;
    for (const [number, name] of NAMES) {
      if (!has(protocols, number)) continue;
      const ports = set.intersect(PacketSet.of(family, { protocol: single(number) })).project(family, DESTINATION_PORT);
      const whole = equal(ports, ALL_PORTS) || number === ICMP || number === ICMPV6;
      parts.push(whole ? name : `${name} ${describePorts(ports)}`);
    }
    if (has(protocols, 0) && has(protocols, 255)) parts.push("any protocol");
  }
  const unique = [...new Set(parts)];
  return unique.includes("any protocol") && unique.includes("tcp") && unique.includes("udp") ? "" : unique.join(", ");
}

function describePorts(ports: Ranges): string {
  const parts: string[] = [];
  for (let i = 0; i < ports.length && parts.length < SHOWN; i += 2) {
    parts.push(ports[i] === ports[i + 1] ? String(ports[i]) : `${ports[i]}-${ports[i + 1]}`);
  }
  return ports.length / 2 > SHOWN ? `${parts.join(",")},…` : parts.join(",");
}
