import { NetworkfirewallFirewall } from "@cdktf/provider-aws/lib/networkfirewall-firewall";
import { NetworkfirewallLoggingConfiguration } from "@cdktf/provider-aws/lib/networkfirewall-logging-configuration";
import { propertyAccess, Token } from "cdktf";
import { Construct } from "constructs";

export interface ZoneFirewallProps {
  /** Name of the firewall. */
  readonly name: string;
  readonly vpcId: string;
  /** Its one subnet. */
  readonly subnetId: string;
  /** ARN of the policy. */
  readonly policyArn: string;
  /** ARN of the key that its configuration is encrypted with. */
  readonly keyArn: string;
  /** Name of the bucket that keeps its logs. */
  readonly logBucket: string;
  /**
   * Name of the bucket that keeps its alerts; AWS takes one destination for each.
   * @default the bucket that keeps its logs
   */
  readonly alertBucket?: string;
}

/** A firewall in one zone, so that routes of the zone know its one endpoint. */
export class ZoneFirewall extends Construct {
  /** Id of the endpoint that routes send packets to. */
  readonly endpointId: string;

  constructor(scope: Construct, id: string, props: ZoneFirewallProps) {
    super(scope, id);
    const firewall = new NetworkfirewallFirewall(this, "firewall", {
      name: props.name,
      vpcId: props.vpcId,
      subnetMapping: [{ subnetId: props.subnetId, ipAddressType: "DUALSTACK" }],
      firewallPolicyArn: props.policyArn,
      deleteProtection: true,
      firewallPolicyChangeProtection: true,
      subnetChangeProtection: true,
      encryptionConfiguration: { type: "CUSTOMER_KMS", keyId: props.keyArn },
    });
    new NetworkfirewallLoggingConfiguration(this, "logs", {
      firewallArn: firewall.arn,
      loggingConfiguration: {
        logDestinationConfig: Object.entries({
          ALERT: props.alertBucket ?? props.logBucket,
          FLOW: props.logBucket,
        }).map(([logType, bucketName]) => ({
          logType,
          logDestinationType: "S3",
          logDestination: { bucketName, prefix: `firewall/${props.name}` },
        })),
      },
    });
    // cdktf itself writes what follows an element of a set as one key, `["attachment[0].endpoint_id"]`, which no object has.
    const states = firewall.firewallStatus.get(0).syncStates;
    this.endpointId = Token.asString(propertyAccess(states, [0, "attachment", 0, "endpoint_id"]));
  }
}
