/** Input that nobody meant: whatever stands where, it is read or refused in one line, and never anything else. */

import { InputError } from "../../../policies/configuration/errors";
import { readConfigurationText } from "../../../policies/configuration/input/read";
import type { Json } from "../../../policies/configuration/json";
import { isWhollyKnown } from "../../../policies/configuration/value";
import fc from "../../properties";

const expression = {
  references: ["module.m.out", "var.x", "aws_s3_bucket.a[0].arn", "data.aws_region.r.name", "each.value"],
};

const configuration: Json = {
  terraform: { backend: { s3: { bucket: "b" } }, required_providers: { aws: { source: "hashicorp/aws" } } },
  provider: { aws: [{ region: "eu-west-1" }, { alias: "l", region: "${var.x}", assume_role: [{ role_arn: "r" }] }] },
  variable: { x: { type: "list(string)", default: ["a"] } },
  locals: { a: "${[for v in var.x : upper(v)]}", b: { c: "${local.a[0]}" } },
  resource: {
    aws_s3_bucket: {
      a: { count: 2, bucket: "${local.b.c}", provider: "aws.l", lifecycle: { ignore_changes: ["tags"] } },
    },
    aws_security_group: {
      g: {
        for_each: "${toset(var.x)}",
        dynamic: { ingress: { for_each: [1], content: { from_port: "${ingress.value}" } } },
      },
    },
    aws_instance: { i: { provisioner: [{ "local-exec": { command: "${self.id}" } }], connection: { host: "h" } } },
  },
  data: {
    aws_iam_policy_document: {
      d: {
        statement: [
          {
            actions: ["*"],
            principals: [{ type: "AWS", identifiers: ["*"] }],
            condition: [{ test: "a", variable: "b", values: ["c"] }],
          },
        ],
      },
    },
  },
  output: { o: { value: "${data.aws_iam_policy_document.d.json}" } },
  action: { aws_lambda_invoke: { a: { config: { payload: "${data.aws_iam_policy_document.d.json}" } } } },
  check: { c: { data: { http: { h: { url: "x" } } } } },
  removed: [{ from: "aws_vpc.v", provisioner: [{ "local-exec": { command: "x" } }] }],
};

const plan: Json = {
  format_version: "1.2",
  variables: { x: { value: ["a"] } },
  planned_values: {
    root_module: {
      resources: [
        {
          address: "aws_s3_bucket.a[0]",
          mode: "managed",
          type: "aws_s3_bucket",
          name: "a",
          index: 0,
          values: { bucket: "b", grant: [{ id: "x" }] },
          sensitive_values: { tags: true },
        },
      ],
      child_modules: [
        {
          address: "module.m",
          resources: [{ address: "module.m.aws_sqs_queue.q", type: "aws_sqs_queue", name: "q", values: {} }],
        },
      ],
    },
  },
  resource_changes: [
    {
      address: "aws_s3_bucket.a[0]",
      type: "aws_s3_bucket",
      name: "a",
      index: 0,
      change: {
        actions: ["create"],
        after_unknown: { arn: true, policy: true, grant: [{ id: true }] },
        after_sensitive: { tags: true },
      },
    },
    {
      address: "module.m.aws_sqs_queue.q",
      module_address: "module.m",
      type: "aws_sqs_queue",
      name: "q",
      change: { actions: ["delete", "create"], after_unknown: { policy: true } },
    },
  ],
  prior_state: {
    values: {
      root_module: {
        resources: [{ address: "data.aws_region.r", mode: "data", type: "aws_region", name: "r", values: {} }],
      },
    },
  },
  configuration: {
    provider_config: {
      aws: {
        name: "aws",
        full_name: "registry.terraform.io/hashicorp/aws",
        expressions: { region: { references: ["var.x"] } },
      },
      "module.m:aws": { name: "aws", module_address: "module.m" },
    },
    root_module: {
      resources: [
        {
          address: "aws_s3_bucket.a",
          provider_config_key: "aws",
          expressions: { policy: expression, grant: [{ id: expression }] },
          provisioners: [{ type: "local-exec", expressions: { command: { constant_value: "x" } } }],
        },
      ],
      module_calls: {
        m: {
          source: "./m",
          expressions: { p: expression },
          module: {
            outputs: { out: { expression: { references: ["aws_sqs_queue.q.arn", "aws_sqs_queue.q"] } } },
            variables: { p: {} },
            resources: [
              {
                address: "aws_sqs_queue.q",
                provider_config_key: "m:aws",
                expressions: { policy: { references: ["var.p"] } },
              },
            ],
          },
        },
      },
    },
  },
  action_invocations: [{ address: "action.a.b", type: "a", name: "b", config_values: {} }],
  deferred_changes: [
    {
      reason: "x",
      resource_change: { address: "aws_vpc.v", type: "aws_vpc", name: "v", change: { actions: ["create"] } },
    },
  ],
};

const state: Json = {
  version: 4,
  serial: 1,
  resources: [
    {
      module: "module.m",
      mode: "managed",
      type: "aws_vpc",
      name: "v",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        { index_key: "k", attributes: { id: "x" }, sensitive_attributes: [[{ type: "get_attr", value: "id" }]] },
      ],
    },
  ],
};

/** Every place in a value, as the keys that lead to it. */
function places(value: Json, at: (string | number)[] = []): (string | number)[][] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [at, ...inner.flatMap(([key, one]) => places(one as Json, [...at, Array.isArray(value) ? Number(key) : key]))];
}

function replaced(value: Json, at: readonly (string | number)[], by: Json): Json {
  if (at.length === 0) return by;
  const [key, ...rest] = at;
  if (Array.isArray(value)) return value.map((one, index) => (index === key ? replaced(one, rest, by) : one));
  const entries = Object.entries(value as Record<string, Json>).map(([name, one]) => [
    name,
    name === key ? replaced(one, rest, by) : one,
  ]);
  return Object.fromEntries(entries) as Json;
}

const nonsense = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1e300,
    "",
    "${",
    "${each.value}",
    "${local.a}",
    "${aws_s3_bucket.a}",
    "%{ for",
    "a.b[",
    "\u0000\u202e",
    [],
    {},
    [null],
    [[]],
    [5],
    { "": 5 },
    { "//": 1 },
  ),
  fc.constantFrom<Json>(
    { constant_value: "${var.x}", references: ["var.x"] },
    { references: [5, "", "..", "module", "var", "module.m"] },
    { constructor: 1, toString: 2 },
  ),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

test.each([
  ["a configuration", configuration],
  ["a plan", plan],
  ["a state", state],
])("%s with nonsense in it", (_, body) => {
  expect(readConfigurationText(JSON.stringify(body), "input").resources.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), nonsense), { minLength: 1, maxLength: 3 }), (changes) => {
      let changed: Json = body;
      for (const [index, by] of changes) {
        const all = places(changed);
        changed = replaced(changed, all[index % all.length], by);
      }
      try {
        readConfigurationText(JSON.stringify(changed), "input");
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        expect(error.message).toMatch(/^input[^\n]*$/);
      }
    }),
    { numRuns: 300 },
  );
});

test("keys of objects' own prototypes do no harm wherever they stand", () => {
  for (const body of [configuration, plan, state]) {
    const keys = [...new Set(places(body).flatMap((at) => at.filter((key) => typeof key === "string")))];
    for (const key of keys) {
      const text = JSON.stringify(body).replaceAll(`"${key}":`, '"__proto__":');
      try {
        readConfigurationText(text, "input");
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

describe("values that grow without end", () => {
  const doubling = (twice: (inner: string) => Json): Json =>
    Object.fromEntries([
      ["l0", "x"],
      ...Array.from({ length: 40 }, (_, i) => [`l${i + 1}`, twice(`\${local.l${i}}`)]),
    ]) as Json;
  const reading = (locals: Json): Json => ({
    locals,
    resource: { aws_vpc: { v: { tags: "${local.l40}" } } },
    provider: { aws: { region: "${local.l40}" } },
  });

  test.each([
    ["lists", doubling((inner) => [inner, inner])],
    ["objects", doubling((inner) => ({ a: inner, b: inner }))],
    ["texts", doubling((inner) => inner + inner)],
  ])("are cut off: %s", (_, locals) => {
    const { resources, undecided } = readConfigurationText(JSON.stringify(reading(locals)), "input");
    expect(resources.map(({ values }) => isWhollyKnown(values))).toEqual([false, false]);
    expect(undecided.length).toBeGreaterThan(0);
  });

  test("so are blocks that make blocks", () => {
    const many = (content: Json): Json => ({ inner: { for_each: "${range(1000)}", content } });
    const dynamic = many({ dynamic: many({ dynamic: many({ x: 1 }) }) });
    expect(() => readConfigurationText(JSON.stringify({ resource: { a_b: { c: { dynamic } } } }), "input")).toThrow(
      "input: its dynamic blocks make more than 200000 blocks",
    );
  });
});
