/** What is served or guarded at the edge, and what belongs to no region. */
import { judge, outcomes } from "./harness";

type Blocks = Parameters<typeof judge>[0];
const of = (type: string, body: object): Blocks => ({ [type]: { x: body } }) as Blocks;

describe("a distribution", () => {
  const origin = { origin_id: "o", domain_name: `$\{aws_s3_bucket.site.bucket_regional_domain_name}` };
  const bucket = { aws_s3_bucket: { site: { bucket: "site" } } };
  const distribution = (more: object) => ({
    aws_cloudfront_distribution: { d: { origin: [origin], ...more } },
    ...bucket,
  });

  test.each([
    ["serves worldwide", { enabled: true }, "escapes"],
    ["serves worldwide from Europe's price class too", { enabled: true, price_class: "PriceClass_100" }, "escapes"],
    [
      "serves worldwide, whoever may look",
      { enabled: true, restrictions: [{ geo_restriction: [{ restriction_type: "whitelist", locations: ["IE"] }] }] },
      "escapes",
    ],
    ["is off", { enabled: false }, "contained"],
    ["may be off", { enabled: `$\{var.opaque}` }, "undecided"],
    ["logs elsewhere", { enabled: false, logging_config: [{ bucket: "logs.s3.us-east-1.amazonaws.com" }] }, "escapes"],
    [
      "is shielded elsewhere",
      {
        enabled: false,
        origin: [{ ...origin, origin_shield: [{ enabled: true, origin_shield_region: "us-east-1" }] }],
      },
      "escapes",
    ],
    [
      "names a shield that is off",
      {
        enabled: false,
        origin: [{ ...origin, origin_shield: [{ enabled: false, origin_shield_region: "us-east-1" }] }],
      },
      "contained",
    ],
  ])("%s", async (_name, more, expected) => {
    const report = await judge(distribution(more), { variable: { opaque: {} } });
    expect(report.verdict).toBe(expected);
  });

  test("settings of CloudFront are said to be kept worldwide, once", async () => {
    const report = await judge({
      aws_cloudfront_cache_policy: { a: { name: "a" }, b: { name: "b" } },
      aws_cloudfront_public_key: { k: { encoded_key: "k" } },
    } as Blocks);
    expect(report.verdict).toBe("contained");
    expect(JSON.stringify(report.assumptions)).toContain("they hold no payload");
  });
});

test.each([
  ["CLOUDFRONT", "escapes"],
  ["REGIONAL", "contained"],
  [`$\{var.opaque}`, "undecided"],
])("a web ACL of the scope %s: %s", async (scope, expected) => {
  const report = await judge(of("aws_wafv2_web_acl", { name: "w", scope }), { variable: { opaque: {} } });
  expect(report.verdict).toBe(expected);
});

describe("a policy of Firewall Manager", () => {
  const policy = (data: object) =>
    of("aws_fms_policy", {
      name: "p",
      exclude_resource_tags: false,
      security_service_policy_data: [{ type: "WAFV2", managed_service_data: JSON.stringify(data) }],
    });
  test.each([
    [
      "logs to an unlisted account",
      ["arn:aws:firehose:eu-west-1:444455556666:deliverystream/aws-waf-logs-x"],
      "escapes",
    ],
    ["logs abroad", ["arn:aws:firehose:us-east-1:111111111111:deliverystream/aws-waf-logs-x"], "escapes"],
    ["logs at home", ["arn:aws:firehose:eu-west-1:111111111111:deliverystream/aws-waf-logs-x"], "contained"],
    ["logs nowhere", [], "contained"],
  ])("%s", async (_name, logDestinationConfigs, expected) => {
    const data = { type: "WAFV2", loggingConfiguration: { logDestinationConfigs, redactedFields: [] } };
    expect((await judge(policy(data))).verdict).toBe(expected);
  });
  test("of firewalls logs to a bucket", async () => {
    const destination = (bucketName: string) => ({
      type: "NETWORK_FIREWALL",
      networkFirewallLoggingConfiguration: {
        logDestinationConfigs: [{ logDestinationType: "S3", logDestination: { bucketName } }],
      },
    });
    expect((await judge(policy(destination("enclave-archive")))).verdict).toBe("contained");
    expect((await judge(policy(destination("somebodys")))).verdict).toBe("undecided");
  });
});

test.each([
  ["an accelerator", "aws_globalaccelerator_accelerator", { name: "a" }, "escapes"],
  ["an accelerator that is off", "aws_globalaccelerator_accelerator", { name: "a", enabled: false }, "contained"],
  [
    "an endpoint",
    "aws_globalaccelerator_endpoint_group",
    {
      listener_arn: "l",
      endpoint_configuration: [
        { endpoint_id: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/a/b" },
      ],
    },
    "escapes",
  ],
  [
    "endpoints elsewhere",
    "aws_globalaccelerator_endpoint_group",
    { listener_arn: "l", endpoint_group_region: "us-east-1" },
    "escapes",
  ],
  [
    "a domain with its owner's details",
    "aws_route53domains_registered_domain",
    { domain_name: "a.eu", registrant_contact: [{ email: "a@a.eu" }] },
    "escapes",
  ],
  ["a domain", "aws_route53domains_registered_domain", { domain_name: "a.eu" }, "contained"],
  ["switches for traffic", "aws_route53recoverycontrolconfig_cluster", { name: "c" }, "contained"],
  [
    "people of AWS's",
    "aws_shield_drt_access_role_arn_association",
    { role_arn: "arn:aws:iam::111111111111:role/r" },
    "escapes",
  ],
  [
    "reports of attacks",
    "aws_shield_proactive_engagement",
    { enabled: true, emergency_contact: [{ email_address: "a@example.com" }] },
    "escapes",
  ],
  [
    "no reports of attacks",
    "aws_shield_proactive_engagement",
    { enabled: false, emergency_contact: [{ email_address: "a@example.com" }] },
    "contained",
  ],
  [
    "the owner's own contact",
    "aws_account_alternate_contact",
    {
      alternate_contact_type: "SECURITY",
      name: "n",
      title: "t",
      email_address: "a@example.com",
      phone_number: "+35312345678",
    },
    "contained",
  ],
  [
    "a budget's mail",
    "aws_budgets_budget",
    {
      budget_type: "COST",
      time_unit: "MONTHLY",
      notification: [
        {
          comparison_operator: "GREATER_THAN",
          notification_type: "ACTUAL",
          threshold: 1,
          threshold_type: "PERCENTAGE",
          subscriber_email_addresses: ["a@example.com"],
        },
      ],
    },
    "escapes",
  ],
  [
    "a report's bucket elsewhere",
    "aws_cur_report_definition",
    {
      report_name: "r",
      s3_bucket: "enclave-archive",
      s3_region: "us-east-1",
      s3_prefix: "p",
      compression: "GZIP",
      format: "textORcsv",
      time_unit: "DAILY",
      additional_schema_elements: [],
    },
    "escapes",
  ],
  [
    "a report's bucket here",
    "aws_cur_report_definition",
    {
      report_name: "r",
      s3_bucket: "enclave-archive",
      s3_region: "eu-west-1",
      s3_prefix: "p",
      compression: "GZIP",
      format: "textORcsv",
      time_unit: "DAILY",
      additional_schema_elements: [],
    },
    "contained",
  ],
  [
    "a hub of notifications elsewhere",
    "aws_notifications_notification_hub",
    { notification_hub_region: "us-east-1" },
    "escapes",
  ],
  [
    "a hub of notifications here",
    "aws_notifications_notification_hub",
    { notification_hub_region: "eu-west-1" },
    "contained",
  ],
])("%s", async (_name, type, body, expected) => {
  const report = await judge(of(type, body));
  expect(report.verdict).toBe(expected);
});

const RULE = "arn:aws:route53resolver:eu-west-1:444455556666:resolver-rule/rslvr-rr-1";
const atVpc = (type: string, attribute: string, id: string) => ({
  aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
  [type]: {
    a: { name: "a", [attribute]: id, [type.includes("profiles") ? "resource_id" : "vpc_id"]: "${aws_vpc.v.id}" },
  },
});
const bundle = (resource_arn: string, beside: object = {}) => ({
  aws_route53profiles_profile: { p: { name: "p" } },
  aws_route53profiles_resource_association: {
    r: { name: "r", profile_id: "${aws_route53profiles_profile.p.id}", resource_arn },
  },
  ...beside,
});
const zone = { aws_route53_zone: { z: { name: "z.internal" } } };

outcomes([
  [
    "a forwarding rule that only its id is known of",
    atVpc("aws_route53_resolver_rule_association", "resolver_rule_id", "rslvr-rr-1"),
    "aws_vpc.v -> rslvr-rr-1 by route53-resolver.rule",
  ],
  [
    "a bundle that only its id is known of",
    atVpc("aws_route53profiles_association", "profile_id", "rp-1"),
    "aws_vpc.v -> rp-1 by route53profiles.profile",
  ],
  ["a forwarding rule of others in a bundle", bundle(RULE), "account 444455556666 by route53profiles.resource"],
  ["a zone of the configuration in a bundle", bundle("${aws_route53_zone.z.arn}", zone), "contained"],
]);

const headers = (settings: object) => ({ aws_cloudfront_response_headers_policy: { p: { name: "p", ...settings } } });
const policy = (content_security_policy: string) =>
  headers({ security_headers_config: [{ content_security_policy: [{ content_security_policy, override: true }] }] });
const header = (name: string, value: string) =>
  headers({ custom_headers_config: [{ items: [{ header: name, value, override: true }] }] });
const REPORTED = "aws_cloudfront_response_headers_policy.p -> report.example.com by cloudfront.browser-reports";

outcomes([
  ["pages reported by a policy", policy("default-src 'self'; report-uri https://report.example.com/csp"), REPORTED],
  ["pages reported to themselves", policy("default-src 'self' https://cdn.example.com; report-uri /csp"), "contained"],
  [
    "pages reported by a header",
    header("Report-To", '{"endpoints":[{"url":"https://report.example.com/r"}]}'),
    REPORTED,
  ],
  ["another header with an address", header("Link", "<https://cdn.example.com>; rel=preconnect"), "contained"],
]);
