/** Texts with unknown parts, for parsers that know nothing of them: the parts are marked, parsed over, and put back. */
import { isUnknown, Unknown, type Value } from "../../configuration/value";

/** Private-use characters, which no name, address or language of AWS holds. */
const OPEN = "\uE010";
const CLOSE = "\uE011";
const MARK = new RegExp(`(${OPEN}\\d+${CLOSE})`);

export interface Plugged {
  /** The text with a mark for each unknown part; an unknown of which no part is known stays as it is. */
  readonly text: Value;
  /** What a parsed piece of the text stands for: the unknown part that it is, or an unknown text that holds some. */
  unplug(piece: Value): Value;
}

export function plugged(document: Value): Plugged {
  const parts = isUnknown(document) ? document.parts : undefined;
  if (!parts || parts.some((part) => typeof part === "string" && part.includes(OPEN))) {
    return { text: document, unplug: (piece) => piece };
  }
  const holes = parts.filter(isUnknown);
  const text = parts
    .map((part) => (typeof part === "string" ? part : `${OPEN}${holes.indexOf(part)}${CLOSE}`))
    .join("");
  return { text, unplug: (piece) => unplugged(piece, holes) };
}

function unplugged(piece: Value, holes: readonly Unknown[]): Value {
  if (typeof piece !== "string" || !piece.includes(OPEN)) return piece;
  const parts = piece
    .split(MARK)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith(OPEN) ? holes[Number(part.slice(1, -1))] : part));
  if (parts.length === 1) return parts[0];
  const unknowns = parts.filter((part) => part instanceof Unknown);
  return new Unknown(unknowns[0].why, { parts, references: unknowns.flatMap((unknown) => unknown.references) });
}

/** The items of a list that is written with commas between them. */
export function commaSeparated(value: Value): Value[] {
  const { text, unplug } = plugged(value);
  if (typeof text !== "string") return [value];
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map(unplug);
}
