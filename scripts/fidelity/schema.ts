/**
 * The schemas of a real provider, as `terraform providers schema -json` writes them
 * (https://developer.hashicorp.com/terraform/cli/commands/providers/schema, "Schema Representation").
 */
import type { Block, CtyType } from "../../rehearsal/schema/model";

export interface RealAttribute {
  readonly type: CtyType;
  readonly required?: boolean;
  readonly optional?: boolean;
}

export interface RealBlock {
  readonly attributes?: Readonly<Record<string, RealAttribute>>;
  readonly block_types?: Readonly<
    Record<string, { readonly nesting_mode: "single" | "list" | "set" | "map"; readonly block: RealBlock }>
  >;
}

/** Of one provider. */
export interface RealSchemas {
  readonly resource_schemas: Readonly<Record<string, { readonly version: number; readonly block: RealBlock }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly version: number; readonly block: RealBlock }>>;
}

/**
 * What two versions of a type have in common. An argument is not what only the provider sets, even under the same name.
 *
 * @param retired gets the paths of what the other does not have
 */
export function common(real: RealBlock, other: Block, path: string, retired: Set<string>): RealBlock {
  const attributes = Object.entries(real.attributes ?? {}).filter(([name, { required, optional }]) => {
    const attribute = other.attributes.get(name);
    const written = attribute ? attribute.required || attribute.optional : other.blocks.has(name);
    const same = (attribute || other.blocks.has(name)) && written === Boolean(required || optional);
    if (!same) retired.add(`${path}.${name}`);
    return same;
  });
  const blocks = Object.entries(real.block_types ?? {}).flatMap(([name, nested]) => {
    const block = other.blocks.get(name)?.block;
    if (!block) retired.add(`${path}.${name}`);
    return block
      ? [[name, { ...nested, block: common(nested.block, block, `${path}.${name}`, retired) }] as const]
      : [];
  });
  return { attributes: Object.fromEntries(attributes), block_types: Object.fromEntries(blocks) };
}
