/** The report as data: the contract's JSON, field by field. Every other format is drawn from it. */
import type { Input, Resource, UndecidedReason } from "../configuration/resource";
import type { Step } from "../flows/flow";
import { countryName } from "../geography/countries";
import type { Place } from "../geography/place";
import type { Assumption } from "../geography/world";
import type { Proof, Verdict } from "../prover/prove";

export interface ReportStep {
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly attribute?: string;
  readonly why: string;
}

export interface ReportEscape {
  readonly resource: string;
  /** The stack or input it belongs to, where several were judged together. */
  readonly stack?: string;
  readonly channel: string;
  readonly destination: { readonly place: string; readonly countries: readonly string[] };
  readonly path: readonly ReportStep[];
  readonly message: string;
}

export interface ReportUndecided {
  readonly resource: string;
  readonly stack?: string;
  readonly attribute?: string;
  readonly reason: UndecidedReason;
  readonly message: string;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly verdict: Verdict;
  readonly boundary: { readonly name: string; readonly countries: readonly string[] };
  readonly inputs: readonly Input[];
  readonly summary: {
    readonly resources: number;
    readonly contained: number;
    readonly escaping: number;
    readonly undecided: number;
    readonly countries: Readonly<Record<string, number>>;
  };
  readonly escapes: readonly ReportEscape[];
  readonly undecided: readonly ReportUndecided[];
  readonly assumptions: readonly Assumption[];
}

export function reportOf(proof: Proof): Report {
  const { configuration, world } = proof;
  const stacks = new Set(configuration.resources.map((resource) => resource.stack));
  const stackOf = (stack: string | undefined) => (stacks.size > 1 && stack !== undefined ? { stack } : {});
  const managed = configuration.resources.filter((resource) => resource.mode === "managed");
  const escaping = new Set(proof.escapes.map((escape) => key(escape.resource)));
  const open = new Set(proof.undecided.map((one) => `${one.stack ?? ""}\u0000${one.resource}`));
  const undecidedOnes = managed.filter((resource) => open.has(key(resource)) && !escaping.has(key(resource)));
  return {
    schemaVersion: 1,
    verdict: proof.verdict,
    boundary: { name: world.boundary.name, countries: [...world.boundary.countries].sort() },
    inputs: configuration.inputs,
    summary: {
      resources: managed.length,
      contained: managed.filter((resource) => !escaping.has(key(resource))).length - undecidedOnes.length,
      escaping: managed.filter((resource) => escaping.has(key(resource))).length,
      undecided: undecidedOnes.length,
      countries: countries(proof),
    },
    escapes: proof.escapes.map((escape) => ({
      resource: escape.resource.address,
      ...stackOf(escape.resource.stack),
      channel: escape.channel,
      destination: { place: escape.place.id, countries: escape.place.countries ?? [] },
      path: escape.path.map(reportStep),
      message: message(escape.resource, escape.place, escape.path),
    })),
    undecided: proof.undecided.map((one) => ({
      resource: one.resource,
      ...stackOf(one.stack),
      ...(one.attribute === undefined ? {} : { attribute: one.attribute }),
      reason: one.reason,
      message: one.message,
    })),
    assumptions: world.assumptions(),
  };
}

const key = (resource: Resource): string => `${resource.stack}\u0000${resource.address}`;

const reportStep = (step: Step): ReportStep => ({
  from: step.from,
  to: step.to,
  by: step.by.address,
  ...(step.attribute === undefined ? {} : { attribute: step.attribute }),
  why: step.why,
});

/** `eu-west-2 (United Kingdom)`; the place alone where no country can be named. */
export function placeName(place: { readonly id: string; readonly countries: readonly string[] | undefined }): string {
  const names = (place.countries ?? []).map((code) => countryName(code) ?? code);
  return names.length === 0 || names.length > 3 ? place.id : `${place.id} (${names.join(", ")})`;
}

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
