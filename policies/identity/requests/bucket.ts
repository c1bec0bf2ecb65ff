/**
 * What is particular to Amazon S3: public access that is blocked, and access points as further ways to a bucket.
 */
import type { Resource } from "../../configuration/resource";
import { isUnknown, type Value } from "../../configuration/value";
import type { Context } from "../../flows/context";
import { readOperator } from "../language/condition";
import type { Document, Statement } from "../language/document";
import type { Names } from "../language/names";
import { adrift, reasonFor } from "../parties/adrift";

export type Blocked = "yes" | "no" | { readonly unless: string };

/**
 * Whether S3 stops public access that the bucket's policy gives. New buckets block all of it ("since April 2023",
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html), a configuration of
 * the bucket decides otherwise, and the account's settings hold beside it: the most restrictive counts. What matters
 * is `restrict_public_buckets`: `block_public_policy` only refuses to store a public policy, and Terraform may store
 * the policy first.
 */
export function publicAccessBlocked(bucket: Resource, context: Context, names: Names): Blocked {
  const own = context.referring("aws_s3_bucket_public_access_block", "bucket", bucket);
  const account = context
    .ofType("aws_s3_account_public_access_block")
    .filter((block) => names.accountOf(block) === names.accountOf(bucket) && isOwnAccount(block, names));
  const settings = [...own, ...account].map((block) => block.values.restrict_public_buckets ?? false);
  if (settings.includes(true)) return "yes";
  const [lost] = adrift(context, "aws_s3_bucket_public_access_block", "bucket");
  if (own.length === 0) return lost ? { unless: reasonFor(lost, "bucket") } : "yes";
  const unknown = settings.find((value) => isUnknown(value));
  return isUnknown(unknown) ? { unless: `restrict_public_buckets: ${unknown.why}` } : "no";
}

function isOwnAccount(block: Resource, names: Names): boolean {
  const id = block.values.account_id ?? null;
  return (
    id === null ||
    (typeof id === "string" && id === names.accountOf(block)) ||
    (isUnknown(id) && id.resource?.type === "aws_caller_identity")
  );
}

/** Keys that a statement can be bound to by fixed values; "The meaning of 'public'", bucket policies, same page. */
const BINDING = new Set([
  "aws:sourceip",
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:userid",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
]);

/** Whether S3 takes an Allow statement for public. */
export function isPublic(statement: Statement): boolean {
  const { principals } = statement;
  if (!principals) return false;
  const everybody =
    principals.negated || principals.named.some((one) => one.kind === "anyone" || /[*?]/.test(one.text));
  return everybody && !statement.conditions.some(bindsToFixedValues);
}

function bindsToFixedValues({ operator, key, values }: Statement["conditions"][number]): boolean {
  const read = readOperator(operator);
  if (!read || read.negated || read.ifExists || read.quantifier === "all") return false;
  const name = key.toLowerCase();
  if (!BINDING.has(name) || values.length === 0) return false;
  if (name === "aws:sourceip") return values.every(({ text }) => !isWide(text));
  if (name === "s3:dataaccesspointarn")
    return values.every(({ text }) => !/[*?$]/.test(text.split(":").slice(0, 5).join(":")));
  return values.every(({ text }) => !/[*?]|\$\{/.test(text));
}

/** Ranges wider than /8 (IPv6: /32) count as public. */
function isWide(range: string): boolean {
  const length = /\/(\d+)$/.exec(range)?.[1];
  return length !== undefined && Number(length) < (range.includes(":") ? 32 : 8);
}

export interface AccessPoint {
  readonly resource: Resource;
  readonly arn: string;
  /** The VPC that alone can use it. */
  readonly vpc?: Value;
  /** Its policies: one, or none at all. */
  readonly policies: readonly (readonly [by: Resource, attribute: string, value: Value])[];
  /** Off if its own settings let public policies count. */
  readonly blocked: Blocked;
}

/** The access points that the configuration makes for a bucket. */
export function accessPoints(bucket: Resource, context: Context, names: Names): AccessPoint[] {
  return context.referring("aws_s3_access_point", "bucket", bucket).map((resource) => {
    const inline = resource.values.policy ?? null;
    const attached = context.referring("aws_s3control_access_point_policy", "access_point_arn", resource);
    const policies: AccessPoint["policies"][number][] = attached.map((one) => [
      one,
      "policy",
      one.values.policy ?? null,
    ]);
    if (inline !== null) policies.push([resource, "policy", inline]);
    return { resource, arn: names.arnOf(resource), vpc: vpcOf(resource), policies, blocked: blockOf(resource) };
  });
}

function vpcOf(point: Resource): Value | undefined {
  const blocks = point.values.vpc_configuration;
  const block = Array.isArray(blocks) ? blocks[0] : blocks;
  return typeof block === "object" && block !== null && !isUnknown(block)
    ? ((block as { vpc_id?: Value }).vpc_id ?? undefined)
    : undefined;
}

/** All settings are on unless the access point is made with others, which can't be changed later. */
function blockOf(point: Resource): Blocked {
  const blocks = point.values.public_access_block_configuration;
  const block = Array.isArray(blocks) ? blocks[0] : blocks;
  if (typeof block !== "object" || block === null) return "yes";
  if (isUnknown(block)) return { unless: block.why };
  const setting = (block as { restrict_public_buckets?: Value }).restrict_public_buckets ?? true;
  return isUnknown(setting) ? { unless: setting.why } : setting === false ? "no" : "yes";
}

/** The document without the statements that blocked public access takes away. */
export const withoutPublic = (document: Document): Document => ({
  ...document,
  statements: document.statements.filter((one) => one.effect === "Deny" || !isPublic(one)),
});
