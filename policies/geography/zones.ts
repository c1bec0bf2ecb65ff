/**
 * Availability Zones, Local Zones and Wavelength Zones, by name, by id and by group, and the country each stands in.
 *
 * A zone is judged by its own name. Being attached to a region says nothing about where a Local or Wavelength Zone
 * stands: `eu-central-1-ist-1a` is in Istanbul. What is not in the tables stands nowhere we know; that holds for
 * Dedicated Local Zones too, which AWS builds for one customer and whose names it does not publish.
 *
 * Sources:
 * - Availability Zones: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 *   (the code is the region's with a letter behind it; the id is made as in "AZ IDs") and az-ids.html beside it
 * - Local Zones: https://docs.aws.amazon.com/local-zones/latest/ug/available-local-zones.html (name, id, network border
 *   group and, as "Geography", the place), and the network border groups listed under "Local Zone availability" in
 *   https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-byoip.html; Athens and Hanoi from AWS's price list
 * - Wavelength Zones: https://docs.aws.amazon.com/wavelength/latest/developerguide/available-wavelength-zones.html
 */
import { leadingRegion, type Region, regionsByShortCode } from "./regions";

export type ZoneKind = "availability-zone" | "local-zone" | "wavelength-zone";

export interface Zone {
  readonly kind: ZoneKind;
  readonly region: Region;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** The places of Local Zones by parent region, each with the countries of its location codes. */
const localZones: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "af-south-1": { los: "NG" },
  "ap-northeast-1": { tpe: "TW" },
  "ap-south-1": { ccu: "IN", del: "IN" },
  "ap-southeast-1": { bkk: "TH", han: "VN", mnl: "PH" },
  "ap-southeast-2": { akl: "NZ", per: "AU" },
  "eu-central-1": { ath: "GR", ham: "DE", ist: "TR", waw: "PL" },
  "eu-north-1": { cph: "DK", hel: "FI" },
  "eu-west-3": { cmn: "MA" },
  "me-south-1": { mct: "OM" },
  "us-east-1": {
    atl: "US",
    bos: "US",
    bue: "AR",
    chi: "US",
    dfw: "US",
    iah: "US",
    lim: "PE",
    mci: "US",
    mia: "US",
    msp: "US",
    nyc: "US",
    phl: "US",
    qro: "MX",
    scl: "CL",
  },
  "us-west-2": { den: "US", hnl: "US", las: "US", lax: "US", pdx: "US", phx: "US", sea: "US" },
};

/** The places of Wavelength Zones, likewise. */
const wavelengthZones: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "ap-northeast-1": { kix: "JP", nrt: "JP" },
  "ap-northeast-2": { cjj: "KR", sel: "KR" },
  "ca-central-1": { yto: "CA" },
  "eu-central-1": { ber: "DE", dtm: "DE", muc: "DE" },
  "eu-west-2": { lon: "GB", man: "GB" },
  "eu-west-3": { cmn: "MA", dss: "SN" },
  "us-east-1": {
    atl: "US",
    bna: "US",
    bos: "US",
    chi: "US",
    clt: "US",
    dfw: "US",
    dtw: "US",
    iah: "US",
    mia: "US",
    msp: "US",
    nyc: "US",
    tpa: "US",
    was: "US",
  },
  "us-west-2": { den: "US", las: "US", lax: "US", phx: "US", sea: "US", sfo: "US" },
};

function located(kind: "local-zone" | "wavelength-zone", region: Region, location: string): Zone | undefined {
  const table = kind === "local-zone" ? localZones : wavelengthZones;
  const places = Object.hasOwn(table, region.code) ? table[region.code] : {};
  return Object.hasOwn(places, location) ? { kind, region, country: places[location] } : undefined;
}

const availabilityZone = (region: Region): Zone | undefined =>
  region.country === undefined ? undefined : { kind: "availability-zone", region, country: region.country };

/** The zone of a name (`eu-west-1a`, `eu-central-1-ham-1a`) or an id (`euw1-az1`, `euc1-ham1-az1`); undefined if unknown. */
export function zoneOf(nameOrId: string): Zone | undefined {
  return zoneByName(nameOrId) ?? zoneById(nameOrId);
}

function zoneByName(name: string): Zone | undefined {
  const leading = leadingRegion(name);
  if (!leading) return undefined;
  const { region, rest } = leading;
  if (/^[a-f]$/.test(rest)) return availabilityZone(region);
  const local = /^-([a-z]{3})-\d{1,2}[a-z]$/.exec(rest);
  if (local) return located("local-zone", region, local[1]);
  return wavelengthZone(region, rest);
}

function zoneById(id: string): Zone | undefined {
  const [, short, rest] = /^([a-z]{2,6}\d{1,2})-(.+)$/.exec(id) ?? [];
  const region = short === undefined ? undefined : regionsByShortCode.get(short);
  if (!region) return undefined;
  if (/^az[1-6]$/.test(rest)) return availabilityZone(region);
  const local = /^([a-z]{3})\d{1,2}-az\d$/.exec(rest);
  if (local) return located("local-zone", region, local[1]);
  const wavelength = /^wl\d-([a-z]{3})-wlz\d$/.exec(rest);
  return wavelength ? located("wavelength-zone", region, wavelength[1]) : undefined;
}

/** Of the two spellings in use: `-wl1-bos-wlz-1` and, for newer ones, `-wl1-cmn1`. */
function wavelengthZone(region: Region, rest: string): Zone | undefined {
  const [, location] = /^-wl\d-([a-z]{3})(?:-wlz-\d{1,2}|\d{1,2}[a-z]?)$/.exec(rest) ?? [];
  return location === undefined ? undefined : located("wavelength-zone", region, location);
}

/**
 * The zone that stands for a group of zones: a network border group (`eu-west-1`, `eu-central-1-ham-1`,
 * `us-east-1-wl1-bos-wlz-1`) or a zone group (`eu-west-1-zg-1`); undefined if unknown.
 */
export function zoneOfGroup(group: string): Zone | undefined {
  const leading = leadingRegion(group);
  if (!leading) return undefined;
  const { region, rest } = leading;
  if (rest === "" || /^-zg-\d{1,2}$/.test(rest)) return availabilityZone(region);
  const local = /^-([a-z]{3})-\d{1,2}$/.exec(rest);
  if (local) return located("local-zone", region, local[1]);
  return wavelengthZone(region, rest);
}
