/** What the users of a SageMaker domain get: much the same blocks in a domain, a user profile and a space. */
import { document, type Entry, harmless, receives, sends, uses } from "../flows/vocabulary";
import { s3Uri } from "./documents/s3-uri";

const code = receives(
  "images, scripts and code come from there; what they can reach is bounded by the apps' network and role",
);

const apps = (path: string, names: readonly string[]): Entry["attributes"] =>
  Object.fromEntries(names.map((name) => [`${path}.${name}`, code]));

/** Notebooks run jobs on the clusters of whatever account these roles belong to. */
const clusters = (path: string): Entry["attributes"] =>
  Object.fromEntries(
    ["assumable_role_arns", "execution_role_arns"].map((name) => [
      `${path}.jupyter_lab_app_settings.emr_settings.${name}`,
      sends("sagemaker.emr", "arn", { why: "notebooks run jobs in the account that the role belongs to" }),
    ]),
  );

/** The roles of the code that a user or a shared space runs. */
const runs = (path: string): Entry["attributes"] => ({
  [`${path}.execution_role`]: uses("the role that the code acts with"),
  [`${path}.security_groups`]: { role: "network" },
  [`${path}.custom_file_system_config`]: uses("a file system in the domain's VPC"),
  ...clusters(path),
});

/** The settings of users: `default_user_settings` of a domain, `user_settings` of a profile. */
export const userSettings = (path: string): Entry["attributes"] => ({
  ...runs(path),
  ...apps(path, [
    "code_editor_app_settings",
    "jupyter_lab_app_settings",
    "jupyter_server_app_settings",
    "kernel_gateway_app_settings",
    "r_session_app_settings",
    "tensor_board_app_settings",
  ]),
  [`${path}.default_landing_uri`]: harmless("which app opens first"),
  [`${path}.studio_web_portal`]: harmless("whether the portal is shown"),
  [`${path}.canvas_app_settings.workspace_settings.s3_artifact_path`]: document(s3Uri("sagemaker.canvas-artifacts")),
  [`${path}.canvas_app_settings.workspace_settings.s3_kms_key_id`]: uses("the key that encrypts artifacts"),
  [`${path}.canvas_app_settings.model_register_settings.cross_account_model_register_role_arn`]: sends(
    "sagemaker.model-registration",
    "arn",
    { why: "models are registered in the account that the role belongs to" },
  ),
  [`${path}.canvas_app_settings.emr_serverless_settings.execution_role_arn`]: uses("the role that jobs act with"),
  [`${path}.canvas_app_settings.generative_ai_settings.amazon_bedrock_role_arn`]: uses("the role that calls models"),
  [`${path}.canvas_app_settings.time_series_forecasting_settings.amazon_forecast_role_arn`]: uses(
    "the role that makes forecasts",
  ),
  [`${path}.canvas_app_settings.identity_provider_oauth_settings`]: uses(
    "credentials for sources that are imported from",
  ),
  [`${path}.sharing_settings.s3_output_path`]: document(s3Uri("sagemaker.notebook-sharing")),
  [`${path}.sharing_settings.s3_kms_key_id`]: uses("the key that encrypts shared notebooks"),
});

/** The defaults of spaces: `default_space_settings` of a domain. */
export const spaceDefaults = (path: string): Entry["attributes"] => ({
  ...runs(path),
  ...apps(path, ["jupyter_lab_app_settings", "jupyter_server_app_settings", "kernel_gateway_app_settings"]),
});

/** The settings of one space. */
export const spaceSettings = (path: string): Entry["attributes"] => ({
  ...apps(path, [
    "code_editor_app_settings",
    "jupyter_lab_app_settings",
    "jupyter_server_app_settings",
    "kernel_gateway_app_settings",
  ]),
  [`${path}.custom_file_system`]: uses("a file system in the domain's VPC"),
});
