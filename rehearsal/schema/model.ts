/**
 * The schema of a type as planning and applying need it: what the generated modules of `@cdktf/provider-aws` tell, and
 * what they leave out, from the measured traits.
 */
import {
  type AttributeSchema,
  type BlockSchema,
  inventoryTypes,
  type Nesting,
  schemaOf,
} from "../../policies/configuration/schema/schema";
import type { Value } from "../protocol/value";
import type { JsonForm } from "./json-text";
import { type Traits, traitsOf } from "./traits";

export type Mode = "managed" | "data" | "provider";

/** A type as Terraform writes it in JSON: `"string"`, `["list", "string"]`, `["object", {…}]`. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["object", Readonly<Record<string, CtyType>>];

export interface Attribute {
  readonly type: CtyType;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  /** Sent to AWS, kept in no plan and no state. */
  readonly writeOnly: boolean;
  /** A change of it destroys and creates anew. */
  readonly replace: boolean;
  /** The arguments whose change in place makes it unknown. */
  readonly recomputedBy?: ReadonlySet<string>;
  /** What the provider plans where the configuration says nothing. */
  readonly default?: Value;
  /** It is a document in JSON, which the provider plans in this form. */
  readonly json?: JsonForm;
  /** SDK 2 plans it, which takes an empty collection for none and knows a set or map as a whole or not at all. */
  readonly sdk: boolean;
}

export interface NestedBlock {
  readonly nesting: Nesting;
  readonly block: Block;
  readonly replace: boolean;
  /** The provider fills it in where the configuration has none. */
  readonly computed: boolean;
}

export interface Block {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: ReadonlyMap<string, NestedBlock>;
}

const known = new Map<string, Block | undefined>();

/** The schema of a type; undefined if the provider has no such type. */
export function blockOf(mode: Mode, type: string): Block | undefined {
  const key = `${mode} ${type}`;
  if (!known.has(key)) {
    const schema = schemaOf(mode, type);
    known.set(key, schema && block(schema, new Reading(mode, type), ""));
  }
  return known.get(key);
}

export const typesOf = (mode: Mode): readonly string[] => inventoryTypes(mode);

/** Finds the traits of one type by the path of an attribute. */
class Reading {
  private readonly traits: Traits | undefined;

  constructor(
    private readonly mode: Mode,
    type: string,
  ) {
    this.traits = traitsOf(mode, type);
  }

  attribute(path: string, schema: AttributeSchema): Attribute {
    const { traits } = this;
    const { required, optional } = schema;
    // Where the type was not measured, an attribute that was left out may get any value: that is the cautious reading.
    const computed =
      !required &&
      (!optional || this.mode === "data" || (this.mode === "managed" && (traits?.computed.has(path) ?? true)));
    return {
      type: typeOf(schema),
      required,
      optional,
      computed: computed || (optional && schema.override === true),
      sensitive: traits?.sensitive.has(path) ?? false,
      writeOnly: traits?.writeOnly.has(path) ?? false,
      // A resource stays in the region it was made in.
      replace: schema.override === true || (traits?.replace.has(path) ?? false),
      recomputedBy: traits?.recomputed.get(path),
      default: traits?.defaults.get(path),
      json: traits?.json.get(path),
      sdk: traits?.framework === false,
    };
  }

  fills(path: string): boolean {
    return this.traits?.computed.has(path) ?? false;
  }

  replaces(path: string): boolean {
    return this.traits?.replace.has(path) ?? false;
  }
}

function block(schema: BlockSchema, reading: Reading, prefix: string): Block {
  return {
    attributes: new Map(
      Object.entries(schema.attributes).map(([name, inner]) => [name, reading.attribute(prefix + name, inner)]),
    ),
    blocks: new Map(
      Object.entries(schema.blocks).map(([name, inner]) => [
        name,
        {
          // What nests without end is of any type in the modules, and Terraform has no sets of anything.
          nesting: inner.nesting === "set" && holdsAnything(inner.block) ? "list" : inner.nesting,
          block: block(inner.block, reading, `${prefix}${name}.`),
          replace: reading.replaces(prefix + name),
          computed: reading.fills(prefix + name),
        },
      ]),
    ),
  };
}

const holdsAnything = ({ attributes, blocks }: BlockSchema): boolean =>
  Object.values(attributes).some(({ type }) => type.includes("any")) ||
  Object.values(blocks).some(({ block: inner }) => holdsAnything(inner));

/** The type of an attribute, from the notation of the inventory: `list(map(string))`, `set(object)`. */
function typeOf(schema: AttributeSchema): CtyType {
  const read = (text: string): CtyType => {
    const [, wrapper, inner] = /^(list|set|map)\((.*)\)$/.exec(text) ?? [];
    if (wrapper) return [wrapper as "list" | "set" | "map", read(inner)];
    if (text === "any") return "dynamic";
    return text === "object" ? objectOf(schema.object!) : (text as CtyType);
  };
  return read(schema.type);
}

/** What stands as a block inside an attribute is a list or set of objects there. */
function objectOf({ attributes, blocks }: BlockSchema): CtyType {
  const types: Record<string, CtyType> = Object.create(null);
  for (const [name, schema] of Object.entries(attributes)) types[name] = typeOf(schema);
  for (const [name, { nesting, block: inner }] of Object.entries(blocks)) {
    types[name] = nesting === "single" ? objectOf(inner) : [nesting, objectOf(inner)];
  }
  return ["object", types];
}
