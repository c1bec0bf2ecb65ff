import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclRule, type NetworkAclRuleConfig } from "@cdktf/provider-aws/lib/network-acl-rule";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";
import type { PrivateNetwork } from "../network/private-network";

export interface NetworkAclsProps {
  /** The network whose tiers are filtered. */
  readonly network: PrivateNetwork;
  /** Name of the network. */
  readonly name: string;
  /** Networks of the enclave, the filtered one among them. */
  readonly enclave: readonly Cidr[];
}

/**
 * Two lists over the tiers of a network. `sealed` passes packets of the enclave only. `workload`, which is the gateways'
 * as well, passes HTTPS beyond
 * as well, because gateway endpoints of S3 and DynamoDB have public addresses and an ACL can't name a prefix list;
 * that such packets have nowhere else to go is the route tables' and the security groups' part.
 */
export class NetworkAcls extends Construct {
  constructor(scope: Construct, id: string, props: NetworkAclsProps) {
    super(scope, id);
    const sealed = this.list("sealed", props, props.network.subnetsOf("data", "endpoints", "transit"));
    const workload = this.list("workload", props, props.network.subnetsOf("workload", "gateway"));
    for (const list of [sealed, workload]) this.passEnclave(list, props.enclave);
    this.rule(workload, true, 500, { protocol: "tcp", cidrBlock: "0.0.0.0/0", fromPort: 443, toPort: 443 });
    this.rule(workload, false, 500, { protocol: "tcp", cidrBlock: "0.0.0.0/0", fromPort: 1024, toPort: 65535 });
  }

  private list(id: string, props: NetworkAclsProps, subnets: readonly { readonly id: string }[]): NetworkAcl {
    return new NetworkAcl(this, id, {
      vpcId: props.network.vpc.id,
      subnetIds: subnets.map((subnet) => subnet.id),
      tags: { Name: `${props.name}-${id}` },
    });
  }

  private passEnclave(list: NetworkAcl, enclave: readonly Cidr[]): void {
    enclave.forEach((network, i) => {
      const block = network.version === 4 ? { cidrBlock: `${network}` } : { ipv6CidrBlock: `${network}` };
      const all = { protocol: "-1", fromPort: 0, toPort: 0, ...block };
      this.rule(list, true, 100 + i, all);
      this.rule(list, false, 100 + i, all);
    });
  }

  private rule(
    list: NetworkAcl,
    egress: boolean,
    ruleNumber: number,
    match: Pick<NetworkAclRuleConfig, "protocol" | "cidrBlock" | "ipv6CidrBlock" | "fromPort" | "toPort">,
  ): void {
    new NetworkAclRule(this, `${list.node.id}-${egress ? "out" : "in"}-${ruleNumber}`, {
      networkAclId: list.id,
      egress,
      ruleNumber,
      ruleAction: "allow",
      ...match,
    });
  }
}
