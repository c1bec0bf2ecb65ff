/** `enclave drift [STACK…]`: judges what stands, and says what left the boundary since the last proof. */
import { Command } from "commander";
import type { Drift } from "../../delivery/drift";
import { printable } from "../../policies/report/escape";
import { type DeliveryArguments, delivering, progress } from "../delivering";
import { colourful, EXIT_CODES } from "../judging";

interface DriftArguments extends DeliveryArguments {
  readonly state?: readonly string[];
}

export function driftCommand(): Command {
  return delivering(new Command("drift"))
    .description("judge what stands as AWS tells it now, or a state file")
    .argument("[stack...]", "the stacks to look at (default: all)")
    .option("--state <file...>", "state files to judge as they are, instead of asking Terraform")
    .addHelpText("after", "\nExit codes: 0 contained, 1 escapes, 2 undecided, 3 nothing could be judged.")
    .action(async (names: string[], options: DriftArguments) => {
      const { driftInStates, driftOf } = await import("../../delivery/drift");
      const { Terraform } = await import("../../delivery/terraform");
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
