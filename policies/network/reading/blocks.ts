/**
 * What address values denote: CIDR blocks, lists of them, prefix lists, and blocks that AWS or IPAM chooses after apply.
 *
 * Every block is given twice: `must`, the addresses it holds whatever the unknown turns out to be, and `may`, those it
 * could hold. A block that is chosen after apply (an Amazon-provided IPv6 block, a block from an IPAM pool) gets a
 * stand-in of its own, so that two references to it are known to be the same block. Should the real block coincide with
 * one that is written literally somewhere, the stand-in would hide it; so `may` of such a block also holds the literal
 * destinations of routes that could lie inside it (`aliases`).
 */
import type { Resource } from "../../configuration/resource";
import { attribute } from "../../configuration/resource";
import { find, isList, isUnknown, type Value } from "../../configuration/value";
import {
  ALL_IPV4,
  ALL_IPV6,
  allAddresses,
  type Block,
  type Family,
  PRIVATE_IPV4,
  parseBlock,
  UNICAST_IPV6,
} from "../packets/addresses";
import { intersect, none, type Ranges, range, union, unionAll, type Whole } from "../packets/ranges";
import { firstOf, isComputed, type Reader, text } from "./read";

export interface Extent {
  readonly must: Ranges;
  readonly may: Ranges;
  /** Why the two differ. */
  readonly unless?: string;
}

export const exactly = (ranges: Ranges): Extent => ({ must: ranges, may: ranges });
export const nowhere: Extent = exactly(none);
export const anywhere = (family: Family, unless: string): Extent => ({ must: none, may: allAddresses(family), unless });

export function joined(extents: readonly Extent[]): Extent {
  if (extents.length === 1) return extents[0];
  const unless = firstOf(extents.map((extent) => extent.unless));
  const must = unionAll(extents.map((extent) => extent.must));
  return { must, may: unless === undefined ? must : unionAll(extents.map((extent) => extent.may)), unless };
}

/** Addresses of both families. */
export interface Extents {
  readonly 4: Extent;
  readonly 6: Extent;
}

export const nowhereAtAll: Extents = { 4: nowhere, 6: nowhere };
export const joinedBoth = (all: readonly Extents[]): Extents => ({
  4: joined(all.map((one) => one[4])),
  6: joined(all.map((one) => one[6])),
});
export const ofBlock = (block: Block): Extents =>
  block.family === 4 ? { 4: exactly(block.ranges), 6: nowhere } : { 4: nowhere, 6: exactly(block.ranges) };
export const unknownAddresses = (unless: string): Extents => ({ 4: anywhere(4, unless), 6: anywhere(6, unless) });

const VPC_TYPES = new Set(["aws_vpc", "aws_default_vpc"]);
const SUBNET_TYPES = new Set(["aws_subnet", "aws_default_subnet"]);
const PREFIX_LIST_TYPES = new Set(["aws_ec2_managed_prefix_list", "aws_vpc_endpoint"]);

/** Shorter prefixes than these no VPC can have: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const LONGEST_ALIASED: Record<Family, number> = { 4: 16, 6: 44 };

export class Blocks {
  private readonly standIns = new Map<string, Ranges>();
  private readonly prefixLists = new Map<Resource, Extents>();
  private aliases?: Record<Family, Ranges>;

  constructor(
    private readonly reader: Reader,
    /** The literal destinations of all routes of the configuration. */
    private readonly destinations: () => Iterable<string>,
  ) {}

  /** What one value denotes, of both families; `family` bounds what an unknown could be. */
  read(value: Value | undefined, family: Family | "both"): Extents {
    if (value === null || value === undefined || value === "") return nowhereAtAll;
    if (isList(value)) return joinedBoth([nowhereAtAll, ...value.map((item) => this.read(item, family))]);
    if (isUnknown(value)) {
      if (value.candidates && value.candidates.length > 0) {
        return oneOf(
          value.candidates.map((candidate) => this.read(candidate, family)),
          value.why,
        );
      }
      const chosen = this.chosen(value, family);
      if (chosen) return chosen;
      if (isComputed(value)) return nowhereAtAll;
      return { 4: family === 6 ? nowhere : anywhere(4, value.why), 6: family === 4 ? nowhere : anywhere(6, value.why) };
    }
    const block = parseBlock(String(value));
    if (!block) return unknownAddresses(`${JSON.stringify(value)} is no CIDR block`);
    return ofBlock(block);
  }

  /** A reference to the block of a VPC or a subnet that is chosen after apply. */
  private chosen(value: Value, family: Family | "both"): Extents | undefined {
    if (!isUnknown(value)) return undefined;
    const reference = value.references.length === 1 ? value.references[0] : undefined;
    const [resource, ...others] = reference?.resources ?? [];
    if (!reference || !resource || others.length > 0) return undefined;
    const ipv6 = /ipv6_cidr_block|ipv6_association/.test(reference.path);
    if (!ipv6 && !/(^|\.)cidr_block/.test(reference.path)) return undefined;
    const wanted: Family = ipv6 ? 6 : 4;
    if (family !== "both" && family !== wanted) return undefined;
    const whole = this.ofOwner(resource, wanted);
    if (!whole) return undefined;
    // Computed from the block (`cidrsubnet(…)`): some part of it, which part is not known.
    const extent = value.exact ? whole : { must: none, may: whole.may, unless: value.why };
    return wanted === 4 ? { 4: extent, 6: nowhere } : { 4: nowhere, 6: extent };
  }

  private ofOwner(resource: Resource, family: Family): Extent | undefined {
    if (resource.mode === "managed" && VPC_TYPES.has(resource.type)) return this.standIn(resource, family);
    if (resource.mode === "managed" && SUBNET_TYPES.has(resource.type)) {
      const named = this.reader.named(attribute(resource, "vpc_id"), VPC_TYPES);
      return named.resources.length === 1 ? this.standIn(named.resources[0], family) : undefined;
    }
    return undefined;
  }

  /** The block of a resource that is chosen after apply. */
  standIn(owner: Resource, family: Family): Extent {
    const key = `${owner.stack} ${owner.address} ${family}`;
    let own = this.standIns.get(key);
    if (!own) {
      own = standInAt(this.standIns.size, family);
      this.standIns.set(key, own);
    }
    const aliases = this.aliasesOf(family);
    const may = union(own, aliases);
    return {
      must: own,
      may,
      ...(aliases.length === 0
        ? {}
        : { unless: `the ${family === 4 ? "IPv4" : "IPv6"} block of ${owner.address} is chosen after apply` }),
    };
  }

  private aliasesOf(family: Family): Ranges {
    if (!this.aliases) {
      const found: Record<Family, Ranges[]> = { 4: [], 6: [] };
      for (const destination of this.destinations()) {
        const block = parseBlock(destination);
        if (!block || block.length < LONGEST_ALIASED[block.family]) continue;
        const ranges = intersect(block.ranges, block.family === 4 ? PRIVATE_IPV4 : UNICAST_IPV6);
        if (ranges.length > 0) found[block.family].push(ranges);
      }
      this.aliases = { 4: unionAll(found[4]), 6: unionAll(found[6]) };
    }
    return this.aliases[family];
  }

  /** The public addresses of an AWS service, as its gateway endpoint and AWS's own prefix list hold them. */
  awsService(): Extents {
    return AWS_SERVICE;
  }

  /** The addresses of a prefix list: a managed one of this configuration, or one of AWS's, which stands in. */
  prefixList(value: Value | undefined): Extents {
    if (value === null || value === undefined || value === "") return nowhereAtAll;
    if (isList(value)) return joinedBoth([nowhereAtAll, ...value.map((item) => this.prefixList(item))]);
    if (isUnknown(value) && isComputed(value)) return nowhereAtAll;
    const named = this.reader.named(value);
    if (named.literal !== undefined) return unknownAddresses(`nobody says what the prefix list ${named.literal} holds`);
    const lists = named.resources.filter(
      (resource) => PREFIX_LIST_TYPES.has(resource.type) || resource.mode === "data",
    );
    if (lists.length === 0) return unknownAddresses(named.unknown ?? "the prefix list is not known");
    const all = lists.map((list) => this.prefixListOf(list));
    return lists.length === 1 && named.certain ? all[0] : oneOf(all, named.unknown ?? "the prefix list is not known");
  }

  private prefixListOf(list: Resource): Extents {
    const known = this.prefixLists.get(list);
    if (known) return known;
    const extents = this.readPrefixList(list);
    this.prefixLists.set(list, extents);
    return extents;
  }

  private readPrefixList(list: Resource): Extents {
    if (list.mode === "managed" && list.type === "aws_ec2_managed_prefix_list") {
      const own = find(list.values, "entry.cidr").map(({ value }) => this.read(value, "both"));
      const beside = this.reader
        .ofType("aws_ec2_managed_prefix_list_entry")
        .filter((entry) => this.reader.named(attribute(entry, "prefix_list_id")).resources.includes(list))
        .map((entry) => this.read(attribute(entry, "cidr"), "both"));
      return joinedBoth([nowhereAtAll, ...own, ...beside]);
    }
    const service = awsPrefixList(list);
    if (service === undefined) return unknownAddresses(`what ${list.address} holds is not known`);
    return AWS_SERVICE;
  }
}

/** The name of AWS's own prefix list that a data source or a gateway endpoint denotes: `com.amazonaws.eu-west-1.s3`. */
function awsPrefixList(resource: Resource): string | undefined {
  const name = text(attribute(resource, resource.type === "aws_vpc_endpoint" ? "service_name" : "name"));
  return name?.startsWith("com.amazonaws.") ? name : undefined;
}

/**
 * Stands for the public addresses of an AWS service: an AWS-owned range. Where exactly it lies does not matter, only
 * that it is public and that no VPC has it.
 */
const AWS_SERVICE: Extents = {
  4: exactly(range(0x03050000, 0x0305ffff)),
  6: exactly(range(0x2a05d050_00000000_00000000_00000000n, 0x2a05d050_ffffffff_ffffffff_ffffffffn)),
};

function oneOf(all: readonly Extents[], why: string): Extents {
  const family = (which: Family): Extent => {
    let must = all[0][which].must;
    for (const one of all) must = intersect(must, one[which].must);
    const may = unionAll(all.map((one) => one[which].may));
    return { must, may, unless: why };
  };
  return { 4: family(4), 6: family(6) };
}

/** IPv4 stand-ins are /20 blocks of class E, IPv6 ones /56 blocks of 3fff::/20 (RFC 9637): no configuration has those. */
function standInAt(index: number, family: Family): Ranges {
  if (family === 4) {
    const lo = 0xf0000000 + (index % 65536) * 4096;
    return range(lo, lo + 4095);
  }
  const lo: Whole = (0x3fffn << 112n) + (BigInt(index) << 72n);
  return range(lo, lo + (1n << 72n) - 1n);
}

export const everything: Extents = { 4: exactly(ALL_IPV4), 6: exactly(ALL_IPV6) };
