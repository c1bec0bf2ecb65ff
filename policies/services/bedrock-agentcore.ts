/** Amazon Bedrock AgentCore: programs, browsers and interpreters for agents, and gateways to tools. */
import { isUnknown, Unknown } from "../configuration/value";
import {
  at,
  type DocumentReader,
  document,
  type Entry,
  type Finding,
  grants,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  opens,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { modelReference } from "./documents/model-reference";
import { tokenIssuer } from "./documents/token-issuer";
import { toolApi, unreadTool } from "./documents/tool-api";
import { actionPage, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/${page}.html`;

/** PUBLIC "for internet access", SANDBOX without, VPC for the owner's subnets (NetworkConfiguration). */
const publicNetwork = opens("agentcore.public-network", at("network_configuration.network_mode").is("PUBLIC"), {
  why: "what runs there reaches the internet",
});
const machine = (vpc: string): InterfaceRule => ({
  subnets: `network_configuration.${vpc}.subnets`,
  groups: `network_configuration.${vpc}.security_groups`,
  publicIpv4: "never",
  initiates: true,
  when: at("network_configuration.network_mode").is("VPC"),
  without: "nothing",
});
const inVpc = (vpc: string) => ({
  "network_configuration.network_mode": publicNetwork,
  [`network_configuration.${vpc}.subnets`]: network,
  [`network_configuration.${vpc}.security_groups`]: network,
});

/** Whoever has a token of that issuer may call, from anywhere. */
const issuer = document(tokenIssuer("agentcore.token-issuer"));
/**
 * Built-in strategies use cross-Region inference "within the AWS Regions that are part of the geography"; which these
 * are for Europe was not found, so they may be outside. Overrides name a model instead (guide "cross-region-inference").
 */
const builtIn: DocumentReader = function* (type) {
  if (type === "CUSTOM") return;
  const why = "a built-in strategy may ask models in other Regions of the geography; an override names its own";
  yield { at: "", value: isUnknown(type) ? type : new Unknown(why), role: sends("agentcore.memory", "any") };
};

/** "Input prompts and output results might be processed in any commercial AWS Region" (guide "registry-cross-region-inference"). */
function* searched(): Generator<Finding> {
  yield {
    finding: "flow",
    channel: "agentcore.registry",
    attribute: "registry_id",
    to: { to: "internet" },
    why: "for its search the registry has records looked at in any Region",
    unless: "the registry's search is answered in its own Region",
  };
}
const record = (name: string): Entry =>
  moves("lets the registry's readers find a record", {
    docs: actionPage(name),
    attributes: { registry_id: uses("the registry; who reads it needs permission") },
    also: searched,
  });

const executionRole = { execution_role_arn: uses("the role that it acts with") };
const mcp = "target_configuration.mcp";
const oauth = "oauth2_provider_config.custom_oauth2_provider_config.oauth_discovery";
const exchange = sends("agentcore.oauth", "url", { why: "credentials are exchanged for tokens there" });

export default service("Amazon Bedrock AgentCore", {
  aws_bedrockagentcore_agent_runtime: holds("runs the owner's agent program", {
    docs: guide("agentcore-vpc"),
    attributes: {
      ...inVpc("network_mode_config"),
      role_arn: uses("the role that the program has"),
      "agent_runtime_artifact.code_configuration.code.s3.bucket": receives("the program comes from there"),
      "agent_runtime_artifact.container_configuration.container_uri": receives("the program comes from there"),
      "authorizer_configuration.custom_jwt_authorizer.discovery_url": issuer,
      environment_variables: harmless("text for the program; what it reaches, its network bounds"),
    },
    interfaces: [machine("network_mode_config")],
  }),
  aws_bedrockagentcore_browser: holds("runs a browser for agents", {
    docs: guide("browser-tool"),
    attributes: {
      ...inVpc("vpc_config"),
      ...executionRole,
      "recording.s3_location.bucket": sends("agentcore.recording", "bucket"),
    },
    interfaces: [machine("vpc_config")],
  }),
  aws_bedrockagentcore_code_interpreter: holds("runs programs that agents write", {
    docs: guide("code-interpreter-tool"),
    attributes: { ...inVpc("vpc_config"), ...executionRole },
    interfaces: [machine("vpc_config")],
  }),
  aws_bedrockagentcore_gateway: grants("lets agents call tools", {
    docs: guide("gateway-inbound-auth"),
    attributes: {
      "authorizer_configuration.custom_jwt_authorizer.discovery_url": issuer,
      authorizer_type: opens("agentcore.gateway", at("authorizer_type").is("NONE"), {
        why: "anybody may call the gateway's tools",
      }),
      "interceptor_configuration.interceptor.lambda.arn": sends("agentcore.interceptor", "arn", {
        why: "each request is handed to the function",
      }),
      kms_key_arn: uses("the key that encrypts it"),
      role_arn: uses("the role that calls the tools"),
    },
  }),
  aws_bedrockagentcore_gateway_target: moves("a tool that agents call with what they know", {
    docs: guide("gateway-building-adding-targets"),
    data: "gateway_identifier",
    attributes: {
      [`${mcp}.lambda.lambda_arn`]: sends("agentcore.tool", "arn", { why: "the tool is that function" }),
      [`${mcp}.lambda.tool_schema`]: harmless("describes what the function takes"),
      [`${mcp}.mcp_server.endpoint`]: sends("agentcore.tool", "url", { why: "the tool is called there" }),
      [`${mcp}.open_api_schema.inline_payload.payload`]: document(toolApi),
      [`${mcp}.open_api_schema.s3`]: document(unreadTool("the tool's description is kept in a bucket")),
      [`${mcp}.smithy_model`]: document(unreadTool("the tool is described by a Smithy model, which is not read")),
      "credential_provider_configuration.api_key": uses("the tool's key"),
      "credential_provider_configuration.oauth": uses("the tool's credentials"),
    },
  }),
  aws_bedrockagentcore_memory: holds("what agents remember", {
    docs: guide("memory"),
    attributes: {
      encryption_key_arn: uses("the key that encrypts it"),
      memory_execution_role_arn: uses("the role that asks models"),
    },
  }),
  aws_bedrockagentcore_memory_strategy: moves("has a model pick out what is remembered", {
    docs: guide("memory-strategies"),
    data: "memory_id",
    attributes: {
      memory_execution_role_arn: uses("the role that asks the model"),
      type: document(builtIn),
      "configuration.consolidation.model_id": document(modelReference),
      "configuration.extraction.model_id": document(modelReference),
      "configuration.consolidation.append_to_prompt": harmless("a prompt in words"),
      "configuration.extraction.append_to_prompt": harmless("a prompt in words"),
      namespaces: harmless("names inside the memory"),
    },
  }),
  aws_bedrockagentcore_oauth2_credential_provider: moves("gets tokens for agents from an authorization server", {
    docs: guide("identity-add-oauth-client-custom"),
    attributes: {
      credential_provider_vendor: opens(
        "agentcore.oauth",
        at("credential_provider_vendor").isNot("CustomOauth2", null),
        { why: "credentials are exchanged for tokens at the vendor" },
      ),
      [`${oauth}.discovery_url`]: exchange,
      [`${oauth}.authorization_server_metadata.token_endpoint`]: exchange,
      [`${oauth}.authorization_server_metadata.authorization_endpoint`]: exchange,
      [`${oauth}.authorization_server_metadata.issuer`]: harmless("whose tokens they are"),
    },
  }),
  // Codes that stand for a person's consent are sent to the address that the browser returns to.
  aws_bedrockagentcore_workload_identity: grants("an identity of an agent", {
    docs: guide("identity-manage-agent-ids"),
    attributes: { allowed_resource_oauth2_return_urls: shares("agentcore.return-address", "url") },
  }),
  aws_bedrockagentcore_agent_runtime_endpoint: inert(
    "a name for a version of a program",
    resourcePage("bedrockagentcore_agent_runtime_endpoint"),
  ),
  aws_bedrockagentcore_api_key_credential_provider: inert(
    "keeps a key for a tool, in the same Region",
    resourcePage("bedrockagentcore_api_key_credential_provider"),
  ),
  aws_bedrockagentcore_token_vault_cmk: inert(
    "which key encrypts tokens",
    resourcePage("bedrockagentcore_token_vault_cmk"),
    { "kms_configuration.kms_key_arn": uses("the key") },
  ),
  "action.aws_agentregistry_submit_registry_record_for_approval": record(
    "agentregistry_submit_registry_record_for_approval",
  ),
  "action.aws_agentregistry_update_registry_record_status": record("agentregistry_update_registry_record_status"),
  "action.aws_bedrockagentcore_submit_registry_record_for_approval": record(
    "bedrockagentcore_submit_registry_record_for_approval",
  ),
});
