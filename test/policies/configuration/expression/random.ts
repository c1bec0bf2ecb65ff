/** Random expressions in Terraform's language, most of which have a value. */
import fc from "../../../properties";

/** What the variables of the random expressions are worth, in Terraform's own language. */
export const variables: Readonly<Record<string, string>> = {
  s: '"hello"',
  n: "5",
  b: "true",
  l: '["b", "a", "c"]',
  m: '{ x = 1, y = "two", "z-1" = true }',
  z: "null",
  o: "[{ k = 1, v = [1, 2] }, { k = 2, v = [] }]",
};

type Text = fc.Arbitrary<string>;

/** Puts random texts into the gaps of a pattern: `fill("max(§, §)", a, b)`. */
const fill = (pattern: string, ...parts: Text[]): Text =>
  fc.tuple(...parts).map((texts) => {
    const pieces = pattern.split("§");
    return pieces.map((piece, i) => piece + (texts[i] ?? "")).join("");
  });

const many = (item: Text, max = 3): Text => fc.array(item, { maxLength: max }).map((items) => items.join(", "));

const plainText = fc
  .oneof(
    fc.constantFrom(
      "a",
      "b",
      "x",
      "",
      "hello",
      "a,b",
      "10",
      "1.50",
      "true",
      "é",
      "e\u0301",
      " a ",
      "A-b_c",
      "👨‍👩‍👧",
      "\\n",
      "\\u00df",
      "/l+/",
      "%d",
      "🇮🇪x",
      "<&>",
    ),
    fc.string({ maxLength: 4, unit: fc.constantFrom("a", "b", "l", "1", " ", "-", ".", "é") }),
  )
  .map((text) => text.replace(/[$%]/g, ""));
const quoted = plainText.map((text) => `"${text}"`);
const digits = fc.oneof(
  fc.integer({ min: -3, max: 12 }).map(String),
  fc.constantFrom("0.1", "1.5", "2.5e3", "1e-7", "9007199254740993", "1e21", "123456789.125", "0.3", "1e15", "3.0"),
);
const names = fc.constantFrom("a", "b", "x", "y", '"q r"', "é");

/** Operands that never fail: what Terraform makes of an error in the part that does not count differs by version. */
const sureBool = fc.constantFrom("true", "false", "b", "n > 3", "s == l[0]", "!b");
const sureNumber = fc.oneof(digits, fc.constantFrom("n", "n * 2"));
const sureList = fc.constantFrom(
  "l",
  "o",
  "[]",
  "[1]",
  '["a", n]',
  "toset(l)",
  "tolist(l)",
  "[[1], []]",
  "o[*].v",
  "tolist([1])",
);
const sureObject = fc.constantFrom(
  "m",
  "{}",
  "{ a = 1 }",
  "{ a = s }",
  "tomap({ a = 1 })",
  "o[0]",
  "o[1]",
  "{ x = [] }",
);

type Kinds = {
  number: string;
  text: string;
  bool: string;
  list: string;
  object: string;
  any: string;
};

export const generators = fc.letrec<Kinds>((tie) => {
  const number = tie("number");
  const text = tie("text");
  const bool = tie("bool");
  const list = tie("list");
  const object = tie("object");
  const any = tie("any");
  const arithmetic = fc.constantFrom("+", "-", "*", "%");
  const comparison = fc.constantFrom("<", "<=", ">", ">=", "==", "!=");
  const small = fc.integer({ min: -1, max: 3 }).map(String);
  const pick = (...choices: Text[]) => fc.oneof({ depthSize: "small", withCrossShrink: true }, ...choices);
  return {
    number: pick(
      digits,
      fc.constant("n"),
      fill("(§ § §)", number, arithmetic, number),
      // Quotients of what functions counted have fewer digits in Terraform.
      fill("(§ / §)", sureNumber, digits),
      fill("-§", digits),
      fill("§(§)", fc.constantFrom("abs", "ceil", "floor"), number),
      fill("§(§, §)", fc.constantFrom("max", "min"), number, number),
      fill("length(§)", fc.oneof(list, object, text)),
      fill("sum([§, §])", number, number),
      fill(
        "tonumber(§)",
        fc.oneof(
          digits.map((d) => `"${d}"`),
          number,
        ),
      ),
      fill("parseint(§, §)", fc.constantFrom('"ff"', '"12"', '"-z"'), fc.constantFrom("10", "16", "36")),
      fill("(§ ? § : §)", bool, sureNumber, sureNumber),
      fill("pow(§, §)", fc.integer({ min: -4, max: 9 }).map(String), fc.integer({ min: 0, max: 12 }).map(String)),
      fill("index(§, §)", list, any),
    ),
    text: pick(
      quoted,
      fc.constant("s"),
      fill('"x${§}y${§}"', fc.oneof(text, number, bool), text),
      fill(
        '"%{ if § }${§}%{ else }§%{ endif }"',
        bool,
        text,
        plainText.filter((t) => !t.includes('"')),
      ),
      fill('"%{ for i, v in § ~} ${i} %{ endfor }"', list),
      fill(
        "§(§)",
        fc.constantFrom(
          "upper",
          "lower",
          "title",
          "trimspace",
          "chomp",
          "strrev",
          "md5",
          "sha256",
          "base64encode",
          "urlencode",
          "tostring",
        ),
        text,
      ),
      fill("tostring(§)", fc.oneof(number, bool)),
      fill("join(§, §)", text, list),
      fill("substr(§, §, §)", text, small, small),
      fill("replace(§, §, §)", text, text, text),
      fill("§(§, §)", fc.constantFrom("trim", "trimprefix", "trimsuffix"), text, text),
      fill(
        'format("§", §)',
        fc.constantFrom("%s", "%v", "%q", "%5s|", "%-5v|", "%#v", "%05d", "%.3f", "%x", "%e", "%g", "%t"),
        fc.oneof(text, number, bool),
      ),
      fill("jsonencode(§)", any),
      fill("yamlencode(§)", any),
      fill("(§ ? § : §)", bool, quoted, fc.oneof(quoted, sureNumber)),
      fill("try(§, §)", any, text),
      fill('regex("§", §)', fc.constantFrom("[a-z]*", "l+|.", "^.*?$", "(?i)[A-C]?"), text),
      fill("indent(§, §)", small, text),
      fill('coalesce(§, "z")', text),
      fill('cidrsubnet("10.0.0.0/8", §, §)', fc.nat(10).map(String), fc.nat(3).map(String)),
    ),
    bool: pick(
      fc.constantFrom("true", "false", "b"),
      fill("(§ § §)", number, comparison, number),
      fill("(§ § §)", any, fc.constantFrom("==", "!="), any),
      fill("(§ § §)", bool, fc.constantFrom("&&", "||"), sureBool),
      fill("!§", bool),
      fill("can(§)", any),
      fill("contains(§, §)", list, any),
      fill("§(§, §)", fc.constantFrom("startswith", "endswith", "strcontains"), text, text),
      fill("§([§, §])", fc.constantFrom("alltrue", "anytrue"), bool, bool),
    ),
    list: pick(
      fc.constantFrom("l", "o", "[]", "o[*].v", "o.*.k", "keys(m)", "values(m)"),
      fill("[§]", many(any)),
      fill("[for x in § : §]", list, fc.oneof(fc.constantFrom("x", '"${x}"', "[x]", "{ a = x }"), any)),
      fill(
        "[for k, v in § : § if §]",
        fc.oneof(list, object),
        fc.constantFrom("k", "v", '"${k}"'),
        fc.constantFrom("k != 1", 'v == "a"', "true", "b"),
      ),
      fill("concat(§, §)", list, list),
      fill("split(§, §)", text, text),
      fill("§(§)", fc.constantFrom("tolist", "toset", "reverse", "distinct", "flatten", "sort", "compact"), list),
      fill("slice(§, §, §)", list, small, small),
      fill("range(§)", small),
      fill("§(§, §)", fc.constantFrom("setunion", "setintersection", "setsubtract", "setproduct"), list, list),
      fill("chunklist(§, §)", list, small),
      fill("(§ ? § : §)", bool, sureList, sureList),
      fill('formatlist("%v-%v", §, §)', list, text),
      fill('regexall("§", §)', fc.constantFrom("[a-z]", "(.)(.)?", "a|"), text),
      fill("§[*]", list),
      fill("coalescelist(§, §)", list, list),
      fill("jsondecode(jsonencode(§))", list),
      fill("try(§, §)", any, list),
    ),
    object: pick(
      fc.constantFrom("m", "{}", "o[0]"),
      fill("{ § = § }", names, any),
      fill("{ § = §, § = § }", names, any, names, any),
      fill("{ for i, x in § : § => § }", list, fc.constantFrom("i", "x", '"${i}"'), fc.oneof(fc.constant("x"), any)),
      fill(
        "{ for k, x in § : § => §... }",
        fc.oneof(list, object),
        fc.constantFrom("x", '"${k}"', '"c"'),
        fc.constantFrom("k", "x"),
      ),
      fill("merge(§, §)", object, object),
      fill("tomap(§)", object),
      fill("zipmap(§, §)", list, list),
      fill("(§ ? § : §)", bool, sureObject, sureObject),
      fill("jsondecode(jsonencode(§))", object),
      fill("yamldecode(yamlencode(§))", object),
    ),
    any: pick(
      fc.constantFrom("s", "n"),
      number,
      text,
      bool,
      list,
      object,
      fill("(§)[§]", list, small),
      fill("§.§", object, fc.constantFrom("a", "x", "y")),
      fill("element(§, §)", list, fc.nat(4).map(String)),
      fill("lookup(§, §, §)", object, text, any),
      fill("one(§)", list),
      fill("try(§, §)", any, any),
    ),
  };
});

export function randomExpressions(count: number): string[] {
  return fc.sample(generators.any, count);
}
