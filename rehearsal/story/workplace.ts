/**
 * A copy of a synthesized enclave to rehearse in: its states lie in local files of the copy, wherever the original keeps
 * them, so that nothing real is read or written.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Failure } from "../../delivery/failure";
import { readStacks, type Stack, stateIdentity } from "../../delivery/stacks";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../policies/configuration/json";
import type { Values } from "../protocol/value";
import type { Standing } from "../provider/session";
import type { Types } from "../schema/response";

export class Workplace {
  private constructor(
    private readonly into: string,
    /** The cdktf output folder of the copy. */
    readonly folder: string,
    readonly stacks: readonly Stack[],
  ) {}

  /**
   * @throws InputError if the source is no cdktf output folder; Failure if there is something where the copy shall be, or
   * a stack reads a state that none writes
   */
  static create(original: string, copy: string, names: readonly string[] = []): Workplace {
    const [source, into] = [resolve(original), resolve(copy)];
    if (existsSync(into) && readdirSync(into).length > 0) throw new Failure(`${into}: is not empty`);
    const stacks = withDependencies(readStacks(source), names);
    const states = new Map(stacks.map((stack) => [backendOf(stack), stateFile(into, stack.name)]));
    const folder = join(into, "cdktf.out");
    for (const { name, folder: original } of stacks) {
      const target = join(folder, relative(source, original));
      mkdirSync(target, { recursive: true });
      const body = bodyOf(original);
      localize(name, body, original, states);
      writeFileSync(join(target, "cdk.tf.json"), JSON.stringify(body));
    }
    mkdirSync(join(into, "states"), { recursive: true });
    const manifest = parseJson("manifest.json", readFileSync(join(source, "manifest.json"))) as JsonObject;
    const entries = Object.entries(manifest.stacks as JsonObject).filter(([name]) =>
      stacks.some((one) => one.name === name),
    );
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ ...manifest, stacks: Object.fromEntries(entries) }));
    if (existsSync(join(source, "trust.json"))) copyFileSync(join(source, "trust.json"), join(folder, "trust.json"));
    return new Workplace(into, folder, readStacks(folder));
  }

  /** @throws Failure if no stack's configuration has a resource of this address, which its stack and a colon may precede */
  demand(address: string): void {
    const [, name, type, label] = /^(?:([\w.-]+):)?(\w+)\.([\w-]+)(?:\[.*\])?$/s.exec(address) ?? [];
    const candidates = this.stacks.filter((stack) => name === undefined || stack.name === name);
    const has = ({ folder }: Stack): boolean =>
      [...resourcesOf(bodyOf(folder))].some(([own, ownLabel]) => own === type && ownLabel === label);
    // What stands in a module is only known when it is planned.
    if (!/^(?:[\w.-]+:)?module\./.test(address) && !candidates.some(has))
      throw new Failure(`${address}: is no resource`);
  }

  /** Changes the configuration of a stack, as an engineer would and synthesize again. */
  edit(stack: Stack, change: (type: string, values: JsonObject) => void): void {
    const body = bodyOf(stack.folder);
    for (const [type, , values] of resourcesOf(body)) change(type, values);
    writeFileSync(join(stack.folder, "cdk.tf.json"), JSON.stringify(body));
  }

  /** The types in use: all that Terraform needs to be told of. */
  types(): Types {
    const managed = new Set<string>();
    const data = new Set<string>();
    for (const { folder } of this.stacks) {
      const body = bodyOf(folder);
      for (const type of Object.keys(objectOf(body.resource))) managed.add(type);
      for (const type of Object.keys(objectOf(body.data))) if (type.startsWith("aws_")) data.add(type);
    }
    return { managed: [...managed].sort(), data: [...data].sort() };
  }

  /** What the configurations import, which is there already: its id, and the arguments that are written out. */
  imported(): readonly Standing[] {
    return this.stacks.flatMap(({ folder }) => {
      const body = bodyOf(folder);
      const imports = Array.isArray(body.import) ? body.import : [];
      return imports.map(objectOf).flatMap(({ id, to }): Standing[] => {
        const [type, name] = String(to).split(".");
        const written = objectOf(objectOf(objectOf(body.resource)[type])[name]);
        const known = Object.entries(written).filter(([, value]) => !JSON.stringify(value).includes("${"));
        return typeof id === "string" ? [{ type, id, values: Object.fromEntries(known) as Values }] : [];
      });
    });
  }

  stateFiles(): readonly string[] {
    return this.stacks.map(({ name }) => stateFile(this.into, name));
  }
}

const stateFile = (into: string, stack: string): string => join(into, "states", `${stack}.tfstate`);

/** The stacks named, and what they depend on. */
function withDependencies(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  if (names.length === 0) return stacks;
  const wanted = new Set<string>();
  const add = (name: string): void => {
    const stack = stacks.find((one) => one.name === name);
    if (!stack) throw new Failure(`${name}: is no stack; there are ${stacks.map((one) => one.name).join(", ")}`);
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const other of [...stack.dependencies, ...stack.reads]) add(other);
  };
  for (const name of names) add(name);
  return stacks.filter(({ name }) => wanted.has(name));
}

function bodyOf(folder: string): JsonObject {
  const path = join(folder, "cdk.tf.json");
  const body = parseJson(path, readFileSync(path));
  if (!isJsonObject(body)) throw new Failure(`${path}: is no configuration`);
  return body;
}

const objectOf = (value: Json | undefined): JsonObject => {
  const [first] = Array.isArray(value) ? value : [value];
  return isJsonObject(first) ? first : {};
};

function* resourcesOf(body: JsonObject): Generator<[type: string, name: string, values: JsonObject]> {
  for (const [type, named] of Object.entries(objectOf(body.resource))) {
    for (const [name, values] of Object.entries(objectOf(named))) yield [type, name, objectOf(values)];
  }
}

function backendOf({ folder }: Stack): string {
  const [[type, config] = ["local", {}]] = Object.entries(objectOf(objectOf(bodyOf(folder).terraform).backend));
  return stateIdentity(folder, type, objectOf(config));
}

function localize(name: string, body: JsonObject, folder: string, states: ReadonlyMap<string, string>): void {
  const terraform = objectOf(body.terraform);
  const [[type, config] = ["local", {}]] = Object.entries(objectOf(terraform.backend));
  body.terraform = {
    ...terraform,
    backend: { local: { path: states.get(stateIdentity(folder, type, objectOf(config)))! } },
  };
  for (const state of Object.values(objectOf(objectOf(body.data).terraform_remote_state))) {
    const remote = objectOf(state);
    const path = states.get(stateIdentity(folder, String(remote.backend), objectOf(remote.config)));
    if (!path) throw new Failure(`${name}: reads a state that no stack here writes`);
    remote.backend = "local";
    remote.config = { path };
  }
}
