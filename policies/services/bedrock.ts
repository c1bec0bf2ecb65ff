import {
  document,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { modelReference } from "./documents/model-reference";
import { s3Uri } from "./documents/s3-uri";
import { sentToItsRegion } from "./nature";
import { ephemeralPage, isArn, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/bedrock/latest/userguide/${page}.html`;

/** Training is AWS's own code, which only reads and writes the buckets that are named. */
const jobs: InterfaceRule = {
  subnets: "vpc_config.subnet_ids",
  groups: "vpc_config.security_group_ids",
  publicIpv4: "never",
  initiates: false,
  without: "nothing",
};

export default service("Amazon Bedrock", {
  aws_bedrock_inference_profile: moves("hands prompts on to a model, or to one of several Regions", {
    docs: guide("inference-profiles-support"),
    attributes: { "model_source.copy_from": document(modelReference) },
  }),
  // Guardrails with a profile look at prompts in whichever of its Regions is free.
  aws_bedrock_guardrail: moves("looks at prompts and answers for what it forbids", {
    docs: guide("guardrails-cross-region-support"),
    attributes: {
      "cross_region_config.guardrail_profile_identifier": document(modelReference),
      kms_key_arn: uses("the key that encrypts the rules"),
      topic_policy_config: harmless("what is forbidden, in words"),
      sensitive_information_policy_config: harmless("patterns of what is forbidden"),
      word_policy_config: harmless("words that are forbidden"),
    },
  }),
  aws_bedrock_guardrail_version: inert("a version of a guardrail", resourcePage("bedrock_guardrail_version"), {
    guardrail_arn: uses("the guardrail"),
  }),
  aws_bedrock_model_invocation_logging_configuration: moves("writes every prompt and answer of the Region", {
    docs: guide("model-invocation-logging"),
    attributes: {
      "logging_config.s3_config.bucket_name": sends("bedrock.invocation-log", "bucket"),
      "logging_config.cloudwatch_config.large_data_delivery_s3_config.bucket_name": sends(
        "bedrock.invocation-log",
        "bucket",
      ),
      "logging_config.cloudwatch_config.log_group_name": uses("a log group of the same account and Region"),
      "logging_config.cloudwatch_config.role_arn": uses("the role that writes the log"),
    },
  }),
  aws_bedrock_provisioned_model_throughput: moves("keeps a model ready for prompts", {
    docs: guide("prov-throughput"),
    attributes: { model_arn: document(modelReference) },
  }),
  aws_bedrock_custom_model: holds("a model made from the owner's data", {
    docs: guide("model-customization-prepare"),
    attributes: {
      base_model_identifier: receives("the model that it is made from"),
      role_arn: uses("the role that reads and writes"),
      custom_model_kms_key_id: uses("the key that encrypts the model"),
      "training_data_config.s3_uri": receives("data for training come from there"),
      "validation_data_config.validator.s3_uri": receives("data for validation come from there"),
      "output_data_config.s3_uri": document(s3Uri("bedrock.training-output")),
      hyperparameters: harmless("numbers of the training"),
      "vpc_config.subnet_ids": network,
      "vpc_config.security_group_ids": network,
    },
    interfaces: [jobs],
  }),
  "ephemeral.aws_bedrockruntime_apply_guardrail": moves("has a text checked when Terraform runs", {
    docs: ephemeralPage("bedrockruntime_apply_guardrail"),
    attributes: {
      guardrail_identifier: sends("bedrock.guardrail", "arn", { when: isArn("guardrail_identifier") }),
      content: harmless("the text that is checked"),
    },
    also: sentToItsRegion("bedrock.guardrail", "the text is checked there"),
  }),
});
