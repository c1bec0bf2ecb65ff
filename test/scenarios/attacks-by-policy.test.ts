/** Policies and lists that were written to let somebody in past the proof. */
import { type Attack, allow, attack, FOREIGN, OURS, policy } from "./attack";

/** A resource-based policy whose Resource is written in several ways; let in: an account outside. */
function written(
  name: string,
  store: readonly [type: string, values: object],
  by: readonly [type: string, values: object, attribute?: string],
  action: string | string[],
  resources: readonly string[],
): Attack {
  const [type, values] = store;
  const [carrier, rest, attribute = "policy"] = by;
  return {
    name: `${name}: ways to write its ARN`,
    build: (resource) => ({
      [type]: { a: values, b: { ...values, name: "another" } },
      [carrier]: { p: { ...rest, [attribute]: allow(FOREIGN, action, resource) } },
    }),
    leaks: resources,
    safe: [],
    by: `${carrier}.p`,
  };
}

attack([
  written(
    "secret",
    ["aws_secretsmanager_secret", { name: "db/main" }],
    ["aws_secretsmanager_secret_policy", { secret_arn: "${aws_secretsmanager_secret.a.arn}" }],
    "secretsmanager:GetSecretValue",
    [
      "${aws_secretsmanager_secret.a.id}",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:db/main-??????",
      "arn:aws:secretsmanager:*:*:secret:db/*",
    ],
  ),
  written(
    "stream of a table",
    ["aws_dynamodb_table", { name: "t", hash_key: "k", stream_enabled: true }],
    ["aws_dynamodb_resource_policy", { resource_arn: "${aws_dynamodb_table.a.stream_arn}" }],
    "dynamodb:GetRecords",
    ["${aws_dynamodb_table.a.stream_arn}", "arn:aws:dynamodb:eu-west-1:111111111111:table/t/stream/*"],
  ),
  written(
    "search domain",
    ["aws_opensearch_domain", { domain_name: "t" }],
    ["aws_opensearch_domain_policy", { domain_name: "${aws_opensearch_domain.a.domain_name}" }, "access_policies"],
    "es:ESHttpGet",
    ["${aws_opensearch_domain.a.id}/*"],
  ),
  written(
    "bus",
    ["aws_cloudwatch_event_bus", { name: "t" }],
    ["aws_cloudwatch_event_bus_policy", { event_bus_name: "${aws_cloudwatch_event_bus.a.name}" }],
    ["events:PutRule", "events:PutTargets"],
    ["arn:aws:events:eu-west-1:111111111111:rule/t/*"],
  ),
  written(
    "backup vault",
    ["aws_backup_vault", { name: "t" }],
    ["aws_backup_vault_policy", { backup_vault_name: "${aws_backup_vault.a.name}" }],
    "backup:StartCopyJob",
    ["arn:aws:ec2:eu-west-1::snapshot/*"],
  ),
  written(
    "key",
    ["aws_kms_key", { description: "k" }],
    ["aws_kms_key_policy", { key_id: "${aws_kms_key.a.id}" }],
    "kms:Decrypt",
    ["arn:aws:kms:eu-west-1:111111111111:key/*", "arn:aws:kms:eu-west-1:111111111111:key/${aws_kms_key.a.key_id}"],
  ),
  written(
    "queue with the beginning of a name",
    ["aws_sqs_queue", { name_prefix: "t-" }],
    ["aws_sqs_queue_policy", { queue_url: "${aws_sqs_queue.a.id}" }],
    "sqs:ReceiveMessage",
    ["arn:aws:sqs:eu-west-1:111111111111:t-*"],
  ),
  {
    name: "a statement about an object of the bucket, by reference",
    build: (account) => ({
      aws_s3_bucket: { b: { bucket: "b" } },
      aws_s3_object: { o: { bucket: "${aws_s3_bucket.b.id}", key: "k", content: "c" } },
      aws_s3_bucket_policy: {
        p: { bucket: "${aws_s3_bucket.b.id}", policy: allow(account, "s3:GetObject", "${aws_s3_object.o.arn}") },
      },
    }),
    leaks: [FOREIGN],
    safe: [OURS],
    by: "aws_s3_bucket_policy.p",
    verdict: "undecided",
  },
  {
    name: "a statement about another queue lets nobody at this one",
    build: (queue) => ({
      aws_sqs_queue: { a: { name: "a" }, b: {} },
      aws_sqs_queue_policy: {
        p: { queue_url: "${aws_sqs_queue.a.id}", policy: allow(FOREIGN, "sqs:ReceiveMessage", queue) },
      },
    }),
    leaks: ["${aws_sqs_queue.a.arn}"],
    safe: ["${aws_sqs_queue.b.arn}"],
    by: "aws_sqs_queue_policy.p",
  },
  {
    name: "a bucket for the addresses of a facility",
    build: (cidr) => ({
      aws_s3_bucket: { b: { bucket: "b" } },
      aws_s3_bucket_policy: {
        p: {
          bucket: "${aws_s3_bucket.b.id}",
          policy: policy({
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:::b/*",
            Condition: { IpAddress: { "aws:SourceIp": cidr } },
          }),
        },
      },
    }),
    leaks: ["198.51.100.0/24", "203.0.113.0/24"],
    safe: ["203.0.113.10/32"],
    by: "aws_s3_bucket_policy.p",
  },
  {
    name: "access logs that the list on them lets others read",
    build: (id) => ({
      aws_s3_bucket: { users: { bucket: "users" }, logs: { bucket: "logs" } },
      aws_s3_bucket_ownership_controls: {
        users: { bucket: "${aws_s3_bucket.users.id}", rule: { object_ownership: "BucketOwnerEnforced" } },
        logs: { bucket: "${aws_s3_bucket.logs.id}", rule: { object_ownership: "ObjectWriter" } },
      },
      aws_s3_bucket_logging: {
        l: {
          bucket: "${aws_s3_bucket.users.id}",
          target_bucket: `\${aws_s3_bucket.${id.split(" ")[0]}.id}`,
          target_prefix: "",
          target_grant: { permission: "READ", grantee: { type: "CanonicalUser", id: id.split(" ")[1] } },
        },
      },
    }),
    leaks: ["logs 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"],
    safe: ["users 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"],
    by: "aws_s3_bucket_logging.l",
  },
  {
    name: "a key for whoever comes through a service, held to an account",
    build: (account) => ({
      aws_kms_key: {
        k: {
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
            Condition: {
              StringEquals: { "kms:CallerAccount": account, "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
            },
          }),
        },
      },
    }),
    leaks: [FOREIGN],
    safe: ["111111111111"],
    by: "aws_kms_key.k",
  },
  {
    name: "a private API, for one VPC",
    build: (vpc) => ({
      aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
      aws_api_gateway_rest_api: { a: { name: "a", endpoint_configuration: { types: ["PRIVATE"] } } },
      aws_api_gateway_rest_api_policy: {
        p: {
          rest_api_id: "${aws_api_gateway_rest_api.a.id}",
          policy: policy(
            { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" },
            {
              Effect: "Deny",
              Principal: "*",
              Action: "execute-api:Invoke",
              Resource: vpc.split(" ")[0],
              Condition: { StringNotEquals: { "aws:SourceVpc": vpc.split(" ")[1] } },
            },
          ),
        },
      },
    }),
    leaks: ["execute-api:/* vpc-0123456789abcdef0", "execute-api:/prod/* ${aws_vpc.v.id}"],
    safe: ["execute-api:/* ${aws_vpc.v.id}", "${aws_api_gateway_rest_api.a.execution_arn}/* ${aws_vpc.v.id}"],
    by: "aws_api_gateway_rest_api_policy.p",
  },
]);
