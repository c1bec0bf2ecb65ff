/** The report for a terminal: the verdict first, then each path step by step, then what is open and what is assumed. */
import { createColors } from "picocolors";
import { countryName } from "../geography/countries";
import { remedy } from "./channels";
import { printable } from "./escape";
import {
  destinationName,
  type FinalReport,
  type ReportComparison,
  type ReportEscape,
  type ReportUndecided,
} from "./report";

export interface TextOptions {
  /** ANSI colours; default off. */
  readonly color?: boolean;
  /** Columns to wrap at; default never. */
  readonly width?: number;
  /** `quiet` is the verdict alone; `verbose` adds where things are written and how ways are closed. */
  readonly detail?: "quiet" | "normal" | "verbose";
  /** How many points of a long list (never of escapes) are shown; default all. */
  readonly most?: number;
}

type Paint = ReturnType<typeof createColors>;

export function renderText(report: FinalReport, options: TextOptions = {}): string {
  return new Writer(report, options).write();
}

class Writer {
  private readonly paint: Paint;
  private readonly lines: string[] = [];
  private readonly verbose: boolean;

  constructor(
    private readonly report: FinalReport,
    private readonly options: TextOptions,
  ) {
    this.paint = createColors(options.color ?? false);
    this.verbose = options.detail === "verbose";
  }

  write(): string {
    const { report, paint } = this;
    this.lines.push(headline(report, paint));
    if (this.options.detail === "quiet") return `${this.lines[0]}\n`;
    this.line("  ", looked(report));
    this.lines.push("");
    if (report.comparison) this.comparison(report.comparison);
    for (const escape of report.escapes) this.escape(escape, paint.red("✘"));
    this.waivers();
    this.list("Undecided", report.undecided, (one) => this.undecided(one));
    this.list("Assumptions", report.assumptions, ({ subject, statement, source }) =>
      this.line("  ", `${printable(subject)}: ${printable(statement)} ${paint.dim(`[${printable(source)}]`)}`),
    );
    return `${this.lines.join("\n")}`;
  }

  /** One paragraph, wrapped with its indent repeated. */
  private line(indent: string, text: string): void {
    this.lines.push(...wrapped(indent, text, this.options.width));
  }

  private list<T>(title: string, items: readonly T[], show: (item: T) => void): void {
    if (items.length === 0) return;
    this.lines.push(this.paint.bold(`${title} (${items.length})`));
    const most = this.verbose ? items.length : (this.options.most ?? items.length);
    items.slice(0, most).forEach(show);
    if (items.length > most)
      this.lines.push(this.paint.dim(`  … and ${items.length - most} more; --verbose shows all`));
    this.lines.push("");
  }

  private escape(escape: ReportEscape, sign: string): void {
    const { paint } = this;
    const where = escape.stack === undefined ? "" : paint.dim(` in ${printable(escape.stack)}`);
    const to = printable(destinationName(escape));
    this.line(
      "",
      `${sign} ${paint.bold(printable(escape.resource))}${where} ${paint.red("→")} ${paint.bold(to)} ${paint.dim(`[${printable(escape.channel)}]`)}`,
    );
    escape.path.forEach((step, i) => {
      const by = step.attribute === undefined ? step.by : `${step.by}: ${step.attribute}`;
      this.line("    ", `${i + 1}. ${printable(step.from)} → ${printable(step.to)}`);
      this.line("       ", `${printable(step.why)} ${paint.dim(`(${printable(by)})`)}`);
      if (this.verbose && step.value !== undefined) this.line("       ", paint.dim(`= ${printable(step.value)}`));
      if (this.verbose && step.source) {
        const { file, line } = step.source;
        this.line("       ", paint.dim(`at ${printable(file)}${line === undefined ? "" : `:${line}`}`));
      }
    });
    if (this.verbose) this.line("    ", `${paint.green("to close it:")} ${printable(remedy(escape))}`);
    this.lines.push("");
  }

  private undecided(one: ReportUndecided): void {
    const { paint } = this;
    const where = one.stack === undefined ? "" : paint.dim(` in ${printable(one.stack)}`);
    const what = one.attribute === undefined ? one.resource : `${one.resource}: ${one.attribute}`;
    this.line(
      "  ",
      `${paint.yellow("?")} ${printable(what)}${where} ${paint.dim(`[${one.reason}]`)} ${printable(one.message)}`,
    );
  }

  private waivers(): void {
    const { paint, report } = this;
    const { waivers = [], waived = [] } = report;
    for (const escape of waived) this.escape(escape, paint.yellow("waived"));
    this.list("Waivers", waivers, ({ resource, channel, reason, decidedBy, until, state }) => {
      const mark = state === "used" ? paint.yellow(state) : paint.red(state);
      this.line(
        "  ",
        `${mark} ${printable(resource)} [${printable(channel)}] until ${until}, decided by ${printable(decidedBy)}: ${printable(reason)}`,
      );
    });
  }

  private comparison(changes: ReportComparison): void {
    const { paint } = this;
    this.lines.push(
      paint.bold(`Compared with ${printable(changes.against)}: ${changes.verdict.before} → ${changes.verdict.after}`),
    );
    const place = ({ place, countries }: { place: string; countries: readonly string[] }) =>
      `${place} (${countries.map(countryName).join(", ") || "?"})`;
    const rows: [string, string, readonly string[]][] = [
      [paint.red("✘"), "now leaves", changes.opened],
      [paint.green("✔"), "no longer leaves", changes.closed],
      [
        paint.yellow("~"),
        "moved",
        changes.moved.map((one) => `${one.resource}: ${place(one.from)} → ${place(one.to)}`),
      ],
      ["+", "appeared", changes.appeared],
      ["-", "vanished", changes.vanished],
      ["+", "now reachable", changes.reachable],
      ["-", "no longer reachable", changes.unreachable],
    ];
    for (const [sign, title, names] of rows) {
      if (names.length === 0) continue;
      const most = this.verbose ? names.length : (this.options.most ?? names.length);
      for (const name of names.slice(0, most)) this.line("  ", `${sign} ${title}: ${printable(name)}`);
      if (names.length > most)
        this.lines.push(paint.dim(`  … and ${names.length - most} more ${title}; --verbose shows all`));
    }
    if (rows.every(([, , names]) => names.length === 0)) this.lines.push("  nothing else is different");
    this.lines.push("");
  }
}

function headline(report: FinalReport, paint: Paint): string {
  const { verdict, boundary, escapes, undecided, waived = [] } = report;
  const name = printable(boundary.name);
  switch (verdict) {
    case "contained":
      return paint.green(paint.bold(`✔ contained: no path leaves ${name}`));
    case "contained with waivers":
      return paint.yellow(
        paint.bold(`✔ contained with waivers: no path leaves ${name} but ${count(waived.length, "waived one")}`),
      );
    case "undecided":
      return paint.yellow(
        paint.bold(
          `? undecided: no path was shown to leave ${name}, but ${count(undecided.length, "point")} could not be decided`,
        ),
      );
    case "escapes":
      return paint.red(paint.bold(`✘ escapes: ${count(escapes.length, "path")} out of ${name}`));
  }
}

function looked({ summary, inputs }: FinalReport): string {
  const places = Object.entries(summary.countries).map(([code, n]) => `${countryName(code)} ${n}`);
  const standing = places.length > 0 ? `; standing in ${places.join(", ")}` : "";
  const from = inputs.map((input) => printable(input.path)).join(", ");
  return `${count(summary.resources, "resource")} looked at in ${from}${standing}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of colours, which take no room
const COLOURS = /\u001b\[\d+(?:;\d+)*m/g;

/** Breaks at blanks; a word longer than a line stands on one of its own. */
export function wrapped(indent: string, text: string, width: number | undefined): string[] {
  if (width === undefined || width < indent.length + 20) return [indent + text];
  const lines: string[] = [];
  let line = indent;
  let length = indent.length;
  for (const word of text.split(" ")) {
    const room = word.replace(COLOURS, "").length;
    if (length > indent.length && length + 1 + room > width) {
      lines.push(line);
      line = indent;
      length = indent.length;
    }
    const gap = length > indent.length ? " " : "";
    line += gap + word;
    length += gap.length + room;
  }
  return [...lines, line];
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
