import { access, evaluate, parseExpression, type Scope } from "../../../../../policies/configuration/expression";
import { isUnknown, Unknown, type Value } from "../../../../../policies/configuration/value";

const reference = { address: "aws_x.y", path: "arn", resources: [] };
const scope: Scope = {
  resolve: ({ steps }) =>
    access(new Unknown("known after apply", { exact: true, references: [reference] }), steps.slice(2)),
};
const value = (text: string): Value => evaluate(parseExpression(text), scope);

test.each([
  ["timestamp()", "the time of the apply is not known"],
  ["plantimestamp()", "the time of the plan is not known"],
  ["uuid()", "uuid gives another text at each run"],
  ['bcrypt("x")', "bcrypt gives another text at each run"],
  ['rsadecrypt("x", "y")', "a decrypted secret is not computed"],
  ['base64gzip("x")', "compressed text is not computed"],
  ['provider::time::rfc3339_parse("x")', 'the function "provider::time::rfc3339_parse" of a provider is not computed'],
])("%s is unknown: %s", (text, why) => {
  const result = value(text);
  expect(isUnknown(result) && result.why).toBe(why);
});

test.each([
  "provider::x::y(aws_x.y.arn)",
  "base64gzip(aws_x.y.arn)",
  "bcrypt(aws_x.y.arn, 10)",
  "md5(aws_x.y.arn)",
  "templatefile(aws_x.y.arn, {})",
  "timeadd(timestamp(), aws_x.y.arn)",
])("%s keeps the reference", (text) => {
  const result = value(text);
  expect(isUnknown(result) && result.references).toEqual([reference]);
  expect(isUnknown(result) && result.exact).toBe(false);
});

test("what a provider computes may fail", () => {
  expect(value('try(provider::x::y(1), "none")')).toMatchObject({ candidates: [expect.any(Unknown), "none"] });
});

describe("functions of the AWS provider", () => {
  test.each<[string, Value]>([
    ['provider::aws::arn_parse("arn:aws:iam::444455556666:role/example").account_id', "444455556666"],
    ['provider::aws::arn_parse("arn:aws:logs:eu-west-1:1:log-group:g:*").resource', "log-group:g:*"],
    [
      'provider::aws::arn_build("aws", "iam", "", "444455556666", "role/example")',
      "arn:aws:iam::444455556666:role/example",
    ],
    [
      'provider::aws::trim_iam_role_path("arn:aws:iam::444455556666:role/with/path/example")',
      "arn:aws:iam::444455556666:role/example",
    ],
  ])("%s", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test("keep what is known", () => {
    expect(value('provider::aws::arn_build("aws", "s3", "", "", aws_x.y.arn)')).toMatchObject({
      parts: ["arn:aws:s3:::", expect.any(Unknown)],
    });
  });

  test.each([
    'provider::aws::arn_parse("x")',
    'provider::aws::arn_parse("arn:aws:s3")',
    'provider::aws::trim_iam_role_path("arn:aws:s3:::b")',
  ])("%s is refused", (text) => {
    expect(() => value(text)).toThrow(/arn|role|service/i);
  });
});

test.each(["sensitive", "nonsensitive", "ephemeralasnull"])("%s changes nothing", (name) => {
  expect(value(`${name}("x")`)).toBe("x");
});

test("whether something is sensitive is decided in the plain cases only", () => {
  expect(value('issensitive("x")')).toBe(false);
  expect(value('issensitive(sensitive("x"))')).toBe(true);
  expect(value('issensitive(nonsensitive(sensitive("x")))')).toBe(false);
  expect(isUnknown(value("issensitive(aws_x.y.arn)"))).toBe(true);
});
