/** What an Amazon API Gateway integration or authorizer calls. */
import { isUnknown, leaves, Unknown, type Value } from "../../configuration/value";
import { type Condition, type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { parseArn } from "../../geography/arn";
import { hostsOf } from "./connection-url";
import { plugged } from "./holes";
import { bucketOf } from "./s3-uri";

/** `arn:aws:apigateway:{region}:{service}:path/…` or `…:action/…`; a leading subdomain belongs to the service. */
const CALL = /^arn:[^:]+:apigateway:([^:]*):(?:[^:]*\.)?([^:.]+):(path|action)\/(.*)$/s;

const isDynamic = (text: string): boolean => /\$\{stageVariables|\$context|\{/.test(text);

/**
 * The places that an integration URI names: the function in an invocation ARN; Region, and account or bucket where the
 * path has them, of another service; the host of an HTTP address
 * (https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html, "uri").
 */
export function* integrationParts(channel: string, uri: Value, at: string, when?: Condition): Iterable<DocumentPart> {
  const to = (value: Value, form: "arn" | "region" | "host" | "bucket" | "account"): DocumentPart => ({
    at,
    value,
    role: sends(channel, form, when ? { when } : {}),
  });
  if (isUnknown(uri)) {
    yield* templateParts(uri, to);
    return;
  }
  if (typeof uri !== "string") return;
  const call = CALL.exec(uri);
  if (call) yield* calledParts(call, to);
  else if (parseArn(uri)) yield to(uri, "arn");
  else
    for (const host of hostsOf(uri))
      yield to(
        typeof host === "string" && isDynamic(host) ? new Unknown("is worked out for each request") : host,
        "host",
      );
}

type To = (value: Value, form: "arn" | "region" | "host" | "bucket" | "account") => DocumentPart;

function* calledParts([, region, service, , rest]: RegExpExecArray, to: To): Iterable<DocumentPart> {
  const called = /^[^/]+\/functions\/(.+)\/(?:invocations|response-streaming-invocations)$/s.exec(rest)?.[1];
  if (service === "lambda" && called) {
    yield to(isDynamic(called) ? new Unknown("is worked out for each request") : called, "arn");
    return;
  }
  yield to(region, "region");
  const first = rest.split("/")[0];
  if (service === "s3")
    yield to(
      isDynamic(first) || first === "" ? new Unknown("the bucket is chosen by each request") : bucketOf(first),
      "bucket",
    );
  else if (/^\d{12}$/.test(first)) yield to(first, "account");
}

/** `arn:aws:apigateway:…:lambda:path/2015-03-31/functions/${arn}/invocations` put together by hand. */
function* templateParts(uri: Unknown, to: To): Iterable<DocumentPart> {
  const parts = uri.parts;
  if (!parts) {
    yield to(uri, "arn");
    return;
  }
  const [head] = parts;
  if (typeof head === "string" && /^https?:\/\//.test(head)) {
    for (const host of hostsOf(uri)) yield to(host, "host");
    return;
  }
  const hole = parts.findIndex((part, i) => i > 0 && isUnknown(part) && String(parts[i - 1]).endsWith("/functions/"));
  const tail = parts[hole + 1];
  if (hole > 0 && typeof tail === "string" && /^\/(response-streaming-)?invocations$/.test(tail))
    yield to(parts[hole], "arn");
  else yield to(uri, "arn");
}

export const integrationUri = (channel: string, when?: Condition): DocumentReader =>
  function* (document) {
    yield* integrationParts(channel, document, "", when);
  };

/**
 * Yields the ARNs that mappings set as text: `'arn:aws:sns:…'` in a parameter, `arn:…` in a template. Templates are
 * written in Velocity; every token of theirs that is an ARN counts, and every one that could be.
 */
export const mappedArns = (channel: string): DocumentReader =>
  function* (mappings) {
    for (const { value, at } of leaves(mappings)) {
      for (const arn of arnsIn(value)) yield { at: at === "" ? "" : `.${at}`, value: arn, role: sends(channel, "arn") };
    }
  };

function* arnsIn(mapping: Value): Iterable<Value> {
  const { text, unplug } = plugged(mapping);
  if (isUnknown(text)) yield text;
  if (typeof text !== "string") return;
  for (const token of text.split(/[\s'"`,;(){}[\]=&<>]+/)) {
    const plain = token.includes("%3A") ? token.replaceAll("%3A", ":") : token;
    const value = unplug(plain);
    const whole = isUnknown(mapping) && isUnknown(value) && mapping.parts?.includes(value);
    if (whole || (isUnknown(value) ? plain.startsWith("arn:") : parseArn(plain))) yield value;
  }
}
