import { formatAddress, parseBlock } from "../../../../policies/network/packets/addresses";
import fc from "../../../properties";

describe("addresses", () => {
  it.each([
    ["10.0.0.0/8", 4, 8, [0x0a000000, 0x0affffff]],
    ["10.1.2.3", 4, 32, [0x0a010203, 0x0a010203]],
    ["10.1.2.3/8", 4, 8, [0x0a000000, 0x0affffff]],
    ["0.0.0.0/0", 4, 0, [0, 0xffffffff]],
    ["::/0", 6, 0, [0n, (1n << 128n) - 1n]],
    ["2001:db8::/32", 6, 32, [0x20010db8n << 96n, (0x20010db9n << 96n) - 1n]],
    ["::ffff:1.2.3.4", 6, 128, [0xffff01020304n, 0xffff01020304n]],
  ])("reads %s", (text, family, length, ranges) => {
    expect(parseBlock(text)).toEqual({ family, length, ranges });
  });

  it.each([
    "",
    "10.0.0",
    "10.0.0.256",
    "10.0.0.0/33",
    "10.0.0.0/8/8",
    "1::2::3",
    "1:2:3:4:5:6:7:8:9",
    "g::",
    "::/129",
    "vpc-1",
  ])("refuses %j", (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
        fc.integer({ min: 0, max: 0xffffffff }),
        (six, four) => {
          expect(parseBlock(formatAddress(6, six))?.ranges[0]).toBe(six);
          expect(parseBlock(formatAddress(4, four))?.ranges[0]).toBe(four);
        },
      ),
      { numRuns: 500 },
    );
  });
});
