import ipaddr from "ipaddr.js";

/** A range of IPv4 or IPv6 addresses in CIDR notation, checked when it is made. */
export class Cidr {
  private constructor(
    readonly version: 4 | 6,
    /** The first address as a number. */
    readonly first: bigint,
    /** Length of the prefix in bits. */
    readonly prefix: number,
  ) {}

  /**
   * Reads `10.16.0.0/16` or `fd80::/48`.
   * @throws RangeError if the text is no CIDR range or has bits set behind its prefix.
   */
  static parse(text: string): Cidr {
    // The library also takes IPv4 with parts left out, which means different things to different readers.
    const wellFormed = /^(\d+\.\d+\.\d+\.\d+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)\/\d{1,3}$/.test(text);
    if (!wellFormed || !ipaddr.isValidCIDR(text)) {
      throw new RangeError(`"${text}" is not a CIDR range`);
    }
    const [address, prefix] = ipaddr.parseCIDR(text);
    const version = address.kind() === "ipv4" ? 4 : 6;
    const cidr = new Cidr(version, toNumber(address.toByteArray()), prefix);
    if (cidr.first % cidr.size !== 0n) {
      const meant = new Cidr(version, cidr.first - (cidr.first % cidr.size), prefix);
      throw new RangeError(`"${text}" has bits set behind its prefix; ${meant} is the range it lies in`);
    }
    return cidr;
  }

  /** Length of an address in bits. */
  get bits(): number {
    return this.version === 4 ? 32 : 128;
  }

  /** Number of addresses. */
  get size(): bigint {
    return 1n << BigInt(this.bits - this.prefix);
  }

  get last(): bigint {
    return this.first + this.size - 1n;
  }

  contains(other: Cidr): boolean {
    return this.version === other.version && this.first <= other.first && other.last <= this.last;
  }

  overlaps(other: Cidr): boolean {
    return this.version === other.version && this.first <= other.last && other.first <= this.last;
  }

  /**
   * The `index`-th of the equal parts with a prefix of `prefix` bits.
   * @throws RangeError if there is no such part.
   */
  part(prefix: number, index: number): Cidr {
    if (prefix < this.prefix || prefix > this.bits) throw new RangeError(`${this} has no parts of /${prefix}`);
    const first = this.first + (BigInt(index) << BigInt(this.bits - prefix));
    if (index < 0 || first > this.last) throw new RangeError(`${this} has no part ${index} of /${prefix}`);
    return new Cidr(this.version, first, prefix);
  }

  /** The canonical text (RFC 5952 for IPv6). */
  toString(): string {
    const bytes = toBytes(this.first, this.bits / 8);
    const address = ipaddr.fromByteArray(bytes);
    return `${address.kind() === "ipv6" ? (address as ipaddr.IPv6).toRFC5952String() : address}/${this.prefix}`;
  }
}

const toNumber = (bytes: readonly number[]): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

const toBytes = (value: bigint, length: number): number[] =>
  Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 0xffn));
