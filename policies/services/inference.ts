/**
 * Assistants of AWS that ask models in whichever Region of a geography is free: "requests are kept within the AWS Regions
 * that are part of the geography where the data originally resides" (Amazon Q Business User Guide, "Cross-region inference
 * in Amazon Q Business"; Amazon Quick User Guide, "Cross-region inference").
 */
import type { Resource } from "../configuration/resource";
import type { Context } from "../flows/context";
import type { Finding } from "../flows/vocabulary";
import { GEOGRAPHIES } from "./documents/model-reference";

/** For `also`: what the assistant is asked goes to the Regions of the geography. */
export const acrossTheGeography = (channel: string) =>
  function* (assistant: Resource, context: Context): Generator<Finding> {
    const geography = /^(?:eu|us|ca)(?=-)/.exec(context.regionOf(assistant) ?? "")?.[0] ?? "apac";
    for (const region of GEOGRAPHIES[geography]) {
      yield {
        finding: "flow",
        channel,
        to: { to: "value", value: region, form: "region" },
        why: "questions may be answered there",
      };
    }
  };
