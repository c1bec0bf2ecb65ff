/** What an Amazon API Gateway integration or authorizer calls. */
import { isObject, isUnknown, leaves, Unknown, type Value } from "../../configuration/value";
import { type Condition, type DocumentPart, type DocumentReader, sends, type TargetForm } from "../../flows/vocabulary";
import { parseArn } from "../../geography/arn";
import { hostsOf } from "./connection-url";
import { plugged } from "./holes";
import { bucketOf } from "./s3-uri";
import { queueArn } from "./service-calls";

/** `arn:aws:apigateway:{region}:{subdomain.service|service}:path/…` or `…:action/…`; a bucket may be the subdomain. */
const CALL = /^arn:[^:]+:apigateway:([^:]*):(?:([^:]*)\.)?([^:.]+):(?:path|action)\/(.*)$/s;

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

function* calledParts([, region, subdomain, service, rest]: RegExpExecArray, to: To): Iterable<DocumentPart> {
  const called = /^[^/]+\/functions\/(.+)\/(?:invocations|response-streaming-invocations)$/s.exec(rest)?.[1];
  if (service === "lambda" && called) {
    yield to(isDynamic(called) ? new Unknown("is worked out for each request") : called, "arn");
    return;
  }
  yield to(region, "region");
  const first = service === "s3" && subdomain !== undefined ? subdomain : rest.split("/")[0];
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
 * Yields the places that mappings set as text: `'arn:aws:sns:…'` in a parameter, `QueueUrl=https://sqs.…` in a template.
 * Templates are written in Velocity; every token of theirs that is an ARN or a queue counts, and every one that could be.
 */
export const mappedPlaces = (channel: string): DocumentReader =>
  function* (mappings) {
    for (const { value, at } of leaves(mappings)) {
      for (const place of placesIn(value))
        yield { at: at === "" ? "" : `.${at}`, value: place, role: sends(channel, "any") };
    }
  };

function* placesIn(mapping: Value): Iterable<Value> {
  const { text, unplug } = plugged(mapping);
  if (isUnknown(text)) yield text;
  if (typeof text !== "string") return;
  for (const token of text.split(/[\s'"`,;(){}[\]=&<>]+/)) {
    const plain = token.replace(/%3A/gi, ":").replace(/%2F/gi, "/");
    const value = unplug(plain);
    const whole = isUnknown(mapping) && isUnknown(value) && mapping.parts?.includes(value);
    if (whole || PLACE.test(plain)) yield queueArn(value);
  }
}

/** An ARN, or the URL of a queue ("Queue and message identifiers", Amazon SQS Developer Guide). */
const PLACE = /^(?:arn:[^:]+:[^:]+:|https?:\/\/[^/]*(?:sqs|queue)[^/]*\/)/;

/**
 * What integrations of HTTP APIs with other services take ("Integration subtype reference", API Gateway Developer
 * Guide), and mappings of WebSocket APIs, whose names begin with `integration.request.`.
 */
const TAKEN: Readonly<Record<string, TargetForm>> = {
  QueueUrl: "any",
  StateMachineArn: "arn",
  EventBusName: "arn",
  Region: "region",
};

/** Yields the places that parameters name; one that each request brings along (`$request.body.queue`) is not known. */
export const serviceParameters = (channel: string): DocumentReader =>
  function* (parameters, resource, context) {
    if (isUnknown(parameters)) yield { at: "", value: parameters, role: sends(channel, "any") };
    if (!isObject(parameters)) return;
    for (const name of Object.keys(parameters)) {
      const value = parameters[name];
      const form = Object.hasOwn(TAKEN, name) ? TAKEN[name] : undefined;
      const local = name === "EventBusName" && typeof value === "string" && /^[\w.-]+$/.test(value);
      if (form !== undefined && !local) {
        const chosen = typeof value === "string" && value.startsWith("$");
        const place = chosen ? new Unknown(`${value} is known with each request only`) : queueArn(value);
        yield { at: `.${name}`, value: place, role: sends(channel, form) };
      } else if (name.startsWith("integration.request.")) {
        for (const part of mappedPlaces(channel)(value, resource, context)) yield { ...part, at: `.${name}` };
      }
    }
  };
