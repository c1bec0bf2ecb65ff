import {
  at,
  document,
  grants,
  harmless,
  holds,
  inert,
  moves,
  opens,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { automationValue, functionName } from "./documents/arn-values";
import { documentPermissions, ssmDocument } from "./documents/ssm-document";
import { actionPage, ephemeralPage, lookups, resourcePage } from "./pages";
import { quickSetup } from "./quick-setup";

const guide = (page: string) => `https://docs.aws.amazon.com/systems-manager/latest/userguide/${page}.html`;
const task = "task_invocation_parameters";
const machines = harmless("which machines are meant");

export default service("AWS Systems Manager", {
  aws_ssm_parameter: holds("keeps a value", {
    docs: guide("systems-manager-parameter-store"),
    attributes: {
      value: harmless("the value itself; what reads it is bounded by its own network"),
      insecure_value: harmless("the value itself; what reads it is bounded by its own network"),
      value_wo: harmless("the value itself; what reads it is bounded by its own network"),
      key_id: uses("the key that encrypts the value"),
      arn: harmless("its own ARN"),
    },
  }),
  aws_ssm_document: moves("steps that machines or the service run", {
    docs: guide("documents"),
    attributes: {
      content: document(ssmDocument),
      permissions: document(documentPermissions),
      target_type: harmless("which resources it is for"),
      "attachments_source.values": receives("files come from there"),
    },
  }),
  aws_ssm_association: moves("runs a document on machines, again and again", {
    docs: guide("state-manager-about"),
    attributes: {
      name: receives("steps come from the document"),
      "output_location.s3_bucket_name": sends("ssm.output", "bucket", { region: "output_location.s3_region" }),
      "output_location.s3_region": sends("ssm.output", "region"),
      "output_location.s3_key_prefix": harmless("the beginning of object names"),
      "parameters.*": document(automationValue("ssm.automation")),
      parameters: harmless("text that the steps are given"),
      targets: machines,
      automation_target_parameter_name: harmless("a name"),
    },
  }),
  aws_ssm_maintenance_window: inert("when tasks are run", resourcePage("ssm_maintenance_window"), {
    allow_unassociated_targets: harmless("whether tasks may name machines themselves"),
  }),
  aws_ssm_maintenance_window_target: inert(
    "on which machines tasks are run",
    resourcePage("ssm_maintenance_window_target"),
    {
      owner_information: harmless("text for people"),
      targets: machines,
    },
  ),
  aws_ssm_maintenance_window_task: moves("runs a document, a function or a state machine", {
    docs: guide("maintenance-windows-register-tasks-options"),
    attributes: {
      // A function may be named with its account; documents have names of other forms.
      task_arn: document(functionName("ssm.maintenance-window")),
      service_role_arn: uses("the role that the task is run with"),
      targets: machines,
      [`${task}.run_command_parameters.output_s3_bucket`]: sends("ssm.output", "bucket"),
      [`${task}.run_command_parameters.output_s3_key_prefix`]: harmless("the beginning of object names"),
      [`${task}.run_command_parameters.notification_config.notification_arn`]: sends("ssm.notification", "arn"),
      [`${task}.run_command_parameters.service_role_arn`]: uses("the role that notifies"),
      [`${task}.run_command_parameters.cloudwatch_config`]: harmless("a log group of the same account and Region"),
      [`${task}.run_command_parameters.parameter`]: harmless("text that the steps are given"),
      [`${task}.automation_parameters.parameter.values`]: document(automationValue("ssm.automation")),
      [`${task}.lambda_parameters`]: harmless("text that the function is given"),
      [`${task}.step_functions_parameters.input`]: harmless("text that the state machine is given"),
    },
  }),
  aws_ssm_resource_data_sync: moves("copies inventories of machines into a bucket", {
    docs: guide("inventory-resource-data-sync"),
    attributes: {
      "s3_destination.bucket_name": sends("ssm.data-sync", "bucket", { region: "s3_destination.region" }),
      "s3_destination.region": sends("ssm.data-sync", "region"),
      "s3_destination.kms_key_arn": uses("the key that encrypts inventories"),
      "s3_destination.prefix": harmless("the beginning of object names"),
    },
  }),
  // Whoever has the code that it makes registers a machine, from anywhere, and gets credentials of the role.
  aws_ssm_activation: grants("lets machines outside AWS act with a role", {
    docs: guide("hybrid-activation-managed-nodes"),
    attributes: {
      iam_role: opens("ssm.hybrid-activation", at("iam_role").isNot(""), {
        why: "a machine anywhere that has the activation code acts with the role",
      }),
    },
  }),
  aws_ssm_service_setting: inert("an account-wide setting", resourcePage("ssm_service_setting"), {
    setting_id: harmless("which setting"),
    setting_value: harmless("what it is set to; none of them names a place that data goes to"),
  }),
  aws_ssm_patch_baseline: inert("which patches are installed", resourcePage("ssm_patch_baseline"), {
    source: receives("patches come from there"),
    approval_rule: harmless("which patches are installed"),
    global_filter: harmless("which patches are installed"),
  }),
  aws_ssm_patch_group: inert("which machines a baseline is for", resourcePage("ssm_patch_group")),
  aws_ssm_default_patch_baseline: inert("which baseline is the default", resourcePage("ssm_default_patch_baseline")),

  aws_ssmquicksetup_configuration_manager: moves("deploys stacks that set up services", {
    docs: "https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_ConfigurationDefinitionInput.html",
    attributes: { configuration_definition: harmless("read as a whole, see quick-setup.ts") },
    also: quickSetup,
  }),

  "ephemeral.aws_ssm_parameter": inert("reads a value; it is not kept", ephemeralPage("ssm_parameter")),
  "action.aws_ssm_send_command": moves("runs a command on machines when Terraform applies", {
    docs: actionPage("ssm_send_command"),
    attributes: {
      output_s3_bucket: sends("ssm.command-output", "bucket", { why: "what the command prints is written there" }),
      document_name: uses("what is run; a document of the configuration is judged itself"),
      parameters: harmless("what the machines run; where they can reach is judged with them"),
      instance_ids: uses("the machines that run it"),
    },
  }),
  ...lookups({
    ssm_document: "a document",
    ssm_instances: "machines",
    ssm_maintenance_windows: "maintenance windows",
    ssm_parameter: "a value",
    ssm_parameters_by_path: "values",
    ssm_patch_baseline: "a baseline",
    ssm_patch_baselines: "baselines",
  }),
});
