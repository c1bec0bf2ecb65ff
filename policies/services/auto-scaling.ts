import { at, harmless, inert, moves, receives, sends, service, stands, uses } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/autoscaling/ec2/userguide/${page}.html`;

const group = uses("the group");
const balancer = uses("the load balancer that connects to the instances");
/** Messages on launches and terminations: names of instances, and whatever text the hook adds. */
const notified = (path: string) => sends("autoscaling.notification", "arn", { when: at(path).isSet() });

export default service("Amazon EC2 Auto Scaling", {
  aws_autoscaling_group: moves("runs as many instances of a kind as are wanted", {
    docs: guide("auto-scaling-groups"),
    attributes: {
      ...read("vpc_zone_identifier", "launch_template", "launch_configuration", "mixed_instances_policy"),
      availability_zones: stands("zone"),
      "initial_lifecycle_hook.notification_target_arn": notified("initial_lifecycle_hook.notification_target_arn"),
      "initial_lifecycle_hook.role_arn": uses("the role that publishes"),
      service_linked_role_arn: uses("the role that launches the instances"),
      load_balancers: balancer,
      target_group_arns: balancer,
      traffic_source: balancer,
      placement_group: harmless("how close instances stand together within the region"),
      capacity_reservation_specification: uses("capacity that is kept for the instances"),
      termination_policies: harmless("which instances go first"),
      "warm_pool.instance_reuse_policy": harmless("whether stopped instances are used again"),
    },
  }),
  aws_autoscaling_group_tag: inert("a tag: metadata", resourcePage("autoscaling_group_tag"), {
    autoscaling_group_name: group,
  }),
  aws_autoscaling_attachment: inert(
    "puts a group's instances behind a load balancer",
    guide("attach-load-balancer-asg"),
    {
      autoscaling_group_name: group,
      elb: balancer,
      lb_target_group_arn: balancer,
    },
  ),
  aws_autoscaling_traffic_source_attachment: inert(
    "puts a group's instances behind a load balancer",
    guide("attach-load-balancer-asg"),
    {
      autoscaling_group_name: group,
      traffic_source: balancer,
    },
  ),
  aws_autoscaling_lifecycle_hook: moves("announces launches and terminations", {
    docs: guide("lifecycle-hooks"),
    data: "autoscaling_group_name",
    attributes: {
      autoscaling_group_name: group,
      notification_target_arn: notified("notification_target_arn"),
      role_arn: uses("the role that publishes"),
      notification_metadata: harmless("a text that goes with the message; where it goes, notification_target_arn says"),
    },
  }),
  aws_autoscaling_notification: moves("announces launches and terminations", {
    docs: guide("ec2-auto-scaling-sns-notifications"),
    attributes: { topic_arn: sends("autoscaling.notification", "arn"), group_names: group },
  }),
  aws_autoscaling_policy: inert("how many instances are wanted", guide("as-scale-based-on-demand"), {
    autoscaling_group_name: group,
    target_tracking_configuration: receives("figures that the number follows"),
    predictive_scaling_configuration: receives("figures that the number follows"),
  }),
  aws_autoscaling_schedule: inert("how many instances are wanted when", guide("ec2-auto-scaling-scheduled-scaling"), {
    autoscaling_group_name: group,
    time_zone: harmless("a time zone"),
  }),
  aws_autoscalingplans_scaling_plan: inert(
    "how many instances are wanted",
    "https://docs.aws.amazon.com/autoscaling/plans/userguide/what-is-a-scaling-plan.html",
    {
      application_source: uses("what is scaled"),
      scaling_instruction: receives("figures that the number follows"),
    },
  ),
  ...lookups({ autoscaling_group: "a group of instances", autoscaling_groups: "groups of instances" }),
});
