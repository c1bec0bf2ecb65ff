/**
 * VPC Block Public Access: a switch for a whole region of an account that stops internet gateways and egress-only ones,
 * with exclusions for VPCs and subnets (https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html). It
 * touches nothing else: transit gateways, VPN, Direct Connect, endpoints and local gateways go on.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { allOf, anyOf, certainly, type Passing, passAll, passNone, possibly, withAddress } from "../filters/filters";
import { TRANSLATED } from "../packets/packet";
import { PacketSet } from "../packets/packets";
import { word } from "../reading/read";
import type { Vpc } from "../reading/vpcs";
import { declaredModes } from "./declared-block";
import type { Hop } from "./graph";
import type { Topology } from "./topology";

export interface BlockedAccess {
  /** What may leave by the internet gateway. */
  readonly outward: Passing;
  /** What may come in by it. */
  readonly inward: Passing;
  /** What may leave by the egress-only gateway. */
  readonly egressOnly: Passing;
  /** What opens a way that would be blocked. */
  readonly hops: readonly Hop[];
}

export const openAccess: BlockedAccess = { outward: passAll, inward: passAll, egressOnly: passAll, hops: [] };

/** What Block Public Access leaves open for each VPC. */
export function blockPublicAccess(topology: Topology): (vpc: Vpc) => BlockedAccess {
  const options = topology.reader.ofType("aws_vpc_block_public_access_options");
  const declared = declaredModes(topology);
  const exclusions = topology.reader.ofType("aws_vpc_block_public_access_exclusion");
  return (vpc) => {
    const here = options.filter((option) => sameRegion(topology, option, vpc));
    // What the configuration says of itself counts, whatever the organization declares over it.
    const access = here.map((option) => accessOf(topology, modeOf(option), vpc, exclusions));
    if (access.length > 0) return access.reduce(narrow);
    const above = declared(vpc);
    if (!above) return openAccess;
    const blocked = accessOf(topology, above.mode.toUpperCase(), vpc, exclusions);
    return above.unless === undefined ? blocked : doubted(blocked, above.unless);
  };
}

function sameRegion(topology: Topology, option: Resource, vpc: Vpc): boolean {
  const region = topology.input.context.regionOf(option);
  return region !== undefined && region === vpc.region && option.stack === vpc.stack && sameAccount(option, vpc);
}

/** Resources of one provider configuration belong to one account; of two, that can't be told, and the switch counts for nothing. */
const sameAccount = (option: Resource, vpc: Vpc): boolean => {
  if (!vpc.resource) return true;
  const account = (resource: Resource) =>
    JSON.stringify([
      resource.provider.values.assume_role ?? null,
      resource.provider.values.profile ?? null,
      resource.provider.values.allowed_account_ids ?? null,
    ]);
  return account(option) === account(vpc.resource);
};

const modeOf = (option: Resource): string | undefined => word(attribute(option, "internet_gateway_block_mode"), "OFF");

/** A block that may not hold after all. */
const doubted = ({ outward, inward, egressOnly, hops }: BlockedAccess, unless: string): BlockedAccess => ({
  outward: anyOf([outward, possibly(passAll, unless)]),
  inward: anyOf([inward, possibly(passAll, unless)]),
  egressOnly: anyOf([egressOnly, possibly(passAll, unless)]),
  hops,
});

function accessOf(
  topology: Topology,
  mode: string | undefined,
  vpc: Vpc,
  exclusions: readonly Resource[],
): BlockedAccess {
  if (mode === "OFF") return openAccess;
  const excluded = exclusions
    .filter((exclusion) => sameRegion(topology, exclusion, vpc))
    .map((exclusion) => excludedBy(topology, exclusion, vpc));
  const outOfExcluded = anyOf([passNone, ...excluded.map((one) => one.outward)]);
  const intoExcluded = anyOf([passNone, ...excluded.map((one) => one.inward)]);
  const hops = excluded.flatMap((one) => one.hops);
  // Ingress mode leaves NAT gateways and egress-only gateways open: connections start inside.
  const ingressOnly = mode === "BLOCK-INGRESS";
  const translated = certainly(PacketSet.of(4, { mapped: TRANSLATED }));
  const access: BlockedAccess = {
    outward: ingressOnly ? anyOf([translated, outOfExcluded]) : outOfExcluded,
    inward: intoExcluded,
    egressOnly: ingressOnly ? passAll : outOfExcluded,
    hops,
  };
  if (mode === "BLOCK-BIDIRECTIONAL" || ingressOnly) return access;
  const unless = "the mode of VPC Block Public Access is not known";
  return {
    outward: possibly(passAll, unless),
    inward: possibly(passAll, unless),
    egressOnly: possibly(passAll, unless),
    hops,
  };
}

/** The traffic of a VPC that one exclusion lets pass again. */
function excludedBy(
  topology: Topology,
  exclusion: Resource,
  vpc: Vpc,
): { outward: Passing; inward: Passing; hops: Hop[] } {
  const mode = word(attribute(exclusion, "internet_gateway_exclusion_mode"), "ALLOW-BIDIRECTIONAL");
  const none = { outward: passNone, inward: passNone, hops: [] };
  const named = topology.reader.named(attribute(exclusion, "vpc_id"));
  const subnets = topology.reader.named(attribute(exclusion, "subnet_id"));
  const unsure = named.unknown ?? subnets.unknown;
  const whole = named.resources.some((resource) => topology.vpcs.of(resource) === vpc);
  const parts = subnets.resources
    .flatMap((resource) => topology.vpcs.subnetOf(resource) ?? [])
    .filter((subnet) => subnet.vpc === vpc);
  if (!whole && parts.length === 0) {
    if (unsure === undefined || named.resources.length + subnets.resources.length > 0) return none;
    return { outward: possibly(passAll, unsure), inward: possibly(passAll, unsure), hops: [] };
  }
  const hop: Hop = {
    by: exclusion,
    attribute: "internet_gateway_exclusion_mode",
    why: `${exclusion.address} excludes ${whole ? vpc.name : parts.map((part) => part.name).join(", ")} from VPC Block Public Access`,
  };
  const outward = whole ? passAll : anyOf(parts.map((part) => withAddress("source", part.blocks)));
  const inward = whole ? passAll : anyOf(parts.map((part) => withAddress("destination", part.blocks)));
  const soften = (passing: Passing) => (unsure === undefined ? passing : possibly(passing, unsure));
  // "Egress-only: Outbound internet traffic from the excluded VPCs and subnets is allowed. Inbound … is blocked."
  if (mode === "ALLOW-EGRESS") return { outward: soften(outward), inward: passNone, hops: [hop] };
  return { outward: soften(outward), inward: soften(inward), hops: [hop] };
}

const narrow = (a: BlockedAccess, b: BlockedAccess): BlockedAccess => ({
  outward: allOf(a.outward, b.outward),
  inward: allOf(a.inward, b.inward),
  egressOnly: allOf(a.egressOnly, b.egressOnly),
  hops: [...a.hops, ...b.hops],
});
