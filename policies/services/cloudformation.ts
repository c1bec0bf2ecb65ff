import { attribute, type Resource } from "../configuration/resource";
import { type Finding, harmless, moves, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { templateProblem } from "./documents/template";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/${page}.html`;

/** What a template deploys stands in the stack's account and Region; most of it is not modelled in that form. */
function* template(resource: Resource): Generator<Finding> {
  const body = attribute(resource, "template_body");
  const why = body === null ? "the template's resources are not in this configuration" : templateProblem(body);
  if (why !== undefined) {
    yield { finding: "undecided", attribute: body === null ? "template_url" : "template_body", why };
  }
}

const text = {
  template_body: harmless("judged as a whole, see documents/template.ts"),
  template_url: receives("the template is read from there"),
  parameters: harmless("text that the template is given"),
};
const target = "deployment_targets";
const places = {
  [`${target}.accounts`]: shares("cloudformation.stack-instance", "account"),
  [`${target}.accounts_url`]: receives("the list of accounts is read from there"),
  [`${target}.account_filter_type`]: harmless("how the lists of accounts and units are put together"),
  [`${target}.organizational_unit_ids`]: harmless("units of the owner's organization"),
  parameter_overrides: harmless("text that the template is given"),
  "operation_preferences.region_order": harmless("in which order Regions have their turn"),
};

export default service("AWS CloudFormation", {
  aws_cloudformation_stack: moves("deploys the resources of a template", {
    docs: guide("stacks"),
    attributes: {
      ...text,
      notification_arns: sends("cloudformation.notification", "arn"),
      iam_role_arn: uses("the role that deploys"),
      policy_body: harmless("which resources updates may touch"),
      policy_url: receives("which resources updates may touch"),
    },
    also: template,
  }),
  aws_cloudformation_stack_set: moves("a template that is deployed into several accounts and Regions", {
    docs: guide("what-is-cfnstacksets"),
    attributes: {
      ...text,
      administration_role_arn: uses("the role that deploys"),
      execution_role_name: uses("the role that deploys in each account"),
      auto_deployment: harmless("whether accounts that join a unit get the stack"),
      "operation_preferences.region_order": harmless("in which order Regions have their turn"),
    },
    also: template,
  }),
  // In this type `region` is where the stack is deployed, an older name of stack_set_instance_region.
  aws_cloudformation_stack_set_instance: moves("deploys a stack set into an account and Region", {
    docs: guide("stackinstances-create"),
    data: "stack_set_name",
    attributes: {
      ...places,
      region: sends("cloudformation.stack-instance", "region"),
      stack_set_instance_region: sends("cloudformation.stack-instance", "region"),
      account_id: shares("cloudformation.stack-instance", "account"),
    },
  }),
  aws_cloudformation_stack_instances: moves("deploys a stack set into accounts and Regions", {
    docs: guide("stackinstances-create"),
    data: "stack_set_name",
    attributes: {
      ...places,
      regions: sends("cloudformation.stack-instance", "region"),
      accounts: shares("cloudformation.stack-instance", "account"),
    },
  }),
  aws_cloudformation_type: moves("registers a kind of resource whose code the service runs", {
    docs: "https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-types.html",
    attributes: {
      schema_handler_package: receives("code comes from there"),
      execution_role_arn: uses("the role that the code acts with"),
      "logging_config.log_group_name": harmless("a log group of the same account and Region"),
      "logging_config.log_role_arn": uses("the role that writes logs"),
    },
    *also() {
      yield {
        finding: "undecided",
        attribute: "schema_handler_package",
        why: "the code runs in a network of the service's own; what it does is not in this configuration",
      };
    },
  }),
  ...lookups({
    cloudformation_export: "a value that a stack exports",
    cloudformation_stack: "a stack by name",
    cloudformation_type: "a registered kind of resource",
  }),
});
