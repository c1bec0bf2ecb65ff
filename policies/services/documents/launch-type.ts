/** Where the tasks of Amazon ECS run: on Fargate, on the cluster's own instances, or on machines outside AWS. */
import { isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentPart, document, type Role, sends } from "../../flows/vocabulary";

const where = sends("ecs.external-instances", "any");

/**
 * `EXTERNAL` is "an on-premises server or virtual machine" that is registered with the cluster (Amazon ECS Developer
 * Guide, "Amazon ECS clusters for external instances"); nothing in Terraform says where it stands.
 */
export const launchType: Role = document(function* (type: Value): Generator<DocumentPart> {
  if (isUnknown(type)) yield { at: "", value: type, role: where };
  else if (type === "EXTERNAL") {
    const why = "tasks run on external instances: where those machines stand is not in this configuration";
    yield { at: "", value: new Unknown(why), role: where };
  }
});
