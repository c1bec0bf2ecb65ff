import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";
import { destinationOf } from "../network/hub-attachment";
import { FirewallPolicy, type Passage } from "./firewall-policy";
import { SealedDefaults } from "./sealed-defaults";
import { ZoneFirewall } from "./zone-firewall";

export interface InspectionProps {
  /** Name of the inspection network. */
  readonly name: string;
  /** IPv4 range, /16 to /22. */
  readonly ipv4: Cidr;
  /** IPv6 range, /44 to /56, and the address pool that it is taken from. */
  readonly ipv6: { readonly range: Cidr; readonly poolId: string };
  /** Zone ids; each gets a firewall. */
  readonly zones: readonly string[];
  /** Id of the transit gateway whose traffic is inspected. */
  readonly transitGatewayId: string;
  /** Networks of the enclave: the only sources and destinations there are. */
  readonly enclave: readonly Cidr[];
  /** What may pass; everything else is dropped. */
  readonly passages: readonly Passage[];
  /** ARN of the key that rules and logs are encrypted with. */
  readonly keyArn: string;
  /** Name of the bucket that keeps the firewalls' logs. */
  readonly logBucket: string;
  /**
   * Name of the bucket that keeps the firewalls' alerts.
   * @default the bucket that keeps their logs
   */
  readonly alertBucket?: string;
}

/**
 * A network between data centres whose only inhabitants are firewalls, one per zone: packets come from the transit
 * gateway, pass a firewall or are dropped, and go back to the transit gateway.
 */
export class Inspection extends Construct {
  readonly vpc: Vpc;
  readonly attachment: Ec2TransitGatewayVpcAttachment;

  constructor(scope: Construct, id: string, props: InspectionProps) {
    super(scope, id);
    this.vpc = new Vpc(this, "vpc", {
      cidrBlock: props.ipv4.toString(),
      ipv6IpamPoolId: props.ipv6.poolId,
      ipv6CidrBlock: props.ipv6.range.toString(),
      enableDnsSupport: false,
      enableDnsHostnames: false,
      instanceTenancy: "default",
      tags: { Name: props.name },
    });
    new SealedDefaults(this, "defaults", { vpc: this.vpc, name: props.name });
    const policy = new FirewallPolicy(this, "policy", props);
    const transit = props.zones.map((zone, i) => this.subnet("transit", zone, i, props));
    const firewalls = props.zones.map((zone, i) => this.subnet("firewall", zone, props.zones.length + i, props));
    this.attachment = new Ec2TransitGatewayVpcAttachment(this, "attachment", {
      transitGatewayId: props.transitGatewayId,
      vpcId: this.vpc.id,
      subnetIds: transit.map((subnet) => subnet.id),
      transitGatewayDefaultRouteTableAssociation: false,
      transitGatewayDefaultRouteTablePropagation: false,
      // Both directions of a connection have to meet the same firewall.
      applianceModeSupport: "enable",
      dnsSupport: "disable",
      ipv6Support: "enable",
      securityGroupReferencingSupport: "disable",
      tags: { Name: props.name },
    });
    props.zones.forEach((zone, i) => {
      const firewall = new ZoneFirewall(this, `firewall-${zone}`, {
        ...props,
        name: `${props.name}-${zone}`,
        vpcId: this.vpc.id,
        subnetId: firewalls[i].id,
        policyArn: policy.arn,
      });
      const inward = this.routeTable(`transit-${zone}`, transit[i], props);
      const outward = this.routeTable(`firewall-${zone}`, firewalls[i], props);
      props.enclave.forEach((network, j) => {
        new Route(this, `transit-${zone}-to-${j}`, {
          routeTableId: inward.id,
          ...destinationOf(network),
          vpcEndpointId: firewall.endpointId,
        });
        new Route(this, `firewall-${zone}-to-${j}`, {
          routeTableId: outward.id,
          ...destinationOf(network),
          transitGatewayId: props.transitGatewayId,
          dependsOn: [this.attachment],
        });
      });
    });
  }

  private subnet(use: string, zone: string, index: number, props: InspectionProps): Subnet {
    return new Subnet(this, `${use}-${zone}-subnet`, {
      vpcId: this.vpc.id,
      availabilityZoneId: zone,
      cidrBlock: props.ipv4.part(28, index).toString(),
      ipv6CidrBlock: props.ipv6.range.part(64, index).toString(),
      assignIpv6AddressOnCreation: false,
      mapPublicIpOnLaunch: false,
      enableDns64: false,
      tags: { Name: `${props.name}-${use}-${zone}` },
    });
  }

  private routeTable(id: string, subnet: Subnet, props: InspectionProps): RouteTable {
    const table = new RouteTable(this, `${id}-routes`, { vpcId: this.vpc.id, tags: { Name: `${props.name}-${id}` } });
    new RouteTableAssociation(this, `${id}-association`, { subnetId: subnet.id, routeTableId: table.id });
    return table;
  }
}
