import { find } from "../configuration/value";
import { document, holds, inert, moves, sends, service, uses } from "../flows/vocabulary";
import { beneath } from "./documents/run-task";
import { statesLanguage, taskInterfaces } from "./documents/states-language";
import { actionPage, lookups, resourcePage } from "./pages";

const key = uses("the key that encrypts what is kept of executions");

export default service("AWS Step Functions", {
  aws_sfn_state_machine: moves("calls functions, services and HTTPS addresses with the data it is given", {
    docs: "https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html",
    attributes: {
      definition: document(statesLanguage),
      role_arn: uses("the role that makes the calls"),
      "encryption_configuration.kms_key_id": key,
      "logging_configuration.log_destination": sends("states.logs", "arn"),
    },
    described: function* (machine) {
      for (const { value, at } of find(machine.values, "definition")) {
        for (const one of taskInterfaces(value)) yield beneath(one, at);
      }
    },
  }),

  aws_sfn_activity: holds("keeps tasks until a worker with permission asks for them", {
    docs: "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html",
    attributes: { "encryption_configuration.kms_key_id": key },
  }),

  aws_sfn_alias: inert("a name for versions of a state machine", resourcePage("sfn_alias"), {
    "routing_configuration.state_machine_version_arn": uses("the version that is run"),
  }),

  "action.aws_sfn_start_execution": moves("starts a state machine when Terraform applies", {
    docs: actionPage("sfn_start_execution"),
    attributes: { state_machine_arn: sends("states.start-execution", "arn") },
  }),

  ...lookups({
    sfn_activity: "an activity by name",
    sfn_alias: "an alias of a state machine",
    sfn_state_machine: "a state machine by name",
    sfn_state_machine_versions: "the versions of a state machine",
  }),
});
