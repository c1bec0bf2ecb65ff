/**
 * The report for CI that shows test results: one suite per stack, one case per resource, because a reviewer of a failed
 * run looks for the resource to change. An escape is a failure, an undecided point an error, so that both break the run
 * as the exit code does.
 *
 * The form is the one that Jenkins, GitLab and GitHub's actions read (https://docs.gitlab.com/ci/testing/unit_test_reports/,
 * "File format and size limits": `testsuite`, `testcase` with `classname` and `name`, `failure`, `error`).
 */
import { remedy } from "./channels";
import { markup } from "./escape";
import { sourceText } from "./markdown";
import { destinationName, type FinalReport, type ReportEscape, type ReportUndecided } from "./report";

interface Case {
  readonly name: string;
  readonly type: string;
  readonly failures: ReportEscape[];
  readonly errors: ReportUndecided[];
  /** Escapes that a reviewed exception lets stand. */
  readonly waived: ReportEscape[];
}

export function renderJunit(report: FinalReport): string {
  const suites = suitesOf(report);
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  const all = [...suites.values()].flatMap((cases) => [...cases.values()]);
  lines.push(`<testsuites name="${markup(`enclave ${report.boundary.name}`)}" ${totals(all)}>`);
  for (const [name, cases] of [...suites].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = [...cases.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    lines.push(
      `  <testsuite name="${markup(name)}" ${totals(sorted)}>`,
      ...sorted.flatMap((one) => caseLines(one, name)),
    );
    lines.push("  </testsuite>");
  }
  lines.push("</testsuites>");
  return `${lines.join("\n")}\n`;
}

/** What was judged, escapes or is open, by stack and address; also what is no resource (a provider, a backend). */
function suitesOf(report: FinalReport): Map<string, Map<string, Case>> {
  const suites = new Map<string, Map<string, Case>>();
  const fallback = report.inputs.map((input) => input.path).join(", ") || "enclave";
  const caseOf = (stack: string | undefined, name: string, type: string): Case => {
    const suite = suites.get(stack ?? fallback) ?? new Map<string, Case>();
    suites.set(stack ?? fallback, suite);
    const known = suite.get(name) ?? { name, type, failures: [], errors: [], waived: [] };
    suite.set(name, known);
    return known;
  };
  for (const one of report.resources) caseOf(one.stack, one.address, one.type);
  for (const one of report.escapes) caseOf(one.stack, one.resource, "resource").failures.push(one);
  for (const one of report.waived ?? []) caseOf(one.stack, one.resource, "resource").waived.push(one);
  for (const one of report.undecided) caseOf(one.stack, one.resource, "configuration").errors.push(one);
  return suites;
}

const totals = (cases: readonly Case[]): string => {
  const failures = cases.filter((one) => one.failures.length > 0).length;
  const errors = cases.filter((one) => one.failures.length === 0 && one.errors.length > 0).length;
  const skipped = cases.filter((one) => isSkipped(one)).length;
  return `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="0"`;
};

const isSkipped = ({ failures, errors, waived }: Case): boolean =>
  failures.length === 0 && errors.length === 0 && waived.length > 0;

function caseLines(one: Case, suite: string): string[] {
  const { name, type, failures, errors, waived } = one;
  const source = failures[0]?.source ?? errors[0]?.source;
  const file = source ? ` file="${markup(source.file)}"` : "";
  const head = `    <testcase classname="${markup(`${suite}.${type}`)}" name="${markup(name)}"${file} time="0"`;
  if (failures.length > 0) {
    const text = failures.map(failureText).join("\n\n");
    return [
      `${head}>`,
      `      <failure type="escape" message="${markup(failures.map((one) => `to ${destinationName(one)} by ${one.channel}`).join("; "))}">${lines(text)}</failure>`,
      "    </testcase>",
    ];
  }
  if (errors.length > 0) {
    return [
      `${head}>`,
      `      <error type="${markup(errors[0].reason)}" message="${markup(errors[0].message)}">${lines(errors.map(errorText).join("\n"))}</error>`,
      "    </testcase>",
    ];
  }
  if (isSkipped(one)) {
    const message = waived.map((escape) => `waived: to ${destinationName(escape)} by ${escape.channel}`).join("; ");
    return [`${head}>`, `      <skipped message="${markup(message)}"/>`, "    </testcase>"];
  }
  return [`${head}/>`];
}

/** Markup of a text whose lines are our own. */
const lines = (text: string): string => text.split("\n").map(markup).join("\n");

const flat = (text: string): string => text.replace(/[\r\n]+/g, " ");

function failureText(escape: ReportEscape): string {
  return [
    `to ${flat(destinationName(escape))} by ${escape.channel}`,
    ...escape.path.map((step, i) => {
      const at = step.source ? ` at ${sourceText(step.source)}` : "";
      const attribute = step.attribute === undefined ? "" : `.${step.attribute}`;
      return flat(`  ${i + 1}. ${step.from} -> ${step.to}: ${step.why} (${step.by}${attribute}${at})`);
    }),
    flat(`  To close it: ${remedy(escape)}`),
  ].join("\n");
}

const errorText = (one: ReportUndecided): string =>
  flat(`${one.attribute === undefined ? "" : `${one.attribute}: `}${one.message} [${one.reason}]`);
