import { regions } from "./regions";
import { zoneOf, zoneOfGroup } from "./zones";

/** A place as far as data is concerned: a name to show, and the countries it may stand in. */
export interface Place {
  /** `eu-west-2`, `eu-central-1-ist-1a`, `203.0.113.10`, `the internet`, `account 444455556666`. */
  readonly id: string;
  /** ISO 3166-1 alpha-2. Empty: could be anywhere on earth. Undefined: can't be determined. */
  readonly countries: readonly string[] | undefined;
}

export const internet: Place = { id: "the internet", countries: [] };

/** Whether a place is inside the boundary; "undetermined" never counts as inside. */
export type Side = "inside" | "outside" | "undetermined";

const place = (id: string, country: string | undefined): Place => ({
  id,
  countries: country === undefined ? undefined : [country],
});

/** The place of a region by its code; one that is not known can't be determined. */
export const placeOfRegion = (code: string): Place => place(code, regions.get(code)?.country);

/** The place of an Availability, Local or Wavelength Zone, by name or id. */
export const placeOfZone = (nameOrId: string): Place => place(nameOrId, zoneOf(nameOrId)?.country);

/** The place of a network border group or a zone group. */
export const placeOfGroup = (group: string): Place => place(group, zoneOfGroup(group)?.country);
