import { document, type Entry, harmless, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { pipelineAction, pipelineRule } from "./documents/pipeline-action";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/codepipeline/latest/userguide/${page}.html`;

/** With a role of another account the action acts there, on the artifacts it is given. */
const actsAs = sends("codepipeline.action-role", "arn");
const actsIn = sends("codepipeline.action-region", "region");

const condition = (block: string): Entry["attributes"] => ({
  [`${block}.condition.rule`]: document(pipelineRule),
  [`${block}.condition.rule.region`]: actsIn,
  [`${block}.condition.rule.role_arn`]: actsAs,
});

export default service("AWS CodePipeline", {
  aws_codepipeline: moves("takes source through builds, tests and deployments", {
    docs: guide("reference-pipeline-structure"),
    attributes: {
      "artifact_store.location": sends("codepipeline.artifacts", "bucket", { region: "artifact_store.region" }),
      "artifact_store.region": sends("codepipeline.artifacts", "region"),
      "artifact_store.encryption_key.id": uses("the key that encrypts artifacts"),
      role_arn: uses("the role that actions are called with"),
      "stage.action": document(pipelineAction),
      "stage.action.region": actsIn,
      "stage.action.role_arn": actsAs,
      ...condition("stage.before_entry"),
      ...condition("stage.on_success"),
      ...condition("stage.on_failure"),
      trigger: receives("events come from the source"),
      variable: harmless("names that actions are configured with"),
    },
  }),
  aws_codepipeline_webhook: moves("lets a source's provider start a pipeline", {
    docs: guide("appendix-github-oauth"),
    data: "target_pipeline",
    attributes: {
      target_action: uses("the action that fetches the source"),
      target_pipeline: uses("the pipeline"),
      "authentication_configuration.allowed_ip_range": harmless("from where the pipeline may be started"),
      "filter.json_path": harmless("which events start it"),
    },
  }),
  // The worker that does such an action asks for it with credentials of the account.
  aws_codepipeline_custom_action_type: inert(
    "an action that a worker of the owner's does",
    resourcePage("codepipeline_custom_action_type"),
    {
      settings: harmless("links for people"),
      configuration_property: harmless("names of settings"),
    },
  ),
});
