import { at, read, shown, valuesOf } from "../project";

/** The value of an expression in a configuration with these data sources. */
function value(
  expression: string,
  data: object,
  provider: object = { region: "eu-west-1" },
  more: object = {},
): unknown {
  const configuration = read({
    provider: { aws: provider },
    data,
    resource: { aws_x: { y: { v: expression } }, aws_s3_bucket: { b: {} } },
    ...more,
  });
  return shown(at(configuration, "aws_x.y").values.v);
}

describe("data sources that follow from the configuration", () => {
  test.each([
    ["${data.aws_region.r.name}", "eu-west-1"],
    ["${data.aws_region.r.region}", "eu-west-1"],
    ["${data.aws_region.r.id}", "eu-west-1"],
    ["${data.aws_region.r.description}", "<data.aws_region.r.description>"],
    ["${data.aws_region.own.name}", "eu-west-2"],
    ["${data.aws_region.named.name}", "us-east-1"],
    ["${data.aws_region.by_endpoint.name}", "<data.aws_region.by_endpoint.name>"],
    ["arn:${data.aws_partition.p.partition}:s3:::b.${data.aws_partition.p.dns_suffix}", "arn:aws:s3:::b.amazonaws.com"],
  ])("%s is %s", (expression, expected) => {
    const data = {
      aws_region: {
        r: {},
        own: { region: "eu-west-2" },
        named: { name: "us-east-1" },
        by_endpoint: { endpoint: "ec2.us-east-1.amazonaws.com" },
      },
      aws_partition: { p: {} },
    };
    expect(value(expression, data)).toBe(expected);
  });

  test.each([
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
    ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
  ])("the partition of %s is %s", (region, partition, suffix) => {
    const expression = "${data.aws_partition.p.partition} ${data.aws_partition.p.dns_suffix}";
    expect(value(expression, { aws_partition: { p: {} } }, { region })).toBe(`${partition} ${suffix}`);
  });

  test("a region that the provider does not name is not known, unless a default is given", () => {
    const body = { data: { aws_region: { r: {} } }, resource: { aws_x: { y: { v: "${data.aws_region.r.name}" } } } };
    expect(valuesOf(read(body), "aws_x.y")).toEqual({ v: "<data.aws_region.r.name>" });
    expect(valuesOf(read(body, { defaultRegion: "eu-north-1" }), "aws_x.y")).toEqual({ v: "eu-north-1" });
  });

  test("the account is the only one that is allowed, or that of the role assumed last", () => {
    const account = (provider: object): unknown =>
      value("${data.aws_caller_identity.c.account_id}", { aws_caller_identity: { c: {} } }, provider);
    const role = (id: string): object => ({ role_arn: `arn:aws:iam::${id}:role/r` });
    expect(account({ allowed_account_ids: ["111111111111"] })).toBe("111111111111");
    expect(account({ allowed_account_ids: ["111111111111", "222222222222"] })).toBe(
      "<data.aws_caller_identity.c.account_id>",
    );
    expect(account({ assume_role: role("333333333333") })).toBe("333333333333");
    expect(account({ assume_role: [role("333333333333"), role("444444444444")] })).toBe("444444444444");
    expect(account({ assume_role: { role_arn: "${aws_s3_bucket.b.arn}" } })).toBe("<~aws_s3_bucket.b.arn>");
    expect(account({})).toBe("<data.aws_caller_identity.c.account_id>");
  });

  test("lists of zones are bounded only where Local Zones are filtered out", () => {
    const zone = (filter: object): unknown =>
      value("${data.aws_availability_zones.z.names[0]}", { aws_availability_zones: { z: filter } });
    const bounded = { oneOf: ["a", "b", "c", "d", "e", "f"].map((letter) => `eu-west-1${letter}`) };
    expect(zone({ filter: { name: "opt-in-status", values: ["opt-in-not-required"] } })).toEqual(bounded);
    expect(zone({ filter: [{ name: "zone-type", values: ["availability-zone"] }] })).toEqual(bounded);
    expect(zone({ state: "available" })).toBe("<data.aws_availability_zones.z.names[0]>");
    expect(zone({ filter: { name: "zone-type", values: ["availability-zone", "local-zone"] } })).toBe(
      "<data.aws_availability_zones.z.names[0]>",
    );
    const open = { filter: { name: "zone-type", values: ["availability-zone"] }, all_availability_zones: true };
    expect(zone(open)).toBe("<data.aws_availability_zones.z.names[0]>");
  });
});

describe("aws_iam_policy_document", () => {
  const policy = (document: object, others: object = {}): unknown => {
    const json = value("${data.aws_iam_policy_document.d.json}", {
      aws_iam_policy_document: { d: document, ...others },
    });
    return typeof json === "string" && !json.startsWith("<") ? JSON.parse(json) : json;
  };

  test("is the document that the provider renders", () => {
    expect(
      policy({
        policy_id: "p",
        statement: [
          {
            sid: "one",
            actions: ["s3:GetObject", "s3:PutObject"],
            resources: ["arn:aws:s3:::b/&{aws:username}/*"],
            principals: [
              { type: "AWS", identifiers: ["111111111111", "222222222222"] },
              { type: "Service", identifiers: ["ec2.amazonaws.com"] },
              { type: "AWS", identifiers: ["333333333333"] },
            ],
            condition: [
              { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] },
              { test: "StringEquals", variable: "aws:SourceVpc", values: ["vpc-1", "vpc-2"] },
              { test: "Bool", variable: "aws:SecureTransport", values: [true] },
            ],
          },
          {
            effect: "Deny",
            not_actions: ["iam:*"],
            not_resources: ["*"],
            not_principals: { type: "AWS", identifiers: ["*"] },
          },
        ],
      }),
    ).toEqual({
      Version: "2012-10-17",
      Id: "p",
      Statement: [
        {
          Sid: "one",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:GetObject"],
          Resource: "arn:aws:s3:::b/${aws:username}/*",
          Principal: { AWS: ["222222222222", "111111111111", "333333333333"], Service: "ec2.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": "o-1", "aws:SourceVpc": ["vpc-1", "vpc-2"] },
            Bool: { "aws:SecureTransport": "true" },
          },
        },
        { Effect: "Deny", NotAction: "iam:*", NotResource: "*", NotPrincipal: "*" },
      ],
    });
  });

  test("is merged from sources and overrides, statement by statement", () => {
    const statement = (sid: string, action: string): object => ({ sid, actions: [action], resources: ["*"] });
    const document = {
      source_policy_documents: ["${data.aws_iam_policy_document.source.json}"],
      override_policy_documents: [
        '${jsonencode({Statement = {Sid = "b", Effect = "Deny", Action = "x:over", Resource = "*"}})}',
      ],
      statement: [statement("a", "x:own"), statement("b", "x:own"), { actions: ["x:nameless"], resources: ["*"] }],
    };
    const source = {
      version: "2008-10-17",
      statement: [
        statement("a", "x:source"),
        statement("c", "x:source"),
        { actions: ["x:nameless"], resources: ["*"] },
      ],
    };
    const merged = policy(document, { source }) as {
      Version: string;
      Statement: { Sid?: string; Effect: string; Action: string }[];
    };
    expect(merged.Version).toBe("2012-10-17");
    expect(merged.Statement.map(({ Sid, Effect, Action }) => [Sid, Effect, Action])).toEqual([
      ["a", "Allow", "x:own"],
      ["c", "Allow", "x:source"],
      [undefined, "Allow", "x:nameless"],
      ["b", "Deny", "x:over"],
      [undefined, "Allow", "x:nameless"],
    ]);
  });

  test("keeps what is known where parts are not", () => {
    const document = {
      statement: {
        actions: ["s3:*"],
        resources: ["${aws_s3_bucket.b.arn}/*"],
        principals: { type: "AWS", identifiers: ["*"] },
      },
    };
    expect(policy(document)).toEqual({
      json: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:*", Resource: '<aws_s3_bucket.b.arn, "/*">', Principal: "*" }],
      },
    });
    const outer = {
      source_policy_documents: ["${data.aws_iam_policy_document.inner.json}"],
      statement: { actions: ["x:y"], resources: ["*"] },
    };
    expect(policy(outer, { inner: document })).toMatchObject({
      json: { Statement: [{ Action: "s3:*" }, { Action: "x:y" }] },
    });
  });

  test("is unknown if it is not known what it is merged from, or what replaces what", () => {
    expect(policy({ source_policy_documents: ["${aws_s3_bucket.b.policy}"] })).toBe("<~aws_s3_bucket.b.policy>");
    expect(
      policy({ override_policy_documents: ["{}"], statement: { sid: "${aws_s3_bucket.b.id}", actions: ["*"] } }),
    ).toBe("<~aws_s3_bucket.b.id>");
    expect(policy({ source_policy_documents: ["no JSON"] })).toBe("<~>");
  });
});
