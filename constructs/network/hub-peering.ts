import { Ec2TransitGatewayPeeringAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-peering-attachment";
import { Ec2TransitGatewayPeeringAttachmentAccepter } from "@cdktf/provider-aws/lib/ec2-transit-gateway-peering-attachment-accepter";
import { Ec2TransitGatewayRoute } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route";
import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";
import type { TransitHub } from "./transit-hub";

/** One end of a peering. */
export interface PeeringEnd {
  /** The hub of the site. */
  readonly hub: TransitHub;
  /** Region of the site. */
  readonly region: string;
  /** Account of the site. */
  readonly account: string;
  /** Networks of the site's data centres. */
  readonly networks: readonly Cidr[];
  /** Provider for the site's account and region. */
  readonly provider: TerraformProvider;
}

export interface HubPeeringProps {
  /** Name of the peering. */
  readonly name: string;
  /** The site that asks for it. */
  readonly requester: PeeringEnd;
  /** The site that accepts it. */
  readonly accepter: PeeringEnd;
}

/**
 * Joins the hubs of two sites. Transit gateways of two regions exchange no routes by themselves, so each end gets
 * static ones: to the networks of the other, and for nothing else.
 */
export class HubPeering extends Construct {
  constructor(scope: Construct, id: string, props: HubPeeringProps) {
    super(scope, id);
    const { requester, accepter } = props;
    const peering = new Ec2TransitGatewayPeeringAttachment(this, "peering", {
      provider: requester.provider,
      transitGatewayId: requester.hub.gateway.id,
      peerTransitGatewayId: accepter.hub.gateway.id,
      peerAccountId: accepter.account,
      peerRegion: accepter.region,
      options: { dynamicRouting: "disable" },
      tags: { Name: props.name },
    });
    const accepted = new Ec2TransitGatewayPeeringAttachmentAccepter(this, "accepted", {
      provider: accepter.provider,
      transitGatewayAttachmentId: peering.id,
      tags: { Name: props.name },
    });
    this.route("requester", requester, accepter, peering.id, accepted);
    this.route("accepter", accepter, requester, accepted.id, accepted);
  }

  private route(
    name: string,
    here: PeeringEnd,
    there: PeeringEnd,
    attachmentId: string,
    accepted: Ec2TransitGatewayPeeringAttachmentAccepter,
  ): void {
    new Ec2TransitGatewayRouteTableAssociation(this, `${name}-association`, {
      provider: here.provider,
      transitGatewayAttachmentId: attachmentId,
      transitGatewayRouteTableId: here.hub.sites.id,
      replaceExistingAssociation: false,
      dependsOn: [accepted],
    });
    there.networks.forEach((network, i) => {
      new Ec2TransitGatewayRoute(this, `${name}-to-${i}`, {
        provider: here.provider,
        transitGatewayRouteTableId: here.hub.inspected.id,
        destinationCidrBlock: network.toString(),
        transitGatewayAttachmentId: attachmentId,
        blackhole: false,
        dependsOn: [accepted],
      });
    });
  }
}
