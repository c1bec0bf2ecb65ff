/**
 * JSON text as plain values, without the surprises of JSON.parse: a clear error with line and column, no duplicate
 * keys (of which JSON.parse silently keeps the last), no nesting that could exhaust the stack of whoever walks the
 * value later, and limits on what is held in memory.
 *
 * A text without problems costs little more than JSON.parse: one pass over the bytes that counts, and one over the
 * parsed value that compares. Only when they disagree is the text read slowly, to say where the problem is.
 */
import { InputError } from "./errors";

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Deeper than any configuration (a plan nests about thirty levels), and safe for recursive code. */
export const maximalDepth = 256;

/** Texts beyond these are refused: a plan of a hundred thousand resources stays well below. */
const maximalValues = 30_000_000;

/** Parses a JSON text. Throws an InputError that names `file`, line, column and what was wrong there. */
export function parseJson(file: string, text: string | Buffer): Json {
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
  const counts = count(bytes);
  if (counts.depth > maximalDepth || counts.values > maximalValues) throw problemIn(file, decode(bytes), counts);
  const source = typeof text === "string" ? text.replace(/^\uFEFF/, "") : decode(bytes);
  let value: Json;
  try {
    value = JSON.parse(source);
  } catch {
    throw problemIn(file, source, counts);
  }
  if (keysIn(value) !== counts.keys) throw problemIn(file, source, counts);
  return value;
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value of an object by a name that comes from elsewhere; those that every object inherits are none. */
export const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** A value where a text was expected, for a message or as a key that is at least its own. */
export const textOf = (value: Json | undefined): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

/** The text of a file's bytes; UTF-16 too, which a redirection in Windows PowerShell writes. */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString("utf8");
  return bytes.toString("utf8");
}

interface Counts {
  /** Colons outside strings: in a valid text exactly the number of its keys. */
  keys: number;
  /** An upper bound of the number of values. */
  values: number;
  depth: number;
}

const [quote, backslash, colon, comma, openBrace, closeBrace, openBracket, closeBracket] = Buffer.from('"\\:,{}[]');

/** Counts what stands outside strings. Bytes suffice: in UTF-8 the bytes of JSON's punctuation stand for nothing else. */
function count(bytes: Buffer): Counts {
  const source = bytes[0] === 0xff && bytes[1] === 0xfe ? Buffer.from(decode(bytes), "utf8") : bytes;
  let keys = 0;
  let values = 1;
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < source.length; i++) {
    const byte = source[i];
    if (byte === quote) {
      for (i++; i < source.length && source[i] !== quote; i++) if (source[i] === backslash) i++;
    } else if (byte === colon) {
      keys++;
    } else if (byte === comma) {
      values++;
    } else if (byte === openBrace || byte === openBracket) {
      values++;
      if (++depth > deepest) deepest = depth;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth--;
    }
  }
  return { keys, values, depth: deepest };
}

/** Number of keys in a value of bounded depth. */
function keysIn(value: Json): number {
  return typeof value === "object" && value !== null ? keysBelow(value) : 0;
}

function keysBelow(value: Json[] | JsonObject): number {
  let keys = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const inner = value[i];
      if (typeof inner === "object" && inner !== null) keys += keysBelow(inner);
    }
  } else {
    for (const key in value) {
      keys++;
      const inner = value[key];
      if (typeof inner === "object" && inner !== null) keys += keysBelow(inner);
    }
  }
  return keys;
}

/** Reads the text slowly to say what is wrong with it and where. */
function problemIn(file: string, text: string, counts: Counts): InputError {
  if (text.trim() === "") return new InputError(file, "is empty, where JSON was expected");
  const problem = new Reader(text).problem();
  if (problem) return new InputError(file, problem.message, position(text, problem.offset));
  const limit = counts.values > maximalValues ? `holds more than ${maximalValues} values` : "can't be read as JSON";
  return new InputError(file, limit);
}

function position(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    start = at + 1;
  }
  return `${line}:${offset - start + 1}`;
}

interface Problem {
  readonly offset: number;
  readonly message: string;
}

/** A strict reader of JSON without recursion, which keeps nothing but what it needs to tell the first problem. */
class Reader {
  private at = 0;
  /** One entry for each open container: the keys so far of an object, null for a list. */
  private readonly open: (Set<string> | null)[] = [];

  constructor(private readonly text: string) {}

  problem(): Problem | undefined {
    try {
      this.read();
      return undefined;
    } catch (error) {
      if (error instanceof SyntaxError) return { offset: this.at, message: error.message };
      throw error;
    }
  }

  private fail(expected: string): never {
    const found = this.at >= this.text.length ? "the end of the file" : JSON.stringify(this.text[this.at]);
    throw new SyntaxError(`not valid JSON: expected ${expected}, found ${found}`);
  }

  private blank(): void {
    while (this.at < this.text.length && " \t\n\r".includes(this.text[this.at])) this.at++;
  }

  private read(): void {
    for (;;) {
      this.blank();
      if (this.openContainer()) continue;
      for (;;) {
        this.blank();
        if (this.open.length === 0) {
          if (this.at < this.text.length) this.fail("nothing after the value");
          return;
        }
        if (!this.closeContainer()) break;
      }
    }
  }

  /** Reads one value; true if it was the start of a container that holds something. */
  private openContainer(): boolean {
    const character = this.text[this.at];
    if (character !== "{" && character !== "[") {
      this.scalar();
      return false;
    }
    if (this.open.length === maximalDepth) throw new SyntaxError(`nested deeper than ${maximalDepth} levels`);
    this.at++;
    this.blank();
    const object = character === "{";
    if (this.text[this.at] === (object ? "}" : "]")) {
      this.at++;
      return false;
    }
    this.open.push(object ? new Set() : null);
    if (object) this.key();
    return true;
  }

  /** Reads what follows a value in a container; true if that closes it. */
  private closeContainer(): boolean {
    const keys = this.open[this.open.length - 1];
    const closing = keys ? "}" : "]";
    if (this.text[this.at] === closing) {
      this.at++;
      this.open.pop();
      return true;
    }
    if (this.text[this.at] !== ",") this.fail(`"," or "${closing}"`);
    this.at++;
    this.blank();
    if (keys) this.key();
    return false;
  }

  private key(): void {
    const start = this.at;
    if (this.text[this.at] !== '"') this.fail("a key in quotation marks");
    const key = this.string();
    const keys = this.open[this.open.length - 1]!;
    if (keys.has(key)) {
      this.at = start;
      throw new SyntaxError(`the key ${JSON.stringify(key).slice(0, 100)} stands twice in one object`);
    }
    keys.add(key);
    this.blank();
    if (this.text[this.at] !== ":") this.fail('":"');
    this.at++;
  }

  private string(): string {
    const start = this.at;
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length) this.fail("the end of a string");
      if (this.text.charCodeAt(this.at) < 0x20) this.fail("no control character in a string");
      if (this.text[this.at] === "\\") {
        const escape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 6));
        if (!escape) this.fail("an escape sequence of JSON");
        this.at += escape[0].length - 1;
      }
    }
    this.at++;
    return JSON.parse(this.text.slice(start, this.at));
  }

  private scalar(): void {
    if (this.text[this.at] === '"') {
      this.string();
      return;
    }
    const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
    scalar.lastIndex = this.at;
    if (!scalar.test(this.text)) this.fail("a value");
    this.at = scalar.lastIndex;
  }
}
