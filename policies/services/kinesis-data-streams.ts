import { grants, harmless, holds, moves, policy, service, uses } from "../flows/vocabulary";
import { lookups } from "./pages";

export default service("Amazon Kinesis Data Streams", {
  aws_kinesis_stream: holds("keeps records for consumers in its Region", {
    docs: "https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html",
    attributes: {
      kms_key_id: uses("the key that encrypts records at rest"),
      arn: harmless("the stream's own ARN"),
    },
  }),

  aws_kinesis_stream_consumer: moves(
    "registers an application that is given a read rate of its own; who may read is for policies",
    {
      docs: "https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html",
      data: "stream_arn",
    },
  ),

  aws_kinesis_resource_policy: grants("says who may read from a stream or a consumer, other accounts included", {
    docs: "https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html#sharing-a-stream",
    data: "resource_arn",
    attributes: { policy: policy("kinesis.policy") },
  }),

  ...lookups({ kinesis_stream: "a stream by name", kinesis_stream_consumer: "a consumer of a stream" }),
});
