/** Boundary and trust together: which side of the boundary a place or a party is on, and which assumptions said so. */
import type { Boundary } from "./boundaries";
import type { Place, Side } from "./place";
import type { Trust, TrustedPlace } from "./trust";

export interface Assumption {
  readonly subject: string;
  readonly statement: string;
  /** Where it is written (`trust.json`), or `model` for what the models take for granted. */
  readonly source: string;
}

export declare class World {
  constructor(boundary: Boundary, trust: Trust, options?: { defaultRegion?: string; today?: string });
  readonly boundary: Boundary;
  readonly trust: Trust;
  readonly defaultRegion?: string;
  /** Where a place is by its countries alone: inside only if all of its countries are in the boundary. */
  sideOf(place: Place): Side;
  /** Whether an account id is listed in the trust file (recorded as an assumption if so). */
  controls(account: string): boolean;
  /** Whether an organization id is the owner's. */
  isOurOrganization(id: string): boolean;
  /** The entry of the trust file that covers an address, range, host, ARN or id; recorded as an assumption. */
  vouched(id: string): TrustedPlace | undefined;
  /** The country of an Outpost, by id or ARN. */
  outpost(idOrArn: string): Place | undefined;
  /** Notes an assumption that a model makes. */
  assume(assumption: Assumption): void;
  /** All assumptions used so far, sorted. */
  assumptions(): Assumption[];
}
