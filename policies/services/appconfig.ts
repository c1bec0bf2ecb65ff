import { at, document, harmless, holds, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { arnValue } from "./documents/arn-values";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/appconfig/latest/userguide/${page}.html`;

export default service("AWS AppConfig", {
  aws_appconfig_application: inert("a name for configurations", resourcePage("appconfig_application")),
  aws_appconfig_configuration_profile: holds("says where a configuration is kept and how it is checked", {
    docs: guide("appconfig-creating-configuration-profile"),
    attributes: {
      location_uri: receives("the configuration is read from there"),
      retrieval_role_arn: uses("the role that reads it"),
      kms_key_identifier: uses("the key that encrypts it"),
      "validator.content": sends("appconfig.validator", "arn", { when: at("validator.type").is("LAMBDA") }),
    },
  }),
  aws_appconfig_hosted_configuration_version: holds("keeps a configuration", {
    docs: guide("appconfig-creating-configuration-and-profile"),
    attributes: { content: harmless("the configuration itself; what reads it is bounded by its own network") },
  }),
  aws_appconfig_environment: inert(
    "a group of machines that get a configuration",
    resourcePage("appconfig_environment"),
    {
      "monitor.alarm_arn": uses("the alarm that undoes a deployment"),
      "monitor.alarm_role_arn": uses("the role that reads the alarm"),
    },
  ),
  aws_appconfig_deployment: inert("gives machines a configuration", resourcePage("appconfig_deployment"), {
    kms_key_identifier: uses("the key that encrypts it"),
  }),
  aws_appconfig_deployment_strategy: inert(
    "how fast a deployment goes",
    resourcePage("appconfig_deployment_strategy"),
    {
      replicate_to: harmless("whether the strategy is kept as a document of Systems Manager"),
    },
  ),
  aws_appconfig_extension: moves(
    "calls a function, queue, topic or bus at steps of a deployment, with the configuration",
    {
      docs: guide("working-with-appconfig-extensions-about"),
      attributes: {
        "action_point.action.uri": sends("appconfig.extension", "arn"),
        "action_point.action.role_arn": uses("the role that makes the call"),
        parameter: harmless("names of parameters"),
      },
    },
  ),
  aws_appconfig_extension_association: moves("calls an extension for an application, environment or profile", {
    docs: guide("working-with-appconfig-extensions-about-predefined"),
    data: "resource_arn",
    attributes: {
      extension_arn: sends("appconfig.extension", "arn"),
      resource_arn: uses("what the extension is called for"),
      // AWS's own extension that backs configurations up names its bucket so.
      "parameters.S3_BUCKET": sends("appconfig.extension", "bucket"),
      "parameters.*": document(arnValue("appconfig.extension")),
    },
  }),
  ...lookups({
    appconfig_application: "an application by name",
    appconfig_configuration_profile: "a profile",
    appconfig_configuration_profiles: "the profiles of an application",
    appconfig_environment: "an environment",
    appconfig_environments: "the environments of an application",
  }),
});
