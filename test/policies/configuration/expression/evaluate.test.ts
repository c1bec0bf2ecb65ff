import {
  access,
  constructed,
  Deferred,
  ExpressionError,
  evaluate,
  evaluateTemplate,
  evaluateTree,
  parseExpression,
  type Scope,
} from "../../../../policies/configuration/expression";
import { stepText } from "../../../../policies/configuration/expression/access";
import { fail } from "../../../../policies/configuration/expression/errors";
import type { Resource } from "../../../../policies/configuration/resource";
import { isUnknown, Unknown, type Value } from "../../../../policies/configuration/value";

const resource = { address: "aws_x.y" } as Resource;

/** Locals are known; everything else is an attribute of a resource that is not known yet. */
const locals: Value = { list: ["a", "b"], map: { k: 1, j: "two" }, no: null, count: 2 };
const scope: Scope = {
  resolve({ root, steps }) {
    if (root === "local") return access(locals, steps);
    if (root === "nothing") return fail("there is no such thing");
    const [name, ...rest] = steps;
    const address = `${root}.${name?.kind === "attribute" ? name.name : ""}`;
    const path = rest.reduce((text, step, i) => text + stepText(step, i === 0), "");
    return new Unknown("known after apply", { exact: true, references: [{ address, path, resources: [resource] }] });
  },
};

const value = (text: string): Value => evaluate(parseExpression(text), scope);

function unknown(text: string): Unknown {
  const result = value(text);
  if (!isUnknown(result)) throw new Error(`it is known: ${JSON.stringify(result)}`);
  return result;
}

const refers = ({ references }: Unknown): string[] => references.map(({ address, path }) => `${address} ${path}`);
const exactly = (result: Value): string | undefined =>
  isUnknown(result) && result.exact ? refers(result).join() : undefined;

describe("an attribute of a resource", () => {
  test.each([
    ["aws_x.y.arn", "aws_x.y arn"],
    ["aws_x.y.rule[0].id", "aws_x.y rule[0].id"],
    ['aws_x.y.tags["a b"]', 'aws_x.y tags["a b"]'],
    ["aws_x.y.list.0.id", "aws_x.y list[0].id"],
    ['"${aws_x.y.arn}"', "aws_x.y arn"],
    ["tolist(aws_x.y.set)[0].id", "aws_x.y set[0].id"],
    ["one(aws_x.y.block).id", "aws_x.y block[0].id"],
    ["element(aws_x.y.list, 0)", "aws_x.y list[0]"],
    ["tostring(aws_x.y.id)", "aws_x.y id"],
    ["sensitive(aws_x.y.id)", "aws_x.y id"],
    ["nonsensitive(aws_x.y.id)", "aws_x.y id"],
    ["try(aws_x.y.id, null)", "aws_x.y id"],
    ["coalesce(aws_x.y.id)", "aws_x.y id"],
    ['coalesce(aws_x.y.arn, "other")', "aws_x.y arn"],
    ["true ? aws_x.y.arn : null", "aws_x.y arn"],
    ["[aws_x.y.arn][0]", "aws_x.y arn"],
    ["{ a = aws_x.y.arn }.a", "aws_x.y arn"],
    ['merge({ a = 1 }, { b = aws_x.y.arn })["b"]', "aws_x.y arn"],
    ["jsondecode(jsonencode({ a = [aws_x.y.arn] })).a[0]", "aws_x.y arn"],
    ["yamldecode(yamlencode({ a = [aws_x.y.arn] })).a[0]", "aws_x.y arn"],
    ['lookup({ a = aws_x.y.arn }, "a", "b")', "aws_x.y arn"],
    ['compact([aws_x.y.arn, ""])[0]', "aws_x.y arn"],
    ["concat([1], [aws_x.y.arn])[1]", "aws_x.y arn"],
    ["flatten([[aws_x.y.arn]])[0]", "aws_x.y arn"],
    ["[for x in [aws_x.y] : x.arn][0]", "aws_x.y arn"],
    ["[aws_x.y][*].arn[0]", undefined],
    ["([aws_x.y][*].arn)[0]", "aws_x.y arn"],
    ['zipmap(["a"], [aws_x.y.arn]).a', "aws_x.y arn"],
    ["upper(aws_x.y.arn)", undefined],
    ["aws_x.y.a + 1", undefined],
    ["aws_x.y[aws_x.z.index].id", undefined],
  ])("%s", (text, expected) => {
    const result = value(text);
    if (expected === undefined && text.startsWith("[aws_x.y][*]")) {
      // The index belongs to each element.
      expect(exactly((result as readonly Value[])[0])).toBe("aws_x.y arn[0]");
    } else {
      expect(exactly(result)).toBe(expected);
    }
  });

  test("knows the resource it is of", () => {
    expect(unknown("aws_x.y.arn").resource).toBe(resource);
    expect(unknown("aws_x.y.a + aws_x.z.b").resource).toBeUndefined();
  });

  test("leaves its reference on all that is computed of it", () => {
    expect(refers(unknown('"${upper(aws_x.y.a)}-${aws_x.z.b}"'))).toEqual(["aws_x.y a", "aws_x.z b"]);
    expect(refers(unknown("aws_x.y.a == 1 && aws_x.z.b"))).toEqual(["aws_x.y a", "aws_x.z b"]);
    expect(refers(unknown("[for x in aws_x.y.list : x.id if aws_x.z.on]"))).toEqual(
      expect.arrayContaining(["aws_x.y list", "aws_x.z on"]),
    );
  });
});

describe("texts with holes", () => {
  test("keep what is written", () => {
    const { parts } = unknown('"arn:${aws_x.y.arn}/${local.count}*"');
    expect(parts).toEqual(["arn:", expect.any(Unknown), "/2*"]);
    expect(exactly(parts?.[1] as Unknown)).toBe("aws_x.y arn");
  });

  test("are flat", () => {
    expect(unknown('"a${"b${aws_x.y.arn}c"}d"').parts).toEqual(["ab", expect.any(Unknown), "cd"]);
    expect(unknown('format("%s:%s/%d", aws_x.y.arn, "x", 5)').parts).toEqual([expect.any(Unknown), ":x/5"]);
    expect(unknown('join(",", ["a", aws_x.y.arn, "b"])').parts).toEqual(["a,", expect.any(Unknown), ",b"]);
  });

  test("decide what their text decides", () => {
    expect(value('"a-${aws_x.y.id}" == "b"')).toBe(false);
    expect(value('"a-${aws_x.y.id}" == null')).toBe(false);
    expect(value('"${aws_x.y.id}-z" != "-y"')).toBe(true);
    expect(value('startswith("arn:${aws_x.y.id}", "arn:")')).toBe(true);
    expect(value('startswith("arn:${aws_x.y.id}", "urn")')).toBe(false);
    expect(value('endswith("${aws_x.y.id}/*", "*")')).toBe(true);
    expect(value('strcontains("${aws_x.y.id}/*", "/")')).toBe(true);
    expect(isUnknown(value('"a-${aws_x.y.id}" == "a-b"'))).toBe(true);
    expect(isUnknown(value('startswith("ar${aws_x.y.id}", "arn")'))).toBe(true);
  });

  test("in JSON keep their structure", () => {
    expect(unknown('jsonencode({ Resource = ["${aws_x.y.arn}/*"], Effect = "Allow" })').json).toEqual({
      Effect: "Allow",
      Resource: [expect.objectContaining({ parts: [expect.any(Unknown), "/*"] })],
    });
  });

  test("with a choice in them name all texts", () => {
    expect(unknown('"x-${aws_x.y.on ? "a" : "b"}"').candidates).toEqual(["x-a", "x-b"]);
    expect(unknown('"%{ if aws_x.y.on }a%{ else }b%{ endif }"').candidates).toEqual(["a", "b"]);
  });
});

describe("choices", () => {
  test("have both results, of one type", () => {
    expect(unknown('aws_x.y.on ? 1 : "a"').candidates).toEqual(["1", "a"]);
    expect(unknown("aws_x.y.on ? [1] : [2, 3]").candidates).toEqual([[1], [2, 3]]);
    expect(refers(unknown("aws_x.y.on ? 1 : 2"))).toEqual(["aws_x.y on"]);
  });

  test("between equals are none", () => {
    expect(value('aws_x.y.on ? "a" : "a"')).toBe("a");
  });

  test("never have a result that would fail", () => {
    expect(value("aws_x.y.on ? local.list[7] : 1")).toBe(1);
    expect(() => value("aws_x.y.on ? local.list[7] : local.list[8]")).toThrow(ExpressionError);
  });

  test("go through functions and operators", () => {
    expect(unknown('upper(aws_x.y.on ? "a" : "b")').candidates).toEqual(["A", "B"]);
    expect(unknown("length(aws_x.y.on ? [1] : [1, 2])").candidates).toEqual([1, 2]);
    expect(value('(aws_x.y.on ? "a" : "b") == "c"')).toBe(false);
    // Without the key Terraform would fail.
    expect(value("(aws_x.y.on ? local.map : {}).k")).toBe(1);
  });

  test("of a key mean any element", () => {
    expect(unknown("local.list[aws_x.y.i]").candidates).toEqual(["a", "b"]);
    expect(unknown("lookup({ a = 1, b = 2 }, aws_x.y.k, 3)").candidates).toEqual([1, 2, 3]);
  });
});

describe("try and can", () => {
  test("take what surely works", () => {
    expect(value("try(local.nosuch, 5)")).toBe(5);
    expect(value("can(local.list[0])")).toBe(true);
    expect(value("can(local.list[5])")).toBe(false);
    expect(value("can(nothing.x)")).toBe(false);
    expect(() => value("try(local.a, local.b)")).toThrow(ExpressionError);
  });

  test("leave open what may work", () => {
    expect(unknown("try(aws_x.y.list[0].id, null)").candidates).toEqual([expect.any(Unknown), null]);
    expect(unknown('try(tonumber(aws_x.y.a), "none")').candidates).toHaveLength(2);
    expect(isUnknown(value("can(aws_x.y.list[0])"))).toBe(true);
    expect(unknown("try(aws_x.y.list[0], local.list[0], 3)").candidates).toEqual([expect.any(Unknown), "a"]);
  });
});

describe("known structure with unknown parts", () => {
  test("stays known", () => {
    expect(value("{ for k, v in { a = aws_x.y.id, b = 1 } : upper(k) => v }")).toEqual({
      A: expect.any(Unknown),
      B: 1,
    });
    expect(value("[for x in [aws_x.y.id, 1] : [x]]")).toEqual([[expect.any(Unknown)], [1]]);
    expect(value("length([aws_x.y.id, 1])")).toBe(2);
    expect(value("keys({ a = aws_x.y.id })")).toEqual(["a"]);
    expect(value('contains([aws_x.y.id, "a"], "a")')).toBe(true);
    expect(value("false && aws_x.y.on")).toBe(false);
    expect(value("aws_x.y.on || true")).toBe(true);
    expect(value("slice([1, aws_x.y.id, 3], 1, 3)")).toEqual([expect.any(Unknown), 3]);
  });

  test("loses order or number where it must, but no element", () => {
    expect(unknown("sort([aws_x.y.id, aws_x.z.id])").members).toHaveLength(2);
    expect(unknown('distinct([aws_x.y.id, "a", aws_x.z.id])').members).toHaveLength(3);
    expect(unknown('compact([aws_x.y.maybe, "a", ""])').members).toEqual([expect.any(Unknown), "a"]);
    expect(unknown('[for x in ["a", "b"] : x if aws_x.y.on]').members).toEqual(["a", "b"]);
    expect(unknown('[for x in toset([aws_x.y.id, "a"]) : "${x}!"]').members).toHaveLength(2);
    expect(value('toset([aws_x.y.id, "b", "a"])')).toEqual(["a", "b", expect.any(Unknown)]);
    expect(isUnknown(value("length(toset([aws_x.y.id, 1]))"))).toBe(true);
  });
});

describe("whole resources", () => {
  const bucket = new Deferred(
    "known after apply",
    { exact: true, references: [{ address: "aws_x.y", path: "", resources: [] }] },
    (name) => (name === "bucket" ? "data" : fail(`there is no attribute ${name}`)),
  );
  const own: Scope = { resolve: ({ steps }) => access(constructed({ a: bucket, b: bucket }), steps) };
  const inOwn = (text: string): Value => evaluate(parseExpression(text), own);

  test("give what is known of them", () => {
    expect(inOwn("things.a.bucket")).toBe("data");
    expect(inOwn("{ for k, v in things : k => v.bucket }")).toEqual({ a: "data", b: "data" });
    expect(inOwn("values(things)[*].bucket")).toEqual(["data", "data"]);
    expect(inOwn("things.a[*].bucket")).toEqual(["data"]);
    expect(inOwn('things.a["bucket"]')).toBe("data");
    expect(() => inOwn("things.a.nosuch")).toThrow(ExpressionError);
  });
});

describe("text of JSON configuration", () => {
  test("without sequences is taken as it is", () => {
    expect(evaluateTemplate('a\\n"b" $ % $$ {}', scope)).toBe('a\\n"b" $ % $$ {}');
  });

  test("keeps the type of a sole sequence", () => {
    expect(evaluateTemplate("${local.count}", scope)).toBe(2);
    expect(evaluateTemplate("${local.list}", scope)).toEqual(["a", "b"]);
    expect(evaluateTemplate(" ${local.count}", scope)).toBe(" 2");
    expect(evaluateTemplate("$${local.count}", scope)).toBe("${local.count}");
  });

  test("is evaluated wherever it stands, in keys too", () => {
    expect(
      evaluateTree(
        { "k-${local.count}": ["${local.list[1]}", 1, null], plain: { deep: "%{ if true }x%{ endif }" } },
        scope,
      ),
    ).toEqual({
      "k-2": ["b", 1, null],
      plain: { deep: "x" },
    });
  });

  test("says where it is wrong", () => {
    expect(() => evaluateTemplate("ab\n  ${local.nosuch}", scope)).toThrow(
      /line 2, column 5: there is no attribute "nosuch"/,
    );
  });
});

describe("what is hostile", () => {
  test("keys that mean something to JavaScript are keys", () => {
    const result = value('{ "__proto__" = { x = 1 }, "constructor" = 2, toString = 3 }') as Record<string, Value>;
    expect(Object.keys(result).sort()).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getPrototypeOf(result)).toBeNull();
    expect(value('{ "__proto__" = { x = 1 } }["__proto__"].x')).toBe(1);
    expect(value('jsondecode("{\\"__proto__\\": {\\"x\\": 1}}")["__proto__"].x')).toBe(1);
    expect(value('yamldecode("__proto__: {x: 1}")["__proto__"].x')).toBe(1);
    expect(value('csvdecode("__proto__\\n1\\n")[0]["__proto__"]')).toBe("1");
    expect(value('merge({ "__proto__" = 1 }, { a = 2 })["__proto__"]')).toBe(1);
    expect(value('zipmap(["__proto__"], [7])["__proto__"]')).toBe(7);
    expect(() => value("{}.constructor")).toThrow(ExpressionError);
    expect(() => value('{}["__proto__"]')).toThrow(ExpressionError);
    expect(() => value('lookup({}, "toString")')).toThrow(ExpressionError);
    expect(value('regex("(?P<__proto__>a)", "a")["__proto__"]')).toBe("a");
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(() => value("constructor()")).toThrow(/there is no function/);
  });

  test("values nested without end are refused or read, never a crash", () => {
    const deep = { resolve: () => `${"[".repeat(100_000)}${"]".repeat(100_000)}` };
    expect(() => evaluate(parseExpression("jsondecode(x)"), deep)).toThrow(ExpressionError);
    expect(() => evaluate(parseExpression("yamldecode(x)"), deep)).toThrow(ExpressionError);
    let nested: Value = [];
    for (let i = 0; i < 100_000; i++) nested = [nested];
    const held = { resolve: () => nested };
    for (const text of ["jsonencode(x)", "x == x", "flatten(x)", "tolist([x, [1]])", "true ? x : []"]) {
      try {
        evaluate(parseExpression(text), held);
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionError);
      }
    }
  });

  test("small texts do not make large work", () => {
    expect(() =>
      value(
        'yamldecode("a: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]")',
      ),
    ).toThrow(ExpressionError);
    expect(() => value("setproduct(range(1000), range(1000), range(1000))")).toThrow(ExpressionError);
    expect(() => value('format("%999999999d", 1)')).toThrow(ExpressionError);
    expect(() => value('indent(999999999, "a\\nb")')).toThrow(ExpressionError);
    expect(() => value("range(1000000000)")).toThrow(ExpressionError);
    expect(() => value("1e4000 * 1e4000 * 1e4000 * 1e4000 * 1e4000 * 1e4000 * 1e4000 + 1")).toThrow(ExpressionError);
    expect(() => value('cidrsubnets("10.0.0.0/8", 1e9)')).toThrow(ExpressionError);
  });
});
