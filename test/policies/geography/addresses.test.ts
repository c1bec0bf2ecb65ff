import { contains, isUnrouted, parseCidr } from "../../../policies/geography/addresses";
import fc from "../../properties";

test.each([
  ["203.0.113.10", { version: 4, prefix: 32, first: 0xcb00710an, last: 0xcb00710an, loose: false }],
  ["10.0.0.0/8", { version: 4, prefix: 8, first: 0x0a000000n, last: 0x0affffffn, loose: false }],
  ["10.0.0.7/8", { first: 0x0a000000n, last: 0x0affffffn, loose: true }],
  ["0.0.0.0/0", { first: 0n, last: 0xffffffffn }],
  ["2001:db8::1", { version: 6, prefix: 128 }],
  ["::/0", { version: 6, first: 0n, last: (1n << 128n) - 1n }],
  ["::ffff:203.0.113.10", { version: 6, first: 0xffffcb00710an }],
])("%s", (text, parts) => expect(parseCidr(text)).toMatchObject(parts));

test.each([
  "",
  "10",
  "10.0.0",
  "010.0.0.1",
  "0x0a.0.0.1",
  "10.0.0.256",
  "10.0.0.0/33",
  "10.0.0.0/08",
  "10.0.0.0/-1",
  "10.0.0.0/",
  "10.0.0.1 ",
  "fe80::1%eth0",
  "1::2::3",
  ":::",
  "::/129",
  "[::1]",
  "abcd",
])("%j is neither address nor range", (text) => expect(parseCidr(text)).toBeUndefined());

test("a range holds exactly the addresses that share its prefix", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const ip = fc.tuple(octet, octet, octet, octet);
  fc.assert(
    fc.property(ip, ip, fc.integer({ min: 0, max: 32 }), (a, b, prefix) => {
      const bits = (octets: number[]) => octets.map((one) => one.toString(2).padStart(8, "0")).join("");
      const range = parseCidr(`${a.join(".")}/${prefix}`)!;
      const address = parseCidr(b.join("."))!;
      expect(contains(range, address)).toBe(bits(a).slice(0, prefix) === bits(b).slice(0, prefix));
    }),
  );
});

test("IPv4 and IPv6 never hold each other", () => {
  expect(contains(parseCidr("::/0")!, parseCidr("10.0.0.1")!)).toBe(false);
  expect(contains(parseCidr("0.0.0.0/0")!, parseCidr("::1")!)).toBe(false);
});

test.each([
  ["10.1.0.0/16", true],
  ["100.64.0.0/10", true],
  ["169.254.169.254", true],
  ["fd00::/8", true],
  ["10.0.0.0/7", false],
  ["0.0.0.0/0", false],
  ["203.0.113.10", false],
  ["64:ff9b::a00:1", false],
  ["2001:db8::/32", false],
])("no router of the internet carries %s: %s", (text, unrouted) => expect(isUnrouted(parseCidr(text)!)).toBe(unrouted));
