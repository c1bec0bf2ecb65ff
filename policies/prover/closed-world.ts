/** What is not modelled is never contained: foreign providers, unknown types, attributes and blocks, places nobody looked at. */
import { modelKey, type Resource, type Undecided } from "../configuration/resource";
import { isRetired } from "../configuration/schema/retired";
import { type BlockSchema, schemaOf } from "../configuration/schema/schema";
import { isList, isObject, isUnknown, leaves, type Value, type Values } from "../configuration/value";
import type { Context } from "../flows/context";
import type { Entry } from "../flows/vocabulary";
import type { World } from "../geography/world";
import { undecided } from "./roles";
import { targetsOf } from "./targets";

export function checkClosed(
  resource: Resource,
  entry: Entry | undefined,
  context: Context,
  world: World,
  out: Undecided[],
): void {
  if (!entry) {
    out.push(unmodelled(resource));
    return;
  }
  const schema = schemaOf(resource.mode, resource.type);
  if (schema) checkNames(resource, resource.values, schema, "", out);
  // What a data source asks for is looked up, not sent to; everything else can act on what its arguments name.
  if (resource.mode !== "data") checkPlaces(resource, entry, context, world, out);
}

/** Where the modelled provider comes from; a provider of somebody else that calls itself aws is another one. */
const MODELLED = new Set([
  "aws",
  "hashicorp/aws",
  "registry.terraform.io/hashicorp/aws",
  "registry.opentofu.org/hashicorp/aws",
]);

/** Whether a thing claims our types for a provider that is not the modelled one. */
export const isForeign = ({ provider: { name, source } }: Resource): boolean =>
  name === "aws" && source !== undefined && !MODELLED.has(source);

function unmodelled(resource: Resource): Undecided {
  const key = modelKey(resource);
  const { name, source = name } = resource.provider;
  const belongsToProvider = resource.mode !== "backend" && resource.mode !== "provisioner";
  if (belongsToProvider && !MODELLED.has(source)) {
    return undecided(
      resource,
      undefined,
      "foreign-provider",
      `${key} belongs to the provider ${source}, which is not modelled`,
    );
  }
  return undecided(resource, undefined, "unmodelled-type", `${key} has no model`);
}

/** Names that the provider's schema does not have, where they hold anything. */
function checkNames(resource: Resource, values: Values, schema: BlockSchema, prefix: string, out: Undecided[]): void {
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (isEmpty(value)) continue;
    const at = prefix === "" ? name : `${prefix}.${name}`;
    // The schema's records have no prototype: what they don't list is undefined.
    const attribute = schema.attributes[name];
    if (attribute !== undefined) {
      if (attribute.object) checkObjects(resource, value, attribute.object, attribute.type.includes("map("), at, out);
      continue;
    }
    if (prefix === "" && isRetired(resource.type, name)) continue;
    if (schema.blocks[name] === undefined) {
      const block = isObject(value) || (isList(value) && value.some(isObject));
      const what = block ? "block" : "attribute";
      out.push(
        undecided(
          resource,
          at,
          `unmodelled-${what}`,
          `${resource.type} has no ${what} ${at} in the modelled provider version`,
        ),
      );
      continue;
    }
    const { block } = schema.blocks[name];
    if (isList(value)) {
      for (let i = 0; i < value.length; i++) {
        const item = value[i];
        if (isObject(item)) checkNames(resource, item, block, `${at}[${i}]`, out);
      }
    } else if (isObject(value)) checkNames(resource, value, block, at, out);
  }
}

/** The objects that an attribute holds: one, or several in a list, a set or a map. */
function checkObjects(
  resource: Resource,
  value: Value,
  object: BlockSchema,
  keyed: boolean,
  at: string,
  out: Undecided[],
): void {
  if (isList(value)) {
    for (let i = 0; i < value.length; i++) checkObjects(resource, value[i], object, keyed, `${at}[${i}]`, out);
  } else if (isObject(value) && keyed) {
    for (const key of Object.keys(value)) checkObjects(resource, value[key], object, false, `${at}.${key}`, out);
  } else if (isObject(value)) checkNames(resource, value, object, at, out);
}

const isEmpty = (value: Value): boolean => value === null || value === "" || (isList(value) && value.length === 0);

/** Cheap test for text that may name a place, before it is taken apart. */
const SUSPICIOUS = /arn:|:\/\/|(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)-[a-z]+-|\.amazonaws\.|^\d{12}$|@/;

/** Text written for people; what it mentions is no place that data goes to. */
const FREE_TEXT =
  /^(?:tags|tags_all|(?:\w+_)?(?:description|message|reason)|comment|subject|text|html|name|name_prefix|display_name|title|label|labels|alias|sid)$/;

/** What names something of the owner's own: a region within the name (`users-eu-west-1`) is a part of it, no place. */
const NAMING = /(?:^|_)(?:name|identifier|prefix|suffix|title|label|key)$/;
const isName = (attribute: string, text: string): boolean =>
  NAMING.test(attribute) && /^[\w/+=-]+$/.test(text) && !/^(?:\d{12}|[a-z]{2,4}(?:-[a-z]+)+-\d[a-z]?)$/.test(text);

/** The net under the models: a value that looks like a place outside and that no role has looked at. */
function checkPlaces(resource: Resource, entry: Entry, context: Context, world: World, out: Undecided[]): void {
  for (const name of Object.keys(resource.values)) {
    const value = resource.values[name];
    if (value === null || typeof value === "boolean" || typeof value === "number") continue;
    if (isUnknown(value) || isSettled(resource, name, entry)) continue;
    for (const leaf of leaves(value, name)) {
      if (typeof leaf.value !== "string" || !SUSPICIOUS.test(leaf.value)) continue;
      const path = leaf.at.replace(/\[\d+\]/g, "");
      const attribute = path.slice(path.lastIndexOf(".") + 1);
      if (FREE_TEXT.test(attribute) || isName(attribute, leaf.value) || covered(path, entry)) continue;
      const around = { resource, context, world };
      const outside = targetsOf(leaf.value, "any", around).some((target) =>
        target.kind === "place" ? target.side !== "inside" : target.kind === "undetermined" && isBucket(leaf.value),
      );
      if (outside) {
        out.push(
          undecided(
            resource,
            leaf.at,
            "unmodelled-attribute",
            `${leaf.at} holds ${JSON.stringify(leaf.value)}, which names a place that may be outside and which no model has looked at`,
          ),
        );
      }
    }
  }
}

/** A bucket that nobody vouches for may be anybody's. */
const isBucket = (text: Value): boolean => typeof text === "string" && /^(?:arn:[^:]*:s3:::|s3:\/\/)/.test(text);

/** By type and attribute; only names that the schema has are kept. */
const settled = new Map<string, Map<string, boolean>>();

/** Whether an attribute's name alone tells that the net need not look at it. */
function isSettled(resource: Resource, name: string, entry: Entry): boolean {
  const { mode, type } = resource;
  const key = modelKey(resource);
  const names = settled.get(key) ?? new Map<string, boolean>();
  if (names.size === 0) settled.set(key, names);
  let answer = names.get(name);
  if (answer === undefined) {
    const schema = schemaOf(mode, type)?.attributes[name];
    answer =
      FREE_TEXT.test(name) ||
      Object.hasOwn(entry.attributes, name) ||
      schema?.override === true ||
      // What only the provider sets tells of the resource itself; no configuration sends data there.
      (schema !== undefined && !schema.required && !schema.optional);
    if (schema) names.set(name, answer);
  }
  return answer;
}

/** The attribute that names what the entry is about is looked at as well: data comes from there. */
function covered(path: string, entry: Entry): boolean {
  if (path === entry.data) return true;
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    if (Object.hasOwn(entry.attributes, path.slice(0, end))) return true;
  }
  return coveredByPattern(path, entry);
}

/** Paths with `*` (every key of a map) are few; they are compared key by key. */
function coveredByPattern(path: string, entry: Entry): boolean {
  const keys = path.split(".");
  return Object.keys(entry.attributes).some((pattern) => {
    if (!pattern.includes("*")) return false;
    const parts = pattern.split(".");
    return parts.length <= keys.length && parts.every((part, i) => part === "*" || part === keys[i]);
  });
}
