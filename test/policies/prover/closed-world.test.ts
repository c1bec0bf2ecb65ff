/** What is not modelled is never contained. */
import fc from "fast-check";
import type { Undecided } from "../../../policies/configuration/resource";
import { modelKey, type Resource } from "../../../policies/configuration/resource";
import { schemaOf } from "../../../policies/configuration/schema";
import type { Values } from "../../../policies/configuration/value";
import { checkClosed, isForeign } from "../../../policies/prover/closed-world";
import { entryFor } from "../../../policies/services";
import { attributeOf, resource, surroundings, unknown } from "./made";

function open(one: Resource, entry = entryFor(modelKey(one))): string[] {
  const { context, world } = surroundings([one]);
  const out: Undecided[] = [];
  checkClosed(one, entry, context, world, out);
  return out.map(({ attribute, reason }) => (attribute === undefined ? reason : `${attribute} ${reason}`));
}

const queue = (values: Values, more: Partial<Resource> = {}) => resource("aws_sqs_queue", values, more);

test.each<[string, Resource, string[]]>([
  ["a modelled type", queue({ name: "q" }), []],
  ["an invented type", resource("aws_sqs_quoue"), ["unmodelled-type"]],
  [
    "a type of another provider",
    resource("google_x", {}, { provider: { name: "google", values: {} } }),
    ["foreign-provider"],
  ],
  ["an unmodelled provisioner", resource("magic", {}, { mode: "provisioner" }), ["unmodelled-type"]],
  ["an invented attribute", queue({ nname: "q" }), ["nname unmodelled-attribute"]],
  ["an invented attribute without a value", queue({ nname: null, nnames: [], other: "" }), []],
  ["an invented block", queue({ copy: [{ to: "x" }] }), ["copy unmodelled-block"]],
  [
    "an invented attribute in a block",
    resource("aws_dynamodb_table", { replica: [{ rregion: "x" }] }),
    ["replica[0].rregion unmodelled-attribute"],
  ],
  [
    "names that every object inherits",
    queue(JSON.parse('{"__proto__": "x", "constructor": "y", "toString": [{"a": 1}]}')),
    ["__proto__ unmodelled-attribute", "constructor unmodelled-attribute", "toString unmodelled-block"],
  ],
])("%s", (_, one, expected) => {
  expect(open(one)).toEqual(expected);
});

// No type has an attribute that no role looks at and that could hold these; an entry without roles shows the net.
const bare = { ...entryFor("aws_sqs_queue")!, attributes: {} };

test.each<[string, Values, string[]]>([
  [
    "an ARN outside",
    { kms_master_key_id: "arn:aws:kms:us-east-1:111111111111:key/k" },
    ["kms_master_key_id unmodelled-attribute"],
  ],
  ["an ARN inside", { kms_master_key_id: "arn:aws:kms:eu-west-1:111111111111:key/k" }, []],
  ["somebody's account", { kms_master_key_id: "444455556666" }, ["kms_master_key_id unmodelled-attribute"]],
  ["a URL", { policy: "https://example.com" }, ["policy unmodelled-attribute"]],
  ["a host in a foreign region", { policy: "x.us-east-1.amazonaws.com" }, ["policy unmodelled-attribute"]],
  ["an unknown value", { policy: unknown }, []],
  ["an attribute of a resource", { policy: attributeOf(resource("aws_x")) }, []],
  ["a sentence for people", { name: "moved from us-east-1", tags: { from: "arn:aws:sqs:us-east-1:1:q" } }, []],
  ["what only the provider sets", { arn: "arn:aws:sqs:us-east-1:111111111111:q", url: "https://x" }, []],
  ["the region argument, which placement judges", { region: "us-east-1" }, []],
])("the net under the models: %s", (_, values, expected) => {
  expect(open(queue(values), bare)).toEqual(expected);
});

test.each([
  [undefined, false],
  ["registry.terraform.io/hashicorp/aws", false],
  ["registry.opentofu.org/hashicorp/aws", false],
  ["registry.terraform.io/somebody/aws", true],
])("a provider aws from %s is foreign: %s", (source, expected) => {
  expect(isForeign(queue({}, { provider: { name: "aws", source, values: {} } }))).toBe(expected);
});

test("an attribute that the schema does not have is never passed over", () => {
  const { attributes, blocks } = schemaOf("managed", "aws_sqs_queue")!;
  const name = fc.stringMatching(/^[a-z_]{1,20}$/).filter((one) => !attributes[one] && !blocks[one]);
  fc.assert(
    fc.property(name, fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean()), (key, value) => {
      expect(open(queue({ [key]: value }))).toContain(`${key} unmodelled-attribute`);
    }),
    { numRuns: 100 },
  );
});
