/**
 * The report for a comment on a pull or merge request: the verdict first, details folded, each path as a diagram.
 *
 * Limits: a comment on GitHub has at most 65,536 characters (its API answers "body is too long (maximum is 65536
 * characters)"), a note on GitLab 1,000,000 (https://docs.gitlab.com/administration/instance_limits/, "Number of
 * characters in comments"); GitLab draws diagrams of up to 5,000 characters unasked. What does not fit is counted, so
 * that nothing is left out silently.
 */
import { countryName } from "../geography/countries";
import { familyOf, remedy } from "./channels";
import { codeBlock, codeCell, codeSpan, shortened } from "./escape";
import { mermaid } from "./mermaid";
import { destinationName, type FinalReport, type ReportEscape, type ReportSource, type ReportStep } from "./report";

/** A bot that comments finds its own comment by the first line, and updates it. */
export const MARKER = "<!-- enclave-report -->";

/** The most characters that a comment comes to, all parts together. */
export const MARKDOWN_LIMIT = 65_536;

/** One name or value, one line of a path: what is longer is cut, so that a single one can't use up the comment. */
const CELL_LENGTH = 240;
const LINE_LENGTH = 600;
const DIAGRAM_LIMIT = 5_000;

const cell = (text: string): string => codeCell(shortened(text, CELL_LENGTH));
const span = (text: string): string => codeSpan(shortened(text, CELL_LENGTH));
const block = (lines: readonly string[]): string => codeBlock(lines.map((line) => shortened(line, LINE_LENGTH)));

/** What the comment is made of, in order; each part is taken as far as it fits. */
export function renderMarkdown(report: FinalReport): string {
  const parts = [headline(report), comparison(report), ...escapeParts(report), ...tables(report), footer(report)];
  return `${MARKER}\n${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headline(report: FinalReport): string {
  const { verdict, boundary, escapes, undecided, summary, inputs } = report;
  const name = span(boundary.name);
  const title = {
    contained: `✅ **contained**: no path leaves ${name}`,
    "contained with waivers": `☑️ **contained with waivers**: no path leaves ${name} but ${count(report.waived?.length ?? 0, "waived one")}`,
    escapes: `❌ **escapes**: ${count(escapes.length, "path")} out of ${name}`,
    undecided: `❔ **undecided**: no path was shown to leave ${name}, but ${count(undecided.length, "point")} could not be decided`,
  }[verdict];
  const countries = Object.entries(summary.countries).map(([code, n]) => `${countryName(code)} ${n}`);
  const lines = [
    `### ${title}`,
    "",
    "| resources | contained | escaping | undecided | standing in |",
    "| ---: | ---: | ---: | ---: | --- |",
    `| ${summary.resources} | ${summary.contained} | ${summary.escaping} | ${summary.undecided} | ${countries.join(", ") || "–"} |`,
    "",
    `Judged: ${listed(
      inputs.map((input) => span(input.path)),
      8,
    )}`,
  ];
  return lines.join("\n");
}

function escapeParts({ escapes }: FinalReport): string[] {
  if (escapes.length === 0) return [];
  const table = [
    "| | resource | goes to | by |",
    "| ---: | --- | --- | --- |",
    ...capped(
      escapes.map(
        (one, i) => `| ${i + 1} | ${cell(one.resource)} | ${cell(destinationName(one))} | ${cell(one.channel)} |`,
      ),
      10_000,
      (left) => `| | … and ${left} more | | |`,
    ),
  ];
  const stories = capped(
    escapes.map(story),
    30_000,
    (left) => `… and ${count(left, "path")} more, in the full report.`,
  );
  return [table.join("\n"), ...stories];
}

function story(escape: ReportEscape, index: number): string {
  const diagram = mermaid(escape);
  return [
    `<details><summary>${index + 1}. How it leaves, and what closes the way</summary>`,
    "",
    `${span(escape.resource)} → ${span(destinationName(escape))}. ${familyOf(escape.channel).about}`,
    "",
    ...(diagram.length <= DIAGRAM_LIMIT ? ["```mermaid", diagram, "```", ""] : []),
    block(escape.path.flatMap(stepLines)),
    "",
    "To close it:",
    "",
    block([remedy(escape)]),
    "",
    "</details>",
  ].join("\n");
}

function stepLines(step: ReportStep, index: number): string[] {
  const attribute = step.attribute === undefined ? "" : `.${step.attribute}`;
  const value = step.value === undefined ? "" : ` = ${step.value}`;
  return [
    `${index + 1}. ${step.from} → ${step.to}`,
    `   ${step.why}`,
    `   ${step.by}${attribute}${value}`,
    ...(step.source ? [`   at ${sourceText(step.source)}`] : []),
  ];
}

/** `main.tf:12`, `cdk.tf.json (dublin/users)`. */
export const sourceText = ({ file, line, construct }: ReportSource): string =>
  `${file}${line === undefined ? "" : `:${line}`}${construct === undefined ? "" : ` (${construct})`}`;

function comparison({ comparison: changes }: FinalReport): string {
  if (!changes) return "";
  const rows: [string, readonly string[]][] = [
    ["❌ now leaves", changes.opened],
    ["✅ no longer leaves", changes.closed],
    [
      "moved",
      changes.moved.map(
        (one) =>
          `${one.resource}: ${destinationName({ destination: one.from })} → ${destinationName({ destination: one.to })}`,
      ),
    ],
    ["appeared", changes.appeared],
    ["vanished", changes.vanished],
    ["now reachable", changes.reachable],
    ["no longer reachable", changes.unreachable],
  ];
  const found = rows.filter(([, names]) => names.length > 0);
  const title = `Compared with ${span(changes.against)}: ${changes.verdict.before.replace(/[^a-z ]/g, "")} → ${changes.verdict.after}`;
  if (found.length === 0) return `${title}; nothing else is different.`;
  const lines = found.map(([name, names]) => `| ${name} | ${names.length} | ${listed(names.map(cell), 3)} |`);
  return [title, "", "| | | |", "| --- | ---: | --- |", ...lines].join("\n");
}

function tables({ undecided, assumptions, waivers = [] }: FinalReport): string[] {
  return [
    folded(
      `Waivers (${waivers.length})`,
      ["| | resource | channel | until | decided by | reason |", "| --- | --- | --- | --- | --- | --- |"],
      waivers.map(
        (one) =>
          `| ${one.state} | ${cell(one.resource)} | ${cell(one.channel)} | ${one.until} | ${cell(one.decidedBy)} | ${cell(one.reason)} |`,
      ),
      4_000,
    ),
    folded(
      `Undecided (${undecided.length})`,
      ["| resource | attribute | reason | why |", "| --- | --- | --- | --- |"],
      undecided.map(
        (one) =>
          `| ${cell(one.resource)} | ${one.attribute === undefined ? "" : cell(one.attribute)} | ${one.reason} | ${cell(one.message)} |`,
      ),
      9_000,
    ),
    folded(
      `Assumptions (${assumptions.length})`,
      ["| subject | statement | from |", "| --- | --- | --- |"],
      assumptions.map((one) => `| ${cell(one.subject)} | ${cell(one.statement)} | ${cell(one.source)} |`),
      5_000,
    ),
  ];
}

function folded(title: string, head: string[], rows: string[], limit: number): string {
  if (rows.length === 0) return "";
  const body = capped(rows, limit, (left) => `| … and ${left} more | | |${head[0].split("|").length > 5 ? " |" : ""}`);
  return [`<details><summary>${title}</summary>`, "", ...head, ...body, "", "</details>"].join("\n");
}

const footer = ({ inputs }: FinalReport): string =>
  [
    "<details><summary>Digests of what was judged</summary>",
    "",
    block(
      capped(
        inputs.map((input) => `${input.sha256}  ${input.path} (${input.kind})`),
        4_000,
        (left) => `… and ${left} more`,
      ),
    ),
    "",
    "</details>",
  ].join("\n");

/** As many of the items as fit, and a word on how many do not. */
function capped(items: readonly string[], limit: number, rest: (left: number) => string): string[] {
  let length = 0;
  for (let i = 0; i < items.length; i++) {
    length += items[i].length + 2;
    if (length > limit) return [...items.slice(0, i), rest(items.length - i)];
  }
  return [...items];
}

const listed = (items: readonly string[], most: number): string =>
  items.length <= most ? items.join(", ") : `${items.slice(0, most).join(", ")} and ${items.length - most} more`;

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
