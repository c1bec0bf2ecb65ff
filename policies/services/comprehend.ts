import { document, harmless, holds, type InterfaceRule, network, receives, service, uses } from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { s3Uri } from "./documents/s3-uri";

const guide = (page: string) => `https://docs.aws.amazon.com/comprehend/latest/dg/${page}.html`;
const training = receives("documents for training come from there");

/** Training is AWS's own code, which only reads and writes the buckets that are named. */
const jobs: InterfaceRule = {
  subnets: "vpc_config.subnets",
  groups: "vpc_config.security_group_ids",
  publicIpv4: "never",
  initiates: false,
  without: "nothing",
};
const common = {
  data_access_role_arn: uses("the role that reads the documents"),
  model_kms_key_id: uses("the key that encrypts the model"),
  volume_kms_key_id: uses("the key that encrypts the disks of training"),
  "vpc_config.subnets": network,
  "vpc_config.security_group_ids": network,
  input_data_config: training,
  language_code: harmless("a language"),
};

export default service("Amazon Comprehend", {
  aws_comprehend_document_classifier: holds("a model made from documents", {
    docs: guide("how-document-classification"),
    attributes: {
      ...common,
      "output_data_config.s3_uri": document(s3Uri("comprehend.training-output")),
      "output_data_config.kms_key_id": uses("the key that encrypts what is written"),
    },
    interfaces: [jobs],
    also: mayImprove("comprehend"),
  }),
  aws_comprehend_entity_recognizer: holds("a model made from documents", {
    docs: guide("custom-entity-recognition"),
    attributes: common,
    interfaces: [jobs],
    also: mayImprove("comprehend"),
  }),
});
