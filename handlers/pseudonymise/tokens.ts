/** Keyed tokens that stand for identifiers. */
import { createHmac } from "node:crypto";
import { Malformed } from "./outcome";

/** Makes the token of a value. */
export type Tokenizer = (value: string) => string;

/**
 * Tokens are HMAC-SHA-256 of the value: the same value has the same token wherever the same key is used, and without
 * the key a token can be neither made nor undone.
 *
 * @param key of one purpose and generation, 32 bytes
 * @param generation stands before the token, so that it is known which key it was made with
 */
export const tokenizer =
  (key: Uint8Array, generation: number): Tokenizer =>
  (value) =>
    `t${generation}_${createHmac("sha256", key).update(value, "utf8").digest("base64url")}`;

/**
 * The text of a scalar that a token is made of: the same for a number and its digits, so that a person has one token in
 * files of all kinds.
 *
 * @throws Malformed if it is no text and no whole number that is exact
 */
export function identifierText(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  throw new Malformed(`field ${field} holds no text and no exact whole number`);
}

/** Shorter values stand in other fields by chance. */
const tellingLength = 6;

/** Whether a value would give an identifier away if it stood somewhere else in the record. */
export const isTelling = (identifier: string): boolean => identifier.length >= tellingLength;
