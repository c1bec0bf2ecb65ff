/** IP addresses and ranges, in the one spelling of each that is not open to interpretation. */
import * as ipaddr from "ipaddr.js";

export interface Cidr {
  readonly version: 4 | 6;
  /** The first and the last address of the range, as numbers. */
  readonly first: bigint;
  readonly last: bigint;
  /** Length of the prefix in bits; 32 or 128 for a single address. */
  readonly prefix: number;
  /** Whether the text had bits set behind its prefix (`10.0.0.7/8`), which AWS mostly masks and sometimes refuses. */
  readonly loose: boolean;
}

/**
 * An address (`203.0.113.10`, `2001:db8::1`) or a range (`10.0.0.0/8`); undefined for anything else, also for the
 * spellings that systems read differently: octal, hexadecimal, short IPv4, zones (`fe80::1%eth0`).
 */
export function parseCidr(text: string): Cidr | undefined {
  const [, address, length] = /^([0-9a-fA-F.:]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  if (address === undefined) return undefined;
  const version = address.includes(":") ? 6 : 4;
  const bits = version === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  if (version === 4 ? !isPlainIpv4(address) : !ipaddr.IPv6.isValid(address)) return undefined;
  const bytes = (version === 4 ? ipaddr.IPv4 : ipaddr.IPv6).parse(address).toByteArray();
  const number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << BigInt(bits - prefix);
  const first = number - (number % size);
  return { version, first, last: first + size - 1n, prefix, loose: first !== number };
}

const isPlainIpv4 = (text: string): boolean =>
  /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255);

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;

/**
 * Ranges that no router of the internet carries (IANA's special-purpose registries, RFC 6890 and its updates;
 * https://www.iana.org/assignments/iana-ipv4-special-registry, …ipv6-special-registry: "Globally Reachable" is false),
 * and multicast. Ranges for documentation are left out on purpose: to a router they are addresses like others.
 */
export const unrouted: readonly Cidr[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "100::/64",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
].map((text) => parseCidr(text)!);

/** True if no address of the range can be reached over the internet: private, shared, link-local, loopback, multicast. */
export const isUnrouted = (range: Cidr): boolean => unrouted.some((one) => contains(one, range));
