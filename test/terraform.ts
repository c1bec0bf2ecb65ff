/** The real Terraform binary, for the tests that ask it. */
import { spawnSync } from "node:child_process";

/** Whether the binary is there. In CI its absence is a failure; elsewhere it is said aloud. */
export function hasTerraform(what: string): boolean {
  const found = spawnSync("terraform", ["version"], { encoding: "utf8" });
  if (found.status === 0) return true;
  const message = `terraform is not on the PATH: ${what} was not tested with the real binary`;
  if (process.env.CI) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n`);
  return false;
}
