/**
 * The declarations of one Terraform module, gathered from the bodies of its files: what is declared under which name,
 * before anything is evaluated. Bodies come from Terraform's JSON syntax or, converted to the same shape, from HCL.
 */

import { InputError } from "../errors";
import { isJsonObject, type Json, type JsonObject } from "../json";
import type { Imported, Position } from "../resource";
import { constructOf } from "./construct";
import type { BlockPosition, Positions } from "./positions";

export interface SourceFile {
  /** As it shall be shown. */
  readonly path: string;
  readonly body: Json;
  /** `override.tf`, `*_override.tf.json`, …: merged into what the other files declare. */
  readonly override: boolean;
  /** Looks through the text for the places of its blocks. */
  readonly scan?: () => Positions;
}

/** The place of a block; its line is looked for when it is asked for. */
class BlockPlace implements Position {
  constructor(
    readonly file: string,
    private readonly find: () => BlockPosition | undefined,
    readonly construct?: string,
  ) {}

  get line(): number | undefined {
    return this.find()?.line;
  }

  get column(): number | undefined {
    return this.find()?.column;
  }

  get attributes(): Readonly<Record<string, number>> | undefined {
    return this.find()?.attributes;
  }
}

/** A block with its labels: `resource "aws_vpc" "main" { … }`. */
export interface Declaration {
  readonly keyword: string;
  readonly labels: readonly string[];
  readonly body: JsonObject;
  readonly position: Position;
}

/** A local value with the block that it stands in. */
export interface Local {
  readonly value: Json;
  readonly position: Position;
}

/** The folder of a module with what is declared in it. */
export interface ModuleSource {
  /** On the disk; for `path.module`. */
  readonly folder: string;
  readonly variables: ReadonlyMap<string, Declaration>;
  readonly locals: ReadonlyMap<string, Local>;
  readonly outputs: ReadonlyMap<string, Declaration>;
  readonly calls: ReadonlyMap<string, Declaration>;
  /** Everything with a type and a name, by `resource.aws_vpc.main`, `data.…`, `ephemeral.…`, `action.…`. */
  readonly things: ReadonlyMap<string, Declaration>;
  /** By local name, `aws`, or with alias, `aws.london`. */
  readonly providers: ReadonlyMap<string, Declaration>;
  /** Source addresses by local name, from `required_providers`. */
  readonly requiredProviders: ReadonlyMap<string, string>;
  readonly backend?: Declaration;
  /** What `import` blocks take up, where it is written out, by address: `aws_vpc.main`. */
  readonly imports: ReadonlyMap<string, Imported>;
  /** `removed` blocks, whose provisioners run when the thing is destroyed. */
  readonly removed: readonly Declaration[];
  /** Blocks that this version does not know. */
  readonly unknown: readonly Declaration[];
}

/** Number of labels of each block type that has some. */
const labelCounts: ReadonlyMap<string, number> = new Map([
  ["resource", 2],
  ["data", 2],
  ["ephemeral", 2],
  ["action", 2],
  ["variable", 1],
  ["output", 1],
  ["module", 1],
  ["provider", 1],
  ["check", 1],
]);

const thingKeywords = new Set(["resource", "data", "ephemeral", "action"]);

/**
 * All blocks that may stand at the top. Two of them can't carry data and are passed over: `moved` renames within the
 * state, `import` takes up what exists (the resource that it is taken up as is declared, and judged).
 */
const blockTypes = new Set([...labelCounts.keys(), "locals", "terraform", "removed", "moved", "import"]);

/** What a `terraform` block may hold beside the backend, none of which carries data. */
const terraformSettings = new Set([
  "required_version",
  "required_providers",
  "experiments",
  "provider_meta",
  "language",
]);

const backendKeywords = new Set(["backend", "cloud"]);

/** All bodies under a value that may be one object or a list of objects, as Terraform's JSON syntax allows. */
function bodies(value: Json, file: string, path: string): JsonObject[] {
  if (value === null) return [];
  if (isJsonObject(value)) return [value];
  if (Array.isArray(value)) return value.flatMap((item) => bodies(item, file, path));
  throw new InputError(file, `${path} must be an object, not ${JSON.stringify(value)?.slice(0, 40)}`);
}

/** The blocks below a keyword, with their labels. */
function labelled(value: Json, file: string, path: string, labels: number): { labels: string[]; body: JsonObject }[] {
  const found = bodies(value, file, path);
  if (labels === 0) return found.map((body) => ({ labels: [], body }));
  return found.flatMap((body) =>
    Object.keys(body)
      .filter((label) => label !== "//")
      .flatMap((label) =>
        labelled(body[label], file, `${path}.${label}`, labels - 1).map((inner) => ({
          labels: [label, ...inner.labels],
          body: inner.body,
        })),
      ),
  );
}

/** HCL's converter writes a bare traversal as a template; where only a traversal may stand both mean the same. */
export function bare(text: string): string {
  const match = /^\$\{([^}]*)\}$/.exec(text.trim());
  return (match ? match[1] : text).trim();
}

/** Builds the tables of one module. Throws InputError for what Terraform refuses: duplicates, overrides of nothing. */
export class ModuleBuilder implements ModuleSource {
  readonly variables = new Map<string, Declaration>();
  readonly locals = new Map<string, Local>();
  readonly outputs = new Map<string, Declaration>();
  readonly calls = new Map<string, Declaration>();
  readonly things = new Map<string, Declaration>();
  readonly providers = new Map<string, Declaration>();
  readonly requiredProviders = new Map<string, string>();
  readonly imports = new Map<string, Imported>();
  readonly removed: Declaration[] = [];
  readonly unknown: Declaration[] = [];
  backend?: Declaration;
  /** How often a block of a path has been met in a file. */
  private readonly met = new Map<string, number>();
  private readonly scans = new Map<string, Positions>();

  constructor(
    readonly folder: string,
    files: readonly SourceFile[],
  ) {
    for (const file of files) if (!file.override) this.addFile(file);
    for (const file of files) if (file.override) this.addFile(file);
  }

  private addFile(file: SourceFile): void {
    if (!isJsonObject(file.body) && !Array.isArray(file.body)) {
      throw new InputError(file.path, "a configuration must be a JSON object");
    }
    for (const body of bodies(file.body, file.path, "the file")) {
      for (const keyword of Object.keys(body)) {
        if (keyword !== "//") this.addKeyword(keyword, body[keyword], file);
      }
    }
  }

  private addKeyword(keyword: string, value: Json, file: SourceFile): void {
    if (!blockTypes.has(keyword)) {
      this.unknown.push(this.declare(keyword, [], {}, file));
      return;
    }
    const count = labelCounts.get(keyword) ?? 0;
    for (const { labels, body } of labelled(value, file.path, keyword, count)) {
      this.add(this.declare(keyword, labels, body, file), file);
    }
  }

  private declare(keyword: string, labels: string[], body: JsonObject, file: SourceFile): Declaration {
    return { keyword, labels, body, position: this.place([keyword, ...labels].join("."), body, file) };
  }

  private place(path: string, body: JsonObject, file: SourceFile): Position {
    const counter = JSON.stringify([file.path, path]);
    const index = this.met.get(counter) ?? 0;
    this.met.set(counter, index + 1);
    const { construct, program } = constructOf(body);
    if (program) return new BlockPlace(program.file, () => ({ ...program, attributes: {} }), construct);
    return new BlockPlace(file.path, () => this.positions(file)?.get(path)?.[index], construct);
  }

  private positions(file: SourceFile): Positions | undefined {
    if (!this.scans.has(file.path) && file.scan) this.scans.set(file.path, file.scan());
    return this.scans.get(file.path);
  }

  private add(declaration: Declaration, file: SourceFile): void {
    const { keyword, labels, body } = declaration;
    if (thingKeywords.has(keyword)) {
      this.put(this.things, [keyword, ...labels].join("."), declaration, file);
    } else if (keyword === "variable") {
      this.put(this.variables, labels[0], declaration, file);
    } else if (keyword === "output") {
      this.put(this.outputs, labels[0], declaration, file);
    } else if (keyword === "module") {
      this.put(this.calls, labels[0], declaration, file);
    } else if (keyword === "provider") {
      const alias = body.alias;
      this.put(this.providers, typeof alias === "string" ? `${labels[0]}.${alias}` : labels[0], declaration, file);
    } else if (keyword === "locals") {
      this.addLocals(declaration, file);
    } else if (keyword === "terraform") {
      this.addSettings(body, file);
    } else if (keyword === "check") {
      this.addCheck(body, file);
    } else if (keyword === "removed") {
      this.removed.push(declaration);
    } else if (keyword === "import" && typeof body.to === "string") {
      this.imports.set(bare(body.to), importedBy(body));
    }
  }

  private put(table: Map<string, Declaration>, name: string, declaration: Declaration, file: SourceFile): void {
    const existing = table.get(name);
    if (!file.override) {
      if (existing) {
        const text = [declaration.keyword, ...declaration.labels].join(".");
        throw new InputError(
          file.path,
          `${text} is declared a second time; the first is in ${existing.position.file}${lineOf(existing.position)}`,
          placeOf(declaration.position),
        );
      }
      table.set(name, declaration);
    } else if (existing) {
      table.set(name, { ...existing, body: overridden(existing.body, declaration.body) });
    } else if (declaration.keyword === "provider" || declaration.keyword === "variable") {
      table.set(name, declaration);
    } else {
      const text = [declaration.keyword, ...declaration.labels].join(".");
      throw new InputError(file.path, `overrides ${text}, which no other file declares`);
    }
  }

  private addLocals({ body, position }: Declaration, file: SourceFile): void {
    for (const name of Object.keys(body)) {
      if (name === "//") continue;
      if (this.locals.has(name) && !file.override) {
        throw new InputError(file.path, `local.${name} is declared a second time`);
      }
      this.locals.set(name, { value: body[name], position });
    }
  }

  private addSettings(body: JsonObject, file: SourceFile): void {
    for (const key of Object.keys(body)) {
      if (backendKeywords.has(key)) {
        const found = labelled(body[key], file.path, `terraform.${key}`, key === "backend" ? 1 : 0);
        for (const { labels, body: inner } of found) {
          if (this.backend && !file.override) {
            throw new InputError(file.path, "a second backend is declared; Terraform takes one");
          }
          const position = this.place(["terraform", key, ...labels].join("."), inner, file);
          this.backend = { keyword: key, labels: key === "cloud" ? ["cloud"] : labels, body: inner, position };
        }
      } else if (key === "required_providers") {
        for (const required of bodies(body[key], file.path, "terraform.required_providers")) {
          for (const name of Object.keys(required)) {
            const entry = required[name];
            if (isJsonObject(entry) && typeof entry.source === "string") {
              this.requiredProviders.set(name, sourceAddress(entry.source));
            }
          }
        }
      } else if (key !== "//" && !terraformSettings.has(key)) {
        this.unknown.push(this.declare(`terraform.${key}`, [], {}, file));
      }
    }
  }

  /** A check may have one data source of its own, which is read at every plan. */
  private addCheck(body: JsonObject, file: SourceFile): void {
    if (body.data !== undefined) this.addKeyword("data", body.data, file);
  }
}

/** A text without templates. */
/**
 * What an `import` block says of the thing it takes up. A region stands behind the id or in the identity (`vpc-1@eu-west-1`;
 * Terraform AWS provider, guide "Enhanced Region Support", "Importing").
 */
function importedBy({ id, identity }: JsonObject): Imported {
  const [, plain, region] = (isPlain(id) && /^(.*?)(?:@([a-z]{2,}(?:-[a-z]+)+-\d+))?$/s.exec(id)) || [];
  const own = asList(identity).map((one) => one.region)[0] ?? region;
  return { ...(plain !== undefined && { id: plain }), ...(isPlain(own) && { region: own }) };
}

const isPlain = (value: Json | undefined): value is string => typeof value === "string" && !/[$%]\{/.test(value);

export const placeOf = ({ line, column }: Position): string | undefined =>
  line === undefined ? undefined : column === undefined ? String(line) : `${line}:${column}`;

const lineOf = ({ line }: Position): string => (line === undefined ? "" : `, line ${line}`);

/** `hashicorp/aws` as the full address that Terraform makes of it. */
export function sourceAddress(source: string): string {
  const parts = source.toLowerCase().split("/");
  if (parts.length === 1) return `registry.terraform.io/hashicorp/${parts[0]}`;
  return parts.length === 2 ? `registry.terraform.io/${parts.join("/")}` : parts.join("/");
}

/**
 * Terraform's merging of an override: an argument replaces the argument, blocks of a type replace all blocks of that
 * type (those of a `dynamic` too), and the arguments of `lifecycle` are merged one by one.
 */
function overridden(base: JsonObject, override: JsonObject): JsonObject {
  const result: JsonObject = { ...base };
  const generated = isJsonObject(base.dynamic) ? { ...base.dynamic } : undefined;
  for (const key of Object.keys(override)) {
    if (key === "lifecycle") {
      result.lifecycle = Object.assign({}, ...asList(base.lifecycle), ...asList(override.lifecycle));
    } else if (key === "dynamic" && isJsonObject(override.dynamic)) {
      for (const label of Object.keys(override.dynamic)) delete result[label];
      result.dynamic = { ...generated, ...override.dynamic };
    } else {
      result[key] = override[key];
      if (generated && Object.hasOwn(generated, key)) {
        delete generated[key];
        result.dynamic = generated;
      }
    }
  }
  return result;
}

export function asList(value: Json | undefined): JsonObject[] {
  if (isJsonObject(value)) return [value];
  return Array.isArray(value) ? value.flatMap(asList) : [];
}
