import { carries, filters, harmless, inert, moves, sends, service, uses } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/${page}.html`;

export default service("Amazon Route 53 Resolver", {
  aws_route53_resolver_endpoint: carries("interfaces by which DNS queries come into a VPC or go out of it", {
    docs: guide("resolver-getting-started"),
    attributes: read("direction", "ip_address", "security_group_ids"),
  }),
  aws_route53_resolver_rule: carries("which names are asked of which name servers", {
    docs: guide("resolver-rules-managing"),
    attributes: read("domain_name", "rule_type", "resolver_endpoint_id", "target_ip"),
  }),
  aws_route53_resolver_rule_association: carries("the VPC that a rule is for", {
    docs: guide("resolver-rules-managing"),
    data: "vpc_id",
    attributes: {
      ...read("vpc_id"),
      // A rule of another account can be used here ("Sharing Resolver rules"), and forwards by endpoints of that account.
      resolver_rule_id: sends("route53-resolver.rule", "id", {
        why: "what the VPC asks for goes where the rule forwards it",
      }),
    },
  }),
  aws_route53_resolver_config: inert(
    "whether reverse names of private addresses are answered",
    resourcePage("route53_resolver_config"),
    {
      resource_id: uses("the VPC"),
    },
  ),
  aws_route53_resolver_dnssec_config: inert(
    "whether answers are validated",
    resourcePage("route53_resolver_dnssec_config"),
    {
      resource_id: uses("the VPC"),
    },
  ),
  aws_route53_resolver_firewall_config: filters("whether queries pass that DNS Firewall fails to judge", {
    docs: guide("resolver-dns-firewall-vpc-configuration"),
    data: "resource_id",
    attributes: read("resource_id", "firewall_fail_open"),
  }),
  aws_route53_resolver_firewall_domain_list: filters("names for rules of DNS Firewall", {
    docs: guide("resolver-dns-firewall-domain-lists"),
    attributes: read("domains"),
  }),
  aws_route53_resolver_firewall_rule_group: filters("rules on which names may be asked for", {
    docs: guide("resolver-dns-firewall-rule-groups"),
    attributes: {},
  }),
  aws_route53_resolver_firewall_rule: filters("lets queries for some names pass, or stops them", {
    docs: guide("resolver-dns-firewall-rule-settings"),
    data: "firewall_rule_group_id",
    attributes: {
      ...read("firewall_rule_group_id", "firewall_domain_list_id", "action", "priority", "q_type"),
      block_override_domain: harmless("a name that is answered instead; nothing is asked for"),
    },
  }),
  aws_route53_resolver_firewall_rule_group_association: filters("the VPC that rules are for", {
    docs: guide("resolver-dns-firewall-vpc-associating-rule-group"),
    data: "vpc_id",
    attributes: read("firewall_rule_group_id", "vpc_id", "priority"),
  }),
  aws_route53_resolver_query_log_config: moves("records the queries of VPCs", {
    docs: guide("resolver-query-logs"),
    attributes: { destination_arn: sends("route53-resolver.query-logs", "arn") },
  }),
  aws_route53_resolver_query_log_config_association: inert(
    "the VPC whose queries are recorded",
    guide("resolver-query-logs"),
    {
      resolver_query_log_config_id: uses("where records go, judged there"),
      resource_id: uses("the VPC"),
    },
  ),
  ...lookups({
    route53_resolver_endpoint: "a resolver endpoint",
    route53_resolver_firewall_config: "how DNS Firewall fails",
    route53_resolver_firewall_domain_list: "a list of names",
    route53_resolver_firewall_rule_group: "a rule group",
    route53_resolver_firewall_rule_group_association: "an association of rules",
    route53_resolver_firewall_rules: "rules",
    route53_resolver_query_log_config: "where records of queries go",
    route53_resolver_rule: "a rule",
    route53_resolver_rules: "rules",
  }),
});
