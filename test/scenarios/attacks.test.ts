/** What was found by trying to get data past the proof: each leak beside the nearest thing that is none. */
import { findings, judge } from "../policies/services/harness";

interface Attack {
  readonly name: string;
  /** The configuration with the difference in it. */
  readonly build: (what: string) => Parameters<typeof judge>[0];
  readonly leaks: readonly string[];
  readonly safe: readonly string[];
  /** What a path of each leak must name. */
  readonly by: string;
  /** What is right for the leaks. @default "escapes" */
  readonly verdict?: "undecided";
}

const FOREIGN = "444455556666";
const OURS = "222222222222";
const policy = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (account: string, action: string | string[], resource: string) =>
  policy({ Effect: "Allow", Principal: { AWS: account }, Action: action, Resource: resource });

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

const attacks: readonly Attack[] = [
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
];

const task = (resource: string, parameters: object): ReturnType<Attack["build"]> => ({
  aws_sfn_state_machine: {
    m: {
      name: "m",
      role_arn: "arn:aws:iam::111111111111:role/states",
      definition: JSON.stringify({
        StartAt: "A",
        States: { A: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true } },
      }),
    },
  },
});

const target = (values: object, rule: object = {}) => ({
  aws_cloudwatch_event_rule: { r: { name: "r", event_pattern: "{}", ...rule } },
  aws_cloudwatch_event_target: { t: { rule: "${aws_cloudwatch_event_rule.r.name}", ...values } },
});

const deliveries: readonly Attack[] = [
  {
    name: "a channel to people, named by the ARN of one of the owner's accounts",
    build: (arn) => ({
      aws_notifications_channel_association: {
        a: { arn, notification_configuration_arn: "arn:aws:notifications::111111111111:configuration/c" },
      },
    }),
    leaks: [
      "arn:aws:chatbot::111111111111:chat-configuration/slack-channel/x",
      "arn:aws:notifications-contacts::111111111111:emailcontact/e",
    ],
    safe: [],
    by: "aws_notifications_channel_association.a",
  },
  {
    name: "an endpoint of which the ARN says nothing",
    build: (arn) => target({ arn }),
    leaks: ["arn:aws:events:eu-west-1:111111111111:api-destination/d/1"],
    safe: ["arn:aws:events:eu-west-1:111111111111:event-bus/b"],
    by: "aws_cloudwatch_event_target.t",
    verdict: "undecided",
  },
  {
    name: "a target of a rule that is switched off",
    build: (state) => target({ arn: "arn:aws:events:us-east-1:111111111111:event-bus/default" }, { state }),
    leaks: ["ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
    safe: ["DISABLED"],
    by: "aws_cloudwatch_event_target.t",
  },
  {
    name: "where undelivered events go",
    build: (arn) => target({ arn: "arn:aws:sqs:eu-west-1:111111111111:q", dead_letter_config: { arn } }),
    leaks: ["arn:aws:sqs:eu-west-1:444455556666:q"],
    safe: ["arn:aws:sqs:eu-west-1:222222222222:q"],
    by: "aws_cloudwatch_event_target.t",
  },
  {
    name: "a function by a name with its account",
    build: (name) => ({
      aws_lambda_event_source_mapping: {
        m: { function_name: name, event_source_arn: "arn:aws:sqs:eu-west-1:111111111111:q" },
      },
    }),
    leaks: [`${FOREIGN}:function:f`, `${FOREIGN}:f:live`],
    safe: [`${OURS}:function:f`, "f:live"],
    by: "aws_lambda_event_source_mapping.m",
  },
  {
    name: "a function of a state machine by a name with its account",
    build: (name) => task("lambda:invoke", { FunctionName: name }),
    leaks: [`${FOREIGN}:function:f`],
    safe: [`${OURS}:function:f`, "f"],
    by: "aws_sfn_state_machine.m",
  },
  {
    name: "a state machine that shares a snapshot",
    build: (account) => task("aws-sdk:ec2:modifySnapshotAttribute", { SnapshotId: "s", UserIds: [OURS, account] }),
    leaks: [FOREIGN],
    safe: ["333333333333"],
    by: "aws_sfn_state_machine.m",
  },
  {
    name: "a state machine that sends mail",
    build: (address) => task("aws-sdk:sesv2:sendEmail", { Destination: { ToAddresses: [address] }, Content: {} }),
    leaks: ["someone@example.com"],
    safe: [],
    by: "aws_sfn_state_machine.m",
  },
  {
    name: "a state machine that only looks",
    build: (call) => task(`aws-sdk:${call}`, {}),
    leaks: [],
    safe: ["ec2:describeInstances", "s3:listBuckets", "dynamodb:batchGetItem"],
    by: "",
  },
  {
    name: "results of queries into a bucket of somebody",
    build: (expected_bucket_owner) => ({
      aws_athena_workgroup: {
        w: {
          name: "w",
          configuration: {
            result_configuration: { output_location: "s3://enclave-archive/x", expected_bucket_owner },
          },
        },
      },
    }),
    leaks: [FOREIGN],
    safe: ["333333333333"],
    by: "aws_athena_workgroup.w",
  },
  {
    name: "a file system that another account may mount by name",
    build: (principal) => ({
      aws_efs_file_system: { f: {} },
      aws_efs_file_system_policy: {
        p: {
          file_system_id: "${aws_efs_file_system.f.id}",
          policy: allow(principal, "elasticfilesystem:ClientMount", "*"),
        },
      },
    }),
    leaks: [FOREIGN],
    safe: [OURS, "*"],
    by: "aws_efs_file_system_policy.p",
  },
  {
    name: "schemas found in events",
    build: (account) => ({
      aws_schemas_registry: { r: { name: "r" } },
      aws_schemas_registry_policy: { p: { registry_name: "r", policy: allow(account, "schemas:*", "*") } },
    }),
    leaks: [FOREIGN],
    safe: [OURS],
    by: "aws_schemas_registry_policy.p",
  },
  {
    name: "certificates of the owner's authority",
    build: (account) => ({
      aws_acmpca_certificate_authority: {
        c: {
          certificate_authority_configuration: {
            key_algorithm: "RSA_4096",
            signing_algorithm: "SHA512WITHRSA",
            subject: { common_name: "x" },
          },
        },
      },
      aws_acmpca_policy: {
        p: {
          resource_arn: "${aws_acmpca_certificate_authority.c.arn}",
          policy: allow(account, "acm-pca:IssueCertificate", "${aws_acmpca_certificate_authority.c.arn}"),
        },
      },
    }),
    leaks: [FOREIGN],
    safe: [OURS],
    by: "aws_acmpca_policy.p",
  },
];

describe.each([...attacks, ...deliveries])("$name", ({ build, leaks, safe, by, verdict = "escapes" }) => {
  if (leaks.length > 0)
    test.each(leaks)("%s leaves", async (what) => {
      const report = await judge(build(what));
      expect({ findings: findings(report), verdict: report.verdict }).toMatchObject({ verdict });
      const paths = report.escapes.flatMap(({ resource, path }) => [resource, ...path.map((step) => step.by)]);
      const named = [...paths, ...report.undecided.map(({ resource }) => resource)];
      expect(named).toContain(by);
    });
  if (safe.length > 0)
    test.each(safe)("%s is contained", async (what) => {
      const report = await judge(build(what));
      expect(findings(report)).toEqual([]);
    });
});
