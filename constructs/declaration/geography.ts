/** The facts, of geography above all, that a declaration is checked against. */
import { BOUNDARIES } from "../../policies/geography/boundaries";
import { regions } from "../../policies/geography/regions";
import { zoneOf } from "../../policies/geography/zones";

export interface ZoneFacts {
  /** The region it belongs to; it need not stand in that region's country. */
  readonly region: string;
  readonly countries: readonly string[];
  /** Whether it is an availability zone, which carries all services, and not a Local or Wavelength Zone. */
  readonly full: boolean;
}

export interface Geography {
  /** The countries of a built-in boundary, or undefined if there is none of that name. */
  boundary(name: string): { readonly name: string; readonly countries: readonly string[] } | undefined;
  /** The countries that a region stands in, or undefined if there is no such region. */
  countriesOfRegion(code: string): readonly string[] | undefined;
  /** The zone with an id (`euw1-az1`), or undefined if there is none; names (`eu-west-1a`) are no ids. */
  zone(id: string): ZoneFacts | undefined;
  /** The day it is: `YYYY-MM-DD`. */
  today(): string;
}

const zoneId = /^[a-z]+\d(-[a-z]{3}\d)?-az\d+$|-wlz\d+$/;

/** What the proof knows of AWS's places, so that a declaration and the verdict can't disagree. */
export const geography: Geography = {
  boundary(name) {
    if (!Object.hasOwn(BOUNDARIES, name)) return undefined;
    const { countries } = BOUNDARIES[name as keyof typeof BOUNDARIES];
    return { name, countries: [...countries] };
  },
  countriesOfRegion(code) {
    const country = regions.get(code)?.country;
    return country === undefined ? undefined : [country];
  },
  zone(id) {
    const zone = zoneId.test(id) ? zoneOf(id) : undefined;
    return zone && { region: zone.region.code, countries: [zone.country], full: zone.kind === "availability-zone" };
  },
  today: () => new Date().toISOString().slice(0, 10),
};
