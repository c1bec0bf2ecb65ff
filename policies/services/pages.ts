/** What many service files share: the pages of the Terraform registry, data sources that only look up, ARN or name. */
import { isUnknown } from "../configuration/value";
import { type Condition, type Entry, inert } from "../flows/vocabulary";

const REGISTRY = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs";

/** The registry's page on a resource: `resourcePage("sns_topic")`. */
export const resourcePage = (name: string): string => `${REGISTRY}/resources/${name}`;
export const dataPage = (name: string): string => `${REGISTRY}/data-sources/${name}`;
export const ephemeralPage = (name: string): string => `${REGISTRY}/ephemeral-resources/${name}`;
export const actionPage = (name: string): string => `${REGISTRY}/actions/${name}`;

/**
 * Data sources that only read what AWS knows of things that exist already: names without `aws_`, each with what is
 * read. Data comes in; what is made of it is judged where it is used.
 */
export const lookups = (
  sources: Readonly<Record<string, string>>,
  attributes: Readonly<Record<string, Entry["attributes"]>> = {},
): Record<string, Entry> =>
  Object.fromEntries(
    Object.entries(sources).map(([name, what]) => [
      `data.aws_${name}`,
      inert(`looks up ${what}; data comes in only`, dataPage(name), attributes[name]),
    ]),
  );

/**
 * The attribute holds an ARN. Where AWS takes a name as well, a mere name stands for a thing of the same account and
 * Region, so that only an ARN can lead elsewhere.
 */
export const isArn = (path: string): Condition => ({
  path,
  absent: null,
  test: (value) => isUnknown(value) || (typeof value === "string" && value.startsWith("arn:")),
  text: `${path} is an ARN`,
});

/** The attribute holds an `s3://` address or another URL, no mere path. */
export const isUrl = (path: string): Condition => ({
  path,
  absent: null,
  test: (value) => isUnknown(value) || (typeof value === "string" && /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(value)),
  text: `${path} is a URL`,
});
