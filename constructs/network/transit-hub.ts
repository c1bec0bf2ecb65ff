import { Ec2TransitGateway } from "@cdktf/provider-aws/lib/ec2-transit-gateway";
import { Ec2TransitGatewayRoute } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route";
import { Ec2TransitGatewayRouteTable } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table";
import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";

export interface TransitHubProps {
  /** Name of the hub. */
  readonly name: string;
  /** Networks of the whole enclave: what may be a destination at all. */
  readonly destinations: readonly Cidr[];
}

/**
 * The hub of a site: a transit gateway that routes nothing by itself. Everything from a data centre or from another
 * site goes to the inspection network first; what comes back from there is delivered.
 *
 * | attached | route table | knows |
 * | --- | --- | --- |
 * | data centres | `dataCentres` | the way to inspection |
 * | other sites | `sites` | the way to inspection |
 * | inspection | `inspected` | data centres of the site, and other sites |
 */
export class TransitHub extends Construct {
  readonly gateway: Ec2TransitGateway;
  readonly dataCentres: Ec2TransitGatewayRouteTable;
  readonly sites: Ec2TransitGatewayRouteTable;
  readonly inspected: Ec2TransitGatewayRouteTable;
  private readonly destinations: readonly Cidr[];

  constructor(scope: Construct, id: string, props: TransitHubProps) {
    super(scope, id);
    this.destinations = props.destinations;
    this.gateway = new Ec2TransitGateway(this, "gateway", {
      description: `Hub of ${props.name}`,
      autoAcceptSharedAttachments: "disable",
      defaultRouteTableAssociation: "disable",
      defaultRouteTablePropagation: "disable",
      dnsSupport: "disable",
      multicastSupport: "disable",
      vpnEcmpSupport: "disable",
      securityGroupReferencingSupport: "disable",
      tags: { Name: props.name },
    });
    this.dataCentres = this.routeTable("data-centres", `${props.name}-data-centres`);
    this.sites = this.routeTable("sites", `${props.name}-sites`);
    this.inspected = this.routeTable("inspected", `${props.name}-inspected`);
  }

  /** Sends what comes from data centres and other sites through the attachment of an inspection network. */
  inspectThrough(attachmentId: string): void {
    new Ec2TransitGatewayRouteTableAssociation(this, "inspection", {
      transitGatewayAttachmentId: attachmentId,
      transitGatewayRouteTableId: this.inspected.id,
      replaceExistingAssociation: false,
    });
    for (const [name, table] of [
      ["data-centres", this.dataCentres],
      ["sites", this.sites],
    ] as const) {
      this.destinations.forEach((destination, i) => {
        new Ec2TransitGatewayRoute(this, `${name}-to-${i}`, {
          transitGatewayRouteTableId: table.id,
          destinationCidrBlock: destination.toString(),
          transitGatewayAttachmentId: attachmentId,
          blackhole: false,
        });
      });
    }
  }

  private routeTable(id: string, name: string): Ec2TransitGatewayRouteTable {
    return new Ec2TransitGatewayRouteTable(this, id, { transitGatewayId: this.gateway.id, tags: { Name: name } });
  }
}
