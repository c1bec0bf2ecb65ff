/** Who may call a Lambda function by one statement of its resource-based policy. */
import { attribute, type Resource } from "../configuration/resource";
import type { Value } from "../configuration/value";
import { type Finding, shares, type TargetForm } from "../flows/vocabulary";

const CHANNEL = "lambda.permission";

/**
 * Services that hand an event to a function and get no answer
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html, "Asynchronous invocation").
 */
const EVENT_SOURCES = new Set([
  "s3.amazonaws.com",
  "sns.amazonaws.com",
  "ses.amazonaws.com",
  "events.amazonaws.com",
  "logs.amazonaws.com",
  "iot.amazonaws.com",
  "config.amazonaws.com",
  "codecommit.amazonaws.com",
  "codepipeline.amazonaws.com",
  "cloudformation.amazonaws.com",
  "s3-outposts.amazonaws.com",
]);

/** `logs.eu-west-1.amazonaws.com` is the same service as `logs.amazonaws.com`. */
const withoutRegion = (principal: string): string =>
  principal.replace(/\.[a-z]{2}(?:-[a-z]+)+-\d+(?=\.amazonaws\.com)/, "");
const isService = (principal: string): boolean =>
  /\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/.test(principal);
const isSet = (value: Value): boolean => value !== null && value !== "";

/**
 * The response goes back to the caller, so whoever may invoke may read. A service calls on behalf of whoever configures
 * it: of anybody, unless the statement names the source's account or ARN ("If you specify a service, use SourceArn or
 * SourceAccount", https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html).
 */
export function* whoMayInvoke(resource: Resource): Iterable<Finding> {
  const principal = attribute(resource, "principal");
  const organization = attribute(resource, "principal_org_id");
  const byOrganization = isSet(organization);
  const shared = (name: string, value: Value, form: TargetForm, why?: string): Finding => ({
    finding: "role",
    attribute: name,
    value,
    role: shares(CHANNEL, form, why === undefined ? {} : { why }),
  });

  if (typeof principal !== "string" || !(isService(principal) || principal === "*")) {
    if (byOrganization) yield shared("principal_org_id", organization, "principal");
    else yield shared("principal", principal, "principal");
    return;
  }
  if (EVENT_SOURCES.has(withoutRegion(principal))) return;
  const account = attribute(resource, "source_account");
  const arn = attribute(resource, "source_arn");
  // Both narrow; with both, the ARN says more: the Region too.
  if (isSet(arn)) yield shared("source_arn", arn, "arn");
  if (isSet(account)) yield shared("source_account", account, "account");
  if (isSet(arn) || isSet(account)) return;
  if (byOrganization) yield shared("principal_org_id", organization, "principal");
  else {
    const why =
      principal === "*"
        ? "anybody may invoke the function"
        : `${principal} may invoke the function for anybody's account`;
    yield shared("principal", "*", "principal", why);
  }
}
