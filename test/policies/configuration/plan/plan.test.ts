import { readConfiguration, readConfigurationText } from "../../../../policies/configuration/input/read";
import type { Configuration } from "../../../../policies/configuration/resource";
import { isWhollyKnown } from "../../../../policies/configuration/value";
import { addresses, at, project, shown, valuesOf } from "../project";

const source = "registry.terraform.io/hashicorp/aws";

interface Entry {
  readonly address: string;
  readonly values?: object;
  readonly unknown?: object;
  readonly expressions?: object;
  readonly actions?: string[];
  readonly before?: object;
  readonly sensitive?: object;
  readonly key?: string;
}

/** A plan of resources at the root, in the way of Terraform 1.x. */
function plan(entries: readonly Entry[], more: { root?: object; body?: object; providers?: object } = {}): object {
  const parts = entries.map((entry) => {
    const [, data, type, name, index] = /^(data\.)?(\w+)\.(\w+)(?:\[(.+)\])?$/.exec(entry.address)!;
    const mode = data ? "data" : "managed";
    return { entry, mode, type, name, ...(index !== undefined && { index: JSON.parse(index) as string | number }) };
  });
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: {
        resources: parts
          .filter(({ entry }) => entry.values)
          .map(({ entry, mode, type, name, index }) => ({
            address: entry.address,
            mode,
            type,
            name,
            index,
            provider_name: source,
            values: entry.values,
          })),
      },
    },
    resource_changes: parts.map(({ entry, mode, type, name, index }) => ({
      address: entry.address,
      mode,
      type,
      name,
      index,
      provider_name: source,
      change: {
        actions: entry.actions ?? ["create"],
        before: entry.before ?? null,
        after: entry.values ?? null,
        after_unknown: entry.unknown ?? {},
        after_sensitive: entry.sensitive ?? false,
      },
    })),
    configuration: {
      provider_config: more.providers ?? {
        aws: { name: "aws", full_name: source, expressions: { region: { constant_value: "eu-west-1" } } },
      },
      root_module: {
        resources: parts
          .filter(({ entry }) => entry.expressions)
          .map(({ entry, mode, type, name }) => ({
            address: entry.address.replace(/\[.*$/, ""),
            mode,
            type,
            name,
            provider_config_key: entry.key ?? "aws",
            expressions: entry.expressions,
          })),
        ...more.root,
      },
    },
    ...more.body,
  };
}

const read = (body: object, options: { defaultRegion?: string } = {}): Configuration =>
  readConfigurationText(JSON.stringify(body), "plan.json", options);

const refers = (...references: string[]): object => ({ references });
const bucket: Entry = {
  address: "aws_s3_bucket.a",
  values: { bucket: "a", tags: null },
  unknown: { arn: true, id: true },
  expressions: { bucket: { constant_value: "a" } },
};

describe("values of a plan", () => {
  test("that are known are used as they were parsed", () => {
    const configuration = read(plan([bucket]));
    const { values, change, provider } = at(configuration, "aws_s3_bucket.a");
    expect(values).toEqual({ bucket: "a", tags: null });
    expect(isWhollyKnown(values)).toBe(true);
    expect(change).toBe("create");
    expect(provider).toEqual({ name: "aws", source, values: { region: "eu-west-1" } });
    expect(configuration.undecided).toEqual([]);
  });

  test("that an expression makes refer to what it refers to; those that none makes are left to AWS", () => {
    const configuration = read(
      plan([
        bucket,
        { address: "aws_iam_role.r", values: {}, unknown: { arn: true }, expressions: {} },
        {
          address: "aws_s3_bucket_replication_configuration.c",
          values: { rule: [{ id: "x", destination: [{ storage_class: null }] }] },
          unknown: {
            id: true,
            bucket: true,
            role: true,
            rule: [{ id: false, destination: [{ bucket: true, account: true }] }],
            token: true,
          },
          expressions: {
            bucket: refers("aws_s3_bucket.a.id", "aws_s3_bucket.a"),
            role: refers("aws_iam_role.r.arn", "aws_iam_role.r", "aws_s3_bucket.a.arn", "aws_s3_bucket.a"),
            rule: [
              {
                id: { constant_value: "x" },
                destination: [{ bucket: refers("aws_s3_bucket.a.arn", "aws_s3_bucket.a") }],
              },
            ],
          },
        },
      ]),
    );
    expect(valuesOf(configuration, "aws_s3_bucket_replication_configuration.c")).toEqual({
      bucket: "<aws_s3_bucket.a.id>",
      role: "<~aws_iam_role.r.arn, aws_s3_bucket.a.arn>",
      rule: [{ id: "x", destination: [{ storage_class: null, bucket: "<aws_s3_bucket.a.arn>" }] }],
    });
    expect(at(configuration, "aws_s3_bucket_replication_configuration.c").values.bucket).toHaveProperty(
      "resource",
      at(configuration, "aws_s3_bucket.a"),
    );
  });

  test("of a dynamic block stay unknown, as no expression shows them", () => {
    const configuration = read(
      plan([
        {
          address: "aws_security_group.g",
          values: { egress: [{ from_port: 0, security_groups: null }] },
          unknown: { arn: true, ingress: true, egress: [{ security_groups: [true], cidr_blocks: [false] }] },
          expressions: {},
        },
      ]),
    );
    expect(valuesOf(configuration, "aws_security_group.g")).toEqual({
      egress: [{ from_port: 0, security_groups: ["<~>"] }],
    });
  });

  test("of blocks in a set, which the plan orders anew, may be those of any of the blocks", () => {
    const entry = (names: string[]): Entry => ({
      address: "aws_networkfirewall_firewall_policy.p",
      values: { firewall_policy: [{ stateful_rule_group_reference: names.map(() => ({ priority: null })) }] },
      unknown: { firewall_policy: [{ stateful_rule_group_reference: names.map(() => ({ resource_arn: true })) }] },
      expressions: {
        firewall_policy: [
          {
            stateful_rule_group_reference: names.map((name) => ({
              resource_arn: refers(
                `aws_networkfirewall_rule_group.${name}.arn`,
                `aws_networkfirewall_rule_group.${name}`,
              ),
            })),
          },
        ],
      },
    });
    const groups = ["a", "b"].map((name) => ({
      address: `aws_networkfirewall_rule_group.${name}`,
      values: {},
      unknown: {},
      expressions: {},
    }));
    const arn = (name: string): string => `<aws_networkfirewall_rule_group.${name}.arn>`;
    const policy = (names: string[]): unknown =>
      (
        valuesOf(read(plan([...groups, entry(names)])), "aws_networkfirewall_firewall_policy.p") as {
          firewall_policy: [{ stateful_rule_group_reference: unknown }];
        }
      ).firewall_policy[0].stateful_rule_group_reference;
    expect(policy(["a"])).toEqual([{ priority: null, resource_arn: arn("a") }]);
    expect(policy(["a", "b"])).toEqual([
      { priority: null, resource_arn: { oneOf: [arn("a"), arn("b")] } },
      { priority: null, resource_arn: { oneOf: [arn("a"), arn("b")] } },
    ]);
  });

  test("that are lists of attributes are one unknown for each", () => {
    const subnets = ["a", "b"].map((name) => ({
      address: `aws_subnet.${name}`,
      values: {},
      unknown: { id: true },
      expressions: {},
    }));
    const references = ["aws_subnet.a.id", "aws_subnet.a", "aws_subnet.b.id", "aws_subnet.b"];
    const configuration = read(
      plan([
        ...subnets,
        { address: "aws_lb.set", values: {}, unknown: { subnets: true }, expressions: { subnets: { references } } },
        {
          address: "aws_lb.list",
          values: { subnets: [null, null] },
          unknown: { subnets: [true, true] },
          expressions: { subnets: { references } },
        },
        {
          address: "aws_lb.splat",
          values: { subnets: [null, null] },
          unknown: { subnets: [true, true] },
          expressions: { subnets: refers("aws_subnet.a", "local.more") },
        },
      ]),
    );
    expect(valuesOf(configuration, "aws_lb.set")).toEqual({ subnets: ["<aws_subnet.a.id>", "<aws_subnet.b.id>"] });
    expect(valuesOf(configuration, "aws_lb.list")).toEqual({ subnets: ["<aws_subnet.a.id>", "<aws_subnet.b.id>"] });
    expect(valuesOf(configuration, "aws_lb.splat")).toEqual({
      subnets: ["<~aws_subnet.a, local.more>", "<~aws_subnet.a, local.more>"],
    });
  });

  test("whose expression only looks at what is known were left to AWS", () => {
    const configuration = read(
      plan(
        [
          {
            address: "aws_s3_bucket.b",
            values: { bucket: null },
            unknown: { bucket: true, bucket_prefix: true, acl: true },
            expressions: { bucket: refers("var.bucket"), acl: refers("local.acl") },
          },
        ],
        {
          root: { variables: { bucket: { default: null } } },
          body: { variables: { bucket: { value: null } } },
        },
      ),
    );
    expect(valuesOf(configuration, "aws_s3_bucket.b")).toEqual({ bucket: null, acl: "<~local.acl>" });
  });

  test("are unknown wherever the plan says so, if it carries no configuration", () => {
    const body = plan([{ ...bucket, unknown: { arn: true, id: true, policy: true } }]) as { configuration?: object };
    delete body.configuration;
    expect(valuesOf(read(body), "aws_s3_bucket.a")).toEqual({ bucket: "a", tags: null, id: "<~>", policy: "<~>" });
  });

  test("that are missing without a word are unknown where an expression makes them", () => {
    const body = plan([
      bucket,
      {
        address: "aws_s3_bucket_policy.p",
        values: {},
        expressions: { bucket: refers("aws_s3_bucket.a.id", "aws_s3_bucket.a") },
      },
    ]) as { resource_changes?: object };
    delete body.resource_changes;
    expect(valuesOf(read(body), "aws_s3_bucket_policy.p")).toEqual({ bucket: "<aws_s3_bucket.a.id>" });
  });

  test("that are marked sensitive are told", () => {
    const configuration = read(
      plan([{ ...bucket, sensitive: { policy: true, tags: { a: true }, grant: [{ id: true }, false] } }]),
    );
    expect(at(configuration, "aws_s3_bucket.a").sensitive).toEqual(["policy", "tags.a", "grant[0].id"]);
  });

  test("of a plan made from JSON are templates, evaluated over the plan's own resources", () => {
    const template = (value: unknown, ...references: string[]): object => ({ constant_value: value, references });
    const configuration = read(
      plan([
        bucket,
        {
          address: "aws_s3_bucket_policy.p",
          values: {},
          unknown: { bucket: true, policy: true, id: true },
          expressions: {
            bucket: template("${aws_s3_bucket.a.bucket}", "aws_s3_bucket.a.bucket", "aws_s3_bucket.a"),
            policy: template(
              '${jsonencode({Resource = ["${aws_s3_bucket.a.arn}/*"], Region = local.region})}',
              "aws_s3_bucket.a.arn",
              "aws_s3_bucket.a",
              "local.region",
            ),
          },
        },
      ]),
    );
    expect(valuesOf(configuration, "aws_s3_bucket_policy.p")).toEqual({
      bucket: "a",
      policy: { json: { Region: "<local.region>", Resource: ['<aws_s3_bucket.a.arn, "/*">'] } },
    });
  });

  test("made of a policy document that is read later are known in part", () => {
    const configuration = read(
      plan([
        bucket,
        {
          address: "data.aws_iam_policy_document.d",
          actions: ["read"],
          values: {
            version: null,
            statement: [
              {
                sid: null,
                effect: null,
                actions: ["s3:GetObject"],
                resources: null,
                principals: [{ type: "AWS", identifiers: ["*"] }],
                condition: [],
              },
            ],
          },
          unknown: { id: true, json: true, statement: [{ resources: true, actions: [false] }] },
          expressions: {
            statement: [
              {
                actions: { constant_value: ["s3:GetObject"] },
                resources: refers("aws_s3_bucket.a.arn", "aws_s3_bucket.a"),
              },
            ],
          },
        },
        {
          address: "aws_s3_bucket_policy.p",
          values: {},
          unknown: { policy: true },
          expressions: { policy: refers("data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d") },
        },
      ]),
    );
    expect(valuesOf(configuration, "aws_s3_bucket_policy.p")).toEqual({
      policy: {
        json: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "<~aws_s3_bucket.a.arn>", Principal: "*" }],
        },
      },
    });
  });

  /** Of `"${aws_s3_bucket.a.arn}/*"` a plan shows the same as of `aws_s3_bucket.a.arn`. */
  test.each([
    ["resources", "arn", "<~aws_s3_bucket.a.arn>"],
    ["not_resources", "arn", "<~aws_s3_bucket.a.arn>"],
    ["principals.identifiers", "arn", "<aws_s3_bucket.a.arn>"],
    ["principals.identifiers", "id", "<~aws_s3_bucket.a.id>"],
    ["principals.identifiers", "name", "<~aws_s3_bucket.a.name>"],
    ["condition.values", "arn", "<aws_s3_bucket.a.arn>"],
    ["condition.values", "id", "<aws_s3_bucket.a.id>"],
    ["condition.values", "name", "<~aws_s3_bucket.a.name>"],
  ])("in %s of a policy document may be texts around %s", (argument, attribute, expected) => {
    const nested = <T>(leaf: T) => {
      const [outer, inner] = argument.split(".");
      return { statement: [{ [outer]: inner === undefined ? leaf : [{ [inner]: leaf }] }] };
    };
    const configuration = read(
      plan([
        bucket,
        {
          address: "data.aws_iam_policy_document.d",
          actions: ["read"],
          values: nested([null]),
          unknown: nested([true]),
          expressions: nested(refers(`aws_s3_bucket.a.${attribute}`, "aws_s3_bucket.a")),
        },
      ]),
    );
    expect(valuesOf(configuration, "data.aws_iam_policy_document.d")).toEqual(nested([expected]));
  });

  test.each([
    ["endpoint", "arn", "<aws_s3_bucket.a.arn>"],
    ["endpoint", "name", "<~aws_s3_bucket.a.name>"],
    ["topic_arn", "name", "<aws_s3_bucket.a.name>"],
  ])("at %s may be a text around %s", (argument, attribute, expected) => {
    const configuration = read(
      plan([
        bucket,
        {
          address: "aws_sns_topic_subscription.s",
          values: { protocol: "https" },
          unknown: { [argument]: true },
          expressions: { [argument]: refers(`aws_s3_bucket.a.${attribute}`, "aws_s3_bucket.a") },
        },
      ]),
    );
    expect(valuesOf(configuration, "aws_sns_topic_subscription.s")).toEqual({
      protocol: "https",
      [argument]: expected,
    });
  });
});

describe("changes", () => {
  test("what goes away is still there until it is gone", () => {
    const before = { bucket: "old", acl: "public-read" };
    const configuration = read(
      plan([
        { address: "aws_s3_bucket.gone", actions: ["delete"], before },
        { address: "aws_s3_bucket.forgotten", actions: ["forget"], before },
        { address: "aws_s3_bucket.replaced", actions: ["delete", "create"], before, values: { bucket: "new" } },
        { address: "aws_s3_bucket.kept", actions: ["no-op"], before, values: before },
      ]),
    );
    const summary = configuration.resources
      .filter(({ mode }) => mode === "managed")
      .map(({ address, change, values }) => [address, change, values.bucket]);
    expect(summary).toEqual([
      ["aws_s3_bucket.forgotten", "forget", "old"],
      ["aws_s3_bucket.gone", "delete", "old"],
      ["aws_s3_bucket.kept", "no-op", "old"],
      ["aws_s3_bucket.replaced", "replace", "new"],
    ]);
  });

  test("an object that a failed replacement left behind is a thing of its own", () => {
    const body = plan([bucket]) as { resource_changes: object[] };
    body.resource_changes.push({
      ...body.resource_changes[0],
      deposed: "00000001",
      change: { actions: ["delete"], before: { bucket: "left" } },
    });
    const configuration = read(body);
    expect(at(configuration, "aws_s3_bucket.a (deposed object 00000001)")).toMatchObject({
      change: "delete",
      values: { bucket: "left" },
    });
    expect(at(configuration, "aws_s3_bucket.a").values.bucket).toBe("a");
  });

  test("deferred ones and a plan that failed leave the verdict open", () => {
    const change = {
      address: "aws_vpc.later",
      type: "aws_vpc",
      name: "later",
      mode: "managed",
      change: { actions: ["create"], after: {} },
    };
    const configuration = read(
      plan([], {
        body: { deferred_changes: [{ reason: "provider_config_unknown", resource_change: change }], errored: true },
      }),
    );
    expect(addresses(configuration)).toEqual(["aws_vpc.later", "provider.aws"]);
    expect(configuration.undecided.map(({ resource, reason }) => [resource, reason])).toEqual([
      ["aws_vpc.later", "unknown-value"],
      ["plan", "unresolved-reference"],
    ]);
  });

  test("data sources that were read while planning are there with what they read", () => {
    const data = {
      address: "data.aws_caller_identity.me",
      mode: "data",
      type: "aws_caller_identity",
      name: "me",
      provider_name: source,
      values: { account_id: "111111111111" },
    };
    const configuration = read(plan([], { body: { prior_state: { values: { root_module: { resources: [data] } } } } }));
    expect(addresses(configuration)).toEqual(["data.aws_caller_identity.me", "provider.aws"]);
    expect(at(configuration, "data.aws_caller_identity.me").values).toEqual({ account_id: "111111111111" });
  });

  test("what stands and is no part of the plan, as with targets or -refresh-only, is there as it stands", () => {
    const standing = {
      address: "aws_vpc.old",
      mode: "managed",
      type: "aws_vpc",
      name: "old",
      provider_name: source,
      values: { cidr_block: "10.0.0.0/16", ipv6_cidr_block: null },
    };
    const deposed = { ...standing, deposed_key: "0a1b2c3d", values: { cidr_block: "10.1.0.0/16" } };
    const root = {
      resources: [
        {
          address: "aws_vpc.old",
          mode: "managed",
          type: "aws_vpc",
          name: "old",
          provider_config_key: "aws",
          expressions: { ipv6_cidr_block: refers("aws_vpc.other.ipv6_cidr_block", "aws_vpc.other") },
        },
      ],
    };
    const prior = { prior_state: { values: { root_module: { resources: [standing, deposed] } } } };
    const configuration = read(plan([bucket], { root, body: prior }));
    expect(addresses(configuration)).toEqual([
      "aws_s3_bucket.a",
      "aws_vpc.old",
      "aws_vpc.old (deposed object 0a1b2c3d)",
      "provider.aws",
    ]);
    expect(at(configuration, "aws_vpc.old").values).toEqual(standing.values);
    expect(at(configuration, "aws_vpc.old").change).toBeUndefined();
  });

  test("actions that the plan invokes and provisioners that run are there too", () => {
    const configuration = read(
      plan([bucket], {
        root: {
          resources: [
            {
              address: "aws_s3_bucket.a",
              provider_config_key: "aws",
              expressions: {},
              provisioners: [
                {
                  type: "local-exec",
                  expressions: {
                    command: { constant_value: "curl" },
                    environment: refers("aws_s3_bucket.a.arn", "aws_s3_bucket.a"),
                  },
                },
              ],
            },
          ],
        },
        body: {
          action_invocations: [
            {
              address: "action.aws_sns_publish.n",
              type: "aws_sns_publish",
              name: "n",
              config_values: { topic_arn: "t" },
              config_unknown: { message: true },
            },
          ],
        },
      }),
    );
    expect(valuesOf(configuration, "action.aws_sns_publish.n")).toEqual({ topic_arn: "t", message: "<~>" });
    expect(at(configuration, "aws_s3_bucket.a.provisioner[0]")).toMatchObject({
      mode: "provisioner",
      type: "local-exec",
    });
    expect(valuesOf(configuration, "aws_s3_bucket.a.provisioner[0]")).toEqual({
      command: "curl",
      environment: "<aws_s3_bucket.a.arn>",
    });
  });
});

describe("modules of a plan", () => {
  const resource = (address: string, module: string, values: object) => {
    const [, type, name] = /(aws_\w+)\.(\w+)/.exec(address)!;
    return { address, module_address: module, mode: "managed", type, name, provider_name: source, values };
  };
  const modules = {
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: [resource("aws_kms_key.k", "", {})],
        child_modules: [
          {
            address: 'module.m["x.y"]',
            resources: [resource('module.m["x.y"].aws_s3_bucket.b', "", { bucket: "b" })],
            child_modules: [],
          },
          {
            address: "module.n",
            resources: [
              resource("module.n.aws_sqs_queue.q", "", { name: "q" }),
              resource("module.n.aws_sqs_queue.r", "", {}),
            ],
          },
        ],
      },
    },
    resource_changes: [
      { ...resource("aws_kms_key.k", "", {}), change: { actions: ["create"], after_unknown: { arn: true } } },
      {
        ...resource('module.m["x.y"].aws_s3_bucket.b', 'module.m["x.y"]', {}),
        change: { actions: ["create"], after_unknown: { arn: true } },
      },
      {
        ...resource("module.n.aws_sqs_queue.q", "module.n", {}),
        change: { actions: ["create"], after_unknown: { policy: true, kms_master_key_id: true } },
      },
      {
        ...resource("module.n.aws_sqs_queue.r", "module.n", {}),
        change: { actions: ["create"], after_unknown: { policy: true } },
      },
    ],
    configuration: {
      provider_config: {
        aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } },
        "aws.london": { name: "aws", alias: "london", expressions: { region: refers("var.region") } },
        "module.n:aws": { name: "aws", module_address: "module.n", version_constraint: ">= 5" },
      },
      root_module: {
        resources: [{ address: "aws_kms_key.k", provider_config_key: "aws", expressions: {} }],
        variables: { region: {} },
        module_calls: {
          m: {
            source: "./m",
            for_each_expression: { constant_value: ["x.y"] },
            module: {
              resources: [
                {
                  address: "aws_s3_bucket.b",
                  provider_config_key: "aws.london",
                  expressions: { bucket: { constant_value: "b" } },
                },
              ],
              outputs: { arn: { expression: refers("aws_s3_bucket.b.arn", "aws_s3_bucket.b") } },
            },
          },
          n: {
            source: "./n",
            expressions: {
              target: refers('module.m["x.y"].arn', 'module.m["x.y"]', "module.m"),
              key: refers("aws_kms_key.k.arn", "aws_kms_key.k"),
              prefix: { constant_value: "p" },
            },
            module: {
              variables: { target: {}, key: {}, prefix: {} },
              resources: [
                {
                  address: "aws_sqs_queue.q",
                  provider_config_key: "aws.london",
                  expressions: { policy: refers("var.target"), kms_master_key_id: refers("var.key") },
                },
                {
                  address: "aws_sqs_queue.r",
                  provider_config_key: "module.n:aws",
                  expressions: { policy: refers("var.target", "var.prefix") },
                },
              ],
            },
          },
        },
      },
    },
    variables: { region: { value: "eu-west-2" } },
  };

  test("references lead through variables and outputs to resources", () => {
    const configuration = read(modules);
    expect(valuesOf(configuration, "module.n.aws_sqs_queue.q")).toEqual({
      name: "q",
      policy: '<module.m["x.y"].aws_s3_bucket.b.arn>',
      kms_master_key_id: "<aws_kms_key.k.arn>",
    });
    // Something known may be a part of the text, so it is not just the attribute.
    expect(valuesOf(configuration, "module.n.aws_sqs_queue.r")).toEqual({
      policy: '<~module.m["x.y"].aws_s3_bucket.b.arn>',
    });
  });

  test("provider configurations are those of the configuration's keys", () => {
    const configuration = read(modules);
    expect(at(configuration, 'module.m["x.y"].aws_s3_bucket.b').provider.values).toEqual({ region: "eu-west-2" });
    expect(at(configuration, "aws_kms_key.k").provider.values).toEqual({ region: "eu-west-1" });
    // Which of the two the module was handed is not in the plan.
    expect(shown(at(configuration, "module.n.aws_sqs_queue.r").provider.values)).toEqual({ region: "<~>" });
    expect(addresses(configuration).filter((address) => address.startsWith("provider"))).toEqual([
      "provider.aws",
      "provider.aws.london",
    ]);
  });
});

describe("the region of a provider", () => {
  const providers = { aws: { name: "aws", expressions: { region: refers("local.region") } } };

  test("is not in the plan if it is a local value", () => {
    const configuration = read(plan([bucket], { providers }));
    expect(shown(at(configuration, "aws_s3_bucket.a").provider.values)).toEqual({ region: "<~local.region>" });
  });

  test("is then that of the planned resources, or the one that the user gives", () => {
    const shows = read(plan([{ ...bucket, values: { bucket: "a", region: "eu-west-3" } }], { providers }));
    expect(at(shows, "aws_s3_bucket.a").provider.values).toEqual({ region: "eu-west-3" });
    const given = read(plan([bucket], { providers }), { defaultRegion: "eu-west-1" });
    expect(at(given, "aws_s3_bucket.a").provider.values).toEqual({ region: "eu-west-1" });
  });
});

describe("with the configuration that it was made from", () => {
  test("what the plan leaves unknown is filled in", async () => {
    const folder = project({
      "main.tf.json": {
        locals: { region: "eu-west-1" },
        variable: { suffix: {} },
        data: { aws_caller_identity: { me: {} } },
        resource: {
          aws_s3_bucket: { a: { bucket: "a" } },
          aws_s3_bucket_policy: {
            p: {
              bucket: "${aws_s3_bucket.a.id}",
              policy:
                '${jsonencode({Resource = "${aws_s3_bucket.a.arn}/${var.suffix}", Owner = data.aws_caller_identity.me.account_id})}',
            },
          },
        },
      },
    });
    const data = {
      address: "data.aws_caller_identity.me",
      mode: "data",
      type: "aws_caller_identity",
      name: "me",
      values: { account_id: "111111111111" },
    };
    const body = plan(
      [
        bucket,
        {
          address: "aws_s3_bucket_policy.p",
          values: {},
          unknown: { bucket: true, policy: true },
          expressions: {
            bucket: refers("aws_s3_bucket.a.id", "aws_s3_bucket.a"),
            policy: refers(
              "aws_s3_bucket.a.arn",
              "aws_s3_bucket.a",
              "var.suffix",
              "data.aws_caller_identity.me.account_id",
              "data.aws_caller_identity.me",
            ),
          },
        },
      ],
      {
        body: {
          variables: { suffix: { value: "*" } },
          prior_state: { values: { root_module: { resources: [data] } } },
        },
      },
    );
    const path = `${project({ "plan.json": body })}/plan.json`;
    const blunt = await readConfiguration([path]);
    expect(valuesOf(blunt, "aws_s3_bucket_policy.p")).toMatchObject({ policy: expect.stringMatching(/^<~/) });
    const sharp = await readConfiguration([path], { config: folder });
    expect(valuesOf(sharp, "aws_s3_bucket_policy.p")).toEqual({
      bucket: "<aws_s3_bucket.a.id>",
      policy: { json: { Owner: "111111111111", Resource: '<aws_s3_bucket.a.arn, "/*">' } },
    });
    expect(sharp.resources).toContain(
      (at(sharp, "aws_s3_bucket_policy.p").values.bucket as { resource: unknown }).resource,
    );
  });
});

describe("a plan that is not as Terraform writes them", () => {
  test.each([
    [{ resource_changes: 5 }, "plan.json: resource_changes must be a list of objects"],
    [
      { planned_values: { root_module: { resources: [null] } } },
      "plan.json: planned_values has a resource that is no object",
    ],
    [{ planned_values: { root_module: { resources: [{}] } } }, "plan.json: an entry of planned_values has no address"],
    [
      { planned_values: { root_module: { resources: [{ address: "a.b" }] } } },
      "plan.json: an entry of a.b has no type",
    ],
  ])("%j is refused", (body, message) => {
    expect(() => read({ format_version: "1.2", configuration: {}, ...body })).toThrow(message);
  });

  test("an address that stands twice is refused", () => {
    const twice = plan([bucket, bucket]) as { resource_changes: object[] };
    expect(() => read(twice)).toThrow("plan.json: resource_changes has aws_s3_bucket.a twice");
    twice.resource_changes = [];
    expect(() => read(twice)).toThrow("plan.json: planned_values has aws_s3_bucket.a twice");
  });

  test("keys of JavaScript's own objects are keys like any other", () => {
    const text = JSON.stringify(plan([{ ...bucket, unknown: { toString: true } }])).replaceAll("toString", "__proto__");
    const configuration = readConfigurationText(
      text.replace(
        '"bucket":{',
        '"__proto__":{"references":["var.constructor","module.toString.valueOf","each.value","a["]},"bucket":{',
      ),
      "plan.json",
    );
    expect(Object.keys(at(configuration, "aws_s3_bucket.a").values)).toContain("__proto__");
    expect(({} as { references?: unknown }).references).toBeUndefined();
  });
});
