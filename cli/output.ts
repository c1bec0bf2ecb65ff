/** Where a report goes: to stdout, or whole into a file or not at all. */
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../policies/configuration/errors";

/** Files are written beside their place and moved there, so that nobody ever reads half of one. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes all files or none: each is complete on the disk before the first takes its place.
 * @throws InputError if one can't be written
 */
export function writeFiles(files: readonly OutputFile[]): void {
  const ready: { temporary: string; path: string }[] = [];
  try {
    for (const { path: named, text } of files) {
      const path = target(named);
      if (path === undefined) {
        guarded(named, () => writeFileSync(named, text));
        continue;
      }
      const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${ready.length}`);
      ready.push({ temporary, path });
      guarded(path, () => {
        const file = openSync(temporary, "wx", 0o644);
        try {
          writeFileSync(file, text);
          fsyncSync(file);
        } finally {
          closeSync(file);
        }
      });
    }
    for (const { temporary, path } of ready) guarded(path, () => renameSync(temporary, path));
  } finally {
    for (const { temporary } of ready) rmSync(temporary, { force: true });
  }
}

/** What a rename has to replace: behind links, the file itself; undefined for a device or a pipe, which is written to. */
function target(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return path;
  if (found.isDirectory()) throw new InputError(path, "can't be written: it is a folder");
  return found.isFile() ? realpathSync(path) : undefined;
}

function guarded(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new InputError(path, `can't be written: ${reason(error as NodeJS.ErrnoException)}`);
  }
}

function reason(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return "its folder is not there";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EISDIR":
      return "it is a folder";
    case "ENOSPC":
      return "no space left";
    default:
      return error.code ?? error.message;
  }
}

/** A reader that has gone (`enclave verify | head`) is no error of ours. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  }
}
