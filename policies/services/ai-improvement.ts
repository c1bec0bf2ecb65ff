/**
 * AWS may keep what some of its AI services process, to improve them, "in an AWS Region outside of the AWS Region where
 * you are using the service", unless the organization has opted out (AWS Organizations User Guide, "AI services opt-out
 * policies", and there "Syntax and examples" for the names of the services).
 */
import { attribute, type Resource } from "../configuration/resource";
import { find, isObject, isUnknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import type { Finding } from "../flows/vocabulary";
import { json } from "./documents/json";

/** Services by their names in an opt-out policy. */
type AiService =
  | "chimesdkvoiceanalytics"
  | "codeguruprofiler"
  | "comprehend"
  | "contactlens"
  | "guardduty"
  | "lex"
  | "quicksightq"
  | "rekognition"
  | "transcribe";

/** For `also`: what the service processes may be kept elsewhere, unless the configuration itself opts out. */
export const mayImprove = (service: AiService) =>
  function* (_resource: Resource, context: Context): Generator<Finding> {
    if (optedOut(service, context)) return;
    yield {
      finding: "flow",
      channel: "ai.service-improvement",
      to: { to: "value", value: "AWS, for improving its AI services", form: "principal" },
      why: "AWS may keep what the service processes in another Region",
      unless: `no opt-out policy for ${service} is attached to the organization's root in this configuration`,
    };
  };

/** Some policy at the root opts out, and no policy anywhere says anything else. */
function optedOut(service: AiService, context: Context): boolean {
  const policies = context
    .ofType("aws_organizations_policy")
    .filter((policy) => attribute(policy, "type") === "AISERVICES_OPT_OUT_POLICY");
  const choices = policies.map((policy) => ({ policy, choice: choiceOf(policy, service) }));
  return (
    choices.every(({ choice }) => choice === "optOut" || choice === undefined) &&
    choices.some(({ policy, choice }) => choice === "optOut" && atRoot(policy, context))
  );
}

/** `optOut`, `optIn`, what is not known, or undefined where the policy says nothing about the service. */
function choiceOf(policy: Resource, service: AiService): Value | undefined {
  const content = json(attribute(policy, "content"));
  if (!isObject(content)) return content;
  for (const name of [service, "default"]) {
    const [found] = find(content, `services.${name}.opt_out_policy.@@assign`);
    if (found) return found.value;
  }
  return undefined;
}

const atRoot = (policy: Resource, context: Context): boolean =>
  context
    .referring("aws_organizations_policy_attachment", "policy_id", policy)
    .some((attachment) => isRoot(attribute(attachment, "target_id")));

/** A root's id begins with `r-`; a reference names it by `roots`. */
const isRoot = (target: Value): boolean =>
  typeof target === "string"
    ? target.startsWith("r-")
    : isUnknown(target) && target.exact && target.references.every(({ path }) => /^roots\b/.test(path));
