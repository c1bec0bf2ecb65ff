/** Reads attributes with three answers (yes, no, maybe) and resolves what they refer to. */
import type { Resource } from "../../configuration/resource";
import { attribute } from "../../configuration/resource";
import {
  find,
  isList,
  isObject,
  isUnknown,
  type Reference,
  type Unknown,
  type Value,
  type Values,
} from "../../configuration/value";
import type { RoomInput } from "../../flows/flow";

export type Tri = "yes" | "no" | "maybe";

/** The first reason by alphabet, so that the order of rules leaves no trace. */
export function firstOf(reasons: readonly (string | undefined)[]): string | undefined {
  let first: string | undefined;
  for (const reason of reasons) if (reason !== undefined && (first === undefined || reason < first)) first = reason;
  return first;
}

export const both = (a: Tri, b: Tri): Tri =>
  a === "no" || b === "no" ? "no" : a === "yes" && b === "yes" ? "yes" : "maybe";
export const either = (a: Tri, b: Tri): Tri =>
  a === "yes" || b === "yes" ? "yes" : a === "no" && b === "no" ? "no" : "maybe";
export const possible = (tri: Tri): boolean => tri !== "no";

/**
 * True if an unknown value is merely computed by the provider: nothing in the configuration has a part in it. A plan
 * without a configuration shows such values beside those that are set, and cannot tell them apart otherwise.
 */
export const isComputed = (value: Value | undefined): boolean =>
  isUnknown(value) &&
  value.why === "known after apply" &&
  value.references.length === 0 &&
  !value.candidates &&
  !value.members &&
  !value.parts &&
  value.json === undefined;

/** A boolean as Terraform reads it (`"true"` too); `absent` for null, and for what only the provider computes. */
export function truth(value: Value | undefined, absent: boolean): Tri {
  if (value === null || value === undefined || isComputed(value)) return absent ? "yes" : "no";
  if (isUnknown(value)) {
    const candidates = value.candidates?.map((candidate) => truth(candidate, absent));
    if (candidates && candidates.length > 0 && candidates.every((one) => one === candidates[0])) return candidates[0];
    return "maybe";
  }
  return value === true || value === "true" || value === 1 ? "yes" : "no";
}

/** A choice among words, upper-cased: the word, `absent` for null, undefined if unknown. */
export function word(value: Value | undefined, absent: string): string | undefined {
  if (value === null || value === undefined || isComputed(value)) return absent;
  if (isUnknown(value)) return undefined;
  return String(value).toUpperCase();
}

export function integer(value: Value | undefined): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? value : undefined;
  return typeof value === "string" && /^-?\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** Literal text, or undefined. */
export const text = (value: Value | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export interface Item {
  readonly value: Value;
  /** As Terraform writes it: `subnet_ids[0]`. */
  readonly at: string;
  /** Present if it is not known whether the item is there: why. */
  readonly unless?: string;
}

/** The items of a list or set attribute, with their paths; a list of which nothing is known is one unknown item. */
export function items(resource: Resource, path: string): Item[] {
  return find(resource.values, path).flatMap(({ value, at }) => expand({ value, at }));
}

/** What an item may be: a list of unknown length is each of its members possibly, a choice each of its candidates. */
function expand(item: Item): Item[] {
  const { value, at, unless } = item;
  if (value === null) return [];
  if (isList(value)) {
    return value.flatMap((one, i) =>
      expand({ value: one, at: `${at}[${i}]`, ...(unless === undefined ? {} : { unless }) }),
    );
  }
  if (!isUnknown(value)) return [item];
  if (isComputed(value)) return [];
  const several =
    value.members ?? (value.candidates?.some((one) => isList(one) || one === null) ? value.candidates : undefined);
  return several ? several.flatMap((one) => expand({ value: one, at, unless: value.why })) : [item];
}

export interface Block {
  readonly values: Values;
  readonly at: string;
  /** Present if it is not known whether the block is there: why. */
  readonly unless?: string;
}

/** The blocks at an attribute; `unknown` if there may be others that can't be seen. */
export function blocks(resource: Resource, name: string): { readonly known: Block[]; readonly unknown?: Unknown } {
  const known: Block[] = [];
  let unknown: Unknown | undefined;
  const value = attribute(resource, name);
  for (const { value: item, at, unless } of expand({ value, at: name })) {
    if (isObject(item)) known.push({ values: item, at, ...(unless === undefined ? {} : { unless }) });
    else if (isUnknown(item)) unknown = item;
  }
  return { known, unknown };
}

/** What an attribute that names one thing says. */
export interface Named {
  /** Resources of this configuration it may denote: managed and data ones. */
  readonly resources: readonly Resource[];
  /** The attribute of them that is referred to (`id`, `main_route_table_id`); "id" for a literal. */
  readonly path: string;
  /** True if it denotes the one resource given, whatever happens. */
  readonly certain: boolean;
  /** Literal text that no resource of this configuration owns. */
  readonly literal?: string;
  /** Why it can't be known. */
  readonly unknown?: string;
}

const nothing: Named = { resources: [], path: "", certain: true };

/** Attributes, other than `id`, by which plans and states name what belongs to a resource. */
const BELONGINGS: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ["main_route_table_id", "default_route_table_id", "default_network_acl_id", "default_security_group_id"],
  aws_default_vpc: [
    "main_route_table_id",
    "default_route_table_id",
    "default_network_acl_id",
    "default_security_group_id",
  ],
  aws_instance: ["primary_network_interface_id"],
  aws_vpn_connection: ["transit_gateway_attachment_id"],
  aws_ec2_transit_gateway: ["association_default_route_table_id", "propagation_default_route_table_id"],
  aws_vpc_endpoint: ["prefix_list_id"],
  aws_nat_gateway: ["network_interface_id"],
  aws_eip: ["allocation_id"],
  aws_launch_template: ["name"],
  aws_launch_configuration: ["name"],
  aws_elb: ["name"],
};

export class Reader {
  private belongings?: Map<string, { resource: Resource; path: string }>;

  constructor(readonly input: RoomInput) {}

  ofType(...types: string[]): Resource[] {
    return types.flatMap((type) => this.input.context.ofType(type));
  }

  /** Resolves a value that names one of the types given (all types if none is). */
  named(value: Value | undefined, types?: ReadonlySet<string>): Named {
    if (value === null || value === undefined || value === "") return nothing;
    if (isUnknown(value)) return this.unknown(value, types);
    const literal = String(value);
    const owned = this.belonging(literal);
    if (owned && (!types || types.has(owned.resource.type)))
      return { resources: [owned.resource], path: owned.path, certain: true };
    const denoted = this.input.context.denoted(literal).filter((resource) => !types || types.has(resource.type));
    if (denoted.length > 0) return { resources: denoted, path: "id", certain: denoted.length === 1 };
    return { resources: [], path: "", certain: true, literal };
  }

  private unknown(value: Unknown, types: ReadonlySet<string> | undefined): Named {
    if (isComputed(value)) return { ...nothing, unknown: value.why, certain: false };
    if (value.candidates) return this.oneOf(value, types);
    const fits = (resource: Resource) => !types || types.has(resource.type);
    const path = value.references[0]?.path ?? "";
    if (value.exact && value.references.length === 1) {
      const resources = value.references[0].resources.filter(fits);
      if (resources.length === 1) return this.throughData(resources[0], path, value);
      return { resources, path, certain: false, unknown: value.why };
    }
    // Computed from references: of those, the ones that fit are what it may denote.
    const fitting = value.references.filter((reference) => reference.resources.some(fits));
    const resources = [...new Set(fitting.flatMap((reference) => reference.resources.filter(fits)))];
    const certain = resources.length === 1 && value.references.length === fitting.length && value.parts === undefined;
    return { resources, path: fitting[0]?.path ?? path, certain, ...(certain ? {} : { unknown: value.why }) };
  }

  /** A data source that is given the id literally is that id. */
  private throughData(resource: Resource, path: string, value: Unknown): Named {
    if (resource.mode !== "data" || !/(^|_)id$|^arn$/.test(path)) return { resources: [resource], path, certain: true };
    const id = attribute(resource, path);
    if (typeof id === "string" && id !== "") return this.named(id);
    return { resources: [resource], path, certain: true, unknown: value.why };
  }

  private oneOf(value: Unknown, types: ReadonlySet<string> | undefined): Named {
    const all = (value.candidates ?? []).map((candidate) => this.named(candidate, types));
    const resources = [...new Set(all.flatMap((one) => one.resources))];
    const single = all.length === 1 ? all[0] : undefined;
    return single ?? { resources, path: all[0]?.path ?? "", certain: false, unknown: value.why };
  }

  private belonging(literal: string): { resource: Resource; path: string } | undefined {
    if (!this.belongings) {
      this.belongings = new Map();
      for (const type of Object.keys(BELONGINGS)) {
        for (const resource of this.ofType(type)) {
          for (const path of BELONGINGS[type]) {
            const id = attribute(resource, path);
            if (typeof id === "string" && id !== "") this.belongings.set(id, { resource, path });
          }
        }
      }
    }
    return this.belongings.get(literal);
  }
}

/** All references of a value, wherever they stand in it. */
export function referencesOf(value: Value | undefined): readonly Reference[] {
  if (isUnknown(value))
    return value.candidates ? [...value.references, ...value.candidates.flatMap(referencesOf)] : value.references;
  return isList(value) ? value.flatMap(referencesOf) : [];
}

/** Why a value is not known, with the attribute it stands at. */
export const unlessKnown = (at: string, value: Value | undefined): string =>
  `${at}: ${isUnknown(value) ? value.why : "not known"}`;

/** A member of a block; null where it is not written. */
export const get = (values: Values, name: string): Value => (Object.hasOwn(values, name) ? values[name] : null);

/** The members of a list, also where a single one is written for it; none where the provider computes it. */
export const list = (value: Value): readonly Value[] =>
  isList(value) ? value : value === null || isComputed(value) ? [] : [value];

/** The objects at a path below a value, whether Terraform wrote lists of blocks or single ones. */
export function nested(value: Value, path: readonly string[]): Values[] {
  const here = list(value).filter(isObject) as Values[];
  if (path.length === 0) return here;
  return here.flatMap((one) => nested(get(one, path[0]), path.slice(1)));
}
