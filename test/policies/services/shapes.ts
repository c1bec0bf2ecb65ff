/** Makes resources of any type from the inventory: the least that the provider takes, and any attribute put into it. */
import {
  type AttributeSchema,
  type BlockSchema,
  type Nesting,
  schemaOf,
} from "../../../policies/configuration/schema/schema";
import type { Value as Known } from "../../../policies/configuration/value";
import type { Condition, Entry, Role, TargetForm } from "../../../policies/flows/vocabulary";
import { entryFor } from "../../../policies/services";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Body = { readonly [key: string]: Json };

/** For each form a target that the trust file of the tests vouches for or that stands in Dublin. */
export const INSIDE: Readonly<Record<TargetForm, string>> = {
  arn: "arn:aws:sqs:eu-west-1:111111111111:inside",
  "bucket-arn": "arn:aws:s3:::enclave-archive",
  bucket: "enclave-archive",
  url: "https://203.0.113.10/in",
  host: "203.0.113.10",
  email: "203.0.113.10",
  phone: "203.0.113.10",
  region: "eu-west-1",
  zone: "eu-west-1a",
  account: "111111111111",
  principal: "111111111111",
  cidr: "203.0.113.10",
  id: "lgw-0aaaaaaaaaaaaaaaa",
  any: "arn:aws:sqs:eu-west-1:111111111111:inside",
};

/** For each form a target that nobody vouches for, or that stands in Virginia. */
export const OUTSIDE: Readonly<Record<TargetForm, string>> = {
  arn: "arn:aws:sqs:us-east-1:444455556666:outside",
  "bucket-arn": "arn:aws:s3:::somebody-elses-bucket",
  bucket: "somebody-elses-bucket",
  url: "https://collector.example.com/in",
  host: "collector.example.com",
  email: "somebody@example.com",
  phone: "+12065550100",
  region: "us-east-1",
  zone: "us-east-1a",
  account: "444455556666",
  principal: "444455556666",
  cidr: "198.51.100.0/24",
  id: "vpc-0fedcba9876543210",
  any: "arn:aws:sqs:us-east-1:444455556666:outside",
};

const NOBODY = JSON.stringify({ Version: "2012-10-17", Statement: [] });
export const STRANGER = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "*", Resource: "*" }],
});

/** A value that nothing bounds. */
export const OPAQUE = "$" + "{var.opaque}";

/** A network without any way out, for types that need one. */
export const SURROUNDINGS: Body = {
  aws_vpc: { inside: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
  aws_subnet: {
    inside: { vpc_id: "$" + "{aws_vpc.inside.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" },
  },
  aws_security_group: { inside: { name: "inside", vpc_id: "$" + "{aws_vpc.inside.id}" } },
};
const ref = (address: string): string => `$\{${address}.id}`;

/** Values tried in turn where a role asks for one with some property. */
const CANDIDATES: readonly Known[] = [
  false,
  true,
  "DISABLED",
  "ENABLED",
  "Disabled",
  "Enabled",
  "HOMEFOLDERS",
  "CustomOauth2",
  "REGIONAL",
  "PRIVATE",
  "VPC",
  "AWS_IAM",
  "arn:aws:sqs:us-east-1:444455556666:outside",
  "https://collector.example.com/in",
  "something",
  1,
];

/** The words of a condition (`x is A or B`) hold values that satisfy it, or that don't. */
const wordsOf = ({ text }: Condition): Known[] =>
  (/ is (?:not )?(?!not set$|set$)(.*)$/.exec(text)?.[1] ?? "")
    .split(" or ")
    .filter((word) => word !== "")
    .map((word) => (word === "true" ? true : word === "false" ? false : word === "null" ? null : word));

/** A value that satisfies a condition, or one that does not; undefined if none is known. */
export function valueFor(condition: Condition, satisfied: boolean): Known | undefined {
  return [...wordsOf(condition), ...CANDIDATES].find((value) => condition.test(value) === satisfied);
}

function roleAt(entry: Entry | undefined, path: string): Role | undefined {
  const keys = path.split(".");
  for (let end = keys.length; end > 0; end--) {
    const role = entry?.attributes[keys.slice(0, end).join(".")];
    if (role) return role;
  }
  return undefined;
}

/** The least harmful value of an attribute. */
function harmless(path: string, schema: AttributeSchema, entry: Entry | undefined): Json {
  const scalar = scalarFor(path, schema, roleAt(entry, path));
  if (schema.type === "object" || schema.object) return nested(schema, objectOf(schema.object, path, entry));
  if (/^(?:list|set)\(/.test(schema.type)) return schema.type.includes("map(") ? [{}] : [scalar];
  if (/^map\(/.test(schema.type)) return {};
  return scalar;
}

const nested = ({ type }: AttributeSchema, value: Json): Json =>
  /^(?:list|set)\(/.test(type) ? [value] : /^map\(/.test(type) ? { key: value } : value;

function objectOf(block: BlockSchema | undefined, path: string, entry: Entry | undefined): Body {
  return block ? required(block, `${path}.`, entry) : {};
}

/** What the names of attributes and their roles don't tell. */
const SPECIMENS: Readonly<Record<string, Json>> = {
  "aws_api_gateway_rest_api_put.body": "{}",
  "aws_cloudwatch_event_target.arn": INSIDE.arn,
  "aws_directory_service_conditional_forwarder.dns_ips": ["10.0.0.2"],
  "aws_directory_service_radius_settings.radius_servers": ["10.0.0.2"],
  "aws_directory_service_trust.remote_domain_name": INSIDE.host,
  "aws_iot_topic_rule.enabled": true,
  "aws_lakeformation_permissions.principal": "111111111111",
  "aws_lakeformation_opt_in.principal": "111111111111",
  "aws_redshift_data_share_authorization.consumer_identifier": "111111111111",
  "aws_ssm_document.document_type": "Automation",
  "aws_storagegateway_nfs_file_share.client_list": ["10.0.0.0/8"],
};

function scalarFor(path: string, schema: AttributeSchema, role: Role | undefined): Json {
  if (role?.role === "opens") {
    const closed = valueFor(role.test, false);
    if (closed !== undefined) return closed as Json;
  }
  if (/bool/.test(schema.type)) return false;
  if (/number/.test(schema.type)) return 1;
  if (role?.role === "sends" || role?.role === "shares") return INSIDE[role.form];
  if (role?.role === "stands") return role.in === "region" ? "eu-west-1" : role.in === "zone" ? "eu-west-1a" : OUTPOST;
  if (role?.role === "policy" || (role?.role === "identity" && /policy|document|json/.test(path))) return NOBODY;
  if (role?.role === "network") return networkValue(path);
  if (role?.role === "document") return documentValue(path);
  return /principal|account|owner/.test(path) ? "111111111111" : "something";
}

const OUTPOST = "arn:aws:outposts:eu-north-1:111111111111:outpost/op-0aaaaaaaaaaaaaaaa";

function networkValue(path: string): string {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (/subnet/.test(name)) return ref("aws_subnet.inside");
  if (/group/.test(name)) return ref("aws_security_group.inside");
  if (/vpc/.test(name)) return ref("aws_vpc.inside");
  if (/ipv6/.test(name)) return "2001:db8::/64";
  if (/cidr|prefix/.test(name)) return "10.0.0.0/24";
  return "something";
}

const documentValue = (path: string): string =>
  /uri|location|path|bucket|directory/.test(path)
    ? "s3://enclave-archive/in"
    : /model/.test(path)
      ? "amazon.nova-lite-v1:0"
      : "{}";

/** Every required attribute of a structure; blocks are not known to be required. */
function required(block: BlockSchema, prefix: string, entry: Entry | undefined): Body {
  return Object.fromEntries(
    Object.entries(block.attributes)
      .filter(([, schema]) => schema.required)
      .map(([name, schema]) => [name, harmless(prefix + name, schema, entry)]),
  );
}

/** A resource of the type with its required attributes only, none of them harmful if that can be. */
export function least(type: string): Body {
  const body = required(schemaOf("managed", type)!, "", entryFor(type));
  const own = Object.entries(SPECIMENS).filter(([key]) => key.startsWith(`${type}.`));
  return { ...body, ...Object.fromEntries(own.map(([key, value]) => [key.slice(type.length + 1), value])) };
}

/** A resource of the type with `value` at a dotted path (at a block: the least block), and what is required on the way. */
export function withValue(type: string, path: string, value: Json, start: Body = least(type)): Body {
  return placed(start, schemaOf("managed", type)!, path.split("."), "", value, entryFor(type));
}

function placed(
  body: Body,
  block: BlockSchema,
  [key, ...rest]: readonly string[],
  prefix: string,
  value: Json,
  entry: Entry | undefined,
): Body {
  const at = prefix + key;
  const attribute = block.attributes[key];
  const inner = block.blocks[key];
  if (rest.length === 0) {
    if (value === OPAQUE) return { ...body, [key]: value };
    if (inner) return { ...body, [key]: [required(inner.block, `${at}.`, entry)] };
    return { ...body, [key]: attribute && /^(?:list|set)\(/.test(attribute.type) ? [value] : value };
  }
  const schema = inner?.block ?? attribute?.object;
  const nesting: Nesting = inner?.nesting ?? nestingOf(attribute);
  const keys = nesting === "map" ? rest.slice(1) : rest;
  const start = firstOf(body[key]) ?? (schema ? required(schema, `${at}.`, entry) : {});
  const below =
    schema && keys.length > 0 ? placed(start, schema, keys, `${at}.`, value, entry) : deep(start, rest, value);
  return { ...body, [key]: nesting === "map" ? { key: below } : nesting === "single" ? below : [below] };
}

/** Below what has no structure of its own: keys as they come, `*` any. */
function deep(body: Body, [key, ...rest]: readonly string[], value: Json): Body {
  const name = key === "*" ? "key" : key;
  return { ...body, [name]: rest.length === 0 ? value : deep({}, rest, value) };
}

const nestingOf = (attribute: AttributeSchema | undefined): Nesting =>
  !attribute
    ? "list"
    : /^(?:list|set)\(/.test(attribute.type)
      ? "list"
      : /^map\(object/.test(attribute.type)
        ? "map"
        : "single";

function firstOf(value: Json | undefined): Body | undefined {
  const one = Array.isArray(value) ? value[0] : value;
  return one !== null && typeof one === "object" ? (one as Body) : undefined;
}

/** As `withValue`, with values beside it that make a role's conditions hold. */
export function satisfying(type: string, path: string, value: Json, when: readonly Condition[]): Body | undefined {
  let body = withValue(type, path, value);
  for (const condition of when) {
    if (condition.path === path) continue;
    if (condition.test(condition.absent) && !mentions(body, condition.path)) continue;
    const wanted = valueFor(condition, true);
    if (wanted === undefined) return undefined;
    body = withValue(type, condition.path, wanted as Json, body);
  }
  return body;
}

function mentions(body: Body, path: string): boolean {
  const [key, ...rest] = path.split(".");
  if (!Object.hasOwn(body, key)) return false;
  const below = firstOf(body[key]);
  return rest.length === 0 || (below !== undefined && mentions(below, rest.join(".")));
}
