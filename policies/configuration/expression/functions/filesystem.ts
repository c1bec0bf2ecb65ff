/**
 * Filesystem functions: https://developer.hashicorp.com/terraform/language/functions#filesystem-functions
 * No file outside the scope's root is read, whatever path or symbolic link leads there: the result is then unknown.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import * as path from "node:path";
import { isObject, type Value } from "../../value";
import { fail, quote } from "../errors";
import type { Scope } from "../scope";
import { normalized } from "../text";
import { compareStrings, set, type Type, typed } from "../types";
import { computed, isOpen } from "../unknown";
import { type CallContext, type Family, type FunctionSpec, parameter, text } from "./define";
import { glob } from "./glob";
import { type Algorithm, digest } from "./hash";

const maxFileSize = 32 * 1024 * 1024;
const maxFiles = 100_000;
/** Terraform refuses a template inside another, OpenTofu does not. */
const maxTemplateDepth = 20;

/** Why a path is not looked at, as a clause. */
class Unread {
  constructor(readonly why: string) {}
}

const isMissing = (error: unknown): boolean => {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
};

/** The real path of a file within the root; undefined if there is none. */
function locate(scope: Scope, name: string): string | Unread | undefined {
  if (scope.baseDir === undefined)
    return new Unread(`the file ${quote(name)} is not read: there is no folder to find it in`);
  if (name.includes("\0") || name === "~" || name.startsWith("~/")) {
    return new Unread(`the file ${quote(name)} is not read: it lies outside of the configuration`);
  }
  const root = path.resolve(scope.rootDir ?? scope.baseDir);
  const wanted = path.resolve(scope.baseDir, name);
  const outside = new Unread(`the file ${quote(name)} is not read: it lies outside of the configuration`);
  // A path that leaves the root by its text is not even asked whether it is there.
  if (!isWithin(root, wanted)) return outside;
  try {
    const real = realpathSync(wanted);
    return isWithin(realpathSync(root), real) ? real : outside;
  } catch (error) {
    if (isMissing(error)) return undefined;
    return new Unread(`the file ${quote(name)} can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function isWithin(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative === "" || (relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

function read(scope: Scope, name: string): Buffer | Unread {
  const found = locate(scope, name);
  if (found === undefined) return fail(`there is no file ${quote(name)}`);
  if (found instanceof Unread) return found;
  // Opened without waiting, so that a pipe does not hold everything up.
  let file: number;
  try {
    file = openSync(found, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return new Unread(`the file ${quote(name)} can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    const status = fstatSync(file);
    if (!status.isFile()) return fail(`${quote(name)} is no file`);
    if (status.size > maxFileSize) return new Unread(`the file ${quote(name)} is larger than 32 MB`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

const unread = (found: Unread, type: Type = "string"): Value => computed([], { type, why: found.why });

function utf8(content: Buffer, name: string): string {
  try {
    return normalized(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content));
  } catch {
    return fail(`the file ${quote(name)} holds no UTF-8 text`);
  }
}

/** A function of the content of a file. */
const ofFile = (use: (content: Buffer, name: string) => string): FunctionSpec => ({
  parameters: [parameter("path", "string")],
  returns: "string",
  call: ([name], { scope }) => {
    const content = read(scope, text(name));
    return content instanceof Unread ? unread(content) : use(content, text(name));
  },
});

const fileHash = (algorithm: Algorithm, encoding: "hex" | "base64" = "hex"): FunctionSpec =>
  ofFile((content) => digest(algorithm, content, encoding));

const ofPath = (use: (name: string, scope: Scope) => Value): FunctionSpec => ({
  parameters: [parameter("path", "string")],
  returns: "string",
  call: ([name], { scope }) => use(text(name), scope),
});

function fileexists(name: string, scope: Scope): Value {
  const found = locate(scope, name);
  if (found === undefined) return false;
  if (found instanceof Unread) return unread(found, "bool");
  return lstatSync(found).isFile() ? true : fail(`${quote(name)} is no file`);
}

function fileset(folder: string, pattern: string, scope: Scope): Value {
  const start = locate(scope, folder);
  if (start instanceof Unread) return unread(start, set("string"));
  if (pattern.split("/").includes("..")) {
    return unread(new Unread(`the pattern ${quote(pattern)} leads out of its folder`), set("string"));
  }
  const test = glob(pattern);
  const found: string[] = [];
  if (start !== undefined && !collect(start, [], test, found, { left: maxFiles })) {
    return unread(new Unread(`the folder ${quote(folder)} holds symbolic links or too many files`), set("string"));
  }
  return typed(found.sort(compareStrings), set("string"));
}

/** False if there is something that is not followed. */
function collect(
  folder: string,
  within: string[],
  test: (path: readonly string[]) => boolean,
  found: string[],
  limit: { left: number },
): boolean {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (limit.left-- <= 0 || entry.isSymbolicLink()) return false;
    const names = [...within, entry.name];
    if (entry.isDirectory()) {
      if (!collect(path.join(folder, entry.name), names, test, found, limit)) return false;
    } else if (entry.isFile() && test(names)) found.push(names.join("/"));
  }
  return true;
}

function templatefile(name: string, variables: Value, context: CallContext): Value {
  if (!isOpen(variables) && !isObject(variables)) fail("templatefile: the variables must be a map or an object");
  if (isObject(variables)) {
    for (const key of Object.keys(variables)) {
      if (!/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(key))
        fail(`templatefile: ${quote(key)} is no name for a variable`);
    }
  }
  if (context.depth > maxTemplateDepth) fail("templatefile: templates include each other without end");
  const content = read(context.scope, name);
  return content instanceof Unread
    ? computed([variables], { why: content.why })
    : context.template(utf8(content, name), variables);
}

/** As Go's filepath.Dir and Base on Linux. */
const dirname = (name: string): string => {
  const clean = path.posix.normalize(name.slice(0, name.lastIndexOf("/") + 1));
  return clean.length > 1 && clean.endsWith("/") ? clean.slice(0, -1) : clean;
};
const basename = (name: string): string => (name === "" ? "." : path.posix.basename(name) || "/");

export const files: Family = {
  file: ofFile(utf8),
  filebase64: ofFile((content) => content.toString("base64")),
  filemd5: fileHash("md5"),
  filesha1: fileHash("sha1"),
  filesha256: fileHash("sha256"),
  filesha512: fileHash("sha512"),
  filebase64sha256: fileHash("sha256", "base64"),
  filebase64sha512: fileHash("sha512", "base64"),
  fileexists: { ...ofPath(fileexists), returns: "bool" },
  fileset: {
    parameters: [parameter("path", "string"), parameter("pattern", "string")],
    returns: set("string"),
    call: ([folder, pattern], { scope }) => fileset(text(folder), text(pattern), scope),
  },
  templatefile: {
    parameters: [parameter("path", "string"), parameter("vars", "any")],
    returns: "any",
    partial: true,
    call: ([name, variables], context) =>
      isOpen(name) ? computed([name, variables]) : templatefile(text(name), variables, context),
  },
  abspath: ofPath((name, { baseDir }) => {
    if (baseDir === undefined && !path.isAbsolute(name))
      return unread(new Unread("the working directory is not known"));
    return path.resolve(baseDir ?? "/", name);
  }),
  dirname: ofPath(dirname),
  basename: ofPath(basename),
  pathexpand: ofPath((name) => {
    if (name === "" || name[0] !== "~") return name;
    if (name.length > 1 && name[1] !== "/")
      return fail("pathexpand: the home folder of another user can't be expanded");
    return unread(new Unread("the home folder is not known"));
  }),
};
