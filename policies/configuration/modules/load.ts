/** Reads the files of a root module and of every module that it calls, before anything is evaluated. */
import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { InputError } from "../errors";
import { exists, filesIn, readBytes, systemError } from "../files";
import { decode, isJsonObject, parseJson } from "../json";
import { type Declaration, ModuleBuilder, type ModuleSource, type SourceFile } from "./module";
import type { Missing, ModuleTree } from "./modules";
import { jsonPositions } from "./positions";

/** Modules deeper than this call each other in a circle, or might as well. */
const maximalNesting = 64;

/** A root module as it lies on the disk. */
export interface RootModule {
  readonly tree: ModuleTree;
  /** Where relative paths start, absolute. */
  readonly folder: string;
  /** The folder that holds the root and all local modules: no function reads a file outside it. */
  readonly enclosing: string;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly hcl: boolean;
}

const isHcl = (name: string): boolean => /\.(tf|tofu)$/.test(name);
const isConfiguration = (name: string): boolean => /\.(tf|tofu)(\.json)?$/.test(name) && !name.startsWith(".");
const isOverride = (name: string): boolean => /^(.*_)?override\.(tf|tofu)(\.json)?$/.test(name);

/** Names of a folder's configuration files; of `a.tofu` and `a.tf`, OpenTofu reads only the first. */
export function configurationFiles(folder: string): string[] {
  const names = filesIn(folder).filter(isConfiguration);
  const all = new Set(names);
  return names.filter((name) => !(/\.tf(\.json)?$/.test(name) && all.has(name.replace(/\.tf(\.json)?$/, ".tofu$1"))));
}

/** A configuration file that has been read. */
interface ReadFile {
  readonly name: string;
  /** As it shall be shown. */
  readonly path: string;
  readonly content: Buffer;
  readonly hcl: boolean;
}

/** Loads a folder, or one file that stands for all of it. */
export async function loadRoot(folder: string, only?: Omit<ReadFile, "name">): Promise<RootModule> {
  const loader = new Loader(folder, only);
  for (;;) {
    const root = loader.load();
    if (loader.pending.size === 0) return root;
    await loader.parsePending();
  }
}

/** The same for configurations in JSON; the parser of HCL can't be called synchronously. */
export function loadJsonRoot(folder: string, only: Omit<ReadFile, "name">): RootModule {
  const loader = new Loader(folder, only);
  const root = loader.load();
  for (const path of loader.pending.keys()) throw new InputError(path, "is HCL, where only JSON can be read");
  return root;
}

interface InstalledModule {
  readonly Key: string;
  readonly Dir: string;
  readonly Version?: string;
}

class Loader {
  /** Files in HCL that must be parsed before the tree of modules is complete. */
  readonly pending = new Map<string, ReadFile>();
  private readonly root: string;
  private enclosing: string;
  private readonly all = new Map<string, Buffer>();
  private readonly parsed = new Map<string, Pick<SourceFile, "body" | "scan">>();
  private readonly sources = new Map<string, ModuleSource>();
  private installed?: ReadonlyMap<string, InstalledModule>;

  constructor(
    private readonly folder: string,
    private readonly only?: Omit<ReadFile, "name">,
  ) {
    this.root = resolve(folder);
    this.enclosing = this.root;
  }

  /** The tree as far as the files that have been parsed tell. */
  load(): RootModule {
    const { folder, only, root } = this;
    const files = only ? [{ ...only, name: basename(only.path) }] : this.read(folder, folder);
    if (files.length === 0) throw new InputError(folder, "is a folder without Terraform configuration");
    const tree = this.tree(root, folder, files, []);
    return { tree, folder: root, enclosing: this.enclosing, files: this.all, hcl: files.some((file) => file.hcl) };
  }

  async parsePending(): Promise<void> {
    const { parseHcl } = await import("./hcl");
    for (const { path, content } of this.pending.values()) {
      this.parsed.set(path, await parseHcl(path, content.toString("utf8").replace(/^\uFEFF/, "")));
    }
    this.pending.clear();
  }

  read(folder: string, shown: string): ReadFile[] {
    return configurationFiles(folder).map((name) => {
      const path = join(shown, name);
      return { name, path, content: readBytes(join(folder, name)), hcl: isHcl(name) };
    });
  }

  /** The module in a folder; `chain` holds the names of the calls that lead to it. */
  private tree(folder: string, shown: string, files: readonly ReadFile[], chain: readonly string[]): ModuleTree {
    if (chain.length > maximalNesting) {
      throw new InputError(
        shown,
        `modules are nested deeper than ${maximalNesting}: module.${chain.slice(0, 4).join(".module.")}…`,
      );
    }
    const source = this.source(folder, files);
    const calls = new Map<string, ModuleTree | Missing>();
    for (const [name, call] of source.calls) calls.set(name, this.called(folder, shown, call, [...chain, name]));
    return { source, calls };
  }

  private source(folder: string, files: readonly ReadFile[]): ModuleSource {
    const known = this.sources.get(folder);
    if (known) return known;
    const parsed: SourceFile[] = [];
    const complete = this.pending.size;
    for (const file of files) {
      this.all.set(relative(this.root, join(folder, file.name)), file.content);
      const body = file.hcl ? this.parsed.get(file.path) : jsonBody(file);
      if (body) parsed.push({ path: file.path, override: isOverride(file.name), ...body });
      else this.pending.set(file.path, file);
    }
    const source = new ModuleBuilder(relative(this.root, folder) || ".", this.pending.size > complete ? [] : parsed);
    if (this.pending.size === complete) this.sources.set(folder, source);
    return source;
  }

  private called(folder: string, shown: string, call: Declaration, chain: readonly string[]): ModuleTree | Missing {
    const { source, version } = call.body;
    const text = typeof source === "string" ? source : "";
    if (/^\.\.?(\/|$)/.test(text)) {
      const target = realPath(join(folder, text), join(shown, text));
      this.include(target);
      const files = this.read(target, join(shown, text));
      if (files.length === 0)
        throw new InputError(join(shown, text), "is called as a module, but has no configuration");
      return this.tree(target, join(shown, text), files, chain);
    }
    const wanted = `${text}${typeof version === "string" ? ` ${version}` : ""}`;
    if (text === "" || text.includes("${"))
      return { missing: wanted || call.labels[0], why: "its source is not a plain text" };
    const entry = this.modules().get(chain.join("."));
    if (!entry) return { missing: wanted, why: "`terraform init` has not brought it (.terraform/modules)" };
    const target = resolve(this.root, entry.Dir);
    if (!exists(target)) return { missing: wanted, why: `${entry.Dir} is not there` };
    this.include(target);
    const place = join(shown, relative(folder, target));
    return this.tree(target, place, this.read(target, place), chain);
  }

  /** Widens the folder within which files may be read. */
  private include(folder: string): void {
    while (relative(this.enclosing, folder).startsWith("..") || isAbsolute(relative(this.enclosing, folder))) {
      this.enclosing = dirname(this.enclosing);
    }
  }

  /** What `terraform init` installed, by the path of calls. */
  private modules(): ReadonlyMap<string, InstalledModule> {
    if (this.installed) return this.installed;
    const path = join(this.root, ".terraform", "modules", "modules.json");
    const found = new Map<string, InstalledModule>();
    if (exists(path)) {
      const content = parseJson(path, readBytes(path));
      const entries = isJsonObject(content) && Array.isArray(content.Modules) ? content.Modules : [];
      for (const entry of entries) {
        if (isJsonObject(entry) && typeof entry.Key === "string" && typeof entry.Dir === "string") {
          found.set(entry.Key, { Key: entry.Key, Dir: entry.Dir });
        }
      }
    }
    this.installed = found;
    return found;
  }
}

function jsonBody({ path, content }: ReadFile): Pick<SourceFile, "body" | "scan"> {
  return { body: parseJson(path, content), scan: () => jsonPositions(decode(content)) };
}

function realPath(path: string, shown: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw systemError(shown, error);
  }
}
