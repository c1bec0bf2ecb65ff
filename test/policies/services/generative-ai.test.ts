/** Models that answer elsewhere, agents and their tools, and what AWS keeps to improve its AI services. */
import { findings, judge } from "./harness";

const verdict = async (type: string, body: object, others: Record<string, object> = {}) => {
  const report = await judge({ [type]: { x: body }, ...others } as never, { variable: { opaque: {} } });
  return report.verdict;
};

/** Each place at which a model is named. */
const places: readonly [string, (model: string) => object][] = [
  ["aws_bedrock_inference_profile", (model) => ({ name: "p", model_source: [{ copy_from: model }] })],
  [
    "aws_bedrock_provisioned_model_throughput",
    (model) => ({ model_arn: model, provisioned_model_name: "p", model_units: 1 }),
  ],
  ["aws_bedrockagent_agent", (model) => ({ agent_name: "a", agent_resource_role_arn: "r", foundation_model: model })],
  [
    "aws_bedrockagent_flow",
    (model) => ({
      name: "f",
      execution_role_arn: "r",
      definition: [
        {
          node: [
            {
              name: "n",
              type: "Prompt",
              configuration: [{ prompt: [{ source_configuration: [{ inline: [{ model_id: model }] }] }] }],
            },
          ],
        },
      ],
    }),
  ],
  [
    "aws_bedrockagent_prompt",
    (model) => ({ name: "p", variant: [{ name: "v", template_type: "TEXT", model_id: model }] }),
  ],
  [
    "aws_bedrockagentcore_memory_strategy",
    (model) => ({
      memory_id: "m",
      name: "s",
      type: "CUSTOM",
      namespaces: ["/"],
      configuration: [{ type: "X", extraction: [{ append_to_prompt: "p", model_id: model }] }],
    }),
  ],
];

const system = (id: string) => `arn:aws:bedrock:eu-west-1:111111111111:inference-profile/${id}`;

describe.each(places)("%s", (type, body) => {
  test.each([
    ["arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0", "contained"],
    ["arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0", "escapes"],
    ["arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0", "escapes"],
    ["anthropic.claude-3-haiku-20240307-v1:0", "contained"],
    ["eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "contained"],
    ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", "escapes"],
    ["global.anthropic.claude-sonnet-4-5-20250929-v1:0", "escapes"],
    ["apac.amazon.nova-lite-v1:0", "escapes"],
    [system("eu.amazon.nova-lite-v1:0"), "contained"],
    [system("global.amazon.nova-lite-v1:0"), "escapes"],
    ["arn:aws:bedrock:eu-west-1:444455556666:provisioned-model/abc", "escapes"],
    ["arn:aws:bedrock:eu-west-1:111111111111:application-inference-profile/abc123", "undecided"],
    ["nobody.knows-this-v1:0", "undecided"],
    [`$\{var.opaque}`, "undecided"],
    [`arn:aws:bedrock:$\{var.opaque}::foundation-model/amazon.nova-lite-v1:0`, "undecided"],
  ])("%s: %s", async (model, expected) => {
    expect(await verdict(type, body(model))).toBe(expected);
  });
});

test("a profile of the configuration is judged by what it is made from", async () => {
  const agent = {
    agent_name: "a",
    agent_resource_role_arn: "r",
    foundation_model: `$\{aws_bedrock_inference_profile.p.arn}`,
  };
  const profile = (from: string) => ({
    aws_bedrock_inference_profile: { p: { name: "p", model_source: [{ copy_from: from }] } },
  });
  expect(await verdict("aws_bedrockagent_agent", agent, profile(system("eu.amazon.nova-lite-v1:0")))).toBe("contained");
  expect(await verdict("aws_bedrockagent_agent", agent, profile(system("us.amazon.nova-lite-v1:0")))).toBe("escapes");
});

test.each([
  ["eu.guardrail.v1:0", "contained"],
  ["us.guardrail.v1:0", "escapes"],
  ["arn:aws:bedrock:eu-west-1:111111111111:guardrail-profile/eu.guardrail.v1:0", "contained"],
  ["arn:aws:bedrock:eu-west-1:111111111111:guardrail-profile/apac.guardrail.v1:0", "escapes"],
])("a guardrail with the profile %s: %s", async (profile, expected) => {
  const guardrail = {
    name: "g",
    blocked_input_messaging: "no",
    blocked_outputs_messaging: "no",
    cross_region_config: [{ guardrail_profile_identifier: profile }],
  };
  expect(await verdict("aws_bedrock_guardrail", guardrail)).toBe(expected);
});

test.each([
  ["PUBLIC", "escapes"],
  ["SANDBOX", "contained"],
  [`$\{var.opaque}`, "undecided"],
])("an interpreter in the network %s: %s", async (mode, expected) => {
  const body = { name: "i", network_configuration: [{ network_mode: mode }] };
  expect(await verdict("aws_bedrockagentcore_code_interpreter", body)).toBe(expected);
});

const tool = (target: object) => ({ gateway_identifier: "g", name: "t", target_configuration: [{ mcp: [target] }] });
const api = (server: string) => JSON.stringify({ openapi: "3.0.0", servers: [{ url: server }], paths: {} });
test.each([
  [
    "a server elsewhere",
    { open_api_schema: [{ inline_payload: [{ payload: api("https://tool.example.com") }] }] },
    "escapes",
  ],
  [
    "a vouched server",
    { open_api_schema: [{ inline_payload: [{ payload: api("https://203.0.113.10/api") }] }] },
    "contained",
  ],
  [
    "a server of an operation",
    {
      open_api_schema: [
        {
          inline_payload: [
            {
              payload: JSON.stringify({ paths: { "/": { get: { servers: [{ url: "https://tool.example.com" }] } } } }),
            },
          ],
        },
      ],
    },
    "escapes",
  ],
  ["no server", { open_api_schema: [{ inline_payload: [{ payload: JSON.stringify({ paths: {} }) }] }] }, "undecided"],
  ["a description in a bucket", { open_api_schema: [{ s3: [{ uri: "s3://enclave-archive/api.json" }] }] }, "undecided"],
  ["an MCP server elsewhere", { mcp_server: [{ endpoint: "https://mcp.example.com" }] }, "escapes"],
])("a tool with %s", async (_name, target, expected) => {
  expect(await verdict("aws_bedrockagentcore_gateway_target", tool(target))).toBe(expected);
});

const optOut = (content: object, target: string) => ({
  aws_organizations_policy: { ai: { name: "ai", type: "AISERVICES_OPT_OUT_POLICY", content: JSON.stringify(content) } },
  aws_organizations_policy_attachment: { ai: { policy_id: `$\{aws_organizations_policy.ai.id}`, target_id: target } },
});
const choice = (service: string, value: string) => ({
  services: { [service]: { opt_out_policy: { "@@assign": value } } },
});
test.each([
  ["without any policy", {}, "undecided"],
  ["opted out of everything at the root", optOut(choice("default", "optOut"), "r-abcd"), "contained"],
  ["opted out of this service at the root", optOut(choice("lex", "optOut"), "r-abcd"), "contained"],
  ["opted out of another service", optOut(choice("polly", "optOut"), "r-abcd"), "undecided"],
  ["opted in", optOut(choice("lex", "optIn"), "r-abcd"), "undecided"],
  ["opted out for one unit only", optOut(choice("default", "optOut"), "ou-abcd-12345678"), "undecided"],
])("a bot %s", async (_name, others, expected) => {
  const bot = { name: "b", role_arn: "r", idle_session_ttl_in_seconds: 60, data_privacy: [{ child_directed: false }] };
  expect(await verdict("aws_lexv2models_bot", bot, others)).toBe(expected);
});

test("answers of Q Business stay in the European geography, which a smaller boundary may not hold", async () => {
  const application = {
    aws_qbusiness_application: {
      q: { display_name: "q", iam_service_role_arn: "r", identity_center_instance_arn: "i" },
    },
  };
  expect((await judge(application)).verdict).toBe("contained");
  const ireland = { name: "Ireland", countries: new Set(["IE"]) };
  expect(findings(await judge(application, {}, { boundary: ireland }))).toContainEqual(
    expect.stringContaining("-> eu-central-1 by qbusiness.inference"),
  );
});

test.each([
  [
    "https://cognito-idp.eu-west-1.amazonaws.com/${aws_cognito_user_pool.p.id}/.well-known/openid-configuration",
    "contained",
  ],
  ["https://accounts.example.com/.well-known/openid-configuration", "escapes"],
])("a gateway for tokens of %s", async (discovery_url, expected) => {
  const body = {
    name: "g",
    role_arn: "r",
    authorizer_type: "CUSTOM_JWT",
    protocol_type: "MCP",
    authorizer_configuration: [{ custom_jwt_authorizer: [{ discovery_url }] }],
  };
  const pool = { aws_cognito_user_pool: { p: { name: "p" } } };
  expect(await verdict("aws_bedrockagentcore_gateway", body, pool)).toBe(expected);
});

test.each([
  ["arn:aws:bedrock:us-east-1:111111111111:guardrail/abc", "escapes"],
  ["arn:aws:bedrock:eu-west-1:444455556666:guardrail/abc", "escapes"],
  ["abc", "contained"],
])("an agent whose words are looked at by the guardrail %s", async (guardrail_identifier, expected) => {
  const agent = {
    agent_name: "a",
    agent_resource_role_arn: "r",
    foundation_model: "anthropic.claude-v2",
    guardrail_configuration: [{ guardrail_identifier, guardrail_version: "1" }],
  };
  expect(await verdict("aws_bedrockagent_agent", agent)).toBe(expected);
});

test.each([
  ["SEMANTIC", "undecided"],
  ["CUSTOM", "contained"],
])("a memory's strategy %s", async (type, expected) => {
  expect(
    await verdict("aws_bedrockagentcore_memory_strategy", { memory_id: "m", name: "s", type, namespaces: ["/"] }),
  ).toBe(expected);
});

test("a registry's search may be answered in any Region", async () => {
  const action = {
    aws_bedrockagentcore_submit_registry_record_for_approval: { a: { config: { registry_id: "r", record_id: "x" } } },
  };
  expect((await judge({}, { action })).verdict).toBe("undecided");
});
