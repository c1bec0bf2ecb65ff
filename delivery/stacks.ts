/** The stacks of a synthesized enclave, in the order in which they depend on each other. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../policies/configuration/errors";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../policies/configuration/json";

export interface Stack {
  readonly name: string;
  /** Where its `cdk.tf.json` lies. */
  readonly folder: string;
  /** Names of the stacks it depends on. */
  readonly dependencies: readonly string[];
  /** Of those, the ones whose outputs it reads. */
  readonly reads: readonly string[];
  /** The file that keeps its state, if a file of this machine does. */
  readonly stateFile?: string;
}

/**
 * @returns the stacks of a cdktf output folder, each behind those it depends on
 * @throws InputError if the folder is not one, or its stacks depend on each other in a circle
 */
export function readStacks(folder: string): readonly Stack[] {
  const path = join(folder, "manifest.json");
  if (!existsSync(path))
    throw new InputError(folder, "is no cdktf output folder (it has no manifest.json); run `enclave synth` first");
  const manifest = parseJson(path, readFileSync(path));
  const entries = isJsonObject(manifest) && isJsonObject(manifest.stacks) ? manifest.stacks : {};
  const read = Object.entries(entries).map(([name, entry]) => stackOf(folder, path, name, entry));
  if (read.length === 0) throw new InputError(path, "lists no stack");
  const states = new Map(read.map(({ stack, backend }) => [backend, stack.name]));
  const stacks = read.map(({ stack, remote }) => ({
    ...stack,
    reads: [...new Set(remote.flatMap((state) => states.get(state) ?? []))].sort(),
  }));
  return ordered(path, stacks);
}

/** Those named, or all; in order. */
export function selected(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  for (const name of names) {
    if (!stacks.some((stack) => stack.name === name)) {
      throw new InputError(name, `is no stack; there are ${stacks.map((stack) => stack.name).join(", ")}`);
    }
  }
  return names.length === 0 ? stacks : stacks.filter(({ name }) => names.includes(name));
}

interface Read {
  readonly stack: Omit<Stack, "reads">;
  /** Which state it writes, and which it reads, each as a text that is the same for the same state. */
  readonly backend: string;
  readonly remote: readonly string[];
}

function stackOf(folder: string, manifest: string, name: string, entry: Json): Read {
  const { synthesizedStackPath: path, dependencies } = isJsonObject(entry) ? entry : ({} as JsonObject);
  const file = typeof path === "string" ? join(folder, path) : "";
  if (!/^[\w.-]+$/.test(name) || !resolve(file).startsWith(`${resolve(folder)}/`)) {
    throw new InputError(manifest, `the stack ${JSON.stringify(name)} has no file in this folder`);
  }
  if (!existsSync(file)) throw new InputError(manifest, `names ${String(path)}, which is not there; synthesize again`);
  const body = parseJson(file, readFileSync(file));
  const directory = join(file, "..");
  const terraform = member(body, "terraform");
  const [[type, config] = ["local", {}]] = Object.entries(objectOf(member(terraform, "backend")));
  return {
    stack: {
      name,
      folder: directory,
      dependencies: Array.isArray(dependencies) ? dependencies.map(String) : [],
      ...(type === "local" && { stateFile: localState(directory, config) }),
    },
    backend: stateIdentity(directory, type, config),
    remote: Object.values(objectOf(member(member(body, "data"), "terraform_remote_state"))).map((state) =>
      stateIdentity(directory, String(member(state, "backend")), member(state, "config")),
    ),
  };
}

const objectOf = (value: Json | undefined): JsonObject => (value !== undefined && isJsonObject(value) ? value : {});

const member = (value: Json | undefined, name: string): Json => {
  const inner = objectOf(value)[name];
  // In JSON, a block may stand in a list of one.
  return (Array.isArray(inner) ? inner[0] : inner) ?? null;
};

/** A text that is the same for the same state: the backend with its settings, of local files where they lie. */
export function stateIdentity(folder: string, backend: string, config: Json): string {
  if (backend === "local") return `local ${localState(folder, config)}`;
  const { bucket, key, path, address, prefix, workspaces } = objectOf(config);
  return `${backend} ${JSON.stringify([bucket, key, path, address, prefix, workspaces])}`;
}

const localState = (folder: string, config: Json): string =>
  resolve(folder, String(objectOf(config).path ?? "terraform.tfstate"));

function ordered(path: string, stacks: readonly Stack[]): readonly Stack[] {
  const done: Stack[] = [];
  let rest = [...stacks].sort((a, b) => (a.name < b.name ? -1 : 1));
  while (rest.length > 0) {
    const names = new Set(rest.map(({ name }) => name));
    const free = rest.filter(({ dependencies, reads }) => ![...dependencies, ...reads].some((name) => names.has(name)));
    if (free.length === 0) throw new InputError(path, `${[...names].join(", ")} depend on each other in a circle`);
    done.push(...free);
    rest = rest.filter((stack) => !free.includes(stack));
  }
  return done;
}
