/** Attempts to get data out by what watches, filters and shows: detectors, firewalls, dashboards, notebooks, sign-ins. */

import { type Attempt, attempts, type Blocks, json, one } from "./attempts";
import { findings, judge } from "./harness";

const assigned = (access?: object): Blocks => ({
  aws_vpc: { inside: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
  aws_subnet: {
    inside: { vpc_id: "${aws_vpc.inside.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" },
  },
  aws_grafana_workspace: {
    inside: {
      account_access_type: "CURRENT_ACCOUNT",
      authentication_providers: ["AWS_SSO"],
      permission_type: "CUSTOMER_MANAGED",
      vpc_configuration: { subnet_ids: ["${aws_subnet.inside.id}"], security_group_ids: [] },
      ...(access && { network_access_control: access }),
    },
  },
  ...one("aws_grafana_role_association", {
    workspace_id: "${aws_grafana_workspace.inside.id}",
    role: "VIEWER",
    group_ids: ["g"],
  }),
});

const managed = (data: object): Blocks =>
  one("aws_fms_policy", {
    name: "p",
    exclude_resource_tags: false,
    security_service_policy_data: { ...data, managed_service_data: json(data) },
  });

const inspected = (choice?: string): Blocks =>
  one("aws_networkfirewall_firewall_policy", {
    name: "p",
    firewall_policy: {
      stateless_default_actions: ["aws:forward_to_sfe"],
      stateless_fragment_default_actions: ["aws:forward_to_sfe"],
      stateful_rule_group_reference: {
        resource_arn: "arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/AttackInfrastructure",
        ...(choice && { deep_threat_inspection: choice }),
      },
    },
  });

const optedOut: Blocks = {
  aws_organizations_policy: {
    ai: {
      name: "ai",
      type: "AISERVICES_OPT_OUT_POLICY",
      content: json({ services: { default: { opt_out_policy: { "@@assign": "optOut" } } } }),
    },
  },
  aws_organizations_policy_attachment: { ai: { policy_id: "${aws_organizations_policy.ai.id}", target_id: "r-1234" } },
};
const kept = ["? aws_guardduty_detector.x:  unknown-value"];

const backups = (vault: string): Blocks =>
  one("aws_organizations_policy", {
    name: "b",
    type: "BACKUP_POLICY",
    content: json({
      plans: { p: { rules: { r: { target_logically_air_gapped_backup_vault_arn: { "@@assign": vault } } } } },
    }),
  });

const rows: readonly Attempt[] = [
  [
    "AWS Organizations",
    "backups in an air-gapped vault elsewhere",
    backups("arn:aws:backup:us-east-1:$account:backup-vault:v"),
    ["aws_organizations_policy.x -> us-east-1 by organizations.backup-policy"],
  ],
  [
    "AWS Organizations",
    "backups in an air-gapped vault here",
    backups("arn:aws:backup:eu-west-1:$account:backup-vault:v"),
    [],
  ],
  [
    "Amazon Managed Grafana",
    "people who sign in from anywhere",
    assigned(),
    ["aws_grafana_workspace.inside -> the internet by grafana.credential"],
  ],
  [
    "Amazon Managed Grafana",
    "people who come by an endpoint",
    assigned({ prefix_list_ids: [], vpce_ids: ["vpce-1"] }),
    [],
  ],
  [
    "Amazon EMR",
    "people who use notebooks from anywhere",
    one("aws_emr_studio_session_mapping", {
      studio_id: "s",
      identity_type: "USER",
      identity_id: "u",
      session_policy_arn: "p",
    }),
    ["aws_emr_studio_session_mapping.x -> the internet by emr.studio-users"],
  ],
  ["Amazon GuardDuty", "malware that AWS keeps", one("aws_guardduty_detector", {}), kept],
  ["Amazon GuardDuty", "a detector that is off", one("aws_guardduty_detector", { enable: false }), []],
  ["Amazon GuardDuty", "an organization that opted out", { ...one("aws_guardduty_detector", {}), ...optedOut }, []],
  [
    "Amazon GuardDuty",
    "what runs on machines",
    one("aws_guardduty_detector_feature", { detector_id: "d", name: "RUNTIME_MONITORING", status: "ENABLED" }),
    ["? aws_guardduty_detector_feature.x:  unknown-value"],
  ],
  [
    "Amazon GuardDuty",
    "a feature that only reads logs",
    one("aws_guardduty_detector_feature", { detector_id: "d", name: "S3_DATA_EVENTS", status: "ENABLED" }),
    [],
  ],
  [
    "AWS Firewall Manager",
    "firewalls of another company",
    managed({ type: "THIRD_PARTY_FIREWALL" }),
    ["aws_fms_policy.x -> the internet by fms.third-party-firewall"],
  ],
  [
    "AWS Firewall Manager",
    "groups that come on top",
    managed({ type: "SECURITY_GROUPS_COMMON" }),
    ["? aws_fms_policy.x: security_service_policy_data[0].type unknown-value"],
  ],
  ["AWS Firewall Manager", "rules for web requests", managed({ type: "WAFV2" }), []],
  [
    "AWS Network Firewall",
    "records that AWS analyses",
    inspected(),
    [
      "? aws_networkfirewall_firewall_policy.x: firewall_policy[0].stateful_rule_group_reference[0].deep_threat_inspection unknown-value",
    ],
  ],
  ["AWS Network Firewall", "records that AWS does not", inspected("FALSE"), []],
];

attempts(rows);

test.each([
  ["a role of the account", "${data.aws_iam_role.r.arn}", []],
  ["the role that applies", "${data.aws_iam_session_context.s.issuer_arn}", []],
  [
    "a role of another account",
    "arn:aws:iam::444455556666:role/r",
    ["aws_eks_access_entry.x -> account 444455556666 by eks.access-entry"],
  ],
])("Amazon EKS lets in %s", async (_who, principal_arn, says) => {
  const data = {
    aws_caller_identity: { me: {} },
    aws_iam_role: { r: { name: "r" } },
    aws_iam_session_context: { s: { arn: "${data.aws_caller_identity.me.arn}" } },
  };
  expect(findings(await judge(one("aws_eks_access_entry", { cluster_name: "c", principal_arn }), { data }))).toEqual(
    says,
  );
});
