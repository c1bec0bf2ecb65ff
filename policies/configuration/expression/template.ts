/**
 * Reads templates: first into a flat row of texts, interpolations and directives, on which trimming and the removal
 * of indentation work, then into a tree. After hclsyntax's parser_template.go (https://github.com/hashicorp/hcl).
 */
import type { Expression, For } from "./ast";
import { ExpressionError, type Place, quote } from "./errors";
import type { TemplateMode } from "./lexer";
import type { Parser } from "./parser";
import { normalized } from "./text";

type Part =
  | { readonly kind: "text"; text: string; readonly at: Place }
  | { readonly kind: "value"; readonly expression: Expression; readonly at: Place }
  | { readonly kind: "if"; readonly condition: Expression; readonly at: Place }
  | {
      readonly kind: "for";
      readonly keyName?: string;
      readonly valueName: string;
      readonly collection: Expression;
      readonly at: Place;
    }
  | { readonly kind: "else" | "endif" | "endfor"; readonly at: Place }
  | { readonly kind: "end"; readonly at: Place };

/** How deep directives may nest. */
const maxDepth = 200;

export function parseTemplateParts(parser: Parser, mode: TemplateMode, flush: boolean, at: Place): Expression {
  const parts = flatParts(parser, mode);
  if (flush) flushIndentation(parts);
  const [first] = parts;
  if (parts.length === 2 && first.kind === "value") return first.expression;
  const expressions = new Tree(parts).sequence(["end"], 0);
  if (expressions.length === 1 && expressions[0].kind === "literal") return expressions[0];
  return expressions.length === 0 ? { kind: "literal", value: "", at } : { kind: "template", parts: expressions, at };
}

// unicode.IsSpace of Go, which differs from JavaScript's idea in U+0085 and U+FEFF.
const blank = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const leading = new RegExp(`^[${blank}]+`);
const isBlank = new RegExp(`[${blank}]`);
const trimStart = (text: string): string => text.replace(leading, "");
const trimEnd = (text: string): string => {
  let end = text.length;
  while (end > 0 && isBlank.test(text[end - 1])) end--;
  return text.slice(0, end);
};

function flatParts(parser: Parser, mode: TemplateMode): Part[] {
  const parts: Part[] = [];
  let trimNext = false;
  let lineStart = true;
  for (;;) {
    const token = parser.lexer.template(mode, lineStart);
    const trimmed = trimNext;
    trimNext = false;
    if (token.kind === "close") {
      parts.push({ kind: "end", at: token.at });
      return parts;
    }
    if (token.kind === "text") {
      lineStart = token.text.endsWith("\n");
      parts.push({ kind: "text", text: trimmed ? trimStart(token.text) : token.text, at: token.at });
      continue;
    }
    lineStart = false;
    const before = parts.at(-1);
    if (token.trim && before?.kind === "text") before.text = trimEnd(before.text);
    parts.push(
      parser.within(false, () => {
        const part = token.kind === "directive" ? directive(parser, token.at) : value(parser, token.at);
        if (parser.peek().kind === "~}") {
          parser.read();
          trimNext = true;
        } else {
          parser.expect("}", `"}" at the end of ${token.kind === "directive" ? "%{" : "${"}`);
        }
        return part;
      }),
    );
  }
}

const value = (parser: Parser, at: Place): Part => ({ kind: "value", expression: parser.expression(), at });

function directive(parser: Parser, at: Place): Part {
  const word = parser.expect("identifier", "if, else, endif, for or endfor");
  switch (word.text) {
    case "if":
      return { kind: "if", condition: parser.expression(), at };
    case "else":
    case "endif":
    case "endfor":
      return { kind: word.text, at };
    case "for": {
      let valueName = parser.expect("identifier", 'a name behind "for"').text;
      let keyName: string | undefined;
      if (parser.peek().kind === ",") {
        parser.read();
        keyName = valueName;
        valueName = parser.expect("identifier", "the name of the value").text;
      }
      const next = parser.peek();
      if (next.kind !== "identifier" || next.text !== "in") throw new ExpressionError('expected "in"', next.at);
      parser.read();
      return { kind: "for", keyName, valueName, collection: parser.expression(), at };
    }
    default:
      throw new ExpressionError(`expected if, else, endif, for or endfor, not ${quote(word.text)}`, word.at);
  }
}

/** `<<-`: takes as many blanks from each line as the line with the fewest has; only written text counts. */
function flushIndentation(parts: readonly Part[]): void {
  let fewest = Number.POSITIVE_INFINITY;
  const lines: { text: string }[] = [];
  let newline = true;
  for (const part of parts) {
    if (newline) {
      newline = false;
      if (part.kind === "text") {
        const rest = trimStart(part.text);
        if (rest !== "" || !part.text.endsWith("\n")) {
          fewest = Math.min(fewest, part.text.length - rest.length);
          lines.push(part);
        }
      } else if (part.kind !== "end") {
        fewest = 0;
      }
    }
    if (part.kind === "text" && part.text.endsWith("\n")) newline = true;
  }
  for (const line of lines) line.text = line.text.slice(fewest);
}

class Tree {
  private position = 0;

  constructor(private readonly parts: readonly Part[]) {}

  /** The expressions up to one of the closing parts, which is left to be read. */
  sequence(until: readonly Part["kind"][], depth: number): Expression[] {
    const expressions: Expression[] = [];
    let text: { pieces: string[]; at: Place } | undefined;
    const flush = (): void => {
      if (text) expressions.push({ kind: "literal", value: normalized(text.pieces.join("")), at: text.at });
      text = undefined;
    };
    for (;;) {
      const part = this.parts[this.position];
      if (part.kind === "text") {
        text ??= { pieces: [], at: part.at };
        text.pieces.push(part.text);
        this.position++;
        continue;
      }
      flush();
      if (until.includes(part.kind)) return expressions;
      this.position++;
      if (part.kind === "value") expressions.push(part.expression);
      else if (part.kind === "if") expressions.push(this.conditional(part.condition, part.at, depth + 1));
      else if (part.kind === "for") expressions.push(this.loop(part, depth + 1));
      else throw unbalanced(part, until);
    }
  }

  private body(until: readonly Part["kind"][], at: Place, depth: number): Expression {
    if (depth > maxDepth) throw new ExpressionError(`directives nest deeper than ${maxDepth} levels`, at);
    return { kind: "template", parts: this.sequence(until, depth), at };
  }

  private conditional(condition: Expression, at: Place, depth: number): Expression {
    const then = this.body(["else", "endif"], at, depth);
    let otherwise: Expression = { kind: "literal", value: "", at };
    if (this.parts[this.position++].kind === "else") {
      otherwise = this.body(["endif"], at, depth);
      this.position++;
    }
    return { kind: "conditional", condition, then, otherwise, at };
  }

  private loop(part: Part & { kind: "for" }, depth: number): Expression {
    const { keyName, valueName, collection, at } = part;
    const value = this.body(["endfor"], at, depth);
    this.position++;
    const loop: For = { kind: "for", keyName, valueName, collection, value, group: false, at };
    return { kind: "join", loop, at };
  }
}

function unbalanced(part: Part, until: readonly Part["kind"][]): ExpressionError {
  const wanted = until.filter((kind) => kind !== "end").map((kind) => `%{${kind}}`);
  if (part.kind === "end") return new ExpressionError(`the template ends: expected ${wanted.join(" or ")}`, part.at);
  return new ExpressionError(`%{${part.kind}} closes nothing that is open here`, part.at);
}
