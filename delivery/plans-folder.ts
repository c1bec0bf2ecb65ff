/**
 * The folder `plans` of a cdktf output folder: what a call of `enclave plan` made, and all that is needed to check it.
 *
 *     STACK/plan.bin       the plan; STACK/plan.json the same as JSON
 *     STACK/state.json     instead, of a stack that is not to be applied: what stands of it
 *     STACK/report.json    the proof of all stacks together
 *     attestation.json     the statement, and who signed it
 *     applied.jsonl        what became of it
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Envelope, parseEnvelope } from "../attestation/envelope";
import { Failure } from "./failure";

export const plansFolder = (folder: string): string => join(folder, "plans");
export const attestationFile = (folder: string): string => join(plansFolder(folder), "attestation.json");

/** @throws Failure if there is none; InputError if the file holds something else */
export function readAttestation(folder: string): { envelope: Envelope; path: string } {
  const path = attestationFile(folder);
  if (!existsSync(path)) throw new Failure(`${path}: there is no attestation; run \`enclave plan\` first`);
  return { envelope: parseEnvelope(path, readFileSync(path)), path };
}

/** The bytes of a plan by its name among the subjects; undefined if there is no such file. */
export function planFile(folder: string, name: string): Buffer | undefined {
  try {
    return readFileSync(join(plansFolder(folder), name));
  } catch {
    return undefined;
  }
}
