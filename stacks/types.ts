import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

/** The types of all resources below a construct. */
export const typesIn = (scope: IConstruct): string[] => [
  ...new Set(
    scope.node.findAll().flatMap((one) => (one instanceof TerraformResource ? one.terraformResourceType : [])),
  ),
];
