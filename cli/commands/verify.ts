/** `enclave verify [PATH…]`: the verdict on what is at PATH. */
import { readFileSync, writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { type Report, renderJson, renderText, type Verdict, verify } from "../../policies";

export const EXIT_CODES: Readonly<Record<Verdict, number>> = { contained: 0, escapes: 1, undecided: 2 };

export interface VerifyArguments {
  readonly boundary?: string;
  readonly trust?: string;
  readonly defaultRegion?: string;
  readonly format: "text" | "json";
  readonly output?: string;
  readonly config?: string;
  readonly varFile: readonly string[];
  readonly var: readonly string[];
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value];

/** The options that say how to read and judge, shared by the commands that do. */
export const judging = (command: Command): Command =>
  command
    .option("--boundary <name|file>", "the countries allowed: EEA, EU, US, … or a JSON file", "EEA")
    .option("--trust <file>", "what the owner vouches for (default: trust.json of a cdktf output folder)")
    .option("--default-region <region>", "the region of a provider block that names none")
    .option("--config <dir>", "for a plan: the configuration it was made from")
    .option("--var-file <file>", "as Terraform's; may be repeated", collect, [])
    .option("--var <name=value>", "as Terraform's; may be repeated", collect, []);

export function verifyCommand(): Command {
  return judging(new Command("verify"))
    .description("judge a cdktf output folder, Terraform JSON or HCL, a plan or a state")
    .argument("[path...]", "what to judge, as one configuration; - for standard input", ["cdktf.out"])
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--output <file>", "write there instead of stdout")
    .addHelpText(
      "after",
      `
Exit codes: 0 contained, 1 escapes, 2 undecided, 3 unreadable input or wrong command line.

Examples:
  enclave verify                              the project's own stacks, from cdktf.out
  enclave verify . --trust trust.json         a Terraform root module
  terraform show -json plan | enclave verify -
`,
    )
    .action(async (paths: string[], options: VerifyArguments) => {
      const report = await verify(paths, readingOptions(options));
      write(render(report, options), options.output);
      process.exitCode = EXIT_CODES[report.verdict];
    });
}

export const readingOptions = (options: Omit<VerifyArguments, "format" | "output">) => ({
  boundary: options.boundary,
  trust: options.trust,
  defaultRegion: options.defaultRegion,
  config: options.config,
  varFiles: [...options.varFile],
  vars: Object.fromEntries(options.var.map((one) => split(one))),
  stdin: () => readFileSync(0, "utf8"),
});

function split(assignment: string): [string, string] {
  const at = assignment.indexOf("=");
  return at < 0 ? [assignment, ""] : [assignment.slice(0, at), assignment.slice(at + 1)];
}

function render(report: Report, { format, output }: VerifyArguments): string {
  if (format === "json") return renderJson(report);
  return `${renderText(report, { color: output === undefined && colourful() })}`;
}

/** A terminal that has colours, unless told otherwise (https://no-color.org). */
const colourful = (): boolean => process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";

function write(text: string, file: string | undefined): void {
  if (file === undefined) process.stdout.write(text);
  else writeFileSync(file, text);
}
