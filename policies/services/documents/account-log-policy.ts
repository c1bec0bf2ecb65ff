/** The account-wide policies of Amazon CloudWatch Logs (`PutAccountPolicy`). */
import { find, isObject } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { dataProtectionPolicy } from "./data-protection-policy";
import { json } from "./json";

/**
 * Yields the destination of a subscription filter policy and those of a data protection policy; the other kinds (field
 * index, transformer, metric extraction) name none
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html).
 */
export const accountLogPolicy: DocumentReader = function* (document, resource, context) {
  const policy = json(document);
  if (isObject(policy)) {
    for (const found of find(policy, "DestinationArn")) {
      yield { at: `.${found.at}`, value: found.value, role: sends("logs.subscription", "arn") };
    }
  }
  yield* dataProtectionPolicy("logs.data-protection-audit")(policy, resource, context);
};
