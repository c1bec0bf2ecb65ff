/**
 * Condition operators of the policy language as atoms.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import {
  type Atom,
  constraint,
  given,
  missing,
  negate,
  type Quantifier,
  readDate,
  readNumber,
  readRange,
  type ValueSet,
} from "./atom";
import { plainKey } from "./keys";
import { arnGlob, glob, HOLE, literal, type Pattern, VARIABLE } from "./patterns";

/** A text of a policy; `unsure` says why it may be another one, or may not be there. */
export interface Term {
  readonly text: string;
  readonly unsure?: string;
}

export interface Condition {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** As written: `aws:PrincipalOrgID`. */
  readonly key: string;
  readonly values: readonly Term[];
}

/** How what is not known is read: so that the atom holds for as many requests as possible, or as few. */
export type Reading = "most" | "least";

interface Operator {
  readonly quantifier: Quantifier;
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly base: Base;
}

type Comparison = "equals" | "less" | "lessEquals" | "greater" | "greaterEquals";
type Base =
  | { readonly kind: "text"; readonly pattern: (text: string) => Pattern }
  | { readonly kind: "number" | "date"; readonly comparison: Comparison }
  | { readonly kind: "address" }
  | { readonly kind: "null" };

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  equals: "equals",
  lessthan: "less",
  lessthanequals: "lessEquals",
  greaterthan: "greater",
  greaterthanequals: "greaterEquals",
};

const TEXTS: Readonly<Record<string, (text: string) => Pattern>> = {
  stringequals: (text) => literal(text),
  stringequalsignorecase: (text) => literal(text, true),
  stringlike: (text) => glob(text),
  bool: (text) => literal(text, true),
  binaryequals: (text) => literal(text),
  arnequals: arnGlob,
  arnlike: arnGlob,
};

/** Reads an operator's name; undefined if there is no such operator. */
export function readOperator(name: string): Operator | undefined {
  const [, set, rest] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/i.exec(name) as RegExpExecArray;
  const quantifier: Quantifier = set === undefined ? "one" : /any/i.test(set) ? "any" : "all";
  const ifExists = /ifexists$/i.test(rest);
  const plain = (ifExists ? rest.slice(0, -"IfExists".length) : rest).toLowerCase();
  const base = (kind: Base, negated = false): Operator => ({ quantifier, ifExists, negated, base: kind });
  if (plain === "null") return set === undefined && !ifExists ? base({ kind: "null" }) : undefined;
  if (plain === "ipaddress") return base({ kind: "address" });
  if (plain === "notipaddress") return base({ kind: "address" }, true);
  for (const negated of [false, true]) {
    const positive = negated ? plain.replace(/^(string|arn|numeric|date|binary)not/, "$1") : plain;
    if (negated && positive === plain) continue;
    if (Object.hasOwn(TEXTS, positive)) return base({ kind: "text", pattern: TEXTS[positive] }, negated);
    const compared = /^(numeric|date)(.*)$/.exec(positive);
    if (compared && Object.hasOwn(COMPARISONS, compared[2]) && (!negated || compared[2] === "equals")) {
      const kind = compared[1] === "numeric" ? "number" : "date";
      return base({ kind, comparison: COMPARISONS[compared[2]] }, negated);
    }
  }
  return undefined;
}

/** How a text is read that is not known, and one whose value the request decides (a policy variable). */
export interface Readings {
  readonly unknown: Reading;
  readonly variable: Reading;
}

/** The atom of a condition; undefined if the operator is not one that AWS documents. */
export function conditionAtom(condition: Condition, readings: Readings): Atom | undefined {
  const operator = readOperator(condition.operator);
  if (!operator) return undefined;
  const key = plainKey(condition.key);
  if (operator.base.kind === "null") return nullAtom(key, condition.values, readings);
  // A negated operator holds for more requests the fewer values it lists.
  const texts = readTerms(condition.values, readings, operator.negated);
  const absent =
    operator.ifExists || (operator.quantifier === "one" ? operator.negated : operator.quantifier === "all");
  const set = valueSet(operator, texts);
  return constraint(key, {
    absent,
    quantifier: operator.quantifier,
    set,
    of: `${condition.operator}${JSON.stringify(texts)}`,
  });
}

/** The texts that are surely listed, and those that may be where more of them make the reading hold for more. */
export function readTerms(terms: readonly Term[], readings: Readings, negated: boolean): string[] {
  const unknown = (readings.unknown === "most") !== negated;
  const variable = (readings.variable === "most") !== negated;
  return terms
    .filter((term) => unknown || (term.unsure === undefined && !term.text.includes(HOLE)))
    .filter((term) => variable || !term.text.includes(VARIABLE))
    .map((term) => term.text);
}

function nullAtom(key: string, values: readonly Term[], readings: Readings): Atom | undefined {
  const texts = readTerms(values, { unknown: "most", variable: "most" }, false).map((text) => text.toLowerCase());
  const absent = texts.includes("true");
  const present = texts.includes("false");
  if (absent !== present) return absent ? missing(key) : given(key);
  // Both, or something that is not known.
  const always = readings.unknown === "most" || (absent && present);
  const any = negate(missing(`${key}`));
  return always ? { ...any, absent: true, id: `${key}#any` } : { ...missing(key), absent: false, id: `${key}#none` };
}

function valueSet(operator: Operator, texts: readonly string[]): ValueSet {
  const { base, negated } = operator;
  if (base.kind === "text") return { type: "text", patterns: texts.map(textPattern(base.pattern)), negated };
  if (base.kind === "address") return addresses(texts, negated);
  return comparison(base as Extract<Base, { comparison: Comparison }>, texts, negated);
}

/** A hole or a variable in a text that is compared literally still is any text. */
const textPattern = (pattern: (text: string) => Pattern) => (text: string) =>
  text.includes(HOLE) || text.includes(VARIABLE) ? glob(text) : pattern(text);

function addresses(texts: readonly string[], negated: boolean): ValueSet {
  if (texts.some((text) => text.includes(HOLE) || text.includes(VARIABLE))) {
    return { type: "points", family: "address", test: () => !negated, points: [] };
  }
  const ranges = texts.flatMap((text) => readRange(text) ?? []);
  const pairs = Array.from({ length: ranges.length / 2 }, (_, i) => [ranges[2 * i], ranges[2 * i + 1]] as const);
  const test = (point: bigint | number) => pairs.some(([low, high]) => point >= low && point <= high) !== negated;
  return { type: "points", family: "address", test, points: ranges };
}

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  equals: (a, b) => a === b,
  less: (a, b) => a < b,
  lessEquals: (a, b) => a <= b,
  greater: (a, b) => a > b,
  greaterEquals: (a, b) => a >= b,
};

function comparison(
  base: { kind: "number" | "date"; comparison: Comparison },
  texts: readonly string[],
  negated: boolean,
): ValueSet {
  if (texts.some((text) => text.includes(HOLE) || text.includes(VARIABLE))) {
    return { type: "points", family: base.kind, test: () => !negated, points: [] };
  }
  const read = base.kind === "number" ? readNumber : readDate;
  const bounds = texts.flatMap((text) => read(text) ?? []);
  const compare = COMPARE[base.comparison];
  const test = (point: bigint | number) => bounds.some((bound) => compare(Number(point), bound)) !== negated;
  return { type: "points", family: base.kind, test, points: bounds };
}
