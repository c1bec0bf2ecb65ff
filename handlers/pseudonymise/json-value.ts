/** Replacing fields of a JSON value. */
import { Malformed } from "./outcome";
import type { Rule } from "./rule";
import { identifierText, isTelling } from "./tokens";

type Holder = Record<string, unknown>;

/** Deeper values are no records of anybody's. */
const deepest = 64;

const isHolder = (value: unknown): value is Holder =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Replaces the identifiers of a record in place.
 *
 * @throws Malformed if it lacks one, if it can't be written again as it was, or if an identifier stands elsewhere in it
 */
export function replaceIdentifiers(record: unknown, { identifiers, token }: Pick<Rule, "identifiers" | "token">): void {
  if (!isHolder(record)) throw new Malformed("is no object");
  checkExact(record, 0);
  const found = new Set<string>();
  for (const field of identifiers) {
    const replaced = replaceField(record, field.split("."), (value) => {
      if (value === null) return null;
      const text = identifierText(value, field);
      found.add(text);
      return token(text);
    });
    if (!replaced) throw new Malformed(`has no field ${field}`);
  }
  for (const text of found) {
    if (isTelling(text) && holds(record, text)) throw new Malformed("an identifier also stands in another field");
  }
}

/** Numbers that JavaScript can't hold would be passed on as others. */
function checkExact(value: unknown, depth: number): void {
  if (depth > deepest) throw new Malformed("is nested too deeply");
  if (
    typeof value === "number" &&
    (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
  ) {
    throw new Malformed("holds a number that can't be kept exactly");
  }
  if (typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) checkExact(inner, depth + 1);
}

/**
 * Replaces a field wherever its path leads to: into every item of a list, and to a field whose own name has dots.
 *
 * @returns whether there is such a field in every item
 */
function replaceField(holder: unknown, path: readonly string[], replace: (value: unknown) => unknown): boolean {
  if (Array.isArray(holder)) return holder.map((item) => replaceField(item, path, replace)).every(Boolean);
  if (!isHolder(holder)) return false;
  let replaced = false;
  for (let length = 1; length <= path.length; length++) {
    const name = path.slice(0, length).join(".");
    if (!Object.hasOwn(holder, name)) continue;
    if (length < path.length) replaced = replaceField(holder[name], path.slice(length), replace) || replaced;
    else {
      holder[name] = replaceScalars(holder[name], replace);
      replaced = true;
    }
  }
  return replaced;
}

const replaceScalars = (value: unknown, replace: (value: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map((item) => replaceScalars(item, replace)) : replace(value);

/** Whether a text stands anywhere in a value, names of fields included. */
function holds(value: unknown, text: string): boolean {
  if (typeof value === "string") return value.includes(text);
  if (typeof value === "number") return String(value) === text;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name.includes(text) || holds(inner, text));
}
