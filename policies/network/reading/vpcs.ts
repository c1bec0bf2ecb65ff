/**
 * VPCs and their subnets, with what every account has without writing it: the default VPC of a region, its internet
 * gateway and its default subnets, which give public addresses
 * (https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { zoneOf } from "../../geography/zones";
import { parseBlock } from "../packets/addresses";
import { intersect, type Ranges } from "../packets/ranges";
import { type Blocks, type Extents, joinedBoth, nowhere, nowhereAtAll, ofBlock } from "./blocks";
import { isComputed, type Reader, type Tri, text, truth } from "./read";

export interface Vpc {
  readonly key: string;
  /** Absent for the default VPC of an account that nothing in the configuration adopts. */
  readonly resource?: Resource;
  readonly name: string;
  readonly region: string | undefined;
  readonly stack: string;
  readonly isDefault: boolean;
  /** True if the VPC belongs to another configuration (a data source): what else is in it can't be seen. */
  readonly foreign: boolean;
  /** All its addresses; where its blocks are chosen after apply, those of its subnets that are written down are in them. */
  blocks: Extents;
  readonly subnets: Subnet[];
}

export interface Subnet {
  readonly key: string;
  readonly resource?: Resource;
  readonly name: string;
  readonly vpc: Vpc;
  readonly blocks: Extents;
  /** The zone's name or id, if it is known. */
  readonly zone?: string;
  /** Whether instances get a public IPv4 address unless they say otherwise. */
  readonly mapsPublicIpv4: Tri;
  readonly hasIpv6: Tri;
  /** Whether interfaces get an IPv6 address unless they say otherwise. */
  readonly assignsIpv6: Tri;
  readonly outpost: boolean;
}

const VPCS = new Set(["aws_vpc", "aws_default_vpc"]);

export class Vpcs {
  readonly all: Vpc[] = [];
  private readonly byResource = new Map<Resource, Vpc>();
  private readonly subnetByResource = new Map<Resource, Subnet>();
  private readonly defaults = new Map<string, Vpc>();
  private readonly byLiteral = new Map<string, Vpc>();

  constructor(
    private readonly reader: Reader,
    private readonly blocks: Blocks,
  ) {
    for (const resource of reader.ofType("aws_vpc", "aws_default_vpc")) this.add(resource);
    for (const resource of reader.ofType("aws_subnet", "aws_default_subnet")) this.addSubnet(resource);
  }

  private add(resource: Resource, foreign = false): Vpc {
    const isDefault = resource.type === "aws_default_vpc";
    const vpc: Vpc = {
      key: `${resource.stack} ${resource.address}`,
      resource,
      name: resource.address,
      region: this.reader.input.context.regionOf(resource),
      stack: resource.stack,
      isDefault,
      foreign,
      blocks: this.blocksOf(resource, isDefault, foreign),
      subnets: [],
    };
    this.byResource.set(resource, vpc);
    this.all.push(vpc);
    if (isDefault) this.defaults.set(accountKey(resource.stack, vpc.region), vpc);
    return vpc;
  }

  private blocksOf(resource: Resource, isDefault: boolean, foreign: boolean): Extents {
    const { reader, blocks } = this;
    const parts: Extents[] = [nowhereAtAll];
    const own = attribute(resource, "cidr_block");
    if (text(own)) parts.push(blocks.read(own, 4));
    else if (isDefault) parts.push(DEFAULT_VPC_BLOCK);
    else parts.push({ 4: blocks.standIn(resource, 4), 6: nowhere });
    const ipv6 = attribute(resource, "ipv6_cidr_block");
    if (text(ipv6)) parts.push(blocks.read(ipv6, 6));
    else if (this.hasIpv6(resource, foreign)) parts.push({ 4: nowhere, 6: blocks.standIn(resource, 6) });
    for (const [type, name, family] of [
      ["aws_vpc_ipv4_cidr_block_association", "cidr_block", 4],
      ["aws_vpc_ipv6_cidr_block_association", "ipv6_cidr_block", 6],
    ] as const) {
      for (const association of reader.input.context.referring(type, "vpc_id", resource)) {
        const value = attribute(association, name);
        const block = text(value);
        const chosen = blocks.standIn(association, family);
        if (block) parts.push(blocks.read(value, family));
        else parts.push(family === 4 ? { 4: chosen, 6: nowhere } : { 4: nowhere, 6: chosen });
      }
    }
    return joinedBoth(parts);
  }

  private hasIpv6(resource: Resource, foreign: boolean): boolean {
    if (foreign) return true;
    const set = (name: string) => {
      const value = attribute(resource, name);
      return value !== null && value !== false && value !== "" && !isComputed(value);
    };
    return ["assign_generated_ipv6_cidr_block", "ipv6_cidr_block", "ipv6_ipam_pool_id"].some(set);
  }

  private addSubnet(resource: Resource): void {
    const vpc = this.vpcOfSubnet(resource);
    const { blocks } = this;
    const isDefault = resource.type === "aws_default_subnet";
    const native = truth(attribute(resource, "ipv6_native"), false);
    const cidr = attribute(resource, "cidr_block");
    const ipv6 = attribute(resource, "ipv6_cidr_block");
    const hasIpv6 = this.subnetHasIpv6(resource);
    const v4 = text(cidr) ? blocks.read(cidr, 4)[4] : native === "yes" ? nowhere : vpc.blocks[4];
    const v6 = text(ipv6) ? blocks.read(ipv6, 6)[6] : hasIpv6 === "no" ? nowhere : vpc.blocks[6];
    const subnet: Subnet = {
      key: `${resource.stack} ${resource.address}`,
      resource,
      name: resource.address,
      vpc,
      blocks: { 4: v4, 6: v6 },
      zone: text(attribute(resource, "availability_zone")) ?? text(attribute(resource, "availability_zone_id")),
      mapsPublicIpv4: truth(attribute(resource, "map_public_ip_on_launch"), isDefault),
      hasIpv6,
      assignsIpv6: native === "yes" ? "yes" : truth(attribute(resource, "assign_ipv6_address_on_creation"), false),
      outpost: attribute(resource, "outpost_arn") !== null,
    };
    vpc.subnets.push(subnet);
    vpc.blocks = joinedBoth([vpc.blocks, { 4: v4, 6: v6 }]);
    this.subnetByResource.set(resource, subnet);
  }

  private subnetHasIpv6(resource: Resource): Tri {
    const set = (name: string) => {
      const value = attribute(resource, name);
      return value !== null && value !== "" && !isComputed(value);
    };
    if (truth(attribute(resource, "ipv6_native"), false) === "yes") return "yes";
    return set("ipv6_cidr_block") || set("ipv6_ipam_pool_id") || set("ipv6_netmask_length") ? "yes" : "no";
  }

  private vpcOfSubnet(resource: Resource): Vpc {
    if (resource.type === "aws_default_subnet") return this.defaultOf(resource);
    return this.denoted(attribute(resource, "vpc_id")) ?? this.unseen(attribute(resource, "vpc_id"), resource);
  }

  /** The VPC that a value names: one of this configuration, or one that a data source looks up. */
  denoted(value: Value): Vpc | undefined {
    const named = this.reader.named(value, VPCS);
    for (const resource of named.resources) {
      const vpc = this.byResource.get(resource);
      if (vpc) return vpc;
      if (resource.mode === "data") return this.add(resource, true);
    }
    if (named.literal !== undefined) return this.byLiteral.get(named.literal);
    return undefined;
  }

  /** All VPCs that a value may name. */
  candidates(value: Value): Vpc[] {
    const named = this.reader.named(value, VPCS);
    return named.resources.flatMap((resource) => this.byResource.get(resource) ?? []);
  }

  of(resource: Resource): Vpc | undefined {
    return this.byResource.get(resource);
  }

  subnetOf(resource: Resource): Subnet | undefined {
    return this.subnetByResource.get(resource);
  }

  /** A VPC that is only named by a literal id, or not known at all. */
  private unseen(value: Value, by: Resource): Vpc {
    const literal = typeof value === "string" ? value : undefined;
    const name = literal ?? `the VPC of ${by.address}`;
    const vpc: Vpc = {
      key: literal ?? `${by.stack} ${by.address} vpc`,
      name,
      region: this.reader.input.context.regionOf(by),
      stack: by.stack,
      isDefault: false,
      foreign: true,
      blocks: { 4: this.blocks.standIn(by, 4), 6: this.blocks.standIn(by, 6) },
      subnets: [],
    };
    this.all.push(vpc);
    if (literal !== undefined) this.byLiteral.set(literal, vpc);
    return vpc;
  }

  /** The default VPC of the region that a resource stands in. */
  defaultOf(resource: Resource): Vpc {
    const region = this.reader.input.context.regionOf(resource);
    const key = accountKey(resource.stack, region);
    let vpc = this.defaults.get(key);
    if (!vpc) {
      vpc = {
        key: `default ${key}`,
        name: `the default VPC of ${region ?? "the region"}`,
        region,
        stack: resource.stack,
        isDefault: true,
        foreign: false,
        blocks: DEFAULT_VPC_BLOCK,
        subnets: [],
      };
      this.defaults.set(key, vpc);
      this.all.push(vpc);
    }
    return vpc;
  }

  /** The subnets that something in the default VPC may land in when it names none: those adopted, and one as AWS makes them. */
  defaultSubnets(vpc: Vpc): Subnet[] {
    if (!vpc.subnets.some((subnet) => subnet.resource === undefined)) {
      vpc.subnets.push({
        key: `${vpc.key} subnet`,
        name: `a default subnet of ${vpc.name}`,
        vpc,
        blocks: { 4: vpc.blocks[4], 6: nowhere },
        mapsPublicIpv4: "yes",
        hasIpv6: "no",
        assignsIpv6: "no",
        outpost: false,
      });
    }
    return vpc.subnets;
  }
}

/** Every default VPC has this block (default-vpc-components.html). */
const DEFAULT_VPC_BLOCK: Extents = ofBlock(parseBlock("172.31.0.0/16")!);

const accountKey = (stack: string, region: string | undefined): string => `${stack} ${region ?? "?"}`;

/** Whether two subnets stand in one zone; undefined if that can't be told. */
export function sameZone(a: Subnet, b: Subnet): boolean | undefined {
  if (a.zone === undefined || b.zone === undefined) return undefined;
  if (a.zone === b.zone) return true;
  // A name (`eu-west-1a`) and an id (`euw1-az1`) can't be compared: names differ between accounts.
  const isId = (zone: string) => /-az\d+$/.test(zone);
  return isId(a.zone) === isId(b.zone) && zoneOf(a.zone) !== undefined && zoneOf(b.zone) !== undefined
    ? false
    : undefined;
}

/** The addresses of a subnet that interfaces can have, for exact extents: AWS keeps the first four and the last of IPv4. */
export function usable(subnet: Subnet, family: 4 | 6): Ranges {
  const { must, may } = subnet.blocks[family];
  return must.length > 0 ? intersect(may, must) : may;
}
