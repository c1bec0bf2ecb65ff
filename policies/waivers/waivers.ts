/**
 * Reviewed exceptions: a file beside the code, never part of a configuration, that lets an escape stand for a while. It
 * names exactly one resource and one channel, says why and who decided, and ends by itself.
 */
import { InputError } from "../configuration/errors";
import { readBytes } from "../configuration/files";
import { isJsonObject, type Json, parseJson } from "../configuration/json";

export interface Waiver {
  /** The address of the resource whose data leaves, exactly. */
  readonly resource: string;
  /** The stack or input, where several are judged together and only one is meant. */
  readonly stack?: string;
  readonly channel: string;
  /** The place or party it goes to; absent: wherever the channel leads. */
  readonly destination?: string;
  readonly reason: string;
  readonly decidedBy: string;
  /** The last day on which it counts, `2027-01-31`. */
  readonly until: string;
}

export interface Waivers {
  readonly source: string;
  readonly all: readonly Waiver[];
}

const REQUIRED = ["resource", "channel", "reason", "decidedBy", "until"] as const;
const OPTIONAL = ["stack", "destination"] as const;

/** "At most a year": from the day of judging, so that an exception is decided anew each year. */
const LONGEST_DAYS = 366;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Reads `{ "waivers": [ … ] }`.
 * @param today the day of judging, `2026-01-31`
 * @throws InputError if it can't be read, has a key that is not known, or an entry that lasts longer than a year
 */
export function loadWaivers(file: string, today: string): Waivers {
  return parseWaivers(parseJson(file, readBytes(file)), file, today);
}

export function parseWaivers(json: Json, file: string, today: string): Waivers {
  if (!isJsonObject(json)) throw new InputError(file, 'must be an object with a list of "waivers"');
  for (const key of Object.keys(json)) if (key !== "waivers") throw new InputError(file, "is not a known key", key);
  const list = Object.hasOwn(json, "waivers") ? json.waivers : undefined;
  if (!Array.isArray(list)) throw new InputError(file, "must be a list", "waivers");
  const all = list.map((entry, i) => waiver(entry, file, `waivers[${i}]`, today));
  const seen = new Set<string>();
  all.forEach((one, i) => {
    const key = JSON.stringify([one.stack, one.resource, one.channel, one.destination]);
    if (seen.has(key)) throw new InputError(file, "says the same as an entry before it", `waivers[${i}]`);
    seen.add(key);
  });
  return { source: file, all };
}

function waiver(entry: Json, file: string, place: string, today: string): Waiver {
  if (!isJsonObject(entry)) throw new InputError(file, "must be an object", place);
  const known: readonly string[] = [...REQUIRED, ...OPTIONAL];
  for (const key of Object.keys(entry)) {
    if (!known.includes(key)) throw new InputError(file, "is not a known key", `${place}.${key}`);
  }
  const text = (key: string): string | undefined => {
    const value = Object.hasOwn(entry, key) ? entry[key] : undefined;
    if (value === undefined) return undefined;
    if (typeof value !== "string" || value.trim() === "") {
      throw new InputError(file, "must be text that is not empty", `${place}.${key}`);
    }
    return value;
  };
  const required = (key: string): string => {
    const value = text(key);
    if (value === undefined) throw new InputError(file, "is missing", `${place}.${key}`);
    return value;
  };
  const [stack, destination] = [text("stack"), text("destination")];
  const resource = required("resource");
  if (/[*?]/.test(resource.replace(/\["[^"]*"\]/g, ""))) {
    throw new InputError(file, "must be one address, without wildcards", `${place}.resource`);
  }
  return {
    resource,
    ...(stack === undefined ? {} : { stack }),
    channel: required("channel"),
    ...(destination === undefined ? {} : { destination }),
    reason: required("reason"),
    decidedBy: required("decidedBy"),
    until: lastDay(required("until"), file, `${place}.until`, today),
  };
}

function lastDay(text: string, file: string, place: string, today: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  const isDate =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  if (!isDate) throw new InputError(file, "must be a date as 2027-01-31", place);
  if (time - Date.parse(`${today}T00:00:00Z`) > LONGEST_DAYS * DAY) {
    throw new InputError(file, "is more than a year from now; an exception is decided anew each year", place);
  }
  return text;
}
