import { document, grants, harmless, holds, moves, policy, service, uses } from "../flows/vocabulary";
import { redrivePolicy } from "./documents/redrive-policy";
import { lookups } from "./pages";

const inward = harmless("names queues whose undeliverable messages come in");

export default service("Amazon SQS", {
  aws_sqs_queue: holds("keeps messages until a consumer deletes them", {
    docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html",
    attributes: {
      policy: policy("sqs.policy"),
      redrive_policy: document(redrivePolicy("sqs.dead-letter")),
      redrive_allow_policy: inward,
      kms_master_key_id: uses("the key that encrypts messages at rest"),
    },
  }),

  aws_sqs_queue_policy: grants("says who may send to a queue and receive from it", {
    docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html",
    data: "queue_url",
    attributes: { policy: policy("sqs.policy") },
  }),

  aws_sqs_queue_redrive_policy: moves("hands messages that can't be processed to another queue", {
    docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    data: "queue_url",
    attributes: { redrive_policy: document(redrivePolicy("sqs.dead-letter")) },
  }),

  aws_sqs_queue_redrive_allow_policy: grants("says which queues may use this one for their undeliverable messages", {
    docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    data: "queue_url",
    attributes: { redrive_allow_policy: inward },
  }),

  ...lookups({ sqs_queue: "a queue by name", sqs_queues: "the queues of an account by prefix" }),
});
