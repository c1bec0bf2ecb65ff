/** What an input is, by its content and never by its name. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../errors";
import { exists, readBytes, stat } from "../files";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../json";
import { configurationFiles } from "../modules/load";
import { isExport, isPreview, projectFile } from "../pulumi/detect";

export type Detected =
  | { readonly kind: "cdktf"; readonly folder: string; readonly manifest: JsonObject }
  | { readonly kind: "folder"; readonly folder: string }
  /** A folder with a Pulumi program. */
  | { readonly kind: "program"; readonly folder: string }
  | { readonly kind: "plan" | "state" | "pulumi"; readonly content: Buffer; readonly body: JsonObject }
  | { readonly kind: "configuration" | "hcl"; readonly content: Buffer };

const keywords = [
  "resource",
  "data",
  "provider",
  "terraform",
  "module",
  "variable",
  "output",
  "locals",
  "ephemeral",
  "action",
  "check",
  "import",
  "moved",
  "removed",
];

export function detect(path: string, stdin?: () => string): Detected {
  if (path === "-") return detectContent(path, Buffer.from(stdin?.() ?? "", "utf8"));
  return stat(path).isDirectory() ? detectFolder(path) : detectContent(path, readBytes(path));
}

function detectFolder(folder: string): Detected {
  const manifest = join(folder, "manifest.json");
  if (exists(manifest) && statSync(manifest).isFile()) {
    const body = parseJson(manifest, readBytes(manifest));
    if (isManifest(body)) return { kind: "cdktf", folder, manifest: body };
  }
  if (projectFile(folder) !== undefined) return { kind: "program", folder };
  if (configurationFiles(folder).length > 0) return { kind: "folder", folder };
  throw new InputError(
    folder,
    "is a folder without Terraform configuration (no *.tf, *.tf.json or manifest of cdktf) and without a Pulumi project",
  );
}

const isManifest = (body: Json): body is JsonObject => isJsonObject(body) && isJsonObject(body.stacks);

export function detectContent(path: string, content: Buffer): Detected {
  const start = content
    .subarray(0, 4096)
    .toString("latin1")
    .replace(/^(\xef\xbb\xbf|\xff\xfe)/, "")
    .replaceAll("\0", "")
    .trimStart();
  if (start.startsWith("PK\x03\x04")) {
    throw new InputError(path, "is a plan in Terraform's binary form; give the output of `terraform show -json`");
  }
  // The blocks of HCL start with a word, JSON's values with a bracket.
  if (/^(#|\/\/|\/\*|[A-Za-z_][\w-]*\s*("|\{|=))/.test(start)) return { kind: "hcl", content };
  const body = parseJson(path, content);
  const kind = kindOf(path, body);
  return kind === "configuration" ? { kind, content } : { kind, content, body: body as JsonObject };
}

function kindOf(path: string, body: Json): "plan" | "state" | "pulumi" | "configuration" {
  const has = (name: string): boolean => isJsonObject(body) && Object.hasOwn(body, name);
  if (has("format_version")) {
    if (has("planned_values") || has("resource_changes") || has("configuration")) return "plan";
    return "state";
  }
  if (
    has("version") &&
    (has("resources") || has("modules")) &&
    (has("terraform_version") || has("serial") || has("lineage"))
  ) {
    return "state";
  }
  if (isExport(body) || isPreview(body)) return "pulumi";
  const bodies = Array.isArray(body) ? body : [body];
  if (
    bodies.length > 0 &&
    bodies.every((one) => isJsonObject(one) && keywords.some((keyword) => Object.hasOwn(one, keyword)))
  ) {
    return "configuration";
  }
  throw new InputError(path, "is JSON, but no Terraform configuration, plan or state");
}
