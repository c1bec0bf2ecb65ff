/** Which subnet of a network stands where, computed from the network's range alone. */
import type { Cidr } from "../declaration/cidr";

/**
 * The tiers of a network, each with a route table of its own.
 *
 * - `workload`: machines that start connections
 * - `data`: what only answers: databases, the endpoint of S3 on Outposts
 * - `endpoints`: interfaces of AWS services
 * - `transit`: interfaces of the transit gateway
 * - `gateway`: functions and hosts of the gateways that people come to data by
 */
export const tiers = ["workload", "data", "endpoints", "transit", "gateway"] as const;
export type TierName = (typeof tiers)[number];

/** Eight tiers of four subnets leave room for as many tiers again, and for a data centre of four zones. */
const tierSlots = 8;
const subnetSlots = 4;
const slotBits = Math.log2(tierSlots * subnetSlots);

/**
 * The IPv4 range of the `index`-th subnet of a tier.
 * @throws RangeError if the network is too small or has no such subnet
 */
export function subnetIpv4(network: Cidr, tier: TierName, index: number): Cidr {
  return network.part(network.prefix + slotBits, slot(tier, index));
}

/**
 * The IPv6 range of the `index`-th subnet of a tier; AWS takes /64 only.
 * @throws RangeError if the network is too small or has no such subnet
 */
export function subnetIpv6(network: Cidr, tier: TierName, index: number): Cidr {
  return network.part(64, slot(tier, index));
}

function slot(tier: TierName, index: number): number {
  if (index >= subnetSlots) throw new RangeError(`a tier has at most ${subnetSlots} subnets, not ${index + 1}`);
  return tiers.indexOf(tier) * subnetSlots + index;
}
