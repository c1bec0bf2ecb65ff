/** AWS IoT Core: a broker for messages of devices. */
import { attribute, type Resource } from "../configuration/resource";
import { isUnknown } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  document,
  type Finding,
  grants,
  harmless,
  holds,
  inert,
  moves,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { deviceTemplate, letsReceive, policiesNamed } from "./documents/iot-policy";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/iot/latest/developerguide/${page}.html`;

/** Whoever holds the certificate that a policy is attached to receives what it allows, wherever the device is. */
function* devices(attachment: Resource, context: Context): Generator<Finding> {
  const value = attribute(attachment, "policy");
  const named = policiesNamed(value, context);
  if (named.length === 0) {
    const why = isUnknown(value) ? value.why : `the policy ${String(value)} is not in this configuration`;
    yield { finding: "undecided", attribute: "policy", why: `what devices may receive is not known: ${why}` };
  }
  for (const policy of named) {
    const received = letsReceive(attribute(policy, "policy"));
    if (received === false) continue;
    yield {
      finding: "flow",
      channel: "iot.device",
      attribute: "policy",
      to: { to: "internet" },
      why: "the device receives what the policy allows, wherever it is",
      ...(received === "possibly" && { unless: `${policy.address} narrows it by something that is not weighed` }),
    };
  }
}

/** "The policy documents that the function returns" say what a device may receive (Developer Guide, "Custom authentication"). */
function* authorized(authorizer: Resource): Generator<Finding> {
  if (attribute(authorizer, "status") === "INACTIVE") return;
  yield {
    finding: "flow",
    channel: "iot.device",
    attribute: "authorizer_function_arn",
    to: { to: "internet" },
    why: "the device receives what the function's policies allow, wherever it is",
    unless: "which policies the function returns to devices is not in this configuration",
  };
}

export default service("AWS IoT Core", {
  // A policy by itself allows nobody anything.
  aws_iot_policy: inert("what devices may do, once it is attached", resourcePage("iot_policy"), {
    policy: uses("weighed where it is attached"),
  }),
  aws_iot_policy_attachment: grants("lets the holder of a certificate connect, send and receive", {
    docs: guide("iot-policies"),
    attributes: {
      policy: uses("weighed below"),
      target: uses("the certificate or identity that may"),
    },
    also: devices,
  }),
  aws_iot_provisioning_template: grants("registers devices and gives them policies", {
    docs: guide("provision-template"),
    attributes: {
      template_body: document(deviceTemplate),
      provisioning_role_arn: uses("the role that registers devices"),
      "pre_provisioning_hook.target_arn": sends("iot.provisioning-hook", "arn", {
        why: "what a device says of itself is handed to the function",
      }),
    },
  }),
  aws_iot_ca_certificate: grants("registers devices whose certificates an authority signed", {
    docs: guide("register-CA-cert"),
    attributes: {
      "registration_config.template_body": document(deviceTemplate),
      "registration_config.role_arn": uses("the role that registers devices"),
      "registration_config.template_name": uses("a template, judged by itself"),
    },
  }),
  aws_iot_authorizer: moves("has a function check what devices present", {
    docs: guide("custom-authorizer"),
    attributes: {
      authorizer_function_arn: sends("iot.authorizer", "arn", { why: "credentials are handed to it" }),
      status: harmless("whether devices may ask for it; judged below"),
    },
    also: authorized,
  }),
  // Credentials for the role are given to whoever may `iot:AssumeRoleWithCertificate`: weighed at the policy's attachment.
  aws_iot_role_alias: inert("a name for a role that devices may assume", resourcePage("iot_role_alias"), {
    role_arn: uses("the role"),
  }),
  aws_iot_thing: holds("a device, and its shadow", {
    docs: guide("iot-thing-management"),
    attributes: { attributes: harmless("words about the device") },
  }),
  aws_iot_certificate: inert(
    "a device's certificate; what its holder may do, attached policies say",
    resourcePage("iot_certificate"),
  ),
  aws_iot_domain_configuration: inert("a name for the broker's endpoint", resourcePage("iot_domain_configuration"), {
    domain_name: harmless("the name that devices connect to"),
    server_certificate_arns: uses("the certificate shown to devices"),
    validation_certificate_arn: uses("a certificate that proves who owns the name"),
    "tls_config.security_policy": harmless("a version of TLS"),
    authorizer_config: uses("the authorizer, judged by itself"),
  }),
  aws_iot_logging_options: inert("writes logs into a log group of the account", resourcePage("iot_logging_options"), {
    role_arn: uses("the role that writes the logs"),
  }),
  aws_iot_thing_principal_attachment: inert(
    "which certificate belongs to which device",
    resourcePage("iot_thing_principal_attachment"),
    { principal: uses("the certificate; what its holder may do, attached policies say") },
  ),
  aws_iot_billing_group: inert("devices that are billed together", resourcePage("iot_billing_group")),
  aws_iot_event_configurations: inert(
    "which events the broker publishes to itself",
    resourcePage("iot_event_configurations"),
  ),
  aws_iot_indexing_configuration: inert("what of devices can be searched", resourcePage("iot_indexing_configuration")),
  aws_iot_thing_group: inert("a group of devices", resourcePage("iot_thing_group")),
  aws_iot_thing_group_membership: inert("which group a device is in", resourcePage("iot_thing_group_membership")),
  aws_iot_thing_type: inert("a kind of devices", resourcePage("iot_thing_type")),
});
