/**
 * The files of a Pulumi project: `Pulumi.yaml` (https://www.pulumi.com/docs/iac/concepts/projects/project-file/) and the
 * configuration of its stacks, `Pulumi.<stack>.yaml` (https://www.pulumi.com/docs/iac/concepts/config/).
 */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { InputError } from "../errors";
import { exists, filesIn, readText } from "../files";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../json";
import { put } from "../schema/convert";
import { projectFile } from "./detect";

export interface Project {
  /** As the user named it. */
  readonly folder: string;
  readonly name: string;
  readonly stack: string;
  /** The file that the program starts with, absolute. */
  readonly main: string;
  /** Plain values by full key (`aws:region`); what is no text is JSON. */
  readonly config: Readonly<Record<string, string>>;
  /** Full keys of encrypted values. */
  readonly secrets: readonly string[];
  /** Where the state is kept, if the project says so. */
  readonly backend?: string;
  /** The files it was read from. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reads the project in a folder. `stack` names which of its stacks; the only one if it is left out. */
export function readProject(folder: string, stack: string | undefined): Project {
  const file = projectFile(folder)!;
  const path = join(folder, file);
  const files = new Map<string, string>();
  const read = (name: string): JsonObject => {
    const text = readText(join(folder, name));
    files.set(name, text);
    return yamlObject(join(folder, name), text);
  };
  const project = read(file);
  const { name, runtime } = project;
  if (typeof name !== "string" || name === "") throw new InputError(path, "the project has no name");
  const language = isJsonObject(runtime) ? runtime.name : runtime;
  if (language !== "nodejs" && language !== "bun") {
    throw new InputError(
      path,
      `its runtime is ${JSON.stringify(language ?? null)}; programs for nodejs can be run, of others the output of \`pulumi preview --json\` can be read`,
    );
  }
  const chosen = stack?.split("/").pop() ?? onlyStack(folder, path);
  const stackFile = [`Pulumi.${chosen}.yaml`, `Pulumi.${chosen}.yml`].find((one) => exists(join(folder, one)));
  if (stack !== undefined && stackFile === undefined) {
    throw new InputError(`--stack ${stack}`, `there is no Pulumi.${chosen}.yaml in ${folder}`);
  }
  const settings = stackFile === undefined ? {} : read(stackFile);
  const backend = isJsonObject(project.backend) ? project.backend.url : undefined;
  return {
    folder,
    name,
    stack: chosen,
    main: mainFile(folder, path, project.main),
    ...configuration(name, project.config, settings.config, stackFile ? join(folder, stackFile) : path),
    ...(typeof backend === "string" && { backend }),
    files,
  };
}

/** YAML is a superset of JSON; anchors that would make a large value of a small text are refused by the parser. */
function yamlObject(path: string, text: string): JsonObject {
  if (text.length > 4 * 1024 * 1024) throw new InputError(path, "is larger than 4 MiB");
  let value: Json;
  try {
    const document = parseDocument(text, { prettyErrors: false });
    const [error] = document.errors;
    if (error) {
      const line = text.slice(0, error.pos[0]).split("\n").length;
      throw new InputError(path, `can't be read as YAML: ${error.message}`, String(line));
    }
    value = parseJson(path, JSON.stringify(document.toJS({ maxAliasCount: 100 })) ?? "null");
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(path, "can't be read as YAML");
  }
  if (value === null) return {};
  if (!isJsonObject(value)) throw new InputError(path, "must be a mapping");
  return value;
}

function onlyStack(folder: string, path: string): string {
  const found = filesIn(folder).flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? []);
  if (found.length > 1) throw new InputError(path, `has the stacks ${found.join(", ")}; choose one with --stack`);
  return found[0] ?? "dev";
}

/** Where a program starts: `main` of the project, else of package.json, else index. */
function mainFile(folder: string, path: string, main: Json | undefined): string {
  const extensions = ["ts", "js", "mts", "cts", "mjs", "cjs"];
  const start = resolve(folder, typeof main === "string" ? main : ".");
  const inFolder = (base: string): string[] => {
    const file = join(base, "package.json");
    const description = exists(file) ? parseJson(file, readText(file)) : null;
    const named =
      isJsonObject(description) && typeof description.main === "string" ? [join(base, description.main)] : [];
    return [...named, join(base, "index")].flatMap((one) => [
      one,
      ...extensions.map((extension) => `${one}.${extension}`),
    ]);
  };
  const candidates = statSync(start, { throwIfNoEntry: false })?.isDirectory()
    ? inFolder(start)
    : [start, `${start}.ts`, `${start}.js`];
  const found = candidates.find((one) => statSync(one, { throwIfNoEntry: false })?.isFile());
  if (found === undefined)
    throw new InputError(path, `its program is not there: ${typeof main === "string" ? main : "index.ts"}`);
  return found;
}

/** The values of the project's own declarations, then those of the stack. */
function configuration(
  project: string,
  declared: Json | undefined,
  given: Json | undefined,
  path: string,
): Pick<Project, "config" | "secrets"> {
  const config: Record<string, string> = {};
  const secrets: string[] = [];
  const full = (key: string): string => (key.includes(":") ? key : `${project}:${key}`);
  const text = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
  for (const [key, declaration] of entries(declared)) {
    const value = isJsonObject(declaration) ? (declaration.value ?? declaration.default) : declaration;
    if (value !== undefined && value !== null) put(config, full(key), text(value));
  }
  for (const [key, value] of entries(given)) {
    if (isJsonObject(value) && Object.keys(value).join() === "secure") {
      delete config[full(key)];
      secrets.push(full(key));
    } else if (holdsSecret(value)) {
      throw new InputError(path, `config.${key} holds encrypted values inside of others, which can't be read`);
    } else put(config, full(key), text(value));
  }
  return { config, secrets };
}

const entries = (value: Json | undefined): [string, Json][] => (isJsonObject(value) ? Object.entries(value) : []);

const holdsSecret = (value: Json): boolean =>
  isJsonObject(value)
    ? Object.keys(value).join() === "secure" || Object.values(value).some(holdsSecret)
    : Array.isArray(value) && value.some(holdsSecret);
