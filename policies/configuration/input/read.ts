/** One Configuration out of everything that was named on the command line. */
import { dirname, resolve } from "node:path";
import { InputError } from "../errors";
import { sha256, sha256OfFiles } from "../files";
import type { JsonObject } from "../json";
import { loadJsonRoot, loadRoot, type RootModule } from "../modules/load";
import { RootEvaluation } from "../modules/terraform";
import { variableFiles } from "../modules/variable-files";
import { readPlan } from "../plan/plan";
import type { PlanConfiguration } from "../plan/sharpened";
import { type PulumiReading, readSnapshot } from "../pulumi/reading";
import type { Configuration, Input, Resource, Undecided } from "../resource";
import type { Values } from "../value";
import { readStacks, readTrust } from "./cdktf";
import { type Detected, detect, detectContent } from "./detect";
import { RemoteStates } from "./remote-state";
import { readState } from "./state";

export interface ReadOptions {
  readonly varFiles?: readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
  /** For a plan: the folder of the configuration that it was made from. */
  readonly config?: string;
  /** The region of a provider block that names none. */
  readonly defaultRegion?: string;
  /** Of a Pulumi program: which stack's configuration it is given; the only one if left out. */
  readonly pulumiStack?: string;
  /** How long a Pulumi program may take, in milliseconds. */
  readonly programTimeLimit?: number;
  /** Reads standard input, for the path `-`. */
  readonly stdin?: () => string;
}

/**
 * Reads inputs of any kind, told apart by content, as one configuration. Throws InputError if something can't be read;
 * what can be read but not understood is listed under `undecided`.
 */
export async function readConfiguration(paths: readonly string[], options: ReadOptions = {}): Promise<Configuration> {
  const reader = new Reader(options);
  const seen = new Set<string>();
  for (const path of paths) {
    const identity = path === "-" ? path : resolve(path);
    if (!seen.has(identity)) await followable(path, () => reader.add(path));
    seen.add(identity);
  }
  return followable(paths[0] ?? ".", async () => reader.finish());
}

/**
 * One text, synchronously: JSON of any kind that `readConfiguration` takes. `path` names it in messages, and its folder
 * is where local modules lie.
 */
export function readConfigurationText(
  text: string,
  path: string,
  options: Pick<ReadOptions, "vars" | "defaultRegion"> = {},
): Configuration {
  const reader = new Reader(options);
  try {
    reader.addText(path, Buffer.from(text, "utf8"));
    return reader.finish();
  } catch (error) {
    throw asInputError(path, error);
  }
}

async function followable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asInputError(path, error);
  }
}

/** References that lead through more steps than the stack has room for are an error of the input. */
function asInputError(path: string, error: unknown): unknown {
  return error instanceof RangeError
    ? new InputError(path, "its references lead through too many steps to follow")
    : error;
}

interface Root {
  readonly stack: string;
  readonly path: string;
  readonly folder: string;
  readonly module: RootModule;
  /** Values of its variables from files. */
  readonly values: Values;
}

class Reader {
  private readonly inputs: Input[] = [];
  private readonly resources: Resource[] = [];
  private readonly undecided: Undecided[] = [];
  private readonly roots: Root[] = [];
  private readonly names = new Set<string>();
  private trust?: Configuration["trust"];

  constructor(private readonly options: ReadOptions) {}

  async add(path: string): Promise<void> {
    const detected = detect(path, this.options.stdin);
    switch (detected.kind) {
      case "cdktf":
        await this.addStacks(path, detected.manifest);
        break;
      case "folder": {
        const module = await loadRoot(path);
        this.addRoot(path, path, path, module);
        this.inputs.push({ path, sha256: sha256OfFiles(module.files), kind: module.hcl ? "hcl" : "configuration" });
        break;
      }
      case "program": {
        const stack = this.unique(path, path);
        const { readProgram } = await import("../pulumi/program");
        const { sha256, ...reading } = await readProgram(path, stack, this.options);
        this.addReading(reading);
        this.inputs.push({ path, sha256, kind: "pulumi" });
        break;
      }
      case "configuration":
      case "hcl": {
        const { kind, content } = detected;
        const module = await loadRoot(dirname(path), { path, content, hcl: kind === "hcl" });
        this.addRoot(path, path, dirname(path), module);
        this.inputs.push({ path, sha256: sha256(content), kind });
        break;
      }
      default:
        this.addDocument(path, detected, await this.planConfiguration());
    }
  }

  addText(path: string, content: Buffer): void {
    const detected = detectContent(path, content);
    if ("body" in detected) {
      this.addDocument(path, detected);
    } else {
      const folder = dirname(path);
      const module = loadJsonRoot(folder, { path, content, hcl: detected.kind !== "configuration" });
      this.roots.push({ stack: this.unique(path, path), path, folder, module, values: {} });
      this.inputs.push({ path, sha256: sha256(content), kind: "configuration" });
    }
  }

  private async addStacks(path: string, manifest: JsonObject): Promise<void> {
    const files = new Map<string, Buffer>();
    for (const { name, folder, module } of await readStacks(path, manifest)) {
      for (const [file, content] of module.files) files.set(`${name}/${file}`, content);
      this.addRoot(name, path, folder, module);
    }
    this.inputs.push({ path, sha256: sha256OfFiles(files), kind: "cdktf" });
    this.trust ??= readTrust(path);
  }

  private addRoot(name: string, path: string, folder: string, module: RootModule): void {
    const values = variableFiles(folder, this.options.varFiles ?? []);
    this.roots.push({ stack: this.unique(name, path), path, folder, module, values });
  }

  private addDocument(
    path: string,
    detected: Extract<Detected, { body: JsonObject }>,
    configuration?: PlanConfiguration,
  ): void {
    const stack = this.unique(path, path);
    const { kind, body, content } = detected;
    if (kind === "plan") this.addReading(readPlan(path, stack, body, this.options, configuration));
    else if (kind === "state") this.addReading(readState(path, stack, body));
    else this.addReading(readSnapshot(path, stack, body, this.options));
    this.inputs.push({ path, sha256: sha256(content), kind });
  }

  private addReading({ resources, undecided }: Pick<PulumiReading, "resources" | "undecided">): void {
    for (const resource of resources) this.resources.push(resource);
    this.undecided.push(...undecided);
  }

  private async planConfiguration(): Promise<PlanConfiguration | undefined> {
    const { config } = this.options;
    return config === undefined ? undefined : { path: config, module: await loadRoot(config) };
  }

  /** Names of inputs tell their resources apart, so no two are the same. */
  private unique(name: string, path: string): string {
    const free = this.names.has(name) ? `${path}:${name}` : name;
    this.names.add(free);
    return free;
  }

  finish(): Configuration {
    for (const name of Object.keys(this.options.vars ?? {})) {
      const declared = this.roots.some(({ module }) => module.tree.source.variables.has(name));
      if (!declared) throw new InputError(`--var ${name}`, "no configuration declares a variable of this name");
    }
    const states = new RemoteStates();
    for (const { stack, path, folder, module, values } of this.roots) {
      const given = { values, texts: this.options.vars ?? {} };
      const options = { defaultRegion: this.options.defaultRegion };
      const evaluation = new RootEvaluation(module, stack, path, given, options, (backend, config, workspace) =>
        states.outputs(backend, config, workspace, folder),
      );
      states.add(evaluation, folder);
    }
    for (const evaluation of states.evaluations) {
      const { resources, undecided } = evaluation.read();
      for (const resource of resources) this.resources.push(resource);
      this.undecided.push(...undecided);
    }
    return {
      inputs: this.inputs,
      resources: this.resources.sort(byPlace),
      undecided: this.undecided.sort(byContent),
      ...(this.trust && { trust: this.trust }),
    };
  }
}

/** By stack and address, so that the order of files and keys changes nothing. */
function byPlace(a: Resource, b: Resource): number {
  if (a.stack !== b.stack) return a.stack < b.stack ? -1 : 1;
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}

function byContent(a: Undecided, b: Undecided): number {
  const text = ({ stack, resource, attribute, reason, message }: Undecided): string =>
    JSON.stringify([stack, resource, attribute, reason, message]);
  const [left, right] = [text(a), text(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
