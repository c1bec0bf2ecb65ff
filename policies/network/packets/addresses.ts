/** IPv4 and IPv6 addresses and CIDR blocks as numbers, and the ranges that have a meaning of their own. */
import { type Ranges, range, subtract, type Whole } from "./ranges";

export type Family = 4 | 6;

export const ALL_IPV4: Ranges = [0, 0xffffffff];
export const ALL_IPV6: Ranges = [0n, (1n << 128n) - 1n];
export const allAddresses = (family: Family): Ranges => (family === 4 ? ALL_IPV4 : ALL_IPV6);

export interface Block {
  readonly family: Family;
  readonly ranges: Ranges;
  /** Prefix length. */
  readonly length: number;
}

/** Reads `10.0.0.0/8`, `10.1.2.3`, `2001:db8::/32`, `2001:db8::1`; undefined if it is neither. Host bits are dropped. */
export function parseBlock(text: string): Block | undefined {
  const [address, suffix, ...rest] = text.trim().split("/");
  if (rest.length > 0 || (suffix !== undefined && !/^\d{1,3}$/.test(suffix))) return undefined;
  const ipv4 = parseIpv4(address);
  if (ipv4 !== undefined) return block(4, ipv4, suffix);
  const ipv6 = parseIpv6(address);
  return ipv6 === undefined ? undefined : block(6, ipv6, suffix);
}

function block(family: Family, address: Whole, suffix: string | undefined): Block | undefined {
  const bits = family === 4 ? 32 : 128;
  const length = suffix === undefined ? bits : Number(suffix);
  if (length > bits) return undefined;
  if (family === 6) {
    const size = 1n << BigInt(bits - length);
    const lo = (BigInt(address) / size) * size;
    return { family, length, ranges: range(lo, lo + size - 1n) };
  }
  const size = 2 ** (bits - length);
  const lo = Math.floor(Number(address) / size) * size;
  return { family, length, ranges: range(lo, lo + size - 1) };
}

function parseIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (let i = 1; i <= 4; i++) {
    const part = Number(match[i]);
    if (part > 255) return undefined;
    value = value * 256 + part;
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(":")) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = groups(halves[0]);
  const tail = halves.length === 2 ? groups(halves[1]) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let value = 0n;
  for (const group of [...head, ...new Array<number>(missing).fill(0), ...tail]) value = (value << 16n) | BigInt(group);
  return value;
}

function groups(text: string): number[] | undefined {
  if (text === "") return [];
  const out: number[] = [];
  const parts = text.split(":");
  for (let i = 0; i < parts.length; i++) {
    if (i === parts.length - 1 && parts[i].includes(".")) {
      const ipv4 = parseIpv4(parts[i]);
      if (ipv4 === undefined) return undefined;
      out.push(Math.floor(ipv4 / 65536), ipv4 % 65536);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(parts[i])) out.push(Number.parseInt(parts[i], 16));
    else return undefined;
  }
  return out;
}

export function formatAddress(family: Family, address: Whole): string {
  if (family === 4) {
    const value = Number(address);
    return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join(".");
  }
  const value = BigInt(address);
  const parts: string[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(((value >> shift) & 0xffffn).toString(16));
  return compress(parts);
}

/** The longest run of zero groups becomes `::` (RFC 5952, section 4.2). */
function compress(parts: readonly string[]): string {
  let best = { start: -1, length: 1 };
  for (let i = 0; i < parts.length; i++) {
    let end = i;
    while (end < parts.length && parts[end] === "0") end++;
    if (end - i > best.length) best = { start: i, length: end - i };
  }
  if (best.start < 0) return parts.join(":");
  return `${parts.slice(0, best.start).join(":")}::${parts.slice(best.start + best.length).join(":")}`;
}

const blocks = (...texts: string[]): Ranges => {
  const out: Whole[] = [];
  for (const text of texts) out.push(...(parseBlock(text)?.ranges ?? []));
  return out;
};

/**
 * Addresses that no router of the public internet forwards: RFC 6890 (IANA special-purpose registry), multicast and
 * reserved space. The documentation ranges (198.51.100.0/24, …) are left in: configurations use them as examples of
 * public addresses, and taking them for reachable is the cautious reading.
 */
export const NOT_ON_THE_INTERNET_IPV4: Ranges = blocks(
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
);

/** IPv6: unspecified and loopback, IPv4-mapped, NAT64's own prefix, unique local, link-local, multicast. */
export const NOT_ON_THE_INTERNET_IPV6: Ranges = blocks(
  "::/96",
  "::ffff:0:0/96",
  "64:ff9b::/96",
  "fc00::/7",
  "fe80::/9",
  "ff00::/8",
);

export const PRIVATE_IPV4: Ranges = blocks("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16");

/** Global and unique local unicast: what VPCs can have. */
export const UNICAST_IPV6: Ranges = blocks("2000::/3", "fc00::/7");

/** The prefix under which DNS64 and NAT64 show IPv4 addresses (RFC 6052). */
export const NAT64_PREFIX = 0x0064ff9bn << 96n;
export const NAT64: Ranges = blocks("64:ff9b::/96");

/** The addresses of the public internet. */
export const publicAddresses = (family: Family): Ranges =>
  subtract(allAddresses(family), family === 4 ? NOT_ON_THE_INTERNET_IPV4 : NOT_ON_THE_INTERNET_IPV6);
