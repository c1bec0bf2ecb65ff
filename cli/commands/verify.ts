/** `enclave verify [PATH…]`: the verdict on what is at PATH. */
import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { type Report, renderJson, renderText, reportOf, type Verdict, verifyProof } from "../../policies";
import type { Proof } from "../../policies/prover/prove";
import { type OutputFile, writeFiles } from "../output";

export const EXIT_CODES: Readonly<Record<Verdict, number>> = { contained: 0, escapes: 1, undecided: 2 };

const FORMATS = ["text", "json", "markdown", "sarif", "junit"] as const;

export interface JudgingArguments {
  readonly boundary?: string;
  readonly trust?: string;
  readonly defaultRegion?: string;
  readonly config?: string;
  readonly varFile: readonly string[];
  readonly var: readonly string[];
}

interface VerifyArguments extends JudgingArguments {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly html?: string;
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
    .addOption(new Option("--format <format>", "how to print it").choices(FORMATS).default("text"))
    .option("--output <file>", "write there instead of stdout")
    .option("--html <file>", "also write the HTML report there")
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
      const proof = await verifyProof(paths, readingOptions(options));
      await publish(proof, options);
    });
}

/** Everything is rendered before anything is written, so that a mistake leaves nothing half-done. */
async function publish(proof: Proof, options: VerifyArguments): Promise<void> {
  const report = reportOf(proof);
  const text = await render(report, options);
  const files: OutputFile[] = options.output === undefined ? [] : [{ path: options.output, text }];
  if (options.html !== undefined) {
    const { renderHtml } = await import("../../policies/report/html/page");
    const { topologyOf } = await import("../../policies/report/topology");
    files.push({ path: options.html, text: renderHtml(report, topologyOf(proof)) });
  }
  writeFiles(files);
  process.exitCode = EXIT_CODES[report.verdict];
  if (options.output === undefined) process.stdout.write(text);
}

export const readingOptions = (options: JudgingArguments) => ({
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

/** Formats other than the two common ones are loaded when they are asked for. */
async function render(report: Report, { format, output }: VerifyArguments): Promise<string> {
  switch (format) {
    case "json":
      return renderJson(report);
    case "markdown":
      return (await import("../../policies/report/markdown")).renderMarkdown(report);
    case "sarif":
      return (await import("../../policies/report/sarif")).renderSarif(report);
    case "junit":
      return (await import("../../policies/report/junit")).renderJunit(report);
    case "text":
      return renderText(report, { color: output === undefined && colourful() });
  }
}

/** A terminal that has colours, unless told otherwise (https://no-color.org). */
const colourful = (): boolean => process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
