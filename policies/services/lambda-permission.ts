/** Who may call a Lambda function, or use a layer, by one statement of its resource-based policy. */
import { attribute, type Resource } from "../configuration/resource";
import type { Value } from "../configuration/value";
import { statement } from "./documents/statement";

/**
 * The statement that AddPermission makes (https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html). The response goes back to the caller,
 * so whoever may invoke may read.
 */
export const invocation = (permission: Resource): Value =>
  statement({
    principal: attribute(permission, "principal"),
    actions: attribute(permission, "action"),
    conditions: [
      ["ArnLike", "aws:SourceArn", attribute(permission, "source_arn")],
      ["StringEquals", "aws:SourceAccount", attribute(permission, "source_account")],
      ["StringEquals", "aws:PrincipalOrgID", attribute(permission, "principal_org_id")],
      ["StringEquals", "lambda:FunctionUrlAuthType", attribute(permission, "function_url_auth_type")],
    ],
  });

/** The statement that AddLayerVersionPermission makes. */
export const layerUse = (permission: Resource): Value =>
  statement({
    principal: attribute(permission, "principal"),
    actions: attribute(permission, "action"),
    conditions: [["StringEquals", "aws:PrincipalOrgID", attribute(permission, "organization_id")]],
  });
