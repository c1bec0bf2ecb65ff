/**
 * Law "kinds": Terraform's JSON, the same as HCL, and a plan made from it are read alike. The bodies are one of our own
 * and all labelled configurations.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { readConfiguration, readConfigurationText } from "../../../policies/configuration/input/read";
import { isJsonObject, type Json, type JsonObject } from "../../../policies/configuration/json";
import type { Configuration, Resource } from "../../../policies/configuration/resource";
import { type BlockSchema, schemaOf } from "../../../policies/configuration/schema/schema";
import { isList, isObject, isUnknown, isWhollyKnown, type Value } from "../../../policies/configuration/value";
import { cases } from "../../fixtures/examples";
import { project, shown } from "./project";

const own: JsonObject = {
  terraform: {
    backend: { s3: { bucket: "state", key: "k", region: "eu-west-1" } },
    required_providers: { aws: { source: "hashicorp/aws" } },
  },
  provider: { aws: [{ region: "eu-west-1" }, { alias: "london", region: "eu-west-2" }] },
  resource: {
    aws_s3_bucket: { a: { bucket: 'a "quoted"\n\\ name', tags: { "with space": "x" } }, b: { provider: "aws.london" } },
    aws_s3_bucket_replication_configuration: {
      r: {
        bucket: "${aws_s3_bucket.a.id}",
        role: "arn:aws:iam::111111111111:role/${aws_s3_bucket.b.id}",
        rule: [
          { id: "one", status: "Enabled", destination: { bucket: "${aws_s3_bucket.b.arn}" } },
          { id: "two", status: "Disabled", destination: { bucket: "${aws_s3_bucket.a.arn}" } },
        ],
        lifecycle: { ignore_changes: ["rule"] },
      },
    },
    aws_security_group: {
      g: { ingress: [{ from_port: 1, to_port: 2, protocol: "tcp", security_groups: ["${aws_security_group.h.id}"] }] },
      h: { description: "$${not} a template" },
    },
    aws_lb: {
      l: {
        subnets: ["${aws_subnet.s.id}"],
        security_groups: ["${aws_security_group.g.id}", "${aws_security_group.h.id}"],
      },
    },
    aws_subnet: { s: { vpc_id: "${aws_vpc.v.id}", cidr_block: "${cidrsubnet(aws_vpc.v.cidr_block, 8, 1)}" } },
    aws_vpc: { v: { cidr_block: "10.0.0.0/16" } },
  },
};

const bodies = (): [name: string, body: JsonObject][] => [
  ["our own", own],
  ...cases.flatMap(({ id, leak, safe }) =>
    [leak, safe].map((file): [string, JsonObject] => [
      `${id}/${basename(file)}`,
      JSON.parse(readFileSync(file, "utf8")) as JsonObject,
    ]),
  ),
];

// ---------------------------------------------------------------------------------------------------------- HCL

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;

function hclExpression(value: Json): string {
  if (typeof value === "string") {
    const whole = /^\$\{((?:[^{}]|\{[^{}]*\})*)\}$/.exec(value);
    if (whole) return whole[1];
    if (value.startsWith("${") && value.endsWith("}")) return value.slice(2, -1);
    const parts = value.split(/(\$\{[^}]*\})/);
    return `"${parts.map((part) => (part.startsWith("${") ? part : quoted(part).slice(1, -1))).join("")}"`;
  }
  if (Array.isArray(value)) return `[${value.map(hclExpression).join(", ")}]`;
  if (isJsonObject(value))
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${quoted(key)} = ${hclExpression(inner)}`)
      .join(", ")} }`;
  return String(value);
}

/** Arguments that name things instead of having values. */
const traversals = new Set(["provider", "depends_on", "ignore_changes", "actions"]);

const bareWords = (value: Json): string =>
  Array.isArray(value)
    ? `[${value.map(bareWords).join(", ")}]`
    : isJsonObject(value)
      ? hclExpression(value)
      : String(value);

const metaBlocks = new Set([
  "lifecycle",
  "action_trigger",
  "provisioner",
  "connection",
  "config",
  "backend",
  "required_providers",
]);

function hclBody(body: JsonObject, schema: BlockSchema | undefined): string {
  let text = "";
  for (const [name, value] of Object.entries(body)) {
    if (name === "//") continue;
    const block = schema?.blocks[name]?.block;
    if (traversals.has(name) && !schema?.attributes[name]) text += `${name} = ${bareWords(value)}\n`;
    else if ((block || metaBlocks.has(name)) && (isJsonObject(value) || Array.isArray(value))) {
      for (const one of [value].flat()) text += `${name} {\n${hclBody(one as JsonObject, block)}}\n`;
    } else if (name === "dynamic" && isJsonObject(value)) {
      for (const [label, generator] of Object.entries(value)) {
        const { content, ...rest } = generator as JsonObject;
        text += `dynamic ${quoted(label)} {\n${hclBody(rest, undefined)}content {\n${hclBody(content as JsonObject, schema?.blocks[label]?.block ?? schema?.attributes[label]?.object)}}\n}\n`;
      }
    } else text += `${name} = ${hclExpression(value)}\n`;
  }
  return text;
}

function toHcl(body: JsonObject): string {
  let text = "";
  const each = (value: Json, write: (label: string, inner: JsonObject) => void): void => {
    for (const group of [value].flat() as JsonObject[]) {
      for (const [label, inner] of Object.entries(group))
        for (const one of [inner].flat()) write(label, one as JsonObject);
    }
  };
  for (const [keyword, value] of Object.entries(body)) {
    if (keyword === "//") continue;
    if (keyword === "resource" || keyword === "data" || keyword === "action") {
      const mode = keyword === "resource" ? "managed" : keyword;
      each(value, (type, named) => {
        each(named, (name, inner) => {
          text += `${keyword} ${quoted(type)} ${quoted(name)} {\n${hclBody(inner, schemaOf(mode, type))}}\n`;
        });
      });
    } else if (keyword === "provider" || keyword === "variable" || keyword === "output") {
      const schema = keyword === "provider" ? schemaOf("provider", "aws") : undefined;
      each(value, (name, inner) => {
        text += `${keyword} ${quoted(name)} {\n${hclBody(inner, schema)}}\n`;
      });
    } else if (keyword === "terraform") {
      for (const [name, inner] of Object.entries(value as JsonObject)) {
        if (name === "backend")
          each(inner, (type, config) => {
            text += `terraform {\nbackend ${quoted(type)} {\n${hclBody(config, undefined)}}\n}\n`;
          });
        else text += `terraform {\n${hclBody({ [name]: inner }, undefined)}}\n`;
      }
    } else text += `${keyword} {\n${hclBody(value as JsonObject, undefined)}}\n`;
  }
  return text;
}

// --------------------------------------------------------------------------------------------------------- plan

/** What of a value is unknown, as a plan marks it. */
function mask(value: Value): Json {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.map(mask);
  if (!isObject(value)) return false;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isWhollyKnown(inner))
      .map(([key, inner]) => [key, mask(inner)]),
  );
}

function knownPart(value: Value): Json {
  if (isUnknown(value)) return null;
  if (isList(value)) return value.map(knownPart);
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => !isUnknown(inner))
        .map(([key, inner]) => [key, knownPart(inner)]),
    );
  return value as Json;
}

/** Terraform's references of a template, each followed by what it begins with. */
function references(json: Json): string[] {
  const text = JSON.stringify(json);
  return [
    ...text.matchAll(/(?<![\w.$-])((?:data\.)?(?:aws_\w+\.[\w-]+|local\.[\w-]+))((?:\[\d+\])?(?:\.\w+)?)/g),
  ].flatMap(([, base, rest]) => (rest === "" ? [base] : [base + rest, base]));
}

function expression(json: Json): JsonObject {
  const found = references(json);
  return { constant_value: json, ...(found.length > 0 && { references: found }) };
}

function expressions(body: JsonObject, schema: BlockSchema | undefined): JsonObject {
  const meta = new Set([
    "//",
    "lifecycle",
    "provider",
    "depends_on",
    "count",
    "for_each",
    "dynamic",
    "provisioner",
    "connection",
  ]);
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => !meta.has(name))
      .map(([name, value]) => {
        const block = schema?.blocks[name]?.block;
        return [name, block ? [value].flat().map((one) => expressions(one as JsonObject, block)) : expression(value)];
      }),
  );
}

/** The plan that Terraform would make of a configuration of resources at the root that all are new. */
function toPlan(body: JsonObject, configuration: Configuration): JsonObject {
  const planned = configuration.resources.filter(({ mode }) => mode === "managed");
  const entry = ({ address, type, name, key }: Resource): JsonObject => ({
    address,
    mode: "managed",
    type,
    name,
    ...(key !== undefined && { index: key }),
  });
  const config: JsonObject = {};
  for (const provider of [(body.provider as JsonObject).aws].flat() as JsonObject[]) {
    const { alias, ...rest } = provider;
    config[alias ? `aws.${String(alias)}` : "aws"] = {
      name: "aws",
      ...(alias && { alias }),
      expressions: expressions(rest, schemaOf("provider", "aws")),
    };
  }
  return {
    format_version: "1.2",
    planned_values: {
      root_module: { resources: planned.map((one) => ({ ...entry(one), values: knownPart(one.values) })) },
    },
    resource_changes: planned.map((one) => ({
      ...entry(one),
      change: { actions: ["create"], after_unknown: { id: true, arn: true, ...(mask(one.values) as JsonObject) } },
    })),
    configuration: {
      provider_config: config,
      root_module: {
        resources: Object.entries(body.resource as JsonObject).flatMap(([type, named]) =>
          Object.entries(named as JsonObject).map(([name, inner]) => ({
            address: `${type}.${name}`,
            provider_config_key: String((inner as JsonObject).provider ?? "aws"),
            expressions: expressions(inner as JsonObject, schemaOf("managed", type)),
          })),
        ),
      },
    },
  };
}

// ---------------------------------------------------------------------------------------------------------------

type Plain = [address: string, values: unknown, provider: unknown, lifecycle: unknown];

const plain = ({ address, values, provider, lifecycle }: Resource): Plain => [
  address,
  shown(values),
  [provider.name, provider.alias, shown(provider.values)],
  lifecycle,
];

const withoutNulls = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withoutNulls)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, inner]) => inner !== null)
            .map(([key, inner]) => [key, withoutNulls(inner)]),
        )
      : value;

const all = bodies();

test("HCL is read as the same in JSON", async () => {
  for (const [name, body] of all) {
    const json = readConfigurationText(JSON.stringify(body), "main.tf.json");
    const hcl = await readConfiguration([project({ "main.tf": toHcl(body) })]);
    expect([name, hcl.resources.map(plain)]).toEqual([name, json.resources.map(plain)]);
    expect([name, json.undecided, hcl.undecided]).toEqual([name, [], []]);
  }
}, 30_000);

test("a plan is read as the configuration that it was made from", () => {
  const parts = (resource: Resource): unknown => withoutNulls(plain(resource).slice(0, 3));
  for (const [name, body] of all) {
    const json = readConfigurationText(JSON.stringify(body), "main.tf.json");
    const plan = readConfigurationText(JSON.stringify(toPlan(body, json)), "plan.json");
    const managed = ({ resources }: Configuration): Resource[] => resources.filter(({ mode }) => mode === "managed");
    expect([name, managed(plan).map(parts)]).toEqual([name, managed(json).map(parts)]);
  }
});
