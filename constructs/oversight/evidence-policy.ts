/** Who may do what with evidence: bring it in, and nothing else. */
import type { NamedRole } from "../declaration/names";
import { roleArn } from "../declaration/names";
import type { Statement } from "../perimeter/documents";

/** What the two policies of an archive, the bucket's and the key's, are about. */
export interface EvidenceParties {
  /** Accounts that are watched: they write, and neither read back nor delete. */
  readonly watched: readonly string[];
  /** Roles in them that write evidence of the gateways. */
  readonly writers: readonly NamedRole[];
  /**
   * Roles in them that deliver reports of the proof. Each report is a version of its own, and as locked as all else.
   * @default none: the partner brings them itself
   */
  readonly reporters?: readonly NamedRole[];
}

const accountRoot = (account: string): string => `arn:aws:iam::${account}:root`;

/** Prefixes of what the gateways write. */
const gatewayPrefixes = ["access", "transfers", "sessions", "logs"];
/** Prefix of the proof's reports. */
const reportPrefixes = ["verdicts"];

/** Accounts are the principals and the roles a condition: AWS refuses a policy that names a role which does not exist yet. */
const rolesOf = (roles: readonly NamedRole[]) => ({
  Principal: { AWS: [...new Set(roles.map(({ account }) => accountRoot(account)))] },
  Condition: { ArnEquals: { "aws:PrincipalArn": roles.map(roleArn) } },
});

/** What principals of the watched accounts may do with a bucket of evidence; of reading there is nothing. */
export const bringing = [
  "s3:PutObject",
  "s3:PutObjectAcl",
  "s3:GetBucketLocation",
  "s3:GetEncryptionConfiguration",
] as const;

/**
 * The writers of evidence. The agent of Session Manager asks how the bucket is encrypted before it writes, Amazon Data
 * Firehose where it stands, and both hand what they write to its owner:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html;
 * https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html, "Cross-account delivery to an Amazon S3
 * destination". The latter page also names rights to list and read, which nobody gets here.
 */
export function writersOfEvidence(bucketArn: string, { writers, reporters = [] }: EvidenceParties): Statement[] {
  const writing = (Sid: string, roles: readonly NamedRole[], prefixes: readonly string[]): Statement => ({
    Sid,
    Effect: "Allow",
    ...rolesOf(roles),
    Action: "s3:PutObject",
    Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}/*`),
  });
  const asking: Statement = {
    Sid: "GatewaysCheck",
    Effect: "Allow",
    ...rolesOf(writers),
    Action: ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration"],
    Resource: bucketArn,
  };
  const { Condition, ...handed } = writing("GatewaysHandOver", writers, gatewayPrefixes);
  const handing: Statement = {
    ...handed,
    Action: "s3:PutObjectAcl",
    Condition: { ...Condition, StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
  };
  return [
    ...(writers.length > 0 ? [writing("GatewaysWrite", writers, gatewayPrefixes), handing, asking] : []),
    ...(reporters.length > 0 ? [writing("DeliveryReports", reporters, reportPrefixes)] : []),
  ];
}

/** The same for the key: a data key for each object, and never its way back. */
export function writersOfEvidenceKey({ writers, reporters = [] }: EvidenceParties, region: string): Statement[] {
  const roles = [...writers, ...reporters];
  if (roles.length === 0) return [];
  const { Principal, Condition } = rolesOf(roles);
  return [
    {
      Sid: "WritersEncrypt",
      Effect: "Allow",
      Principal,
      Action: "kms:GenerateDataKey",
      Resource: "*",
      Condition: { ...Condition, StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
  ];
}

/** Whatever else the policies of the watched accounts say, their principals do nothing but these. */
export const watchedOnly = (
  { watched }: EvidenceParties,
  actions: readonly string[],
  resources: readonly string[],
): Statement => ({
  Sid: "WatchedAccountsOnlyWrite",
  Effect: "Deny",
  Principal: "*",
  NotAction: actions,
  Resource: resources,
  Condition: { StringEquals: { "aws:PrincipalAccount": watched } },
});

/** Nobody deletes by hand what a lock protects, nor before it does; what has served its time, the lifecycle removes. */
export const nobodyDeletes = (bucketArn: string): Statement => ({
  Sid: "NobodyDeletes",
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:DeleteBucket"],
  Resource: [bucketArn, `${bucketArn}/*`],
});

/**
 * Evidence is encrypted with the partner's key or not taken: whoever wrote it with a key of their own could make it
 * unreadable afterwards by deleting that key. What names no key gets the bucket's.
 */
export function partnersKeyOnly(bucketArn: string, keyArn: string): Statement[] {
  const put = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `${bucketArn}/*` } as const;
  const named = (key: string) => ({ Null: { [`s3:x-amz-server-side-encryption${key}`]: "false" } });
  const other = (key: string, value: string) => ({
    ...named(key),
    StringNotEquals: { [`s3:x-amz-server-side-encryption${key}`]: value },
  });
  return [
    { Sid: "NoOtherEncryption", ...put, Condition: other("", "aws:kms") },
    { Sid: "NoOtherKey", ...put, Condition: other("-aws-kms-key-id", keyArn) },
    { Sid: "NoKeyOfTheWriter", ...put, Condition: named("-customer-algorithm") },
  ];
}

/** A trail whose files come in: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
export function trailFiles(bucketArn: string, trailArn: string, prefix: string): Statement[] {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  return [
    {
      Sid: "TrailChecks",
      Effect: "Allow",
      Principal,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "TrailWrites",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: `${bucketArn}/${prefix}/AWSLogs/*`,
      Condition: {
        StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
  ];
}

/** Its key: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
export const trailKey = (trailArn: string): Statement => ({
  Sid: "TrailEncrypts",
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: ["kms:GenerateDataKey*", "kms:DescribeKey"],
  Resource: "*",
  Condition: { StringEquals: { "aws:SourceArn": trailArn } },
});

/** Configuration histories: https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html */
export function configurationHistories(bucketArn: string, accounts: readonly string[]): Statement[] {
  const Principal = { Service: "config.amazonaws.com" };
  return [
    {
      Sid: "ConfigChecks",
      Effect: "Allow",
      Principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringEquals: { "aws:SourceAccount": accounts } },
    },
    {
      Sid: "ConfigWrites",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: accounts.map((account) => `${bucketArn}/AWSLogs/${account}/Config/*`),
      Condition: {
        StringEquals: { "aws:SourceAccount": accounts, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
  ];
}

/** Their key: https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html */
export const configurationKey = (accounts: readonly string[]): Statement => ({
  Sid: "ConfigEncrypts",
  Effect: "Allow",
  Principal: { Service: "config.amazonaws.com" },
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: "*",
  Condition: { StringEquals: { "aws:SourceAccount": accounts } },
});
