/** The schemas of a real provider, and what two versions of a type have in common. */
import type { Block, CtyType } from "../../rehearsal/schema/model";
import type { Provider, WireBlock, WireSchema } from "../real-provider/provider";
import { parseType } from "../traits/invented";

export interface RealAttribute {
  readonly type: CtyType;
  readonly required: boolean;
  /** Whether a configuration may set it. */
  readonly written: boolean;
}

export interface RealBlock {
  readonly attributes: ReadonlyMap<string, RealAttribute>;
  readonly blocks: ReadonlyMap<string, { readonly set: boolean; readonly block: RealBlock }>;
}

/** As the protocol numbers nestings. */
const SET = 3;

export class RealSchemas {
  private constructor(
    private readonly managed: Readonly<Record<string, WireSchema>>,
    private readonly data: Readonly<Record<string, WireSchema>>,
  ) {}

  static async of(provider: Provider): Promise<RealSchemas> {
    const schemas = await provider.call<{
      resource_schemas: Record<string, WireSchema>;
      data_source_schemas: Record<string, WireSchema>;
    }>("GetProviderSchema", {});
    return new RealSchemas(schemas.resource_schemas, schemas.data_source_schemas);
  }

  /** The number that a state gives the schema of a resource type. */
  version(type: string): number {
    return this.managed[type].version;
  }

  /** Undefined if this version has no such type. */
  block(mode: "managed" | "data", type: string): RealBlock | undefined {
    return Object.hasOwn(this[mode], type) ? blockOf(this[mode][type].block) : undefined;
  }
}

const blockOf = ({ attributes, block_types }: WireBlock): RealBlock => ({
  attributes: new Map(
    attributes.map((attribute) => {
      const { name, required, optional } = attribute;
      return [name, { type: parseType(attribute), required, written: required || optional }];
    }),
  ),
  blocks: new Map(
    block_types.map(({ type_name, nesting, block }) => [type_name, { set: nesting === SET, block: blockOf(block) }]),
  ),
});

/**
 * What two versions of a type have in common. An argument is not what only the provider sets, even under the same name.
 *
 * @param retired gets the paths of what the other does not have
 */
export function common(real: RealBlock, other: Block, path: string, retired: Set<string>): RealBlock {
  const attributes = [...real.attributes].filter(([name, { written }]) => {
    const attribute = other.attributes.get(name);
    const same = attribute ? (attribute.required || attribute.optional) === written : other.blocks.has(name);
    if (!same) retired.add(`${path}.${name}`);
    return same;
  });
  const blocks = [...real.blocks].flatMap(([name, { set, block }]) => {
    const inner = other.blocks.get(name)?.block;
    if (!inner) retired.add(`${path}.${name}`);
    return inner ? [[name, { set, block: common(block, inner, `${path}.${name}`, retired) }] as const] : [];
  });
  return { attributes: new Map(attributes), blocks: new Map(blocks) };
}
