import {
  ExpressionError,
  parseExpression,
  parseTemplate,
  type Traversal,
  traversals,
} from "../../../../policies/configuration/expression";

const failure = (parse: () => unknown): ExpressionError => {
  try {
    parse();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error("it was accepted");
};

describe("errors", () => {
  test.each([
    ["1 +", 1, 4, "expected an expression"],
    ["[1, 2", 1, 6, 'expected a "," or a "]"'],
    ["foo(1, 2", 1, 9, 'expected a "," or a ")"'],
    ["{ a 1 }", 1, 5, 'expected a "="'],
    ["{ a = 1 b = 2 }", 1, 9, 'expected a ",", a newline or a "}"'],
    ["a ? b", 1, 6, 'expected a ":"'],
    ["[for x of l : x]", 1, 8, 'expected "in"'],
    ["{for x in l : x}", 1, 16, 'expected "=>"'],
    ["a.", 1, 3, "expected the name of an attribute"],
    ['"abc', 1, 5, 'expected "'],
    ['"a\nb"', 1, 3, "a line ends inside the string"],
    ['"\\q"', 1, 2, "no escape sequence"],
    ["(\n(\n1", 3, 2, 'expected ")"'],
    ["1 2", 1, 3, "expected the end of the expression"],
    ["a.0.1.b", 1, 3, "expected one index, not two"],
    ["1.2.3", 1, 1, "is no number"],
    ["a ^ b", 1, 3, "can't stand in an expression"],
    ["/* x", 1, 1, "expected */"],
    ["{ a.b = 1 }", 1, 3, "must stand in parentheses"],
  ])("%j at line %d, column %d: %s", (text, line, column, reason) => {
    const error = failure(() => parseExpression(text));
    expect(error.at).toEqual({ line, column });
    expect(error.reason).toContain(reason);
  });

  test.each([
    ["a\n${ 1 + }", 2, 8],
    ["%{ if true }x", 1, 14],
    ["x %{ endif }", 1, 3],
    ["%{ when x }", 1, 4],
    ["${a", 1, 4],
    ["${<<EOT\nabc\n}", 3, 2],
  ])("template %j at line %d, column %d", (text, line, column) => {
    expect(failure(() => parseTemplate(text)).at).toEqual({ line, column });
  });
});

describe("what is hostile", () => {
  const many = 10_000;
  test.each([
    ["parentheses", "(".repeat(many) + ")".repeat(many)],
    ["brackets", "[".repeat(many)],
    ["braces", "{a=".repeat(many)],
    ["negations", `${"!".repeat(many)}a`],
    ["templates", '"${'.repeat(many)],
    ["conditionals", "a ? ".repeat(many)],
    ["indexes", "a[".repeat(many)],
    ["splats", `a${"[*]".repeat(many)}`],
    ["sums", `1${" + 1".repeat(many)}`],
    ["calls", "f(".repeat(many)],
    ["loops", "[for x in ".repeat(many)],
    ["heredocs", "<<A\n${".repeat(many)],
  ])("%s without end are refused", (_, text) => {
    expect(failure(() => parseExpression(text)).reason).toMatch(/nests deeper than|expected/);
  });

  test("directives without end are refused", () => {
    expect(failure(() => parseTemplate("%{ if true }".repeat(many))).reason).toMatch(/nest deeper/);
  });

  test("long texts without nesting are read", () => {
    expect(parseExpression(`[${"1,".repeat(50_000)}]`)).toMatchObject({ kind: "tuple" });
    expect(parseExpression(`"${"a$b%c ".repeat(200_000)}"`)).toMatchObject({ kind: "literal" });
    expect(parseTemplate("$".repeat(500_000))).toMatchObject({ kind: "literal" });
    expect(parseTemplate("x\n".repeat(300_000))).toMatchObject({ kind: "literal" });
    expect(failure(() => parseExpression(`1${".".repeat(300_000)}`)).reason).toContain("expected");
    expect(failure(() => parseExpression(`1${".1".repeat(100_000)}`)).reason).toContain("is no number");
    expect(failure(() => parseExpression("/* ".repeat(300_000))).reason).toContain("*/");
  });

  test("numbers of any length are bounded", () => {
    expect(failure(() => parseExpression("1e999999999")).reason).toContain("digits");
    expect(failure(() => parseExpression("9".repeat(100_000))).reason).toContain("digits");
  });
});

const shown = ({ root, steps }: Traversal): string =>
  steps.reduce(
    (text, step) => text + (step.kind === "attribute" ? `.${step.name}` : `[${JSON.stringify(step.key)}]`),
    root,
  );

describe("traversals", () => {
  test.each([
    ["aws_s3_bucket.a.arn", ["aws_s3_bucket.a.arn"]],
    ['module.m["k"].out[0].x', ['module.m["k"].out[0].x']],
    ["aws_x.y[local.i].id", ["aws_x.y", "local.i"]],
    ["aws_x.y[*].id", ["aws_x.y"]],
    ["aws_x.y.*.id", ["aws_x.y"]],
    ["a.0.b", ["a[0].b"]],
    ['"x${var.a}%{ if var.b }${each.key}%{ endif }"', ["var.a", "var.b", "each.key"]],
    ["[for k, v in var.m : { k = v, o = other.x } if k != local.no]", ["var.m", "other.x", "local.no"]],
    ["{for v in v.list : v.key => [for v in v.inner : v.leaf]}", ["v.list"]],
    ["f(a.b, c...)", ["a.b", "c"]],
    ["{ name = var.x, (var.k) = 1 }", ["var.x", "var.k"]],
    ["(a.b).c", ["a.b.c"]],
    ["-a.b + (c.d ? e : f)", ["a.b", "c.d", "e", "f"]],
    ["<<EOT\n${a.b}\nEOT\n", ["a.b"]],
    ["true && null == 1", []],
  ])("of %s", (text, expected) => {
    expect(traversals(parseExpression(text)).map(shown).sort()).toEqual([...expected].sort());
  });
});
