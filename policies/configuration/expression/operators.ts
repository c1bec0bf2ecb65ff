/** Operators on values that may be unknown. */
import { isList, isObject, type Value } from "../value";
import type { BinaryOperator } from "./ast";
import { boolOf, identity, numberOf } from "./convert";
import { fail } from "./errors";
import { add, compare, divide, isNumeric, modulo, multiply, type Numeric, subtract } from "./number";
import { collectionType, has, isPrimitive, isSet, isUntold, isVague, sameType, typeOf } from "./types";
import { computed, isKnown, isOpen } from "./unknown";

type Arithmetic = Exclude<BinaryOperator, "==" | "!=" | "&&" | "||">;

const arithmetic: Record<Arithmetic, (a: Numeric, b: Numeric) => Value> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "%": modulo,
  "<": (a, b) => compare(a, b) < 0,
  "<=": (a, b) => compare(a, b) <= 0,
  ">": (a, b) => compare(a, b) > 0,
  ">=": (a, b) => compare(a, b) >= 0,
};

const isComparison = (operator: Arithmetic): boolean => operator[0] === "<" || operator[0] === ">";

const present = (value: Value): Value => (value === null ? fail("null can't be an operand") : value);

export function calculate(operator: Arithmetic, left: Value, right: Value): Value {
  present(left);
  present(right);
  const a = isOpen(left) ? undefined : numberOf(left);
  const b = isOpen(right) ? undefined : numberOf(right);
  if (a !== undefined && b !== undefined) return arithmetic[operator](a, b);
  return computed([left, right], { type: isComparison(operator) ? "bool" : "number" });
}

export function not(value: Value): Value {
  return isOpen(value) ? computed([value], { type: "bool" }) : !boolOf(present(value));
}

/** `left` is known not to decide the result alone unless it is open. */
export function logical(operator: "&&" | "||", left: Value, right: Value): Value {
  const a = isOpen(left) ? left : boolOf(present(left));
  const b = isOpen(right) ? right : boolOf(present(right));
  const deciding = operator === "||";
  if (a === deciding || b === deciding) return deciding;
  if (isOpen(a) || isOpen(b)) return computed([a, b], { type: "bool" });
  return !deciding;
}

/** True, false, or undefined if it depends on what is unknown. Values of different types are never equal. */
export function equals(left: Value, right: Value): boolean | undefined {
  if (isOpen(left) || isOpen(right)) return openEquals(left, right);
  if (left === null || right === null) return left === right;
  if (isNumeric(left) && isNumeric(right)) return compare(left, right) === 0;
  if (typeof left !== "object" || typeof right !== "object") return left === right;
  // Where it is not known what kind of collection a value is, the kinds may differ although the contents agree.
  const kinds = sameKinds(left, right);
  if (kinds === false) return false;
  if (isSet(left) || isSet(right)) return and(kinds, setEquals(left, right));
  if (isList(left) && isList(right)) {
    if (left.length !== right.length) return false;
    let result = kinds as boolean | undefined;
    for (let i = 0; i < left.length && result !== false; i++) result = and(result, equals(left[i], right[i]));
    return result;
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  let result = kinds as boolean | undefined;
  for (const key of keys) {
    if (!has(right, key)) return false;
    result = and(result, equals(left[key], right[key]));
    if (result === false) return false;
  }
  return result;
}

function sameKinds(left: Value, right: Value): boolean | undefined {
  if (isUntold(left) || isUntold(right)) return undefined;
  const a = collectionType(left);
  const b = collectionType(right);
  if (a === undefined || b === undefined) return a === b;
  if (sameType(a, b)) return true;
  return a.kind !== b.kind || !(isVague(a) || isVague(b)) ? false : undefined;
}

const and = (a: boolean | undefined, b: boolean | undefined): boolean | undefined =>
  a === false || b === false ? false : a === true && b === true ? true : undefined;

function setEquals(left: Value, right: Value): boolean | undefined {
  if (!isList(left) || !isList(right)) return false;
  if ([...left, ...right].some((item) => openInside(item))) return undefined;
  return identity(left) === identity(right);
}

const openInside = (value: Value): boolean =>
  isOpen(value) ||
  (isList(value) && value.some(openInside)) ||
  (isObject(value) && Object.values(value).some(openInside));

function openEquals(left: Value, right: Value): boolean | undefined {
  const [open, other] = isOpen(left) ? [left, right] : [right, left as typeof left & object];
  if (!isOpen(open)) return undefined;
  if (open.candidates) {
    const results = open.candidates.map((candidate) => equals(candidate, other));
    return results.every((result) => result === false) ? false : undefined;
  }
  const isText = open.parts !== undefined || open.json !== undefined;
  if (other === null) return isText ? false : undefined;
  const a = typeOf(open);
  const b = typeOf(other);
  if (isText && b !== "string" && b !== "any") return false;
  if (isText && typeof other === "string" && open.parts && !mayRead(open.parts, other)) return false;
  if (isPrimitive(a) && b !== "any" && b !== a) return false;
  return undefined;
}

/** Whether a text with holes can be the given text. */
function mayRead(parts: readonly (string | object)[], text: string): boolean {
  let from = 0;
  let end = text.length;
  const first = parts[0];
  const last = parts.at(-1);
  if (typeof first === "string") {
    if (!text.startsWith(first)) return false;
    from = first.length;
  }
  if (typeof last === "string" && parts.length > 1) {
    if (!text.endsWith(last)) return false;
    end -= last.length;
  }
  if (from > end) return false;
  for (let i = 1; i < parts.length - 1; i++) {
    const part = parts[i];
    if (typeof part !== "string") continue;
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/** Whether a conversion has changed nothing but types. */
export function sameContent(before: Value, after: Value): boolean {
  if (isSet(before) !== isSet(after)) return false;
  if (isKnown(before) && isKnown(after)) return identity(before) === identity(after);
  if (isList(before) && isList(after)) return before.every((item, i) => sameContent(item, after[i]));
  if (isObject(before) && isObject(after))
    return Object.keys(before).every((key) => sameContent(before[key], after[key]));
  return isOpen(before) && isOpen(after);
}
