/** A resource to read a document of, for tests. */
import type { Resource } from "../../../../policies/configuration/resource";
import type { Values } from "../../../../policies/configuration/value";

export const resourceOf = (values: Values): Resource => ({
  address: "aws_x.y",
  mode: "managed",
  type: "aws_x",
  name: "y",
  module: "",
  stack: "",
  values,
  provider: { name: "aws", values: {} },
});
