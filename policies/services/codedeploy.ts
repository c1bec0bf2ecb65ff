import { find } from "../configuration/value";
import { harmless, inert, moves, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const onPremises = "on_premises_instance_tag_filter";

export default service("AWS CodeDeploy", {
  aws_codedeploy_app: inert("a name for what is deployed", resourcePage("codedeploy_app")),
  aws_codedeploy_deployment_config: inert("how fast a deployment goes", resourcePage("codedeploy_deployment_config")),
  aws_codedeploy_deployment_group: moves("puts revisions of an application onto machines, functions or tasks", {
    docs: "https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-on-premises.html",
    attributes: {
      "trigger_configuration.trigger_target_arn": sends("codedeploy.notification", "arn"),
      service_role_arn: uses("the role that makes deployments"),
      autoscaling_groups: uses("the machines, where they are judged"),
      ec2_tag_filter: uses("the machines, by tags"),
      ec2_tag_set: uses("the machines, by tags"),
      [onPremises]: harmless("reported as a whole"),
      load_balancer_info: uses("how requests are held off during a deployment"),
      ecs_service: uses("the tasks"),
      alarm_configuration: uses("alarms that stop a deployment"),
    },
    *also(resource) {
      if (find(resource.values, onPremises).length === 0) return;
      yield {
        finding: "undecided",
        attribute: onPremises,
        why: "revisions go to machines outside AWS; where they stand, tags do not tell",
      };
    },
  }),
});
