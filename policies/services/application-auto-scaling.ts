import { harmless, inert, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const metrics = harmless("which metrics decide");
const scaled = harmless("what is made larger or smaller");

export default service("Application Auto Scaling", {
  aws_appautoscaling_target: inert("between which sizes something is scaled", resourcePage("appautoscaling_target"), {
    resource_id: scaled,
    scalable_dimension: scaled,
    role_arn: uses("the role that changes the size"),
  }),
  aws_appautoscaling_policy: inert("when something is scaled", resourcePage("appautoscaling_policy"), {
    resource_id: scaled,
    predictive_scaling_policy_configuration: metrics,
    step_scaling_policy_configuration: metrics,
    target_tracking_scaling_policy_configuration: metrics,
  }),
  aws_appautoscaling_scheduled_action: inert(
    "when something is scaled",
    resourcePage("appautoscaling_scheduled_action"),
    {
      resource_id: scaled,
      scalable_target_action: harmless("between which sizes"),
      timezone: harmless("the time zone of the clock"),
    },
  ),
});
