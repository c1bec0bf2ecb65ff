/** This project's own enclave, synthesized once for all tests that only read it. */
import { once } from "./once";

/** @returns the folder with its manifest and stacks */
export function synthesizedEnclave(): string {
  return once("cdktf.out", (folder) => {
    // Loaded by the test file that makes it, and by no other.
    const { enclave } = require("../enclave") as typeof import("../enclave");
    const { synthesize } = require("../stacks") as typeof import("../stacks");
    synthesize(enclave, folder);
  });
}
