import type { Resource } from "../configuration/resource";
import type { Context } from "../flows/context";
import { type Finding, holds, service, uses } from "../flows/vocabulary";
import { GEOGRAPHIES } from "./documents/model-reference";

/**
 * "Cross-region inference is enabled by default … requests are kept within the AWS Regions that are part of the geography
 * where the data originally resides" (Amazon Q Business User Guide, "Cross-region inference").
 */
function* acrossTheGeography(application: Resource, context: Context): Generator<Finding> {
  const geography = /^(?:eu|us|ca)(?=-)/.exec(context.regionOf(application) ?? "")?.[0] ?? "apac";
  for (const region of GEOGRAPHIES[geography]) {
    yield {
      finding: "flow",
      channel: "qbusiness.inference",
      to: { to: "value", value: region, form: "region" },
      why: "questions may be answered there",
    };
  }
}

export default service("Amazon Q Business", {
  aws_qbusiness_application: holds("an organization's documents, and answers about them", {
    docs: "https://docs.aws.amazon.com/amazonq/latest/qbusiness-ug/cross-region-inference.html",
    attributes: {
      iam_service_role_arn: uses("the role that the service acts with"),
      identity_center_instance_arn: uses("the directory of users"),
      "encryption_configuration.kms_key_id": uses("the key that encrypts documents"),
    },
    also: acrossTheGeography,
  }),
});
