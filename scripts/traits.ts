/**
 * Writes rehearsal/schema/measured.json: what `@cdktf/provider-aws` leaves out, asked of a real provider. Run
 * `npm run traits -- PROVIDER [TYPE…]`, where PROVIDER is the binary of a `hashicorp/aws` (a file named
 * `terraform-provider-aws_v…`); with types, those alone are measured again, else all. No account and no network are
 * needed: schema and planning happen in the binary, and what asks AWS all the same is refused here.
 *
 * Defaults: a plan to create a resource whose configuration says nothing. Forced replacement: a plan from one invented
 * state to another in which every value differs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeValue, type Values } from "../rehearsal/protocol/value";
import type { TraitsFile, WrittenTraits } from "../rehearsal/schema/traits";
import { StandIn } from "./real-provider/aws";
import { versionOf } from "./real-provider/mirror";
import { Provider, type WireSchema } from "./real-provider/provider";
import { offline } from "./real-provider/settings";
import { bare } from "./traits/invented";
import { Measurement } from "./traits/measurement";

const settings: Values = { region: "eu-west-1", ...offline };

async function measure(path: string, version: string, names: readonly string[]): Promise<TraitsFile> {
  const aws = await StandIn.start();
  const provider = new Provider(path, aws.environment);
  try {
    const schemas = await provider.call<{ provider: WireSchema; resource_schemas: Record<string, WireSchema> }>(
      "GetProviderSchema",
      {},
    );
    await provider.configure({
      terraform_version: "1.11.4",
      config: encodeValue(bare(schemas.provider.block, ({ name }) => settings[name] ?? null)),
    });
    const types: Record<string, WrittenTraits> = {};
    const known = Object.keys(schemas.resource_schemas).sort();
    for (const type of known.filter((name) => names.length === 0 || names.includes(name))) {
      types[type] = await new Measurement(provider, type, schemas.resource_schemas[type].block).traits();
    }
    return { provider: version, types };
  } finally {
    provider.stop();
    await aws.stop();
  }
}

const format = ({ provider, types }: TraitsFile): string => `{
"provider": ${JSON.stringify(provider)},
"types": {
${Object.entries(types)
  .map(([type, traits]) => `${JSON.stringify(type)}: ${JSON.stringify(traits)}`)
  .join(",\n")}
}
}
`;

async function main(path: string | undefined, names: readonly string[]): Promise<void> {
  const version = path && versionOf(path);
  if (!version) throw new Error("name the binary of a provider, terraform-provider-aws_v…: its name tells its version");
  const file = join(__dirname, "..", "rehearsal", "schema", "measured.json");
  const measured = await measure(path, version, names);
  const earlier: TraitsFile = JSON.parse(readFileSync(file, "utf8"));
  const kept = names.length > 0 && earlier.provider === measured.provider ? earlier.types : {};
  const types = Object.entries({ ...kept, ...measured.types }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, format({ provider: measured.provider, types: Object.fromEntries(types) }));
  console.log(`hashicorp/aws ${measured.provider}: traits of ${Object.keys(measured.types).length} resource types`);
}

main(process.argv[2], process.argv.slice(3)).catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
