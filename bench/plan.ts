/** A large plan, as `terraform show -json` writes it: sites of networks, stores, queues and roles, all in Dublin. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Planned {
  readonly type: string;
  readonly name: string;
  readonly values: Record<string, Json>;
  readonly unknown: Record<string, Json>;
  readonly expressions: Record<string, Json>;
}

/** One cell of ten resources; cells refer to nothing outside themselves. */
function cell(n: number): Planned[] {
  const vpc = `aws_vpc.v${n}`;
  const subnet = (i: number): Planned => ({
    type: "aws_subnet",
    name: `s${n}_${i}`,
    values: {
      availability_zone: `eu-west-1${"abc"[i]}`,
      cidr_block: `10.${n % 256}.${i}.0/24`,
      map_public_ip_on_launch: false,
      assign_ipv6_address_on_creation: false,
      enable_dns64: false,
      region: "eu-west-1",
      tags: { Name: `subnet-${n}-${i}`, cell: String(n) },
    },
    unknown: { id: true, arn: true, vpc_id: true },
    expressions: { vpc_id: { references: [`${vpc}.id`, vpc] } },
  });
  const bucket = `aws_s3_bucket.b${n}`;
  return [
    {
      type: "aws_vpc",
      name: `v${n}`,
      values: {
        cidr_block: `10.${n % 256}.0.0/16`,
        enable_dns_support: false,
        enable_dns_hostnames: false,
        instance_tenancy: "default",
        region: "eu-west-1",
        tags: { Name: `vpc-${n}` },
      },
      unknown: { id: true, arn: true },
      expressions: {},
    },
    subnet(0),
    subnet(1),
    subnet(2),
    {
      type: "aws_security_group",
      name: `g${n}`,
      values: {
        name: `group-${n}`,
        description: "cell",
        region: "eu-west-1",
        revoke_rules_on_delete: false,
        ingress: [
          {
            cidr_blocks: [`10.${n % 256}.0.0/16`],
            description: "",
            from_port: 443,
            to_port: 443,
            protocol: "tcp",
            ipv6_cidr_blocks: [],
            prefix_list_ids: [],
            security_groups: [],
            self: false,
          },
        ],
        egress: [],
      },
      unknown: { id: true, arn: true, vpc_id: true },
      expressions: { vpc_id: { references: [`${vpc}.id`, vpc] } },
    },
    {
      type: "aws_s3_bucket",
      name: `b${n}`,
      values: { bucket: `enclave-bench-${n}`, force_destroy: false, region: "eu-west-1", tags: { cell: String(n) } },
      unknown: { id: true, arn: true },
      expressions: {},
    },
    {
      type: "aws_s3_bucket_public_access_block",
      name: `p${n}`,
      values: {
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
        region: "eu-west-1",
      },
      unknown: { id: true, bucket: true },
      expressions: { bucket: { references: [`${bucket}.id`, bucket] } },
    },
    {
      type: "aws_sqs_queue",
      name: `q${n}`,
      values: {
        name: `queue-${n}`,
        fifo_queue: false,
        delay_seconds: 0,
        region: "eu-west-1",
        sqs_managed_sse_enabled: true,
      },
      unknown: { id: true, arn: true, url: true },
      expressions: {},
    },
    {
      type: "aws_dynamodb_table",
      name: `t${n}`,
      values: {
        name: `table-${n}`,
        billing_mode: "PAY_PER_REQUEST",
        hash_key: "id",
        region: "eu-west-1",
        attribute: [{ name: "id", type: "S" }],
        replica: [],
      },
      unknown: { id: true, arn: true },
      expressions: {},
    },
    {
      type: "aws_sns_topic_subscription",
      name: `n${n}`,
      values: { protocol: "sqs", topic_arn: `arn:aws:sns:eu-west-1:111111111111:t${n}`, region: "eu-west-1" },
      unknown: { id: true, arn: true, endpoint: true },
      expressions: { endpoint: { references: [`aws_sqs_queue.q${n}.arn`, `aws_sqs_queue.q${n}`] } },
    },
  ];
}

/** The plan's JSON text with `size` resources (a multiple of ten). */
export function planText(size: number): string {
  const all = Array.from({ length: Math.ceil(size / 10) }, (_, n) => cell(n)).flat();
  const provider = "registry.terraform.io/hashicorp/aws";
  const address = (one: Planned) => `${one.type}.${one.name}`;
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: {
        resources: all.map((one) => ({
          address: address(one),
          mode: "managed",
          type: one.type,
          name: one.name,
          provider_name: provider,
          schema_version: 0,
          values: one.values,
          sensitive_values: {},
        })),
      },
    },
    resource_changes: all.map((one) => ({
      address: address(one),
      mode: "managed",
      type: one.type,
      name: one.name,
      provider_name: provider,
      change: {
        actions: ["create"],
        before: null,
        after: one.values,
        after_unknown: one.unknown,
        before_sensitive: false,
        after_sensitive: {},
      },
    })),
    configuration: {
      provider_config: {
        aws: { name: "aws", full_name: provider, expressions: { region: { constant_value: "eu-west-1" } } },
      },
      root_module: {
        resources: all.map((one) => ({
          address: address(one),
          mode: "managed",
          type: one.type,
          name: one.name,
          provider_config_key: "aws",
          expressions: one.expressions,
          schema_version: 0,
        })),
      },
    },
  });
}
