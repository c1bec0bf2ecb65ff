import type { Resource } from "../configuration/resource";
import { attribute } from "../configuration/resource";
import { isUnknown } from "../configuration/value";
import { type Finding, harmless, moves, service, uses } from "../flows/vocabulary";

/** A resource of any CloudFormation type is made from a JSON text: nothing is modelled in that form. */
function* unread(resource: Resource): Generator<Finding> {
  const type = attribute(resource, "type_name");
  const name = isUnknown(type) ? "a type that is not known" : String(type);
  yield {
    finding: "undecided",
    attribute: "desired_state",
    why: `makes a resource of CloudFormation's ${name}, which is not modelled in this form`,
  };
}

export default service("AWS Cloud Control API", {
  aws_cloudcontrolapi_resource: moves("makes a resource of any type", {
    docs: "https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations.html",
    attributes: {
      role_arn: uses("the role that makes it"),
      schema: harmless("the schema of the type"),
      desired_state: harmless("reported as a whole"),
    },
    also: unread,
  }),
});
