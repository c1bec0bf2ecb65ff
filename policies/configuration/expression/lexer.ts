/**
 * Cuts an expression into tokens, one at a time, as the parser asks: what a character means depends on whether it
 * stands in an expression or in the text of a template, and only the parser knows. Every character is looked at a
 * bounded number of times. After hclsyntax's scan_tokens.rl (https://github.com/hashicorp/hcl).
 */
import { ExpressionError, type Place, quote } from "./errors";

export type TokenKind = "identifier" | "number" | "quote" | "heredoc" | "newline" | "end" | Punctuation;
type Punctuation = (typeof punctuations)[number];

const punctuations = [
  "...",
  "==",
  "!=",
  ">=",
  "<=",
  "&&",
  "||",
  "=>",
  "::",
  "~}",
  "[",
  "]",
  "(",
  ")",
  "{",
  "}",
  ".",
  ",",
  "*",
  "/",
  "%",
  "+",
  "-",
  "=",
  "<",
  ">",
  "!",
  "?",
  ":",
] as const;

const byFirst = new Map<string, Punctuation[]>();
for (const text of punctuations) byFirst.set(text[0], [...(byFirst.get(text[0]) ?? []), text]);

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: Place;
  /** The offset behind the token. */
  readonly end: number;
  /** For a heredoc: whether it was opened with `<<-`, so that its indentation goes. */
  readonly flush?: boolean;
}

/** What template text consists of, before directives are matched up. */
type TemplateToken =
  | { readonly kind: "text"; text: string; readonly at: Place }
  | { readonly kind: "interpolation" | "directive"; readonly trim: boolean; readonly at: Place }
  | { readonly kind: "close"; readonly at: Place };

/** How the text of a template is written: as it is, in quotes with escapes, or up to a marker on a line of its own. */
export type TemplateMode =
  | { readonly kind: "bare" }
  | { readonly kind: "quoted" }
  | { readonly kind: "heredoc"; marker: string };

const spaces = /[ \t]+/y;
const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const number = /\d[\d.]*(?:[eE][+-]?\d[\d.]*)*/y;
const heredoc = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
/** Text of a template up to the next character that may mean something. */
const plain = { bare: /[^$%\n]+/y, quoted: /[^$%"\\\r\n]+/y, heredoc: /[^$%\n]+/y };

export class Lexer {
  private offset = 0;
  private line = 1;
  private lineStart = 0;

  constructor(readonly text: string) {
    if (text.charCodeAt(0) === 0xfeff) this.offset = 1;
  }

  private get here(): Place {
    return { line: this.line, column: this.offset - this.lineStart + 1 };
  }

  private newline(end: number): void {
    this.line++;
    this.lineStart = end;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text);
    return found === null ? undefined : found[0];
  }

  private take(kind: TokenKind, text: string): Token {
    const at = this.here;
    this.offset += text.length;
    return { kind, text, at, end: this.offset };
  }

  /** The next token of an expression; newlines are tokens, blanks and comments are not. */
  next(): Token {
    const { text } = this;
    for (;;) {
      const character = text[this.offset];
      if (character === undefined) return { kind: "end", text: "", at: this.here, end: this.offset };
      if (character === " " || character === "\t") {
        this.offset += this.match(spaces)!.length;
        continue;
      }
      if (character === "\n" || (character === "\r" && text[this.offset + 1] === "\n")) {
        const token = this.take("newline", character === "\n" ? "\n" : "\r\n");
        this.newline(this.offset);
        return token;
      }
      if (character === "#" || (character === "/" && text[this.offset + 1] === "/")) {
        const end = text.indexOf("\n", this.offset);
        if (end < 0) {
          this.offset = text.length;
          continue;
        }
        // A comment takes its line's end with it and counts as one.
        this.offset = end;
        continue;
      }
      if (character === "/" && text[this.offset + 1] === "*") {
        this.blockComment();
        continue;
      }
      return this.token(character);
    }
  }

  private blockComment(): void {
    const end = this.text.indexOf("*/", this.offset + 2);
    if (end < 0) throw new ExpressionError("the comment is not closed: expected */", this.here);
    for (let i = this.text.indexOf("\n", this.offset); i >= 0 && i < end; i = this.text.indexOf("\n", i + 1)) {
      this.newline(i + 1);
    }
    this.offset = end + 2;
  }

  private token(character: string): Token {
    if (character >= "0" && character <= "9") {
      const digits = this.match(number)!;
      // A number does not end in a dot: in `a.0.b` the second dot is an access.
      let end = digits.length;
      while (digits[end - 1] === ".") end--;
      return this.take("number", digits.slice(0, end));
    }
    if (character === '"') return this.take("quote", '"');
    const name = this.match(identifier);
    if (name !== undefined) return this.take("identifier", name);
    if (character === "<") {
      const opened = this.match(heredoc);
      if (opened !== undefined) {
        const flush = opened[2] === "-";
        const token = { ...this.take("heredoc", opened), flush, text: opened.slice(flush ? 3 : 2).trimEnd() };
        this.newline(this.offset);
        return token;
      }
    }
    for (const text of byFirst.get(character) ?? []) {
      if (this.text.startsWith(text, this.offset)) return this.take(text, text);
    }
    const shown = String.fromCodePoint(this.text.codePointAt(this.offset)!);
    throw new ExpressionError(`the character ${quote(shown)} can't stand in an expression`, this.here);
  }

  /**
   * The next piece of a template. Text comes one line (or less) at a time in heredocs and bare templates, as the
   * trimming markers and the flushing of indentation work on such pieces.
   */
  template(mode: TemplateMode, lineStart: boolean): TemplateToken {
    const { text } = this;
    const at = this.here;
    if (mode.kind === "heredoc" && lineStart && this.atMarker(mode.marker)) return { kind: "close", at };
    if (this.offset >= text.length) {
      if (mode.kind === "bare") return { kind: "close", at };
      throw new ExpressionError(
        mode.kind === "quoted"
          ? 'the string is not closed: expected "'
          : `the heredoc is not closed: expected ${mode.marker} on a line of its own`,
        at,
      );
    }
    if (mode.kind === "quoted" && text[this.offset] === '"') {
      this.offset++;
      return { kind: "close", at };
    }
    const opened = this.opening();
    if (opened !== undefined) return opened;
    return { kind: "text", text: this.literal(mode), at };
  }

  private opening(): TemplateToken | undefined {
    const { text, offset } = this;
    const sign = text[offset];
    if ((sign !== "$" && sign !== "%") || text[offset + 1] !== "{") return undefined;
    const at = this.here;
    const trim = text[offset + 2] === "~";
    this.offset += trim ? 3 : 2;
    return { kind: sign === "$" ? "interpolation" : "directive", trim, at };
  }

  /** Whether the line that starts here is the marker; if so it is read, its newline is not. */
  private atMarker(marker: string): boolean {
    const { text, offset } = this;
    let start = offset;
    while (text[start] === " " || text[start] === "\t") start++;
    if (!text.startsWith(marker, start)) return false;
    let end = start + marker.length;
    const stop = end;
    while (text[end] === " " || text[end] === "\t" || text[end] === "\r") end++;
    if (text[end] !== "\n") return false;
    this.offset = text[end - 1] === "\r" ? Math.max(stop, end - 1) : end;
    return true;
  }

  private literal(mode: TemplateMode): string {
    const { text } = this;
    const pieces: string[] = [];
    const pattern = plain[mode.kind];
    for (;;) {
      const run = this.match(pattern);
      if (run !== undefined) {
        pieces.push(run);
        this.offset += run.length;
      }
      const character = text[this.offset];
      if (character === undefined || (character === '"' && mode.kind === "quoted")) break;
      if (character === "$" || character === "%") {
        if (text[this.offset + 1] === "{") break;
        const escaped = text[this.offset + 1] === character && text[this.offset + 2] === "{";
        pieces.push(escaped ? `${character}{` : character);
        this.offset += escaped ? 3 : 1;
      } else if (character === "\\" && mode.kind === "quoted") {
        pieces.push(this.escape());
      } else if (mode.kind === "quoted") {
        throw new ExpressionError('a line ends inside the string: expected " (write \\n for a newline)', this.here);
      } else {
        pieces.push("\n");
        this.offset++;
        this.newline(this.offset);
        break;
      }
    }
    return pieces.join("");
  }

  private escape(): string {
    const at = this.here;
    const selector = this.text[this.offset + 1];
    const simple = selector === undefined ? -1 : 'nrt"\\'.indexOf(selector);
    if (simple >= 0) {
      this.offset += 2;
      return '\n\r\t"\\'[simple];
    }
    if (selector === "u" || selector === "U") {
      const length = selector === "u" ? 4 : 8;
      const digits = this.text.slice(this.offset + 2, this.offset + 2 + length);
      const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
      if (code < 0) throw new ExpressionError(`expected ${length} hexadecimal digits after \\${selector}`, at);
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
        throw new ExpressionError(`\\${selector}${digits} is no character`, at);
      }
      this.offset += 2 + length;
      return String.fromCodePoint(code);
    }
    throw new ExpressionError(
      `\\${selector ?? ""} is no escape sequence: expected one of \\n \\r \\t \\" \\\\ \\u \\U`,
      at,
    );
  }
}
