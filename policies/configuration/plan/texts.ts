/**
 * Of an expression in HCL a plan shows only what it refers to: `aws_s3_bucket.b.arn` and `"${aws_s3_bucket.b.arn}/*"`
 * look alike (https://developer.hashicorp.com/terraform/internals/json-format, "Expression Representation"). Where an
 * argument names another thing, it is taken for that thing's attribute. Where it is a text in which people write more
 * around a reference, that would say too much, and the text is only known to be made of it.
 */
import { isList, isUnknown, type Reference, Unknown, type Value } from "../value";

/** Attributes that stand in a URL or for a host as they are. */
const LOCATOR = /(^|[._])(id|arn|ur[il]|endpoint|dns_name|domain_name|hostname|host_name|host|address|fqdn)s?$/;
const URL = /(^|_)(ur[il]|endpoint|hostname|host_name|host)s?$/;

const WHOLE = /(^|[._])arn$/;

/** Arguments of `aws_iam_policy_document`, and which references stand in them as they are. */
const DOCUMENT: Readonly<Record<string, (reference: Reference) => boolean>> = {
  // A bucket's objects, a log group's streams, a table's indexes: as often as not something follows.
  resources: () => false,
  not_resources: () => false,
  // An ARN is a principal; a name can be put into an ARN of any account, the id of an account of ours into one of it.
  identifiers: ({ path, resources }) =>
    WHOLE.test(path) || (path === "id" && resources.every(({ type }) => type === "aws_organizations_account")),
  values: ({ path }) => WHOLE.test(path) || path === "id",
};

/** The value of an argument that a plan shows only references of, as far as they tell it. */
export function asWritten(name: string, value: Value, document: boolean): Value {
  const stands = document && Object.hasOwn(DOCUMENT, name) ? DOCUMENT[name] : URL.test(name) ? isLocator : undefined;
  return stands ? loosened(value, stands) : value;
}

const isLocator = ({ path }: Reference): boolean => LOCATOR.test(path);

function loosened(value: Value, stands: (reference: Reference) => boolean): Value {
  if (isList(value)) return value.map((one) => loosened(one, stands));
  if (!isUnknown(value)) return value;
  if (value.candidates) {
    const candidates = value.candidates.map((one) => loosened(one, stands));
    return new Unknown(value.why, { references: value.references, candidates });
  }
  if (!value.exact || value.references.every(stands)) return value;
  return new Unknown(value.why, { references: value.references });
}
