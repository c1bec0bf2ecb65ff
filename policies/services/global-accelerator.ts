import { at, carries, grants, opens, sends, service, shares, uses } from "../flows/vocabulary";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/global-accelerator/latest/dg/${page}.html`;

const KEPT = "Global Accelerator keeps its settings in us-west-2 and at the edge; they hold no payload";
const global = { placement: { global: KEPT } };
const setting = worldwide(KEPT);

const EDGE = "its addresses are announced from edge locations worldwide, and anybody may connect to them";

/** Both kinds of accelerators; enabled is the default (CreateAccelerator). */
const accelerator = {
  docs: guide("introduction-how-it-works"),
  ...global,
  attributes: {
    enabled: opens("globalaccelerator.edge", at("enabled", true).isNot(false), { why: EDGE }),
    "attributes.flow_logs_s3_bucket": sends("globalaccelerator.flow-logs", "bucket", {
      when: at("attributes.flow_logs_enabled", false).is(true),
    }),
    ip_addresses: uses("addresses of the owner's that AWS announces"),
  },
};

const endpoints = {
  docs: guide("about-endpoints"),
  ...global,
  attributes: {
    listener_arn: uses("the accelerator that packets come by"),
    endpoint_group_region: sends("globalaccelerator.endpoint", "region", { why: "connections are led there" }),
    "endpoint_configuration.endpoint_id": sends("globalaccelerator.endpoint", "any", {
      why: "connections are led there",
    }),
    endpoint_configuration: opens("globalaccelerator.edge", at("endpoint_configuration").isSet(), {
      why: "whoever reaches the accelerator, from anywhere on the internet, reaches the endpoint",
    }),
  },
};

export default service("AWS Global Accelerator", {
  aws_globalaccelerator_accelerator: carries("takes connections in at edge locations worldwide", accelerator),
  aws_globalaccelerator_custom_routing_accelerator: carries(
    "takes connections in at edge locations worldwide",
    accelerator,
  ),
  aws_globalaccelerator_endpoint_group: carries("leads an accelerator's connections to endpoints", {
    ...endpoints,
    attributes: {
      ...endpoints.attributes,
      "endpoint_configuration.attachment_arn": uses("another account's consent to lead connections to its endpoint"),
    },
  }),
  aws_globalaccelerator_custom_routing_endpoint_group: carries(
    "leads an accelerator's connections into subnets",
    endpoints,
  ),
  aws_globalaccelerator_cross_account_attachment: grants("lets others put endpoints behind their accelerators", {
    docs: guide("cross-account-resources"),
    ...global,
    attributes: {
      principals: shares("globalaccelerator.cross-account", "principal"),
      resource: uses("the endpoints and addresses that are offered"),
    },
  }),
  aws_globalaccelerator_listener: setting(
    "on which ports connections are taken",
    resourcePage("globalaccelerator_listener"),
    {
      accelerator_arn: uses("the accelerator it belongs to"),
    },
  ),
  aws_globalaccelerator_custom_routing_listener: setting(
    "on which ports connections are taken",
    resourcePage("globalaccelerator_custom_routing_listener"),
    { accelerator_arn: uses("the accelerator it belongs to") },
  ),
});
