/**
 * The evaluator: walks an expression over values that may be unknown in part. What Terraform would refuse throws an
 * `ExpressionError`; what depends on something unknown gives an `Unknown` that keeps everything known about it.
 */
import { isList, type Unknown, type Value } from "../value";
import { attributeOf, elementOf, isAttribute, splat } from "./access";
import type { Call, Conditional, Expression, For, Postfix, Reference } from "./ast";
import { boolOf, convert, numberOf, stringOf, unify } from "./convert";
import { attemptAll, Exhausted, ExpressionError, Failure, fail, quote } from "./errors";
import { functions } from "./functions";
import { type CallContext, invoke } from "./functions/define";
import { itemsOf, LoopResult } from "./loop";
import { negate, WideNumber } from "./number";
import { calculate, equals, logical, not, sameContent } from "./operators";
import { joinTexts } from "./render";
import { Deferred, type Scope, type Step } from "./scope";
import { isFreeOfReferences } from "./traversals";
import { constructed, isSet, isUntold, record, typeOf, typeText, untold } from "./types";
import { computed, isKnown, isOpen, isSurelyPresent, oneOf } from "./unknown";

/** Names that a `for` has bound, innermost first. */
interface Bindings {
  readonly name: string;
  readonly value: Value;
  readonly outer: Bindings | undefined;
}

/** Rounds of all loops in one expression; a value of as many parts is too large to be looked at in any case. */
const maximalRounds = 500_000;
/** Characters of a text that a function makes; files that are read and written out are far smaller. */
const maximalText = 16 * 1024 * 1024;

/** A result that may not be asked for. */
interface Branch {
  readonly value: Value | ExpressionError;
  /** Whether it may fail, depending on something unknown. */
  readonly mayFail: boolean;
}

export class Evaluator {
  /** Set when something unknown was used in a way that fails for some values it may have; `try` and `can` ask. */
  private mayFail = false;
  private rounds = 0;

  constructor(
    private readonly scope: Scope,
    private readonly context: CallContext,
  ) {}

  evaluate(node: Expression, bindings: Bindings | undefined): Value {
    try {
      return this.dispatch(node, bindings);
    } catch (error) {
      if (error instanceof Failure) throw new ExpressionError(error.reason, node.at);
      throw error;
    }
  }

  private dispatch(node: Expression, bindings: Bindings | undefined): Value {
    switch (node.kind) {
      case "literal":
        return node.value;
      case "template":
        return joinTexts(node.parts.map((part) => this.text(part, bindings)));
      case "join":
        return this.join(node.loop, bindings);
      case "reference":
        return this.reference(node, bindings);
      case "access":
        return this.follow(this.evaluate(node.source, bindings), node.steps, bindings);
      case "unary": {
        const operand = this.evaluate(node.operand, bindings);
        if (operand === null) return fail("null can't be an operand");
        this.hazard(operand);
        if (node.operator === "!") return not(operand);
        return isOpen(operand) ? computed([operand], { type: "number" }) : negate(numberOf(operand));
      }
      case "binary":
        return this.binary(node, bindings);
      case "conditional":
        return this.conditional(node, bindings);
      case "call":
        return this.call(node, bindings);
      case "for":
        return this.loop(node, bindings);
      case "tuple":
        return constructed(node.items.map((item) => this.evaluate(item, bindings)));
      case "object":
        return this.object(node, bindings);
    }
  }

  private hazard(...values: readonly Value[]): void {
    if (!this.mayFail && values.some((value) => !isKnown(value))) this.mayFail = true;
  }

  private text(node: Expression, bindings: Bindings | undefined): Value {
    const value = this.evaluate(node, bindings);
    if (value === null) throw new ExpressionError("null can't be part of a text", node.at);
    if (isOpen(value)) {
      if (!isSurelyPresent(value)) this.mayFail = true;
      const type = typeOf(value);
      if (typeof type === "object") throw new ExpressionError(`a ${type.kind} can't be part of a text`, node.at);
    } else if (typeof value === "object" && !(value instanceof WideNumber)) {
      throw new ExpressionError(`${isList(value) ? "a list" : "an object"} can't be part of a text`, node.at);
    }
    return value;
  }

  private reference(node: Reference, bindings: Bindings | undefined): Value {
    for (let bound = bindings; bound; bound = bound.outer) {
      if (bound.name === node.root) return this.follow(bound.value, node.steps, bindings);
    }
    const steps: Step[] = [];
    let rest: readonly Postfix[] = [];
    for (let i = 0; i < node.steps.length; i++) {
      const step = node.steps[i];
      const key = step.kind === "index" ? this.evaluate(step.key, bindings) : null;
      if (step.kind === "splat" || (step.kind === "index" && (key === null || isOpen(key)))) {
        rest = node.steps.slice(i);
        break;
      }
      steps.push(step.kind === "index" ? { kind: "index", key } : { kind: "attribute", name: step.name });
    }
    const value = this.scope.resolve({ root: node.root, steps, at: node.at });
    if (isOpen(value) && steps.length > 0 && !isAttribute(value, node.root, steps)) this.mayFail = true;
    return rest.length === 0 ? value : this.follow(value, rest, bindings);
  }

  private follow(value: Value, steps: readonly Postfix[], bindings: Bindings | undefined): Value {
    let result = value;
    for (const step of steps) {
      const before = result;
      try {
        if (step.kind === "attribute") result = attributeOf(result, step.name);
        else if (step.kind === "index") result = elementOf(result, this.evaluate(step.key, bindings));
        else result = splat(result, (element) => this.follow(element, step.steps, bindings));
      } catch (error) {
        if (error instanceof Failure) throw new ExpressionError(error.reason, step.at);
        throw error;
      }
      if (isOpen(before) && !(before instanceof Deferred)) this.mayFail = true;
      if (step.kind === "index" && isOpen(result)) this.mayFail = true;
    }
    return result;
  }

  private binary(node: Expression & { kind: "binary" }, bindings: Bindings | undefined): Value {
    const { operator } = node;
    const left = this.evaluate(node.left, bindings);
    if (operator === "&&" || operator === "||") return this.logical(operator, left, node.right, bindings);
    const right = this.evaluate(node.right, bindings);
    if (operator === "==" || operator === "!=") {
      const result = equals(left, right);
      if (result === undefined) return computed([left, right], { type: "bool" });
      return result === (operator === "==");
    }
    this.hazard(left, right);
    return calculate(operator, left, right);
  }

  /** Up to 1.11 Terraform evaluates both sides, from 1.12 on the right one only if it matters: an error there is none. */
  private logical(operator: "&&" | "||", left: Value, rightNode: Expression, bindings: Bindings | undefined): Value {
    const decided = !isOpen(left) && left !== null && boolOf(left) === (operator === "||");
    let right: Value;
    try {
      right = this.evaluate(rightNode, bindings);
      if (decided && !isOpen(right)) logical(operator, left, right);
    } catch (error) {
      if (!decided || !(error instanceof ExpressionError || error instanceof Failure)) throw error;
      this.mayFail = true;
      return operator === "||";
    }
    this.hazard(left, right);
    return logical(operator, left, right);
  }

  /** Both results are evaluated, as the type of the whole depends on both; only the chosen one may not fail. */
  private conditional(node: Conditional, bindings: Bindings | undefined): Value {
    const condition = this.evaluate(node.condition, bindings);
    if (condition === null) throw new ExpressionError("the condition is null", node.condition.at);
    if (isOpen(condition)) {
      this.hazard(condition);
      return this.either(node, condition, bindings);
    }
    const [chosen, other] = boolOf(condition) ? [node.then, node.otherwise] : [node.otherwise, node.then];
    const value = this.evaluate(chosen, bindings);
    return this.beside(value, this.branch(other, bindings));
  }

  private branch(node: Expression, bindings: Bindings | undefined): Branch {
    const before = this.mayFail;
    this.mayFail = false;
    const value = this.attempt(node, bindings);
    const { mayFail } = this;
    this.mayFail = before;
    return { value, mayFail };
  }

  /** The result that is chosen, of the type that it has in common with the other. */
  private beside(value: Value, other: Branch): Value {
    if (other.value instanceof Error) return value;
    if (!other.mayFail && isKnown(other.value)) return this.unified(value, other.value);
    // Whatever the other is, a text stays a text.
    if (typeof value !== "string" || !isSurelyPresent(other.value)) this.mayFail = true;
    return this.perhapsUnified(value, other.value);
  }

  /** Without knowing the other result: its type may be another, so that only the content is the same. */
  private perhapsUnified(value: Value, other: Value): Value {
    let converted: Value;
    try {
      converted = this.unified(value, other);
    } catch (error) {
      if (error instanceof Failure) return untold(value);
      throw error;
    }
    return sameContent(value, converted) ? untold(value) : oneOf([converted, untold(value)], [other]);
  }

  private either(node: Conditional, condition: Value, bindings: Bindings | undefined): Value {
    const first = this.branch(node.then, bindings);
    const second = this.branch(node.otherwise, bindings);
    if (first.mayFail || second.mayFail) this.mayFail = true;
    const results = attemptAll(
      [
        [first, second],
        [second, first],
      ],
      ([chosen, other]) => {
        // A branch that fails if it is chosen is never the result.
        if (chosen.value instanceof Error) throw chosen.value;
        return this.beside(chosen.value, other);
      },
    );
    if (results.length < 2) this.mayFail = true;
    else if (isKnown(results[0]) && equals(results[0], results[1]) === true) return results[0];
    return oneOf(results, [condition]);
  }

  private attempt(node: Expression, bindings: Bindings | undefined): Value | ExpressionError {
    try {
      return this.evaluate(node, bindings);
    } catch (error) {
      if (error instanceof ExpressionError) return error;
      throw error;
    }
  }

  /** The value, converted to the type that it has in common with the other. */
  private unified(value: Value, other: Value): Value {
    if (value === null || other === null || isUntold(value)) return value;
    const type = unify(typeOf(value), typeOf(other));
    if (type === undefined) {
      return fail(
        `both results must have the same type, not ${typeText(typeOf(value))} and ${typeText(typeOf(other))}`,
      );
    }
    return convert(value, type);
  }

  private object(node: Expression & { kind: "object" }, bindings: Bindings | undefined): Value {
    const result = record();
    let openKey: Value[] | undefined;
    for (const item of node.items) {
      const key = this.evaluate(item.key, bindings);
      const value = this.evaluate(item.value, bindings);
      if (key === null) throw new ExpressionError("null can't be a key", item.key.at);
      if (isOpen(key)) {
        this.hazard(key);
        openKey = [...(openKey ?? []), key, value];
      } else {
        result[stringOf(key)] = value;
      }
    }
    return openKey ? computed([...openKey, result]) : constructed(result);
  }

  private join(loop: For, bindings: Bindings | undefined): Value {
    const values = this.loop(loop, bindings);
    if (isList(values)) return joinTexts(values);
    return computed([values], { type: "string" });
  }

  private loop(node: For, bindings: Bindings | undefined): Value {
    const collection = this.evaluate(node.collection, bindings);
    if (collection === null) throw new ExpressionError("null can't be walked", node.collection.at);
    if (!isOpen(collection)) return this.walk(node, collection, bindings);
    this.hazard(collection);
    if (collection.members) return this.memberLoop(node, collection, bindings);
    if (!collection.candidates) return this.openLoop(node, collection, bindings);
    return oneOf(
      attemptAll(collection.candidates, (candidate) => {
        if (candidate === null) return fail("null can't be walked");
        return isOpen(candidate) ? this.openLoop(node, candidate, bindings) : this.walk(node, candidate, bindings);
      }),
      [collection],
    );
  }

  /** Nothing is known of the result but what has a part in each of its elements. */
  private openLoop(node: For, collection: Unknown, bindings: Bindings | undefined): Value {
    const element = computed([collection]);
    let inner: Bindings = { name: node.valueName, value: element, outer: bindings };
    if (node.keyName !== undefined) inner = { name: node.keyName, value: element, outer: inner };
    const seen = [node.value, node.key, node.condition].flatMap((part) => {
      const value = part === undefined ? null : this.attempt(part, inner);
      return value instanceof Error ? [] : [value];
    });
    return computed([collection, ...seen]);
  }

  /** The elements are among some that are known; their keys are not. */
  private memberLoop(node: For, collection: Unknown, bindings: Bindings | undefined): Value {
    const members = collection.members ?? [];
    const index = computed([collection]);
    return this.collect(
      node,
      members.map((member) => [index, member] as const),
      [collection],
      bindings,
    );
  }

  private walk(node: For, collection: Value, bindings: Bindings | undefined): Value {
    const items = itemsOf(collection);
    if (items === undefined) throw new ExpressionError("a list, set, map or object is required", node.collection.at);
    return this.collect(node, items, isSet(collection) && !isKnown(collection) ? [collection] : [], bindings);
  }

  /** `open` is what makes it unknown how often, and in which order, the items come. */
  private collect(
    node: For,
    items: readonly (readonly [Value, Value])[],
    open: readonly Value[],
    bindings: Bindings | undefined,
  ): Value {
    const result = new LoopResult(node, open);
    for (const [key, value] of items) {
      this.countRounds(1);
      let inner: Bindings = { name: node.valueName, value, outer: bindings };
      if (node.keyName !== undefined) inner = { name: node.keyName, value: key, outer: inner };
      const condition = this.loopCondition(node, inner, open.length > 0);
      if (condition === false) continue;
      // What may not come up at all may fail.
      const sure = open.length === 0 && condition === true;
      const newKey = node.key && this.loopPart(node.key, inner, sure);
      const newValue = this.loopPart(node.value, inner, sure);
      if (newKey instanceof Error || newValue instanceof Error) continue;
      if (newKey === null) throw new ExpressionError("null can't be a key", node.key?.at);
      if (newKey !== undefined) this.hazard(newKey);
      attemptAll([newKey], (one) => result.add(one, newValue, condition), sure ? undefined : []);
    }
    return result.value();
  }

  /** Loops in loops would not come to an end that anybody waits for. */
  private countRounds(count: number): void {
    const { rounds } = this.scope;
    this.rounds += count;
    if (rounds) rounds.left -= count;
    if (this.rounds > maximalRounds || (rounds && rounds.left < 0))
      throw new Exhausted("its loops take too many rounds to be followed");
  }

  /** What a function makes counts as if a loop had made it. */
  private countResult(value: Value): void {
    if (isList(value)) this.countRounds(value.length);
    else if (typeof value === "string" && value.length > maximalText) throw new Exhausted("a text of it is too long");
  }

  private loopCondition(node: For, bindings: Bindings, lenient: boolean): boolean | Unknown {
    if (!node.condition) return true;
    const condition = this.loopPart(node.condition, bindings, !lenient);
    if (condition instanceof Error) return false;
    if (condition === null) throw new ExpressionError("the condition is null", node.condition.at);
    this.hazard(condition);
    return isOpen(condition) ? condition : boolOf(condition);
  }

  private loopPart(node: Expression, bindings: Bindings, sure: boolean): Value | ExpressionError {
    if (sure) return this.evaluate(node, bindings);
    const result = this.attempt(node, bindings);
    if (result instanceof Error) this.mayFail = true;
    return result;
  }

  private call(node: Call, bindings: Bindings | undefined): Value {
    const name = node.name.startsWith("core::") ? node.name.slice(6) : node.name;
    if (name === "try") return this.try(node, bindings);
    if (name === "can") return this.can(node, bindings);
    if (name === "issensitive") return this.isSensitive(node, bindings);
    const spec = functions.get(name);
    if (spec === undefined && !name.startsWith("provider::")) return fail(`there is no function ${quote(node.name)}`);
    const args = node.args.map((arg) => this.evaluate(arg, bindings));
    if (spec === undefined) {
      this.mayFail = true;
      return computed(args, { why: `the function ${quote(name)} of a provider is not computed` });
    }
    if (node.expand) {
      const last = args.pop() as Value;
      if (last === null) fail("null can't be expanded into arguments");
      if (isOpen(last) || (isSet(last) && !isKnown(last))) {
        this.mayFail = true;
        return computed([...args, last]);
      }
      if (!isList(last)) fail("only a list, set or tuple can be expanded into arguments");
      args.push(...(last as readonly Value[]));
    }
    const result = invoke(name, spec, args, this.context);
    this.countResult(result);
    if (!spec.total && (isOpen(result) || !args.every(isKnown))) this.mayFail = true;
    return result;
  }

  /** Sensitivity is not tracked: only the plain cases are decided. */
  private isSensitive(node: Call, bindings: Bindings | undefined): Value {
    if (node.args.length !== 1) return fail("issensitive needs one argument");
    const [arg] = node.args;
    const value = this.evaluate(arg, bindings);
    if (arg.kind === "call" && (arg.name === "sensitive" || arg.name === "nonsensitive"))
      return arg.name === "sensitive";
    return isFreeOfReferences(arg) ? false : computed([value], { type: "bool", why: "sensitivity is not tracked" });
  }

  private try(node: Call, bindings: Bindings | undefined): Value {
    if (node.args.length === 0) return fail("try needs at least one argument");
    const results: Value[] = [];
    const before = this.mayFail;
    let failure: ExpressionError | undefined;
    for (const arg of node.args) {
      this.mayFail = false;
      const result = this.attempt(arg, bindings);
      if (result instanceof Error) {
        failure = result;
        continue;
      }
      results.push(result);
      if (!this.mayFail) {
        this.mayFail = before;
        return oneOf(results);
      }
    }
    this.mayFail = true;
    if (results.length === 0) throw failure;
    return oneOf(results);
  }

  private can(node: Call, bindings: Bindings | undefined): Value {
    if (node.args.length !== 1) return fail("can needs one argument");
    const before = this.mayFail;
    this.mayFail = false;
    const result = this.attempt(node.args[0], bindings);
    const depends = this.mayFail;
    this.mayFail = before;
    if (result instanceof Error) return false;
    return depends ? computed([result], { type: "bool" }) : true;
  }
}
