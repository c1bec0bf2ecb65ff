/** The configuration, indexed for the questions that models ask. */
import type { Resource } from "../configuration/resource";
import { hasRegionOverride, schemaOf } from "../configuration/schema/schema";
import { find, isUnknown, type Unknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import type { World } from "../geography/world";

/**
 * Attributes by which other resources, plans and states name a resource. A literal equal to one of them, at an
 * attribute that names a resource of that type, denotes it.
 */
const NAMING = [
  "id",
  "arn",
  "name",
  "bucket",
  "function_name",
  "identifier",
  "cluster_identifier",
  "replication_group_id",
  "domain_name",
  "key_id",
  "allocation_id",
  "url",
  "user_name",
  "group_name",
  "table_name",
  "role_name",
  "cluster_name",
  "repository_name",
] as const;

/** Attributes whose values are unique among all resources of an account, whatever their type. */
const UNIQUE = ["id", "arn", "allocation_id"] as const;

export class ConfigurationContext implements Context {
  private readonly byType = new Map<string, Resource[]>();
  private unique?: Map<string, Resource[]>;
  private readonly referrers = new Map<string, Map<Resource, Resource[]>>();
  private readonly regions = new Map<Resource, string | undefined>();

  constructor(
    readonly resources: readonly Resource[],
    private readonly world: World,
  ) {
    for (const resource of resources) {
      if (resource.mode === "managed") push(this.byType, resource.type, resource);
    }
  }

  ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  denoted(value: Value): readonly Resource[] {
    if (typeof value === "string") return this.uniqueNames().get(value) ?? [];
    if (!isUnknown(value)) return [];
    if (value.candidates) return [...new Set(value.candidates.flatMap((candidate) => this.denoted(candidate)))];
    if (value.parts) return this.denotedByTemplate(value.parts);
    if (!value.exact) return [];
    return value.references.flatMap((reference) => reference.resources);
  }

  /** `"${aws_s3_bucket.a.arn}/*"` denotes the bucket: an ARN or id with something behind it still names its owner. */
  private denotedByTemplate(parts: readonly (string | Unknown)[]): readonly Resource[] {
    const [head, ...rest] = parts;
    if (typeof head === "string" || !head.exact || !rest.every((part) => typeof part === "string")) return [];
    const suffix = rest.join("");
    const wholeArn = head.references.every((reference) => /(^|_)arn$/.test(reference.path));
    return wholeArn && /^[/:]/.test(suffix) ? this.denoted(head) : [];
  }

  referring(type: string, path: string, resource: Resource): readonly Resource[] {
    const key = `${type} ${path}`;
    let index = this.referrers.get(key);
    if (!index) {
      index = this.indexReferrers(type, path);
      this.referrers.set(key, index);
    }
    return index.get(resource) ?? [];
  }

  private indexReferrers(type: string, path: string): Map<Resource, Resource[]> {
    const index = new Map<Resource, Resource[]>();
    for (const candidate of this.ofType(type)) {
      const targets = new Set<Resource>();
      for (const { value } of find(candidate.values, path)) {
        for (const target of this.named(value, candidate)) targets.add(target);
      }
      for (const target of targets) push(index, target, candidate);
    }
    return index;
  }

  /** Like `denoted`, but a literal may also be a mere name, which is unique only within a type and a stack. */
  private named(value: Value, by: Resource): readonly Resource[] {
    const denoted = this.denoted(value);
    if (denoted.length > 0 || typeof value !== "string") return denoted;
    return (
      this.byName()
        .get(value)
        ?.filter((resource) => resource.stack === by.stack) ?? []
    );
  }

  private names?: Map<string, Resource[]>;
  private byName(): Map<string, Resource[]> {
    this.names ??= indexBy(this.resources, NAMING);
    return this.names;
  }

  private uniqueNames(): Map<string, Resource[]> {
    this.unique ??= indexBy(this.resources, UNIQUE);
    return this.unique;
  }

  regionOf(resource: Resource): string | undefined {
    const [decisive] = regionArguments(resource);
    if (typeof decisive === "string" && decisive !== "") return decisive;
    if (this.regions.has(resource)) return this.regions.get(resource);
    const region = effectiveRegion(resource, this.world.defaultRegion);
    this.regions.set(resource, region);
    return region;
  }
}

/** A resource's own `region` argument (provider 6 and later), else its provider's, else the command's default. */
function effectiveRegion(resource: Resource, fallback: string | undefined): string | undefined {
  for (const value of regionArguments(resource)) {
    const region = regionText(value);
    if (region !== null) return region;
  }
  return fallback;
}

/**
 * The arguments that may say where a resource is managed, the deciding one first. In a few types `region` is an
 * argument of the service and says nothing about where the resource itself stands.
 */
export function regionArguments(resource: Resource): readonly (Value | undefined)[] {
  const ofProvider = resource.provider.values.region;
  return hasRegionOverride(resource.mode, resource.type) ? [resource.values.region, ofProvider] : [ofProvider];
}

/** A region code, undefined if it is unknown, null if there is none. An exact reference to another region is followed. */
function regionText(value: Value | undefined): string | undefined | null {
  if (typeof value === "string") return value === "" ? null : value;
  if (!isUnknown(value)) return null;
  const referred = value.resource;
  if (!referred || !/(^|\.)region$/.test(value.references[0].path)) return undefined;
  const followed = effectiveRegion(referred, undefined);
  return followed;
}

function indexBy(resources: readonly Resource[], attributes: readonly string[]): Map<string, Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (resource.mode !== "managed") continue;
    for (const attribute of attributes) {
      const value = resource.values[attribute];
      if (typeof value !== "string" || value === "" || (attribute === "arn" && namesAnother(resource))) continue;
      // Named so by another attribute already?
      if (index.get(value)?.at(-1) !== resource) push(index, value, resource);
    }
  }
  return index;
}

/**
 * Where `arn` is a required argument it is the ARN of something else: the target of an `aws_cloudwatch_event_target`, the
 * topic of an `aws_sns_topic_policy`. What such a resource itself is called, the provider says.
 */
const namesAnother = (resource: Resource): boolean =>
  schemaOf(resource.mode, resource.type)?.attributes.arn?.required === true;

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
