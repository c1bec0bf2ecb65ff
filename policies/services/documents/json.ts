/** Reads a JSON text that may have holes: an embedded document with references to other resources in it. */
import { parseJson } from "../../configuration/json";
import { isList, isObject, isUnknown, Unknown, type Value } from "../../configuration/value";

/** Nothing deeper is a document that AWS would take; what is below it counts as unknown. */
const MAX_DEPTH = 200;

/**
 * The value that a JSON text stands for. Where it has holes (`"${aws_sqs_queue.q.arn}"`) the hole is that `Unknown`. A
 * text that is no JSON, and one that nothing is known of, is an `Unknown` as a whole. What is no text stays as it is.
 */
export function json(document: Value): Value {
  if (isUnknown(document)) {
    if (document.json !== undefined) return document.json;
    if (document.parts) return fromTemplate(document.parts, parse, true) ?? document;
    return document;
  }
  if (typeof document !== "string") return document;
  return parse(document) ?? new Unknown("the text is not JSON");
}

/** Texts with a key twice count as unreadable: which of the two AWS takes is not documented. */
const parse = (text: string): Value | undefined => {
  try {
    return parseJson("document", text);
  } catch {
    return undefined;
  }
};

/** Private-use characters, which no ARN, name or address holds, with the number of the hole between them. */
const OPEN = "\uE000";
const CLOSE = "\uE001";

/**
 * Parses a text with holes and puts the holes back where they were. `quotes`: a hole outside a string stands for a whole
 * value, and the language has no other way to write one but in quotes.
 */
export function fromTemplate(
  parts: readonly (string | Unknown)[],
  parsed: (text: string) => Value | undefined,
  quotes: boolean,
): Value | undefined {
  const holes: Unknown[] = [];
  let text = "";
  let quoted = false;
  for (const part of parts) {
    if (typeof part === "string") {
      if (part.includes(OPEN)) return undefined;
      quoted = endsQuoted(part, quoted);
      text += part;
    } else {
      const mark = `${OPEN}${holes.push(part) - 1}${CLOSE}`;
      text += quoted || !quotes ? mark : `"${mark}"`;
    }
  }
  const value = parsed(text);
  return value === undefined ? undefined : fill(value, holes, 0);
}

/** Whether a piece of JSON text ends inside a string. */
function endsQuoted(text: string, quoted: boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') quoted = !quoted;
  }
  return quoted;
}

function fill(value: Value, holes: readonly Unknown[], depth: number): Value {
  if (depth > MAX_DEPTH) return new Unknown("the document is nested too deeply");
  if (typeof value === "string") return fillText(value, holes);
  if (isList(value)) return value.map((item) => fill(item, holes, depth + 1));
  if (!isObject(value)) return value;
  const filled: Record<string, Value> = Object.create(null);
  for (const key of Object.keys(value)) {
    // A key with a hole in it could be any key: nothing about this object can be relied on.
    if (key.includes(OPEN)) return new Unknown("a key of the document is not known");
    filled[key] = fill(value[key], holes, depth + 1);
  }
  return filled;
}

function fillText(text: string, holes: readonly Unknown[]): Value {
  if (!text.includes(OPEN)) return text;
  const parts = text
    .split(new RegExp(`(${OPEN}\\d+${CLOSE})`))
    .filter((part) => part !== "")
    .map((part) => (part.startsWith(OPEN) ? holes[Number(part.slice(1, -1))] : part));
  if (parts.length === 1) return parts[0];
  const unknowns = parts.filter((part) => part instanceof Unknown);
  return new Unknown(unknowns[0].why, { parts, references: unknowns.flatMap((unknown) => unknown.references) });
}
