import type { Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import type { Context } from "../flows/context";
import { type Finding, harmless, inert, moves, sends, service, uses } from "../flows/vocabulary";
import { runbookInput } from "./documents/runbook-input";
import { resourcePage } from "./pages";

/** `aws:ssm:start-automation-execution` starts a runbook with parameters that are a JSON text (FIS actions reference). */
function* startedRunbooks(template: Resource, context: Context): Generator<Finding> {
  for (const { value, at, within } of find(template.values, "action.parameter.value")) {
    if (!isUnknown(within.key ?? null) && within.key !== "documentParameters") continue;
    for (const part of runbookInput("ssm.automation")(value, template, context)) {
      yield { finding: "role", attribute: `${at}${part.at}`, value: part.value, role: part.role };
    }
  }
}

export default service("AWS Fault Injection Service", {
  // Actions stop, throttle or cut off resources; what documents they run on instances do, the instances' network bounds.
  aws_fis_experiment_template: moves("disturbs resources on purpose and writes what happened", {
    docs: "https://docs.aws.amazon.com/fis/latest/userguide/monitoring-logging.html",
    attributes: {
      role_arn: uses("the role that disturbs"),
      action: uses("what is done to the targets"),
      "target.resource_arns": uses("what is disturbed"),
      "stop_condition.value": uses("the alarm that ends it"),
      "log_configuration.cloudwatch_logs_configuration.log_group_arn": sends("fis.logs", "arn"),
      "log_configuration.s3_configuration.bucket_name": sends("fis.logs", "bucket"),
      "experiment_report_configuration.outputs.s3_configuration.bucket_name": sends("fis.report", "bucket"),
      "experiment_report_configuration.data_sources.cloudwatch_dashboard.dashboard_arn": uses(
        "a dashboard that is shown in the report",
      ),
      "experiment_options.account_targeting": harmless("whether targets are in one account or several"),
    },
    also: startedRunbooks,
  }),
  aws_fis_target_account_configuration: inert(
    "an account whose resources may be disturbed",
    resourcePage("fis_target_account_configuration"),
    {
      account_id: uses("the account whose resources are disturbed"),
      role_arn: uses("the role that disturbs there"),
    },
  ),
});
