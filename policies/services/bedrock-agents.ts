/** Agents, flows, prompts and knowledge bases of Amazon Bedrock. */
import {
  document,
  type Entry,
  harmless,
  holds,
  inert,
  moves,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { modelReference } from "./documents/model-reference";
import { s3Uri } from "./documents/s3-uri";
import { actionPage, isArn, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/bedrock/latest/userguide/${page}.html`;
const model = document(modelReference);
const key = { customer_encryption_key_arn: uses("the key that encrypts it") };
const handed = (why: string) => sends("bedrock.agent", "arn", { why });
/** By id a guardrail of the same account and Region; by ARN it may be another's. */
const guardrail = (block: string): Entry["attributes"] => ({
  [`${block}.guardrail_identifier`]: sends("bedrock.guardrail", "arn", {
    when: isArn(`${block}.guardrail_identifier`),
    why: "prompts and answers are looked at there",
  }),
});
const node = "definition.node.configuration";
const source = "data_source_configuration";
const vectors = "knowledge_base_configuration.vector_knowledge_base_configuration";
const store = "storage_configuration";
const ingestion = "vector_ingestion_configuration";

export default service("Amazon Bedrock Agents", {
  aws_bedrockagent_agent: moves("answers people with a model, and acts for them", {
    docs: guide("agents-how"),
    attributes: {
      ...key,
      foundation_model: model,
      agent_resource_role_arn: uses("the role that it acts with"),
      ...guardrail("guardrail_configuration"),
      "prompt_override_configuration.override_lambda": handed("answers of the model are handed to the function"),
      "prompt_override_configuration.prompt_configurations": harmless("prompts in words"),
      memory_configuration: harmless("how long it remembers, in the same Region"),
    },
  }),
  aws_bedrockagent_agent_action_group: moves("lets an agent call functions", {
    docs: guide("agents-action-create"),
    data: "agent_id",
    attributes: {
      "action_group_executor.lambda": handed("what the agent found out is handed to the function"),
      "api_schema.s3.s3_bucket_name": receives("the description of the functions comes from there"),
      "api_schema.payload": harmless(
        "describes what the function takes; the agent calls the function, no address in it",
      ),
      function_schema: harmless("describes what the function takes"),
    },
  }),
  aws_bedrockagent_agent_alias: moves("a name for a version of an agent", {
    docs: guide("deploy-agent"),
    data: "agent_id",
    attributes: { "routing_configuration.provisioned_throughput": model },
  }),
  aws_bedrockagent_agent_collaborator: moves("lets an agent ask another", {
    docs: guide("agents-multi-agent-collaboration"),
    data: "agent_id",
    attributes: { "agent_descriptor.alias_arn": handed("the conversation is handed to that agent") },
  }),
  aws_bedrockagent_agent_knowledge_base_association: inert(
    "lets an agent search a knowledge base",
    resourcePage("bedrockagent_agent_knowledge_base_association"),
    { knowledge_base_id: receives("what is found comes from there") },
  ),

  aws_bedrockagent_knowledge_base: holds("documents as vectors, for searching", {
    docs: guide("knowledge-base-setup"),
    attributes: {
      role_arn: uses("the role that reads and writes"),
      [`${vectors}.embedding_model_arn`]: model,
      [`${vectors}.supplemental_data_storage_configuration.storage_location.s3_location.uri`]: document(
        s3Uri("bedrock.knowledge-base"),
      ),
      [`${store}.opensearch_serverless_configuration.collection_arn`]: sends("bedrock.knowledge-base", "arn", {
        why: "documents are kept there",
      }),
      [`${store}.rds_configuration.resource_arn`]: sends("bedrock.knowledge-base", "arn", {
        why: "documents are kept there",
      }),
      [`${store}.rds_configuration.credentials_secret_arn`]: uses("the database's password"),
      [`${store}.pinecone_configuration.connection_string`]: sends("bedrock.knowledge-base", "url", {
        why: "documents are kept at Pinecone",
      }),
      [`${store}.pinecone_configuration.credentials_secret_arn`]: uses("the key for Pinecone"),
      [`${store}.redis_enterprise_cloud_configuration.endpoint`]: sends("bedrock.knowledge-base", "host", {
        why: "documents are kept at Redis",
      }),
      [`${store}.redis_enterprise_cloud_configuration.credentials_secret_arn`]: uses("the password for Redis"),
    },
  }),
  aws_bedrockagent_data_source: moves("brings documents into a knowledge base", {
    docs: guide("data-source-connectors"),
    data: "knowledge_base_id",
    attributes: {
      data_deletion_policy: harmless("whether documents are deleted with the source"),
      [`${source}.confluence_configuration`]: receives("documents come from there"),
      [`${source}.s3_configuration`]: receives("documents come from there"),
      [`${source}.salesforce_configuration`]: receives("documents come from there"),
      [`${source}.share_point_configuration`]: receives("documents come from there"),
      [`${source}.web_configuration`]: receives("documents come from there"),
      "server_side_encryption_configuration.kms_key_arn": uses("the key that encrypts documents on their way"),
      [`${ingestion}.custom_transformation_configuration.intermediate_storage.s3_location.uri`]: document(
        s3Uri("bedrock.ingestion"),
      ),
      [`${ingestion}.custom_transformation_configuration.transformation.transformation_function.transformation_lambda_configuration.lambda_arn`]:
        handed("documents are handed to the function"),
      [`${ingestion}.parsing_configuration.bedrock_foundation_model_configuration.model_arn`]: model,
      [`${ingestion}.parsing_configuration.bedrock_foundation_model_configuration.parsing_prompt`]:
        harmless("a prompt in words"),
    },
  }),

  aws_bedrockagent_flow: moves("passes data through models, functions and buckets", {
    docs: guide("flows-nodes"),
    attributes: {
      ...key,
      execution_role_arn: uses("the role that it acts with"),
      "definition.connection": harmless("which node follows which"),
      [`${node}.agent.agent_alias_arn`]: handed("data are handed to the agent"),
      [`${node}.lambda_function.lambda_arn`]: handed("data are handed to the function"),
      [`${node}.lex.bot_alias_arn`]: handed("data are handed to the bot"),
      [`${node}.inline_code.code`]: harmless("a program without network (Flows, inline code node)"),
      [`${node}.condition`]: harmless("which way data take"),
      [`${node}.knowledge_base.knowledge_base_id`]: receives("what is found comes from there"),
      [`${node}.knowledge_base.model_id`]: model,
      ...guardrail(`${node}.knowledge_base.guardrail_configuration`),
      ...guardrail(`${node}.prompt.guardrail_configuration`),
      [`${node}.prompt.source_configuration.inline.model_id`]: model,
      [`${node}.prompt.source_configuration.inline.template_configuration`]: harmless("a prompt in words"),
      [`${node}.prompt.source_configuration.inline.additional_model_request_fields`]: harmless("settings of the model"),
      [`${node}.prompt.source_configuration.resource.prompt_arn`]: handed(
        "data are put into the prompt, which names a model",
      ),
      [`${node}.retrieval.service_configuration.s3.bucket_name`]: receives("data come from there"),
      [`${node}.storage.service_configuration.s3.bucket_name`]: sends("bedrock.flow", "bucket"),
    },
  }),
  aws_bedrockagent_prompt: moves("a prompt with the model that answers it", {
    docs: guide("prompt-management"),
    attributes: {
      ...key,
      "variant.model_id": model,
      "variant.gen_ai_resource.agent.agent_identifier": sends("bedrock.agent", "arn", {
        when: isArn("variant.gen_ai_resource.agent.agent_identifier"),
        why: "data are handed to the agent",
      }),
      "variant.template_configuration": harmless("a prompt in words"),
      "variant.additional_model_request_fields": harmless("settings of the model"),
      "variant.metadata": harmless("words about the variant"),
    },
  }),
  "action.aws_bedrockagent_agent_prepare": inert(
    "makes a draft of an agent ready",
    actionPage("bedrockagent_agent_prepare"),
  ),
});
