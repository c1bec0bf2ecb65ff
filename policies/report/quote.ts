/** Values of a configuration as a report quotes them; what Terraform marks as sensitive is never among them. */
import type { Configuration, Resource } from "../configuration/resource";
import { isList, isObject, isUnknown, leaves, type Value, type Values } from "../configuration/value";
import { shortened } from "./escape";

/** What stands in the place of a sensitive value. */
export const HIDDEN = "(sensitive value)";

/** Shorter texts occur everywhere by chance; to hide them would hide nothing and garble the rest. */
const SHORTEST_SECRET = 3;

const LONGEST_QUOTE = 400;

/** What a model takes from a longer text to name a party: a host, an address of mail, an account. */
const TELLING = /[\w.+-]+@[\w.-]+|(?<=:\/\/)[^/:?#@\s]{3,}|\b\d{12}\b/g;

/** The value of a resource at an exact path (`rule[0].destination[0].bucket`), as text; undefined if nothing is there. */
export function quote(resource: Resource, path: string | undefined): string | undefined {
  if (path === undefined || path === "") return undefined;
  if (isSensitive(resource, path)) return HIDDEN;
  const value = valueAt(resource.values, path);
  return value === undefined || value === null ? undefined : shortened(shown(value, resource, path), LONGEST_QUOTE);
}

const isSensitive = (resource: Resource, path: string): boolean =>
  (resource.sensitive ?? []).some((hidden) => hidden === "" || isBelow(path, hidden));

/** Whether a path is another or goes on from it. */
const isBelow = (path: string, other: string): boolean =>
  path.startsWith(other) && (path.length === other.length || /[.[]/.test(path[other.length]));

function valueAt(values: Values, path: string): Value | undefined {
  let value: Value | undefined = values;
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (isUnknown(value)) return value;
    if (typeof value !== "object" || value === null) return undefined;
    const key = name ?? index;
    if (!Object.hasOwn(value, key)) return undefined;
    value = isList(value) ? value[Number(key)] : (value as Values)[key];
  }
  return value;
}

function shown(value: Value, resource: Resource, path: string): string {
  if (typeof value === "string") return value;
  if (isUnknown(value)) return `(${value.why})`;
  const hides = (resource.sensitive ?? []).some((hidden) => isBelow(hidden, path));
  return hides ? HIDDEN : JSON.stringify(plain(value));
}

/** As JSON has it, unknown parts as their reason, keys in an order that the source has no part in. */
function plain(value: Value): unknown {
  if (isUnknown(value)) return `(${value.why})`;
  if (isList(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, plain(value[key])]),
  );
}

/** Replaces every sensitive value of a configuration in a text that may quote it. */
export type Redact = (text: string) => string;

export function redaction({ resources }: Pick<Configuration, "resources">): Redact {
  const secrets = new Set<string>();
  for (const resource of resources) {
    if (!resource.sensitive?.length) continue;
    for (const { value, at } of leaves(resource.values)) {
      if (typeof value === "string" && value.length >= SHORTEST_SECRET && isSensitive(resource, at)) {
        secrets.add(value);
        for (const [part] of value.matchAll(TELLING)) secrets.add(part);
      }
    }
  }
  if (secrets.size === 0) return (text) => text;
  // The longest first, so that nothing is left of one that holds another.
  const sorted = [...secrets].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return (text) => sorted.reduce((rest, secret) => rest.split(secret).join(HIDDEN), text);
}
