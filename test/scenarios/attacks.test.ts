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

describe.each(attacks)("$name", ({ build, leaks, safe, by, verdict = "escapes" }) => {
  test.each(leaks)("%s leaves", async (what) => {
    const report = await judge(build(what));
    expect({ findings: findings(report), verdict: report.verdict }).toMatchObject({ verdict });
    const paths = report.escapes.flatMap(({ resource, path }) => [resource, ...path.map((step) => step.by)]);
    const named = [...paths, ...report.undecided.map(({ resource }) => resource)];
    expect(named).toContain(by);
  });
  if (safe.length > 0) {
    test.each(safe)("%s is contained", async (what) => {
      const report = await judge(build(what));
      expect(findings(report)).toEqual([]);
    });
  }
});
