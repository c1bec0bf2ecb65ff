/** The redrive policy of Amazon SQS and Amazon SNS: `{"deadLetterTargetArn": "…", "maxReceiveCount": 5}`. */
import { find, isObject } from "../../configuration/value";
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
    if (!isObject(policy)) yield { at: "", value: policy, role };
    else
      for (const found of find(policy, "deadLetterTargetArn")) yield { at: `.${found.at}`, value: found.value, role };
  };
