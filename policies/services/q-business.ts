import { holds, service, uses } from "../flows/vocabulary";
import { acrossTheGeography } from "./inference";

export default service("Amazon Q Business", {
  aws_qbusiness_application: holds("an organization's documents, and answers about them", {
    docs: "https://docs.aws.amazon.com/amazonq/latest/qbusiness-ug/cross-region-inference.html",
    attributes: {
      iam_service_role_arn: uses("the role that the service acts with"),
      identity_center_instance_arn: uses("the directory of users"),
      "encryption_configuration.kms_key_id": uses("the key that encrypts documents"),
    },
    // "Cross-region inference is enabled by default for Amazon Q Business applications."
    also: acrossTheGeography("qbusiness.inference"),
  }),
});
