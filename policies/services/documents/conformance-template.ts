/** The template of an AWS Config conformance pack: a CloudFormation template of rules and remediations. */
import { find, isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { namedParameters } from "./arn-values";
import { yaml } from "./yaml";

const CHANNEL = "config.conformance-pack";
const unseen = (at: string, value: Value): DocumentPart => ({ at, value, role: sends(CHANNEL, "any") });

/**
 * Yields the functions that custom rules hand configurations to, and the ARNs among the parameters of remediations
 * (https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html). A template that lies in a
 * bucket can't be seen.
 */
export const conformanceTemplate = (attribute: "template_body" | "template_s3_uri"): DocumentReader =>
  function* (document) {
    if (attribute === "template_s3_uri") {
      yield unseen("", new Unknown("the template lies in a bucket and can't be seen"));
      return;
    }
    const template = yaml(document);
    const resources = isObject(template) ? (template.Resources ?? null) : template;
    if (!isObject(resources)) {
      yield unseen(
        "",
        isUnknown(resources) ? resources : new Unknown("the template has no resources that could be read"),
      );
      return;
    }
    for (const name of Object.keys(resources)) yield* resourceParts(`.Resources.${name}`, resources[name]);
  };

function* resourceParts(at: string, resource: Value): Iterable<DocumentPart> {
  if (!isObject(resource)) return yield unseen(at, new Unknown("is no resource"));
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  switch (resource.Type) {
    case "AWS::Config::ConfigRule":
      return yield* rule(`${at}.Properties`, properties);
    case "AWS::Config::RemediationConfiguration":
      return yield* parameters(properties.Parameters ?? null, `${at}.Properties.Parameters`);
    default:
      yield unseen(at, new Unknown(`the template deploys ${String(resource.Type)}, which is not modelled there`));
  }
}

/** By name: `{"StaticValue": {"Values": […]}}`, or `{"ResourceValue": …}` for the resource that was found. */
function* parameters(value: Value, at: string): Iterable<DocumentPart> {
  if (!isObject(value)) return yield* namedParameters(CHANNEL, value, at);
  const fixed = Object.entries(value).map(([name, one]) => [name, isObject(one) ? (one.StaticValue ?? null) : one]);
  yield* namedParameters(CHANNEL, Object.fromEntries(fixed), at);
}

function* rule(at: string, properties: Values): Iterable<DocumentPart> {
  const managed = find(properties, "Source.Owner").some(({ value }) => value === "AWS" || value === "CUSTOM_POLICY");
  if (managed) return;
  for (const found of find(properties, "Source.SourceIdentifier")) {
    const value = isObject(found.value) ? new Unknown("the template computes it") : found.value;
    yield { at: `${at}.${found.at}`, value, role: sends(CHANNEL, "arn") };
  }
}
