import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import type { PrivateNetwork } from "../network/private-network";
import type { Endpoints } from "./endpoints";

export interface EndpointClientsProps {
  /** Name of the security group. */
  readonly name: string;
  /** Who is in it, as the beginning of a description. */
  readonly description: string;
  readonly network: PrivateNetwork;
  /** The services that they use. */
  readonly endpoints: Endpoints;
}

/** The security group of those who use endpoints of AWS and nothing else: HTTPS to these, nothing in. */
export class EndpointClients extends Construct {
  readonly group: SecurityGroup;

  constructor(scope: Construct, id: string, { name, description, network, endpoints }: EndpointClientsProps) {
    super(scope, id);
    this.group = new SecurityGroup(this, "group", {
      name,
      description: `${description}: HTTPS to the endpoints of AWS, nothing in`,
      vpcId: network.vpc.id,
      tags: { Name: name },
    });
    new VpcSecurityGroupEgressRule(this, "to-interfaces", {
      ...httpsFrom(this.group),
      description: "HTTPS to interfaces of the network",
      cidrIpv4: network.ipv4.toString(),
    });
    openToGateways(this, this.group, endpoints);
  }
}

const httpsFrom = ({ id }: SecurityGroup) => ({ securityGroupId: id, ipProtocol: "tcp", fromPort: 443, toPort: 443 });

/** Lets a security group reach the services that a network has a route to. */
export function openToGateways(scope: Construct, group: SecurityGroup, { gateways }: Endpoints): void {
  for (const gateway of gateways) {
    new VpcSecurityGroupEgressRule(scope, `to-${gateway.node.id}`, {
      ...httpsFrom(group),
      description: `HTTPS to ${gateway.node.id} through its endpoint`,
      prefixListId: gateway.prefixListId,
    });
  }
}
