/**
 * `yamlencode`: the text that zclconf/go-cty-yaml writes, which is libyaml's block style with every text in double
 * quotes, or as a literal block if it has several lines. The rules are those of libyaml's emitter.c.
 */
import { isList, isObject, type Value, type Values } from "../../value";
import { isNumeric, numberText } from "../number";
import { sortedKeys } from "../types";
import { computed } from "../unknown";

/** Long texts are folded behind this column. */
const width = 80;
/** Longer keys are written in another form. */
const maxKey = 128;

export function yamlencode(value: Value): Value {
  const emitter = new Emitter();
  if (!emitter.document(value)) return computed([], { type: "string", json: value, why: "this YAML is not computed" });
  return emitter.text();
}

class Emitter {
  private readonly pieces: string[] = [];
  private column = 0;
  /** Something was met whose form is not known here. */
  private foreign = false;

  document(value: Value): boolean {
    this.node(value, 0, 2, false);
    if (this.column > 0) this.line();
    const plain = value === null || typeof value === "boolean" || isNumeric(value);
    if (plain) this.write("...\n");
    return !this.foreign;
  }

  text(): string {
    return this.pieces.join("");
  }

  private write(text: string): void {
    this.pieces.push(text);
    const end = text.lastIndexOf("\n");
    this.column = end < 0 ? this.column + Array.from(text).length : Array.from(text.slice(end + 1)).length;
  }

  private line(): void {
    this.write("\n");
  }

  private pad(indent: number): void {
    if (this.column > 0) this.line();
    this.write(" ".repeat(indent));
  }

  /** A list or object starts where it is if `here`, else on a line of its own. */
  private node(value: Value, indent: number, textIndent: number, here: boolean): void {
    if (isList(value) && value.length > 0) {
      value.forEach((item, i) => {
        if (i > 0 || !here) this.pad(indent);
        this.write("- ");
        this.node(item, indent + 2, indent + 2, true);
      });
    } else if (isObject(value) && Object.keys(value).length > 0) {
      this.object(value, indent, here);
    } else {
      this.scalar(value, textIndent);
    }
  }

  private object(value: Values, indent: number, here: boolean): void {
    sortedKeys(value).forEach((key, i) => {
      if (i > 0 || !here) this.pad(indent);
      if (key.length > maxKey || key.includes("\n")) this.foreign = true;
      this.quoted(key, undefined);
      this.write(":");
      const item = value[key];
      const nested = typeof item === "object" && item !== null && !isNumeric(item) && Object.keys(item).length > 0;
      if (!nested) this.write(" ");
      // A list below a key is not indented.
      this.node(item, isList(item) ? indent : indent + 2, indent + 2, false);
    });
  }

  private scalar(value: Value, indent: number): void {
    if (typeof value === "string") {
      if (/[\r\u0085\u2028\u2029]/.test(value)) this.foreign = true;
      if (value.includes("\n") && isBlock(value)) this.literal(value, indent);
      else this.quoted(value, indent);
    } else if (isList(value)) this.write("[]");
    else if (isNumeric(value)) this.write(numberText(value));
    else this.write(isObject(value) ? "{}" : String(value));
  }

  private literal(value: string, indent: number): void {
    const hint = value[0] === " " || value[0] === "\n" ? "2" : "";
    const last = value.endsWith("\n");
    const keep = last && (value.length === 1 || value.at(-2) === "\n");
    this.write(`|${hint}${keep ? "+" : last ? "" : "-"}\n`);
    const lines = value.split("\n");
    if (last) lines.pop();
    this.write(lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line)).join("\n"));
    if (last) this.line();
  }

  /** Folded at blanks behind the 80th column, unless it is a key. */
  private quoted(value: string, indent: number | undefined): void {
    const characters = Array.from(value);
    this.write('"');
    let spaces = false;
    characters.forEach((character, i) => {
      const inside = i > 0 && i < characters.length - 1;
      if (character === " " && indent !== undefined && !spaces && this.column > width && inside) {
        this.line();
        this.write(" ".repeat(indent) + (characters[i + 1] === " " ? "\\" : ""));
      } else {
        this.write(escaped(character));
      }
      spaces = character === " ";
    });
    this.write('"');
  }
}

/** Whether the text can stand as a literal block: no blanks at the ends of lines, nothing that must be escaped. */
function isBlock(value: string): boolean {
  if (/ (?:\n|$)/.test(value)) return false;
  return Array.from(value).every((character) => character === "\n" || escaped(character) === character);
}

const short: Record<string, string | undefined> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  "\u0085": "\\N",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

function escaped(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  const known = short[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0)!;
  const printable =
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff);
  if (printable) return character;
  const hex = code.toString(16).toUpperCase();
  if (code > 0xffff) return `\\U${hex.padStart(8, "0")}`;
  return code < 256 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
}
