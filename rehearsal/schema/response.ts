/** The answer to `GetProviderSchema`: every resource type and data source. Made once, it is sent as it is. */
import { type Encoded, encodeResponse } from "../protocol/messages";
import { type Attribute, type Block, blockOf, type Mode, typesOf } from "./model";

const nestings = { single: "SINGLE", list: "LIST", set: "SET", map: "MAP" } as const;

let encoded: Encoded | undefined;

export function schemaResponse(): Encoded {
  encoded ??= encodeResponse("GetProviderSchema", {
    provider: schema(providerBlock()),
    resource_schemas: schemas("managed"),
    data_source_schemas: schemas("data"),
    server_capabilities: { get_provider_schema_optional: true },
  });
  return encoded;
}

export const providerBlock = (): Block => blockOf("provider", "aws")!;

const schemas = (mode: Mode): object =>
  Object.fromEntries(typesOf(mode).map((type) => [type, schema(blockOf(mode, type)!)]));

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
