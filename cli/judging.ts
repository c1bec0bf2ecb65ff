/** What the commands that judge have in common: their options, and how a proof is asked for. */
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import type { ReportVerdict } from "../policies/report/report";

export const EXIT_CODES: Readonly<Record<ReportVerdict, number>> = {
  contained: 0,
  "contained with waivers": 0,
  escapes: 1,
  undecided: 2,
};

export interface JudgingArguments {
  readonly boundary?: string;
  readonly trust?: string;
  readonly defaultRegion?: string;
  readonly config?: string;
  readonly stack?: string;
  readonly varFile: readonly string[];
  readonly var: readonly (readonly [string, string])[];
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value];

function collectVariable(
  assignment: string,
  all: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  const at = assignment.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It must be NAME=VALUE.");
  return [...all, [assignment.slice(0, at), assignment.slice(at + 1)]];
}

/** The options that say how to read and judge. */
export const judging = (command: Command): Command =>
  command
    .option("--boundary <name|file>", "the countries allowed: EEA, EU, US, … or a JSON file", "EEA")
    .option("--trust <file>", "what the owner vouches for (default: trust.json of a cdktf output folder)")
    .option("--default-region <region>", "the region of a provider block that names none")
    .option("--config <dir>", "for a plan: the configuration it was made from")
    .option("--stack <name>", "of a Pulumi program: the stack whose configuration it is given")
    .option("--var-file <file>", "as Terraform's; may be repeated", collect, [])
    .option("--var <name=value>", "as Terraform's; may be repeated", collectVariable, []);

export const readingOptions = (options: JudgingArguments) => ({
  boundary: options.boundary,
  trust: options.trust,
  defaultRegion: options.defaultRegion,
  config: options.config,
  pulumiStack: options.stack,
  varFiles: [...options.varFile],
  vars: Object.fromEntries(options.var),
  stdin: () => readFileSync(0, "utf8"),
});

/** A terminal that has colours, unless told otherwise (https://no-color.org). */
export const colourful = (): boolean =>
  process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";

/** Says on a terminal, and nowhere else, that something is being done; the line is gone when it is done. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const shown = process.stderr.isTTY === true && process.stdout.isTTY === true;
  if (shown) process.stderr.write(`${what} …`);
  try {
    return await work();
  } finally {
    if (shown) process.stderr.write("\r\u001b[2K");
  }
}
