/**
 * How Pulumi's AWS provider names what the Terraform provider has: the bridge writes `cidr_block` as `cidrBlock`, puts
 * lists in the plural (`subnet_id` → `subnetIds`), and makes an object of a list that can have one element only
 * (https://www.pulumi.com/blog/aws-provider-7-0-release/ and, for the rule, `TerraformToPulumiNameV2` in
 * https://github.com/pulumi/pulumi-terraform-bridge/blob/main/pkg/tfbridge/names.go). Which tokens are which types is
 * in types.json, which scripts/pulumi.ts generates and checks property by property.
 */
import type { BlockSchema } from "../schema/schema";

/** Everything between the provider's token and the inventory; see scripts/pulumi.ts for how it is made. */
interface Table {
  /** Version of the `@pulumi/aws` it was made from. */
  readonly version: string;
  /** `s3:Bucket`, which stands for `aws:s3/bucket:Bucket`, by what it is: `s3_bucket` for `aws_s3_bucket`. */
  readonly resources: Readonly<Record<string, string>>;
  /** The same for functions: `ec2:getVpc` is `vpc`. */
  readonly functions: Readonly<Record<string, string>>;
  /**
   * By type: dotted paths of the lists that are one object in Pulumi; with `=` in front those that keep a name in the
   * singular, with `+` those that are given another plural though they end in s.
   */
  readonly single: Readonly<Record<string, string>>;
  /** By type: properties that the inventory's version of the provider does not have. */
  readonly unmapped: Readonly<Record<string, string>>;
}

// Loaded when the first Pulumi input is read; the import type makes the compiler copy it beside the compiled code.
let loaded: Table | undefined;
function table(): Table {
  loaded ??= require("./types.json") as typeof import("./types.json") as Table;
  return loaded;
}

/** `aws:s3/bucket:Bucket` as `s3:Bucket`; undefined for other packages. */
export function shortToken(token: string): string | undefined {
  const [, module, name] = /^aws:([^/:]+)(?:\/[^:]*)?:(\w+)$/.exec(token) ?? [];
  return module === undefined ? undefined : `${module}:${name}`;
}

/** `s3:Bucket` as Pulumi writes it in full. */
export const fullToken = (short: string): string => {
  const [module, name] = short.split(":");
  return `aws:${module}/${name[0].toLowerCase()}${name.slice(1)}:${name}`;
};

const find = (map: Readonly<Record<string, string>>, token: string): string | undefined => {
  const short = shortToken(token);
  return short !== undefined && Object.hasOwn(map, short) ? `aws_${map[short]}` : undefined;
};

/** The Terraform type of a resource's token; undefined if there is none. */
export const resourceType = (token: string): string | undefined => find(table().resources, token);

/** The data source that a function asks; undefined if there is none. */
export const dataSourceType = (token: string): string | undefined => find(table().functions, token);

/** The token that a Terraform type is registered under; of several the one that bears its name. */
export function tokenOf(type: string): string | undefined {
  const found = Object.entries(table().resources).find(([, name]) => `aws_${name}` === type);
  return found && fullToken(found[0]);
}

/** Whether the list or block at a dotted path of a type is a single object in Pulumi. */
export function isSingle(type: string, path: string): boolean {
  const entries = table().single;
  const name = type.slice(4);
  return Object.hasOwn(entries, name) && entries[name].split(" ").includes(path);
}

/**
 * Properties that bear another name than the rule gives them: `Fields` of the resource in
 * https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go. None of them clashes with what the rule gives.
 */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_api_gateway_base_path_mapping: { restApi: "api_id" },
  aws_api_gateway_stage: { deployment: "deployment_id", restApi: "rest_api_id" },
  aws_cloudwatch_metric_alarm: { name: "alarm_name" },
  aws_elastic_beanstalk_environment: { version: "version_label" },
  aws_glue_catalog_table: { partitionIndices: "partition_index" },
  aws_iot_topic_rule: { kineses: "kinesis" },
  aws_lambda_function: { code: "filename", name: "function_name" },
  aws_lambda_layer_version: { code: "filename" },
  aws_lambda_permission: { function: "function_name" },
  aws_s3_bucket_website_configuration: { routingRuleDetails: "routing_rule" },
  aws_sns_topic_subscription: { topic: "topic_arn" },
  ...Object.fromEntries(
    [
      "authorizer",
      "deployment",
      "integration",
      "integration_response",
      "method",
      "method_response",
      "method_settings",
      "model",
      "request_validator",
      "resource",
    ].map((name) => [`aws_api_gateway_${name}`, { restApi: "rest_api_id" }]),
  ),
};

export const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

const isMany = (schema: BlockSchema, name: string): boolean =>
  Object.hasOwn(schema.blocks, name)
    ? schema.blocks[name].nesting === "list" || schema.blocks[name].nesting === "set"
    : /^(list|set)/.test(schema.attributes[name].type);

const indices = new WeakMap<BlockSchema, ReadonlyMap<string, string>>();

/** The attributes and blocks of a structure by their names in Pulumi. */
function indexOf(schema: BlockSchema): ReadonlyMap<string, string> {
  let index = indices.get(schema);
  if (!index) {
    const names = [...Object.keys(schema.attributes), ...Object.keys(schema.blocks)];
    const made = new Map(names.map((name) => [camel(name), name]));
    for (const name of names) {
      if (isMany(schema, name) && !made.has(plural(camel(name)))) made.set(plural(camel(name)), name);
    }
    indices.set(schema, made);
    index = made;
  }
  return index;
}

/**
 * The attribute or block that a property is; undefined if the structure has none. `type` is given for the properties of
 * the resource itself, of which some are renamed.
 */
export function attributeName(property: string, schema: BlockSchema, type?: string): string | undefined {
  const names = type !== undefined && Object.hasOwn(renamed, type) ? renamed[type] : {};
  return Object.hasOwn(names, property) ? names[property] : indexOf(schema).get(property);
}

/** The name that an attribute or block of a type has in Pulumi, at a dotted path of Terraform's names. */
export function propertyName(name: string, schema: BlockSchema, type: string, path: string): string {
  if (path === name && Object.hasOwn(renamed, type)) {
    const found = Object.entries(renamed[type]).find(([, attribute]) => attribute === name);
    if (found) return found[0];
  }
  const word = camel(name);
  if (!isMany(schema, name) || isSingle(type, path)) return word;
  return isSingle(type, `${word.endsWith("s") ? "+" : "="}${path}`) !== word.endsWith("s") ? word : plural(word);
}
