/** Which models a proof was made with: the version of this package, and a digest of the code of the proof. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { VERSION } from "../policies/report/version";

let digest: string | undefined;

export function modelsVersion(): { readonly version: string; readonly sha256: string } {
  digest ??= digestOf(join(__dirname, "..", "policies"));
  return { version: VERSION, sha256: digest };
}

function digestOf(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|ts|json)$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`${relative(folder, file)}\n`).update(readFileSync(file));
  return hash.digest("hex");
}
