import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";
import { subnetIpv4, subnetIpv6, type TierName, tiers } from "./address-plan";

/** Where the subnets of a tier stand. */
export interface Standing {
  /** Zone id: `euw1-az1`. */
  readonly zone: string;
  /**
   * ARN of the Outpost that the subnet is on.
   * @default the subnet is in the zone itself
   */
  readonly outpostArn?: string;
}

export interface PrivateNetworkProps {
  /** Name of the network, the start of the names of its parts. */
  readonly name: string;
  /** IPv4 range, /16 to /22. */
  readonly ipv4: Cidr;
  /** IPv6 range, /44 to /56, and the address pool that it is taken from. */
  readonly ipv6: { readonly range: Cidr; readonly poolId: string };
  /** Zone ids, one subnet of each tier in each. */
  readonly zones: readonly string[];
  /**
   * Outposts that the `workload` and `data` tiers stand on. What AWS does not offer on a rack (interfaces of endpoints
   * and of transit gateways) stays in the zones.
   * @default none: all tiers stand in the zones
   */
  readonly outposts?: readonly Required<Standing>[];
}

/** A tier of a network: its subnets, in the order of their places, and the one route table they share. */
export interface Tier {
  readonly subnets: readonly Subnet[];
  readonly routeTable: RouteTable;
}

/** The tiers that can stand on an Outpost. */
const rackTiers: readonly TierName[] = ["workload", "data"];

/**
 * A VPC with private subnets and one route table per tier. It makes no gateway and no route: nothing leaves it until
 * something else is attached.
 */
export class PrivateNetwork extends Construct {
  readonly vpc: Vpc;
  readonly ipv4: Cidr;
  readonly ipv6: Cidr;
  private readonly byTier: ReadonlyMap<TierName, Tier>;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    this.ipv4 = props.ipv4;
    this.ipv6 = props.ipv6.range;
    this.vpc = new Vpc(this, "vpc", {
      cidrBlock: props.ipv4.toString(),
      ipv6IpamPoolId: props.ipv6.poolId,
      ipv6CidrBlock: props.ipv6.range.toString(),
      enableDnsSupport: true,
      enableDnsHostnames: true,
      instanceTenancy: "default",
      tags: { Name: props.name },
    });
    this.byTier = new Map(tiers.map((tier) => [tier, this.makeTier(tier, props)]));
  }

  tier(name: TierName): Tier {
    return this.byTier.get(name)!;
  }

  /** All subnets of the given tiers. */
  subnetsOf(...names: readonly TierName[]): Subnet[] {
    return names.flatMap((name) => this.tier(name).subnets);
  }

  private makeTier(tier: TierName, props: PrivateNetworkProps): Tier {
    const routeTable = new RouteTable(this, `${tier}-routes`, {
      vpcId: this.vpc.id,
      tags: { Name: `${props.name}-${tier}` },
    });
    const subnets = standings(tier, props).map((standing, i) => {
      const subnet = this.makeSubnet(tier, i, standing, props);
      new RouteTableAssociation(this, `${tier}-${i}-routes`, { subnetId: subnet.id, routeTableId: routeTable.id });
      return subnet;
    });
    return { subnets, routeTable };
  }

  private makeSubnet(tier: TierName, index: number, standing: Standing, props: PrivateNetworkProps): Subnet {
    return new Subnet(this, `${tier}-${index}`, {
      vpcId: this.vpc.id,
      availabilityZoneId: standing.zone,
      outpostArn: standing.outpostArn,
      cidrBlock: subnetIpv4(props.ipv4, tier, index).toString(),
      // Whether a rack routes IPv6 depends on its generation; the subnets on it are IPv4 only.
      ipv6CidrBlock: standing.outpostArn ? undefined : subnetIpv6(props.ipv6.range, tier, index).toString(),
      assignIpv6AddressOnCreation: false,
      mapPublicIpOnLaunch: false,
      enableDns64: false,
      privateDnsHostnameTypeOnLaunch: "ip-name",
      tags: { Name: `${props.name}-${tier}-${standing.zone}`, Tier: tier },
    });
  }
}

function standings(tier: TierName, props: PrivateNetworkProps): readonly Standing[] {
  const outposts = props.outposts ?? [];
  return outposts.length > 0 && rackTiers.includes(tier) ? outposts : props.zones.map((zone) => ({ zone }));
}
