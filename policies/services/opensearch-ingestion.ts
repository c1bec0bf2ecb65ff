/** Pipelines that feed search domains and buckets. */
import { document, harmless, moves, network, sends, service, uses } from "../flows/vocabulary";
import { ingestionPipeline } from "./documents/ingestion-pipeline";
import { isArn } from "./pages";

const LOG_GROUP = "log_publishing_options.cloudwatch_log_destination.log_group";

export default service("Amazon OpenSearch Ingestion", {
  aws_osis_pipeline: moves("reads records and sends them to domains, collections and buckets", {
    docs: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/pipeline-config-reference.html",
    attributes: {
      pipeline_configuration_body: document(ingestionPipeline),
      "encryption_at_rest_options.kms_key_arn": uses("the key that encrypts the buffer"),
      // A log group's name stands for one of the same account and region.
      [LOG_GROUP]: sends("osis.logs", "arn", { when: isArn(LOG_GROUP) }),
      "vpc_options.vpc_endpoint_management": harmless("who makes the endpoint through which records come in"),
      "vpc_options.subnet_ids": network,
      "vpc_options.security_group_ids": network,
    },
  }),
});
