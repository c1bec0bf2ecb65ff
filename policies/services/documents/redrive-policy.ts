/** The redrive policy of Amazon SQS and Amazon SNS: `{"deadLetterTargetArn": "…", "maxReceiveCount": 5}`. */
import { find, isObject, isUnknown, type Value } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { json } from "./json";

/**
 * Yields the queue that undeliverable messages go to
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html).
 */
export const redrivePolicy = (channel: string): DocumentReader =>
  function* (document) {
    const role = sends(channel, "arn");
    const policy = json(document);
    // The state of a queue that has none holds an empty text.
    if (document === "" || namesOnlyConfigured(policy)) return;
    if (!isObject(policy)) yield { at: "", value: policy, role };
    else
      for (const found of find(policy, "deadLetterTargetArn")) yield { at: `.${found.at}`, value: found.value, role };
  };

/**
 * A plan shows a policy that mentions a queue of the same plan as unknown in whole. The queue must be of the same account
 * and Region as the one it serves (same page, "Considerations"), so one that is configured here bounds it.
 */
const namesOnlyConfigured = (policy: Value): boolean =>
  isUnknown(policy) &&
  policy.references.length > 0 &&
  policy.references.every(({ resources }) => resources.some(({ type }) => type === "aws_sqs_queue"));
