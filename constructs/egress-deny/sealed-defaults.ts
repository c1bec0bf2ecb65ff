import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";

export interface SealedDefaultsProps {
  /** The VPC whose defaults are emptied. */
  readonly vpc: Vpc;
  /** Name of the VPC. */
  readonly name: string;
}

/**
 * What AWS makes with every VPC and opens by itself, emptied: the default security group has no rules, the default
 * network ACL lets nothing through, the main route table leads nowhere. Whatever forgets to name its own gets these.
 */
export class SealedDefaults extends Construct {
  constructor(scope: Construct, id: string, props: SealedDefaultsProps) {
    super(scope, id);
    const tags = { Name: `${props.name}-default` };
    new DefaultSecurityGroup(this, "security-group", { vpcId: props.vpc.id, tags });
    new DefaultNetworkAcl(this, "network-acl", { defaultNetworkAclId: props.vpc.defaultNetworkAclId, tags });
    new DefaultRouteTable(this, "route-table", { defaultRouteTableId: props.vpc.defaultRouteTableId, route: [], tags });
  }
}
