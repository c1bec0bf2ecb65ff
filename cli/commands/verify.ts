/** `enclave verify [PATH…]`: the verdict on what is at PATH. */
import { Command, Option } from "commander";
import { renderJson, renderText, reportOf, verifyProof } from "../../policies";
import { InputError } from "../../policies/configuration/errors";
import type { Proof } from "../../policies/prover/prove";
import type { FinalReport } from "../../policies/report/report";
import { colourful, EXIT_CODES, type JudgingArguments, judging, readingOptions, withProgress } from "../judging";
import { type OutputFile, writeFiles } from "../output";

const FORMATS = ["text", "json", "markdown", "sarif", "junit"] as const;

/** How many points of a long list a terminal shows unless asked for all. */
const MOST_ON_TERMINAL = 30;

interface VerifyArguments extends JudgingArguments {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly html?: string;
  readonly timestamp?: string;
  readonly against?: string;
  /** False where waivers are forbidden. */
  readonly waivers?: string | false;
  readonly quiet?: true;
  readonly verbose?: true;
}

export function verifyCommand(): Command {
  const command = judging(new Command("verify"))
    .description(
      "judge a cdktf output folder, Terraform JSON or HCL, a plan or a state, a Pulumi program, preview or stack",
    )
    .argument("[path...]", "what to judge, as one configuration; - for standard input", ["cdktf.out"])
    .addOption(new Option("--format <format>", "how to print it").choices(FORMATS).default("text"))
    .option("--output <file>", "write there instead of stdout")
    .option("--html <file>", "also write the HTML report there")
    .option("--timestamp <text>", "when it was judged, to be shown in the HTML report (default: SOURCE_DATE_EPOCH)")
    .option("--against <path>", "compare with an earlier configuration, plan or JSON report")
    .option("--waivers <file>", "reviewed exceptions")
    .option("--no-waivers", "let no exception count, whatever else is said")
    .addOption(new Option("--quiet", "the verdict alone").conflicts("verbose"))
    .option("--verbose", "everything, with sources and with what closes each way")
    .addHelpText(
      "after",
      `
Exit codes: 0 contained, 1 escapes, 2 undecided, 3 unreadable input or wrong command line.

Examples:
  enclave verify                              the project's own stacks, from cdktf.out
  enclave verify . --trust trust.json         a Terraform root module, or a Pulumi project
  terraform show -json plan | enclave verify -
  enclave verify plan.json --against last.json --format markdown
`,
    );
  let forbidden = false;
  command.on("option:no-waivers", () => {
    forbidden = true;
  });
  return command.action(async (paths: string[], options: VerifyArguments) => {
    const waivers = forbidden ? false : options.waivers;
    await verify(paths, { ...options, waivers });
  });
}

async function verify(paths: string[], options: VerifyArguments): Promise<void> {
  const proof = await withProgress("judging", () => verifyProof(paths, readingOptions(options)));
  let report: FinalReport = reportOf(proof);
  if (typeof options.waivers === "string") {
    const { loadWaivers } = await import("../../policies/waivers/waivers");
    const { underWaivers } = await import("../../policies/report/waived");
    const today = new Date().toISOString().slice(0, 10);
    report = underWaivers(report, loadWaivers(options.waivers, today), today);
  }
  if (options.against !== undefined) report = await compared(report, options.against, options);
  await publish(proof, report, options);
}

async function compared(report: FinalReport, against: string, options: VerifyArguments): Promise<FinalReport> {
  const { compare, earlierFromJson, earlierOf, isReport } = await import("../../policies/report/compare");
  const { readBytes, stat } = await import("../../policies/configuration/files");
  const { parseJson } = await import("../../policies/configuration/json");
  if (against === "-") throw new InputError("--against", "can't be standard input");
  if (!stat(against).isDirectory()) {
    const bytes = readBytes(against);
    // A file in HCL is no JSON; only what looks like a report is read as one.
    if (/^\s*\{\s*"schemaVersion"/.test(bytes.toString("utf8", 0, 200))) {
      const json = parseJson(against, bytes);
      if (isReport(json)) return { ...report, comparison: compare(earlierFromJson(json, against), report, against) };
    }
  }
  const earlier = await verifyProof([against], { ...readingOptions(options), config: undefined });
  return { ...report, comparison: compare(earlierOf(reportOf(earlier)), report, against) };
}

/** Everything is rendered before anything is written, so that a mistake leaves nothing half-done. */
async function publish(proof: Proof, report: FinalReport, options: VerifyArguments): Promise<void> {
  const text = await render(report, options);
  const files: OutputFile[] = options.output === undefined ? [] : [{ path: options.output, text }];
  if (options.html !== undefined) {
    const { renderHtml } = await import("../../policies/report/html/page");
    const { topologyOf } = await import("../../policies/report/topology");
    const timestamp = timestampOf(options);
    files.push({ path: options.html, text: renderHtml(report, topologyOf(proof), { timestamp }) });
  }
  writeFiles(files);
  process.exitCode = EXIT_CODES[report.verdict];
  if (options.output === undefined) process.stdout.write(text);
}

/** A time is shown only if one is given, so that the same input makes the same file (https://reproducible-builds.org/specs/source-date-epoch/). */
function timestampOf({ timestamp }: VerifyArguments): string | undefined {
  if (timestamp !== undefined) return timestamp;
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || !/^\d{1,11}$/.test(epoch)) return undefined;
  return `${new Date(Number(epoch) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Formats other than the two common ones are loaded when they are asked for. */
async function render(report: FinalReport, { format, output, quiet, verbose }: VerifyArguments): Promise<string> {
  switch (format) {
    case "json":
      return renderJson(report);
    case "markdown":
      return (await import("../../policies/report/markdown")).renderMarkdown(report);
    case "sarif":
      return (await import("../../policies/report/sarif")).renderSarif(report);
    case "junit":
      return (await import("../../policies/report/junit")).renderJunit(report);
    case "text": {
      const terminal = output === undefined && process.stdout.isTTY === true;
      return renderText(report, {
        color: output === undefined && colourful(),
        detail: quiet ? "quiet" : verbose ? "verbose" : "normal",
        ...(terminal ? { width: process.stdout.columns, most: MOST_ON_TERMINAL } : {}),
      });
    }
  }
}
