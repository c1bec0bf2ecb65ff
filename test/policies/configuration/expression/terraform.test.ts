/** The evaluator against the real Terraform: what it says of an expression, Terraform says too. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import {
  access,
  ExpressionError,
  evaluate,
  evaluateTemplate,
  parseExpression,
  type Scope,
} from "../../../../policies/configuration/expression";
import { attributeOf } from "../../../../policies/configuration/expression/access";
import { functions } from "../../../../policies/configuration/expression/functions";
import { isOpen } from "../../../../policies/configuration/expression/unknown";
import type { Value } from "../../../../policies/configuration/value";
import { hasTerraform } from "../../../terraform";
import { admits } from "./admits";
import { type Answer, askExpressions, askSignatures, askTemplates } from "./console";
import { randomExpressions, variables } from "./random";

const cases = path.join(__dirname, "cases");
const lines = (name: string): string[] =>
  readFileSync(path.join(cases, name), "utf8")
    .split("\n")
    .filter((line) => line !== "");

const written = `{ ${Object.entries(variables)
  .map(([name, text]) => `${name} = ${text}`)
  .join(", ")} }`;
const values = evaluate(parseExpression(written), { resolve: () => null });
const scope: Scope = { resolve: ({ root, steps }) => access(attributeOf(values, root), steps) };

/** What we say; nothing if we refuse the expression, and why then. */
function said(compute: () => Value): { value?: Value; why?: string } {
  try {
    return { value: compute() };
  } catch (error) {
    if (error instanceof ExpressionError) return { why: error.message };
    throw error;
  }
}

const json = (expression: string) => said(() => evaluate(parseExpression(`jsonencode(${expression})`), scope));

/** All differences, each with what both say. */
function differences(expressions: readonly string[], answers: readonly Answer[]): string[] {
  return expressions.flatMap((expression, i) => {
    const { value, why } = json(expression);
    if (value === answers[i]) return [];
    const ours = value === undefined ? `refused: ${why}` : isOpen(value) ? `unknown: ${value.why}` : String(value);
    return [`${expression}\n  Terraform: ${answers[i] ?? "refused"}\n  here:      ${ours}`];
  });
}

const probes = (expression: string): string =>
  `[${["tolist", "toset", "tomap", "tostring"].map((name) => `try((${expression}) == ${name}(${expression}), "-")`).join(", ")}]`;

const compare = hasTerraform("the evaluator of expressions") ? describe : describe.skip;

compare("what Terraform says", () => {
  const files = readdirSync(cases).filter((name) => name.endsWith(".txt") && name !== "undecided.txt");
  const asked = files.flatMap((file) =>
    lines(file).map((line) => ({ file, text: file === "kinds.txt" ? probes(line) : line })),
  );
  const answers = askExpressions(
    asked.map(({ text }) => text),
    written,
  );

  test.each(files)("%s", (file) => {
    const own = asked.flatMap(({ file: name, text }, i) => (name === file ? [{ text, answer: answers[i] }] : []));
    expect(own.length).toBeGreaterThan(10);
    expect(
      differences(
        own.map(({ text }) => text),
        own.map(({ answer }) => answer),
      ),
    ).toEqual([]);
    // A list that Terraform refuses altogether would compare nothing.
    expect(own.some(({ answer }) => answer !== undefined)).toBe(true);
  });

  test("what is left unknown leaves room for it", () => {
    const expressions = lines("undecided.txt");
    const real = askExpressions(expressions, written);
    expressions.forEach((expression, i) => {
      const { value = null } = json(expression);
      expect([expression, isOpen(value)]).toEqual([expression, true]);
      expect([expression, real[i] !== undefined && admits(value, real[i], { values: {}, loose: false })]).toEqual([
        expression,
        true,
      ]);
    });
  });

  test("templates", () => {
    const templates: string[] = JSON.parse(readFileSync(path.join(cases, "templates.json"), "utf8"));
    const real = askTemplates(templates, written);
    const found = templates.flatMap((template, i) => {
      const { value, why } = said(() => evaluateTemplate(template, scope));
      // `templatestring` only gives texts.
      const ours = value === null || typeof value === "object" || value === undefined ? undefined : String(value);
      return ours === real[i] ? [] : [`${JSON.stringify(template)}\n  Terraform: ${real[i]}\n  here: ${ours} ${why}`];
    });
    expect(found).toEqual([]);
    expect(real.filter((answer) => answer !== undefined).length).toBeGreaterThan(80);
  });

  test("random expressions", () => {
    const expressions = randomExpressions(250).filter((text) => text.length < 1500);
    const real = askExpressions(expressions, written);
    expect(differences(expressions, real)).toEqual([]);
    expect(real.filter((answer) => answer !== undefined).length).toBeGreaterThan(90);
  });

  test("every function of this Terraform is there, with the same parameters", () => {
    // What needs the expression itself is the evaluator's own.
    const special = ["can", "try", "issensitive"];
    const signatures = askSignatures();
    const found = Object.entries(signatures).flatMap(([name, { parameters = [], variadic_parameter: rest }]) => {
      if (special.includes(name) || name.startsWith("core::")) return [];
      const spec = functions.get(name);
      if (!spec) return [`${name} is missing`];
      const same = spec.parameters.length === parameters.length && (spec.rest === undefined) === (rest === undefined);
      const nullable = parameters.every(
        (parameter, i) => (parameter.is_nullable ?? false) === (spec.parameters[i]?.nullable ?? false),
      );
      return same && nullable ? [] : [`${name} has other parameters`];
    });
    expect(found).toEqual([]);
    expect(Object.keys(signatures).length).toBeGreaterThan(100);
  });
});
