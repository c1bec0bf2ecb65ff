/** What a text at an attribute names, form by form. */

import type { Value } from "../../../policies/configuration/value";
import type { TargetForm } from "../../../policies/flows/vocabulary";
import { type Target, targetsOf } from "../../../policies/prover/targets";
import fc from "../../properties";
import { attributeOf, oneOf, resource, surroundings, template, unknown } from "./made";

const bucket = resource("aws_s3_bucket", { bucket: "users" });
const queue = resource("aws_sqs_queue", { arn: "arn:aws:sqs:eu-west-1:111111111111:q" });
const by = resource("aws_sns_topic");
const around = { resource: by, ...surroundings([bucket, queue, by]) };

/** `aws_s3_bucket.r`, `inside eu-west-1`, `outside anyone`, `? unknown-value`; `(perhaps)` behind what is only possible. */
function shown(target: Target): string {
  if (target.kind === "undetermined") return `? ${target.reason}`;
  const what = target.kind === "resource" ? target.resource.address : `${target.side} ${target.place.id}`;
  return target.possibly === undefined ? what : `${what} (perhaps)`;
}

const named = (value: Value, form: TargetForm, beside: { account?: Value; region?: Value } = {}) =>
  targetsOf(value, form, { ...around, ...beside }).map(shown);

test.each<[TargetForm, Value, string]>([
  ["arn", "arn:aws:sqs:eu-west-1:111111111111:q", "aws_sqs_queue.r"],
  ["arn", "arn:aws:sqs:eu-north-1:222222222222:other", "inside eu-north-1"],
  ["arn", "arn:aws:sqs:eu-west-2:111111111111:q", "outside eu-west-2"],
  ["arn", "arn:aws:sqs:eu-west-1:444455556666:q", "outside account 444455556666"],
  ["arn", "arn:aws:s3:::users", "aws_s3_bucket.r"],
  ["arn", "arn:aws:s3:::enclave-archive/in/*", "inside arn:aws:s3:::enclave-archive/in/*"],
  ["arn", "arn:aws:s3:::enclave-archive", "inside arn:aws:s3:::enclave-archive"],
  ["arn", "arn:aws:s3:::somebody-elses", "? unresolved-reference"],
  ["arn", "arn:aws:sns:::", "outside arn:aws:sns:::"],
  ["arn", "arn:aws:outposts:eu-north-1:222222222222:outpost/op-0aaaaaaaaaaaaaaaa", "inside op-0aaaaaaaaaaaaaaaa"],
  [
    "arn",
    "arn:aws:chatbot::111111111111:chat-configuration/slack-channel/x",
    "outside arn:aws:chatbot::111111111111:chat-configuration/slack-channel/x",
  ],
  ["bucket", "users", "aws_s3_bucket.r"],
  ["bucket", "somebody-elses", "? unresolved-reference"],
  ["url", "https://example.com/in", "outside example.com"],
  ["url", "https://user@203.0.113.10:8443/in", "inside 203.0.113.10"],
  ["url", "https://sqs.eu-west-1.amazonaws.com/111111111111/q", "inside eu-west-1"],
  ["url", "https://sqs.eu-west-1.amazonaws.com/444455556666/q", "outside account 444455556666"],
  ["url", "https://sqs.us-east-1.amazonaws.com/111111111111/q", "outside us-east-1"],
  ["url", "https://[2001:db8::1]/", "outside 2001:db8::1"],
  ["url", "https://", "outside https"],
  ["host", "127.0.0.1", "inside 127.0.0.1"],
  ["host", "10.1.2.3", "? unresolved-reference"],
  ["host", "users.s3.eu-west-1.amazonaws.com", "aws_s3_bucket.r"],
  ["email", "a@example.com", "outside a@example.com"],
  ["phone", "+353123456789", "outside +353123456789"],
  ["region", "eu-north-1", "inside eu-north-1"],
  ["region", "eu-central-2", "outside eu-central-2"],
  ["zone", "eu-central-1-ist-1a", "outside eu-central-1-ist-1a"],
  ["account", "222222222222", "inside account 222222222222"],
  ["account", "1", "outside account 1"],
  ["principal", "*", "outside anyone"],
  ["principal", "o-enclave0001", "inside organization o-enclave0001"],
  ["principal", "o-another00001", "outside organization o-another00001"],
  ["principal", "arn:aws:iam::111111111111:role/x", "inside account 111111111111"],
  ["cidr", "198.51.100.0/24", "outside 198.51.100.0/24"],
  ["id", "lgw-0aaaaaaaaaaaaaaaa", "inside lgw-0aaaaaaaaaaaaaaaa"],
  ["id", "vpc-unheardof", "outside vpc-unheardof"],
  ["any", "arn:aws:sqs:us-east-1:111111111111:q", "outside us-east-1"],
  ["any", "https://example.com", "outside example.com"],
  ["any", "444455556666", "outside account 444455556666"],
  ["any", "a@example.com", "outside a@example.com"],
])("%s %j", (form, value, expected) => {
  expect(named(value, form)).toEqual([expected]);
});

test.each<[string, Value, TargetForm, string[]]>([
  ["nothing", null, "arn", []],
  ["a switch that is off", false, "arn", []],
  ["an attribute of a resource", attributeOf(queue), "arn", ["aws_sqs_queue.r"]],
  ["its ARN with something behind", template(attributeOf(bucket), "/*"), "arn", ["aws_s3_bucket.r"]],
  [
    "an ARN with a hole in its name",
    template("arn:aws:sqs:us-east-1:111111111111:", unknown),
    "arn",
    ["outside us-east-1"],
  ],
  [
    "an ARN with a hole in its region",
    template("arn:aws:sqs:", unknown, ":111111111111:q"),
    "arn",
    ["? unknown-value"],
  ],
  ["a URL with a hole in its path", template("https://example.com/", unknown), "url", ["outside example.com"]],
  ["a URL with a hole in its host", template("https://", unknown, ".example.com/"), "url", ["? unknown-value"]],
  [
    "one of two, one of them outside",
    oneOf("eu-west-1", "eu-west-2"),
    "region",
    ["inside eu-west-1 (perhaps)", "outside eu-west-2 (perhaps)"],
  ],
  ["one of two, both outside", oneOf("us-east-1", "eu-west-2"), "region", ["outside us-east-1", "outside eu-west-2"]],
  ["what nobody knows", unknown, "arn", ["? unknown-value"]],
])("%s", (_, value, form, expected) => {
  expect(named(value, form)).toEqual(expected);
});

test("an account or region named beside a bare name places it", () => {
  expect(named("others", "bucket", { account: "444455556666" })).toEqual(["outside account 444455556666"]);
  expect(named("others", "bucket", { region: "us-east-1" })).toEqual(["outside us-east-1"]);
  expect(named("others", "bucket", { account: "111111111111", region: "eu-west-1" })).toEqual([
    "? unresolved-reference",
  ]);
});

test("no text of any form names something inside by itself", () => {
  const forms: TargetForm[] = [
    "arn",
    "bucket-arn",
    "bucket",
    "url",
    "host",
    "email",
    "phone",
    "account",
    "principal",
    "cidr",
    "id",
    "any",
  ];
  const text = fc.oneof(fc.string({ minLength: 1 }), fc.webUrl(), fc.emailAddress(), fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(fc.constantFrom(...forms), text, (form, value) => {
      for (const target of targetsOf(value, form, around)) {
        if (target.kind !== "place" || /^(127\.|::1$|localhost$)/i.test(target.place.id)) continue;
        expect(target.side).not.toBe("inside");
      }
    }),
    { numRuns: 300 },
  );
});
