import type { Resource } from "../configuration/resource";
import { find } from "../configuration/value";
import { carries, type Finding, filters, harmless, moves, policy, sends, service, uses } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/network-firewall/latest/developerguide/${page}.html`;

const encryption = { encryption_configuration: uses("the key that encrypts the rules") };

/**
 * "AWS will analyze service logs of network traffic processed by these rule groups to identify threat indicators across
 * customers", unless they opt out (StatefulRuleGroupReference, DeepThreatInspection, in the API reference).
 */
function* threatInspection(policy: Resource): Generator<Finding> {
  const path = "firewall_policy.stateful_rule_group_reference.resource_arn";
  for (const { value, at, within } of find(policy.values, path)) {
    const choice = within.deep_threat_inspection ?? null;
    const managed = typeof value === "string" && /:aws-managed:stateful-rulegroup\/AttackInfrastructure/.test(value);
    if (String(choice).toLowerCase() === "false" || (choice === null && !managed)) continue;
    const why = "AWS analyses what the firewall saw for all customers; in which Regions is not documented";
    yield { finding: "undecided", attribute: at.replace(/resource_arn$/, "deep_threat_inspection"), why };
  }
}

export default service("AWS Network Firewall", {
  aws_networkfirewall_firewall: filters("endpoints that packets are routed through, and that drop some", {
    docs: guide("firewalls"),
    data: "vpc_id",
    attributes: {
      ...read("vpc_id", "subnet_mapping", "firewall_policy_arn", "transit_gateway_id", "availability_zone_mapping"),
      ...encryption,
    },
  }),
  aws_networkfirewall_vpc_endpoint_association: filters("a further endpoint of a firewall", {
    docs: guide("vpc-endpoint-associations"),
    data: "vpc_id",
    attributes: read("vpc_id", "subnet_mapping", "firewall_arn"),
  }),
  aws_networkfirewall_firewall_transit_gateway_attachment_accepter: carries("lets a firewall join a transit gateway", {
    docs: guide("tgw-firewall"),
    attributes: read("transit_gateway_attachment_id"),
  }),
  aws_networkfirewall_firewall_policy: filters("which packets a firewall lets pass", {
    docs: guide("firewall-policies"),
    attributes: { ...read("firewall_policy"), ...encryption },
    also: threatInspection,
  }),
  aws_networkfirewall_rule_group: filters("rules of a firewall", {
    docs: guide("rule-groups"),
    attributes: { ...read("rule_group", "rules", "type"), ...encryption },
  }),
  aws_networkfirewall_resource_policy: filters("who may use a rule group or a policy", {
    docs: guide("sharing"),
    data: "resource_arn",
    attributes: { policy: policy("network-firewall.policy"), resource_arn: uses("what is shared") },
  }),
  aws_networkfirewall_logging_configuration: moves("records of what the firewall saw", {
    docs: guide("firewall-logging"),
    data: "firewall_arn",
    attributes: {
      firewall_arn: uses("the firewall"),
      "logging_configuration.log_destination_config.log_destination.bucketName": sends(
        "network-firewall.logs",
        "bucket",
      ),
      "logging_configuration.log_destination_config.log_destination.deliveryStream": harmless(
        "a delivery stream of the firewall's own account and region",
      ),
      "logging_configuration.log_destination_config.log_destination.logGroup": harmless(
        "a log group of the firewall's own account and region",
      ),
    },
  }),
  aws_networkfirewall_tls_inspection_configuration: filters("which connections are decrypted and looked into", {
    docs: guide("tls-inspection-configurations"),
    attributes: {
      "tls_inspection_configuration.server_certificate_configuration": uses("certificates, and what they are used for"),
      ...encryption,
    },
  }),
  ...lookups({
    networkfirewall_firewall: "a firewall",
    networkfirewall_firewall_policy: "a firewall's policy",
    networkfirewall_resource_policy: "who may use a rule group",
  }),
});
