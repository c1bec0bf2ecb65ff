/** AWS WAF, in its present version and the two older ones: rules on requests, and logs of them. */
import { at, filters, harmless, inert, moves, opens, sends, service, uses } from "../flows/vocabulary";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/waf/latest/developerguide/${page}.html`;

/** "For CLOUDFRONT, you must create your WAFv2 resources in the US East (N. Virginia) Region" (CreateWebACL). */
const scope = opens("wafv2.cloudfront-scope", at("scope").is("CLOUDFRONT"), {
  why: "what belongs to CloudFront is kept in us-east-1 and handled in edge locations worldwide",
});
const text = harmless("text that blocked requests are answered with");
const rules = harmless("which requests are blocked, counted or let through");

const KEPT = "AWS WAF Classic for CloudFront keeps its rules in us-east-1 and in edge locations; they hold no payload";
const forEdge = worldwide(KEPT);
const classicLog = sends("waf.logs", "arn", { why: "a record of each request is written there" });

/** The sets and rules that both older versions have. */
const classic = {
  byte_match_set: "text that requests are searched for",
  geo_match_set: "countries that requests come from",
  ipset: "addresses that requests come from",
  rate_based_rule: "how many requests an address may send",
  regex_match_set: "patterns that requests are searched for",
  regex_pattern_set: "patterns",
  rule: "which conditions make a rule",
  rule_group: "which rules make a group",
  size_constraint_set: "sizes of parts of requests",
  sql_injection_match_set: "parts of requests that are searched for SQL",
  xss_match_set: "parts of requests that are searched for scripts",
};

function classicParts(prefix: "waf" | "wafregional", make: typeof inert) {
  return Object.fromEntries(
    Object.entries(classic).map(([name, what]) => [
      `aws_${prefix}_${name}`,
      make(what, resourcePage(`${prefix}_${name}`), {
        ...(name === "byte_match_set" && { "byte_match_tuples.target_string": harmless("the text to search for") }),
      }),
    ]),
  );
}

export default service("AWS WAF", {
  // Samples of requests are kept for three hours in the web ACL's own Region ("Viewing a sample of web requests").
  aws_wafv2_web_acl: filters("rules on requests, and samples of those it has seen", {
    docs: guide("web-acl"),
    attributes: {
      scope,
      rule: rules,
      rule_json: rules,
      "custom_response_body.content": text,
      token_domains: harmless("domains whose tokens are accepted"),
    },
  }),
  aws_wafv2_web_acl_logging_configuration: moves("writes a record of each request that a web ACL looks at", {
    docs: guide("logging"),
    data: "resource_arn",
    attributes: {
      resource_arn: uses("the web ACL whose requests are recorded"),
      log_destination_configs: sends("wafv2.logs", "any"),
      logging_filter: harmless("which requests are recorded"),
      redacted_fields: harmless("which fields are left out"),
    },
  }),
  aws_wafv2_rule_group: inert("rules that web ACLs use", resourcePage("wafv2_rule_group"), {
    scope,
    rule: rules,
    rules_json: rules,
    "custom_response_body.content": text,
  }),
  aws_wafv2_ip_set: inert("addresses that rules look for", resourcePage("wafv2_ip_set"), {
    scope,
    addresses: harmless("addresses that requests may come from"),
  }),
  aws_wafv2_regex_pattern_set: inert("patterns that rules look for", resourcePage("wafv2_regex_pattern_set"), {
    scope,
  }),
  aws_wafv2_api_key: inert("a key for showing puzzles in applications", resourcePage("wafv2_api_key"), {
    scope,
    token_domains: harmless("domains that the key is good for"),
  }),
  aws_wafv2_web_acl_association: inert("which resource a web ACL guards", resourcePage("wafv2_web_acl_association"), {
    resource_arn: uses("the resource that is guarded"),
    web_acl_arn: uses("the web ACL"),
  }),
  aws_wafv2_web_acl_rule_group_association: inert(
    "puts a rule group into a web ACL",
    resourcePage("wafv2_web_acl_rule_group_association"),
    {
      web_acl_arn: uses("the web ACL"),
      "rule_group_reference.arn": uses("the rule group"),
    },
  ),

  aws_waf_web_acl: moves("rules on requests to distributions, and a record of them", {
    docs: guide("classic-logging"),
    placement: { global: KEPT },
    attributes: { "logging_configuration.log_destination": classicLog },
  }),
  ...classicParts("waf", forEdge),

  aws_wafregional_web_acl: moves("rules on requests, and a record of them", {
    docs: guide("classic-logging"),
    attributes: { "logging_configuration.log_destination": classicLog },
  }),
  aws_wafregional_web_acl_association: inert(
    "which resource a web ACL guards",
    resourcePage("wafregional_web_acl_association"),
    { resource_arn: uses("the resource that is guarded") },
  ),
  ...classicParts("wafregional", inert),
});
