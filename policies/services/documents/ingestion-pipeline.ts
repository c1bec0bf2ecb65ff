/**
 * Pipelines of OpenSearch Ingestion: YAML in the language of Data Prepper
 * (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/pipeline-config-reference.html).
 */
import { isList, isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends, type TargetForm } from "../../flows/vocabulary";
import { accountOfFunction } from "./arn-values";
import { yaml } from "./yaml";

const CHANNEL = "osis.pipeline";

/** Keys of the file that are no pipelines. */
const SETTINGS = new Set(["version", "extension", "pipeline_configurations"]);

/** Sinks whose keys are known; any other is not decided. */
const SINKS = new Set(["opensearch", "s3", "pipeline", "stdout"]);

/** Keys that name where a sink or processor sends, at any depth below it. */
const TARGETS: Readonly<Record<string, TargetForm>> = {
  hosts: "url",
  host: "url",
  url: "url",
  endpoint: "url",
  bucket: "bucket",
  default_bucket: "bucket",
  region: "region",
  function_name: "arn",
  queue_url: "url",
  topic_arn: "arn",
  stream_arn: "arn",
};

/** Keys of a source that name where it stages what it reads: an export of DynamoDB, DocumentDB or RDS. */
const STAGING: Readonly<Record<string, TargetForm>> = { s3_bucket: "bucket", s3_region: "region" };

/** The pipelines of a document; parts are where records go. */
export const ingestionPipeline: DocumentReader = function* (document) {
  const file = parse(document);
  if (!isObject(file)) {
    yield part("", isUnknown(file) ? file : new Unknown("the pipeline is not a YAML map"), "any");
    return;
  }
  for (const name of Object.keys(file)) {
    if (!SETTINGS.has(name)) yield* pipeline(file[name], `.${name}`);
  }
};

function* pipeline(value: Value, at: string): Generator<DocumentPart> {
  if (!isObject(value)) {
    yield part(at, isUnknown(value) ? value : new Unknown("a pipeline is not a YAML map"), "any");
    return;
  }
  for (const key of ["sink", "sinks"]) yield* plugins(value[key] ?? null, `${at}.${key}`, TARGETS, SINKS);
  for (const key of ["processor", "processors"]) yield* plugins(value[key] ?? null, `${at}.${key}`, TARGETS);
  yield* plugins(value.source ?? null, `${at}.source`, STAGING);
}

/** A list of plugins, each a map with the plugin's name as its only key; a source is one such map. */
function* plugins(
  value: Value,
  at: string,
  targets: Readonly<Record<string, TargetForm>>,
  known?: ReadonlySet<string>,
): Generator<DocumentPart> {
  const list = isList(value) ? value : [value];
  for (let i = 0; i < list.length; i++) {
    const where = isList(value) ? `${at}[${i}]` : at;
    const plugin = list[i];
    if (isUnknown(plugin)) yield part(where, plugin, "any");
    if (!isObject(plugin)) continue;
    for (const name of Object.keys(plugin)) {
      if (known && !known.has(name))
        yield part(`${where}.${name}`, new Unknown(`the sink ${name} is not modelled`), "any");
      else if (name !== "pipeline") yield* below(plugin[name], `${where}.${name}`, targets);
    }
  }
}

function* below(value: Value, at: string, targets: Readonly<Record<string, TargetForm>>): Generator<DocumentPart> {
  if (isUnknown(value)) yield part(at, value, "any");
  if (isList(value)) for (let i = 0; i < value.length; i++) yield* below(value[i], `${at}[${i}]`, targets);
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    const form = Object.hasOwn(targets, key) ? targets[key] : undefined;
    if (form === undefined) yield* branch(value[key], `${at}.${key}`, targets);
    else yield* each(value[key], `${at}.${key}`, form);
  }
}

/** Keys below which targets stand; an unknown scalar at any other (an index, a role) names none. */
const BRANCHES = /\.(?:aws|client|dlq|export|s3)$/;

/** What is below a key that names no target itself. */
function* branch(value: Value, at: string, targets: Readonly<Record<string, TargetForm>>): Generator<DocumentPart> {
  if (isList(value) || isObject(value) || BRANCHES.test(at)) yield* below(value, at, targets);
}

function* each(value: Value, at: string, form: TargetForm): Generator<DocumentPart> {
  if (isList(value)) for (let i = 0; i < value.length; i++) yield* each(value[i], `${at}[${i}]`, form);
  else if (form === "arn" && typeof value === "string" && !value.startsWith("arn:")) {
    const account = accountOfFunction(value);
    if (account !== undefined) yield part(at, account, "account");
  } else if (value !== null) yield part(at, form === "url" ? hostOf(value) : value, form);
}

/** `https://${domain.endpoint}` names the domain. */
function hostOf(value: Value): Value {
  if (!isUnknown(value) || !value.parts) return value;
  const [scheme, host, ...rest] = value.parts;
  const alone =
    typeof scheme === "string" && /^https?:\/\/$/.test(scheme) && rest.every((one) => typeof one === "string");
  return alone && isUnknown(host) && (rest.length === 0 || /^[:/]/.test(String(rest[0]))) ? host : value;
}

const part = (at: string, value: Value, form: TargetForm): DocumentPart => ({
  at,
  value,
  role: sends(CHANNEL, form, { why: "the pipeline sends records there" }),
});

/** Private-use characters with the number of a hole between them. */
const OPEN = "\uE000";
const CLOSE = "\uE001";

/** Like `yaml`, with holes in the text. */
function parse(document: Value): Value {
  if (!isUnknown(document) || document.json !== undefined || !document.parts) return yaml(document);
  const holes: Unknown[] = [];
  let text = "";
  for (const piece of document.parts) {
    if (typeof piece === "string" && piece.includes(OPEN)) return document;
    text += typeof piece === "string" ? piece : `${OPEN}${holes.push(piece) - 1}${CLOSE}`;
  }
  return fill(yaml(text), holes);
}

function fill(value: Value, holes: readonly Unknown[]): Value {
  if (typeof value === "string" && value.includes(OPEN)) {
    const parts = value
      .split(new RegExp(`(${OPEN}\\d+${CLOSE})`))
      .filter((piece) => piece !== "")
      .map((piece) => (piece.startsWith(OPEN) ? holes[Number(piece.slice(1, -1))] : piece));
    if (parts.length === 1) return parts[0];
    const unknowns = parts.filter((piece) => piece instanceof Unknown);
    return new Unknown(unknowns[0].why, { parts, references: unknowns.flatMap((unknown) => unknown.references) });
  }
  if (isList(value)) return value.map((item) => fill(item, holes));
  if (!isObject(value)) return value;
  const filled: Record<string, Value> = Object.create(null);
  for (const [key, item] of Object.entries(value as Values)) {
    if (key.includes(OPEN)) return new Unknown("a key of the pipeline is not known");
    filled[key] = fill(item, holes);
  }
  return filled;
}
