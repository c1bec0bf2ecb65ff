/** `enclave apply`: applies what was proved contained and signed by those who must sign, and nothing else. */
import { Command } from "commander";
import type { Application } from "../../delivery/applying";
import { printable } from "../../policies/report/escape";
import { progress, type SignedArguments, signed, signersOf } from "../delivering";

interface ApplyArguments extends SignedArguments {
  readonly dryRun?: true;
}

const REFUSED = 1;
const STOPPED = 2;

export function applyCommand(): Command {
  return signed(new Command("apply"))
    .description("apply the plans that were proved contained and signed, stack by stack")
    .option("--dry-run", "say what would be done, or why not")
    .addHelpText(
      "after",
      `
Boundary and trust file are those that must have been proved. Run it where \`enclave synth\` ran on what reviewers have merged: signers and trust file come from there, and only the
folder plans/ from where \`enclave plan\` ran.

Exit codes: 0 applied, 1 refused, 2 stopped at an error, 3 wrong command line or unreadable input.`,
    )
    .action(async (options: ApplyArguments) => {
      const { applyEnclave } = await import("../../delivery/applying");
      const { Terraform } = await import("../../delivery/terraform");
      const signers = await signersOf(options);
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
