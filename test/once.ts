/** What is made once for all test files of a run: the first one that needs it makes it, the others read it. */
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RUN = "ENCLAVE_TEST_RUN";

/** Jest calls this before all test files; their processes inherit the environment. */
export default function setUp(): void {
  const folder = mkdtempSync(join(tmpdir(), "enclave-tests-"));
  process.env[RUN] = folder;
  process.once("exit", () => rmSync(folder, { recursive: true }));
}

/** The folder of that name, for reading only. */
export function once(name: string, make: (folder: string) => void): string {
  const folder = join(process.env[RUN]!, name);
  if (existsSync(folder)) return folder;
  const own = mkdtempSync(`${folder}-`);
  make(own);
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another test file has made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
