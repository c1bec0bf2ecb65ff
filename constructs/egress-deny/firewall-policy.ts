import { NetworkfirewallFirewallPolicy } from "@cdktf/provider-aws/lib/networkfirewall-firewall-policy";
import { NetworkfirewallRuleGroup } from "@cdktf/provider-aws/lib/networkfirewall-rule-group";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";

/** Connections that may be made. */
export interface Passage {
  readonly from: Cidr;
  readonly to: Cidr;
  /** TCP ports. */
  readonly ports: readonly number[];
}

export interface FirewallPolicyProps {
  /** Name of the policy. */
  readonly name: string;
  /** What may pass; everything else is dropped. */
  readonly passages: readonly Passage[];
  /** ARN of the key that the rules are encrypted with. */
  readonly keyArn: string;
}

/** Rules in strict order: the passages, then nothing. */
export class FirewallPolicy extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FirewallPolicyProps) {
    super(scope, id);
    const encryptionConfiguration = { type: "CUSTOMER_KMS", keyId: props.keyArn };
    const rules = new NetworkfirewallRuleGroup(this, "passages", {
      name: `${props.name}-passages`,
      type: "STATEFUL",
      // A rule group can't grow afterwards; this is room for many times what there is.
      capacity: 1000,
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
        rulesSource: { statefulRule: statefulRules(props.passages) },
      },
      encryptionConfiguration,
    });
    const policy = new NetworkfirewallFirewallPolicy(this, "policy", {
      name: props.name,
      firewallPolicy: {
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
        statefulDefaultActions: ["aws:drop_strict", "aws:alert_strict"],
        statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "DROP" },
        statefulRuleGroupReference: [{ resourceArn: rules.arn, priority: 100 }],
      },
      encryptionConfiguration,
    });
    this.arn = policy.arn;
  }
}

const statefulRules = (passages: readonly Passage[]) =>
  passages
    .flatMap(({ from, to, ports }) => ports.map((port) => ({ from, to, port })))
    .map(({ from, to, port }, i) => ({
      action: "PASS",
      header: {
        protocol: "TCP",
        source: from.toString(),
        sourcePort: "ANY",
        direction: "FORWARD",
        destination: to.toString(),
        destinationPort: String(port),
      },
      ruleOption: [{ keyword: "sid", settings: [String(i + 1)] }],
    }));

/** Passages both ways between every two of the networks, family by family. */
export const passagesBetween = (networks: readonly Cidr[], ports: readonly number[]): Passage[] =>
  networks.flatMap((from) =>
    networks.filter((to) => to !== from && to.version === from.version).map((to) => ({ from, to, ports })),
  );
