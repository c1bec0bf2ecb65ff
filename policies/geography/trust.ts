/**
 * The trust file: what the owner vouches for because no configuration can show it. Every key is known or an error, so
 * that a slip of the pen never passes for a statement.
 */
import { InputError } from "../configuration/errors";
import { readBytes } from "../configuration/files";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../configuration/json";
import { type Cidr, contains, parseCidr } from "./addresses";
import { type Arn, parseArn } from "./arn";
import { isCountry } from "./countries";
import { regions } from "./regions";

/** An entry with a date stops counting after that day (`2026-12-31`). */
interface Dated {
  readonly until?: string;
}
export interface TrustedAccount extends Dated {
  readonly name?: string;
}
export interface TrustedOutpost extends Dated {
  readonly country: string;
  readonly homeRegion: string;
}
export interface TrustedPlace extends Dated {
  /** An IP address, CIDR, hostname, ARN, AWS id or Direct Connect location code. */
  readonly id: string;
  readonly country?: string;
  /** A known one; for an ARN that names a region always that. */
  readonly region?: string;
  readonly account?: string;
  readonly statement?: string;
}

export interface Trust {
  /** The file it was read from, as the user named it. */
  readonly source: string;
  readonly organization?: string;
  readonly accounts: ReadonlyMap<string, TrustedAccount>;
  readonly outposts: ReadonlyMap<string, TrustedOutpost>;
  readonly places: readonly TrustedPlace[];
}

export const emptyTrust: Trust = { source: "trust.json", accounts: new Map(), outposts: new Map(), places: [] };

/** @throws InputError if the file can't be read or is no trust file */
export function loadTrust(file: string): Trust {
  return parseTrust(parseJson(file, readBytes(file)), file);
}

/**
 * A trust file that has been parsed as JSON.
 * @throws InputError that names `file` and the place in it
 */
export function parseTrust(json: unknown, file: string): Trust {
  const top = new Fields(json as Json, file, "", ["organization", "accounts", "outposts", "places"]);
  const trust: Trust = {
    source: file,
    organization: top.text("organization", /^o-[a-z0-9]{10,32}$/, "an organization's id (o-…)"),
    accounts: new Map(
      top.entries("accounts", accountId, "a twelve-digit account id").map(([id, value, place]) => {
        const fields = new Fields(value, file, place, ["name", "until"]);
        return [id, { name: fields.text("name"), until: fields.date("until") }];
      }),
    ),
    outposts: new Map(
      top.entries("outposts", /^op-[0-9a-f]{8,17}$/, "an Outpost's id (op-…)").map(([id, value, place]) => {
        const fields = new Fields(value, file, place, ["country", "homeRegion", "until"]);
        const country = fields.required("country", fields.country("country"));
        const homeRegion = fields.required("homeRegion", fields.region("homeRegion"));
        return [id, { country, homeRegion, until: fields.date("until") }];
      }),
    ),
    places: top.items("places").map((value, i) => placeEntry(value, file, `places[${i}]`)),
  };
  checkAgreement(trust.places, file);
  return trust;
}

const accountId = /^\d{12}$/;

function placeEntry(value: Json, file: string, place: string): TrustedPlace {
  const fields = new Fields(value, file, place, ["id", "country", "region", "account", "statement", "until"]);
  const id = fields.required("id", fields.text("id"));
  const arn = checkId(id, (message) => fields.fail("id", message));
  const country = fields.country("country");
  const region = fields.region("region") ?? (arn?.region || undefined);
  if (arn?.region && region !== arn.region) fields.fail("region", `the id names the region ${arn.region}`);
  if (country === undefined && region === undefined) throw new InputError(file, "needs a country or a region", place);
  const regionsCountry = region === undefined ? undefined : regions.get(region)?.country;
  if (country !== undefined && region !== undefined && country !== regionsCountry) {
    fields.fail("country", `the region ${region} is not in ${country}`);
  }
  return {
    id,
    country,
    region,
    account: fields.text("account", accountId, "a twelve-digit account id"),
    statement: fields.text("statement"),
    until: fields.date("until"),
  };
}

/** One id names one thing that exists; a pattern, or a range that no single party holds, is no statement of fact. */
function checkId(id: string, fail: (message: string) => never): Arn | undefined {
  if (/[*?\s\p{Cc}]/u.test(id)) fail("must name exactly one thing, without blanks and wildcards");
  if (id.startsWith("arn:")) return parseArn(id) ?? fail("is not a complete ARN");
  if (/^[\d.]+(?:\/.*)?$/.test(id) || id.includes("/") || id.includes(":")) {
    const range = parseCidr(id);
    if (!range) return fail("is not an IP address or a range in CIDR notation");
    if (range.loose) fail("has bits set behind its prefix");
    if (range.prefix < (range.version === 4 ? 8 : 16)) fail("is too large a range to vouch for as a whole");
  }
  return undefined;
}

/** Two entries for one thing, or for overlapping ranges, must say the same of where it stands and whose it is. */
function checkAgreement(places: readonly TrustedPlace[], file: string): void {
  const seen = new Set<string>();
  const ranges: { range: Cidr; place: TrustedPlace; at: string }[] = [];
  places.forEach((place, i) => {
    const at = `places[${i}].id`;
    const key = comparable(place.id);
    if (seen.has(key)) throw new InputError(file, `${place.id} is listed twice`, at);
    seen.add(key);
    const range = parseCidr(place.id);
    if (range) ranges.push({ range, place, at });
  });
  // Two ranges in CIDR notation are disjoint or one holds the other; sorted, the holding one comes first.
  ranges.sort((a, b) => compareRanges(a.range, b.range));
  const open: typeof ranges = [];
  for (const one of ranges) {
    while (open.length > 0 && !contains(open[open.length - 1].range, one.range)) open.pop();
    const outer = open[open.length - 1]?.place;
    const { place } = one;
    const same = !outer || (["country", "region", "account"] as const).every((key) => outer[key] === place[key]);
    if (!same) throw new InputError(file, `contradicts the entry for ${outer.id}`, one.at);
    open.push(one);
  }
}

const sign = (number: bigint): number => (number < 0n ? -1 : number > 0n ? 1 : 0);

const compareRanges = (a: Cidr, b: Cidr): number =>
  a.version - b.version || sign(a.first - b.first) || sign(b.last - a.last);

/** Hostnames are compared without case and closing dot; everything else exactly. */
const comparable = (id: string): string =>
  /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?$/i.test(id) ? id.toLowerCase().replace(/\.$/, "") : id;

/** The places of one trust file, prepared for looking up. */
interface Index {
  readonly byId: ReadonlyMap<string, TrustedPlace>;
  /** Narrowest first. */
  readonly ranges: readonly { readonly range: Cidr; readonly place: TrustedPlace }[];
}

const indices = new WeakMap<Trust, Index>();

function indexOf(trust: Trust): Index {
  let index = indices.get(trust);
  if (!index) {
    const ranges = trust.places.flatMap((place) => {
      const range = parseCidr(place.id);
      return range ? [{ range, place }] : [];
    });
    ranges.sort((a, b) => b.range.prefix - a.range.prefix);
    index = { byId: new Map(trust.places.map((place) => [comparable(place.id), place])), ranges };
    indices.set(trust, index);
  }
  return index;
}

/**
 * The entries that cover what `id` names, the closest first: the same address, host, ARN or id; ranges that wholly
 * contain the address or range asked for; the bucket of an S3 object, the log group of a stream.
 */
export function entriesFor(trust: Trust, id: string): TrustedPlace[] {
  if (trust.places.length === 0) return [];
  const { byId, ranges } = indexOf(trust);
  const exact = byId.get(comparable(id));
  const range = parseCidr(id);
  if (range) return ranges.filter((one) => contains(one.range, range)).map(({ place }) => place);
  const whole = byId.get(wholeOf(id) ?? "");
  return [exact, whole].filter((place) => place !== undefined);
}

/** The ARN of what another ARN names a part of; a part stands where the whole does. */
const wholeOf = (arn: string): string | undefined =>
  /^(arn:[^:]+:s3:::[^/:]+)\//.exec(arn)?.[1] ?? /^(arn:[^:]+:logs:[^:]*:[^:]*:log-group:[^:]+):/.exec(arn)?.[1];

/** The fields of one object, read strictly. */
class Fields {
  private readonly fields: JsonObject;

  constructor(
    value: Json,
    private readonly file: string,
    private readonly place: string,
    known: readonly string[],
  ) {
    if (!isJsonObject(value)) throw new InputError(file, "must be an object", place || undefined);
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) {
        throw new InputError(file, `unknown key; known are ${known.join(", ")}`, this.at(key));
      }
    }
    this.fields = value;
  }

  private at(key: string): string {
    const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
    return this.place === "" ? name : `${this.place}.${name}`;
  }

  fail(key: string, message: string): never {
    throw new InputError(this.file, message, this.at(key));
  }

  private get(key: string): Json | undefined {
    return Object.hasOwn(this.fields, key) ? this.fields[key] : undefined;
  }

  required<T>(key: string, value: T | undefined): T {
    return value ?? this.fail(key, "is missing");
  }

  text(key: string, pattern = /\S/, what = "a text"): string | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value !== "string" || !pattern.test(value)) return this.fail(key, `must be ${what}`);
    return value;
  }

  country(key: string): string | undefined {
    const code = this.text(key);
    if (code === undefined || isCountry(code)) return code;
    return this.fail(key, `${JSON.stringify(code)} is no ISO 3166-1 alpha-2 code such as IE`);
  }

  region(key: string): string | undefined {
    const code = this.text(key);
    if (code === undefined || regions.has(code)) return code;
    return this.fail(key, `${JSON.stringify(code)} is no region of AWS`);
  }

  date(key: string): string | undefined {
    const date = this.text(key, /^\d{4}-\d{2}-\d{2}$/, "a date such as 2026-12-31");
    if (date === undefined) return undefined;
    const parsed = new Date(`${date}T00:00:00Z`);
    const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
    return exists ? date : this.fail(key, `${date} is no day of the calendar`);
  }

  items(key: string): Json[] {
    const value = this.get(key) ?? [];
    return Array.isArray(value) ? value : this.fail(key, "must be a list");
  }

  entries(key: string, name: RegExp, what: string): [id: string, value: Json, place: string][] {
    const value = this.get(key) ?? {};
    if (!isJsonObject(value)) return this.fail(key, "must be an object");
    return Object.keys(value).map((id) => {
      const place = `${this.at(key)}[${JSON.stringify(id)}]`;
      if (!name.test(id)) throw new InputError(this.file, `the key must be ${what}`, place);
      return [id, value[id], place];
    });
  }
}
