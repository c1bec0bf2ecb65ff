/** Values of which some are ARNs and the others are text: parameters of things that are defined elsewhere. */
import { isList, isUnknown, type Value } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { commaSeparated } from "./holes";

/** Yields a value that is an ARN or may be one. */
export const arnValue = (channel: string): DocumentReader =>
  function* (document) {
    if (mayBeArn(document)) yield { at: "", value: document, role: sends(channel, "arn") };
  };

/** A text that begins with something else is no ARN, whatever its unknown parts are. */
function mayBeArn(value: Value): boolean {
  const head = isUnknown(value) ? value.parts?.[0] : value;
  return typeof head === "string" ? /^(?:arn:|a?r?n?$)/.test(head) : isUnknown(value);
}

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;
const ACCOUNT = /^\d{12}$/;

/**
 * Yields what parameters of an automation say of places: ARNs, and whole values that are a Region or an account, one or
 * several with commas between them.
 */
export const automationValue = (channel: string): DocumentReader =>
  function* (document) {
    for (const value of isList(document) ? document : [document]) {
      for (const one of commaSeparated(value)) {
        const form =
          typeof one !== "string" ? "arn" : REGION.test(one) ? "region" : ACCOUNT.test(one) ? "account" : "arn";
        if (form !== "arn" || mayBeArn(one)) yield { at: "", value: one, role: sends(channel, form) };
      }
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
