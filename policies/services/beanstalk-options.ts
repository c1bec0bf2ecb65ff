/** What the options of an AWS Elastic Beanstalk environment say about its network and where it sends data. */
import { attribute, type Resource } from "../configuration/resource";
import { find, isObject, isUnknown, type Unknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import { type DescribedInterface, type Finding, sends, type TargetForm } from "../flows/vocabulary";
import { commaSeparated } from "./documents/holes";

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

const LAUNCH = "aws:autoscaling:launchconfiguration";

const optionIn = (options: readonly Option[], namespace: string, name: string): Option | undefined =>
  options.find((one) => one.namespace === namespace && one.name === name);

/**
 * The interfaces of an environment's machines. Beanstalk puts a security group of its own on them, which lets everything
 * out, unless it is told not to (DisableDefaultEC2SecurityGroup); a single machine has an elastic IP address.
 */
export function* machines(resource: Resource): Iterable<DescribedInterface> {
  const options = optionsOf(resource);
  const subnets = optionIn(options, VPC, "Subnets");
  if (!subnets || subnets.value === "") return;
  const groups = optionIn(options, LAUNCH, "SecurityGroups");
  const ownGroups = optionIn(options, LAUNCH, "DisableDefaultEC2SecurityGroup")?.value;
  const address = optionIn(options, VPC, "AssociatePublicIpAddress");
  const single = singleMachine(options);
  yield {
    subnets: commaSeparated(subnets.value).map((value) => ({ value, at: `${subnets.at}.value` })),
    groups: (ownGroups === true || ownGroups === "true") && groups ? commaSeparated(groups.value) : undefined,
    publicIpv4: single
      ? { value: true, at: single.at }
      : { value: address?.value ?? false, at: address ? `${address.at}.value` : `${subnets.at}.value` },
  };
}

/** The option that makes the environment one machine without a load balancer; one that is not known counts. */
const singleMachine = (options: readonly Option[]): { at: string } | undefined => {
  const type = optionIn(options, "aws:elasticbeanstalk:environment", "EnvironmentType");
  return type && (isUnknown(type.value) || type.value === "SingleInstance") ? { at: `${type.at}.value` } : undefined;
};

/** A platform of AWS's own; another account's may come with options ("Custom platforms", `option_settings`). */
const OF_AWS = /^arn:[^:]+:elasticbeanstalk:[^:]*::platform\//;

/** Where options come from that are not the environment's own: what is not followed, and why. */
function inheritance(resource: Resource): { attribute: string; why: string } | undefined {
  const platform = attribute(resource, "platform_arn");
  if (attribute(resource, "template_name") !== null) {
    return { attribute: "template_name", why: "options may come from the template, which is not followed" };
  }
  if (platform === null || (typeof platform === "string" && OF_AWS.test(platform))) return undefined;
  return { attribute: "platform_arn", why: "options may come from the platform, which is not AWS's own" };
}

/**
 * A web environment stands behind a load balancer on the internet, or on one machine with a public address, unless its
 * options say otherwise; and in the default VPC, whose subnets give public addresses.
 */
export function* environment(resource: Resource, _context: Context): Iterable<Finding> {
  yield* deliveries(resource);
  const options = optionsOf(resource);
  const inherited = inheritance(resource);
  if (inherited) yield { finding: "undecided", ...inherited };
  const unless = inherited && { unless: inherited.why };
  const subnets = optionIn(options, VPC, "Subnets");
  if (!subnets || subnets.value === "") {
    yield {
      finding: "flow",
      channel: "beanstalk.internet",
      attribute: "setting",
      to: { to: "internet" },
      why: "without the option Subnets the machines stand in the default VPC, with public addresses",
      ...unless,
    };
  }
  if (attribute(resource, "tier") === "Worker") return;
  const single = singleMachine(options);
  const scheme = optionIn(options, VPC, "ELBScheme");
  if (!single && scheme && (scheme.value === "internal" || isUnknown(scheme.value))) {
    if (isUnknown(scheme.value)) yield { finding: "undecided", attribute: `${scheme.at}.value`, why: scheme.value.why };
    return;
  }
  yield {
    finding: "flow",
    channel: "beanstalk.public-endpoint",
    attribute: single?.at ?? (scheme ? `${scheme.at}.value` : "setting"),
    to: { to: "internet" },
    why: single
      ? "a single machine has an elastic IP address and answers on the internet"
      : "the application answers on the internet unless the option ELBScheme is internal",
    ...(single || scheme ? {} : unless),
  };
}
