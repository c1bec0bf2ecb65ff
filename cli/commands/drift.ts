/** `enclave drift [STACK…]`: judges what stands, and says what left the boundary since the last proof. */
import { Command } from "commander";
import type { Drift } from "../../delivery/drift";
import { printable } from "../../policies/report/escape";
import { colourful, EXIT_CODES } from "../judging";

interface DriftArguments {
  readonly folder: string;
  readonly state?: readonly string[];
  readonly boundary: string;
  readonly trust?: string;
}

export function driftCommand(): Command {
  return new Command("drift")
    .description("judge what stands as AWS tells it now, or a state file")
    .argument("[stack...]", "the stacks to look at (default: all)")
    .option("--folder <dir>", "the cdktf output folder", "cdktf.out")
    .option("--state <file...>", "state files to judge as they are, instead of asking Terraform")
    .option("--boundary <name|file>", "the countries allowed", "EEA")
    .option("--trust <file>", "what the owner vouches for (default: trust.json of the folder)")
    .addHelpText("after", "\nExit codes: 0 contained, 1 escapes, 2 undecided, 3 nothing could be judged.")
    .action(async (names: string[], options: DriftArguments) => {
      const { driftInStates, driftOf } = await import("../../delivery/drift");
      const { Terraform } = await import("../../delivery/terraform");
      const progress = (line: string) => process.stderr.write(`${printable(line)}\n`);
      const drift = options.state
        ? await driftInStates(options.state, options)
        : await driftOf(await Terraform.find(), { ...options, names, progress });
      process.stdout.write(await renderDrift(drift, colourful()));
      process.exitCode = EXIT_CODES[drift.report.verdict];
    });
}

export async function renderDrift({ report, drifted, comparison }: Drift, color: boolean): Promise<string> {
  const { renderText } = await import("../../policies");
  const lines = drifted.map((address) => `drifted: ${address}`);
  for (const escape of comparison?.opened ?? []) lines.push(`left the boundary since the last proof: ${escape}`);
  for (const escape of comparison?.closed ?? []) lines.push(`no longer leaves: ${escape}`);
  if (comparison && comparison.opened.length === 0) lines.push("nothing has left the boundary since the last proof");
  return `${[...lines.map(printable), "", renderText(report, { color }).trimEnd()].join("\n")}\n`;
}
