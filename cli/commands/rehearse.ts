/** `enclave rehearse`: the whole way from plan to destroy, with the real Terraform and no cloud. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { printable } from "../../policies/report/escape";
import type { Fault } from "../../rehearsal/cloud/faults";

interface RehearseArguments {
  readonly folder: string;
  readonly fail?: string;
  readonly fault: Fault["kind"];
  readonly boundary: string;
  readonly keep?: string;
  readonly serve?: true;
  readonly cloud?: string;
}

export function rehearseCommand(): Command {
  return new Command("rehearse")
    .description("plan, prove, sign, apply, drift, edit and destroy with the real Terraform, against a cloud in a file")
    .argument("[stack...]", "the stacks to rehearse, with what they depend on (default: all)")
    .option("--folder <dir>", "the cdktf output folder; it is copied, and not touched", "cdktf.out")
    .option("--fail <address>", "whose creation goes wrong the first time (ADDRESS or STACK:ADDRESS)")
    .addOption(
      new Option("--fault <kind>", "how: AWS refuses, AWS throttles, or the provider dies when AWS has done it")
        .choices(["refuse", "throttle", "crash"])
        .default("refuse"),
    )
    .option("--boundary <name|file>", "the countries allowed", "EEA")
    .option("--keep <dir>", "rehearse in this empty folder, and leave it")
    .option("--serve", "only start the provider, print what attaches it to Terraform, and serve until interrupted")
    .option("--cloud <file>", "with --serve: the file that keeps the cloud")
    .addHelpText(
      "after",
      `
Exit codes: 0 all went as it should, 3 something did not.

Examples:
  enclave synth && enclave rehearse
  enclave rehearse --serve --cloud cloud.jsonl    then, elsewhere, with the line that it prints: cdktf deploy`,
    )
    .action(async (names: string[], options: RehearseArguments) => {
      if (options.serve) await serve(options.cloud);
      else await tell(names, options);
    });
}

async function tell(names: string[], { folder, fail, fault, boundary, keep }: RehearseArguments): Promise<void> {
  const { rehearse } = await import("../../rehearsal/story/story");
  const into = keep ?? mkdtempSync(join(tmpdir(), "enclave-rehearsal-"));
  const say = (line: string) => process.stdout.write(`${printable(line)}\n`);
  try {
    await rehearse({ source: folder, into, names, boundary, fault, say, ...(fail !== undefined && { fail }) });
  } finally {
    if (keep === undefined) rmSync(into, { recursive: true, force: true });
  }
}

async function serve(file: string | undefined): Promise<void> {
  const { Rehearsal } = await import("../../rehearsal/server");
  const provider = await Rehearsal.start(file === undefined ? {} : { file });
  const [[name, value]] = Object.entries(provider.environment);
  process.stdout.write(`export ${name}='${value}'\n`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await provider.stop();
}
