/** The report for a terminal: the verdict first, then each path step by step, then what is open and what is assumed. */
import { createColors } from "picocolors";
import { countryName } from "../geography/countries";
import { printable } from "./escape";
import { placeName, type Report, type ReportEscape, type ReportUndecided } from "./report";

export interface TextOptions {
  /** ANSI colours; default off. */
  readonly color?: boolean;
}

type Paint = ReturnType<typeof createColors>;

export function renderText(report: Report, options: TextOptions = {}): string {
  const paint = createColors(options.color ?? false);
  const lines: string[] = [headline(report, paint), looked(report), ""];
  for (const escape of report.escapes) lines.push(...escapeLines(escape, paint), "");
  if (report.undecided.length > 0) {
    lines.push(paint.bold(`Undecided (${report.undecided.length})`));
    for (const one of report.undecided) lines.push(undecidedLine(one, paint));
    lines.push("");
  }
  if (report.assumptions.length > 0) {
    lines.push(paint.bold(`Assumptions (${report.assumptions.length})`));
    for (const { subject, statement, source } of report.assumptions) {
      lines.push(`  ${printable(subject)}: ${printable(statement)} ${paint.dim(`[${printable(source)}]`)}`);
    }
    lines.push("");
  }
  return lines.join("\n");
}

function headline({ verdict, boundary, escapes, undecided }: Report, paint: Paint): string {
  const name = printable(boundary.name);
  if (verdict === "contained") return paint.green(paint.bold(`✔ contained: no path leaves ${name}`));
  if (verdict === "undecided") {
    return paint.yellow(
      paint.bold(
        `? undecided: no path was shown to leave ${name}, but ${count(undecided.length, "point")} could not be decided`,
      ),
    );
  }
  return paint.red(paint.bold(`✘ escapes: ${count(escapes.length, "path")} out of ${name}`));
}

function looked({ summary, inputs }: Report): string {
  const places = Object.entries(summary.countries).map(([code, n]) => `${countryName(code) ?? code} ${n}`);
  const standing = places.length > 0 ? `; standing in ${places.join(", ")}` : "";
  const from = inputs.map((input) => printable(input.path)).join(", ");
  return `  ${count(summary.resources, "resource")} looked at in ${from}${standing}`;
}

function escapeLines(escape: ReportEscape, paint: Paint): string[] {
  const where = escape.stack === undefined ? "" : paint.dim(` in ${printable(escape.stack)}`);
  const to = placeName({ id: escape.destination.place, countries: escape.destination.countries });
  const lines = [
    `${paint.red("✘")} ${paint.bold(printable(escape.resource))}${where} ${paint.red("→")} ${paint.bold(printable(to))} ${paint.dim(`[${escape.channel}]`)}`,
  ];
  escape.path.forEach((step, i) => {
    const by = step.attribute === undefined ? step.by : `${step.by}: ${step.attribute}`;
    lines.push(`    ${i + 1}. ${printable(step.from)} → ${printable(step.to)}`);
    lines.push(`       ${printable(step.why)} ${paint.dim(`(${printable(by)})`)}`);
  });
  return lines;
}

function undecidedLine(one: ReportUndecided, paint: Paint): string {
  const where = one.stack === undefined ? "" : paint.dim(` in ${printable(one.stack)}`);
  const what = one.attribute === undefined ? one.resource : `${one.resource}: ${one.attribute}`;
  return `  ${paint.yellow("?")} ${printable(what)}${where} ${paint.dim(`[${one.reason}]`)} ${printable(one.message)}`;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
