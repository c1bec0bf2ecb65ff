/** Small projects on the disk, and values in a form that is easy to compare. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ReadOptions, readConfiguration, readConfigurationText } from "../../../policies/configuration/input/read";
import type { Configuration, Resource } from "../../../policies/configuration/resource";
import { isList, isObject, isUnknown, type Value } from "../../../policies/configuration/value";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export type Files = Readonly<Record<string, string | object>>;

/** A folder with these files; objects are written as JSON. It is removed after the tests of the file. */
export function project(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "configuration-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}

export const readProject = (files: Files, options: ReadOptions = {}): Promise<Configuration> =>
  readConfiguration([project(files)], options);

/** Reads one body in Terraform's JSON syntax. */
export const read = (body: object, options: Parameters<typeof readConfigurationText>[2] = {}): Configuration =>
  readConfigurationText(JSON.stringify(body), "main.tf.json", options);

export function at(configuration: Configuration, address: string): Resource {
  const found = configuration.resources.filter((resource) => resource.address === address);
  if (found.length !== 1) {
    const all = configuration.resources.map((resource) => resource.address).join("\n  ");
    throw new Error(`${found.length} resources at ${address}; there are\n  ${all}`);
  }
  return found[0];
}

export const addresses = (configuration: Configuration): string[] =>
  configuration.resources.map((resource) => resource.address);

/**
 * A value with its unknowns as text: `<aws_vpc.a.id>` is exactly that attribute, `<~aws_vpc.a.id>` has it in it, and
 * `<"arn:", aws_vpc.a.id>`, `<json …>`, `<one of …>` show what is known beside.
 */
export function shown(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  if (isUnknown(value)) {
    const references = value.references.map(({ address, path }) => (path === "" ? address : `${address}.${path}`));
    if (value.json !== undefined) return { json: shown(value.json) };
    if (value.parts) {
      return `<${value.parts.map((part) => (typeof part === "string" ? JSON.stringify(part) : String(shown(part)).slice(1, -1))).join(", ")}>`;
    }
    if (value.candidates) return { oneOf: value.candidates.map(shown) };
    return `<${value.exact ? "" : "~"}${references.join(", ")}>`;
  }
  if (isList(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}

export const valuesOf = (configuration: Configuration, address: string): unknown =>
  shown(at(configuration, address).values);

/** Whether a value may be what it turned out to be: its known parts agree. */
export function agrees(value: Value, real: Value): boolean {
  if (isUnknown(value)) {
    if (value.candidates) return value.candidates.some((one) => agrees(one, real));
    if (value.parts && typeof real === "string") {
      const text = value.parts
        .map((part) => (typeof part === "string" ? part.replace(/[^\w-]/g, "\\$&") : "[^]*"))
        .join("");
      return new RegExp(`^${text}$`).test(real);
    }
    return value.json === undefined || (typeof real === "string" && agrees(value.json, JSON.parse(real) as Value));
  }
  if (isList(value))
    return isList(real) && value.length === real.length && value.every((one, i) => agrees(one, real[i]));
  if (isObject(value)) {
    return (
      isObject(real) &&
      Object.keys(value).length === Object.keys(real).length &&
      Object.keys(value).every((key) => agrees(value[key], real[key]))
    );
  }
  return value === real;
}
