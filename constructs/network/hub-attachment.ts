import { Ec2TransitGatewayRoute } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route";
import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";
import type { TierName } from "./address-plan";
import type { PrivateNetwork } from "./private-network";
import type { TransitHub } from "./transit-hub";

export interface HubAttachmentProps {
  /** Name of the attachment. */
  readonly name: string;
  /** The network that is attached, in its `transit` tier. */
  readonly network: PrivateNetwork;
  /** The hub it is attached to. */
  readonly hub: TransitHub;
  /** Networks that it may reach over the hub. */
  readonly destinations: readonly Cidr[];
  /**
   * Tiers that get routes to the destinations.
   * @default workload and data
   */
  readonly tiers?: readonly TierName[];
}

/** Joins a network to the hub of its site, by static routes both ways. */
export class HubAttachment extends Construct {
  readonly attachment: Ec2TransitGatewayVpcAttachment;

  constructor(scope: Construct, id: string, props: HubAttachmentProps) {
    super(scope, id);
    this.attachment = new Ec2TransitGatewayVpcAttachment(this, "attachment", {
      transitGatewayId: props.hub.gateway.id,
      vpcId: props.network.vpc.id,
      subnetIds: props.network.tier("transit").subnets.map((subnet) => subnet.id),
      transitGatewayDefaultRouteTableAssociation: false,
      transitGatewayDefaultRouteTablePropagation: false,
      applianceModeSupport: "disable",
      dnsSupport: "disable",
      ipv6Support: "enable",
      securityGroupReferencingSupport: "disable",
      tags: { Name: props.name },
    });
    new Ec2TransitGatewayRouteTableAssociation(this, "association", {
      transitGatewayAttachmentId: this.attachment.id,
      transitGatewayRouteTableId: props.hub.dataCentres.id,
      replaceExistingAssociation: false,
    });
    this.deliver(props);
    this.send(props);
  }

  /** What has been inspected and is meant for the network goes to it. */
  private deliver({ hub, network }: HubAttachmentProps): void {
    [network.ipv4, network.ipv6].forEach((own) => {
      new Ec2TransitGatewayRoute(this, `deliver-ipv${own.version}`, {
        transitGatewayRouteTableId: hub.inspected.id,
        destinationCidrBlock: own.toString(),
        transitGatewayAttachmentId: this.attachment.id,
        blackhole: false,
      });
    });
  }

  /** What is meant for the destinations goes to the hub. */
  private send(props: HubAttachmentProps): void {
    for (const tier of props.tiers ?? (["workload", "data"] as const)) {
      props.destinations.forEach((destination, i) => {
        new Route(this, `${tier}-to-${i}`, {
          routeTableId: props.network.tier(tier).routeTable.id,
          ...destinationOf(destination),
          transitGatewayId: props.hub.gateway.id,
          dependsOn: [this.attachment],
        });
      });
    }
  }
}

/** The destination of a VPC route, in the argument for its family. */
export const destinationOf = (destination: Cidr) =>
  destination.version === 4
    ? { destinationCidrBlock: destination.toString() }
    : { destinationIpv6CidrBlock: destination.toString() };
