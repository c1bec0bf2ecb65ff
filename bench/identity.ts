/**
 * How long the identity room takes for a large organization, and how that grows: roles with policies of their own, some
 * of which other accounts can take on; buckets, queues, topics, keys and secrets with policies; guardrails on the
 * account. Nothing leaves, so that every question has to be asked to its end.
 */
import { modelKey, type Resource } from "../policies/configuration/resource";
import { Unknown, type Value, type Values } from "../policies/configuration/value";
import { loadBoundary } from "../policies/geography/boundaries";
import { parseTrust } from "../policies/geography/trust";
import { World } from "../policies/geography/world";
import { identityFlows } from "../policies/identity";
import { ConfigurationContext } from "../policies/prover/context";
import { entryFor } from "../policies/services";

const ACCOUNT = "111111111111";
const provider = { name: "aws", values: { region: "eu-west-1", allowed_account_ids: [ACCOUNT] } };

class Organization {
  readonly resources: Resource[] = [];

  add(type: string, name: string, values: Values): Resource {
    const address = `${type}.${name}`;
    const resource: Resource = { address, mode: "managed", type, name, module: "", stack: "bench", values, provider };
    this.resources.push(resource);
    return resource;
  }
}

const reference = (resource: Resource, path: string): Unknown =>
  new Unknown("known after apply", {
    exact: true,
    references: [{ address: resource.address, path, resources: [resource] }],
  });

const policy = (...statements: Values[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A policy in which `@` stands for the ARN of a resource. */
function about(resource: Resource, ...statements: Values[]): Value {
  const parts = policy(...statements).split("@");
  return new Unknown("holds an ARN", {
    parts: parts.flatMap((part, i) => (i === 0 ? [part] : [reference(resource, "arn"), part])),
  });
}

const READERS = {
  StringEquals: { "aws:PrincipalOrgID": "o-enclave0001" },
  ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/readers/*` },
};
const OUTSIDE = {
  StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-enclave0001" },
  BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
};

/** Kinds of stores: type, type of the policy, attribute that names the store, what is read and what is written. */
const STORES = [
  ["aws_s3_bucket", "aws_s3_bucket_policy", "bucket", "s3:GetObject", "s3:PutObject"],
  ["aws_sqs_queue", "aws_sqs_queue_policy", "queue_url", "sqs:ReceiveMessage", "sqs:SendMessage"],
  ["aws_sns_topic", "aws_sns_topic_policy", "arn", "sns:Subscribe", "sns:Publish"],
  ["aws_kms_key", "aws_kms_key_policy", "key_id", "kms:Decrypt", "kms:Encrypt"],
  [
    "aws_secretsmanager_secret",
    "aws_secretsmanager_secret_policy",
    "secret_arn",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
  ],
] as const;

function organization(roles: number, policies: number, guardrails: number): Resource[] {
  const made = new Organization();
  const stores: Resource[] = [];
  for (let i = 0; i < policies; i++) {
    const [type, policyType, attribute, read, write] = STORES[i % STORES.length];
    const store = made.add(type, `s${i}`, { [type === "aws_s3_bucket" ? "bucket" : "name"]: `enclave-${i}` });
    stores.push(store);
    const attributes = {
      policy: about(
        store,
        { Sid: "own", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "*", Resource: "*" },
        {
          Sid: "members",
          Effect: "Allow",
          Principal: "*",
          Action: [read, write],
          Resource: ["@", "@/*"],
          Condition: READERS,
        },
        {
          Sid: "ingest",
          Effect: "Allow",
          Principal: { AWS: `4444${String(i).padStart(8, "0")}` },
          Action: write,
          Resource: ["@", "@/*"],
        },
        {
          Sid: "perimeter",
          Effect: "Deny",
          Principal: "*",
          NotAction: write,
          Resource: ["@", "@/*"],
          Condition: OUTSIDE,
        },
      ),
    };
    made.add(policyType, `p${i}`, {
      [attribute]: reference(store, attribute === "bucket" ? "id" : attribute),
      ...attributes,
    });
  }
  for (let i = 0; i < roles; i++) {
    const store = stores[i % stores.length];
    const [, , , read, write] = STORES[(i % stores.length) % STORES.length];
    const foreign = i % 10 === 0;
    const trusted: Values = foreign
      ? { AWS: `4444${String(i).padStart(8, "0")}` }
      : { Service: "lambda.amazonaws.com" };
    const role = made.add("aws_iam_role", `r${i}`, {
      name: `role-${i}`,
      assume_role_policy: policy({ Effect: "Allow", Principal: trusted, Action: "sts:AssumeRole" }),
    });
    made.add("aws_iam_role_policy", `r${i}`, {
      role: reference(role, "id"),
      policy: about(store, { Effect: "Allow", Action: foreign ? write : [read, write], Resource: ["@", "@/*"] }),
    });
  }
  for (let i = 0; i < guardrails; i++) {
    const type = i % 2 === 0 ? "SERVICE_CONTROL_POLICY" : "RESOURCE_CONTROL_POLICY";
    const fence = made.add("aws_organizations_policy", `g${i}`, {
      type,
      content: policy(
        {
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:*", "sqs:*"],
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Effect: "Deny",
          Principal: "*",
          NotAction: ["iam:*", "sts:*"],
          Resource: "*",
          Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-north-1"] } },
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: `s3:Put*${i}`,
          Resource: "*",
          Condition: { StringEquals: { [`aws:PrincipalTag/t${i}`]: "x" } },
        },
      ),
    });
    made.add("aws_organizations_policy_attachment", `g${i}`, { policy_id: reference(fence, "id"), target_id: ACCOUNT });
  }
  return made.resources;
}

function seconds(roles: number, policies: number, guardrails: number): number {
  const resources = organization(roles, policies, guardrails);
  const trust = parseTrust({ organization: "o-enclave0001", accounts: { [ACCOUNT]: {} } }, "trust.json");
  const world = new World(loadBoundary("EEA"), trust);
  const context = new ConfigurationContext(resources, world);
  const start = process.hrtime.bigint();
  const { flows } = identityFlows({ resources, context, world, entryOf: (resource) => entryFor(modelKey(resource)) });
  const taken = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(
    `identity, ${roles} roles, ${policies} policies, ${guardrails} guardrails: ${taken.toFixed(2)} s, ${flows.length} flows`,
  );
  return taken;
}

/** Prints the time for a fifth of the organization and for all of it, and how it grew. */
export function benchIdentity(roles = 2000): void {
  seconds(roles / 50, roles / 100, 20);
  const part = seconds(roles / 5, roles / 10, 20);
  const whole = seconds(roles, roles / 2, 20);
  console.log(`identity, five times as many take ${(whole / part).toFixed(1)} times as long`);
}

if (require.main === module) benchIdentity();
