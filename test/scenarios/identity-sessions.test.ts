/**
 * Who a session is: what a resource's policy gives to a role, to a session of it, to a federated user; and requests that
 * services forward. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
import type { Values } from "../../policies/configuration/value";
import { decide, policy, type Terraform, verdictOf } from "../policies/identity/builder";

type Blocks = Terraform["resource"];
const ACCOUNT = "111111111111";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run`;

const bucket = (...statements: Values[]): Blocks => ({
  aws_s3_bucket: { users: { bucket: "enclave-users" } },
  aws_s3_bucket_public_access_block: { users: { bucket: "enclave-users", restrict_public_buckets: false } },
  ...(statements.length > 0 && {
    aws_s3_bucket_policy: {
      users: {
        bucket: "${aws_s3_bucket.users.id}",
        policy: policy(
          ...statements.map((one) => ({
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: "${aws_s3_bucket.users.arn}/*",
            ...one,
          })),
        ),
      },
    },
  }),
});

/** A role that jobs of a code-hosting service take on. */
const deploy = (own?: readonly Values[], role: Values = {}): Blocks => ({
  aws_iam_role: {
    deploy: {
      name: "deploy",
      assume_role_policy: policy({
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
        Action: "sts:AssumeRoleWithWebIdentity",
      }),
      ...role,
    },
  },
  aws_iam_policy: { network: { name: "network", policy: policy({ Effect: "Allow", Action: "ec2:*", Resource: "*" }) } },
  ...(own && { aws_iam_role_policy: { deploy: { role: "${aws_iam_role.deploy.id}", policy: policy(...own) } } }),
});
const limited: Values = { permissions_boundary: "${aws_iam_policy.network.arn}" };

/** Channels by which users' data leaves, and the verdict. */
function judged(resource: Blocks): string {
  const result = decide({ resource });
  const channels = result.flows.map(({ from, channel }) => `${from.address} ${channel}`);
  return [verdictOf(result), ...new Set(channels)].join(" ");
}
const OUT = "escapes aws_s3_bucket.users iam.federation";

describe("what a bucket gives to a role that is taken on from outside", () => {
  test.each<[string, Values, Values, string]>([
    ["the role", { Principal: { AWS: ROLE } }, {}, OUT],
    ["the role, which a boundary limits", { Principal: { AWS: ROLE } }, limited, "contained"],
    ["the role, by a reference", { Principal: { AWS: "${aws_iam_role.deploy.arn}" } }, limited, "contained"],
    ["a session", { Principal: { AWS: SESSION } }, {}, OUT],
    ["a session, whatever its boundary", { Principal: { AWS: SESSION } }, limited, OUT],
    ["a session of another role", { Principal: { AWS: SESSION.replace("deploy", "other") } }, limited, "contained"],
    ["everybody with the role's ARN", { Condition: { ArnLike: { "aws:PrincipalArn": ROLE } } }, limited, OUT],
    ["its account", { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }, {}, "contained"],
  ])("%s", (_, statement, role, expected) => {
    expect(judged({ ...bucket(statement), ...deploy(undefined, role) })).toBe(expected);
  });

  const all: Values = { Effect: "Allow", Action: "s3:*", Resource: "*" };
  test.each<[string, Values, string]>([
    ["the role", { Principal: { AWS: ROLE } }, "contained"],
    ["a session: another one is free", { Principal: { AWS: SESSION } }, OUT],
    ["all but a session", { Principal: null, NotPrincipal: { AWS: [SESSION, ROLE, ACCOUNT] } }, OUT],
    ["all but another role", { Principal: null, NotPrincipal: { AWS: ROLE.replace("deploy", "other") } }, "contained"],
  ])("a Deny for %s", (_, statement, expected) => {
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*", ...statement };
    const found = judged({ ...bucket(deny), ...deploy([{ ...all, Resource: "${aws_s3_bucket.users.arn}/*" }]) });
    expect(found).toBe(expected);
  });
});

describe("a federated session of a user", () => {
  const user = (...own: Values[]): Blocks => ({
    ...bucket({ Principal: { AWS: `arn:aws:sts::${ACCOUNT}:federated-user/guest` } }),
    aws_iam_user: { ci: { name: "ci" } },
    aws_iam_access_key: { ci: { user: "ci" } },
    ...(own.length > 0 && { aws_iam_user_policy: { ci: { user: "ci", policy: policy(...own) } } }),
  });
  const token: Values = { Effect: "Allow", Action: "sts:GetFederationToken", Resource: "*" };

  test("is one that the user may ask for", () => {
    expect(judged(user())).toBe("contained");
    expect(judged(user(token))).toBe("escapes aws_s3_bucket.users iam.access-key");
    expect(judged(user(token, { Effect: "Deny", Action: "s3:*", Resource: "*" }))).toBe("contained");
  });
});

describe("permission sets, whose roles have names that nobody chooses", () => {
  const people = (statement: Values, action: string): Blocks => ({
    ...bucket(statement),
    aws_ssoadmin_permission_set: { admin: { name: "Admin", instance_arn: "arn:aws:sso:::instance/ssoins-1" } },
    aws_ssoadmin_permission_set_inline_policy: {
      admin: {
        permission_set_arn: "${aws_ssoadmin_permission_set.admin.arn}",
        inline_policy: policy({ Effect: "Allow", Action: action, Resource: "*" }),
      },
    },
    aws_ssoadmin_account_assignment: {
      admin: { permission_set_arn: "${aws_ssoadmin_permission_set.admin.arn}", target_id: ACCOUNT },
    },
  });
  const path = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com`;
  const like = (operator: string, arn: string): Values => ({ Condition: { [operator]: { "aws:PrincipalArn": arn } } });

  test.each<[Values, string, string]>([
    [like("ArnLike", `${path}/*/AWSReservedSSO_Admin_*`), "ec2:Describe*", "escapes"],
    [like("ArnLike", `${path}/*/AWSReservedSSO_Other_*`), "ec2:Describe*", "contained"],
    [{ Principal: { AWS: `${path}/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef` } }, "ec2:Describe*", "escapes"],
    [{ Principal: { AWS: `${path}/eu-west-1/AWSReservedSSO_Other_0123456789abcdef` } }, "ec2:Describe*", "contained"],
    [{ Effect: "Deny", ...like("ArnNotLike", `${path}/*/AWSReservedSSO_Admin_*`) }, "s3:GetObject", "escapes"],
    [{ Effect: "Deny", ...like("ArnLike", `${path}/*AWSReservedSSO_Admin_*`) }, "ec2:Describe*", "contained"],
  ])("%j, and %s: %s", (statement, action, expected) => {
    expect(verdictOf(decide({ resource: people(statement, action) }))).toBe(expected);
  });
});

describe("requests that a service forwards for its caller", () => {
  const direct = { Bool: { "aws:ViaAWSService": "false" } };
  const fence = { NotIpAddress: { "aws:SourceIp": "203.0.113.10/32" }, ...direct };
  const read: Values = { Effect: "Allow", Action: ["s3:GetObject", "athena:*"], Resource: "*" };

  test("a fence for direct requests holds if it is around the service too", () => {
    const fenced = (action: string): string =>
      judged({ ...bucket(), ...deploy([read, { Effect: "Deny", Action: action, Resource: "*", Condition: fence }]) });
    expect(fenced("*")).toBe("contained");
    expect(fenced("s3:*")).toBe(OUT);
  });

  test("a right to read by a service alone is one to read", () => {
    const via = { "ForAnyValue:StringEquals": { "aws:CalledVia": "athena.amazonaws.com" } };
    const reads: Values = { Effect: "Allow", Action: "s3:GetObject", Resource: "*", Condition: via };
    const queries: Values = { Effect: "Allow", Action: "athena:StartQueryExecution", Resource: "*" };
    expect(judged({ ...bucket(), ...deploy([reads]) })).toBe("contained");
    expect(judged({ ...bucket(), ...deploy([reads, queries]) })).toBe(OUT);
  });

  test.each<[string, Values[], string]>([
    ["by a service of his", [{ Condition: { Bool: { "aws:ViaAWSService": "true" } } }], "escapes"],
    ["unless he comes directly", [{}, { Effect: "Deny", Condition: fence }], "escapes"],
    ["at all", [{}, { Effect: "Deny", Condition: { NotIpAddress: fence.NotIpAddress } }], "contained"],
  ])("a stranger reads a bucket that lets everybody in %s", (_, statements, expected) => {
    expect(verdictOf(decide({ resource: bucket(...statements) }))).toBe(expected);
  });
});

describe("the identity by which CloudFront reads is read by everybody's distribution, all over the world", () => {
  const identity = { aws_cloudfront_origin_access_identity: { web: { comment: "web" } } };
  test.each<[Values]>([
    [{ AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E127EXAMPLE51Z" }],
    [{ AWS: "${aws_cloudfront_origin_access_identity.web.iam_arn}" }],
    [{ CanonicalUser: "${aws_cloudfront_origin_access_identity.web.s3_canonical_user_id}" }],
  ])("%j", (who) => {
    const { flows } = decide({ resource: { ...identity, ...bucket({ Principal: who }) } });
    expect(flows.map(({ to, unless }) => [to, unless])).toEqual([
      [{ kind: "place", place: { id: "edge locations of cloudfront.amazonaws.com", countries: [] } }, undefined],
    ]);
    expect(judged({ ...identity, ...bucket({ Principal: who, Action: "s3:PutObject" }) })).toBe("contained");
  });
});

test("what a user may read of somebody else's is none of the owner's data", () => {
  const user = (account: string): Blocks => ({
    aws_iam_user: { ci: { name: "ci" } },
    aws_iam_access_key: { ci: { user: "ci" } },
    aws_iam_user_policy: {
      ci: {
        user: "ci",
        policy: policy({
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "*",
          Condition: { StringEquals: { "aws:ResourceAccount": account } },
        }),
      },
    },
  });
  expect(judged(user("444455556666"))).toBe("contained");
  expect(judged(user(ACCOUNT))).toBe("escapes aws_iam_user.ci iam.access-key");
});
