/** Joins the parts of a template to a text, or to what is known of it. */
import { isUnknown, type Unknown, type Value } from "../value";
import { stringOf } from "./convert";
import { fail } from "./errors";
import { normalized } from "./text";
import { computed, isOpen } from "./unknown";

/** More combinations of candidates than this are not written out. */
const maxTexts = 16;

export function joinTexts(values: readonly Value[]): Value {
  const parts: (string | Unknown)[] = [];
  const push = (part: string | Unknown): void => {
    const last = parts.at(-1);
    if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
    else if (part !== "") parts.push(part);
  };
  let open = false;
  const texts: string[] = [];
  for (const value of values) {
    if (value === null) fail("null can't be part of a text");
    if (isOpen(value)) {
      open = true;
      if (value.parts) value.parts.forEach(push);
      else push(value);
    } else if (open) push(stringOf(value));
    else texts.push(stringOf(value));
    if (open && texts.length > 0) {
      // What was collected before the first hole comes in front of it.
      const front = normalized(texts.join(""));
      texts.length = 0;
      const [first] = parts;
      if (typeof first === "string") parts[0] = front + first;
      else if (front !== "") parts.unshift(front);
    }
  }
  if (!open) return normalized(texts.join(""));
  if (parts.length === 1 && isUnknown(parts[0]) && parts[0].json !== undefined) return parts[0];
  return computed(values, { parts, candidates: combinations(parts), type: "string" });
}

/** All texts that the parts can make, if each hole has known candidates. */
function combinations(parts: readonly (string | Unknown)[]): string[] | undefined {
  let texts = [""];
  for (const part of parts) {
    const choices = typeof part === "string" ? [part] : textsOf(part);
    if (choices === undefined || texts.length * choices.length > maxTexts) return undefined;
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
  }
  return [...new Set(texts)];
}

function textsOf(hole: Unknown): string[] | undefined {
  if (!hole.candidates) return undefined;
  const texts: string[] = [];
  for (const candidate of hole.candidates) {
    if (candidate === null || isOpen(candidate) || typeof candidate === "object") return undefined;
    texts.push(stringOf(candidate));
  }
  return texts;
}
