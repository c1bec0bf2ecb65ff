/** Data sources, ephemeral resources and actions: what looks up, and what sends when Terraform runs. */
import { inventoryTypes, schemaOf } from "../../../policies/configuration/schema/schema";
import lookedUp from "../../../policies/services/data-sources";
import { findings, judge } from "./harness";

const virginia = { provider: { aws: [{ region: "eu-west-1" }, { alias: "us", region: "us-east-1" }] } };
const verdict = async (top: object) => (await judge({}, { ...virginia, ...top, variable: { opaque: {} } })).verdict;

/** Words in names of arguments that hold payload, not the name of something. */
const PAYLOAD = /^(?:input|payload|body|plaintext|message|content|data|document)$/;

test("what only looks up takes no payload", () => {
  const suspects = Object.keys(lookedUp.entries).flatMap((key) => {
    const { attributes } = schemaOf("data", key.slice("data.".length))!;
    return Object.entries(attributes)
      .filter(([name, { required, optional, computed }]) => PAYLOAD.test(name) && (required || (optional && !computed)))
      .map(([name]) => `${key}.${name}`);
  });
  expect(suspects).toEqual([]);
});

test("what only looks up is contained, wherever it looks", async () => {
  const types = Object.keys(lookedUp.entries).map((key) => key.slice("data.".length));
  expect(types.length).toBeGreaterThan(100);
  const data = Object.fromEntries(types.map((type) => [type, { x: { provider: "aws.us" } }]));
  const report = await judge({}, { ...virginia, data });
  expect(findings(report)).toEqual([]);
});

test("a data source that nobody knows is undecided", async () => {
  expect(inventoryTypes("data")).not.toContain("aws_invented");
  expect(await verdict({ data: { aws_invented: { x: {} } } })).toBe("undecided");
});

const calls: readonly [string, (more: object) => object][] = [
  [
    "data.aws_lambda_invocation",
    (more) => ({ data: { aws_lambda_invocation: { x: { function_name: "f", input: "{}", ...more } } } }),
  ],
  [
    "data.aws_kms_ciphertext",
    (more) => ({ data: { aws_kms_ciphertext: { x: { key_id: "k", plaintext: "p", ...more } } } }),
  ],
  [
    "data.aws_ecs_task_execution",
    (more) => ({ data: { aws_ecs_task_execution: { x: { cluster: "c", task_definition: "t", ...more } } } }),
  ],
  [
    "ephemeral.aws_lambda_invocation",
    (more) => ({ ephemeral: { aws_lambda_invocation: { x: { function_name: "f", payload: "{}", ...more } } } }),
  ],
];
describe.each(calls)("%s", (_name, call) => {
  test("here", async () => expect(await verdict(call({}))).toBe("contained"));
  test("by another provider", async () => expect(await verdict(call({ provider: "aws.us" }))).toBe("escapes"));
  test("by its own region", async () => expect(await verdict(call({ region: "us-east-1" }))).toBe("escapes"));
  test("nobody knows where", async () => expect(await verdict(call({ region: `$\{var.opaque}` }))).toBe("undecided"));
});
