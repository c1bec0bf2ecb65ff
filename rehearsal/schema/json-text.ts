/**
 * Documents in JSON as the provider plans them: many arguments it writes in a form of its own, whatever they looked
 * like. Which ones is measured.
 */

/** `sorted`: names in order, no blanks. `version-first`: the same, but a policy's `Version` stands before the rest. */
export type JsonForm = "sorted" | "version-first";

/** @returns the text itself if it is no JSON */
export function normalizedJson(form: JsonForm, text: string): string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return text;
  }
  return written(document, form === "version-first" ? "Version" : undefined).replace(
    // Go's encoder writes as escapes what has a meaning in HTML or ends a line in JavaScript.
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function written(value: unknown, first?: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => written(item)).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort((a, b) => (a === first ? -1 : b === first ? 1 : a < b ? -1 : 1));
  const members = names.map((name) => `${JSON.stringify(name)}:${written((value as Record<string, unknown>)[name])}`);
  return `{${members.join()}}`;
}
