/**
 * Whom the policy of a key lets use it. A key that is guarded knows its users by name: identity policies, however wide,
 * open nothing, not for administrators and not for the account's root user, because a key policy that does not let the
 * account in leaves identity policies without effect:
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
import type { Statement } from "../perimeter/documents";

export interface KeyGuard {
  /** ARNs of the roles that the site's services work with, of own and other accounts. */
  readonly users: readonly string[];
  /** ARN of the role that delivers the stacks: it hands the key to services, and never uses it through S3. */
  readonly delivery: string;
  /**
   * ARN of the role of approved sessions; only a session that carries the tag of an approval may decrypt.
   * @default nobody asks for access
   */
  readonly sessions?: string;
}

export interface KeyPlace {
  readonly account: string;
  /** Accounts that the key is shared with. */
  readonly others: readonly string[];
  readonly region: string;
}

const useActions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
const services = ["backup", "dynamodb", "ec2", "rds", "s3"];
/** What a delivery makes; a database's password is a secret of its own. */
const deliveredServices = ["backup", "dynamodb", "ec2", "rds", "secretsmanager"];

/**
 * What administrators do with a key: everything but using it and letting others use it. A key whose policy nobody can
 * change would be lost to them: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html, "Allows
 * key administrators to administer the KMS key".
 */
export const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:SynchronizeMultiRegionKey",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
  "kms:UpdatePrimaryRegion",
];

const root = (account: string): string => `arn:aws:iam::${account}:root`;
const through = (names: readonly string[], region: string) => ({
  "kms:ViaService": names.map((name) => `${name}.${region}.amazonaws.com`),
});

/**
 * The statements of a guarded key. Accounts are the principals and the roles a condition, because KMS refuses a policy
 * that names a role which does not exist yet.
 */
export function guarded({ users, delivery, sessions }: KeyGuard, place: KeyPlace): Statement[] {
  const { account, region } = place;
  const own = { Principal: { AWS: root(account) }, Resource: "*" };
  return [
    { Sid: "Administration", Effect: "Allow", ...own, Action: administration },
    ...use(users, place),
    {
      Sid: "Delivery",
      Effect: "Allow",
      ...own,
      Action: useActions,
      Condition: {
        ArnEquals: { "aws:PrincipalArn": delivery },
        StringEquals: through(deliveredServices, region),
      },
    },
    {
      Sid: "DeliveryGrants",
      Effect: "Allow",
      ...own,
      Action: "kms:CreateGrant",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": delivery },
        Bool: { "kms:GrantIsForAWSResource": "true" },
        StringEquals: through(deliveredServices, region),
      },
    },
    ...(sessions === undefined ? [] : [approvedSessions(sessions, place)]),
  ];
}

/** The site's services, and roles that only AWS's own services can take on. */
function use(users: readonly string[], { account, others, region }: KeyPlace): Statement[] {
  const accounts = [account, ...others];
  const who = {
    Principal: { AWS: accounts.map(root) },
    Resource: "*",
  };
  const roles = {
    ArnLike: {
      "aws:PrincipalArn": [...users, ...accounts.map((one) => `arn:aws:iam::${one}:role/aws-service-role/*`)],
    },
  };
  return [
    {
      Sid: "Services",
      Effect: "Allow",
      ...who,
      Action: useActions,
      Condition: { ...roles, StringEquals: through(services, region) },
    },
    {
      Sid: "ServicesGrants",
      Effect: "Allow",
      ...who,
      Action: "kms:CreateGrant",
      Condition: {
        ...roles,
        Bool: { "kms:GrantIsForAWSResource": "true" },
        StringEquals: through(services, region),
      },
    },
  ];
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/abac.html */
const approvedSessions = (role: string, { account, region }: KeyPlace): Statement => ({
  Sid: "ApprovedSessions",
  Effect: "Allow",
  Principal: { AWS: root(account) },
  Action: "kms:Decrypt",
  Resource: "*",
  Condition: {
    ArnEquals: { "aws:PrincipalArn": role },
    Null: { "aws:PrincipalTag/Approval": "false" },
    StringEquals: through(["dynamodb", "s3"], region),
  },
});

/** Lets other accounts copy, through services, what a key encrypts that is not guarded. */
export function sharing(accounts: readonly string[], region: string): Statement[] {
  const who = { Principal: { AWS: accounts.map(root) }, Resource: "*" };
  return [
    {
      Sid: "CopiesWithinTheEstate",
      Effect: "Allow",
      ...who,
      Action: useActions,
      Condition: { StringEquals: through(services, region) },
    },
    {
      Sid: "GrantsForCopies",
      Effect: "Allow",
      ...who,
      Action: "kms:CreateGrant",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" }, StringEquals: through(services, region) },
    },
  ];
}
