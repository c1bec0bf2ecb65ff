/** Policies that look like one thing and are another. Each pair differs in the trap alone. */
import { decide, policy, type Terraform, verdict } from "../policies/identity/builder";

const FOREIGN = "arn:aws:iam::444455556666:root";
const OURS = "arn:aws:iam::222222222222:root";

/** A queue with a policy that allows reading under a condition. */
const queue = (statement: Record<string, unknown>, ...more: Record<string, unknown>[]): Terraform => ({
  resource: {
    aws_sqs_queue: { jobs: { name: "jobs" } },
    aws_sqs_queue_policy: {
      jobs: {
        queue_url: "${aws_sqs_queue.jobs.id}",
        policy: policy(
          {
            Effect: "Allow",
            Principal: "*",
            Action: "sqs:ReceiveMessage",
            Resource: "${aws_sqs_queue.jobs.arn}",
            ...statement,
          } as never,
          ...(more as never[]),
        ),
      },
    },
  },
});

const when = (operator: string, key: string, value: unknown) => queue({ Condition: { [operator]: { [key]: value } } });

describe("conditions that bind to the owner, and those that only seem to", () => {
  test.each([
    ["StringEquals", "aws:PrincipalOrgID", "o-enclave0001", "contained"],
    ["StringLike", "aws:PrincipalOrgID", "o-enclave0001", "contained"],
    ["StringLike", "aws:PrincipalOrgID", "o-enclave*", "escapes"],
    ["StringLike", "aws:PrincipalOrgID", "*", "escapes"],
    ["StringEqualsIfExists", "aws:PrincipalOrgID", "o-enclave0001", "escapes"],
    ["StringEquals", "aws:PrincipalOrgID", "o-otherorg001", "escapes"],
    ["StringNotEquals", "aws:PrincipalOrgID", "o-otherorg001", "escapes"],
    ["StringEquals", "aws:PrincipalAccount", ["111111111111", "222222222222"], "contained"],
    ["StringEquals", "aws:PrincipalAccount", ["111111111111", "222222222223"], "escapes"],
    ["StringLike", "aws:PrincipalAccount", "2222*", "escapes"],
    ["StringLike", "aws:PrincipalAccount", "22222222222?", "escapes"],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/*", "contained"],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/reader", "escapes"],
    ["StringLike", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/*", "contained"],
    ["ForAllValues:StringEquals", "aws:PrincipalOrgPaths", "o-enclave0001/r-ab12/", "escapes"],
    ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-enclave0001/*", "contained"],
    ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-*", "escapes"],
    ["Null", "aws:PrincipalOrgID", "false", "escapes"],
    ["Bool", "aws:SecureTransport", "true", "escapes"],
    ["Bool", "aws:MultiFactorAuthPresent", "true", "escapes"],
    ["StringEquals", "aws:PrincipalTag/team", "readers", "escapes"],
    ["StringEquals", "aws:RequestedRegion", "eu-west-1", "escapes"],
    ["StringEquals", "aws:RequestedRegion", "us-east-1", "contained"],
    ["DateLessThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", "contained"],
    ["DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", "escapes"],
    ["ArnEquals", "aws:SourceArn", "arn:aws:sns:eu-west-1:444455556666:topic", "contained"],
    ["StringEquals", "aws:SourceAccount", "444455556666", "contained"],
    ["Bool", "aws:PrincipalIsAWSService", "true", "contained"],
    ["StringEqualsIgnoreCase", "aws:PrincipalOrgID", "O-ENCLAVE0001", "contained"],
    // Two keys that must be equal: the resource is the owner's, so whoever asks must be.
    ["StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}", "contained"],
    ["StringEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", "contained"],
    ["StringEqualsIfExists", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", "escapes"],
    ["StringNotEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", "escapes"],
    ["StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}", "contained"],
    ["StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}", "contained"],
    ["StringEquals", "aws:ResourceAccount", "${aws:PrincipalTag/account}", "escapes"],
    // Keys of the network perimeter: a VPC or endpoint of the owner's, or of somebody else.
    ["StringEquals", "aws:VpceAccount", "222222222222", "contained"],
    ["StringEquals", "aws:VpceAccount", "444455556666", "escapes"],
    ["StringEquals", "aws:VpceOrgID", "o-enclave0001", "contained"],
    ["StringEqualsIfExists", "aws:VpceOrgID", "o-enclave0001", "escapes"],
    ["ForAnyValue:StringLike", "aws:VpceOrgPaths", "o-enclave0001/*", "contained"],
    ["ForAllValues:StringLike", "aws:VpceOrgPaths", "o-enclave0001/*", "escapes"],
    ["ArnLike", "aws:SourceVpcArn", "arn:aws:ec2:eu-west-1:111111111111:vpc/*", "contained"],
    ["ArnLike", "aws:SourceVpcArn", "arn:aws:ec2:us-east-1:111111111111:vpc/*", "escapes"],
    ["ArnLike", "aws:SourceVpcArn", "arn:aws:ec2:eu-west-1:*:vpc/*", "escapes"],
    ["IpAddress", "aws:VpcSourceIp", "10.0.0.0/8", "escapes"],
    // Whoever calls AWS by a service of his: no list says that one receives messages, and none that none does.
    ["Bool", "aws:ViaAWSService", "true", "undecided"],
    ["StringEquals", "aws:CalledViaFirst", "cloudformation.amazonaws.com", "undecided"],
    ["ForAnyValue:StringEquals", "aws:CalledVia", "athena.amazonaws.com", "undecided"],
    ["NumericLessThan", "aws:MultiFactorAuthAge", "3600", "escapes"],
    ["BinaryEquals", "aws:PrincipalTag/key", "QmluYXJ5", "escapes"],
    ["DateLessThan", "aws:EpochTime", "1577836800", "contained"],
  ])("%s %s %j: %s", (operator, key, value, expected) => {
    expect(verdict(when(operator, key, value))).toBe(expected);
  });

  test.each([
    ["IpAddress", "203.0.113.10/32", "contained"],
    ["IpAddress", "203.0.113.10", "contained"],
    ["IpAddress", "203.0.113.0/24", "escapes"],
    ["IpAddress", ["203.0.113.10/32", "198.51.100.0/24"], "escapes"],
    ["IpAddress", "2001:db8::/32", "escapes"],
    ["IpAddress", "10.0.0.0/8", "contained"],
    ["IpAddress", ["0.0.0.0/1", "128.0.0.0/1"], "escapes"],
    ["NotIpAddress", "203.0.113.10/32", "escapes"],
    ["IpAddressIfExists", "203.0.113.10/32", "escapes"],
    ["NotIpAddress", ["0.0.0.0/0", "::/0"], "escapes"],
  ])("%s aws:SourceIp %j: %s", (operator, value, expected) => {
    expect(verdict(when(operator, "aws:SourceIp", value))).toBe(expected);
  });

  test("a VPC endpoint of the configuration is inside, one that nobody vouches for is not", () => {
    const endpoint = (id: string): Terraform => {
      const base = when("StringEquals", "aws:SourceVpce", id);
      return {
        ...base,
        resource: { ...base.resource, aws_vpc_endpoint: { own: { service_name: "com.amazonaws.eu-west-1.sts" } } },
      };
    };
    expect(verdict(endpoint("${aws_vpc_endpoint.own.id}"))).toBe("contained");
    expect(verdict(endpoint("vpce-0123456789abcdef0"))).toBe("escapes");
  });

  test("services that act for others come through no endpoint of the owner's", () => {
    const bucket = (condition: Record<string, unknown>): Terraform => ({
      resource: {
        aws_vpc_endpoint: { own: { service_name: "com.amazonaws.eu-west-1.sts" } },
        aws_s3_bucket: { users: {} },
        aws_s3_bucket_policy: {
          users: {
            bucket: "${aws_s3_bucket.users.id}",
            policy: policy({
              Effect: "Allow",
              Principal: { AWS: "*" },
              Action: "s3:GetObject",
              Resource: "${aws_s3_bucket.users.arn}/*",
              Condition: { StringEquals: condition },
            } as never),
          },
        },
      },
    });
    expect(verdict(bucket({ "aws:SourceVpce": "${aws_vpc_endpoint.own.id}" }))).toBe("contained");
    expect(verdict(bucket({ "aws:SourceVpce": "vpce-0123456789abcdef0" }))).toBe("escapes");
    const others = decide(bucket({ "aws:SourceArn": "arn:aws:glue:eu-west-1:444455556666:job/a" })).flows;
    expect(others.map(({ steps }) => steps[0].why).join("\n")).toMatch(
      /lets glue\.amazonaws\.com for any account call s3:GetObject/,
    );
  });

  test("a condition key that AWS does not define leaves it open", () => {
    expect(verdict(when("StringEquals", "acme:badge", "blue"))).toBe("undecided");
    expect(verdict(when("StringEqualsIfAbsent", "aws:PrincipalOrgID", "o-enclave0001"))).toBe("undecided");
  });

  test("several keys and operators must all hold, several values need one", () => {
    const both = {
      StringEquals: { "aws:PrincipalTag/team": ["a", "b"] },
      StringLike: { "aws:PrincipalOrgID": "o-enclave0001" },
    };
    expect(verdict(queue({ Condition: both }))).toBe("contained");
    expect(
      verdict(queue({ Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-enclave0001", "o-partner00001"] } } })),
    ).toBe("escapes");
  });
});

describe("principals", () => {
  test.each([
    [{ AWS: "*" }, "escapes"],
    ["*", "escapes"],
    [{ AWS: FOREIGN }, "escapes"],
    [{ AWS: "444455556666" }, "escapes"],
    [{ AWS: "arn:aws:iam::444455556666:role/reader" }, "escapes"],
    [{ AWS: "arn:aws:sts::444455556666:assumed-role/reader/session" }, "escapes"],
    [{ AWS: [OURS, FOREIGN] }, "escapes"],
    [{ AWS: OURS }, "contained"],
    [{ AWS: "arn:aws:iam::111111111111:user/auditor" }, "contained"],
    [{ AWS: "222222222222" }, "contained"],
    [{ AWS: "AIDAEXAMPLEEXAMPLE" }, "contained"],
    [{ CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }, "escapes"],
    [{ Service: "sns.amazonaws.com" }, "contained"],
    [{ Federated: "cognito-identity.amazonaws.com" }, "contained"],
  ])("%j: %s", (principal, expected) => {
    expect(verdict(queue({ Principal: principal }))).toBe(expected);
  });

  test("Allow with NotPrincipal lets in everybody else; Deny with NotPrincipal keeps everybody else out", () => {
    const { Principal: _, ...rest } = { Principal: undefined, NotPrincipal: { AWS: OURS } };
    expect(verdict(queue({ Principal: undefined, ...rest }))).toBe("escapes");
    const others = { Effect: "Deny", NotPrincipal: { AWS: [OURS] }, Action: "sqs:*", Resource: "*" };
    expect(verdict(queue({}, others))).toBe("contained");
    const spared = { Effect: "Deny", NotPrincipal: { AWS: [OURS, FOREIGN] }, Action: "sqs:*", Resource: "*" };
    expect(verdict(queue({}, spared))).toBe("escapes");
  });

  test("the report names the request and the statement", () => {
    const { flows } = decide(
      queue({ Sid: "Readers", Principal: { AWS: FOREIGN }, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    );
    expect(flows).toHaveLength(1);
    expect(flows[0].to).toEqual({ kind: "place", place: { id: "account 444455556666", countries: [] } });
    expect(flows[0].steps[0].by.address).toBe("aws_sqs_queue_policy.jobs");
    expect(flows[0].steps[0].why).toBe(
      'statement "Readers" of aws_sqs_queue_policy.jobs lets account 444455556666 call sqs:ReceiveMessage with aws:securetransport = true',
    );
  });
});

describe("actions", () => {
  test.each([
    ["sqs:SendMessage", "contained"],
    ["sqs:Send*", "contained"],
    ["sqs:Get*", "contained"],
    ["sqs:*", "escapes"],
    ["*", "escapes"],
    ["*:ReceiveMessage", "escapes"],
    ["sq?:Receive*", "escapes"],
    ["SQS:receivemessage", "escapes"],
    ["sqs:AddPermission", "escapes"],
    ["s3:GetObject", "contained"],
    [["sqs:SendMessage", "sqs:ReceiveMessage"], "escapes"],
  ])("%j: %s", (action, expected) => {
    expect(verdict(queue({ Principal: { AWS: FOREIGN }, Action: action }))).toBe(expected);
  });

  test("NotAction allows all others", () => {
    const all = (not: string) => queue({ Principal: { AWS: FOREIGN }, Action: undefined, NotAction: not });
    expect(verdict(all("sqs:DeleteQueue"))).toBe("escapes");
    expect(verdict(all("sqs:*"))).toBe("contained");
  });

  test("an action that no list knows may read", () => {
    expect(verdict(queue({ Principal: { AWS: FOREIGN }, Action: "sqs:GlimpseMessage" }))).toBe("undecided");
  });
});

describe("Deny", () => {
  const deny = (condition: unknown, action = "sqs:*") => ({
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: "*",
    Condition: condition,
  });

  test.each([
    [{ StringNotEquals: { "aws:PrincipalOrgID": "o-enclave0001" } }, "contained"],
    [{ StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-enclave0001" } }, "contained"],
    [{ StringNotEquals: { "aws:PrincipalOrgID": ["o-enclave0001", "o-partner00001"] } }, "escapes"],
    [{ StringEquals: { "aws:PrincipalOrgID": "o-partner00001" } }, "escapes"],
    [{ Null: { "aws:PrincipalOrgID": "true" } }, "escapes"],
    [{ StringNotEquals: { "aws:PrincipalAccount": ["111111111111"] } }, "contained"],
    [{ Bool: { "aws:SecureTransport": "false" } }, "escapes"],
    [{ NotIpAddress: { "aws:SourceIp": "203.0.113.10/32" } }, "contained"],
    [{ NotIpAddress: { "aws:SourceIp": "203.0.113.10/32" }, Bool: { "aws:ViaAWSService": "false" } }, "undecided"],
    [{ NotIpAddress: { "aws:SourceIp": "203.0.113.10/32" }, Bool: { "aws:SecureTransport": "true" } }, "escapes"],
    // The request never carries the key of a service's own requests, so the Deny never applies.
    [{ StringEquals: { "aws:SourceAccount": "444455556666" } }, "escapes"],
    // … and this one always does.
    [{ StringNotEquals: { "aws:SourceAccount": "111111111111" } }, "contained"],
    [{ StringNotEquals: { "aws:PrincipalOrgID": "${aws:ResourceOrgID}" } }, "contained"],
    [{ StringNotEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } }, "contained"],
    [{ "ForAllValues:StringNotLike": { "aws:PrincipalOrgPaths": "o-enclave0001/*" } }, "contained"],
    [{ "ForAnyValue:StringNotLike": { "aws:PrincipalOrgPaths": "o-enclave0001/*" } }, "escapes"],
  ])("%j: %s", (condition, expected) => {
    expect(verdict(queue({}, deny(condition)))).toBe(expected);
  });

  test("a Deny with a key that nobody knows may never apply", () => {
    expect(verdict(queue({}, deny({ StringEquals: { "acme:badge": "blue" } })))).toBe("undecided");
  });

  test("a Deny for part of what is allowed leaves the rest", () => {
    expect(verdict(queue({ Action: "sqs:*" }, deny({}, "sqs:ReceiveMessage")))).toBe("escapes");
    expect(verdict(queue({ Action: "sqs:ReceiveMessage" }, deny({}, "sqs:Receive*")))).toBe("contained");
  });

  test("two Denies that together leave nothing", () => {
    const inside = deny({ StringEquals: { "aws:PrincipalTag/zone": "blue" } });
    const outside = deny({ StringNotEquals: { "aws:PrincipalTag/zone": "blue" } });
    expect(verdict(queue({}, inside))).toBe("escapes");
    expect(verdict(queue({}, outside))).toBe("escapes");
    expect(verdict(queue({}, inside, outside))).toBe("contained");
  });
});

describe("what is not known", () => {
  test("an account that is not known may be anybody's", () => {
    const base = queue({ Principal: { AWS: FOREIGN } });
    const { policy: text } = base.resource.aws_sqs_queue_policy.jobs as { policy: string };
    expect(verdict(base)).toBe("escapes");
    const [head, tail] = text.split("444455556666");
    const { Unknown } = jest.requireActual<typeof import("../../policies/configuration/value")>(
      "../../policies/configuration/value",
    );
    const hole = new Unknown("variable partner has no value");
    base.resource.aws_sqs_queue_policy.jobs.policy;
    const unknown: Terraform = {
      resource: {
        ...base.resource,
        aws_sqs_queue_policy: {
          jobs: { queue_url: "${aws_sqs_queue.jobs.id}", policy: new Unknown("", { parts: [head, hole, tail] }) },
        },
      },
    };
    expect(verdict(unknown)).toBe("undecided");
  });
});
