/** Switches for traffic and checks of readiness: names and states, no payload. */
import { service, uses } from "../flows/vocabulary";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

// "Clusters … endpoints in five AWS Regions", "control plane … in us-west-2" (Amazon Application Recovery Controller
// Developer Guide, "Data and control planes").
const setting = worldwide(
  "recovery controls keep names and on-off states in us-west-2 and in five Regions worldwide; they hold no payload",
);
const controlPanel = { control_panel_arn: uses("the panel it belongs to") };

export default service("Amazon Application Recovery Controller", {
  aws_route53recoverycontrolconfig_cluster: setting(
    "endpoints for switching traffic",
    resourcePage("route53recoverycontrolconfig_cluster"),
  ),
  aws_route53recoverycontrolconfig_control_panel: setting(
    "a group of switches",
    resourcePage("route53recoverycontrolconfig_control_panel"),
    { cluster_arn: uses("the cluster it belongs to") },
  ),
  aws_route53recoverycontrolconfig_routing_control: setting(
    "a switch that health checks follow",
    resourcePage("route53recoverycontrolconfig_routing_control"),
    { cluster_arn: uses("the cluster it belongs to"), ...controlPanel },
  ),
  aws_route53recoverycontrolconfig_safety_rule: setting(
    "which switches may be off together",
    resourcePage("route53recoverycontrolconfig_safety_rule"),
    { ...controlPanel, target_controls: uses("the switches it is about") },
  ),
  aws_route53recoveryreadiness_cell: setting("a part of an application", resourcePage("route53recoveryreadiness_cell")),
  aws_route53recoveryreadiness_readiness_check: setting(
    "compares quotas and settings of resources",
    resourcePage("route53recoveryreadiness_readiness_check"),
  ),
  aws_route53recoveryreadiness_recovery_group: setting(
    "an application as a whole",
    resourcePage("route53recoveryreadiness_recovery_group"),
  ),
  aws_route53recoveryreadiness_resource_set: setting(
    "resources that are compared with each other",
    resourcePage("route53recoveryreadiness_resource_set"),
    { resources: uses("the resources that are compared") },
  ),
});
