/** The law of unknowns: what is said of a value while something is unknown holds whatever that turns out to be. */

import {
  access,
  constructed,
  convert,
  ExpressionError,
  evaluate,
  parseExpression,
  type Scope,
  type Type,
  typed,
} from "../../../../policies/configuration/expression";
import { list, map } from "../../../../policies/configuration/expression/types";
import { isKnown } from "../../../../policies/configuration/expression/unknown";
import { Unknown, type Value } from "../../../../policies/configuration/value";
import fc from "../../../properties";
import { admits, type Setting } from "./admits";
import { generators, variables } from "./random";

const nothing: Scope = { resolve: () => null };
const known = Object.fromEntries(
  Object.entries(variables).map(([name, text]) => [name, evaluate(parseExpression(text), nothing)]),
);

const texts = fc.constantFrom("", "a", "b", "hello", "10", "true", "é", "a,b", "x y", "null");
const numbers = fc.constantFrom(-1, 0, 1, 2, 3, 5, 1.5, 1e21);
const scalars = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));

/** For each variable its type, as far as it is told, and what it may turn out to be. */
const settings: Record<string, { type: Type; values: fc.Arbitrary<Value> }> = {
  s: { type: "string", values: texts },
  n: { type: "number", values: numbers },
  b: { type: "bool", values: fc.boolean() },
  l: { type: list("string"), values: fc.array(texts, { maxLength: 3 }).map((value) => convert(value, list("string"))) },
  m: {
    type: map("string"),
    values: fc
      .dictionary(fc.constantFrom("x", "y", "a", "z-1"), texts, { maxKeys: 3 })
      .map((value) => convert(value, map("string"))),
  },
  o: {
    type: "any",
    values: fc
      .array(fc.record({ k: scalars, v: fc.array(numbers, { maxLength: 2 }).map(constructed) }).map(constructed), {
        maxLength: 2,
      })
      .map(constructed),
  },
};

const address = (name: string): string => `aws_thing.${name}`;

function scopeOf(values: Record<string, Value>): Scope {
  return { resolve: ({ root, steps }) => access(values[root], steps) };
}

const outcome = (text: string, values: Record<string, Value>): Value | undefined => {
  try {
    return evaluate(parseExpression(text), scopeOf(values));
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
};

interface Case {
  readonly expression: string;
  readonly name: string;
  readonly told: boolean;
  /** Whether the whole variable is unknown or an element of it. */
  readonly inside: boolean;
  readonly values: readonly Value[];
}

const cases: fc.Arbitrary<Case> = fc.constantFrom(...Object.keys(settings)).chain((name) =>
  fc.record({
    // Not all expressions use the variable: those that don't are short.
    expression: generators.any.filter(
      (text) => text.length < 600 && new RegExp(`\\b${name}\\b`).test(text.replace(/"[^"]*"/g, "")),
    ),
    name: fc.constant(name),
    told: fc.boolean(),
    inside: fc.boolean(),
    values: fc.array(settings[name].values, { minLength: 3, maxLength: 6 }),
  }),
);

function check({ expression, name, told, inside, values }: Case): void {
  const reference = { address: address(name), path: "", resources: [] };
  const { type } = settings[name];
  const unknown = new Unknown("known after apply", { references: [reference], exact: true });
  const hole = told ? typed(unknown, type) : unknown;
  const wrap = (value: Value): Value => (inside ? constructed([value, "b", value]) : value);
  const said = outcome(expression, { ...known, [name]: wrap(hole) });
  for (const value of values) {
    const real = outcome(expression, { ...known, [name]: wrap(value) });
    // What differs between versions of Terraform is unknown even so.
    if (real === undefined || !isKnown(real)) continue;
    if (said === undefined) throw new Error(`an error with ${name} unknown, ${show(real)} with ${show(value)}`);
    // A value of a type that is not told is taken to have that of what it stands beside, so that 1 may become "1".
    const setting: Setting = { values: { [address(name)]: value }, loose: !told };
    if (!admits(said, real, setting)) {
      throw new Error(`${show(said)} was said, but it is ${show(real)} if ${name} is ${show(value)}`);
    }
  }
}

const show = (value: Value): string =>
  JSON.stringify(value, (key, inner) =>
    key === "references"
      ? inner.map((one: { address: string; path: string }) => `${one.address} ${one.path}`)
      : typeof inner === "bigint"
        ? String(inner)
        : inner,
  );

test("what is said of partly unknown values is never contradicted", () => {
  fc.assert(fc.property(cases, check), { numRuns: 300 });
});
