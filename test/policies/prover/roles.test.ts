/** What each role of a model makes of a resource: the compliant shape, the violating one, the unknown one. */
import type { Resource } from "../../../policies/configuration/resource";
import type { Values } from "../../../policies/configuration/value";
import {
  at,
  document,
  type Entry,
  holds,
  moves,
  opens,
  type Role,
  sends,
  shares,
  uses,
} from "../../../policies/flows/vocabulary";
import { applyEntry, type Findings } from "../../../policies/prover/roles";
import { attributeOf, resource, surroundings, unknown } from "./made";

const DOCS = "https://docs.aws.amazon.com/";

/** `aws_x.r -(channel)-> eu-west-2 at rule[0].bucket`, with `unless …`; `? attribute: message`. */
function told(entry: Entry, one: Resource, ...others: Resource[]): string[] {
  const { context, world } = surroundings([one, ...others]);
  const out: Findings = { flows: [], undecided: [] };
  applyEntry(one, entry, context, world, out);
  return [
    ...out.flows.map(({ from, channel, to, steps, unless }) => {
      const target = to.kind === "resource" ? to.resource.address : to.place.id;
      const line = `${from.address} -(${channel})-> ${target} at ${steps[0].attribute}`;
      return unless === undefined ? line : `${line} unless ${unless}`;
    }),
    ...out.undecided.map(({ attribute, message }) => `? ${attribute}: ${message}`),
  ];
}

const entryOf = (attributes: Record<string, Role>, more: Partial<Entry> = {}): Entry => ({
  ...holds("test", { docs: DOCS, attributes }),
  ...more,
});
const one = (values: Values) => resource("aws_x", values);
const queue = resource("aws_sqs_queue", { arn: "arn:aws:sqs:eu-west-1:111111111111:q" });

test("sends: to a resource, a place outside, what is not known", () => {
  const entry = entryOf({ "target.arn": sends("x.delivery", "arn") });
  expect(told(entry, one({ target: [{ arn: attributeOf(queue) }] }), queue)).toEqual([
    "aws_x.r -(x.delivery)-> aws_sqs_queue.r at target[0].arn",
  ]);
  expect(told(entry, one({ target: [{ arn: "arn:aws:sqs:us-east-1:111111111111:q" }] }))).toEqual([
    "aws_x.r -(x.delivery)-> us-east-1 at target[0].arn",
  ]);
  expect(told(entry, one({ target: unknown }))).toEqual(["? target: x.delivery: variable x has no value"]);
  expect(told(entry, one({}))).toEqual([]);
});

test("sends: each element of a list", () => {
  const entry = entryOf({ emails: sends("x.mail", "email") });
  expect(told(entry, one({ emails: ["a@example.com", "b@example.com"] }))).toEqual([
    "aws_x.r -(x.mail)-> a@example.com at emails[0]",
    "aws_x.r -(x.mail)-> b@example.com at emails[1]",
  ]);
});

test("sends: only if the condition holds, possibly if it is not known", () => {
  const entry = entryOf({ to: sends("x.delivery", "arn", { when: at("enabled", true).is(true) }) });
  const to = "arn:aws:sqs:us-east-1:111111111111:q";
  expect(told(entry, one({ to, enabled: false }))).toEqual([]);
  expect(told(entry, one({ to }))).toEqual(["aws_x.r -(x.delivery)-> us-east-1 at to"]);
  expect(told(entry, one({ to, enabled: unknown }))).toEqual([
    "aws_x.r -(x.delivery)-> us-east-1 at to unless enabled: variable x has no value",
  ]);
});

test("sends: the owner named beside a target is where the data goes as well", () => {
  const entry = entryOf({ "to.bucket": sends("x.copy", "bucket", { account: "to.account" }) });
  const bucket = resource("aws_s3_bucket", { bucket: "ours" });
  expect(told(entry, one({ to: [{ bucket: "ours", account: "444455556666" }] }), bucket)).toEqual([
    "aws_x.r -(x.copy)-> aws_s3_bucket.r at to[0].bucket",
    "aws_x.r -(x.copy)-> account 444455556666 at to[0].account",
  ]);
  expect(told(entry, one({ to: [{ bucket: "ours", account: "222222222222" }] }), bucket)).toEqual([
    "aws_x.r -(x.copy)-> aws_s3_bucket.r at to[0].bucket",
  ]);
});

test("shares: with our accounts, with others, with everybody", () => {
  const entry = entryOf({ accounts: shares("x.share", "principal") });
  expect(told(entry, one({ accounts: ["111111111111", "444455556666", "*"] }))).toEqual([
    "aws_x.r -(x.share)-> account 111111111111 at accounts[0]",
    "aws_x.r -(x.share)-> account 444455556666 at accounts[1]",
    "aws_x.r -(x.share)-> anyone at accounts[2]",
  ]);
});

test("opens: on, off, absent (AWS's default decides), not known", () => {
  const entry = entryOf({ public: opens("x.public", at("public", true).is(true)) });
  const open = "aws_x.r -(x.public)-> the internet at public";
  expect(told(entry, one({ public: true }))).toEqual([open]);
  expect(told(entry, one({ public: false }))).toEqual([]);
  expect(told(entry, one({}))).toEqual([open]);
  expect(told(entry, one({ public: unknown }))).toEqual([`${open} unless public: variable x has no value`]);
});

test("opens: in each block, and where there is none by the default", () => {
  const entry = entryOf({ "vpc.public": opens("x.public", at("vpc.public", true).is(true)) });
  expect(told(entry, one({ vpc: [{ public: false }, {}] }))).toEqual([
    "aws_x.r -(x.public)-> the internet at vpc[1].public",
  ]);
  expect(told(entry, one({}))).toEqual(["aws_x.r -(x.public)-> the internet at vpc.public"]);
});

test("document: what its reader finds, with the role that each value plays", () => {
  const entry = entryOf({
    definition: document((value) => [{ at: ".Step.Url", value, role: sends("x.call", "url") }]),
  });
  expect(told(entry, one({ definition: "https://example.com" }))).toEqual([
    "aws_x.r -(x.call)-> example.com at definition.Step.Url",
  ]);
});

test("uses and harmless move nothing", () => {
  const entry = entryOf({ key: uses("the key") });
  expect(told(entry, one({ key: "arn:aws:kms:us-east-1:111111111111:key/k" }))).toEqual([]);
});

test("what an entry is about: the data are those of the resource it names", () => {
  const entry: Entry = { ...moves("copies", { docs: DOCS, attributes: { to: sends("x.copy", "arn") } }), data: "of" };
  const to = "arn:aws:sqs:us-east-1:111111111111:q";
  expect(told(entry, one({ of: attributeOf(queue), to }), queue)).toEqual([
    "aws_sqs_queue.r -(x.copy)-> us-east-1 at to",
  ]);
  expect(told(entry, one({ of: unknown }))).toEqual(["? of: what it is about is not known: variable x has no value"]);
});

test("also: joins that no table can state", () => {
  const entry = entryOf(
    {},
    {
      also: () => [
        { finding: "flow", channel: "x.web", to: { to: "internet" }, why: "it serves the web" },
        { finding: "undecided", attribute: "a", why: "nobody says" },
      ],
    },
  );
  expect(told(entry, one({}))).toEqual(["aws_x.r -(x.web)-> the internet at undefined", "? a: nobody says"]);
});
