/** What is different from an earlier report: things, places, ways. */
import { InputError } from "../configuration/errors";
import { isJsonObject, type Json, type JsonObject, own } from "../configuration/json";
import {
  destinationName,
  type FinalReport,
  type ReportComparison,
  type ReportFlow,
  type ReportResource,
} from "./report";

/** As much of an earlier report as a comparison needs. */
export interface Earlier {
  readonly verdict: string;
  readonly escapes: readonly { fingerprint: string; resource: string; channel: string; destination: string }[];
  readonly resources: readonly Pick<ReportResource, "address" | "stack" | "place" | "countries">[];
  readonly flows: readonly Pick<ReportFlow, "from" | "to" | "channel">[];
}

export const earlierOf = (report: FinalReport): Earlier => ({
  verdict: report.verdict,
  escapes: report.escapes.map((one) => ({
    fingerprint: one.fingerprint,
    resource: one.resource,
    channel: one.channel,
    destination: destinationName(one),
  })),
  resources: report.resources,
  flows: report.flows,
});

/** Whether a file holds a report as `--format json` writes it. */
export const isReport = (json: Json): json is JsonObject =>
  isJsonObject(json) && own(json, "schemaVersion") !== undefined;

/**
 * Reads a JSON report back, as far as it is needed.
 * @throws InputError if it is not one
 */
export function earlierFromJson(json: JsonObject, file: string): Earlier {
  if (own(json, "schemaVersion") !== 1) throw new InputError(file, "is a report of another version", "schemaVersion");
  const list = (object: JsonObject, key: string, place: string): JsonObject[] => {
    const value = own(object, key);
    if (!Array.isArray(value) || !value.every(isJsonObject))
      throw new InputError(file, "must be a list of objects", place);
    return value;
  };
  const text = (object: JsonObject, key: string, place: string): string => {
    const value = own(object, key);
    if (typeof value !== "string") throw new InputError(file, "must be text", `${place}.${key}`);
    return value;
  };
  const maybe = (object: JsonObject, key: string): string | undefined => {
    const value = own(object, key);
    return typeof value === "string" ? value : undefined;
  };
  const countries = (object: JsonObject): string[] => {
    const value = own(object, "countries");
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  };
  return {
    verdict: text(json, "verdict", "report"),
    escapes: list(json, "escapes", "escapes").map((one, i) => {
      const destination = own(one, "destination");
      if (!isJsonObject(destination)) throw new InputError(file, "must be an object", `escapes[${i}].destination`);
      const place = text(destination, "place", `escapes[${i}].destination`);
      return {
        fingerprint: text(one, "fingerprint", `escapes[${i}]`),
        resource: text(one, "resource", `escapes[${i}]`),
        channel: text(one, "channel", `escapes[${i}]`),
        destination: destinationName({ destination: { place, countries: countries(destination) } }),
      };
    }),
    resources: list(json, "resources", "resources").map((one, i) => ({
      address: text(one, "address", `resources[${i}]`),
      stack: maybe(one, "stack"),
      place: maybe(one, "place"),
      countries: countries(one),
    })),
    flows: list(json, "flows", "flows").map((one, i) => ({
      from: text(one, "from", `flows[${i}]`),
      to: text(one, "to", `flows[${i}]`),
      channel: text(one, "channel", `flows[${i}]`),
    })),
  };
}

export function compare(earlier: Earlier, report: FinalReport, against: string): ReportComparison {
  const now = earlierOf(report);
  const [before, after] = [index(earlier.resources), index(now.resources)];
  const moved = [...after].flatMap(([name, { place, countries = [] }]) => {
    const old = before.get(name);
    if (!old?.place || !place || String(old.countries ?? []) === String(countries)) return [];
    return [{ resource: name, from: { place: old.place, countries: old.countries ?? [] }, to: { place, countries } }];
  });
  const wayOf = ({ from, to, channel }: Pick<ReportFlow, "from" | "to" | "channel">) => `${from} → ${to} by ${channel}`;
  const leakOf = (one: Earlier["escapes"][number]) => `${one.resource} → ${one.destination} by ${one.channel}`;
  return {
    against,
    verdict: { before: earlier.verdict, after: report.verdict },
    appeared: missing([...after.keys()], [...before.keys()]),
    vanished: missing([...before.keys()], [...after.keys()]),
    moved,
    reachable: missing(now.flows.map(wayOf), earlier.flows.map(wayOf)),
    unreachable: missing(earlier.flows.map(wayOf), now.flows.map(wayOf)),
    opened: missing(now.escapes.map(leakOf), earlier.escapes.map(leakOf)),
    closed: missing(earlier.escapes.map(leakOf), now.escapes.map(leakOf)),
  };
}

/** By name: the address, behind its stack where there are several. */
function index(resources: Earlier["resources"]): Map<string, Earlier["resources"][number]> {
  return new Map(resources.map((one) => [one.stack === undefined ? one.address : `${one.stack}: ${one.address}`, one]));
}

const missing = (names: readonly string[], from: readonly string[]): string[] => {
  const known = new Set(from);
  return [...new Set(names)].filter((name) => !known.has(name)).sort();
};
