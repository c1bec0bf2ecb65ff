/** Boundary and trust together: which side of the boundary a place or a party is on, and which assumptions said so. */
import { parseArn } from "./arn";
import type { Boundary } from "./boundaries";
import { countryName } from "./countries";
import type { Place, Side } from "./place";
import { entriesFor, type Trust, type TrustedPlace } from "./trust";

export interface Assumption {
  readonly subject: string;
  readonly statement: string;
  /** Where it is written (`trust.json`), or `model` for what the models take for granted. */
  readonly source: string;
  /** The last day on which it counts, if it has one. */
  readonly until?: string;
}

export interface WorldOptions {
  /** The region of a provider block that names none. */
  readonly defaultRegion?: string;
  /** The day that `until` dates are compared with, as `2026-01-31`. @default today in UTC */
  readonly today?: string;
}

export class World {
  readonly boundary: Boundary;
  readonly trust: Trust;
  readonly defaultRegion?: string;
  private readonly today: string;
  private readonly noted = new Map<string, Assumption>();

  constructor(boundary: Boundary, trust: Trust, options: WorldOptions = {}) {
    this.boundary = boundary;
    this.trust = trust;
    this.defaultRegion = options.defaultRegion;
    this.today = options.today ?? new Date().toISOString().slice(0, 10);
  }

  /** Where a place is by its countries alone: inside only if all of its countries are in the boundary. */
  sideOf(place: Place): Side {
    if (place.countries === undefined) return "undetermined";
    return place.countries.length > 0 && place.countries.every((country) => this.boundary.countries.has(country))
      ? "inside"
      : "outside";
  }

  /** Whether an account id is listed in the trust file (recorded as an assumption if so). */
  controls(account: string): boolean {
    const entry = this.trust.accounts.get(account);
    if (!entry) return false;
    const name = entry.name === undefined ? "" : ` (${entry.name})`;
    return this.counts(`account ${account}`, `is the owner's${name} and acts inside the boundary`, entry.until);
  }

  /** Whether an organization id is the owner's. */
  isOurOrganization(id: string): boolean {
    if (this.trust.organization === undefined || this.trust.organization !== id) return false;
    return this.counts(`organization ${id}`, "is the owner's: all of its accounts are under the owner's control");
  }

  /** The entry of the trust file that covers an address, range, host, ARN or id; recorded as an assumption. */
  vouched(id: string): TrustedPlace | undefined {
    return entriesFor(this.trust, id).find((entry) => {
      const where = entry.region ?? countryName(entry.country!);
      return this.counts(entry.id, entry.statement ?? `stands in ${where}`, entry.until);
    });
  }

  /** The country of an Outpost, by id or ARN. */
  outpost(idOrArn: string): Place | undefined {
    const arn = parseArn(idOrArn);
    const id = arn ? /^outpost\/(op-[0-9a-f]+)(?:\/|$)/.exec(arn.resource)?.[1] : idOrArn;
    const entry = id === undefined ? undefined : this.trust.outposts.get(id);
    if (id === undefined || !entry) return undefined;
    if (arn && arn.region !== entry.homeRegion) return undefined;
    const statement = `the Outpost stands in ${countryName(entry.country)}; its home region is ${entry.homeRegion}`;
    return this.counts(id, statement, entry.until) ? { id, countries: [entry.country] } : undefined;
  }

  /** Notes an assumption that a model makes. */
  assume(assumption: Assumption): void {
    this.noted.set(keyOf(assumption), assumption);
  }

  /** All assumptions used so far, sorted. */
  assumptions(): Assumption[] {
    return [...this.noted.keys()].sort().map((key) => this.noted.get(key)!);
  }

  /** Records an entry of the trust file as used, or as one that has run out; whether it counts. */
  private counts(subject: string, statement: string, until?: string): boolean {
    const over = until !== undefined && this.today > until;
    const text = over ? `no longer counts, it ended on ${until}: ${statement}` : statement;
    this.assume({ subject, statement: text, source: this.trust.source, ...(until !== undefined && { until }) });
    return !over;
  }
}

const keyOf = ({ subject, statement, source }: Assumption): string => [subject, statement, source].join("\u0000");
