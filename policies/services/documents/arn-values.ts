/** Values of which some are ARNs and the others are text: parameters of things that are defined elsewhere. */
import { isUnknown } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";

/** Yields a value that is an ARN or may be one. */
export const arnValue = (channel: string): DocumentReader =>
  function* (document) {
    const isArn = typeof document === "string" && document.startsWith("arn:");
    if (isArn || isUnknown(document)) yield { at: "", value: document, role: sends(channel, "arn") };
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
