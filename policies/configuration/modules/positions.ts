/**
 * Where blocks and their arguments stand in a source file. The parsers do not tell, so the text is looked through once
 * more, and only when somebody asks: structure alone, nothing is understood. What the scan can't follow has no line.
 */

export interface BlockPosition {
  readonly line: number;
  readonly column: number;
  /** Lines of the arguments and blocks directly in it. */
  readonly attributes: Readonly<Record<string, number>>;
}

/** By path of the block, `resource.aws_vpc.main`; several if it is written several times. */
export type Positions = ReadonlyMap<string, readonly BlockPosition[]>;

type Found = Map<string, BlockPosition[]>;
type Lines = Record<string, number>;

/** Blocks nested deeper than this are skipped as a whole. */
const maximalDepth = 4;

function record(found: Found, path: string, line: number, column: number): Lines {
  const attributes: Lines = Object.create(null);
  const position = { line, column, attributes };
  const existing = found.get(path);
  if (existing) existing.push(position);
  else found.set(path, [position]);
  return attributes;
}

/** A text with a place in it. */
class Cursor {
  at = 0;
  line = 1;
  private lineStart = 0;

  constructor(readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  get column(): number {
    return this.at - this.lineStart + 1;
  }

  get character(): string {
    return this.text[this.at];
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  advance(count = 1): void {
    for (const end = Math.min(this.at + count, this.text.length); this.at < end; this.at++) {
      if (this.text.charCodeAt(this.at) === 10) {
        this.line++;
        this.lineStart = this.at + 1;
      }
    }
  }

  /** Moves to the next occurrence, or to the end. */
  advanceTo(text: string): void {
    const found = this.text.indexOf(text, this.at);
    this.advance((found === -1 ? this.text.length : found) - this.at);
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }
}

export function hclPositions(text: string): Positions {
  const scanner = new HclScanner(text);
  scanner.body("", 0, undefined);
  return scanner.found;
}

const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const heredoc = /<<-?([\p{L}_][\p{L}\p{N}_-]*)\r?\n/uy;

class HclScanner {
  readonly found: Found = new Map();
  private readonly cursor: Cursor;

  constructor(text: string) {
    this.cursor = new Cursor(text);
  }

  /** Arguments and blocks up to the closing brace. */
  body(path: string, depth: number, lines: Lines | undefined): void {
    const { cursor } = this;
    for (this.blank(true); !cursor.done; this.blank(true)) {
      if (cursor.character === "}") {
        cursor.advance();
        return;
      }
      const { line, column } = cursor;
      const name = cursor.match(identifier);
      if (name === undefined) {
        cursor.advance();
        continue;
      }
      cursor.advance(name.length);
      if (lines && lines[name] === undefined) lines[name] = line;
      this.blank(false);
      if (cursor.character === "=") this.expression();
      else this.block(path === "" ? name : `${path}.${name}`, depth, line, column);
    }
  }

  private block(path: string, depth: number, line: number, column: number): void {
    const { cursor } = this;
    let full = path;
    while (!cursor.done && cursor.character !== "{" && cursor.character !== "\n") {
      const label = cursor.match(identifier);
      if (label !== undefined) {
        full += `.${label}`;
        cursor.advance(label.length);
      } else if (cursor.character === '"') {
        const start = cursor.at;
        this.string();
        full += `.${cursor.text.slice(start + 1, cursor.at - 1)}`;
      } else {
        cursor.advance();
      }
      this.blank(false);
    }
    if (cursor.character !== "{") return;
    cursor.advance();
    if (depth < maximalDepth) this.body(full, depth + 1, record(this.found, full, line, column));
    else this.enclosed();
  }

  /** The rest of a line and of every bracket that is opened on it. */
  private expression(): void {
    const { cursor } = this;
    let open = 0;
    while (!cursor.done) {
      const { character } = cursor;
      if (character === "\n" && open === 0) return;
      if (character === "}" && open === 0) return;
      if ("([{".includes(character)) open++;
      if (")]}".includes(character)) open--;
      if (!this.textual()) cursor.advance();
    }
  }

  /** Everything up to the brace that closes the block one is in. */
  private enclosed(): void {
    const { cursor } = this;
    for (let open = 1; !cursor.done && open > 0; ) {
      if (cursor.character === "{") open++;
      if (cursor.character === "}") open--;
      if (!this.textual()) cursor.advance();
    }
  }

  /** Skips a string, a heredoc or a comment; false if there is none. */
  private textual(): boolean {
    const { cursor } = this;
    if (cursor.character === '"') {
      this.string();
      return true;
    }
    if (cursor.startsWith("<<")) {
      const opening = cursor.match(heredoc);
      if (opening === undefined) return false;
      const marker = opening.replace(/^<<-?/, "").trimEnd();
      cursor.advance(opening.length);
      while (!cursor.done) {
        const end = cursor.text.indexOf("\n", cursor.at);
        const line = cursor.text.slice(cursor.at, end === -1 ? undefined : end);
        if (line.trim() === marker) {
          cursor.advance(line.length);
          return true;
        }
        cursor.advance(line.length + 1);
      }
      return true;
    }
    return this.comment();
  }

  private comment(): boolean {
    const { cursor } = this;
    if (cursor.character === "#" || cursor.startsWith("//")) {
      cursor.advanceTo("\n");
      return true;
    }
    if (!cursor.startsWith("/*")) return false;
    cursor.advance(2);
    cursor.advanceTo("*/");
    cursor.advance(2);
    return true;
  }

  /** A quoted template with everything that is interpolated into it. */
  private string(): void {
    const { cursor } = this;
    // For each open interpolation the number of braces open in it; a string is in progress below the last.
    const open: number[] = [];
    let inString = true;
    cursor.advance();
    while (!cursor.done) {
      const { character } = cursor;
      if (inString) {
        if (character === "\\") cursor.advance(2);
        else if (cursor.startsWith("$${") || cursor.startsWith("%%{")) cursor.advance(3);
        else if (cursor.startsWith("${") || cursor.startsWith("%{")) {
          open.push(0);
          inString = false;
          cursor.advance(2);
        } else {
          cursor.advance();
          if (character === '"') {
            if (open.length === 0) return;
            inString = false;
          }
        }
      } else if (character === '"') {
        inString = true;
        cursor.advance();
      } else if (character === "}" && open[open.length - 1] === 0) {
        open.pop();
        inString = true;
        cursor.advance();
      } else if (!this.comment()) {
        if (character === "{") open[open.length - 1]++;
        if (character === "}") open[open.length - 1]--;
        cursor.advance();
      }
    }
  }

  private blank(newlines: boolean): void {
    const { cursor } = this;
    while (!cursor.done) {
      const { character } = cursor;
      if (character === " " || character === "\t" || character === "\r" || (newlines && character === "\n"))
        cursor.advance();
      else if (!(newlines && this.comment())) return;
    }
  }
}

/** The same for Terraform's JSON syntax; the text is known to be valid. */
export function jsonPositions(text: string): Positions {
  const found: Found = new Map();
  const cursor = new Cursor(text);
  /** The open containers: for an object its path and the lines of its keys. */
  const open: { readonly path: string; readonly depth: number; readonly lines?: Lines; readonly list: boolean }[] = [];
  let key: string | undefined;
  let keyLine = 1;
  let keyColumn = 1;
  while (!cursor.done) {
    const { character } = cursor;
    const around = open[open.length - 1];
    if (character === '"') {
      const { line, column, at } = cursor;
      skipJsonString(cursor);
      if (around && !around.list && key === undefined) {
        key = JSON.parse(text.slice(at, cursor.at)) as string;
        keyLine = line;
        keyColumn = column;
        if (around.lines) around.lines[key] = line;
      }
      continue;
    }
    if (character === "{" || character === "[") {
      const { line, column } = around?.list ? cursor : { line: keyLine, column: keyColumn };
      const path =
        around === undefined ? "" : around.list ? around.path : around.path === "" ? key! : `${around.path}.${key}`;
      const depth = around === undefined ? 0 : around.list ? around.depth : around.depth + 1;
      const recorded = character === "{" && depth > 0 && depth <= 3;
      const lines = recorded ? record(found, path, line, column) : undefined;
      open.push({ path: depth <= 3 ? path : "", depth, list: character === "[", ...(lines && { lines }) });
      key = undefined;
    } else if (character === "}" || character === "]") {
      open.pop();
      key = undefined;
    } else if (character === ",") {
      key = undefined;
    }
    cursor.advance();
  }
  return found;
}

/** A valid JSON string holds no line break, so that no lines need counting. */
function skipJsonString(cursor: Cursor): void {
  const { text } = cursor;
  let end = text.indexOf('"', cursor.at + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  cursor.at = end === -1 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}
