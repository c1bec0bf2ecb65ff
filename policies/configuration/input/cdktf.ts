/** The output folder of cdktf: its manifest lists the stacks, of which each is a root module. */
import { join, resolve } from "node:path";
import { InputError } from "../errors";
import { exists, readBytes, stat } from "../files";
import { isJsonObject, type JsonObject, parseJson } from "../json";
import { loadRoot, type RootModule } from "../modules/load";

export interface Stack {
  readonly name: string;
  /** The folder of its `cdk.tf.json`. */
  readonly folder: string;
  readonly module: RootModule;
}

export async function readStacks(folder: string, manifest: JsonObject): Promise<Stack[]> {
  const stacks = manifest.stacks as JsonObject;
  const found: Stack[] = [];
  for (const name of Object.keys(stacks).sort()) {
    const entry = stacks[name];
    const path = isJsonObject(entry) ? entry.synthesizedStackPath : undefined;
    if (typeof path !== "string") {
      throw new InputError(
        join(folder, "manifest.json"),
        `the stack ${JSON.stringify(name)} has no synthesizedStackPath`,
      );
    }
    const file = join(folder, path);
    if (!resolve(file).startsWith(`${resolve(folder)}/`)) {
      throw new InputError(
        join(folder, "manifest.json"),
        `the stack ${JSON.stringify(name)} lies outside the folder: ${path}`,
      );
    }
    if (!exists(file)) {
      throw new InputError(join(folder, "manifest.json"), `names ${path}, which is not there; synthesize again`);
    }
    const target = stat(file).isDirectory() ? file : join(file, "..");
    found.push({ name, folder: target, module: await loadRoot(target) });
  }
  if (found.length === 0) throw new InputError(join(folder, "manifest.json"), "lists no stack");
  return found;
}

/** The trust file that synthesis leaves beside the stacks. */
export function readTrust(folder: string): { path: string; content: unknown } | undefined {
  const path = join(folder, "trust.json");
  return exists(path) ? { path, content: parseJson(path, readBytes(path)) } : undefined;
}
