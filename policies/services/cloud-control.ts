import { attribute, type Resource } from "../configuration/resource";
import { type Finding, harmless, moves, service, uses } from "../flows/vocabulary";
import { json } from "./documents/json";
import { propertiesProblem } from "./documents/template";

/** A resource of any CloudFormation type is made from a JSON text: few are modelled in that form. */
function* unread(resource: Resource): Generator<Finding> {
  const why = propertiesProblem(attribute(resource, "type_name"), json(attribute(resource, "desired_state")));
  if (why !== undefined) yield { finding: "undecided", attribute: "desired_state", why };
}

export default service("AWS Cloud Control API", {
  aws_cloudcontrolapi_resource: moves("makes a resource of any type", {
    docs: "https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations.html",
    attributes: {
      role_arn: uses("the role that makes it"),
      schema: harmless("the schema of the type"),
      desired_state: harmless("judged as a whole, see documents/template.ts"),
    },
    also: unread,
  }),
});
