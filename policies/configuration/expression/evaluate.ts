/** The value of expressions, of templates, and of JSON configuration that is full of them. */
import { Unknown, type Value } from "../value";
import { access, attributeOf } from "./access";
import type { Expression } from "./ast";
import { stringOf } from "./convert";
import { Exhausted, ExpressionError, Failure, fail } from "./errors";
import { Evaluator } from "./evaluator";
import type { CallContext } from "./functions/define";
import { parseTemplate } from "./parser";
import type { Scope } from "./scope";
import { normalized } from "./text";
import { constructed, record } from "./types";
import { computed, isOpen } from "./unknown";

function guarded(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    // A value can be nested deeper than the stack reaches; that is a limit of ours, not a bug in the input.
    if (error instanceof RangeError) throw new ExpressionError("a value is nested too deeply or is too large");
    if (error instanceof Failure || error instanceof Exhausted) throw new ExpressionError(error.reason);
    throw error;
  }
}

/** The value of an expression. Throws `ExpressionError` where Terraform would refuse it. */
export function evaluate(expression: Expression, scope: Scope): Value {
  return guarded(() => evaluateIn(expression, scope, 0));
}

function evaluateIn(expression: Expression, scope: Scope, depth: number): Value {
  const context: CallContext = {
    scope,
    depth,
    template: (text, variables) => {
      const inner: Scope = {
        baseDir: scope.baseDir,
        rootDir: scope.rootDir,
        rounds: scope.rounds,
        resolve: ({ root, steps }) => access(attributeOf(variables, root), steps),
      };
      return evaluateIn(parseTemplate(text), inner, depth + 1);
    },
  };
  return new Evaluator(scope, context).evaluate(expression, undefined);
}

/** Parsed templates, as the same text is evaluated for each instance of a resource. */
const parsed = new Map<string, Expression>();
const maxParsed = 20_000;

/** The value of a string as it stands in JSON configuration: text with `${}` and `%{}` in it. */
export function evaluateTemplate(text: string, scope: Scope): Value {
  if (!text.includes("${") && !text.includes("%{")) return normalized(text);
  let expression = parsed.get(text);
  if (expression === undefined) {
    expression = parseTemplate(text);
    if (parsed.size >= maxParsed) parsed.clear();
    if (text.length < 2000) parsed.set(text, expression);
  }
  return evaluate(expression, scope);
}

/** The value of JSON configuration in which every string, and every key, is a template. */
export function evaluateTree(json: unknown, scope: Scope): Value {
  return guarded(() => tree(json, scope));
}

function tree(json: unknown, scope: Scope): Value {
  if (typeof json === "string") return evaluateTemplate(json, scope);
  if (Array.isArray(json)) return constructed(json.map((item) => tree(item, scope)));
  if (typeof json !== "object" || json === null) return json as Value;
  if (json instanceof Unknown) return json;
  const result = record();
  const open: Value[] = [];
  for (const [name, item] of Object.entries(json)) {
    const key = evaluateTemplate(name, scope);
    const value = tree(item, scope);
    if (key === null) fail("null can't be a key");
    if (isOpen(key)) open.push(key, value);
    else result[stringOf(key)] = value;
  }
  return open.length > 0 ? computed([...open, result]) : constructed(result);
}
