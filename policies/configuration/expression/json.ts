/** JSON as Terraform's `jsonencode` and `jsondecode` have it. */
import { isList, isObject, type Value } from "../value";
import { convert } from "./convert";
import { Failure, fail, quote } from "./errors";
import { isFinite, isNumeric, numberText, parseNumber } from "./number";
import { normalized } from "./text";
import { constructed, has, isPrimitive, record, sameType, sortedKeys, typeOf } from "./types";

const awkward = /[<>&\u2028\u2029]/g;

/** Like Go's encoding/json: `<`, `>`, `&` and the two line separators are escaped. */
function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    awkward,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The text of a known value. */
export function encodeJson(value: Value): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return jsonString(value);
  if (isNumeric(value))
    return isFinite(value) ? numberText(value) : fail("an infinite number can't be written as JSON");
  if (isList(value)) return `[${value.map(encodeJson).join(",")}]`;
  if (!isObject(value)) return fail("a value that is not known can't be written as JSON");
  return `{${sortedKeys(value)
    .map((key) => `${jsonString(key)}:${encodeJson(value[key])}`)
    .join(",")}}`;
}

/** The value of a JSON text; numbers keep all their digits. */
export function decodeJson(text: string): Value {
  return new Decoder(text).document();
}

const maxDepth = 5000;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Decoder {
  private offset = 0;

  constructor(private readonly text: string) {}

  document(): Value {
    const value = this.value(0);
    this.blanks();
    if (this.offset < this.text.length) this.wrong("the end");
    return value;
  }

  private wrong(expected: string): never {
    return fail(`this is no JSON: expected ${expected} at character ${this.offset + 1}`);
  }

  private blanks(): void {
    while (" \t\n\r".includes(this.text[this.offset] ?? "x")) this.offset++;
  }

  private value(depth: number): Value {
    if (depth > maxDepth) fail("the JSON is nested too deeply");
    this.blanks();
    const character = this.text[this.offset];
    if (character === '"') return this.string();
    if (character === "{") return this.object(depth);
    if (character === "[") return this.array(depth);
    for (const [word, value] of words) {
      if (this.text.startsWith(word, this.offset)) {
        this.offset += word.length;
        return value;
      }
    }
    numberPattern.lastIndex = this.offset;
    const found = numberPattern.exec(this.text);
    if (found === null) return this.wrong("a value");
    this.offset += found[0].length;
    return parseNumber(found[0]) ?? this.wrong("a number");
  }

  private string(): string {
    const start = this.offset;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === "\\" ? 2 : 1;
    this.offset = end + 1;
    try {
      return normalized(JSON.parse(this.text.slice(start, end + 1)) as string);
    } catch {
      this.offset = start;
      return this.wrong("a string");
    }
  }

  private array(depth: number): Value {
    const items: Value[] = [];
    this.offset++;
    for (this.blanks(); this.text[this.offset] !== "]"; this.blanks()) {
      if (items.length > 0) this.read(",");
      items.push(this.value(depth + 1));
    }
    this.offset++;
    return constructed(items);
  }

  private object(depth: number): Value {
    const result = record();
    this.offset++;
    let first = true;
    for (this.blanks(); this.text[this.offset] !== "}"; this.blanks()) {
      if (!first) this.read(",");
      first = false;
      this.blanks();
      if (this.text[this.offset] !== '"') this.wrong("a key");
      const key = this.string();
      this.blanks();
      this.read(":");
      const value = this.value(depth + 1);
      if (has(result, key) && !readsAs(result[key], value)) fail(`the key ${quote(key)} comes twice`);
      result[key] = value;
    }
    this.offset++;
    return constructed(result);
  }

  private read(character: string): void {
    if (this.text[this.offset] !== character) this.wrong(`"${character}"`);
    this.offset++;
  }
}

/** A key may come again if its first value can be read as the type of the last one, which counts. */
function readsAs(first: Value, last: Value): boolean {
  if (first === null || sameType(typeOf(first), typeOf(last))) return true;
  try {
    return isPrimitive(typeOf(last)) && convert(first, typeOf(last)) !== null;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

const words: readonly [string, Value][] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
