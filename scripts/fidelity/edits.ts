/** What may be changed about stacks that stand: each edit is made everywhere at once. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../policies/configuration/json";

export interface Edit {
  readonly name: string;
  /** What becomes of an argument that is written out; itself if it stays. */
  readonly argument: (name: string, value: Json) => Json;
}

export const edits: readonly Edit[] = [
  { name: "nothing is changed", argument: (_, value) => value },
  { name: "every switch is turned", argument: (_, value) => (typeof value === "boolean" ? !value : value) },
  {
    name: "everything is described and tagged anew",
    argument: (name, value) => {
      if (name === "description" && isLiteral(value)) return `${value} (changed)`;
      return name === "tags" ? { ...(value as JsonObject), Changed: "yes" } : value;
    },
  },
  {
    name: "everything is renamed",
    argument: (name, value) => (/(^|_)(name|identifier|bucket)$/.test(name) && isLiteral(value) ? `${value}b` : value),
  },
];

const isLiteral = (value: Json): value is string => typeof value === "string" && !value.includes("${");

/** Arguments that Terraform itself reads; what keeps a resource from being replaced is taken away. */
const META: ReadonlySet<string> = new Set(["//", "count", "depends_on", "for_each", "provider"]);

/** The modules of a root module, to be edited over and over. */
export class Modules {
  private readonly bodies = new Map<string, JsonObject>();

  constructor(folder: string) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = join(folder, entry.name, "main.tf.json");
      if (entry.isDirectory() && !entry.name.startsWith("."))
        this.bodies.set(file, parseJson(file, readFileSync(file)) as JsonObject);
    }
  }

  /** @param except addresses of resources that stay as they are */
  write({ argument }: Edit, except: ReadonlySet<string>): void {
    for (const [file, body] of this.bodies) {
      const module = basename(dirname(file));
      const types = Object.entries((body.resource ?? {}) as Record<string, Record<string, JsonObject>>);
      const resource = types.map(([type, named]) => {
        const entries = Object.entries(named).map(([name, values]) => {
          const change = except.has(`module.${module}.${type}.${name}`) ? (_: string, value: Json) => value : argument;
          return [name, edited(values, change)] as const;
        });
        return [type, Object.fromEntries(entries)] as const;
      });
      writeFileSync(
        file,
        JSON.stringify({ ...body, ...(body.resource && { resource: Object.fromEntries(resource) }) }),
      );
    }
  }
}

function edited(values: JsonObject, argument: Edit["argument"]): JsonObject {
  const entries = Object.entries(values).filter(([name]) => name !== "lifecycle");
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (META.has(name)) return [name, value];
      const blocks = Array.isArray(value) && value.length > 0 && value.every(isJsonObject);
      return [name, blocks ? value.map((block) => edited(block, argument)) : argument(name, value)];
    }),
  );
}
