/** Date and time functions: https://developer.hashicorp.com/terraform/language/functions#date-and-time-functions */
import type { Value } from "../../value";
import { fail, quote } from "../errors";
import { computed } from "../unknown";
import { type Family, type FunctionSpec, parameter, text } from "./define";

/** A point in time with nanoseconds, and the offset in minutes that it was written with. */
interface Instant {
  /** Nanoseconds since 1970, in UTC. */
  readonly nanoseconds: bigint;
  readonly offset: number;
}

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;
const perSecond = 1_000_000_000n;

function parse(value: string): Instant {
  const found = rfc3339.exec(value);
  if (found === null) return fail(`${quote(value)} is no timestamp as of RFC 3339`);
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const fraction = (found[7] ?? "").slice(0, 9).padEnd(9, "0");
  const zone = found[8];
  const [zoneHours, zoneMinutes] = zone === "Z" ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59 || zoneHours > 24 || zoneMinutes > 59) {
    fail(`${quote(value)} is no time that exists`);
  }
  const offset = (zone.startsWith("-") ? -1 : 1) * (zoneHours * 60 + zoneMinutes);
  const seconds = BigInt(date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset * 60);
  return { nanoseconds: seconds * perSecond + BigInt(fraction), offset };
}

/** The fields of the clock and calendar where the time was written. */
function local({ nanoseconds, offset }: Instant): Date {
  const seconds = floorDivide(nanoseconds, perSecond) + BigInt(offset * 60);
  return new Date(Number(seconds) * 1000);
}

const floorDivide = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;

const two = (value: number): string => String(value).padStart(2, "0");

function zone(offset: number, colon: boolean): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${colon ? ":" : ""}${two(minutes % 60)}`;
}

function print(instant: Instant): string {
  const date = local(instant);
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  const day = `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  return `${day}T${time}${instant.offset === 0 ? "Z" : zone(instant.offset, true)}`;
}

const months = "January February March April May June July August September October November December".split(" ");
const weekdays = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** What each run of letters in a format stands for. */
const fields: Record<string, (date: Date, instant: Instant) => string> = {
  YYYY: (date) => String(date.getUTCFullYear()).padStart(4, "0"),
  YY: (date) => two(date.getUTCFullYear() % 100),
  MMMM: (date) => months[date.getUTCMonth()],
  MMM: (date) => months[date.getUTCMonth()].slice(0, 3),
  MM: (date) => two(date.getUTCMonth() + 1),
  M: (date) => String(date.getUTCMonth() + 1),
  DD: (date) => two(date.getUTCDate()),
  D: (date) => String(date.getUTCDate()),
  EEEE: (date) => weekdays[date.getUTCDay()],
  EEE: (date) => weekdays[date.getUTCDay()].slice(0, 3),
  hh: (date) => two(date.getUTCHours()),
  h: (date) => String(date.getUTCHours()),
  HH: (date) => two(date.getUTCHours() % 12 || 12),
  H: (date) => String(date.getUTCHours() % 12 || 12),
  AA: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  aa: (date) => (date.getUTCHours() < 12 ? "am" : "pm"),
  mm: (date) => two(date.getUTCMinutes()),
  m: (date) => String(date.getUTCMinutes()),
  ss: (date) => two(date.getUTCSeconds()),
  s: (date) => String(date.getUTCSeconds()),
  ZZZZZ: (_, { offset }) => zone(offset, true),
  ZZZZ: (_, { offset }) => zone(offset, false),
  ZZZ: (_, { offset }) => (offset === 0 ? "UTC" : zone(offset, false)),
  Z: (_, { offset }) => (offset === 0 ? "Z" : zone(offset, true)),
};

function formatdate(pattern: string, value: string): string {
  const instant = parse(value);
  const date = local(instant);
  return pattern.replace(/([a-zA-Z])\1*|'(?:[^']|'')*'?/g, (run) => {
    if (run === "''") return "'";
    if (run.startsWith("'")) {
      if (run.length < 2 || !run.endsWith("'")) fail("formatdate: a quoted text is not closed");
      return run.slice(1, -1).replaceAll("''", "'");
    }
    const field = Object.hasOwn(fields, run) ? fields[run] : fail(`formatdate: ${quote(run)} stands for nothing`);
    return field(date, instant);
  });
}

const units: Record<string, bigint> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: perSecond,
  m: 60n * perSecond,
  h: 3600n * perSecond,
};

/** A duration as Go writes it, `1h30m` or `-1.5s`, in nanoseconds. */
function duration(value: string): bigint {
  const body = value.replace(/^[+-]/, "");
  if (body === "0") return 0n;
  let total = 0n;
  let rest = body;
  while (rest !== "") {
    const found = /^(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/.exec(rest.slice(0, 64));
    if (found === null || (found[1] === "" && !found[2])) return fail(`${quote(value)} is no duration`);
    const [whole, digits, fraction = "", unit] = found;
    const scale = 10n ** BigInt(fraction.length);
    total += BigInt(digits || "0") * units[unit] + (BigInt(fraction || "0") * units[unit]) / scale;
    rest = rest.slice(whole.length);
  }
  if (body === "") fail(`${quote(value)} is no duration`);
  if (total > 9223372036854775807n) fail(`the duration ${quote(value)} is too long`);
  return value.startsWith("-") ? -total : total;
}

function timeadd(value: string, by: string): string {
  const { nanoseconds, offset } = parse(value);
  return print({ nanoseconds: nanoseconds + duration(by), offset });
}

function timecmp(a: string, b: string): Value {
  const difference = parse(a).nanoseconds - parse(b).nanoseconds;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const now = (why: string): FunctionSpec => ({
  parameters: [],
  returns: "string",
  call: () => computed([], { type: "string", why }),
});

export const dates: Family = {
  formatdate: {
    parameters: [parameter("format", "string"), parameter("time", "string")],
    returns: "string",
    call: ([pattern, value]) => formatdate(text(pattern), text(value)),
  },
  timeadd: {
    parameters: [parameter("timestamp", "string"), parameter("duration", "string")],
    returns: "string",
    call: ([value, by]) => timeadd(text(value), text(by)),
  },
  timecmp: {
    parameters: [parameter("timestamp_a", "string"), parameter("timestamp_b", "string")],
    returns: "number",
    call: ([a, b]) => timecmp(text(a), text(b)),
  },
  timestamp: now("the time of the apply is not known"),
  plantimestamp: now("the time of the plan is not known"),
};
