/** Reading the fields of a body. */
import { Refusal } from "./refusal";

type Body = Readonly<Record<string, unknown>>;

const longestText = 1_024;

/** @throws Refusal if the field is missing, blank, too long or no text */
export function text(body: Body, field: string): string {
  const value = Object.hasOwn(body, field) ? body[field] : undefined;
  if (typeof value !== "string" || value.trim() === "") throw new Refusal(`${field} is missing`);
  if (value.length > longestText || /\p{Cc}/u.test(value)) {
    throw new Refusal(`${field} is longer than ${longestText} characters or holds control characters`);
  }
  return value;
}

/** @throws Refusal if the field is missing or no whole number in the range */
export function wholeNumber(body: Body, field: string, least: number, most: number): number {
  const value = Object.hasOwn(body, field) ? body[field] : undefined;
  if (typeof value !== "number" || !Number.isInteger(value)) throw new Refusal(`${field} must be a whole number`);
  if (value < least || value > most) throw new Refusal(`${field} must be from ${least} to ${most}`);
  return value;
}

/** @throws Refusal if there are fields that are not known: what is misspelt is not left out */
export function onlyFields(body: Body, ...known: readonly string[]): void {
  const unknown = Object.keys(body).find((field) => !known.includes(field));
  if (unknown !== undefined) throw new Refusal(`there is no field ${JSON.stringify(unknown.slice(0, 32))}`);
}
