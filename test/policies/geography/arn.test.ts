import { parseArn } from "../../../policies/geography/arn";
import fc from "../../properties";

test.each([
  ["arn:aws:s3:::copy", { service: "s3", region: "", account: "", resource: "copy" }],
  ["arn:aws:s3:::copy/a:b", { resource: "copy/a:b" }],
  ["arn:aws:sqs:eu-west-1:111111111111:q", { region: "eu-west-1", account: "111111111111", resource: "q" }],
  ["arn:aws:iam::aws:policy/ReadOnlyAccess", { account: "aws" }],
  ["arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/a", { partition: "aws-us-gov" }],
  ["arn:aws-eusc:s3:::b", { partition: "aws-eusc" }],
  ["arn:aws:logs:eu-west-1:111111111111:log-group:a:*", { resource: "log-group:a:*" }],
  ["arn:aws:lambda:eu-north-9:111111111111:function:f", { region: "eu-north-9" }],
])("%s", (text, parts) => expect(parseArn(text)).toMatchObject(parts));

test.each([
  "",
  "arn",
  "arn:aws:s3:::",
  "arn:aws:s3::",
  "arn:aws",
  "arn:azure:s3:::b",
  "ARN:aws:s3:::b",
  " arn:aws:s3:::b",
  "arn:aws:s3:*:*:b",
  "arn:aws:sqs:eu-west-*:111111111111:q",
  "arn:aws:sqs:eu-west-1:1111:q",
  "arn:aws:S3:::b",
  "arn:__proto__:s3:::b",
])("%j is no complete ARN", (text) => expect(parseArn(text)).toBeUndefined());

test("the parts of an ARN make the ARN", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom("arn:aws:s3:::", "arn:aws:sqs:eu-west-1:111111111111:", "arn:"),
      (rest, start) => {
        const arn = parseArn(start + rest);
        if (!arn) return true;
        return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}` === start + rest;
      },
    ),
  );
});
