/** What the commands that plan, check and apply an enclave have in common: where it lies, and what is asked of it. */
import { join } from "node:path";
import type { Command } from "commander";
import type { Signers } from "../attestation/signers";
import { printable } from "../policies/report/escape";

export interface FolderArguments {
  readonly folder: string;
}

export interface DeliveryArguments extends FolderArguments {
  readonly boundary: string;
  readonly trust?: string;
}

export interface SignedArguments extends DeliveryArguments {
  readonly signers?: string;
}

export const inFolder = (command: Command): Command =>
  command.option("--folder <dir>", "the cdktf output folder", "cdktf.out");

/** The options that say what is judged, and by which measure. */
export const delivering = (command: Command): Command =>
  inFolder(command)
    .option("--boundary <name|file>", "the countries allowed: EEA, EU, US, … or a JSON file", "EEA")
    .option("--trust <file>", "what the owner vouches for (default: trust.json of the folder)");

/** Those, and who must have signed. */
export const signed = (command: Command): Command =>
  delivering(command).option("--signers <file>", "who must sign (default: signers.json of the folder)");

export async function signersOf({ signers, folder }: SignedArguments): Promise<Signers> {
  const { readSigners } = await import("../attestation/signers");
  return readSigners(signers ?? join(folder, "signers.json"));
}

/** Says how far it is; results go to stdout. */
export const progress = (line: string): void => void process.stderr.write(`${printable(line)}\n`);
