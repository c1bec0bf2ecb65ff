/**
 * `format` and `formatlist`: https://developer.hashicorp.com/terraform/language/functions/format
 * The details are go-cty's (cty/function/stdlib/format.go).
 */
import { isList, type Value } from "../../value";
import { boolOf, numberOf, stringOf } from "../convert";
import { fail, quote } from "../errors";
import { encodeJson } from "../json";
import { isFinite, isNegative, isNumeric, type Numeric, numberText, toBigInt } from "../number";
import { joinTexts } from "../render";
import { graphemeCount, graphemes } from "../text";
import { isSet, list, typed, typeOf } from "../types";
import { computed, isKnown, isOpen } from "../unknown";
import { decimalPlaces, general, scientific } from "./digits";

interface Verb {
  readonly raw: string;
  readonly mode: string;
  readonly index?: number;
  readonly flags: ReadonlySet<string>;
  readonly width?: number;
  readonly precision?: number;
}

const verbPattern = /%([0#\-+ ]*)([1-9]\d*)?(?:\.(\d*))?(?:\[([1-9]\d*)\])?([a-zA-Z])/y;
const maxWidth = 100_000;

/** The texts and verbs of a format, in order. */
function parse(pattern: string): (string | Verb)[] {
  const parts: (string | Verb)[] = [];
  let offset = 0;
  for (;;) {
    const sign = pattern.indexOf("%", offset);
    parts.push(sign < 0 ? pattern.slice(offset) : pattern.slice(offset, sign));
    if (sign < 0) return parts;
    if (pattern[sign + 1] === "%") {
      parts.push("%");
      offset = sign + 2;
      continue;
    }
    verbPattern.lastIndex = sign;
    const found = verbPattern.exec(pattern);
    if (found === null) return fail(`format: ${quote(pattern.slice(sign, sign + 10))} is no format verb`);
    const [raw, flags, width, precision, index, mode] = found;
    const verb = {
      raw,
      mode,
      index: index === undefined ? undefined : Number(index),
      flags: new Set(flags),
      width: width === undefined ? undefined : Number(width),
      precision: precision === undefined ? undefined : Number(precision || "0"),
    };
    if ((verb.width ?? 0) > maxWidth || (verb.precision ?? 0) > maxWidth)
      fail(`format: ${raw} is wider than ${maxWidth}`);
    parts.push(verb);
    offset = sign + raw.length;
  }
}

export function format(pattern: string, args: readonly Value[]): Value {
  return apply(parse(pattern), args);
}

function apply(parts: readonly (string | Verb)[], args: readonly Value[]): Value {
  const results: Value[] = [];
  let next = 1;
  let used = 0;
  for (const part of parts) {
    if (typeof part === "string") {
      results.push(part);
      continue;
    }
    const index = part.index ?? next;
    if (index > args.length) fail(`format: there is no argument ${index} for ${part.raw}`);
    results.push(one(part, args[index - 1]));
    next = index + 1;
    used = Math.max(used, index);
  }
  if (used < args.length) fail(`format: there are ${args.length} arguments, but the format uses ${used}`);
  return joinTexts(results);
}

function one(verb: Verb, value: Value): Value {
  if (!isKnown(value)) return unknownText(verb, value);
  if (verb.mode !== "v" && value === null) fail(`format: null can't be written with ${verb.raw}`);
  switch (verb.mode) {
    case "v":
      return padded(verb, asIs(verb, value));
    case "t":
      return boolOf(value) ? "true" : "false";
    case "b":
    case "d":
    case "o":
    case "x":
    case "X":
      return integer(verb, numberOf(value));
    case "e":
    case "E":
    case "f":
    case "g":
    case "G":
      return float(verb, numberOf(value));
    case "s":
    case "q": {
      const whole = stringOf(value);
      const cut = verb.precision ? graphemes(whole).slice(0, verb.precision).join("") : whole;
      return padded(verb, verb.mode === "s" ? cut : encodeJson(cut));
    }
    default:
      return fail(`format: there is no verb ${verb.raw}`);
  }
}

/** An unknown text that is put in as it is stays what it is; `%v` writes numbers and collections in its own way. */
function unknownText(verb: Verb, value: Value): Value {
  const plain = verb.mode === "s" || (verb.mode === "v" && typeOf(value) === "string" && !verb.flags.has("#"));
  if (plain && verb.width === undefined && verb.precision === undefined && isOpen(value)) return value;
  return computed([value], { type: "string" });
}

function asIs(verb: Verb, value: Value): string {
  if (verb.flags.has("#") || value === null) return encodeJson(value);
  if (typeof value === "string") return value;
  return isNumeric(value) ? general(value, undefined, "e") : encodeJson(value);
}

function padded(verb: Verb, value: string): string {
  if (verb.width === undefined) return value;
  const missing = verb.width - graphemeCount(value);
  if (missing <= 0) return value;
  const pad = (verb.flags.has("0") ? "0" : " ").repeat(missing);
  return verb.flags.has("-") ? value + pad : pad + value;
}

/** As Go's fmt pads numbers: zeros go behind the sign, and a field padded on the right has none. */
function paddedNumber(verb: Verb, sign: string, digits: string, zeros = verb.flags.has("0")): string {
  const width = verb.width ?? 0;
  if (verb.flags.has("-")) return (sign + digits).padEnd(width, " ");
  if (zeros) return sign + digits.padStart(width - sign.length, "0");
  return (sign + digits).padStart(width, " ");
}

const signOf = (verb: Verb, negative: boolean): string =>
  negative ? "-" : verb.flags.has("+") ? "+" : verb.flags.has(" ") ? " " : "";

function integer(verb: Verb, value: Numeric): string {
  const whole = toBigInt(value);
  if (whole === undefined) return fail(`format: a whole number is required for ${verb.raw}`);
  const negative = whole < 0n;
  const magnitude = negative ? -whole : whole;
  const radix = { b: 2, d: 10, o: 8, x: 16, X: 16 }[verb.mode as "b"];
  let digits = magnitude.toString(radix);
  if (verb.mode === "X") digits = digits.toUpperCase();
  if (verb.precision !== undefined)
    digits = verb.precision === 0 && whole === 0n ? "" : digits.padStart(verb.precision, "0");
  const prefix = verb.flags.has("#") ? { b: "0b", d: "", o: "0", x: "0x", X: "0X" }[verb.mode as "b"] : "";
  return paddedNumber(
    verb,
    signOf(verb, negative) + prefix,
    digits,
    verb.flags.has("0") && verb.precision === undefined,
  );
}

function float(verb: Verb, value: Numeric): string {
  if (!isFinite(value)) return paddedNumber(verb, signOf(verb, isNegative(value)) || "+", "Inf", false);
  const negative = numberText(value).startsWith("-");
  const magnitude = negative ? numberOf(numberText(value).slice(1)) : value;
  const letter = verb.mode === "E" || verb.mode === "G" ? "E" : "e";
  let digits: string;
  if (verb.mode === "f") digits = decimalPlaces(magnitude, verb.precision ?? 6);
  else if (verb.mode === "e" || verb.mode === "E") digits = scientific(magnitude, verb.precision ?? 6, letter);
  else digits = general(magnitude, verb.precision, letter);
  return paddedNumber(verb, signOf(verb, negative), digits);
}

/** Lists are walked together, what is no list is used again for each of their elements. */
export function formatList(pattern: string, args: readonly Value[]): Value {
  const parts = parse(pattern);
  const type = list("string");
  if (args.some((arg) => isOpen(arg) || (isSet(arg) && !isKnown(arg)))) return computed(args, { type });
  let length: number | undefined;
  for (const arg of args) {
    if (!isList(arg)) continue;
    if (length !== undefined && arg.length !== length) fail("formatlist: the lists must have the same length");
    length = arg.length;
  }
  const results: Value[] = [];
  for (let i = 0; i < (length ?? 1); i++) {
    results.push(
      apply(
        parts,
        args.map((arg) => (isList(arg) ? arg[i] : arg)),
      ),
    );
  }
  return typed(results, type);
}
