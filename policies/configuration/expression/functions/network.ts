/** IP network functions: https://developer.hashicorp.com/terraform/language/functions#ip-network-functions */
import type { Value } from "../../value";
import { fail, quote } from "../errors";
import { compare, type Numeric, toBigInt } from "../number";
import { list, typed } from "../types";
import { computed } from "../unknown";
import { type Family, parameter, text, wholeNumber } from "./define";

interface Prefix {
  readonly address: bigint;
  readonly length: number;
  /** 32 or 128. */
  readonly bits: number;
}

/** Leading zeros are read as decimal, as Terraform has always done. */
function parseIpv4(value: string): bigint | undefined {
  const parts = value.split(".");
  if (parts.length !== 4) return undefined;
  let address = 0n;
  for (const part of parts) {
    if (!/^\d{1,9}$/.test(part) || Number(part) > 255) return undefined;
    address = (address << 8n) | BigInt(part);
  }
  return address;
}

function parseIpv6(value: string): bigint | undefined {
  const halves = value.split("::");
  if (halves.length > 2 || value.length > 45) return undefined;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1)!;
  const tail = last.at(-1);
  if (tail?.includes(".")) {
    const v4 = parseIpv4(tail);
    if (v4 === undefined) return undefined;
    last.splice(-1, 1, (v4 >> 16n).toString(16), (v4 & 0xffffn).toString(16));
  }
  const count = groups.reduce((sum, half) => sum + half.length, 0);
  if (halves.length === 1 ? count !== 8 : count > 7) return undefined;
  const missing = new Array<string>(8 - count).fill("0");
  let address = 0n;
  for (const group of halves.length === 1 ? groups[0] : [...groups[0], ...missing, ...groups[1]]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
    address = (address << 16n) | BigInt(`0x${group}`);
  }
  return address;
}

const hostMask = (bits: number, length: number): bigint => (1n << BigInt(bits - length)) - 1n;

/** The network, whatever host the text names in it. */
function parsePrefix(value: string): Prefix {
  const wrong = (): never => fail(`${quote(value)} is no CIDR block`);
  const slash = value.indexOf("/");
  const digits = value.slice(slash + 1);
  if (slash < 0 || !/^\d{1,3}$/.test(digits)) return wrong();
  const written = value.slice(0, slash);
  const bits = written.includes(":") ? 128 : 32;
  const address = bits === 128 ? parseIpv6(written) : parseIpv4(written);
  const length = Number(digits);
  if (address === undefined || length > bits) return wrong();
  return { address: address & ~hostMask(bits, length), length, bits };
}

/** RFC 5952: the longest run of zero groups is left out. */
function addressText(address: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
  // Go writes an IPv4 address inside IPv6 as such.
  if (address >> 32n === 0xffffn) return addressText(address & 0xffffffffn, 32);
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - i * 16)) & 0xffffn).toString(16));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === "0") length++;
    if (length > best.length) best = { start, length };
  }
  if (best.start < 0) return groups.join(":");
  return `${groups.slice(0, best.start).join(":")}::${groups.slice(best.start + best.length).join(":")}`;
}

const prefixText = ({ address, length, bits }: Prefix): string => `${addressText(address, bits)}/${length}`;

function cidrhost(value: string, host: Numeric): Value {
  const { address, length, bits } = parsePrefix(value);
  const number = toBigInt(host) ?? fail("cidrhost: a whole number is required");
  const size = 1n << BigInt(bits - length);
  const fits = number < 0n ? -number <= size : number < size;
  if (!fits) fail(`cidrhost: ${value} has no host ${number}`);
  return addressText(address | (number < 0n ? size + number : number), bits);
}

function cidrnetmask(value: string): Value {
  const { length, bits } = parsePrefix(value);
  if (bits !== 32) fail("cidrnetmask: only IPv4 blocks have a netmask");
  return addressText(0xffffffffn ^ hostMask(32, length), 32);
}

function subnet({ address, length, bits }: Prefix, newBits: number, number: bigint): Prefix {
  const longer = length + newBits;
  if (longer > bits) fail(`there are only ${bits - length} bits left, not ${newBits}`);
  if (number >> BigInt(newBits) !== 0n) fail(`${newBits} bits can't hold the number ${number}`);
  return { address: address | (number << BigInt(bits - longer)), length: longer, bits };
}

function cidrsubnet(value: string, newBits: number, number: Numeric): Value {
  const index = toBigInt(number) ?? fail("cidrsubnet: a whole number is required");
  return prefixText(subnet(parsePrefix(value), newBits, index));
}

/** Blocks one behind another, each starting where one of its size can. */
function cidrsubnets(value: string, sizes: readonly number[]): Value {
  const prefix = parsePrefix(value);
  const end = prefix.address + hostMask(prefix.bits, prefix.length) + 1n;
  const results: string[] = [];
  let next = prefix.address;
  for (const newBits of sizes) {
    if (newBits < 1) fail("cidrsubnets: each block needs at least one more bit");
    if (newBits > 32) fail("cidrsubnets: no block can have more than 32 more bits");
    const length = prefix.length + newBits;
    if (length > prefix.bits)
      fail(`cidrsubnets: there are only ${prefix.bits - prefix.length} bits left, not ${newBits}`);
    const size = 1n << BigInt(prefix.bits - length);
    const start = next % size === 0n ? next : next + size - (next % size);
    if (start + size > end) fail(`cidrsubnets: there is no room left in ${value}`);
    results.push(prefixText({ address: start, length, bits: prefix.bits }));
    next = start + size;
  }
  return typed(results, list("string"));
}

const prefix = parameter("prefix", "string");

/** Terraform's results for these look like accidents, and its versions differ in them. */
const odd = (what: string): Value => computed([], { why: `a subnet ${what} is not computed` });
const isMapped = (value: Value): boolean =>
  /^[0:]*:ffff:/i.test(text(value)) || (/:.*\./.test(text(value)) && text(value).includes("/"));
const mapped = "of an IPv4 address inside IPv6";

export const networks: Family = {
  cidrhost: {
    parameters: [prefix, parameter("hostnum", "number")],
    returns: "string",
    call: ([value, host]) => (isMapped(value) ? odd(mapped) : cidrhost(text(value), host as Numeric)),
  },
  cidrnetmask: { parameters: [prefix], returns: "string", call: ([value]) => cidrnetmask(text(value)) },
  cidrsubnet: {
    parameters: [prefix, parameter("newbits", "number"), parameter("netnum", "number")],
    returns: "string",
    call: ([value, newBits, number]) => {
      if (isMapped(value)) return odd(mapped);
      if (compare(newBits as Numeric, 0) < 0 || compare(number as Numeric, 0) < 0) return odd("with a negative number");
      return cidrsubnet(text(value), wholeNumber(newBits), number as Numeric);
    },
  },
  cidrsubnets: {
    parameters: [prefix],
    rest: parameter("newbits", "number"),
    returns: list("string"),
    call: ([value, ...sizes]) => (isMapped(value) ? odd(mapped) : cidrsubnets(text(value), sizes.map(wholeNumber))),
  },
};
