/** Contact centres, devices, desktops and dashboards: what people and machines outside are shown. */
import { judge, outcomes } from "./harness";

type Blocks = Parameters<typeof judge>[0];
const OPAQUE = `$\{var.opaque}`;
const verdict = async (resources: object): Promise<string> =>
  (await judge(resources as Blocks, { variable: { opaque: {} } })).verdict;
const one = (type: string, body: object) => verdict({ [type]: { x: body } });

describe("a flow of a contact centre", () => {
  const flow = (...actions: object[]) =>
    one("aws_connect_contact_flow", {
      instance_id: "i",
      name: "f",
      content: JSON.stringify({ Version: "2019-10-30", Actions: actions }),
    });
  const action = (Type: string, Parameters: object) => ({ Identifier: "a", Type, Parameters });
  const lambda = (arn: string) => action("InvokeLambdaFunction", { LambdaFunctionARN: arn });
  test.each([
    ["says something", [action("MessageParticipant", { Text: "Call us in us-east-1" })], "contained"],
    ["asks a function here", [lambda("arn:aws:lambda:eu-west-1:111111111111:function:f")], "contained"],
    ["asks a function of others", [lambda("arn:aws:lambda:eu-west-1:444455556666:function:f")], "escapes"],
    ["asks a function that the caller names", [lambda("$.External.arn")], "undecided"],
    [
      "asks a bot elsewhere",
      [action("ConnectParticipantWithLexBot", { LexBot: { Name: "b", Region: "us-east-1" } })],
      "escapes",
    ],
    [
      "passes the call on",
      [action("TransferParticipantToThirdParty", { ThirdPartyPhoneNumber: "+12065550100" })],
      "escapes",
    ],
  ])("%s", async (_name, actions, expected) => expect(await flow(...actions)).toBe(expected));
  test("that is not read is undecided", async () => {
    expect(await one("aws_connect_contact_flow", { instance_id: "i", name: "f", content: OPAQUE })).toBe("undecided");
    expect(await one("aws_connect_contact_flow", { instance_id: "i", name: "f", filename: "f.json" })).toBe(
      "undecided",
    );
  });
});

test.each([
  [
    "a centre without telephones",
    "aws_connect_instance",
    {
      identity_management_type: "SAML",
      inbound_calls_enabled: false,
      outbound_calls_enabled: false,
      contact_lens_enabled: false,
    },
    "contained",
  ],
  [
    "a centre that is called",
    "aws_connect_instance",
    { identity_management_type: "SAML", inbound_calls_enabled: true, outbound_calls_enabled: false },
    "escapes",
  ],
  [
    "an agent's telephone",
    "aws_connect_user",
    {
      instance_id: "i",
      name: "a",
      routing_profile_id: "r",
      security_profile_ids: ["s"],
      phone_config: [{ phone_type: "DESK_PHONE", desk_phone_number: "+12065550100" }],
    },
    "escapes",
  ],
  [
    "an agent at the screen",
    "aws_connect_user",
    {
      instance_id: "i",
      name: "a",
      routing_profile_id: "r",
      security_profile_ids: ["s"],
      phone_config: [{ phone_type: "SOFT_PHONE" }],
    },
    "contained",
  ],
  [
    "a connector whose Region is not said",
    "aws_chime_voice_connector",
    { name: "c", require_encryption: true },
    "escapes",
  ],
  [
    "a connector in Dublin",
    "aws_chime_voice_connector",
    { name: "c", require_encryption: true, aws_region: "eu-west-1" },
    "contained",
  ],
  ["maps of Esri", "aws_location_map", { map_name: "m", configuration: [{ style: "VectorEsriStreets" }] }, "escapes"],
  [
    "maps of open data",
    "aws_location_map",
    { map_name: "m", configuration: [{ style: "VectorOpenDataStandardLight" }] },
    "contained",
  ],
  ["addresses looked up at HERE", "aws_location_place_index", { index_name: "i", data_source: "Here" }, "escapes"],
  ["a stack by default", "aws_appstream_stack", { name: "s" }, "escapes"],
  [
    "a stack that gives nothing out",
    "aws_appstream_stack",
    {
      name: "s",
      user_settings: ["CLIPBOARD_COPY_TO_LOCAL_DEVICE", "FILE_DOWNLOAD", "PRINTING_TO_LOCAL_DEVICE"].map((action) => ({
        action,
        permission: "DISABLED",
      })),
    },
    "contained",
  ],
  [
    "a stack that lets download",
    "aws_appstream_stack",
    {
      name: "s",
      user_settings: ["CLIPBOARD_COPY_TO_LOCAL_DEVICE", "FILE_DOWNLOAD", "PRINTING_TO_LOCAL_DEVICE"].map((action) => ({
        action,
        permission: action === "FILE_DOWNLOAD" ? "ENABLED" : "DISABLED",
      })),
    },
    "escapes",
  ],
  [
    "a stack by endpoints",
    "aws_appstream_stack",
    { name: "s", access_endpoints: [{ endpoint_type: "STREAMING", vpce_id: "vpce-1" }] },
    "contained",
  ],
  [
    "files at Google",
    "aws_appstream_stack",
    {
      name: "s",
      access_endpoints: [{ endpoint_type: "STREAMING" }],
      storage_connectors: [{ connector_type: "GOOGLE_DRIVE" }],
    },
    "escapes",
  ],
  [
    "a fleet on the internet",
    "aws_appstream_fleet",
    { name: "f", instance_type: "t", enable_default_internet_access: true },
    "escapes",
  ],
  ["a fleet", "aws_appstream_fleet", { name: "f", instance_type: "t" }, "contained"],
  [
    "a browser to copy from",
    "aws_workspacesweb_user_settings",
    {
      copy_allowed: "Enabled",
      download_allowed: "Disabled",
      paste_allowed: "Enabled",
      print_allowed: "Disabled",
      upload_allowed: "Enabled",
    },
    "escapes",
  ],
  [
    "a browser to copy into",
    "aws_workspacesweb_user_settings",
    {
      copy_allowed: "Disabled",
      download_allowed: "Disabled",
      paste_allowed: "Enabled",
      print_allowed: "Disabled",
      upload_allowed: "Enabled",
    },
    "contained",
  ],
  [
    "a reader of dashboards",
    "aws_quicksight_user",
    { email: "a@example.com", identity_type: "QUICKSIGHT", user_role: "READER" },
    "escapes",
  ],
  [
    "a dashboard with a link",
    "aws_quicksight_dashboard",
    {
      dashboard_id: "d",
      name: "d",
      version_description: "1",
      definition: {
        sheets: [
          { visuals: [{ actions: [{ url_operation: [{ url_template: "https://collector.example.com/?v=<<x>>" }] }] }] },
        ],
      },
    },
    "escapes",
  ],
  [
    "a dashboard",
    "aws_quicksight_dashboard",
    {
      dashboard_id: "d",
      name: "d",
      version_description: "1",
      definition: { sheets: [{ title: "https://example.com" }] },
    },
    "contained",
  ],
])("%s", async (_name, type, body, expected) => expect(await one(type, body)).toBe(expected));

describe("a device", () => {
  const statement = (Action: unknown, more: object = {}) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "*", ...more }],
  });
  const device = (policy: object) =>
    verdict({
      aws_iot_policy: { p: { name: "p", policy: JSON.stringify(policy) } },
      aws_iot_certificate: { c: { active: true } },
      aws_iot_policy_attachment: {
        a: { policy: `$\{aws_iot_policy.p.name}`, target: `$\{aws_iot_certificate.c.arn}` },
      },
    });
  test.each([
    ["that only sends", statement(["iot:Connect", "iot:Publish"]), "contained"],
    ["that receives", statement(["iot:Connect", "iot:Receive"]), "escapes"],
    ["that may do everything", statement("iot:*"), "escapes"],
    [
      "that may do everything under a condition",
      statement("iot:*", { Condition: { Bool: { "iot:Connection.Thing.IsAttached": "true" } } }),
      "undecided",
    ],
    [
      "that is denied everything",
      { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iot:*", Resource: "*" }] },
      "contained",
    ],
    ["that gets credentials", statement("iot:AssumeRoleWithCertificate"), "escapes"],
  ])("%s", async (_name, policy, expected) => expect(await device(policy)).toBe(expected));
  test("a policy by itself lets nobody in", async () => {
    expect(await one("aws_iot_policy", { name: "p", policy: JSON.stringify(statement("iot:*")) })).toBe("contained");
  });
  test("a policy that is not here is not known", async () => {
    expect(await one("aws_iot_policy_attachment", { policy: "elsewhere", target: "t" })).toBe("undecided");
  });
  test.each([
    ["receive", "iot:*", "escapes"],
    ["only send", "iot:Publish", "contained"],
  ])("a template of devices that %s", async (_name, action, expected) => {
    const template_body = JSON.stringify({
      Resources: { policy: { Type: "AWS::IoT::Policy", Properties: { PolicyDocument: statement(action) } } },
    });
    expect(await one("aws_iot_provisioning_template", { name: "t", provisioning_role_arn: "r", template_body })).toBe(
      expected,
    );
  });
  test.each([
    ["b-1.cluster.kafka.eu-west-1.amazonaws.com:9092,files.example.com:9092", "escapes"],
    ["203.0.113.10:9092", "contained"],
  ])("a rule to the brokers %s", async (servers, expected) => {
    const kafka = [{ destination_arn: "d", topic: "t", client_properties: { "bootstrap.servers": servers } }];
    expect(
      await one("aws_iot_topic_rule", { name: "r", enabled: true, sql: "SELECT *", sql_version: "1", kafka }),
    ).toBe(expected);
  });
});

describe("a desktop", () => {
  const desktop = (directory: object, others: object = {}) =>
    verdict({
      aws_workspaces_workspace: {
        w: { bundle_id: "b", user_name: "u", directory_id: `$\{aws_workspaces_directory.d.id}` },
      },
      aws_workspaces_directory: { d: { directory_id: "d-1", ...directory } },
      ...others,
    });
  const group = (source: string) => ({ aws_workspaces_ip_group: { g: { name: "g", rules: [{ source }] } } });
  const grouped = { ip_group_ids: [`$\{aws_workspaces_ip_group.g.id}`] };
  test("is used from anywhere by default", async () => expect(await desktop({})).toBe("escapes"));
  test("is used from vouched addresses", async () =>
    expect(await desktop(grouped, group("203.0.113.10/32"))).toBe("contained"));
  test("is used from other addresses", async () => expect(await desktop(grouped, group("0.0.0.0/0"))).toBe("escapes"));
  test("may be used from anywhere", async () => expect(await desktop({ ip_group_ids: OPAQUE })).toBe("undecided"));
  test("is on the internet", async () => {
    const open = { ...grouped, workspace_creation_properties: [{ enable_internet_access: true }] };
    expect(await desktop(open, group("203.0.113.10/32"))).toBe("escapes");
  });
});

test.each([
  ["a key for a workspace of Grafana's", [], "escapes"],
  ["a key that only works from endpoints", [{ prefix_list_ids: ["pl-1"], vpce_ids: ["vpce-1"] }], "contained"],
])("%s", async (_name, network_access_control, expected) => {
  const resources = {
    aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
    aws_subnet: { s: { vpc_id: `$\{aws_vpc.v.id}`, cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" } },
    aws_security_group: { g: { name: "g", vpc_id: `$\{aws_vpc.v.id}` } },
    aws_grafana_workspace: {
      w: {
        account_access_type: "CURRENT_ACCOUNT",
        authentication_providers: ["AWS_SSO"],
        permission_type: "SERVICE_MANAGED",
        vpc_configuration: [
          { subnet_ids: [`$\{aws_subnet.s.id}`], security_group_ids: [`$\{aws_security_group.g.id}`] },
        ],
        network_access_control,
      },
    },
    aws_grafana_workspace_api_key: {
      k: { key_name: "k", key_role: "VIEWER", seconds_to_live: 60, workspace_id: `$\{aws_grafana_workspace.w.id}` },
    },
  };
  expect(await verdict(resources)).toBe(expected);
});

describe("alerts about metrics", () => {
  const definition = (receivers: string) =>
    `alertmanager_config: |\n  route:\n    receiver: r\n  receivers:\n    - name: r\n${receivers}`;
  const alerts = (receivers: string, others: object = {}) =>
    verdict({
      aws_prometheus_alert_manager_definition: { a: { workspace_id: "w", definition: definition(receivers) } },
      ...others,
    });
  const topic = (arn: string) => `      sns_configs:\n        - topic_arn: ${arn}\n`;
  const here = (region: string) => ({ aws_sns_topic: { t: { name: "t", region } } });
  test.each([
    ["to a topic of others", topic("arn:aws:sns:eu-west-1:444455556666:t"), {}, "escapes"],
    ["to a topic here", topic("arn:aws:sns:eu-west-1:111111111111:t"), {}, "contained"],
    ["to a topic of the configuration", topic(`$\{aws_sns_topic.t.arn}`), here("eu-west-1"), "contained"],
    ["to a topic of the configuration in London", topic(`$\{aws_sns_topic.t.arn}`), here("eu-west-2"), "escapes"],
    ["to PagerDuty", "      pagerduty_configs:\n        - routing_key: k\n", {}, "escapes"],
    ["to an address", "      webhook_configs:\n        - url: https://x.example.com\n", {}, "undecided"],
    ["that nobody can read", "      - {", {}, "undecided"],
  ])("%s", async (_name, receivers, others, expected) => expect(await alerts(receivers, others)).toBe(expected));
});

const tokens = (configuration: object, beside: object = {}) => ({
  aws_verifiedpermissions_policy_store: { s: { validation_settings: [{ mode: "OFF" }] } },
  aws_verifiedpermissions_identity_source: {
    i: { policy_store_id: "${aws_verifiedpermissions_policy_store.s.id}", configuration: [configuration] },
  },
  ...beside,
});
const issued = (issuer: string) => tokens({ open_id_connect_configuration: [{ issuer }] });
const pool = { aws_cognito_user_pool: { p: { name: "p" } } };

outcomes([
  ["rules that believe somebody's tokens", issued("https://auth.example.com"), "by verifiedpermissions.token-issuer"],
  ["rules that believe tokens of a vouched issuer", issued("https://203.0.113.10"), "contained"],
  [
    "rules that believe tokens of the configuration's own pool",
    tokens({ cognito_user_pool_configuration: [{ user_pool_arn: "${aws_cognito_user_pool.p.arn}" }] }, pool),
    "contained",
  ],
]);

const portal = (beside: object) => ({ aws_workspacesweb_portal: { p: { display_name: "p" } }, ...beside });
const fromAddresses = (ip_range: string) => ({
  aws_workspacesweb_ip_access_settings: { i: { display_name: "i", ip_rule: [{ ip_range }] } },
  aws_workspacesweb_ip_access_settings_association: {
    a: {
      ip_access_settings_arn: "${aws_workspacesweb_ip_access_settings.i.ip_access_settings_arn}",
      portal_arn: "${aws_workspacesweb_portal.p.portal_arn}",
    },
  },
});
const dashboards = (group: object) => ({
  aws_quicksight_account_subscription: {
    s: { account_name: "a", authentication_method: "IAM_IDENTITY_CENTER", edition: "ENTERPRISE", ...group },
  },
});
const OPT_OUT = '{"services":{"default":{"opt_out_policy":{"@@assign":"optOut"}}}}';
const optedOut = {
  aws_organizations_policy: { o: { name: "o", type: "AISERVICES_OPT_OUT_POLICY", content: OPT_OUT } },
  aws_organizations_policy_attachment: { o: { policy_id: "${aws_organizations_policy.o.id}", target_id: "r-abcd" } },
};
const role = (of: string) => ({ aws_quicksight_role_membership: { m: { member_name: "g", role: of } } });

outcomes([
  ["a portal that is open from anywhere", portal({}), "-> the internet by workspacesweb.user-device"],
  ["a portal that is open from our addresses", portal(fromAddresses("203.0.113.10/32")), "contained"],
  ["a portal that settings open to anywhere", portal(fromAddresses("0.0.0.0/0")), "by workspacesweb.user-device"],
  [
    "a portal with settings that only their name is known of",
    portal({
      aws_workspacesweb_ip_access_settings_association: {
        a: {
          ip_access_settings_arn: "arn:aws:workspaces-web:eu-west-1:111111111111:ipAccessSettings/i",
          portal_arn: "${aws_workspacesweb_portal.p.portal_arn}",
        },
      },
    }),
    "by workspacesweb.user-device",
  ],
  [
    "desktops with a group that only its id is known of",
    { aws_workspaces_directory: { d: { directory_id: "d-1", ip_group_ids: ["wsipg-1"] } } },
    "by workspaces.user-device",
  ],
  ["readers of dashboards", dashboards({ reader_group: ["g"] }), "contained"],
  ["readers who ask an assistant", dashboards({ reader_pro_group: ["g"] }), "? aws_quicksight_account_subscription.s"],
  [
    "readers who ask an assistant that nothing is kept of",
    { ...dashboards({ reader_pro_group: ["g"] }), ...optedOut },
    "contained",
  ],
  ["a group that asks an assistant", role("AUTHOR_PRO"), "? aws_quicksight_role_membership.m"],
  ["a group that only writes", role("AUTHOR"), "contained"],
]);
