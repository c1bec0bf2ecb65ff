/**
 * A packet, its fields, and how it is written.
 *
 * A packet is a point in a space of six fields (per address family): source and destination address, protocol, source
 * and destination port, and `mapped`. For ICMP the source port field holds the type and the destination port field the
 * code, as security group rules and network ACLs write them. `mapped` says what the internet gateway of the VPC that
 * the packet is in knows of its source, which no address field shows: nothing (0), a public address (1: an IPv4 address
 * mapped one to one, a global IPv6 address), the address of a public NAT gateway (2).
 */
import { type Family, formatAddress } from "./addresses";
import { type Ranges, single, type Whole } from "./ranges";

export const SOURCE = 0;
export const DESTINATION = 1;
export const PROTOCOL = 2;
export const SOURCE_PORT = 3;
export const DESTINATION_PORT = 4;
export const MAPPED = 5;
export type Field = 0 | 1 | 2 | 3 | 4 | 5;

export const ALL_PROTOCOLS: Ranges = [0, 255];
export const ALL_PORTS: Ranges = [0, 65535];
export const ALL_MARKS: Ranges = [0, 2];
/** The source has a public address of its own. */
export const PUBLIC: Ranges = single(1);
/** The source is that of a public NAT gateway. */
export const TRANSLATED: Ranges = single(2);
/** The source has a private address that no internet gateway here knows. */
export const PRIVATE: Ranges = single(0);

export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ICMPV6 = 58;

export interface Packet {
  readonly family: Family;
  readonly source: Whole;
  readonly destination: Whole;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly mapped: number;
}

const PROTOCOL_NAMES: Record<number, string> = { [ICMP]: "icmp", [TCP]: "tcp", [UDP]: "udp", [ICMPV6]: "icmpv6" };

/** `10.0.1.10:49152 → 198.51.100.20:443 tcp`. */
export function formatPacket(packet: Packet): string {
  const name = PROTOCOL_NAMES[packet.protocol] ?? `protocol ${packet.protocol}`;
  const ported = packet.protocol === TCP || packet.protocol === UDP;
  const end = (address: Whole, port: number) => {
    const text = formatAddress(packet.family, address);
    if (!ported) return text;
    return packet.family === 6 ? `[${text}]:${port}` : `${text}:${port}`;
  };
  return `${end(packet.source, packet.sourcePort)} → ${end(packet.destination, packet.destinationPort)} ${name}`;
}
