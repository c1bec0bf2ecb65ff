import { readConfiguration } from "../../../../policies/configuration/input/read";
import fc from "../../../properties";
import { addresses, agrees, at, project, read, readProject, shown, valuesOf } from "../project";
import { shape, write } from "../random-modules";

describe("resources", () => {
  test("have Terraform's addresses, with the keys of count and for_each", () => {
    const configuration = read({
      resource: {
        aws_vpc: { one: {}, none: { count: 0 }, two: { count: "${1 + 1}", cidr_block: "10.${count.index}.0.0/16" } },
        aws_sqs_queue: {
          q: { for_each: { 'a"b': 1, "c$${d": 2 }, name: "${each.key}=${each.value}" },
          s: { for_each: '${toset(["x", "x", "y"])}', name: "${each.value}" },
        },
      },
      data: { aws_vpc: { d: {} } },
    });
    expect(addresses(configuration)).toEqual([
      'aws_sqs_queue.q["a\\"b"]',
      'aws_sqs_queue.q["c$${d"]',
      'aws_sqs_queue.s["x"]',
      'aws_sqs_queue.s["y"]',
      "aws_vpc.one",
      "aws_vpc.two[0]",
      "aws_vpc.two[1]",
      "data.aws_vpc.d",
    ]);
    expect(valuesOf(configuration, "aws_vpc.two[1]")).toEqual({ cidr_block: "10.1.0.0/16" });
    expect(at(configuration, "aws_vpc.two[1]")).toMatchObject({
      key: 1,
      mode: "managed",
      type: "aws_vpc",
      name: "two",
    });
    expect(configuration.undecided).toEqual([]);
  });

  test("hold what they are configured with; the rest of what they refer to stays a reference", () => {
    const configuration = read({
      resource: {
        aws_s3_bucket: { a: { bucket: "users" } },
        aws_s3_bucket_notification: {
          n: {
            bucket: "${aws_s3_bucket.a.bucket}",
            eventbridge: "${aws_s3_bucket.a.force_destroy}",
            queue: { queue_arn: "${aws_s3_bucket.a.arn}/x", events: ["s3:*"] },
          },
        },
      },
    });
    expect(valuesOf(configuration, "aws_s3_bucket_notification.n")).toEqual({
      bucket: "users",
      eventbridge: "<aws_s3_bucket.a.force_destroy>",
      queue: [{ queue_arn: '<aws_s3_bucket.a.arn, "/x">', events: ["s3:*"] }],
    });
    const value = at(configuration, "aws_s3_bucket_notification.n").values.eventbridge;
    expect(value).toHaveProperty("resource", at(configuration, "aws_s3_bucket.a"));
  });

  test("are referred to whole, by index, by key and by splat", () => {
    const configuration = read({
      resource: {
        aws_subnet: { c: { count: 2 }, f: { for_each: { k: 1 } }, s: {} },
        aws_x: {
          y: {
            all: "${aws_subnet.c[*].id}",
            one: "${aws_subnet.c[1].id}",
            key: '${aws_subnet.f["k"].arn}',
            values: "${values(aws_subnet.f)[*].id}",
            map: "${{ for k, s in aws_subnet.f : k => s.id }}",
            size: "${length(aws_subnet.c)}",
            whole: "${aws_subnet.s}",
            deep: "${aws_subnet.s.nested[0].id}",
            none: '${try(aws_subnet.c[7].id, "none")}',
          },
        },
      },
    });
    expect(valuesOf(configuration, "aws_x.y")).toEqual({
      all: ["<aws_subnet.c[0].id>", "<aws_subnet.c[1].id>"],
      one: "<aws_subnet.c[1].id>",
      key: '<aws_subnet.f["k"].arn>',
      values: ['<aws_subnet.f["k"].id>'],
      map: { k: '<aws_subnet.f["k"].id>' },
      size: 2,
      whole: "<aws_subnet.s>",
      deep: "<aws_subnet.s.nested[0].id>",
      none: "none",
    });
  });

  test("whose number is not known stand for what there may be, and the verdict is open", () => {
    const configuration = read({
      variable: { n: {}, m: {} },
      resource: {
        aws_vpc: { a: { count: "${var.n}", cidr_block: "10.${count.index}.0.0/16" }, b: { for_each: "${var.m}" } },
        aws_subnet: { s: { vpc_id: "${aws_vpc.a[0].id}", count: "${length(aws_vpc.a) > 0 ? 1 : 0}" } },
      },
    });
    expect(addresses(configuration)).toEqual(["aws_subnet.s", "aws_vpc.a", "aws_vpc.b"]);
    expect(at(configuration, "aws_vpc.a").conditional).toMatch(/count of aws_vpc.a is not known/);
    expect(valuesOf(configuration, "aws_subnet.s")).toEqual({ vpc_id: "<aws_vpc.a.id>" });
    expect(configuration.undecided).toMatchObject([
      { resource: "aws_subnet.s", attribute: "count", reason: "unknown-value" },
      { resource: "aws_vpc.a", attribute: "count", reason: "unknown-value" },
      { resource: "aws_vpc.b", attribute: "for_each", reason: "unknown-value" },
    ]);
  });
});

describe("blocks and types", () => {
  test("a block is a list of objects, whether one or several or an attribute in its place is written", () => {
    const rule = { from_port: "443", to_port: 443, protocol: -1, self: "true", cidr_blocks: ["10.0.0.0/8"] };
    const converted = { from_port: 443, to_port: 443, protocol: "-1", self: true, cidr_blocks: ["10.0.0.0/8"] };
    for (const ingress of [rule, [rule], "${[local.rule]}"]) {
      const configuration = read({ locals: { rule }, resource: { aws_security_group: { g: { ingress } } } });
      expect(valuesOf(configuration, "aws_security_group.g")).toEqual({ ingress: [converted] });
    }
    const nested = read({
      resource: {
        aws_s3_bucket_versioning: {
          v: { versioning_configuration: { status: "Enabled" }, timeouts: { create: "1m" } },
        },
      },
    });
    expect(valuesOf(nested, "aws_s3_bucket_versioning.v")).toMatchObject({
      versioning_configuration: [{ status: "Enabled" }],
    });
  });

  test("dynamic blocks are written out, with the iterator's name and the keys of maps, lists and sets", () => {
    const configuration = read({
      resource: {
        aws_security_group: {
          g: {
            egress: { from_port: 1 },
            dynamic: {
              ingress: [
                { for_each: { b: 2, a: 1 }, content: { description: "${ingress.key}", from_port: "${ingress.value}" } },
                { for_each: ["x"], iterator: "it", content: { description: "${it.key}${it.value}" } },
                { for_each: '${toset(["s"])}', content: { description: "${ingress.key}" } },
              ],
              egress: { for_each: [1], content: { from_port: 2 } },
            },
          },
        },
        aws_s3_bucket_lifecycle_configuration: {
          l: {
            dynamic: {
              rule: {
                for_each: [7],
                content: {
                  id: "r",
                  dynamic: {
                    transition: {
                      for_each: ["GLACIER"],
                      content: { storage_class: "${transition.value}", days: "${rule.value}" },
                    },
                  },
                },
              },
            },
          },
        },
      },
    });
    expect(valuesOf(configuration, "aws_security_group.g")).toEqual({
      egress: [{ from_port: 1 }, { from_port: 2 }],
      ingress: [
        { description: "a", from_port: 1 },
        { description: "b", from_port: 2 },
        { description: "0x" },
        { description: "s" },
      ],
    });
    expect(valuesOf(configuration, "aws_s3_bucket_lifecycle_configuration.l")).toEqual({
      rule: [{ id: "r", transition: [{ storage_class: "GLACIER", days: 7 }] }],
    });
  });

  test("a dynamic block over something unknown leaves all blocks of its type unknown", () => {
    const configuration = read({
      variable: { rules: {} },
      resource: {
        aws_security_group: {
          g: { ingress: { from_port: 1 }, dynamic: { ingress: { for_each: "${var.rules}", content: {} } } },
        },
      },
    });
    expect(valuesOf(configuration, "aws_security_group.g")).toEqual({ ingress: "<~var.rules>" });
  });

  test("comments and meta-arguments are no attributes; unknown names are kept", () => {
    const configuration = read({
      "//": "x",
      resource: {
        "//": "x",
        aws_vpc: {
          a: {
            "//": { metadata: { path: "app/a", uniqueId: "a" } },
            depends_on: ["aws_vpc.b"],
            lifecycle: { ignore_changes: ["tags"], prevent_destroy: true },
            made_up: { "${1 + 1}": "x" },
          },
        },
      },
    });
    const vpc = at(configuration, "aws_vpc.a");
    expect(vpc.values).toEqual({ made_up: { "2": "x" } });
    expect(vpc.lifecycle).toEqual({ ignore_changes: ["tags"], prevent_destroy: true });
    expect(vpc.source).toMatchObject({ file: "main.tf.json", construct: "app/a", line: 1 });
  });
});

describe("variables and locals", () => {
  const body = {
    variable: {
      name: { type: "string", default: "d" },
      ports: { type: "list(number)", default: ["1"] },
      rule: { type: 'object({ region = optional(string, "us-east-1"), n = number })', default: { n: "1" } },
      not_null: { default: "d", nullable: false },
    },
    resource: {
      aws_x: { y: { name: "${var.name}", ports: "${var.ports}", rule: "${var.rule}", not_null: "${var.not_null}" } },
    },
  };

  test("variables have their defaults, converted to their types", () => {
    expect(valuesOf(read(body), "aws_x.y")).toEqual({
      name: "d",
      ports: [1],
      rule: { region: "us-east-1", n: 1 },
      not_null: "d",
    });
  });

  test("values come from files and from the command line, the last one wins", async () => {
    const files = {
      "main.tf.json": body,
      "terraform.tfvars": 'name  = "a"\nports = [2]\n',
      "terraform.tfvars.json": { name: "b" },
      "x.auto.tfvars.json": { name: "c", undeclared: 1 },
      "given.json": { not_null: null },
    };
    const automatic = await readProject(files);
    expect(valuesOf(automatic, "aws_x.y")).toMatchObject({ name: "c", ports: [2] });
    const folder = project(files);
    const asked = await readConfiguration([folder], {
      varFiles: [`${folder}/given.json`],
      vars: { name: "e", ports: '["3", 4]', rule: '{ n = 2, region = "x" }' },
    });
    expect(valuesOf(asked, "aws_x.y")).toEqual({
      name: "e",
      ports: [3, 4],
      rule: { region: "x", n: 2 },
      not_null: "d",
    });
  });

  test("a value on the command line for a variable that nothing declares is refused", () => {
    expect(() => read(body, { vars: { naem: "x" } })).toThrow(
      "--var naem: no configuration declares a variable of this name",
    );
  });

  test("a variable without a value is unknown, and what is made of it too", () => {
    const configuration = read({
      variable: { region: {} },
      provider: { aws: { region: "${var.region}" } },
      resource: { aws_vpc: { a: { region: "${var.region}", cidr_block: "${1}0.0.0.0/8" } } },
    });
    expect(valuesOf(configuration, "aws_vpc.a")).toEqual({ region: "<var.region>", cidr_block: "10.0.0.0/8" });
    expect(shown(at(configuration, "aws_vpc.a").provider.values)).toEqual({ region: "<var.region>" });
  });

  test("a circle of locals or resources is named", () => {
    expect(() =>
      read({
        locals: { a: "${local.b}", b: "${local.c}", c: "${local.a}" },
        resource: { aws_x: { y: { z: "${local.b}" } } },
      }),
    ).toThrow("main.tf.json: 1: a cycle of references: local.b -> local.c -> local.a -> local.b");
    expect(() => read({ resource: { aws_x: { y: { z: "${aws_x.w.z}" }, w: { z: "${aws_x.y.z}" } } } })).toThrow(
      "a cycle of references: aws_x.y.z -> aws_x.w.z -> aws_x.y.z",
    );
  });

  test("references to what is not declared, and expressions that fail, leave the verdict open", () => {
    const configuration = read({
      resource: { aws_x: { y: { a: "${aws_vpc.gone.id}", b: "${var.gone}", c: '${"x" + 1}', d: "${1 +}" } } },
    });
    expect(valuesOf(configuration, "aws_x.y")).toEqual({ a: "<aws_vpc.gone.id>", b: "<~>", c: "<~>", d: "<~>" });
    expect(configuration.undecided.map(({ resource, attribute, reason }) => [resource, attribute, reason])).toEqual([
      ["aws_vpc.gone", undefined, "unresolved-reference"],
      ["aws_x.y", "b", "unknown-value"],
      ["aws_x.y", "c", "unknown-value"],
      ["aws_x.y", "d", "unknown-value"],
    ]);
  });

  test("what a sensitive variable went into is marked", () => {
    const configuration = read({
      variable: { secret: { sensitive: true, default: "s" }, open: { default: "o" } },
      locals: { derived: "x-${var.secret}" },
      resource: {
        aws_x: {
          y: { a: "${var.open}", b: "${local.derived}", c: '${sensitive("q")}' },
          z: { d: "${aws_x.y.b}", e: "${aws_x.y.a}" },
        },
      },
    });
    expect(at(configuration, "aws_x.y").sensitive).toEqual(["b", "c"]);
    expect(at(configuration, "aws_x.z").sensitive).toEqual(["d"]);
  });
});

describe("providers", () => {
  test("are chosen by argument, by the type's prefix and by what required_providers says of it", () => {
    const configuration = read({
      terraform: {
        required_providers: {
          aws: { source: "hashicorp/aws" },
          amazon: { source: "hashicorp/aws" },
          evil: { source: "someone/aws" },
        },
      },
      provider: {
        aws: [{ region: "eu-west-1" }, { alias: "london", region: "eu-west-2" }],
        amazon: { region: "us-east-1" },
      },
      resource: {
        aws_vpc: { a: {}, b: { provider: "aws.london" }, c: { provider: "amazon" }, d: { provider: "evil" } },
        google_x: { g: {} },
      },
    });
    const provider = (address: string) => {
      const { name, alias, values } = at(configuration, address).provider;
      return [name, alias, values.region];
    };
    expect(provider("aws_vpc.a")).toEqual(["aws", undefined, "eu-west-1"]);
    expect(provider("aws_vpc.b")).toEqual(["aws", "london", "eu-west-2"]);
    expect(provider("aws_vpc.c")).toEqual(["aws", undefined, "us-east-1"]);
    expect(provider("aws_vpc.d")).toEqual(["someone/aws", undefined, undefined]);
    expect(provider("google_x.g")).toEqual(["google", undefined, undefined]);
    expect(at(configuration, "provider.aws.london")).toMatchObject({ mode: "provider", type: "aws", name: "london" });
    expect(addresses(configuration)).toContain("provider.amazon");
  });

  test("an alias that nothing declares leaves the verdict open", () => {
    const configuration = read({ resource: { aws_vpc: { a: { provider: "aws.gone" } } } });
    expect(configuration.undecided).toMatchObject([{ resource: "provider.aws.gone", reason: "unresolved-reference" }]);
  });
});

describe("everything else at the top level", () => {
  const body = {
    terraform: { backend: { s3: { bucket: "state", region: "us-east-1" } }, required_version: ">= 1" },
    resource: {
      aws_instance: {
        i: {
          connection: { host: "${self.public_ip}" },
          provisioner: [{ "local-exec": { command: "curl ${self.private_ip}" } }, { file: { destination: "/x" } }],
        },
      },
    },
    action: { aws_lambda_invoke: { a: { config: { function_name: "f", payload: "${aws_instance.i.id}" } } } },
    ephemeral: { aws_secretsmanager_secret_version: { e: { secret_id: "s" } } },
    check: { c: { data: { http: { site: { url: "https://example.org" } } }, assert: [{ condition: true }] } },
    removed: [{ from: "aws_instance.old", provisioner: [{ "local-exec": { when: "destroy", command: "x" } }] }],
    moved: [{ from: "aws_instance.a", to: "aws_instance.i" }],
    import: [{ to: "aws_instance.i", id: "i-1" }],
    output: { o: { value: "${aws_instance.i.id}" } },
  };

  test("is a thing with an address of its own", () => {
    const configuration = read(body);
    expect(addresses(configuration)).toEqual([
      "action.aws_lambda_invoke.a",
      "aws_instance.i",
      "aws_instance.i.provisioner[0]",
      "aws_instance.i.provisioner[1]",
      "data.http.site",
      "ephemeral.aws_secretsmanager_secret_version.e",
      "removed.aws_instance.old.provisioner[0]",
      "terraform.backend.s3",
    ]);
    expect(valuesOf(configuration, "action.aws_lambda_invoke.a")).toEqual({
      function_name: "f",
      payload: "<aws_instance.i.id>",
    });
    expect(at(configuration, "aws_instance.i.provisioner[0]")).toMatchObject({
      mode: "provisioner",
      type: "local-exec",
    });
    expect(valuesOf(configuration, "aws_instance.i.provisioner[0]")).toEqual({
      command: '<"curl ", aws_instance.i.private_ip>',
      connection: [{ host: "<aws_instance.i.public_ip>" }],
    });
    expect(at(configuration, "terraform.backend.s3")).toMatchObject({
      mode: "backend",
      type: "s3",
      values: { region: "us-east-1" },
    });
    expect(configuration.undecided).toEqual([]);
  });

  test("a block that is not known leaves the verdict open", () => {
    const configuration = read({ resource: {}, brand_new: { a: 1 }, terraform: { encryption: {} }, __proto__x: 5 });
    expect(configuration.undecided.map(({ resource, reason }) => [resource, reason])).toEqual([
      ["__proto__x", "unmodelled-block"],
      ["brand_new", "unmodelled-block"],
      ["terraform.encryption", "unmodelled-block"],
    ]);
  });

  test("cloud and remote backends are backends too", () => {
    const configuration = read({ terraform: { cloud: { organization: "o", workspaces: { name: "w" } } } });
    expect(at(configuration, "terraform.backend.cloud")).toMatchObject({ mode: "backend", type: "cloud" });
  });
});

describe("several files", () => {
  const main = {
    provider: { aws: { region: "eu-west-1" } },
    locals: { a: 1 },
    resource: {
      aws_security_group: { g: { name: "n", ingress: [{ from_port: 1 }, { from_port: 2 }], tags: { a: "x", b: "y" } } },
    },
  };

  test("override files replace arguments and blocks", async () => {
    const configuration = await readProject({
      "main.tf.json": main,
      "z_override.tf.json": {
        provider: { aws: { region: "eu-west-2" } },
        resource: { aws_security_group: { g: { ingress: { from_port: 3 }, tags: { c: "z" } } } },
      },
    });
    expect(valuesOf(configuration, "aws_security_group.g")).toEqual({
      name: "n",
      ingress: [{ from_port: 3 }],
      tags: { c: "z" },
    });
    expect(at(configuration, "aws_security_group.g").provider.values.region).toBe("eu-west-2");
  });

  test("what is declared twice is refused, with both places", async () => {
    await expect(
      readProject({ "a.tf.json": main, "b.tf.json": { resource: { aws_security_group: { g: {} } } } }),
    ).rejects.toThrow(
      /b\.tf\.json: 4:7: resource\.aws_security_group\.g is declared a second time; the first is in .*a\.tf\.json, line \d+/,
    );
    await expect(readProject({ "a.tf.json": main, "b.tf.json": { locals: { a: 2 } } })).rejects.toThrow(
      "local.a is declared a second time",
    );
    await expect(
      readProject({ "a.tf.json": main, "x_override.tf.json": { resource: { aws_vpc: { v: {} } } } }),
    ).rejects.toThrow("overrides resource.aws_vpc.v, which no other file declares");
  });

  test("law: the order of keys and the division into files change nothing", async () => {
    const resources = {
      aws_vpc: { a: { cidr_block: "${local.net}" }, b: { count: 2 } },
      aws_subnet: { s: { vpc_id: "${aws_vpc.a.id}", tags: { y: "1", x: "${aws_vpc.b[1].id}" } } },
      aws_s3_bucket: { u: { for_each: '${toset(["q", "p"])}', bucket: "${each.key}" } },
    };
    const rest = { locals: { net: "10.0.0.0/8" }, provider: { aws: { region: "eu-west-1" } } };
    const plain = (configuration: Awaited<ReturnType<typeof readProject>>): unknown =>
      configuration.resources.map(({ address, values, provider }) => [address, shown(values), provider.values]);
    const expected = plain(await readProject({ "main.tf.json": { resource: resources, ...rest } }));
    const types = Object.keys(resources) as (keyof typeof resources)[];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(types, { minLength: types.length }),
        fc.array(fc.nat(2), { minLength: types.length, maxLength: types.length }),
        async (order, files) => {
          const bodies: Record<string, Record<string, object>>[] = [{}, {}, {}].map(() => ({ resource: {} }));
          order.forEach((type, index) => {
            bodies[files[index]].resource[type] = Object.fromEntries(Object.entries(resources[type]).reverse());
          });
          const written = Object.fromEntries(bodies.map((body, index) => [`${index}.tf.json`, body]));
          expect(plain(await readProject({ ...written, "rest.tf.json": rest }))).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });
});

test("law: what is known with a variable unknown is true whatever its value", async () => {
  const plain = (address: string): string => address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
  await fc.assert(
    fc.asyncProperty(shape, fc.constantFrom("", "a", "bb", "${not}"), async (module, input) => {
      const files: Record<string, object> = {};
      write(module, "", files, true);
      const folder = project(files);
      const unknown = await readConfiguration([folder]);
      const known = await readConfiguration([folder], { vars: { input } });
      for (const resource of known.resources) {
        const same = unknown.resources.filter(
          ({ address, conditional }) =>
            address === resource.address || (conditional !== undefined && plain(address) === plain(resource.address)),
        );
        const value = resource.values.input ?? null;
        if (!same.some(({ values }) => agrees(values.input ?? null, value))) {
          const seen = same.map(({ address, values }) => `${address}: ${JSON.stringify(shown(values.input))}`);
          throw new Error(
            `${resource.address} is ${JSON.stringify(shown(value))}, but was thought to be ${seen.join(" or ")}`,
          );
        }
      }
    }),
    { numRuns: 60 },
  );
});
