/**
 * The schema of every resource type and data source of the AWS provider, and of the provider block: which attributes
 * and blocks there are. It is read from policies/configuration/inventory/, which scripts/inventory.ts generates from
 * the installed `@cdktf/provider-aws`; that of actions and ephemeral resources stands in momentary.ts.
 *
 * Notation of the files: a structure is a list of items separated by spaces, sorted by name.
 *
 *     name!T  a required attribute of type T       name?T  one that may be left out      name=T  one only the provider sets
 *     name@T  the argument that the provider gives to every regional type, overriding its own region
 *     name{N7 a block: structure 7 of `blocks`; N is its nesting: L list, S set, M map, O single
 *
 * T: `s` string, `n` number, `b` bool, `a` any, `#7` an object (structure 7); `L`, `S`, `M` before it: list, set, map of.
 */
import providerInventory from "../inventory/provider.json";
import type { Mode } from "../resource";
import { actions, ephemeral } from "./momentary";
import { namesPlace } from "./place-names";

export interface AttributeSchema {
  /** As Terraform writes it: `string`, `list(string)`, `map(set(string))`, `object`, `list(object)`, `any`. */
  readonly type: string;
  readonly required: boolean;
  /** May be left out. */
  readonly optional: boolean;
  /**
   * The provider may set it when the configuration does not. The generated modules tell this only of attributes that
   * can't be configured; of the optional ones it is taken for granted, so that an attribute that was left out is never
   * thought to be null when it is not.
   */
  readonly computed: boolean;
  /** The `region` that the provider gives to every regional type; in a few types an attribute of that name is their own. */
  readonly override?: true;
  /** The attributes of the object, if the type is one or a collection of them. */
  readonly object?: BlockSchema;
}

export type Nesting = "list" | "set" | "single" | "map";

export interface BlockSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  readonly blocks: Readonly<Record<string, { readonly nesting: Nesting; readonly block: BlockSchema }>>;
}

interface InventoryFile {
  readonly version: string;
  readonly provider: string;
  readonly blocks: readonly string[];
  readonly types: Readonly<Record<string, string>>;
}

// The two large files are loaded when first asked for; the import types make the compiler copy them beside the compiled code.
const loaders: Partial<Record<Mode, () => InventoryFile>> = {
  managed: () => require("../inventory/resources.json") as typeof import("../inventory/resources.json"),
  data: () => require("../inventory/data-sources.json") as typeof import("../inventory/data-sources.json"),
  provider: () => providerInventory,
  action: () => actions,
  ephemeral: () => ephemeral,
};

/** One file with what has been read of it so far; structures are shared between the types that use them. */
class Inventory {
  private readonly types = new Map<string, BlockSchema>();
  private readonly structures: (BlockSchema | undefined)[] = [];

  constructor(readonly file: InventoryFile) {}

  type(name: string): BlockSchema | undefined {
    if (!Object.hasOwn(this.file.types, name)) return undefined;
    let schema = this.types.get(name);
    if (!schema) {
      schema = this.parse(this.file.types[name]);
      this.types.set(name, schema);
    }
    return schema;
  }

  private structure(index: number): BlockSchema {
    this.structures[index] ??= this.parse(this.file.blocks[index]);
    return this.structures[index];
  }

  private parse(text: string): BlockSchema {
    const attributes: Record<string, AttributeSchema> = Object.create(null);
    const blocks: Record<string, { nesting: Nesting; block: BlockSchema }> = Object.create(null);
    for (const item of text === "" ? [] : text.split(" ")) {
      const [, name, mark, kind] = /^(\w+)([!?=@{])(.+)$/.exec(item)!;
      if (mark === "{") {
        blocks[name] = { nesting: nestings[kind[0]], block: this.structure(Number(kind.slice(1))) };
      } else {
        attributes[name] = {
          type: typeText(kind),
          required: mark === "!",
          optional: mark === "?" || mark === "@",
          computed: mark !== "!",
          ...(mark === "@" && { override: true }),
          ...(kind.includes("#") && { object: this.structure(Number(kind.slice(kind.indexOf("#") + 1))) }),
        };
      }
    }
    return { attributes, blocks };
  }
}

const nestings: Readonly<Record<string, Nesting>> = { L: "list", S: "set", M: "map", O: "single" };
const scalars: Readonly<Record<string, string>> = { s: "string", n: "number", b: "bool", a: "any", "#": "object" };

function typeText(kind: string): string {
  return scalars[kind[0]] ?? `${nestings[kind[0]]}(${typeText(kind.slice(1))})`;
}

const loaded = new Map<Mode, Inventory>();

function inventoryOf(mode: Mode): Inventory | undefined {
  const loader = loaders[mode];
  if (!loader) return undefined;
  let inventory = loaded.get(mode);
  if (!inventory) {
    inventory = new Inventory(loader());
    loaded.set(mode, inventory);
  }
  return inventory;
}

/** The schema of a type (`aws_s3_bucket`; `aws` for the provider block); undefined if the provider has no such type. */
export function schemaOf(mode: Mode, type: string): BlockSchema | undefined {
  return inventoryOf(mode)?.type(type);
}

/** Whether the type has the argument `region` that overrides the provider's region (provider 6 and later). */
export function hasRegionOverride(mode: Mode, type: string): boolean {
  return schemaOf(mode, type)?.attributes.region?.override === true;
}

/** All types of a mode, sorted; empty for modes that the provider has nothing of. */
export function inventoryTypes(mode: Mode): readonly string[] {
  return Object.keys(inventoryOf(mode)?.file.types ?? {});
}

/** The version of the Terraform provider `hashicorp/aws` that the inventory describes. */
export const providerVersion: string = providerInventory.provider;

/** An attribute with its dotted path, at any depth; lists, sets and maps on the way leave no mark in the path. */
export interface AttributePath {
  readonly path: string;
  readonly name: string;
  readonly schema: AttributeSchema;
}

/** Every attribute of a structure, those in its blocks and objects included. */
export function* attributePaths(block: BlockSchema, prefix = ""): Generator<AttributePath> {
  for (const [name, schema] of Object.entries(block.attributes)) {
    yield { path: prefix + name, name, schema };
    if (schema.object)
      yield* attributePaths(schema.object, `${prefix}${name}.${schema.type.includes("map(") ? "*." : ""}`);
  }
  for (const [name, { nesting, block: inner }] of Object.entries(block.blocks)) {
    yield* attributePaths(inner, `${prefix}${name}.${nesting === "map" ? "*." : ""}`);
  }
}

const holdsText = ({ type }: AttributeSchema): boolean => /(?:^|\()(?:string|any)\b/.test(type);

/**
 * Dotted paths of the attributes that can be written and whose names say that they can name a place or a party, sorted;
 * the argument `region` that the provider gives to nearly every type excluded. Empty for an unknown type. The rule
 * is in place-names.ts; numbers and switches name nothing.
 */
export function placeNamingAttributes(type: string): string[] {
  const schema = schemaOf("managed", type);
  if (!schema) return [];
  const paths: string[] = [];
  for (const { path, name, schema: attribute } of attributePaths(schema)) {
    const writable = attribute.required || attribute.optional;
    if (writable && !attribute.override && holdsText(attribute) && namesPlace(name)) paths.push(path);
  }
  return paths.sort();
}
