/** Which customer's key a store's data is encrypted with, and who may decrypt with it. */
import type { Resource } from "../../configuration/resource";
import { find, isUnknown, type Value } from "../../configuration/value";
import type { Context } from "../../flows/context";
import type { Document, Statement } from "../language/document";

/** Where a type names its key, for services whose callers must themselves be allowed to decrypt. */
const KEYS: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html, "consumers"
  aws_sqs_queue: "kms_master_key_id",
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html, "Permissions for the KMS key"
  aws_secretsmanager_secret: "kms_key_id",
  // https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html, "Example consumer permissions"
  aws_kinesis_stream: "kms_key_id",
  aws_ssm_parameter: "key_id",
};

export interface Encryption {
  /** The key, in this configuration. */
  readonly key: Resource;
  /** Whether everything in the store is encrypted with it. */
  readonly everything: boolean;
}

const KEY_TYPES = /^aws_kms_(replica_)?(external_)?key$/;

/** The customer's key that guards the store's data; undefined if there is none in this configuration, or none at all. */
export function encryptionOf(store: Resource, context: Context): Encryption | undefined {
  if (store.type === "aws_s3_bucket") return bucketEncryption(store, context);
  const path = Object.hasOwn(KEYS, store.type) ? KEYS[store.type] : undefined;
  const key = path === undefined ? undefined : keyIn(store.values[path] ?? null, context);
  return key && { key, everything: true };
}

/** One key for sure: a value that may be one of several guards nothing. */
function keyIn(value: Value, context: Context): Resource | undefined {
  if (isUnknown(value) && value.candidates) return undefined;
  const denoted = context
    .denoted(value)
    .flatMap((one) => (one.type === "aws_kms_alias" ? aliased(one, context) : [one]));
  return denoted.length === 1 && KEY_TYPES.test(denoted[0].type) && denoted[0].mode === "managed"
    ? denoted[0]
    : undefined;
}

const aliased = (alias: Resource, context: Context): readonly Resource[] =>
  context.denoted(alias.values.target_key_id ?? alias.values.target_key_arn ?? null);

const DEFAULT = "rule.apply_server_side_encryption_by_default.kms_master_key_id";

/**
 * A bucket's default: an object may have been written with another encryption by its writer's wish
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html).
 */
function bucketEncryption(bucket: Resource, context: Context): Encryption | undefined {
  const configurations = context.referring("aws_s3_bucket_server_side_encryption_configuration", "bucket", bucket);
  const values = [
    ...configurations.flatMap((configuration) => find(configuration.values, DEFAULT)),
    ...find(bucket.values, `server_side_encryption_configuration.${DEFAULT}`),
  ];
  if (values.length !== 1) return undefined;
  const key = keyIn(values[0].value, context);
  return key && { key, everything: false };
}

/**
 * The policy of a key that is given none: "Default key policy" in the KMS developer guide. The account itself, and by
 * its IAM policies whom it likes.
 */
export function defaultKeyPolicy(key: Resource, account: string): Document {
  const document: { -readonly [K in keyof Document]: Document[K] } = {
    by: key,
    attribute: "policy",
    statements: [],
    variables: true,
  };
  const statement: Statement = {
    effect: "Allow",
    sid: "Enable IAM User Permissions",
    index: 0,
    principals: { named: [{ kind: "aws", text: `arn:aws:iam::${account}:root` }], negated: false },
    actions: { terms: [{ text: "kms:*" }], negated: false },
    resources: { terms: [{ text: "*" }], negated: false },
    conditions: [],
    document,
  };
  document.statements = [statement];
  return document;
}
