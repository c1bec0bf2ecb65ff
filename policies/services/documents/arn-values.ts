/** Values of which some are ARNs and the others are text: parameters of things that are defined elsewhere. */
import { isUnknown } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";

/** Yields a value that is an ARN or may be one. */
export const arnValue = (channel: string): DocumentReader =>
  function* (document) {
    const isArn = typeof document === "string" && document.startsWith("arn:");
    if (isArn || isUnknown(document)) yield { at: "", value: document, role: sends(channel, "arn") };
  };
