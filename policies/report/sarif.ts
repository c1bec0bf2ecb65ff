/**
 * The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html,
 * "the specification" below), within what GitHub reads of it
 * (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support).
 */
import { createHash } from "node:crypto";
import { isAbsolute, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { familyOf, REASONS, remedy } from "./channels";
import { printable } from "./escape";
import {
  destinationName,
  type FinalReport,
  type ReportEscape,
  type ReportSource,
  type ReportStep,
  type ReportUndecided,
  type ReportWaiver,
} from "./report";
import { VERSION } from "./version";

/** GitHub rejects a run with more ("Validating your SARIF file", "Results per run"). */
const MOST_RESULTS = 25_000;
/** "Thread flow locations per result". */
const MOST_LOCATIONS = 1_000;

interface Rule {
  readonly id: string;
  readonly escape: boolean;
}

export function renderSarif(report: FinalReport): string {
  const rules = rulesOf(report);
  const index = new Map(rules.map((rule, i) => [rule.id, i]));
  const fallback = report.inputs[0]?.path;
  const undecidedPrints = printsOf(report.undecided);
  const results = [
    ...report.escapes.map((escape) => escapeResult(escape, index, fallback)),
    ...(report.waived ?? []).map((escape) => ({
      ...escapeResult(escape, index, fallback),
      suppressions: suppressions(escape, report.waivers ?? []),
    })),
    ...report.undecided.map((one, i) => undecidedResult(one, undecidedPrints[i], index, fallback)),
  ];
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "enclave", semanticVersion: VERSION, rules: rules.map(ruleObject) } },
        invocations: [
          {
            executionSuccessful: true,
            ...(results.length > MOST_RESULTS
              ? {
                  toolExecutionNotifications: [
                    {
                      level: "warning",
                      message: { text: `${results.length - MOST_RESULTS} further results were left out.` },
                    },
                  ],
                }
              : {}),
          },
        ],
        artifacts: report.inputs.map((input) => ({
          location: artifactLocation(input.path),
          roles: ["analysisTarget"],
          hashes: { "sha-256": input.sha256 },
        })),
        results: results.slice(0, MOST_RESULTS),
        columnKind: "utf16CodeUnits",
        properties: { verdict: report.verdict, boundary: printable(report.boundary.name) },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** One rule per channel that was found, and one per reason why something is undecided. */
function rulesOf(report: FinalReport): Rule[] {
  const escapes = [...report.escapes, ...(report.waived ?? [])];
  const channels = [...new Set(escapes.map((one) => one.channel))].sort();
  const reasons = [...new Set(report.undecided.map((one) => one.reason))].sort();
  return [
    ...channels.map((channel) => ({ id: channel, escape: true })),
    ...reasons.map((reason) => ({ id: `undecided/${reason}`, escape: false })),
  ];
}

function ruleObject({ id, escape }: Rule) {
  const about = escape ? familyOf(id).about : REASONS[id.slice("undecided/".length)];
  const close = escape
    ? familyOf(id).close
    : "Give the value, or model what is not known; until then the configuration is not called contained.";
  return {
    id,
    name: id
      .split(/[^A-Za-z0-9]+/)
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join(""),
    shortDescription: { text: escape ? `Data leaves the boundary by ${id}` : `Undecided: ${id.slice(10)}` },
    fullDescription: { text: about },
    help: { text: `${about} ${close}`, markdown: `${about}\n\n**To close it.** ${close}` },
    defaultConfiguration: { level: escape ? "error" : "warning" },
    properties: {
      tags: ["security", "data-residency"],
      precision: escape ? "very-high" : "medium",
      "security-severity": escape ? "8.0" : "5.0",
    },
  };
}

function escapeResult(escape: ReportEscape, index: ReadonlyMap<string, number>, fallback: string | undefined) {
  const decisive = escape.path[escape.path.length - 1];
  return {
    ruleId: escape.channel,
    ruleIndex: index.get(escape.channel),
    level: "error",
    message: { text: plain(`${escape.message}. To close it: ${remedy(escape)}`) },
    locations: [location(decisive?.source ?? escape.source, decisive?.by ?? escape.resource, fallback)],
    relatedLocations: [
      {
        id: 1,
        ...location(escape.source, escape.resource, fallback),
        message: { text: plain(`data of ${escape.resource}`) },
      },
    ],
    codeFlows: [
      {
        message: { text: plain(`from ${escape.resource} to ${destinationName(escape)}`) },
        threadFlows: [
          { locations: escape.path.slice(0, MOST_LOCATIONS).map((step, i) => flowLocation(step, i, fallback)) },
        ],
      },
    ],
    partialFingerprints: { "enclaveEscape/v1": escape.fingerprint },
    properties: {
      resource: printable(escape.resource),
      destination: printable(escape.destination.place),
      countries: escape.destination.countries,
      ...(escape.stack === undefined ? {} : { stack: printable(escape.stack) }),
    },
  };
}

/** A reviewed exception, as §3.35 of the specification has it: outside the code, accepted, with its reason. */
const suppressions = (escape: ReportEscape, waivers: readonly ReportWaiver[]) =>
  waivers
    .filter((one) => one.state === "used" && one.resource === escape.resource && one.channel === escape.channel)
    .map((one) => ({
      kind: "external",
      status: "accepted",
      justification: plain(`${one.reason} (decided by ${one.decidedBy}, until ${one.until})`),
    }));

function flowLocation(step: ReportStep, i: number, fallback: string | undefined) {
  const attribute =
    step.attribute === undefined ? "" : `: ${step.attribute}${step.value === undefined ? "" : ` is ${step.value}`}`;
  return {
    location: {
      ...location(step.source, step.by, fallback),
      message: { text: plain(`${step.from} → ${step.to}: ${step.why} (${step.by}${attribute})`) },
    },
    executionOrder: i + 1,
    importance: "essential",
  };
}

function undecidedResult(
  one: ReportUndecided,
  fingerprint: string,
  index: ReadonlyMap<string, number>,
  fallback: string | undefined,
) {
  const ruleId = `undecided/${one.reason}`;
  return {
    ruleId,
    ruleIndex: index.get(ruleId),
    level: "warning",
    message: {
      text: plain(`${one.resource}${one.attribute === undefined ? "" : `: ${one.attribute}`}: ${one.message}`),
    },
    locations: [location(one.source, one.resource, fallback)],
    partialFingerprints: { "enclaveUndecided/v1": fingerprint },
  };
}

/** As with escapes: of types and attributes, not of names. */
function printsOf(undecided: readonly ReportUndecided[]): string[] {
  const seen = new Map<string, number>();
  return undecided.map((one) => {
    const type = /(?:^|\.)((?:aws|[a-z0-9]+)_[a-z0-9_]+)\.[^.]+$/.exec(one.resource)?.[1] ?? "";
    const text = JSON.stringify([type, one.attribute?.replace(/\[[^\]]*\]/g, "[]") ?? "", one.reason]);
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}

/** Where there is no source (a plan has none), the input stands in its place: viewers want a file. */
function location(source: ReportSource | undefined, address: string, fallback: string | undefined) {
  const file = source?.file ?? fallback ?? "-";
  return {
    physicalLocation: { artifactLocation: artifactLocation(file), region: { startLine: source?.line ?? 1 } },
    logicalLocations: [
      { fullyQualifiedName: printable(address), kind: "resource" },
      ...(source?.construct === undefined ? [] : [{ fullyQualifiedName: printable(source.construct), kind: "object" }]),
    ],
  };
}

function artifactLocation(file: string): { uri: string; uriBaseId?: string } {
  if (file === "-") return { uri: "stdin" };
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
  const segments = path.replace(/^(\.\/)+/, "").split("/");
  if (segments.includes("..") || isAbsolute(path)) return { uri: pathToFileURL(resolve(file)).href };
  // Half a surrogate pair has no encoding.
  const encoded = segments.map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd")));
  return { uri: encoded.join("/"), uriBaseId: "%SRCROOT%" };
}

/**
 * Plain text of a message: braces are doubled (§3.11.5 of the specification, placeholders) and no link can arise
 * (§3.11.6, embedded links).
 */
const plain = (text: string): string =>
  printable(text)
    .replace(/[{}]/g, (c) => c + c)
    .replace(/\]\(/g, "] (");
