/**
 * The examples by which the IAM user guide explains how policies are evaluated, each under the name of its page. Where
 * the guide says that a request is allowed, a key of the principal that works from anywhere must be seen to read; where
 * it says denied, not. https://docs.aws.amazon.com/IAM/latest/UserGuide/
 */
import type { Values } from "../../policies/configuration/value";
import { decide, policy, type Terraform, verdict } from "../policies/identity/builder";

const OWN = "amzn-s3-demo-bucket-carlossalazar";
const LOGS = `${OWN}-logs`;
const CARLOS = "arn:aws:iam::111111111111:user/carlossalazar";

type Blocks = Terraform["resource"];

/** A user with a key, and the policies that are put on it. */
const user = (name: string, statements: readonly Values[], more: Blocks = {}, values: Values = {}): Blocks => ({
  aws_iam_user: { u: { name, ...values } },
  aws_iam_access_key: { u: { user: name } },
  ...(statements.length > 0 && { aws_iam_user_policy: { u: { user: name, policy: policy(...statements) } } }),
  ...more,
});

const buckets = (policies: Readonly<Record<string, Values>> = {}): Blocks => ({
  aws_s3_bucket: { own: { bucket: OWN }, logs: { bucket: LOGS } },
  aws_s3_bucket_policy: Object.fromEntries(
    Object.entries(policies).map(([name, statement]) => [
      name,
      { bucket: `\${aws_s3_bucket.${name}.id}`, policy: policy(statement) },
    ]),
  ),
});

const read = (resource: Blocks): string[] => [...new Set(decide({ resource }).flows.map(({ from }) => from.address))];

describe("Policy evaluation for requests within a single account", () => {
  const self: Values = {
    Sid: "AllowS3Self",
    Effect: "Allow",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${OWN}/*`, `arn:aws:s3:::${OWN}`],
  };
  const list: Values = {
    Sid: "AllowS3ListRead",
    Effect: "Allow",
    Action: ["s3:GetBucketLocation", "s3:GetAccountPublicAccessBlock", "s3:ListAccessPoints", "s3:ListAllMyBuckets"],
    Resource: "arn:aws:s3:::*",
  };
  const noLogs: Values = { Sid: "DenyS3Logs", Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::*log*" };
  const named = (bucket: string): Values => ({
    Effect: "Allow",
    Principal: { AWS: CARLOS },
    Action: "s3:*",
    Resource: `arn:aws:s3:::${bucket}/*`,
  });

  test("the bucket that bears his name is his, the one with logs is denied although its own policy lets him in", () => {
    const carlos = user("carlossalazar", [list, self, noLogs], buckets({ own: named(OWN), logs: named(LOGS) }));
    expect(read(carlos)).toEqual(["aws_s3_bucket.own"]);
  });

  test("either of the two policies is enough", () => {
    expect(read(user("carlossalazar", [list, self], buckets()))).toEqual(["aws_s3_bucket.own"]);
    expect(read(user("carlossalazar", [list], buckets({ logs: named(LOGS) })))).toEqual(["aws_s3_bucket.logs"]);
    expect(read(user("carlossalazar", [], buckets({ own: named(OWN) })))).toEqual(["aws_s3_bucket.own"]);
  });

  test("what nothing allows is denied", () => {
    expect(read(user("carlossalazar", [list], buckets()))).toEqual([]);
  });
});

describe("Cross-account policy evaluation logic", () => {
  const share = (principal: string, action: readonly string[]): Terraform => ({
    resource: buckets({
      own: { Effect: "Allow", Principal: { AWS: principal }, Action: action, Resource: `arn:aws:s3:::${OWN}/*` },
    }),
  });

  test("what the account that trusts allows, the other account can allow its users", () => {
    expect(verdict(share("arn:aws:iam::444455556666:user/carlossalazar", ["s3:GetObject", "s3:PutObject"]))).toBe(
      "escapes",
    );
    expect(verdict(share("444455556666", ["s3:GetObject"]))).toBe("escapes");
    expect(verdict(share("444455556666", ["s3:PutObject"]))).toBe("contained");
  });

  test("users of another account need a policy of their own, which the resource's does not replace for a whole account", () => {
    const other = { provider: { region: "eu-west-1", allowed_account_ids: ["222222222222"] } };
    const account = share("arn:aws:iam::222222222222:root", ["s3:GetObject"]);
    expect(verdict({ ...other, resource: user("carlossalazar", [], account.resource) })).toBe("contained");
    const allowed: Values = { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${OWN}/*` };
    expect(verdict({ ...other, resource: user("carlossalazar", [allowed], account.resource) })).toBe("escapes");
  });
});

describe("Permissions boundaries for IAM entities", () => {
  const shirley = (statement: Values, more: Blocks = {}, denied: readonly Values[] = []): Blocks =>
    user(
      "ShirleyRodriguez",
      [statement],
      {
        ...buckets(),
        ...more,
        aws_iam_policy: {
          boundary: {
            name: "boundary",
            policy: policy({ Effect: "Allow", Action: ["s3:*", "cloudwatch:*", "ec2:*"], Resource: "*" }, ...denied),
          },
        },
      },
      { permissions_boundary: "${aws_iam_policy.boundary.arn}" },
    );
  const everything: Values = { Effect: "Allow", Action: "*", Resource: "*" };
  const key: Blocks = { aws_kms_key: { k: {} }, aws_sqs_queue: { q: { name: "q" } } };

  test("a boundary gives nothing, and what is beyond it is not given by any policy of the user", () => {
    expect(read(shirley({ Effect: "Allow", Action: "iam:CreateUser", Resource: "*" }))).toEqual([]);
    const found = read(shirley(everything, key));
    expect(found).toContain("aws_s3_bucket.own");
    expect(found).not.toContain("aws_sqs_queue.q");
  });

  test("a policy of the resource that names the user is not held back by what the boundary leaves out, but by its Deny", () => {
    const named: Blocks = {
      aws_sqs_queue: { q: { name: "q" } },
      aws_sqs_queue_policy: {
        q: {
          queue_url: "${aws_sqs_queue.q.id}",
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::111111111111:user/ShirleyRodriguez" },
            Action: "sqs:ReceiveMessage",
            Resource: "*",
          }),
        },
      },
    };
    const nothing: Values = { Effect: "Allow", Action: "ec2:DescribeRegions", Resource: "*" };
    expect(read(shirley(nothing, named))).toEqual(["aws_sqs_queue.q"]);
    expect(read(shirley(nothing, named, [{ Effect: "Deny", Action: "sqs:*", Resource: "*" }]))).toEqual([]);
  });
});

describe("AWS: Denies access to AWS based on the source IP", () => {
  const fence = (...addresses: string[]): readonly Values[] => [
    { Effect: "Allow", Action: "s3:*", Resource: "*" },
    {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { NotIpAddress: { "aws:SourceIp": addresses }, Bool: { "aws:ViaAWSService": "false" } },
    },
  ];

  test("holds where somebody vouches for the addresses", () => {
    expect(verdict({ resource: user("u", fence("203.0.113.10/32"), buckets()) })).toBe("contained");
    expect(verdict({ resource: user("u", fence("192.0.2.0/24", "203.0.113.0/24"), buckets()) })).toBe("escapes");
  });
});

describe("Conditions with multiple context keys or values", () => {
  const condition = (given: Values): Terraform => ({
    resource: {
      aws_sqs_queue: { q: { name: "q" } },
      aws_sqs_queue_policy: {
        q: {
          queue_url: "${aws_sqs_queue.q.id}",
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: "sqs:*",
            Resource: "*",
            Condition: given,
          }),
        },
      },
    },
  });

  test("operators and keys are joined by AND, values by OR, values of a negated operator by NOR", () => {
    const organization = { "aws:PrincipalOrgID": "o-enclave0001" };
    const accounts = (...ids: string[]) => ({ "aws:PrincipalAccount": ids });
    expect(verdict(condition({ StringEquals: { ...organization, ...accounts("444455556666") } }))).toBe("contained");
    expect(verdict(condition({ StringEquals: accounts("111111111111", "444455556666") }))).toBe("escapes");
    expect(
      verdict(
        condition({
          StringEquals: accounts("444455556666"),
          StringNotEquals: accounts("111111111111", "444455556666"),
        }),
      ),
    ).toBe("contained");
  });
});
