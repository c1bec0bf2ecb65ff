/**
 * The parameters, as a JSON text, that a runbook of Systems Manager is started with. Runbooks of AWS's own copy, share and
 * write to what they name: `AWS-CopySnapshot` to a `DestinationRegion`, for one (AWS Systems Manager Automation runbook
 * reference).
 */
import { leaves, type Value } from "../../configuration/value";
import type { DocumentReader } from "../../flows/vocabulary";
import { automationValue } from "./arn-values";
import { json } from "./json";

/** Yields each value that names a place or a party, or may do so. */
export const runbookInput = (channel: string): DocumentReader =>
  function* (document, resource, context) {
    for (const { value, at } of leaves(json(document))) {
      for (const part of automationValue(channel)(value, resource, context)) {
        yield { ...part, at: at === "" || at.startsWith("[") ? at : `.${at}` };
      }
    }
  };

const RUNBOOK = /^arn:[^:]+:ssm:[^:]*:[^:]*:automation-definition\//;

/** Whether a target is a runbook. */
export const isRunbook = (target: Value): boolean => typeof target === "string" && RUNBOOK.test(target);
