/**
 * Reads HCL's expression language: a Pratt parser over tokens taken one at a time. Newlines are blanks except between
 * the items of an object. After hclsyntax's parser.go and spec.md (https://github.com/hashicorp/hcl).
 */
import type { BinaryOperator, Expression, For, Postfix } from "./ast";
import { ExpressionError, Failure, type Place, quote } from "./errors";
import { Lexer, type Token, type TokenKind } from "./lexer";
import { parseNumber } from "./number";
import { parseTemplateParts } from "./template";

/** How deep expressions may nest; far beyond what people write and far below what the stack holds. */
const maxDepth = 500;

const power: Partial<Record<TokenKind, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

const shown = (token: Token): string => {
  if (token.kind === "end") return "the text ends";
  if (token.kind === "newline") return "the line ends";
  if (token.kind === "heredoc") return "a heredoc starts";
  return `${quote(token.text)} stands`;
};

export class Parser {
  readonly lexer: Lexer;
  private ahead: Token | undefined;
  private newlines = false;
  private depth = 0;

  constructor(text: string) {
    this.lexer = new Lexer(text);
  }

  peek(): Token {
    while (this.ahead === undefined || (this.ahead.kind === "newline" && !this.newlines))
      this.ahead = this.lexer.next();
    return this.ahead;
  }

  /** Reads a token and nothing beyond it, so that the lexer may go on in another mode. */
  read(): Token {
    const token = this.peek();
    this.ahead = undefined;
    return token;
  }

  expect(kind: TokenKind, what: string): Token {
    const token = this.peek();
    if (token.kind !== kind) throw new ExpressionError(`expected ${what}, but here ${shown(token)}`, token.at);
    return this.read();
  }

  private isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === "identifier" && token.text === word;
  }

  /** Runs with newlines as blanks, or as tokens. */
  within<T>(newlines: boolean, parse: () => T): T {
    const before = this.newlines;
    this.newlines = newlines;
    try {
      return parse();
    } finally {
      this.newlines = before;
    }
  }

  /** Bounds the depth of the tree, and with it the stack that this parser and all who walk the tree need. */
  private deeper(by: number, at: Place): void {
    this.depth += by;
    if (this.depth > maxDepth) throw new ExpressionError(`the expression nests deeper than ${maxDepth} levels`, at);
  }

  expression(): Expression {
    const { at } = this.peek();
    this.deeper(1, at);
    const condition = this.binary(0);
    let result = condition;
    if (this.peek().kind === "?") {
      this.read();
      const then = this.expression();
      this.expect(":", 'a ":" and the result if the condition is false');
      result = { kind: "conditional", condition, then, otherwise: this.expression(), at };
    }
    this.depth--;
    return result;
  }

  private binary(floor: number): Expression {
    let left = this.operand();
    const before = this.depth;
    for (;;) {
      const token = this.peek();
      const strength = power[token.kind];
      if (strength === undefined || strength <= floor) break;
      this.read();
      // Each operator of a chain puts one more level above its left side.
      this.deeper(1, token.at);
      left = {
        kind: "binary",
        operator: token.kind as BinaryOperator,
        left,
        right: this.binary(strength),
        at: token.at,
      };
    }
    this.depth = before;
    return left;
  }

  private operand(): Expression {
    const term = this.term();
    const steps = this.postfix();
    if (steps.length === 0) return term;
    if (term.kind === "reference") return { ...term, steps: [...term.steps, ...steps] };
    return { kind: "access", source: term, steps, at: term.at };
  }

  private term(): Expression {
    const token = this.peek();
    const { at } = token;
    switch (token.kind) {
      case "(": {
        this.read();
        return this.within(false, () => {
          const inner = this.expression();
          this.expect(")", '")"');
          return inner;
        });
      }
      case "number":
        this.read();
        return { kind: "literal", value: this.number(token), at };
      case "identifier":
        return this.named();
      case "quote":
        this.read();
        return parseTemplateParts(this, { kind: "quoted" }, false, at);
      case "heredoc":
        this.read();
        return parseTemplateParts(this, { kind: "heredoc", marker: token.text }, token.flush === true, at);
      case "-":
      case "!": {
        this.read();
        this.deeper(1, at);
        const operand = this.operand();
        this.depth--;
        return { kind: "unary", operator: token.kind, operand, at };
      }
      case "[":
        return this.tuple();
      case "{":
        return this.object();
      default:
        throw new ExpressionError(`expected an expression, but here ${shown(token)}`, at);
    }
  }

  private number(token: Token) {
    try {
      const value = parseNumber(token.text);
      if (value !== undefined) return value;
    } catch (error) {
      if (error instanceof Failure) throw new ExpressionError(error.reason, token.at);
      throw error;
    }
    throw new ExpressionError(`${quote(token.text)} is no number`, token.at);
  }

  private named(): Expression {
    const { text, at } = this.read();
    const next = this.peek().kind;
    if (next === "(" || next === "::") return this.call(text, at);
    if (text === "true" || text === "false") return { kind: "literal", value: text === "true", at };
    if (text === "null") return { kind: "literal", value: null, at };
    return { kind: "reference", root: text, steps: [], at };
  }

  private call(first: string, at: Place): Expression {
    let name = first;
    while (this.peek().kind === "::") {
      this.read();
      name += `::${this.expect("identifier", "the name of a function").text}`;
    }
    this.expect("(", 'a "("');
    return this.within(false, () => {
      const args: Expression[] = [];
      let expand = false;
      while (this.peek().kind !== ")") {
        args.push(this.expression());
        const next = this.peek();
        if (next.kind === "...") {
          this.read();
          expand = true;
          break;
        }
        if (next.kind === ")") break;
        this.expect(",", 'a "," or a ")"');
      }
      this.expect(")", '")"');
      return { kind: "call", name, args, expand, at };
    });
  }

  private tuple(): Expression {
    const { at } = this.read();
    return this.within(false, () => {
      if (this.isWord("for")) return this.loop(at, "]");
      const items: Expression[] = [];
      while (this.peek().kind !== "]") {
        items.push(this.expression());
        if (this.peek().kind === "]") break;
        this.expect(",", 'a "," or a "]"');
      }
      this.read();
      return { kind: "tuple", items, at };
    });
  }

  private object(): Expression {
    const { at } = this.read();
    if (this.within(false, () => this.isWord("for"))) return this.within(false, () => this.loop(at, "}"));
    return this.within(true, () => {
      const items: { key: Expression; value: Expression }[] = [];
      for (;;) {
        const token = this.peek();
        if (token.kind === "newline") {
          this.read();
          continue;
        }
        if (token.kind === "}") break;
        const key = this.key();
        if (this.peek().kind === ":") this.read();
        else this.expect("=", 'a "=" behind the key');
        items.push({ key, value: this.expression() });
        const next = this.peek();
        if (next.kind === "}") break;
        if (next.kind !== "newline") this.expect(",", 'a ",", a newline or a "}"');
      }
      this.read();
      return { kind: "object", items, at };
    });
  }

  /** A bare name is a text; anything else is an expression, which must be in parentheses if it starts with a name. */
  private key(): Expression {
    const first = this.peek();
    const key = this.expression();
    if (first.kind !== "identifier") return key;
    const { at } = first;
    if (key.kind === "reference" && key.at === at) {
      if (key.steps.length === 0) return { kind: "literal", value: key.root, at };
      throw new ExpressionError("expected a name as key; a reference must stand in parentheses", at);
    }
    if (key.kind === "literal" && key.at === at) return { kind: "literal", value: first.text, at };
    return key;
  }

  private loop(at: Place, close: "]" | "}"): For {
    this.read();
    let valueName = this.expect("identifier", 'a name behind "for"').text;
    let keyName: string | undefined;
    if (this.peek().kind === ",") {
      this.read();
      keyName = valueName;
      valueName = this.expect("identifier", "the name of the value").text;
    }
    if (!this.isWord("in")) throw new ExpressionError(`expected "in", but here ${shown(this.peek())}`, this.peek().at);
    this.read();
    const collection = this.expression();
    this.expect(":", 'a ":" behind the collection');
    let value = this.expression();
    let key: Expression | undefined;
    const arrow = this.peek();
    if (arrow.kind === "=>") {
      if (close === "]") throw new ExpressionError("a for in brackets makes a tuple and takes no key", arrow.at);
      this.read();
      key = value;
      value = this.expression();
    } else if (close === "}") {
      throw new ExpressionError(`expected "=>" behind the key, but here ${shown(arrow)}`, arrow.at);
    }
    const dots = this.peek();
    const group = dots.kind === "...";
    if (group) {
      if (close === "]") throw new ExpressionError('"..." groups only in an object', dots.at);
      this.read();
    }
    let condition: Expression | undefined;
    if (this.isWord("if")) {
      this.read();
      condition = this.expression();
    }
    this.expect(close, `"${close}" behind the for expression`);
    return { kind: "for", keyName, valueName, collection, key, value, condition, group, at };
  }

  /** Accesses, indexes and splats behind a term. A `[*]` takes all that follows it, a `.*` only what starts with a dot. */
  private postfix(): Postfix[] {
    const steps: Postfix[] = [];
    const before = this.depth;
    for (;;) {
      const token = this.peek();
      if (token.kind === ".") {
        this.read();
        const step = this.dotted(token.at);
        steps.push(step);
      } else if (token.kind === "[") {
        this.read();
        if (this.within(false, () => this.peek().kind) === "*") {
          this.read();
          this.expect("]", '"]" behind the "*"');
          this.deeper(1, token.at);
          steps.push({ kind: "splat", steps: this.postfix(), at: token.at });
          break;
        }
        steps.push(
          this.within(false, () => {
            const key = this.expression();
            this.expect("]", '"]" behind the index');
            return { kind: "index", key, at: token.at };
          }),
        );
      } else {
        break;
      }
    }
    this.depth = before;
    return steps;
  }

  private dotted(at: Place): Postfix {
    const token = this.peek();
    if (token.kind === "identifier") return { kind: "attribute", name: this.read().text, at };
    if (token.kind === "number") return this.legacyIndex(at);
    if (token.kind !== "*")
      throw new ExpressionError(`expected the name of an attribute, but here ${shown(token)}`, token.at);
    this.read();
    const steps: Postfix[] = [];
    while (this.peek().kind === ".") {
      const dot = this.read();
      const next = this.peek();
      if (next.kind === "number") steps.push(this.legacyIndex(dot.at));
      else
        steps.push({ kind: "attribute", name: this.expect("identifier", "the name of an attribute").text, at: dot.at });
    }
    return { kind: "splat", steps, at };
  }

  /** `a.0` is `a[0]`, as Terraform had it before 0.12. */
  private legacyIndex(at: Place): Postfix {
    const token = this.read();
    if (token.text.includes("."))
      throw new ExpressionError(`expected one index, not two; write [${token.text.split(".").join("][")}]`, token.at);
    return { kind: "index", key: { kind: "literal", value: this.number(token), at: token.at }, at };
  }
}

/** Reads one expression, all of the text. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  const expression = parser.expression();
  parser.expect("end", "the end of the expression");
  return expression;
}

/** Reads text with `${}` and `%{}` in it, as a string of JSON configuration or a template file holds it. */
export function parseTemplate(text: string): Expression {
  return parseTemplateParts(new Parser(text), { kind: "bare" }, false, { line: 1, column: 1 });
}
