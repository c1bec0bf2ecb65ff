/** What a model may ask about the rest of the configuration. */
import type { Resource } from "../configuration/resource";
import type { Value } from "../configuration/value";

export interface Context {
  /** All resources of a type. */
  ofType(type: string): readonly Resource[];
  /**
   * The resources of this configuration that the value denotes: by reference, or by a literal name, id or ARN that one
   * of them declares. Several if it may be one of several; empty if none is in this configuration.
   */
  denoted(value: Value): readonly Resource[];
  /** Resources of `type` whose attribute at `path` denotes `resource`: `referring("aws_lambda_permission", "function_name", f)`. */
  referring(type: string, path: string, resource: Resource): readonly Resource[];
  /** The effective region of a resource (its own `region`, else its provider's), or undefined if it can't be known. */
  regionOf(resource: Resource): string | undefined;
}
