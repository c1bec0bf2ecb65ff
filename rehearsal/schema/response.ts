/** The answer to `GetProviderSchema`: every resource type and data source. Made once, it is sent as it is. */
import { type Encoded, encodeResponse } from "../protocol/messages";
import { type Attribute, type Block, blockOf, type Mode, typesOf } from "./model";

const nestings = { single: "SINGLE", list: "LIST", set: "SET", map: "MAP" } as const;

/** The types that an answer tells of; Terraform takes a second per run to read them all. */
export interface Types {
  readonly managed: readonly string[];
  readonly data: readonly string[];
}

export const allTypes = (): Types => ({ managed: typesOf("managed"), data: typesOf("data") });

export const schemaResponse = ({ managed, data }: Types): Encoded =>
  encodeResponse("GetProviderSchema", {
    provider: schema(providerBlock()),
    resource_schemas: schemas("managed", managed),
    data_source_schemas: schemas("data", data),
    server_capabilities: { get_provider_schema_optional: true },
  });

export const providerBlock = (): Block => blockOf("provider", "aws")!;

const schemas = (mode: Mode, types: readonly string[]): object =>
  Object.fromEntries(types.map((type) => [type, schema(blockOf(mode, type)!)]));

const schema = (block: Block): object => ({ version: 0, block: blockMessage(block) });

function blockMessage({ attributes, blocks }: Block): object {
  return {
    attributes: [...attributes].map(([name, attribute]) => attributeMessage(name, attribute)),
    block_types: [...blocks].map(([type_name, { nesting, block }]) => ({
      type_name,
      nesting: nestings[nesting],
      block: blockMessage(block),
    })),
  };
}

const attributeMessage = (name: string, { type, required, optional, computed, sensitive, writeOnly }: Attribute) => ({
  name,
  type: Buffer.from(JSON.stringify(type)),
  required,
  optional,
  computed,
  sensitive,
  write_only: writeOnly,
});
