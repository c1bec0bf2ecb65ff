/** Pulumi projects for tests, in folders of their own that see the project's installed packages. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const made: string[] = [];

/** A project with a program; `files` are written beside it, and may replace its own. */
export function programFolder(program: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "enclave-pulumi-"));
  made.push(folder);
  symlinkSync(resolve(__dirname, "../../../../node_modules"), join(folder, "node_modules"));
  const all = {
    "Pulumi.yaml": "name: site\nruntime: nodejs\n",
    "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
    "index.ts": program,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
