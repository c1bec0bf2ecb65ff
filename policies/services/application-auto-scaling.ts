import { at, harmless, inert, moves, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const metrics = harmless("which metrics decide");
// A policy and a schedule are about a target, which says where it is.
const scaled = harmless("what is made larger or smaller");

export default service("Application Auto Scaling", {
  aws_appautoscaling_target: moves("says between which sizes something is scaled, and tells it", {
    docs: "https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-custom.html",
    attributes: {
      // Of a custom resource it is the URL of an endpoint; of all others the name of something in the same Region.
      resource_id: sends("application-autoscaling.custom-resource", "url", {
        when: at("service_namespace").is("custom-resource"),
        why: "a custom resource is asked for its size, and told it, at that endpoint",
      }),
      scalable_dimension: scaled,
      role_arn: uses("the role that changes the size"),
    },
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
