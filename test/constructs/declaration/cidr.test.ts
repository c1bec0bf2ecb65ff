import { Cidr } from "../../../constructs/declaration";
import fc from "../../properties";

const cidr = fc
  .oneof(
    fc.tuple(fc.constant(32), fc.bigInt(0n, (1n << 32n) - 1n)),
    fc.tuple(fc.constant(128), fc.bigInt(0n, (1n << 128n) - 1n)),
  )
  .chain(([bits, address]) => fc.integer({ min: 0, max: bits }).map((prefix) => text(bits, address, prefix)))
  .map(Cidr.parse);

function text(bits: number, address: bigint, prefix: number): string {
  const shift = BigInt(bits - prefix);
  const first = (address >> shift) << shift;
  const digits = (width: number, radix: number) =>
    Array.from({ length: bits / width }, (_, i) =>
      ((first >> BigInt(bits - width * (i + 1))) & ((1n << BigInt(width)) - 1n)).toString(radix),
    );
  return `${bits === 32 ? digits(8, 10).join(".") : digits(16, 16).join(":")}/${prefix}`;
}

describe("Cidr", () => {
  it("is the same after being written and read", () => {
    fc.assert(fc.property(cidr, (range) => expect(Cidr.parse(String(range))).toEqual(range)));
  });

  it("overlaps another exactly if one contains the other", () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        expect(a.overlaps(b)).toBe(a.contains(b) || b.contains(a));
        expect(a.overlaps(b)).toBe(b.overlaps(a));
      }),
    );
  });

  it("has parts that lie inside it and beside each other", () => {
    fc.assert(
      fc.property(cidr, fc.integer({ min: 0, max: 6 }), fc.nat(), (range, more, seed) => {
        fc.pre(range.prefix + more <= range.bits);
        const parts = 2 ** more;
        const [i, j] = [seed % parts, (seed + 1) % parts];
        const part = range.part(range.prefix + more, i);
        expect(range.contains(part)).toBe(true);
        if (i !== j) expect(part.overlaps(range.part(range.prefix + more, j))).toBe(false);
      }),
    );
  });

  it("writes IPv6 as RFC 5952 says", () => {
    expect(String(Cidr.parse("FDC1:0E40:0000:0000:0000:0000:0000:0000/48"))).toBe("fdc1:e40::/48");
  });

  it.each([["10.0.0.0"], ["10.0.0.0/33"], ["10.0.0/16"], ["fd80::/129"], ["10.0.0.0/8 "], ["::ffff:10.0.0.0/104x"]])(
    "refuses %j",
    (wrong) => {
      expect(() => Cidr.parse(wrong)).toThrow(`"${wrong}" is not a CIDR range`);
    },
  );

  it("has no part beyond its end, and none larger than itself", () => {
    const range = Cidr.parse("10.0.0.0/16");
    expect(() => range.part(17, 2)).toThrow("10.0.0.0/16 has no part 2 of /17");
    expect(() => range.part(17, -1)).toThrow("10.0.0.0/16 has no part -1 of /17");
    expect(() => range.part(15, 0)).toThrow("10.0.0.0/16 has no parts of /15");
  });
});
