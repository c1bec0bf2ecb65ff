/** `enclave plan [STACK…]`: plans every stack, judges all plans together, and writes what is to be signed. */
import { Command } from "commander";
import type { Planning } from "../../delivery/planning";
import type { Report } from "../../policies";
import { type DeliveryArguments, delivering, progress } from "../delivering";
import { colourful, EXIT_CODES } from "../judging";
import { atLeastOne } from "../numbers";

interface PlanArguments extends DeliveryArguments {
  readonly destroy?: true;
  readonly refresh: boolean;
  readonly parallel?: number;
}

export function planCommand(): Command {
  return delivering(new Command("plan"))
    .description("plan every stack with terraform or tofu, judge all plans together, write what is to be signed")
    .argument("[stack...]", "the stacks to plan (default: all); the others are judged with them, as they stand")
    .option("--destroy", "plan to destroy what stands")
    .option("--no-refresh", "believe the states instead of asking AWS what stands")
    .option("--parallel <number>", "how many runs of Terraform at once (default: one for each processor)", atLeastOne)
    .addHelpText(
      "after",
      `
Writes FOLDER/plans/: of each stack plan.bin, plan.json and report.json, and one attestation.json over all of them.

Exit codes: 0 contained, 1 escapes, 2 undecided, 3 nothing could be planned.

Example:
  enclave synth && enclave plan && enclave attest sign --key ci.pem && enclave apply
`,
    )
    .action(async (names: string[], options: PlanArguments) => {
      const { planEnclave } = await import("../../delivery/planning");
      const { Terraform } = await import("../../delivery/terraform");
      const planning = await planEnclave(await Terraform.find(), { ...options, names, progress });
      process.stdout.write(await renderPlanning(planning, colourful()));
      process.exitCode = EXIT_CODES[planning.verdict];
    });
}

/** What changes, the verdict, and what is next. */
export async function renderPlanning(planning: Planning, color: boolean): Promise<string> {
  const { countsOf, renderChanges, summary } = await import("../../delivery/changes");
  const { painter } = await import("../../delivery/paint");
  const { renderText } = await import("../../policies");
  const paint = painter(color);
  const lines: string[] = [];
  for (const { stack, changes } of planning.planned) {
    lines.push(`${stack.name}: ${summary(countsOf(changes))}`, ...renderChanges(changes, paint));
  }
  for (const { stack, until } of planning.waiting) {
    lines.push(`${stack.name}: can be planned once ${until} is applied; its configuration is judged until then`);
  }
  const judged: readonly (readonly [string, Report | undefined])[] = [
    ["The plans, together", planning.report],
    ["The configuration of all stacks", planning.configuration],
  ];
  for (const [what, report] of judged) {
    if (report) lines.push("", `${what}:`, renderText(report, { color }).trimEnd());
  }
  const { all, proof } = planning.time;
  const share = Math.round((100 * proof) / all);
  lines.push("", paint("dim", `${all.toFixed(1)} s, of which the proof ${proof.toFixed(1)} s (${share} %)`));
  return `${lines.join("\n")}\n`;
}
