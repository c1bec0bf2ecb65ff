/** Values of which some are ARNs or other places and the others are text: parameters of things that are defined elsewhere. */
import { isList, isObject, isUnknown, leaves, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { commaSeparated } from "./holes";
import { bucketOf, bucketRole } from "./s3-uri";

/** Yields a value that is an ARN or may be one. */
export const arnValue = (channel: string): DocumentReader =>
  function* (document) {
    if (mayBe(/^(?:arn:|a?r?n?$)/, document)) yield { at: "", value: document, role: sends(channel, "arn") };
  };

/** A text that begins with something else is none of these, whatever its unknown parts are. */
function mayBe(beginning: RegExp, value: Value): boolean {
  const head = isUnknown(value) ? value.parts?.[0] : value;
  return typeof head === "string" ? beginning.test(head) : isUnknown(value);
}

/** An ARN or its beginning, a URL, an account, a telephone number, an e-mail address. */
const PLACE = /^(?:arn:|a?r?n?$|[a-z][a-z0-9+.-]*:\/\/|\d{12}$|\+\d{6,15}$|[^@\s]+@[^@\s]+\.[^@\s]+$)/i;
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;
const ZONE = /^[a-z]{2,4}(?:-[a-z]+)+-\d+[a-z]$/;
const BUCKET = /^s3[an]?:\/\//;

/**
 * Yields what of a parameter's value is a place, one or several with commas between them; and the whole if the
 * parameter's name says that it is a bucket's.
 */
function* parameterPlaces(channel: string, name: string, value: Value, at: string): Generator<DocumentPart> {
  if (typeof value === "boolean") return;
  const named = /bucket(?:name)?$/i.test(name);
  for (const one of commaSeparated(typeof value === "number" ? String(value) : value)) {
    const text = typeof one === "string" ? one : "";
    if (named || BUCKET.test(text)) {
      const bucket = bucketOf(one);
      yield { at, value: bucket, role: bucketRole(channel, bucket) };
    } else if (REGION.test(text)) yield { at, value: one, role: sends(channel, "region") };
    else if (ZONE.test(text)) yield { at, value: one, role: sends(channel, "zone") };
    else if (mayBe(PLACE, one)) yield { at, value: one, role: sends(channel, "any") };
  }
}

/** For the values of one parameter, whatever its name. */
export const automationValue = (channel: string): DocumentReader =>
  function* (document) {
    for (const value of isList(document) ? document : [document]) yield* parameterPlaces(channel, "", value, "");
  };

/** For parameters by name, in a map or in an object of a document: each a value, or values somewhere below. */
export function* namedParameters(channel: string, parameters: Value, at = ""): Generator<DocumentPart> {
  if (isUnknown(parameters)) yield { at, value: parameters, role: sends(channel, "any") };
  if (!isObject(parameters)) return;
  for (const name of Object.keys(parameters)) {
    for (const leaf of leaves(parameters[name], `${at}.${name}`))
      yield* parameterPlaces(channel, name, leaf.value, leaf.at);
  }
}

export const parameterMap = (channel: string): DocumentReader =>
  function* (map) {
    yield* namedParameters(channel, map);
  };

/** For a block that is one parameter: the attribute with its name, and those that hold its value or values. */
export const parameterBlock = (channel: string, name: string, values: readonly string[]): DocumentReader =>
  function* (block) {
    if (isUnknown(block)) yield { at: "", value: block, role: sends(channel, "any") };
    if (!isObject(block)) return;
    for (const attribute of values) {
      for (const leaf of leaves(block[attribute] ?? null, `.${attribute}`))
        yield* parameterPlaces(channel, String(block[name] ?? ""), leaf.value, leaf.at);
    }
  };

/**
 * The account that the name of a function has before it: `123456789012:function:name` is another account's function of
 * the same Region ("Invoke" in the AWS Lambda API Reference, FunctionName).
 */
export const accountOfFunction = (name: string): string | undefined => /^(\d{12}):/.exec(name)?.[1];

/** Yields a function that may be another account's; a mere name stands for one of the same account and Region. */
export const functionName = (channel: string): DocumentReader =>
  function* (document, resource, context) {
    const account = typeof document === "string" ? accountOfFunction(document) : undefined;
    if (account === undefined) yield* arnValue(channel)(document, resource, context);
    else yield { at: "", value: account, role: sends(channel, "account") };
  };
