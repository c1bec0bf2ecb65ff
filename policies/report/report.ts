/** The report as data: the contract's JSON, field by field, and what has grown there since. Every other format is drawn from it. */
import type { Input, Resource, UndecidedReason } from "../configuration/resource";
import { modelKey } from "../configuration/resource";
import type { Flow, Step } from "../flows/flow";
import { countryName } from "../geography/countries";
import type { Place, Side } from "../geography/place";
import type { Assumption } from "../geography/world";
import type { Proof, Verdict } from "../prover/prove";
import { entryFor } from "../services";
import type { Waiver } from "../waivers/waivers";
import { fingerprints } from "./fingerprint";
import { quote, type Redact, redaction } from "./quote";

/** Where something is written. */
export interface ReportSource {
  readonly file: string;
  readonly line?: number;
  /** Of what cdktf synthesized. */
  readonly construct?: string;
}

export interface ReportStep {
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly attribute?: string;
  /** The attribute's value as text, unless it is sensitive or absent. */
  readonly value?: string;
  readonly why: string;
  /** Where `by` is written. */
  readonly source?: ReportSource;
}

export interface ReportEscape {
  /** The same for the same escape after names have changed; unique within a report. */
  readonly fingerprint: string;
  readonly resource: string;
  /** The stack or input it belongs to, where several were judged together. */
  readonly stack?: string;
  readonly channel: string;
  readonly destination: { readonly place: string; readonly countries: readonly string[] };
  readonly path: readonly ReportStep[];
  readonly message: string;
  /** Where `resource` is written. */
  readonly source?: ReportSource;
}

export interface ReportUndecided {
  readonly resource: string;
  readonly stack?: string;
  readonly attribute?: string;
  readonly reason: UndecidedReason;
  readonly message: string;
  readonly source?: ReportSource;
}

export type Standing = "contained" | "escaping" | "undecided" | "waived";

/** `contained with waivers`: nothing leaves but what reviewed exceptions let. */
export type ReportVerdict = Verdict | "contained with waivers";

/** A reviewed exception and what became of it. */
export interface ReportWaiver extends Waiver {
  readonly source: string;
  readonly state: "used" | "unused" | "expired";
}

/** What is different from an earlier configuration; names are addresses, behind their stack where there are several. */
export interface ReportComparison {
  readonly against: string;
  readonly verdict: { readonly before: string; readonly after: string };
  readonly appeared: readonly string[];
  readonly vanished: readonly string[];
  /** To another country. */
  readonly moved: readonly {
    readonly resource: string;
    readonly from: { readonly place: string; readonly countries: readonly string[] };
    readonly to: { readonly place: string; readonly countries: readonly string[] };
  }[];
  readonly reachable: readonly string[];
  readonly unreachable: readonly string[];
  /** Escapes. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

/** A resource that was judged. */
export interface ReportResource {
  readonly address: string;
  readonly stack?: string;
  readonly type: string;
  /** What AWS calls it, id and ARN: of things that exist, from a state or a plan. */
  readonly names?: readonly string[];
  /** What it is to data (`holds`, `moves`, …), by its model; absent if it has none. */
  readonly kind?: string;
  /** Where it stands, narrowest; absent for what stands nowhere (global services) or where nothing is known. */
  readonly place?: string;
  readonly countries?: readonly string[];
  readonly side?: Side;
  readonly standing: Standing;
}

/** Data of one resource comes to another resource or a place, by a channel; `possible` if that rests on something unknown. */
export interface ReportFlow {
  readonly from: string;
  readonly fromStack?: string;
  readonly to: string;
  readonly toStack?: string;
  readonly channel: string;
  readonly possible?: true;
}

interface JudgedReport<V> {
  readonly schemaVersion: 1;
  readonly verdict: V;
  readonly boundary: { readonly name: string; readonly countries: readonly string[] };
  readonly inputs: readonly Input[];
  readonly summary: {
    readonly resources: number;
    readonly contained: number;
    readonly escaping: number;
    readonly undecided: number;
    /** Those that leave only by waived ways; absent where no waivers were given. */
    readonly waived?: number;
    /** How many resources stand in each country; one that may stand in several counts in each. */
    readonly countries: Readonly<Record<string, number>>;
  };
  readonly escapes: readonly ReportEscape[];
  readonly undecided: readonly ReportUndecided[];
  readonly assumptions: readonly Assumption[];
  readonly resources: readonly ReportResource[];
  readonly flows: readonly ReportFlow[];
  /** Escapes that a reviewed exception lets stand, and the exceptions; absent where no waivers were given. */
  readonly waived?: readonly ReportEscape[];
  readonly waivers?: readonly ReportWaiver[];
  /** With `--against`. */
  readonly comparison?: ReportComparison;
}

/** What was proven, before any exception. */
export type Report = JudgedReport<Verdict>;

/** What is shown: perhaps under waivers, perhaps compared. */
export type FinalReport = JudgedReport<ReportVerdict>;

/** The proof as a report: sorted, without anything that differs between two runs. */
export function reportOf(proof: Proof): Report {
  const { configuration, world } = proof;
  const stacks = new Set(configuration.resources.map((resource) => resource.stack));
  const namesStack = stacks.size > 1;
  const stackOf = (stack: string | undefined) => (namesStack && stack !== undefined ? { stack } : {});
  const redact = redaction(configuration);
  const managed = configuration.resources.filter((resource) => resource.mode === "managed");
  const escaping = new Set(proof.escapes.map((escape) => key(escape.resource)));
  const open = new Set(proof.undecided.map((one) => `${one.stack ?? ""}\u0000${one.resource}`));
  const standingOf = (resource: Resource): Standing => {
    if (escaping.size + open.size === 0) return "contained";
    if (escaping.has(key(resource))) return "escaping";
    return open.has(key(resource)) ? "undecided" : "contained";
  };
  const standings = managed.map(standingOf);
  const counted = (wanted: Standing) => standings.filter((one) => one === wanted).length;
  const written = proof.undecided.length > 0 ? sources(configuration.resources) : new Map<string, Resource>();
  const prints = fingerprints(proof.escapes);
  return {
    schemaVersion: 1,
    verdict: proof.verdict,
    boundary: { name: world.boundary.name, countries: [...world.boundary.countries].sort() },
    inputs: configuration.inputs,
    summary: {
      resources: managed.length,
      contained: counted("contained"),
      escaping: counted("escaping"),
      undecided: counted("undecided"),
      countries: countries(proof),
    },
    escapes: proof.escapes.map((escape, i) => ({
      fingerprint: prints[i],
      resource: escape.resource.address,
      ...stackOf(escape.resource.stack),
      channel: escape.channel,
      destination: { place: redact(escape.place.id), countries: escape.place.countries ?? [] },
      path: escape.path.map((step) => reportStep(step, redact)),
      message: redact(message(escape.resource, escape.place, escape.path)),
      ...sourceOf(escape.resource),
    })),
    undecided: proof.undecided.map((one) => ({
      resource: one.resource,
      ...stackOf(one.stack),
      ...(one.attribute === undefined ? {} : { attribute: one.attribute }),
      reason: one.reason,
      message: redact(one.message),
      ...sourceOf(written.get(`${one.stack ?? ""}\u0000${one.resource}`)),
    })),
    assumptions: world
      .assumptions()
      .map((one) => ({ ...one, subject: redact(one.subject), statement: redact(one.statement) })),
    resources: managed
      .map((resource, i) => reportResource(resource, proof, standings[i], stackOf(resource.stack), redact))
      .sort(byStackAndAddress),
    flows: reportFlows(proof.flows, namesStack, redact),
  };
}

const key = (resource: Resource): string => `${resource.stack}\u0000${resource.address}`;

const ascending = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const byStackAndAddress = (one: ReportResource, other: ReportResource): number =>
  ascending(one.stack ?? "", other.stack ?? "") || ascending(one.address, other.address);

const sources = (resources: readonly Resource[]): Map<string, Resource> =>
  new Map(resources.map((resource) => [key(resource), resource]));

/** Looked up when asked for: the line of a block is searched for in the text of its file. */
function sourceOf(resource: Resource | undefined, attribute?: string): { source?: ReportSource } {
  const position = resource?.source;
  if (!position) return {};
  const first = attribute === undefined ? undefined : /^[^.[]+/.exec(attribute)?.[0];
  const lines = first === undefined ? undefined : position.attributes;
  const line =
    (lines && first !== undefined && Object.hasOwn(lines, first) ? lines[first] : undefined) ?? position.line;
  return {
    source: {
      file: position.file,
      ...(line === undefined ? {} : { line }),
      ...(position.construct === undefined ? {} : { construct: position.construct }),
    },
  };
}

function reportStep(step: Step, redact: Redact): ReportStep {
  const value = quote(step.by, step.attribute);
  return {
    from: redact(step.from),
    to: redact(step.to),
    by: step.by.address,
    ...(step.attribute === undefined ? {} : { attribute: step.attribute }),
    ...(value === undefined ? {} : { value: redact(value) }),
    why: redact(step.why),
    ...sourceOf(step.by, step.attribute),
  };
}

function reportResource(
  resource: Resource,
  proof: Proof,
  standing: Standing,
  stack: { stack?: string },
  redact: Redact,
): ReportResource {
  const place = proof.placements.of.get(resource)?.[0]?.place;
  const kind = entryFor(modelKey(resource))?.kind;
  return {
    address: resource.address,
    ...stack,
    type: resource.type,
    ...namesOf(resource, redact),
    ...(kind === undefined ? {} : { kind }),
    ...(place === undefined ? {} : { place: place.id, side: proof.world.sideOf(place) }),
    ...(place?.countries === undefined ? {} : { countries: place.countries }),
    standing,
  };
}

function namesOf({ values }: Resource, redact: Redact): { names?: string[] } {
  const names = ["id", "arn"].flatMap((name) => {
    const value = values[name];
    return typeof value === "string" && value !== "" ? [redact(value)] : [];
  });
  return names.length === 0 ? {} : { names: [...new Set(names)] };
}

function reportFlows(flows: readonly Flow[], namesStack: boolean, redact: Redact): ReportFlow[] {
  const found = new Map<string, ReportFlow>();
  for (const { from, channel, to, unless } of flows) {
    const target = to.kind === "resource" ? to.resource.address : redact(to.place.id);
    const toStack = to.kind === "resource" ? to.resource.stack : "";
    const id = [from.stack, from.address, toStack, target, channel].join("\u0000");
    if (found.has(id) && unless !== undefined) continue;
    found.set(id, {
      from: from.address,
      ...(namesStack ? { fromStack: from.stack } : {}),
      to: target,
      ...(namesStack && to.kind === "resource" ? { toStack } : {}),
      channel,
      ...(unless === undefined ? {} : { possible: true }),
    });
  }
  return [...found.keys()].sort().map((id) => found.get(id)!);
}

/** `eu-west-2 (United Kingdom)`; the place alone where no country can be named. */
export function placeName(place: { readonly id: string; readonly countries: readonly string[] | undefined }): string {
  const names = (place.countries ?? []).map((code) => countryName(code) ?? code);
  return names.length === 0 || names.length > 3 ? place.id : `${place.id} (${names.join(", ")})`;
}

export const destinationName = ({ destination }: Pick<ReportEscape, "destination">): string =>
  placeName({ id: destination.place, countries: destination.countries });

function message(resource: Resource, place: Place, path: readonly Step[]): string {
  return `Data of ${resource.address} comes to ${placeName(place)}: ${path.map((step) => step.why).join("; ")}`;
}

/** How many resources stand in each country; the narrowest known place of a resource counts. */
function countries(proof: Proof): Record<string, number> {
  const counts = new Map<string, number>();
  for (const standings of proof.placements.of.values()) {
    for (const country of standings[0]?.place.countries ?? []) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
