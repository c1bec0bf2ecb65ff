import {
  document,
  grants,
  harmless,
  holds,
  inert,
  moves,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { parameterBlock } from "./documents/arn-values";
import { conformanceTemplate } from "./documents/conformance-template";
import { isArn, resourcePage } from "./pages";

const scope = harmless("which resources are looked at");
const otherAccounts = harmless("accounts of the organization that are left out");

export default service("AWS Config", {
  aws_config_configuration_recorder: holds("records the configuration of resources in its Region", {
    docs: "https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html",
    attributes: {
      role_arn: uses("the role that reads configurations"),
      recording_group: harmless("which types are recorded"),
      recording_mode: harmless("how often"),
    },
  }),
  aws_config_configuration_recorder_status: inert(
    "starts and stops a recorder",
    resourcePage("config_configuration_recorder_status"),
  ),
  aws_config_retention_configuration: inert("how long items are kept", resourcePage("config_retention_configuration")),

  aws_config_delivery_channel: moves("delivers configuration histories and changes", {
    docs: "https://docs.aws.amazon.com/config/latest/developerguide/manage-delivery-channel.html",
    attributes: {
      s3_bucket_name: sends("config.delivery", "bucket"),
      s3_key_prefix: harmless("the beginning of object names"),
      s3_kms_key_arn: uses("the key that encrypts what is delivered"),
      sns_topic_arn: sends("config.notification", "arn"),
    },
  }),

  // Account and Region name one aggregator; it is outside as soon as either is.
  aws_config_aggregate_authorization: grants(
    "lets an aggregator in an account and Region copy the configuration of this Region",
    {
      docs: "https://docs.aws.amazon.com/config/latest/developerguide/authorize-aggregator-account-console.html",
      attributes: {
        account_id: shares("config.aggregation", "account"),
        authorized_aws_region: shares("config.aggregation", "region"),
        // In this type `region` is the older name of authorized_aws_region, not the Region that the resource stands in.
        region: shares("config.aggregation", "region"),
      },
    },
  ),

  aws_config_configuration_aggregator: holds("collects configuration from accounts and Regions", {
    docs: "https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html",
    attributes: {
      "account_aggregation_source.account_ids": receives("configuration comes from these accounts"),
      "account_aggregation_source.regions": receives("configuration comes from these Regions"),
      "organization_aggregation_source.regions": receives("configuration comes from these Regions"),
      "organization_aggregation_source.role_arn": uses("the role that lists the organization's accounts"),
    },
  }),

  // A custom rule hands the recorded configuration to its function.
  aws_config_config_rule: moves("evaluates recorded configurations", {
    docs: "https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html",
    attributes: {
      "source.source_identifier": sends("config.custom-rule", "arn", { when: isArn("source.source_identifier") }),
      "source.owner": harmless("whether the rule is AWS's own, a function or a policy"),
      "source.custom_policy_details": harmless("a policy in Guard's language"),
      "source.source_detail": harmless("what sets off an evaluation"),
      scope,
      input_parameters: harmless("values that the rule compares with"),
    },
  }),
  aws_config_organization_custom_rule: moves("evaluates recorded configurations in all accounts of the organization", {
    docs: "https://docs.aws.amazon.com/config/latest/developerguide/config-rule-multi-account-deployment.html",
    attributes: {
      lambda_function_arn: sends("config.custom-rule", "arn"),
      excluded_accounts: otherAccounts,
      resource_id_scope: scope,
      input_parameters: harmless("values that the rule compares with"),
    },
  }),
  aws_config_organization_custom_policy_rule: inert(
    "evaluates recorded configurations where they are",
    resourcePage("config_organization_custom_policy_rule"),
    {
      debug_log_delivery_accounts: harmless("in which accounts the rule writes debug logs, each into its own"),
      excluded_accounts: otherAccounts,
      resource_id_scope: scope,
      input_parameters: harmless("values that the rule compares with"),
      policy_text: harmless("a policy in Guard's language"),
    },
  ),
  aws_config_organization_managed_rule: inert(
    "evaluates recorded configurations by a rule of AWS's, where they are",
    resourcePage("config_organization_managed_rule"),
    {
      excluded_accounts: otherAccounts,
      resource_id_scope: scope,
      input_parameters: harmless("values that the rule compares with"),
    },
  ),

  aws_config_conformance_pack: moves("deploys rules and remediations from a template", {
    docs: "https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html",
    attributes: {
      delivery_s3_bucket: sends("config.conformance-pack", "bucket"),
      delivery_s3_key_prefix: harmless("the beginning of object names"),
      template_body: document(conformanceTemplate("template_body")),
      template_s3_uri: document(conformanceTemplate("template_s3_uri")),
      input_parameter: document(parameterBlock("config.conformance-pack", "parameter_name", ["parameter_value"])),
    },
  }),
  aws_config_organization_conformance_pack: moves(
    "deploys rules and remediations in all accounts of the organization",
    {
      docs: "https://docs.aws.amazon.com/config/latest/developerguide/conformance-pack-organization-apis.html",
      attributes: {
        delivery_s3_bucket: sends("config.conformance-pack", "bucket"),
        delivery_s3_key_prefix: harmless("the beginning of object names"),
        template_body: document(conformanceTemplate("template_body")),
        template_s3_uri: document(conformanceTemplate("template_s3_uri")),
        excluded_accounts: otherAccounts,
        input_parameter: document(parameterBlock("config.conformance-pack", "parameter_name", ["parameter_value"])),
      },
    },
  ),
  aws_config_remediation_configuration: moves("runs an automation on what a rule found", {
    docs: "https://docs.aws.amazon.com/config/latest/developerguide/remediation.html",
    attributes: {
      target_id: receives(
        "the automation's steps come from there; what they may do is bounded by the role they run with",
      ),
      // A parameter may also be the id of the resource that was found, which comes from there.
      parameter: document(parameterBlock("config.remediation", "name", ["static_value", "static_values"])),
    },
  }),
});
