import { VpcIpam } from "@cdktf/provider-aws/lib/vpc-ipam";
import { VpcIpamPool } from "@cdktf/provider-aws/lib/vpc-ipam-pool";
import { VpcIpamPoolCidr } from "@cdktf/provider-aws/lib/vpc-ipam-pool-cidr";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";

export interface AddressPoolProps {
  /** Name of the pool. */
  readonly name: string;
  /** Region that the pool serves. */
  readonly region: string;
  /** Unique local IPv6 ranges (RFC 4193) that VPCs take their addresses from. */
  readonly ranges: readonly Cidr[];
}

/**
 * Private IPv6 addresses: an address manager whose private scope holds the declared ranges. AWS never announces them
 * to the internet, so a host with such an address has no way out even where a gateway were to appear.
 */
export class AddressPool extends Construct {
  readonly pool: VpcIpamPool;

  constructor(scope: Construct, id: string, props: AddressPoolProps) {
    super(scope, id);
    const manager = new VpcIpam(this, "manager", {
      description: `Addresses of ${props.name}`,
      operatingRegions: [{ regionName: props.region }],
      // Pools in the private scope need the advanced tier.
      tier: "advanced",
      enablePrivateGua: false,
    });
    this.pool = new VpcIpamPool(this, "pool", {
      addressFamily: "ipv6",
      ipamScopeId: manager.privateDefaultScopeId,
      locale: props.region,
      description: `IPv6 networks of ${props.name}`,
    });
    for (const range of props.ranges) {
      new VpcIpamPoolCidr(this, `range-${range}`.replaceAll(/[:/]/g, "-"), {
        ipamPoolId: this.pool.id,
        cidr: range.toString(),
      });
    }
  }
}
