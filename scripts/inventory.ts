/**
 * Writes policies/configuration/inventory/: what the installed `@cdktf/provider-aws` says about every resource type,
 * data source and the provider block. `npm run inventory` writes; with `--check` nothing is written, and the command
 * fails if the committed files are not what the installed provider gives.
 *
 * The provider's schema is not shipped with the package, but its generated code tells it all: each class has a
 * `synthesizeHclAttributes` (and each nested structure a `…ToHclTerraform` function) that lists every argument with its
 * Terraform name and kind, a `reset…` method for each argument that may be left out, and a commented getter for each
 * attribute that only the provider sets.
 *
 * The notation of the files is described in policies/configuration/schema/schema.ts, which reads them.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** One structure of the generated code: a resource, a data source, the provider, or something nested in them. */
interface Structure {
  /** Of the interface that declares its arguments. */
  readonly name: string;
  /** Terraform name of each argument with the source of its entry in the `attrs` table. */
  arguments: { name: string; value: string; type: string; storage: string }[];
  /** The methods and constructor of its class; empty if it has none. */
  body: string;
}

export interface Inventory {
  /** Version of `@cdktf/provider-aws` and of the Terraform provider it was generated from. */
  readonly version: string;
  readonly provider: string;
  /** Nested structures, told once each; the types refer to them by index. */
  readonly blocks: readonly string[];
  readonly types: Readonly<Record<string, string>>;
}

export const inventoryFolder = join(__dirname, "..", "policies", "configuration", "inventory");
export const inventoryFiles = {
  managed: "resources.json",
  data: "data-sources.json",
  provider: "provider.json",
} as const;
type InventoryMode = keyof typeof inventoryFiles;

const packageFolder = dirname(require.resolve("@cdktf/provider-aws/package.json"));

/** The source of all files of a module (large modules keep their structures in a folder of their own). */
function sourceOf(module: string): string {
  const structures = join(packageFolder, "lib", module, "index-structs");
  const files = existsSync(structures)
    ? readdirSync(structures)
        .filter((file) => file.endsWith(".js"))
        .sort()
        .map((file) => join(structures, file))
    : [];
  return [...files, join(packageFolder, "lib", module, "index.js")]
    .map((file) => readFileSync(file, "utf8"))
    .map((text) => text.slice(0, text.lastIndexOf("//# sourceMappingURL=")))
    .join("\n");
}

/** The text of `export interface NAME` in a module's declarations. */
function interfaceOf(module: string, name: string): string {
  const folder = join(packageFolder, "lib", module);
  const structures = join(folder, "index-structs");
  const files = existsSync(structures) ? readdirSync(structures).map((file) => join("index-structs", file)) : [];
  for (const file of [...files.filter((f) => f.endsWith(".d.ts")).sort(), "index.d.ts"]) {
    const text = readFileSync(join(folder, file), "utf8");
    const start = text.indexOf(`export interface ${name} `);
    if (start >= 0) return text.slice(start, text.indexOf("\n}\n", start));
  }
  throw new Error(`${module}: no interface ${name}`);
}

const capitalized = (text: string) => text[0].toUpperCase() + text.slice(1);

const argumentTable =
  /([a-z][a-z_0-9]*): \{\n +value: (.*),\n +isBlock: \w+,\n +type: "(\w+)",\n +storageClassType: "(\w+)",/g;
const readArguments = (text: string) =>
  [...text.matchAll(argumentTable)].map(([, name, value, type, storage]) => ({ name, value, type, storage }));

/** All structures of a module by name, and the class that is the resource itself. */
function parse(source: string): {
  structures: Map<string, Structure>;
  main: Structure;
  terraformType: string;
  kind: string;
} {
  const structures = new Map<string, Structure>();
  const structure = (name: string) => {
    const known = structures.get(name);
    if (known) return known;
    const made: Structure = { name, arguments: [], body: "" };
    structures.set(name, made);
    return made;
  };
  let main: Structure | undefined;
  let kind = "";
  // Top-level declarations start at the beginning of a line and end with a brace at the beginning of a line.
  for (const [text, functionName, className, base] of source.matchAll(
    /^(?:function (\w+)ToHclTerraform\(|class (\w+) extends cdktf\.(\w+) )[\s\S]*?^}/gm,
  )) {
    if (functionName) {
      structure(capitalized(functionName)).arguments = readArguments(text);
    } else if (base === "ComplexObject") {
      structure(className.replace(/OutputReference$/, "")).body = text;
    } else if (/^Terraform(Resource|DataSource|Provider)$/.test(base)) {
      const configInterface = /@param options (\w+)/.exec(text)?.[1] ?? className;
      main = { name: configInterface, arguments: readArguments(text), body: text };
      kind = base;
    }
  }
  const terraformType = /^\w+\.tfResourceType = "(\w+)";/m.exec(source)?.[1];
  if (!main || !terraformType) throw new Error("no resource, data source or provider class");
  return { structures, main, terraformType, kind };
}

/** Whether `region` is the argument that the provider gives to every regional resource, and not one of the service. */
const isOverride = (declaration: string): boolean =>
  /\* Region where this resource will be \[managed\][\s\S]{0,800}? readonly region\?: string;/.test(declaration);

const simpleTypes: Readonly<Record<string, string>> = { string: "s", number: "n", boolean: "b", any: "a" };

class Writer {
  readonly blocks: string[] = [];
  private readonly indices = new Map<string, number>();

  /** The index of a nested structure; equal ones share it. */
  private intern(text: string): number {
    const known = this.indices.get(text);
    if (known !== undefined) return known;
    this.blocks.push(text);
    this.indices.set(text, this.blocks.length - 1);
    return this.blocks.length - 1;
  }

  /** One structure in the notation. `open` holds the structures around it: a recursive one is `any` from there on. */
  write(
    module: string,
    structures: ReadonlyMap<string, Structure>,
    structure: Structure,
    open: readonly string[] = [],
  ): string {
    const nested = (name: string): string => {
      const inner = structures.get(name);
      if (!inner) throw new Error(`${module}: ${structure.name} refers to ${name}, which is not there`);
      if (open.includes(name)) return "a";
      return `#${this.intern(this.write(module, structures, inner, [...open, name]))}`;
    };
    const items = new Map<string, string>();

    for (const { name, value, type, storage } of structure.arguments) {
      const property = /\.(?:_)?(\w+?)(?:\.internalValue)?\)+$/.exec(value)?.[1];
      if (!property) throw new Error(`${module}: ${structure.name}.${name} is set from ${value}`);
      // By the method, or by the field it resets: cdktf names either otherwise where a name would clash (`get_…`, `self`).
      const optional = structure.body
        ? new RegExp(`^ {4}reset(?:${capitalized(property)}\\(|\\w+\\(\\) \\{\\n +this\\._${property} = )`, "m").test(
            structure.body,
          )
        : interfaceOf(module, structure.name).includes(` ${property}?:`);
      const inner = /(\w+)ToHclTerraform/.exec(value.replaceAll(/cdktf\.\w+ToHclTerraform/g, ""))?.[1];
      if (!inner) {
        const override = open.length === 0 && name === "region" && isOverride(interfaceOf(module, structure.name));
        items.set(name, override ? "@s" : `${optional ? "?" : "!"}${simpleType(module, type, storage)}`);
        continue;
      }
      const isBlock =
        type === "struct"
          ? new RegExp(`^ +\\* ${name} block$`, "m").test(interfaceOf(module, structure.name))
          : type !== "map" && !value.includes("false)(");
      const nesting = type === "struct" ? "O" : type === "map" ? "M" : type === "set" ? "S" : "L";
      const reference = nested(capitalized(inner));
      if (isBlock && reference !== "a") items.set(name, `{${nesting}${reference.slice(1)}`);
      else items.set(name, `${optional ? "?" : "!"}${nesting === "O" ? "" : nesting}${reference}`);
    }

    for (const [, name, , getter] of structure.body.matchAll(
      /\/\/ ([a-z][a-z_0-9]*) - computed: true, optional: (false), required: false\n(?: {4}get \w+\(\) \{\n)? *(.*);/g,
    )) {
      if (!items.has(name)) items.set(name, `=${computedType(module, getter, nested)}`);
    }
    return [...items.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => name + item)
      .join(" ");
  }
}

/** `s`, `Ls`, `Ms`, `MMs` … from cdktf's `type: "set", storageClassType: "stringList"`. */
function simpleType(module: string, type: string, storage: string): string {
  const [, base, wrappers] = /^(string|number|boolean|any)((?:List|Map)*)$/.exec(storage) ?? [];
  if (!base) throw new Error(`${module}: unknown storage class ${storage}`);
  const letters = (wrappers.match(/List|Map/g) ?? []).reverse().map((wrapper) => wrapper[0]);
  if (type === "set" && letters[0] === "L") letters[0] = "S";
  return letters.join("") + simpleTypes[base];
}

/** The type of an attribute that only the provider sets, from its getter or from the field behind it. */
function computedType(module: string, getter: string, nested: (name: string) => string): string {
  const method = /this\.(\w+)\(/.exec(getter)?.[1];
  const set = getter.includes("Fn.tolist(") ? "S" : "L";
  switch (method) {
    case "getStringAttribute":
      return "s";
    case "getNumberAttribute":
      return "n";
    case "getBooleanAttribute":
      return "b";
    case "getListAttribute":
      return `${set}s`;
    case "getNumberListAttribute":
      return `${set}n`;
    case "interpolationForAttribute":
      return "a";
  }
  const [, map, list, structure, wrapsSet] =
    /= new (?:cdktf\.((?:String|Number|Boolean|Any)(?:Map|List)+)|(?:index_structs_1\.)?((\w+?)(?:List|Map|OutputReference)))\(this, "\w+"(?:, (true|false))?\)$/.exec(
      getter,
    ) ?? [];
  if (map) {
    const letters = (map.match(/List|Map/g) ?? []).reverse().map((wrapper) => wrapper[0]);
    if (letters[0] === "L" && wrapsSet === "true") letters[0] = "S";
    return letters.join("") + simpleTypes[map.replace(/(List|Map)+$/, "").toLowerCase()];
  }
  if (!structure) throw new Error(`${module}: can't read the getter ${getter}`);
  const nesting = list.endsWith("Map") ? "M" : list.endsWith("List") ? (wrapsSet === "true" ? "S" : "L") : "";
  return nesting + nested(structure);
}

/** The inventory of everything the installed package holds, or of some of its modules (`s3-bucket`, `data-aws-region`). */
export function readInventory(only?: readonly string[]): Record<InventoryMode, Inventory> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string };
  const kinds: Readonly<Record<string, InventoryMode>> = {
    TerraformResource: "managed",
    TerraformDataSource: "data",
    TerraformProvider: "provider",
  };
  const parts = { managed: [new Writer(), {}], data: [new Writer(), {}], provider: [new Writer(), {}] } as Record<
    InventoryMode,
    [Writer, Record<string, string>]
  >;
  let provider = "";
  const modules = readdirSync(join(packageFolder, "lib"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (!only || only.includes(entry.name)))
    .map((entry) => entry.name)
    .sort();
  for (const module of modules) {
    const source = sourceOf(module);
    const { structures, main, terraformType, kind } = parse(source);
    const [writer, types] = parts[kinds[kind]];
    types[terraformType] = writer.write(module, structures, main);
    provider = /providerVersion: '([\d.]+)'/.exec(source)?.[1] ?? provider;
  }
  const inventory = ([writer, types]: [Writer, Record<string, string>]): Inventory => ({
    version,
    provider,
    blocks: writer.blocks,
    types: Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1))),
  });
  return { managed: inventory(parts.managed), data: inventory(parts.data), provider: inventory(parts.provider) };
}

/** JSON with one structure a line, so that a new provider version shows as a readable difference. */
export function format(inventory: Inventory): string {
  const lines = (entries: readonly string[]) => entries.join(",\n");
  return `{
"version": ${JSON.stringify(inventory.version)},
"provider": ${JSON.stringify(inventory.provider)},
"blocks": [
${lines(inventory.blocks.map((block) => JSON.stringify(block)))}
],
"types": {
${lines(Object.entries(inventory.types).map(([type, text]) => `${JSON.stringify(type)}: ${JSON.stringify(text)}`))}
}
}
`;
}

function main(check: boolean): void {
  const inventories = readInventory();
  const stale: string[] = [];
  for (const mode of Object.keys(inventoryFiles) as InventoryMode[]) {
    const file = join(inventoryFolder, inventoryFiles[mode]);
    const text = format(inventories[mode]);
    if (!check) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, "utf8") !== text) stale.push(inventoryFiles[mode]);
  }
  const counts = `${Object.keys(inventories.managed.types).length} resource types, ${Object.keys(inventories.data.types).length} data sources`;
  if (stale.length > 0) {
    console.error(
      `policies/configuration/inventory: ${stale.join(", ")} does not match the installed @cdktf/provider-aws ` +
        `${inventories.managed.version}. Run \`npm run inventory\`, look through the difference, model what is new, and commit it.`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(`@cdktf/provider-aws ${inventories.managed.version}: ${counts}${check ? ", as committed" : ""}`);
}

if (require.main === module) main(process.argv.includes("--check"));
