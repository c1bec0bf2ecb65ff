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

/** The outputs of Fluent Bit and Fluentd that FireLens is pointed at by options; names as the plugins spell them. */
const outputs: Readonly<Record<string, Readonly<Record<string, TargetForm>>>> = {
  cloudwatch: { region: "region", endpoint: "host" },
  cloudwatch_logs: { region: "region", endpoint: "host" },
  firehose: { region: "region", endpoint: "host" },
  kinesis: { region: "region", endpoint: "host" },
  kinesis_firehose: { region: "region", endpoint: "host" },
  kinesis_streams: { region: "region", endpoint: "host" },
  s3: { region: "region", bucket: "bucket", endpoint: "url" },
  es: { host: "host" },
  opensearch: { host: "host" },
  http: { host: "host" },
  forward: { host: "host" },
  splunk: { host: "host" },
  datadog: { host: "host" },
  newrelic: { endpoint: "url" },
  loki: { host: "host" },
  null: {},
  stdout: {},
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
  if (typeof name !== "string" || !Object.hasOwn(outputs, name.toLowerCase())) {
    yield unseen(`${at}.options`, name, `the output ${String(name)} is not modelled`);
    return;
  }
  const plugin = name.toLowerCase();
  const told = Object.keys(outputs[plugin]).some((key) => optionOf(options, key) !== undefined);
  if (!told && Object.hasOwn(cloudByDefault, plugin)) yield part(`${at}.options`, cloudByDefault[plugin], "host");
  yield* optionParts(outputs[plugin], options, at, true);
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
