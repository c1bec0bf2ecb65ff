/** Resource-based policies together with what else decides: public access blocks, access points, keys, services. */
import type { Values } from "../../policies/configuration/value";
import { decide, policy, type Terraform, unknown, verdict } from "../policies/identity/builder";

type Blocks = Terraform["resource"];
const FOREIGN: Values = { AWS: "arn:aws:iam::444455556666:root" };
const read = (principal: unknown, more: Values = {}): Values => ({
  Effect: "Allow",
  Principal: principal as Values,
  Action: "s3:GetObject",
  Resource: "${aws_s3_bucket.users.arn}/*",
  ...more,
});

const bucket = (statements: Values | Values[], more: Blocks = {}, values: Values = {}): Terraform => ({
  resource: {
    aws_s3_bucket: { users: { bucket: "enclave-users", ...values } },
    aws_s3_bucket_policy: {
      users: { bucket: "${aws_s3_bucket.users.id}", policy: policy(...[statements].flat()) },
    },
    ...more,
  },
});
const block = (values: Values): Blocks => ({
  aws_s3_bucket_public_access_block: { users: { bucket: "${aws_s3_bucket.users.id}", ...values } },
});
const open = block({ block_public_policy: false, restrict_public_buckets: false });

describe("blocked public access", () => {
  test.each<[string, Terraform, string]>([
    ["a new bucket blocks it", bucket(read("*")), "contained"],
    ["switched off", bucket(read("*"), open), "escapes"],
    ["a block that says nothing blocks nothing", bucket(read("*"), block({})), "escapes"],
    ["only new policies refused", bucket(read("*"), block({ block_public_policy: true })), "escapes"],
    ["restricted", bucket(read("*"), block({ restrict_public_buckets: true })), "contained"],
    [
      "restricted by the account",
      bucket(read("*"), { ...open, aws_s3_account_public_access_block: { a: { restrict_public_buckets: true } } }),
      "contained",
    ],
    ["not known", bucket(read("*"), block({ restrict_public_buckets: unknown() })), "undecided"],
    [
      "an account that is named is not the public",
      bucket(read(FOREIGN), block({ restrict_public_buckets: true })),
      "escapes",
    ],
    [
      "nor is another organization",
      bucket(read("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-partner00001" } } })),
      "escapes",
    ],
    [
      "nor an address",
      bucket(read("*", { Condition: { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } } })),
      "escapes",
    ],
    [
      "half the internet is",
      bucket(read("*", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/1" } } })),
      "contained",
    ],
    [
      "a condition that is no binding",
      bucket(read("*", { Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      "contained",
    ],
  ])("%s", (_, terraform, expected) => {
    expect(verdict(terraform)).toBe(expected);
  });
});

describe("parts of a bucket", () => {
  test.each<[string, Values, string]>([
    ["objects", read(FOREIGN), "escapes"],
    ["objects, named by the bucket only", read(FOREIGN, { Resource: "${aws_s3_bucket.users.arn}" }), "contained"],
    [
      "the list of objects",
      read(FOREIGN, { Action: "s3:ListBucket", Resource: "${aws_s3_bucket.users.arn}" }),
      "escapes",
    ],
    ["another bucket's objects", read(FOREIGN, { Resource: "arn:aws:s3:::enclave-other/*" }), "contained"],
    ["one prefix", read(FOREIGN, { Resource: "arn:aws:s3:::enclave-users/public/*" }), "escapes"],
    ["buckets by a pattern", read(FOREIGN, { Resource: "arn:aws:s3:::enclave-u*" }), "escapes"],
    ["settings", read(FOREIGN, { Action: ["s3:GetBucketLocation", "s3:GetBucketAcl"], Resource: "*" }), "contained"],
    [
      "writing",
      read(FOREIGN, { Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload"], Resource: "*" }),
      "contained",
    ],
    [
      "replicas coming in",
      read(FOREIGN, {
        Action: [
          "s3:ReplicateObject",
          "s3:ReplicateTags",
          "s3:ObjectOwnerOverrideToBucketOwner",
          "s3:GetBucketVersioning",
        ],
        Resource: "*",
      }),
      "contained",
    ],
    ["the policy itself", read(FOREIGN, { Action: "s3:PutBucketPolicy", Resource: "*" }), "escapes"],
  ])("%s", (_, statement, expected) => {
    expect(verdict(bucket(statement))).toBe(expected);
  });

  test("lists of access count again where they are switched on", () => {
    const lists = {
      aws_s3_bucket_ownership_controls: {
        users: { bucket: "${aws_s3_bucket.users.id}", rule: [{ object_ownership: "ObjectWriter" }] },
      },
    };
    expect(verdict(bucket(read(FOREIGN, { Action: "s3:PutObjectAcl" }), lists))).toBe("escapes");
  });

  test("a Deny for all but one prefix leaves that prefix", () => {
    const deny = (not: string): Values => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      NotResource: `arn:aws:s3:::enclave-users/${not}`,
    });
    expect(verdict(bucket([read(FOREIGN), deny("shared/*")]))).toBe("escapes");
    expect(verdict(bucket([read(FOREIGN, { Resource: "arn:aws:s3:::enclave-users/other/*" }), deny("shared/*")]))).toBe(
      "contained",
    );
  });

  test("a bucket whose name is not known may be the one that a policy names", () => {
    const statement = read(FOREIGN, { Resource: "arn:aws:s3:::enclave-users-1/*" });
    const terraform = bucket(statement, {}, { bucket: null, bucket_prefix: "enclave-" });
    expect(verdict(terraform)).toBe("undecided");
    expect(verdict(bucket(read(FOREIGN), {}, { bucket: null }))).toBe("escapes");
    const denied: Values = {
      Effect: "Deny",
      Principal: FOREIGN,
      Action: "*",
      Resource: "${aws_s3_bucket.users.arn}/*",
    };
    expect(verdict(bucket([read(FOREIGN), denied], {}, { bucket: null }))).toBe("contained");
  });
});

describe("access points", () => {
  const delegation = read(
    { AWS: "*" },
    { Condition: { StringEquals: { "s3:DataAccessPointAccount": "111111111111" } } },
  );
  const point = (statement: Values, values: Values = {}): Terraform =>
    bucket(delegation, {
      aws_s3_access_point: { share: { bucket: "${aws_s3_bucket.users.id}", name: "share", ...values } },
      aws_s3control_access_point_policy: {
        share: { access_point_arn: "${aws_s3_access_point.share.arn}", policy: policy(statement) },
      },
    });
  const through = (principal: Values, action = "s3:GetObject"): Values => ({
    Effect: "Allow",
    Principal: principal,
    Action: action,
    Resource: "${aws_s3_access_point.share.arn}/object/*",
  });

  test("the bucket's policy and the access point's must both allow, the same action", () => {
    expect(verdict(bucket(delegation))).toBe("contained");
    expect(verdict(point(through(FOREIGN)))).toBe("escapes");
    expect(verdict(point(through({ AWS: "arn:aws:iam::222222222222:root" })))).toBe("contained");
    expect(verdict(point(through(FOREIGN, "s3:PutObject")))).toBe("contained");
  });

  test("an access point of a VPC of the configuration is inside", () => {
    const base = point(through(FOREIGN), { vpc_configuration: [{ vpc_id: "${aws_vpc.main.id}" }] });
    expect(verdict({ resource: { ...base.resource, aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } } })).toBe(
      "contained",
    );
  });

  test("delegation to access points of others is a way of its own", () => {
    const foreign = read(
      { AWS: "*" },
      { Condition: { StringEquals: { "s3:DataAccessPointAccount": "444455556666" } } },
    );
    expect(verdict(bucket(foreign))).toBe("escapes");
  });
});

describe("keys", () => {
  const secret = (key: Blocks, kms: string | null = "${aws_kms_key.k.arn}"): Terraform => ({
    resource: {
      aws_secretsmanager_secret: { s: { name: "db", kms_key_id: kms } },
      aws_secretsmanager_secret_policy: {
        s: {
          secret_arn: "${aws_secretsmanager_secret.s.arn}",
          policy: policy({
            Effect: "Allow",
            Principal: FOREIGN,
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
          }),
        },
      },
      ...key,
    },
  });
  const own: Values = {
    Sid: "own",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111111111111:root" },
    Action: "kms:*",
    Resource: "*",
  };
  const decrypt = (principal: Values, more: Values = {}): Values => ({
    Effect: "Allow",
    Principal: principal,
    Action: "kms:Decrypt",
    Resource: "*",
    ...more,
  });
  const key = (...statements: Values[]): Blocks => ({ aws_kms_key: { k: { policy: policy(own, ...statements) } } });

  test("a secret is read only by those who may decrypt with its key", () => {
    expect(verdict(secret({ aws_kms_key: { k: {} } }))).toBe("contained");
    expect(verdict(secret(key()))).toBe("contained");
    expect(verdict(secret(key(decrypt(FOREIGN))))).toBe("escapes");
    expect(verdict(secret(key(decrypt({ AWS: "arn:aws:iam::222222222222:root" }))))).toBe("contained");
    expect(verdict(secret({}, null))).toBe("escapes");
  });

  test("two statements that are harmless alone", () => {
    // One account may read what it can't decrypt, another one may decrypt what it can't read.
    const { flows } = decide(secret(key(decrypt({ AWS: "555566667777" }))));
    expect(flows.map(({ from }) => from.address)).toEqual(["aws_kms_key.k"]);
    const viaService = { Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } } };
    const both = decide(secret(key(decrypt({ AWS: "*" }, viaService))));
    expect(both.flows.map(({ from }) => from.address)).toContain("aws_secretsmanager_secret.s");
  });

  test("a grant lets decrypt like a statement", () => {
    const granted = {
      aws_kms_key: { k: {} },
      aws_kms_grant: {
        g: {
          key_id: "${aws_kms_key.k.key_id}",
          grantee_principal: "arn:aws:iam::444455556666:role/reader",
          operations: ["Decrypt"],
        },
      },
    };
    expect(decide(secret(granted)).flows.map(({ from }) => from.address)).toContain("aws_secretsmanager_secret.s");
  });

  test("objects may be written without the bucket's default key", () => {
    const encrypted = {
      aws_s3_bucket_server_side_encryption_configuration: {
        e: {
          bucket: "${aws_s3_bucket.users.id}",
          rule: [
            {
              apply_server_side_encryption_by_default: [
                { sse_algorithm: "aws:kms", kms_master_key_id: "${aws_kms_key.k.arn}" },
              ],
            },
          ],
        },
      },
    };
    expect(verdict(bucket(read(FOREIGN), { ...encrypted, ...key() }))).toBe("undecided");
    expect(verdict(bucket(read(FOREIGN), { ...encrypted, ...key(decrypt(FOREIGN)) }))).toBe("escapes");
  });
});

describe("keys of stores that others write to", () => {
  const queue = (queueAction: string | string[], ...key: Values[]): Terraform => ({
    resource: {
      aws_kms_key: {
        k: {
          policy: policy(
            { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "kms:*", Resource: "*" },
            ...key,
          ),
        },
      },
      aws_sqs_queue: { q: { name: "q", kms_master_key_id: "${aws_kms_key.k.arn}" } },
      aws_sqs_queue_policy: {
        q: {
          queue_url: "${aws_sqs_queue.q.id}",
          policy: policy({ Effect: "Allow", Principal: FOREIGN, Action: queueAction, Resource: "*" }),
        },
      },
    },
  });
  const send: Values = {
    Effect: "Allow",
    Principal: FOREIGN,
    Action: ["kms:GenerateDataKey", "kms:Decrypt"],
    Resource: "*",
  };

  test("who sends to an encrypted queue must be able to decrypt, and reads nothing by it", () => {
    expect(verdict(queue("sqs:SendMessage", send))).toBe("contained");
    expect(verdict(queue(["sqs:SendMessage", "sqs:ReceiveMessage"], send))).toBe("escapes");
    expect(verdict(queue("sqs:GetQueueAttributes", send))).toBe("escapes");
    expect(verdict(queue("sqs:SendMessage", { ...send, Action: ["kms:Decrypt", "kms:CreateGrant"] }))).toBe("escapes");
    expect(verdict(queue("sqs:SendMessage", { ...send, Principal: { AWS: ["444455556666", "555566667777"] } }))).toBe(
      "escapes",
    );
  });
});

test("each account that a statement names is told", () => {
  const { flows } = decide(bucket(read({ AWS: ["444455556666", "arn:aws:iam::555566667777:root", "222222222222"] })));
  expect(flows.map(({ to }) => (to.kind === "place" ? to.place.id : ""))).toEqual([
    "account 444455556666",
    "account 555566667777",
  ]);
});

describe("services that act for somebody", () => {
  const BUILD = { Service: "codebuild.amazonaws.com" };
  const EDGE = { Service: "cloudfront.amazonaws.com" };
  test.each<[string, Values, string]>([
    ["for anybody", read(BUILD), "escapes"],
    [
      "for a project of the owner",
      read(BUILD, {
        Condition: { StringEquals: { "aws:SourceArn": "arn:aws:codebuild:eu-west-1:111111111111:project/p" } },
      }),
      "contained",
    ],
    [
      "for somebody else's",
      read(BUILD, {
        Condition: { StringEquals: { "aws:SourceArn": "arn:aws:codebuild:eu-west-1:444455556666:project/p" } },
      }),
      "escapes",
    ],
    [
      "for whatever account",
      read(BUILD, { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:codebuild:*:*:project/*" } } }),
      "escapes",
    ],
    [
      "for the owner's account",
      read(BUILD, { Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }),
      "contained",
    ],
    [
      "for the owner's organization",
      read(BUILD, { Condition: { StringEquals: { "aws:SourceOrgID": "o-enclave0001" } } }),
      "contained",
    ],
    [
      "at edge locations, for a distribution of the owner",
      read(EDGE, {
        Condition: { StringEquals: { "aws:SourceArn": "arn:aws:cloudfront::111111111111:distribution/E1" } },
      }),
      "escapes",
    ],
    [
      "which delivers logs",
      read({ Service: "cloudtrail.amazonaws.com" }, { Action: ["s3:PutObject", "s3:GetBucketAcl"], Resource: "*" }),
      "contained",
    ],
    ["which delivers logs and may read for nobody", read({ Service: "logging.s3.amazonaws.com" }), "contained"],
    ["of which nothing is known", read({ Service: "brandnew.amazonaws.com" }), "undecided"],
  ])("%s", (_, statement, expected) => {
    expect(verdict(bucket(statement))).toBe(expected);
  });
});

describe("policies of which little is known", () => {
  const whole = (value: unknown): Terraform => ({
    resource: {
      aws_sqs_queue: { q: { name: "q" } },
      aws_sqs_queue_policy: { q: { queue_url: "${aws_sqs_queue.q.id}", policy: value as string } },
    },
  });
  test.each<[string, unknown, string]>([
    ["known after apply", unknown(), "undecided"],
    ["no JSON", "{", "undecided"],
    ["a key twice", '{"Statement":[],"Statement":[{"Effect":"Allow"}]}', "undecided"],
    ["no policy", "[]", "undecided"],
    [
      "an element that is none",
      policy({ Effect: "Allow", Principal: FOREIGN, Action: "sqs:SendMessage", Resource: "*", Rseource: "x" }),
      "undecided",
    ],
    ["no statement", policy(), "contained"],
    [
      "one statement that is no list",
      JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" } }),
      "escapes",
    ],
    ["nested beyond sense", `{"Statement":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "undecided"],
    [
      "names of ours that are forged",
      policy({
        Effect: "Allow",
        Principal: "*",
        Action: "sqs:ReceiveMessage",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "\uE000x\uE001" } },
      }),
      "escapes",
    ],
  ])("%s: %s", (_, value, expected) => {
    expect(verdict(whole(value))).toBe(expected);
  });

  test("a policy that is not known can't let out what a resource control policy keeps in", () => {
    const rcp = policy({
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: "*",
      Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-enclave0001" } },
    });
    const base = whole(unknown());
    const guarded: Terraform = {
      management: { region: "eu-west-1", allowed_account_ids: ["333333333333"] },
      resource: {
        ...base.resource,
        aws_organizations_policy: { p: { type: "RESOURCE_CONTROL_POLICY", content: rcp } },
        aws_organizations_policy_attachment: {
          p: { policy_id: "${aws_organizations_policy.p.id}", target_id: "111111111111" },
        },
      },
    };
    expect(verdict(guarded)).toBe("contained");
  });
});

describe("shares", () => {
  const share = (principal: string): Terraform => ({
    resource: {
      aws_rds_cluster: { c: { cluster_identifier: "c" } },
      aws_ram_resource_share: { s: { name: "s" } },
      aws_ram_resource_association: {
        a: { resource_arn: "${aws_rds_cluster.c.arn}", resource_share_arn: "${aws_ram_resource_share.s.arn}" },
      },
      aws_ram_principal_association: { p: { principal, resource_share_arn: "${aws_ram_resource_share.s.arn}" } },
      aws_organizations_account: { member: { name: "m", email: "m@example.org" } },
    },
  });
  test.each([
    ["444455556666", "escapes"],
    ["222222222222", "contained"],
    ["arn:aws:iam::444455556666:role/x", "escapes"],
    ["arn:aws:organizations::111111111111:organization/o-enclave0001", "contained"],
    ["arn:aws:organizations::444455556666:ou/o-partner00001/ou-1", "escapes"],
    ["${aws_organizations_account.member.id}", "contained"],
  ])("with %s: %s", (principal, expected) => {
    expect(verdict(share(principal))).toBe(expected);
  });
});
