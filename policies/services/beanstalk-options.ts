/** What the options of an AWS Elastic Beanstalk environment say about its network and where it sends data. */
import { attribute, type Resource } from "../configuration/resource";
import { find, isObject, isUnknown, type Unknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import { type Finding, sends, type TargetForm } from "../flows/vocabulary";

interface Option {
  readonly namespace: Value;
  readonly name: Value;
  readonly value: Value;
  readonly at: string;
}

const optionsOf = (resource: Resource): Option[] =>
  find(resource.values, "setting").flatMap(({ value, at }) =>
    isObject(value)
      ? [{ namespace: value.namespace ?? null, name: value.name ?? null, value: value.value ?? null, at }]
      : [],
  );

/** https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html */
const TARGETS: Readonly<Record<string, TargetForm>> = {
  "aws:elasticbeanstalk:sns:topics/Notification Endpoint": "any",
  "aws:elasticbeanstalk:sns:topics/Notification Topic ARN": "arn",
  "aws:elb:loadbalancer/AccessLogsS3Bucket": "bucket",
  "aws:elbv2:loadbalancer/AccessLogsS3Bucket": "bucket",
};

const VPC = "aws:ec2:vpc";

/** Where notifications and access logs go. */
export function* deliveries(resource: Resource): Iterable<Finding> {
  const unknown = find(resource.values, "setting").find(({ value }) => isUnknown(value));
  if (unknown) yield { finding: "undecided", attribute: unknown.at, why: (unknown.value as Unknown).why };
  for (const { namespace, name, value, at } of optionsOf(resource)) {
    if (isUnknown(namespace) || isUnknown(name)) {
      yield { finding: "undecided", attribute: at, why: "which option is set is not known" };
      continue;
    }
    const form = TARGETS[`${String(namespace)}/${String(name)}`];
    if (form) yield { finding: "role", attribute: `${at}.value`, value, role: sends("beanstalk.delivery", form) };
  }
}

/**
 * A web environment stands behind a load balancer on the internet, or on one machine with a public address, unless its
 * options say otherwise; and in the default VPC, whose subnets give public addresses.
 */
export function* environment(resource: Resource, _context: Context): Iterable<Finding> {
  yield* deliveries(resource);
  const options = optionsOf(resource);
  const option = (namespace: string, name: string): Option | undefined =>
    options.find((one) => one.namespace === namespace && one.name === name);

  if (attribute(resource, "template_name") !== null || attribute(resource, "platform_arn") !== null) {
    yield { finding: "undecided", attribute: "template_name", why: "options may come from a template or a platform" };
  }
  const subnets = option(VPC, "Subnets");
  if (!subnets || subnets.value === "") {
    yield {
      finding: "flow",
      channel: "beanstalk.internet",
      attribute: "setting",
      to: { to: "internet" },
      why: "without the option Subnets the machines stand in the default VPC, with public addresses",
    };
  } else {
    yield {
      finding: "undecided",
      attribute: `${subnets.at}.value`,
      why: "the machines' subnets are given as an option, which is not judged",
    };
  }
  const scheme = option(VPC, "ELBScheme");
  if (attribute(resource, "tier") === "Worker") return;
  if (scheme && (scheme.value === "internal" || isUnknown(scheme.value))) {
    if (isUnknown(scheme.value)) yield { finding: "undecided", attribute: `${scheme.at}.value`, why: scheme.value.why };
    return;
  }
  yield {
    finding: "flow",
    channel: "beanstalk.public-endpoint",
    attribute: scheme ? `${scheme.at}.value` : "setting",
    to: { to: "internet" },
    why: "the application answers on the internet unless the option ELBScheme is internal",
  };
}
