/** `enclave apply`: applies what was proved contained and signed by those who must sign, and nothing else. */
import { join } from "node:path";
import { Command } from "commander";
import type { Application } from "../../delivery/applying";
import { printable } from "../../policies/report/escape";

interface ApplyArguments {
  readonly folder: string;
  readonly signers?: string;
  readonly boundary: string;
  readonly trust?: string;
  readonly dryRun?: true;
}

const REFUSED = 1;
const STOPPED = 2;

export function applyCommand(): Command {
  return new Command("apply")
    .description("apply the plans that were proved contained and signed, stack by stack")
    .option("--folder <dir>", "the cdktf output folder", "cdktf.out")
    .option("--signers <file>", "who must sign (default: signers.json of the folder, as enclave.ts declares it)")
    .option("--boundary <name|file>", "the boundary that must have been proved", "EEA")
    .option("--trust <file>", "the trust file that the proof must rest on (default: trust.json of the folder)")
    .option("--dry-run", "say what would be done, or why not")
    .addHelpText(
      "after",
      `
Run it where \`enclave synth\` ran on what reviewers have merged: signers and trust file come from there, and only the
folder plans/ from where \`enclave plan\` ran.

Exit codes: 0 applied, 1 refused, 2 stopped at an error, 3 wrong command line or unreadable input.`,
    )
    .action(async (options: ApplyArguments) => {
      const { applyEnclave } = await import("../../delivery/applying");
      const { readSigners } = await import("../../attestation/signers");
      const { Terraform } = await import("../../delivery/terraform");
      const signers = readSigners(options.signers ?? join(options.folder, "signers.json"));
      const progress = (line: string) => process.stderr.write(`${printable(line)}\n`);
      const result = await applyEnclave(await Terraform.find(), { ...options, signers, progress });
      process.stdout.write(renderApplication(result, options.dryRun === true));
      process.exitCode = result.refusals.length > 0 ? REFUSED : result.failed ? STOPPED : 0;
    });
}

export function renderApplication(result: Application, dryRun: boolean): string {
  const { applied, before, failed, left, waiting, refusals } = result;
  const lines = refusals.map((reason) => `refused: ${reason}`);
  const list = (what: string, names: readonly string[]) =>
    names.length > 0 && lines.push(`${what}: ${names.join(", ")}`);
  list("applied before", before);
  if (refusals.length > 0) lines.push("nothing was applied");
  else if (dryRun) list("would apply, in this order", left);
  else {
    list("applied", applied);
    if (failed) lines.push(`stopped at ${failed.stack}: ${failed.reason}`);
    list("not applied", left);
    if (failed)
      lines.push("mend the cause, then `enclave plan` and sign again: what is applied stays, and is planned no more");
    else if (waiting.length > 0) lines.push(`can be planned now: ${waiting.join(", ")} (\`enclave plan\`)`);
  }
  return `${lines.map(printable).join("\n")}\n`;
}
