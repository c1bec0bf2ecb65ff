/**
 * Access control lists of Amazon S3: who besides the owner may read a bucket or an object, and what switches ACLs off.
 *
 * - Canned ACLs, grantees and permissions: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 * - `IgnorePublicAcls`: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * - `BucketOwnerEnforced`: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 *
 * New buckets have ACLs off and public access blocked; an ACL that opens a bucket is taken at its word nevertheless,
 * unless this configuration itself says that ACLs are off: the bucket may be older than those defaults.
 */
import type { Resource } from "../configuration/resource";
import { attribute } from "../configuration/resource";
import { find, isUnknown, isWhollyKnown, type Value, type Values } from "../configuration/value";
import type { Context } from "../flows/context";
import { type Finding, shares } from "../flows/vocabulary";

const CHANNEL = "s3.acl";

/** Canned ACLs that let nobody else read: the others let everybody, or every AWS account. */
const CLOSED = new Set<Value>([
  "",
  "private",
  "aws-exec-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
  "log-delivery-write",
]);

/** Groups whose members are anybody. `.../s3/LogDelivery` only writes. */
const EVERYBODY = new Set<Value>([
  "http://acs.amazonaws.com/groups/global/AllUsers",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
]);
const LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";

/**
 * The account through which CloudFront writes access logs
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html, "Required permissions").
 */
const CLOUDFRONT_LOGS = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";
const HARMLESS_GRANTEES = ["aws_canonical_user_id", "aws_cloudfront_log_delivery_canonical_user_id"];

/** Permissions that only bring data in (WRITE) or show the list itself (READ_ACP). */
const INWARD = new Set<Value>(["WRITE", "READ_ACP"]);

/** What stops ACLs in this configuration: nothing, something that may (a clause), or something that does. */
type Guard = "open" | "closed" | { readonly unless: string };

/** A canned ACL at `path`. */
export function* cannedAcl(resource: Resource, context: Context, path: string): Generator<Finding> {
  for (const { value, at } of find(resource.values, path)) {
    if (isUnknown(value) ? value.candidates?.every((one) => CLOSED.has(one)) : CLOSED.has(value)) continue;
    const guard = publicAclGuard(resource, context);
    if (guard === "closed") continue;
    const unless = isUnknown(value) ? `${at}: ${value.why}` : guard === "open" ? undefined : guard.unless;
    yield toAnyone(at, "the canned ACL lets everybody, or every AWS account, read", unless);
  }
}

interface GrantPaths {
  /** Path of the list of grants. */
  readonly grants: string;
  /** Below a grant: the permission or permissions, the grantee's group, canonical id and e-mail address. */
  readonly permission: string;
  readonly uri: string;
  readonly id: string;
  readonly email?: string;
  /** Path of the canonical id of the owner, to whom a grant gives nothing new. */
  readonly owner?: string;
  /** Attribute that names the bucket whose objects the grants are put on. @default "bucket" */
  readonly bucket?: string;
}

/** A list of grants. */
export function* grantsOf(resource: Resource, context: Context, paths: GrantPaths): Generator<Finding> {
  const owner = paths.owner === undefined ? [] : find(resource.values, paths.owner).map(({ value }) => value);
  for (const { value: grant, at } of find(resource.values, paths.grants)) {
    if (isUnknown(grant)) {
      yield toAnyone(at, "the grants are not known", `${at}: ${grant.why}`);
      continue;
    }
    const permissions = find(grant as Values, paths.permission).map(({ value }) => value);
    if (permissions.length > 0 && permissions.every((one) => INWARD.has(one))) continue;
    yield* groupGrant(resource, context, grant as Values, paths, at);
    if (publicOwnership(resource, context, paths.bucket) === "closed") continue;
    for (const { value, at: where } of find(grant as Values, paths.id)) {
      if (!isOwnGrantee(value, owner)) yield partyGrant(`${at}.${where}`, value, "principal");
    }
    for (const { value, at: where } of paths.email ? find(grant as Values, paths.email) : []) {
      yield partyGrant(`${at}.${where}`, value, "email");
    }
  }
}

function* groupGrant(
  resource: Resource,
  context: Context,
  grant: Values,
  paths: GrantPaths,
  at: string,
): Generator<Finding> {
  for (const { value, at: where } of find(grant, paths.uri)) {
    if (value === LOG_DELIVERY || (!isUnknown(value) && !EVERYBODY.has(value))) continue;
    const guard = publicAclGuard(resource, context, paths.bucket);
    if (guard === "closed") continue;
    const unless = isUnknown(value) ? `${at}.${where}: ${value.why}` : guard === "open" ? undefined : guard.unless;
    yield toAnyone(`${at}.${where}`, "the grant is to everybody, or to every AWS account", unless);
  }
}

const partyGrant = (at: string, value: Value, form: "principal" | "email"): Finding => ({
  finding: "role",
  attribute: at,
  value,
  role: shares(CHANNEL, form, { why: "the access control list lets this party read" }),
});

const toAnyone = (at: string, why: string, unless: string | undefined): Finding => ({
  finding: "flow",
  channel: CHANNEL,
  attribute: at,
  to: { to: "anyone" },
  why,
  ...(unless === undefined ? {} : { unless }),
});

/** The caller's own canonical id, CloudFront's log delivery, or the owner named beside the grants. */
function isOwnGrantee(value: Value, owner: readonly Value[]): boolean {
  if (!isUnknown(value)) return value === CLOUDFRONT_LOGS || owner.includes(value);
  const source = value.exact ? value.references[0]?.address : undefined;
  return source !== undefined && HARMLESS_GRANTEES.some((type) => source.includes(`data.${type}.`));
}

/** Whether an ACL that names everybody has an effect on the bucket that `resource` is, or names in `path`. */
function publicAclGuard(resource: Resource, context: Context, path = "bucket"): Guard {
  if (publicOwnership(resource, context, path) === "closed") return "closed";
  let guard: Guard = "open";
  for (const block of blocksOf(resource, context, path)) {
    const ignore = attribute(block, "ignore_public_acls");
    if (ignore === true) return "closed";
    if (isUnknown(ignore)) guard = { unless: `${block.address} ignore_public_acls: ${ignore.why}` };
  }
  return guard;
}

function publicOwnership(resource: Resource, context: Context, path = "bucket"): Guard {
  const controls = companions("aws_s3_bucket_ownership_controls", resource, context, path);
  const enforced = controls.some((control) =>
    find(control.values, "rule.object_ownership").some(({ value }) => value === "BucketOwnerEnforced"),
  );
  return enforced ? "closed" : "open";
}

const blocksOf = (resource: Resource, context: Context, path: string): Resource[] => [
  ...companions("aws_s3_bucket_public_access_block", resource, context, path),
  ...context.ofType("aws_s3_account_public_access_block").filter((block) => sameAccount(block, resource)),
];

/** Resources of a type that configure the bucket which `resource` is, or names in `path`. */
function companions(type: string, resource: Resource, context: Context, path: string): Resource[] {
  if (resource.type === "aws_s3_bucket") return [...context.referring(type, "bucket", resource)];
  const name = attribute(resource, path);
  const found = context.denoted(name).flatMap((bucket) => context.referring(type, "bucket", bucket));
  if (typeof name !== "string") return found;
  return [
    ...found,
    ...context.ofType(type).filter((one) => one.stack === resource.stack && one.values.bucket === name),
  ];
}

/** The account that a provider block works in shows only in how it signs in: alike sign-ins are one account. */
function sameAccount(one: Resource, other: Resource): boolean {
  if (attribute(one, "account_id") !== null || one.stack !== other.stack) return false;
  if (one.provider === other.provider) return true;
  return SIGN_IN.every((name) => {
    const [mine, its] = [one.provider.values[name] ?? null, other.provider.values[name] ?? null];
    return isWhollyKnown(mine) && isWhollyKnown(its) && JSON.stringify(mine) === JSON.stringify(its);
  });
}

const SIGN_IN = [
  "assume_role",
  "assume_role_with_web_identity",
  "profile",
  "access_key",
  "allowed_account_ids",
] as const;
