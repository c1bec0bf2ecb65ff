import type { Resource } from "../configuration/resource";
import { find } from "../configuration/value";
import { at, type Condition, type Finding, harmless, inert, moves, sends, service, uses } from "../flows/vocabulary";
import { json } from "./documents/json";
import { launchType } from "./documents/launch-type";
import { runTask } from "./documents/run-task";
import { callParts } from "./documents/service-calls";
import { resourcePage } from "./pages";

/** A universal target: any call of AWS's interfaces, with the input as its parameters. */
const UNIVERSAL = /^arn:[^:]+:scheduler:::aws-sdk:([a-zA-Z0-9]+):([a-zA-Z0-9]+)$/;

const ordinaryTarget: Condition = {
  path: "target.arn",
  absent: null,
  test: (value) => !(typeof value === "string" && UNIVERSAL.test(value)),
  text: "target.arn is no universal target",
};

/** "A schedule that is disabled does not invoke its target" (UpdateSchedule, State). */
const running = at("state", "ENABLED").isNot("DISABLED");

function* universalTarget(resource: Resource): Iterable<Finding> {
  for (const { value, at, within } of find(resource.values, "target.arn")) {
    const call = typeof value === "string" ? UNIVERSAL.exec(value) : null;
    if (!call) continue;
    const input = json(within.input ?? null);
    const place = at.replace(/arn$/, "input");
    for (const part of callParts("scheduler.target", call[1], call[2], input, place)) {
      const role = part.role.role === "sends" ? { ...part.role, when: running } : part.role;
      yield { finding: "role", attribute: part.at, value: part.value, role };
    }
  }
}

export default service("Amazon EventBridge Scheduler", {
  aws_scheduler_schedule: moves("calls a target, or any AWS interface, by the clock", {
    docs: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html",
    attributes: {
      "target.arn": sends("scheduler.target", "arn", { when: [ordinaryTarget, running] }),
      "target.input": harmless("text that is sent along; where it goes, the target says, see universalTarget"),
      "target.role_arn": uses("the role that calls the target"),
      "target.dead_letter_config.arn": sends("scheduler.dead-letter", "arn", { when: running }),
      "target.ecs_parameters.task_definition_arn": uses("what is run on the cluster"),
      "target.ecs_parameters.launch_type": launchType,
      "target.ecs_parameters.capacity_provider_strategy": uses("on which of the cluster's machines tasks run"),
      "target.ecs_parameters.network_configuration.subnets": { role: "network" },
      "target.ecs_parameters.network_configuration.security_groups": { role: "network" },
      "target.ecs_parameters.placement_constraints": harmless("on which of the cluster's machines tasks run"),
      "target.eventbridge_parameters": harmless("fields of the event that is sent"),
      "target.sagemaker_pipeline_parameters": harmless("parameters that are sent along"),
      kms_key_arn: uses("the key that encrypts the schedule"),
      group_name: harmless("the group that the schedule is in"),
      schedule_expression_timezone: harmless("the time zone of the clock"),
    },
    interfaces: [
      {
        subnets: "target.ecs_parameters.network_configuration.subnets",
        groups: "target.ecs_parameters.network_configuration.security_groups",
        publicIpv4: { path: "target.ecs_parameters.network_configuration.assign_public_ip", absent: false },
        initiates: true,
        without: "nothing",
      },
    ],
    described: function* (schedule) {
      for (const { value, at, within } of find(schedule.values, "target.arn")) {
        const call = typeof value === "string" ? UNIVERSAL.exec(value) : null;
        if (call && `${call[1]}:${call[2]}`.toLowerCase() === "ecs:runtask")
          yield* runTask(json(within.input ?? null), at.replace(/arn$/, "input"));
      }
    },
    also: universalTarget,
  }),
  aws_scheduler_schedule_group: inert("a group of schedules", resourcePage("scheduler_schedule_group")),
});
