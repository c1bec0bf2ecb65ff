/** Where a container's output goes: log drivers with their options, as ECS and AWS Batch take them. */
import { isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, harmless, sends, type TargetForm } from "../../flows/vocabulary";
import { isUnrouted, parseCidr } from "../../geography/addresses";

const CHANNEL = "container.logs";

/** The options that name where log lines go, by driver. A driver that is not here is not understood. */
const drivers: Readonly<Record<string, Readonly<Record<string, TargetForm>>>> = {
  // The driver's default is the Region that the container runs in; groups are of the same account.
  awslogs: { "awslogs-region": "region", "awslogs-endpoint": "url" },
  splunk: { "splunk-url": "url" },
  fluentd: { "fluentd-address": "url" },
  gelf: { "gelf-address": "url" },
  syslog: { "syslog-address": "url" },
  "json-file": {},
  journald: {},
  local: {},
  none: {},
};

/** The outputs of Fluent Bit and Fluentd that FireLens is pointed at by options and that are understood. */
const outputs = new Set([
  "cloudwatch",
  "cloudwatch_logs",
  "datadog",
  "es",
  "firehose",
  "forward",
  "grafana-loki",
  "http",
  "kinesis",
  "kinesis_firehose",
  "kinesis_streams",
  "loki",
  "newrelic",
  "null",
  "opensearch",
  "s3",
  "splunk",
  "stdout",
]);

/**
 * Options by which any of them names where it sends, spelled as Fluent Bit and Fluentd do: a host, a proxy before it, an
 * Elastic Cloud, or the role of an account that records are put in as (Fluent Bit manual, "Outputs").
 */
const destinations: Readonly<Record<string, TargetForm>> = {
  aws_region: "region",
  aws_role_arn: "arn",
  bucket: "bucket",
  cloud_id: "host",
  endpoint: "url",
  host: "host",
  hosts: "host",
  http_proxy: "url",
  proxy: "url",
  region: "region",
  role_arn: "arn",
  s3_bucket: "bucket",
  s3_endpoint: "url",
  s3_region: "region",
  url: "url",
};

/** Plugins that send to their maker's cloud when no host is given. */
const cloudByDefault: Readonly<Record<string, string>> = {
  datadog: "http-intake.logs.datadoghq.com",
  newrelic: "log-api.newrelic.com",
};

const part = (at: string, value: Value, form: TargetForm): DocumentPart => ({
  at,
  value,
  role: isNearby(value)
    ? harmless("reached through the container's own network, which is judged")
    : sends(CHANNEL, form),
});

/** A socket, the machine itself, or an address that no router of the internet knows. */
function isNearby(value: Value): boolean {
  if (typeof value !== "string") return false;
  if (value.startsWith("unix:")) return true;
  const host = value.replace(/^[a-z]+:\/\//, "").replace(/:\d+$/, "");
  const range = parseCidr(host);
  return host === "localhost" || (range !== undefined && isUnrouted(range));
}

const unseen = (at: string, value: Value | undefined, why: string): DocumentPart =>
  part(at, isUnknown(value) ? value : new Unknown(why), "any");

/**
 * Yields the places of a log configuration (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html).
 * `driver` and `options` are its two members; `secrets` the options whose values lie in a secret.
 */
export function* logParts(driver: Value, options: Value, secrets: Value, at: string): Iterable<DocumentPart> {
  if (typeof driver !== "string") {
    yield unseen(at, driver, "which log driver is used is not known");
    return;
  }
  if (driver === "awsfirelens") {
    yield* firelens(options, at);
    return;
  }
  if (driver === "logentries") {
    yield part(at, "data.logentries.com", "host");
    return;
  }
  if (!Object.hasOwn(drivers, driver)) {
    yield unseen(at, undefined, `the log driver ${driver} is not modelled`);
    return;
  }
  yield* optionParts(drivers[driver], options, at, false);
  if (Array.isArray(secrets)) {
    for (const secret of secrets as readonly Value[]) {
      if (isObject(secret) && typeof secret.name === "string" && Object.hasOwn(drivers[driver], secret.name)) {
        yield unseen(at, undefined, `${secret.name} lies in a secret`);
      }
    }
  }
}

/** Without options FireLens follows a file in its image; what that may reach is bounded by the container's network. */
function* firelens(options: Value, at: string): Iterable<DocumentPart> {
  if (!isObject(options)) {
    if (isUnknown(options)) yield unseen(at, options, "");
    return;
  }
  const name = optionOf(options, "name") ?? optionOf(options, "@type");
  if (name === undefined) return;
  if (typeof name !== "string" || !outputs.has(name.toLowerCase())) {
    yield unseen(`${at}.options`, name, `the output ${String(name)} is not modelled`);
    return;
  }
  const plugin = name.toLowerCase();
  const told = ["host", "endpoint"].some((key) => optionOf(options, key) !== undefined);
  if (!told && Object.hasOwn(cloudByDefault, plugin)) yield part(`${at}.options`, cloudByDefault[plugin], "host");
  yield* optionParts(destinations, options, at, true);
}

function* optionParts(
  names: Readonly<Record<string, TargetForm>>,
  options: Value,
  at: string,
  anyCase: boolean,
): Iterable<DocumentPart> {
  if (isUnknown(options)) {
    if (Object.keys(names).length > 0) yield unseen(`${at}.options`, options, "");
    return;
  }
  if (!isObject(options)) return;
  for (const key of Object.keys(options)) {
    const name = anyCase ? key.toLowerCase() : key;
    if (Object.hasOwn(names, name)) yield part(`${at}.options.${key}`, options[key], names[name]);
  }
}

const optionOf = (options: Values, name: string): Value | undefined => {
  const key = Object.keys(options).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : options[key];
};

/** For blocks of Terraform: `log_configuration { log_driver = …, options = {…} }`. */
export const logBlock: DocumentReader = function* (block) {
  if (!isObject(block)) {
    yield unseen("", block, "the log configuration is not known");
    return;
  }
  yield* logParts(block.log_driver ?? null, block.options ?? null, block.secret_option ?? null, "");
};
