/** Reading files and folders that the user named, with errors of one line. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "./errors";

/** A string of V8 can't be longer than half a gigabyte, and a text takes up to two bytes a character. */
const maximalSize = 256 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "too many symbolic links",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "is a folder",
  ENAMETOOLONG: "the path is too long",
};

/** The error of a system call, as one line about the file. */
export function systemError(path: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return new InputError(path, reasons[code] ?? `can't be read${code === "" ? "" : ` (${code})`}`);
}

export function stat(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw systemError(path, error);
  }
}

export function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

export function readBytes(path: string): Buffer {
  const found = stat(path);
  if (found.isDirectory()) throw new InputError(path, "is a folder");
  // A pipe is a file to read from, a device has no end.
  if (!found.isFile() && !found.isFIFO()) throw new InputError(path, "is not a file");
  if (found.size > maximalSize) throw new InputError(path, `is larger than ${maximalSize / 1024 / 1024} MiB`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw systemError(path, error);
  }
}

export function readText(path: string): string {
  return readBytes(path)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
}

/** Names of what lies directly in a folder and is no folder, sorted. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !(entry.isSymbolicLink() && isFolder(join(folder, entry.name))))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    throw systemError(folder, error);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** SHA-256 of one content. */
export const sha256 = (content: Buffer | string): string => createHash("sha256").update(content).digest("hex");

/** SHA-256 over files' names and contents, in the order of the names. */
export function sha256OfFiles(contents: ReadonlyMap<string, Buffer | string>): string {
  const hash = createHash("sha256");
  for (const name of [...contents.keys()].sort()) {
    hash.update(`${name}\0${sha256(contents.get(name)!)}\n`);
  }
  return hash.digest("hex");
}
