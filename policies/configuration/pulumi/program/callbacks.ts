/**
 * What a function that a program gives to `apply` can do with a value it does not know yet, as far as its text tells.
 *
 * `template`: it only puts the value into texts, lists and objects, so it may be run on a stand-in. `pure`: it computes
 * something, but can't register resources; what it gives is not known. `other`: nobody can tell.
 */
import type * as TypeScript from "typescript";

export type Kind = "template" | "pure" | "other";

/** Of texts, lists, JSON and numbers; none changes anything but what it makes. */
const PURE_METHODS = new Set(
  (
    "at charAt charCodeAt codePointAt concat endsWith entries every exec filter find findIndex findLast flat flatMap " +
    "from fromEntries hasOwn includes indexOf isArray join keys lastIndexOf localeCompare map match matchAll max min " +
    "normalize of padEnd padStart parse reduce reduceRight repeat replace replaceAll round floor ceil abs slice some " +
    "split startsWith stringify substr substring test toFixed toLocaleLowerCase toLowerCase toString toUpperCase trim " +
    "trimEnd trimStart values"
  ).split(" "),
);
const PURE_GLOBALS = new Set(["JSON", "Object", "Math", "Array", "String", "Number", "Buffer", "RegExp"]);
const PURE_FUNCTIONS = new Set([
  "String",
  "Number",
  "Boolean",
  "parseInt",
  "parseFloat",
  "isNaN",
  "encodeURIComponent",
  "decodeURIComponent",
]);
const PURE_CLASSES = new Set(["URL", "Set", "Map", "RegExp", "Error"]);

export class Callbacks {
  private readonly known = new Map<string, Kind>();
  private parser?: typeof TypeScript;

  constructor(private readonly load: () => typeof TypeScript) {}

  kindOf(callback: (value: never) => unknown): Kind {
    if (callback === (JSON.stringify as unknown)) return "template";
    const text = Function.prototype.toString.call(callback);
    let kind = this.known.get(text);
    if (kind === undefined) {
      this.parser ??= this.load();
      kind = new Reading(this.parser).kindOf(text);
      this.known.set(text, kind);
    }
    return kind;
  }
}

class Reading {
  /** Names of what the function is given, or makes of it. */
  private readonly given = new Set<string>();

  constructor(private readonly ts: typeof TypeScript) {}

  kindOf(text: string): Kind {
    const { ts } = this;
    const file = ts.createSourceFile("callback.js", `(${text})`, ts.ScriptTarget.ES2020, true, ts.ScriptKind.JS);
    const broken = (file as unknown as { parseDiagnostics?: readonly unknown[] }).parseDiagnostics ?? [];
    const [statement] = file.statements;
    if (broken.length > 0 || file.statements.length !== 1 || !ts.isExpressionStatement(statement)) return "other";
    const callback = ts.isParenthesizedExpression(statement.expression) ? statement.expression.expression : undefined;
    if (!callback || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return "other";
    if ((callback.modifiers?.length ?? 0) > 0 || (callback as TypeScript.FunctionExpression).asteriskToken)
      return "other";
    for (const { name, initializer } of callback.parameters) {
      if (initializer) return "other";
      this.bind(name);
    }
    return this.isTemplateBody(callback.body) ? "template" : this.isPure(callback.body) ? "pure" : "other";
  }

  private bind(name: TypeScript.BindingName): void {
    if (this.ts.isIdentifier(name)) this.given.add(name.text);
    else for (const element of name.elements) if (this.ts.isBindingElement(element)) this.bind(element.name);
  }

  private isTemplateBody(body: TypeScript.ConciseBody): boolean {
    const { ts } = this;
    if (!ts.isBlock(body)) return this.isTemplate(body);
    return body.statements.every((statement, index) => {
      if (ts.isReturnStatement(statement)) {
        return index === body.statements.length - 1 && !!statement.expression && this.isTemplate(statement.expression);
      }
      if (!ts.isVariableStatement(statement)) return false;
      return statement.declarationList.declarations.every(({ name, initializer }) => {
        if (!initializer || !this.isTemplate(initializer)) return false;
        this.bind(name);
        return true;
      });
    });
  }

  private isTemplate(node: TypeScript.Expression): boolean {
    const { ts } = this;
    const all = (nodes: readonly TypeScript.Expression[]): boolean => nodes.every((one) => this.isTemplate(one));
    if (this.isLiteral(node) || ts.isIdentifier(node)) return true;
    if (ts.isParenthesizedExpression(node)) return this.isTemplate(node.expression);
    if (ts.isTemplateExpression(node)) return all(node.templateSpans.map(({ expression }) => expression));
    if (ts.isPropertyAccessExpression(node)) return !this.isOptional(node) && this.isTemplate(node.expression);
    if (ts.isElementAccessExpression(node)) {
      return !this.isOptional(node) && this.isLiteral(node.argumentExpression) && this.isTemplate(node.expression);
    }
    if (ts.isBinaryExpression(node)) {
      // A sum of numbers is no text.
      return node.operatorToken.kind === ts.SyntaxKind.PlusToken && this.isText(node) && all([node.left, node.right]);
    }
    if (ts.isArrayLiteralExpression(node)) {
      return node.elements.every((one) =>
        ts.isSpreadElement(one) ? this.isFree(one.expression) : this.isTemplate(one),
      );
    }
    if (ts.isObjectLiteralExpression(node)) return node.properties.every((one) => this.isTemplateMember(one));
    return ts.isCallExpression(node) && this.isTemplateCall(node);
  }

  private isTemplateMember(member: TypeScript.ObjectLiteralElementLike): boolean {
    const { ts } = this;
    if (ts.isShorthandPropertyAssignment(member)) return true;
    if (ts.isSpreadAssignment(member)) return this.isFree(member.expression);
    if (!ts.isPropertyAssignment(member)) return false;
    const { name } = member;
    const named = ts.isComputedPropertyName(name) ? this.isTemplate(name.expression) : true;
    return named && this.isTemplate(member.initializer);
  }

  /** `JSON.stringify(…)`, `[…].join(",")`, `x.toString()` */
  private isTemplateCall({ expression: callee, arguments: args }: TypeScript.CallExpression): boolean {
    const { ts } = this;
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const { expression: receiver, name } = callee;
    if (ts.isIdentifier(receiver) && receiver.text === "JSON" && name.text === "stringify") {
      return args.length > 0 && this.isTemplate(args[0]) && args.slice(1).every((one) => this.isLiteral(one));
    }
    if (name.text === "join" && ts.isArrayLiteralExpression(receiver)) {
      return this.isTemplate(receiver) && args.every((one) => this.isLiteral(one));
    }
    return name.text === "toString" && args.length === 0 && this.isTemplate(receiver);
  }

  private isLiteral(node: TypeScript.Expression): boolean {
    const { ts } = this;
    if (ts.isStringLiteral(node) || ts.isNumericLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return true;
    const literals = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword];
    return literals.includes(node.kind as (typeof literals)[number]);
  }

  /** Whether it is a text whatever the values in it are. */
  private isText(node: TypeScript.Expression): boolean {
    const { ts } = this;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node))
      return true;
    if (ts.isParenthesizedExpression(node)) return this.isText(node.expression);
    return (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.PlusToken &&
      (this.isText(node.left) || this.isText(node.right))
    );
  }

  private isOptional(node: TypeScript.Node): boolean {
    return (node as { questionDotToken?: unknown }).questionDotToken !== undefined;
  }

  /** Whether nothing that the function is given stands in it. */
  private isFree(node: TypeScript.Node): boolean {
    if (this.ts.isIdentifier(node) && this.given.has(node.text)) return false;
    return !this.ts.forEachChild(node, (child) => (this.isFree(child) ? undefined : true));
  }

  /** Whether nothing in it can change or register anything. */
  private isPure(node: TypeScript.Node): boolean {
    const { ts } = this;
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node) || ts.isTaggedTemplateExpression(node)) return false;
    if (ts.isDeleteExpression(node) || ts.isClassLike(node)) return false;
    if (ts.isVariableDeclaration(node)) this.bind(node.name);
    if (ts.isParameter(node)) this.bind(node.name);
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) return false;
    }
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
        return false;
    }
    if (ts.isNewExpression(node) && !(ts.isIdentifier(node.expression) && PURE_CLASSES.has(node.expression.text))) {
      return false;
    }
    if (ts.isCallExpression(node) && !this.isPureCall(node)) return false;
    return !ts.forEachChild(node, (child) => (this.isPure(child) ? undefined : true));
  }

  private isPureCall({ expression: callee }: TypeScript.CallExpression): boolean {
    const { ts } = this;
    if (ts.isIdentifier(callee)) return PURE_FUNCTIONS.has(callee.text);
    return ts.isPropertyAccessExpression(callee) && PURE_METHODS.has(callee.name.text) && this.isOwn(callee.expression);
  }

  /** Whether a value is made of what the function is given, of literals, or is one of JavaScript's own objects. */
  private isOwn(node: TypeScript.Expression): boolean {
    const { ts } = this;
    if (ts.isIdentifier(node)) return this.given.has(node.text) || PURE_GLOBALS.has(node.text);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return this.isOwn(node.expression);
    if (ts.isCallExpression(node)) return this.isPureCall(node);
    if (ts.isParenthesizedExpression(node)) return this.isOwn(node.expression);
    return (
      this.isLiteral(node) ||
      ts.isTemplateExpression(node) ||
      ts.isArrayLiteralExpression(node) ||
      ts.isRegularExpressionLiteral(node)
    );
  }
}
