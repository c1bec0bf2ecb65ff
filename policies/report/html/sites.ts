/** Where places are drawn: cities for regions and zones, the middle of the country for everything else. */
import { countryName } from "../../geography/countries";
import { regions } from "../../geography/regions";
import { zoneOf } from "../../geography/zones";
import outlines from "./outlines.json";
import { type Coordinates, onMap, project } from "./projection";

/** A mark on the map: a region with its zones, a Local or Wavelength Zone, an Outpost, a country. */
export interface Site {
  readonly id: string;
  readonly label: string;
  readonly countries: readonly string[];
  /** Absent if it may be anywhere. */
  readonly at?: Coordinates;
}

/** The cities that AWS names its regions after, for the map alone; no verdict rests on them. */
const CITIES: Readonly<Record<string, readonly [city: string, longitude: number, latitude: number]>> = {
  "eu-central-1": ["Frankfurt", 8.7, 50.1],
  "eu-central-2": ["Zurich", 8.5, 47.4],
  "eu-north-1": ["Stockholm", 18.1, 59.3],
  "eu-south-1": ["Milan", 9.2, 45.5],
  "eu-south-2": ["Aragon", -0.9, 41.6],
  "eu-west-1": ["Dublin", -6.3, 53.3],
  "eu-west-2": ["London", -0.1, 51.5],
  "eu-west-3": ["Paris", 2.4, 48.9],
  "eusc-de-east-1": ["Brandenburg", 13.1, 52.4],
  ath: ["Athens", 23.7, 38],
  ber: ["Berlin", 13.4, 52.5],
  cph: ["Copenhagen", 12.6, 55.7],
  dtm: ["Dortmund", 7.5, 51.5],
  ham: ["Hamburg", 10, 53.6],
  hel: ["Helsinki", 24.9, 60.2],
  ist: ["Istanbul", 29, 41],
  lon: ["London", -0.1, 51.5],
  man: ["Manchester", -2.2, 53.5],
  muc: ["Munich", 11.6, 48.1],
  waw: ["Warsaw", 21, 52.2],
};

const middles: Readonly<Record<string, readonly number[]>> = outlines.middles;

export function siteOf(id: string, countries: readonly string[]): Site {
  const zone = zoneOf(id);
  if (zone?.kind === "availability-zone") return regionSite(zone.region.code, countries);
  if (regions.has(id)) return regionSite(id, countries);
  const code = zone ? /-(?:wl\d-)?([a-z]{3})(?:\d|-|$)/.exec(id)?.[1] : undefined;
  const city = code === undefined || !Object.hasOwn(CITIES, code) ? undefined : CITIES[code];
  if (city) return { id: `zone ${city[0]}`, label: `${city[0]} (${id})`, countries, at: [city[1], city[2]] };
  const outpost = /(?:^|[/:])(op-[0-9a-f]+)$/.exec(id)?.[1];
  const [country] = countries;
  if (countries.length === 1 && Object.hasOwn(middles, country)) {
    const [longitude, latitude] = middles[country];
    const label = outpost === undefined ? countryName(country) : `Outpost in ${countryName(country)}`;
    return { id: outpost ?? `country ${country}`, label, countries, at: [longitude, latitude] };
  }
  return { id, label: id, countries };
}

function regionSite(code: string, countries: readonly string[]): Site {
  const city = Object.hasOwn(CITIES, code) ? CITIES[code] : undefined;
  if (city) return { id: code, label: `${city[0]} (${code})`, countries, at: [city[1], city[2]] };
  const middle = countries.length === 1 ? middles[countries[0]] : undefined;
  const at: Coordinates | undefined = middle && [middle[0], middle[1]];
  return { id: code, label: `${countries.map(countryName).join(", ")} (${code})`, countries, ...(at ? { at } : {}) };
}

/** Whether a site lies within the window of the map. */
export const isDrawn = (site: Site): boolean =>
  site.at !== undefined && Math.abs(site.at[0] - 10) < 60 && site.at[1] > 20 && onMap(project(site.at));
