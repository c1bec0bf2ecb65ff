/** Search domains, collections, ingestion pipelines. */
import { findings, judge } from "./harness";
import { waysOut } from "./ways";

const connection = {
  connection_alias: "c",
  local_domain_info: [{ domain_name: "a", owner_id: "111111111111", region: "eu-west-1" }],
};

waysOut([
  {
    type: "aws_opensearch_domain",
    at: "log_publishing_options.cloudwatch_log_group_arn",
    form: "arn",
    channel: "opensearch.logs",
    with: { domain_name: "d" },
  },
  {
    type: "aws_elasticsearch_domain",
    at: "log_publishing_options.cloudwatch_log_group_arn",
    form: "arn",
    channel: "opensearch.logs",
    with: { domain_name: "d" },
  },
  {
    type: "aws_opensearch_domain",
    at: "advanced_security_options.master_user_options.master_user_arn",
    form: "account",
    channel: "opensearch.master-user",
    with: { domain_name: "d" },
  },
  {
    type: "aws_opensearch_outbound_connection",
    at: "remote_domain_info.region",
    form: "region",
    channel: "opensearch.cross-cluster",
    with: connection,
  },
  {
    type: "aws_opensearch_outbound_connection",
    at: "remote_domain_info.owner_id",
    form: "account",
    channel: "opensearch.cross-cluster",
    with: connection,
  },
  {
    type: "aws_opensearch_authorize_vpc_endpoint_access",
    at: "account",
    form: "account",
    channel: "opensearch.vpc-endpoint",
    with: { domain_name: "d" },
  },
  {
    type: "aws_opensearch_domain_saml_options",
    at: "saml_options.idp.entity_id",
    form: "url",
    channel: "opensearch.saml",
    with: { domain_name: "d" },
  },
]);

const open = (domain: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "es:*", Resource: `${domain}/*` }] });

test.each(["aws_opensearch_domain", "aws_elasticsearch_domain"])(
  "%s: anybody may search a public endpoint",
  async (type) => {
    const domain = { domain_name: "d", access_policies: open("arn:aws:es:eu-west-1:111111111111:domain/d") };
    expect((await judge({ [type]: { d: domain } })).verdict).toBe("escapes");
  },
);

test("where questions are turned into queries is not known", async () => {
  const domain = (desired_state: string) => ({
    aws_opensearch_domain: {
      d: { domain_name: "d", aiml_options: [{ natural_language_query_generation_options: [{ desired_state }] }] },
    },
  });
  expect((await judge(domain("ENABLED"))).verdict).toBe("undecided");
  expect((await judge(domain("DISABLED"))).verdict).toBe("contained");
});

describe("ingestion pipelines", () => {
  const pipeline = (body: string, top: Record<string, unknown> = {}) =>
    judge(
      {
        aws_osis_pipeline: { p: { pipeline_name: "p", min_units: 1, max_units: 1, pipeline_configuration_body: body } },
      },
      top,
    );
  const body = (sink: string, more = "") =>
    `version: "2"\nin:\n  source:\n    http:\n      path: /in\n${more}  sink:\n${sink}`;
  const s3 = (bucket: string, region = "eu-west-1") =>
    `    - s3:\n        bucket: ${bucket}\n        aws:\n          region: ${region}\n          sts_role_arn: arn:aws:iam::111111111111:role/r\n`;

  test("sinks that stay inside", async () => {
    expect((await pipeline(body(s3("enclave-archive")))).verdict).toBe("contained");
    expect((await pipeline(body("    - pipeline:\n        name: next\n"))).verdict).toBe("contained");
  });

  test.each([
    ["a region outside", s3("enclave-archive", "us-east-1"), "us-east-1"],
    ["a host outside", "    - opensearch:\n        hosts: [ 'https://search.example.com' ]\n", "search.example.com"],
    [
      "a dead-letter queue",
      `    - opensearch:\n        hosts: ['https://203.0.113.10']\n        dlq:\n          s3: { bucket: enclave-archive, region: us-west-2 }\n`,
      "us-west-2",
    ],
  ])("%s", async (_, sink, place) => {
    expect(findings(await pipeline(body(sink)))).toEqual([`aws_osis_pipeline.p -> ${place} by osis.pipeline`]);
  });

  test("processors and staged exports send too", async () => {
    const lambda =
      "  processor:\n    - aws_lambda:\n        function_name: arn:aws:lambda:eu-west-1:444455556666:function:f\n";
    expect((await pipeline(body(s3("enclave-archive"), lambda))).verdict).toBe("escapes");
    const staged = `in:\n  source:\n    dynamodb:\n      tables: [{ table_arn: x, export: { s3_bucket: enclave-archive, s3_region: us-east-1 } }]\n  sink:\n${s3("enclave-archive")}`;
    expect((await pipeline(staged)).verdict).toBe("escapes");
  });

  test("holes of a template are followed", async () => {
    const domain = { aws_opensearch_domain: { d: { domain_name: "d", region: "eu-west-2" } } };
    const text = body(`    - opensearch:\n        hosts: [ "https://\${aws_opensearch_domain.d.endpoint}" ]\n`);
    const resources = {
      ...domain,
      aws_osis_pipeline: { p: { pipeline_name: "p", min_units: 1, max_units: 1, pipeline_configuration_body: text } },
    };
    expect(findings(await judge(resources))).toContain("aws_osis_pipeline.p -> eu-west-2 by osis.pipeline");
  });

  test.each([
    ["a sink that is not modelled", "    - kafka:\n        bootstrap_servers: [a]\n"],
    ["a bucket that nobody knows", s3("somewhere")],
  ])("%s is not decided", async (_, sink) => {
    expect((await pipeline(body(sink))).verdict).toBe("undecided");
  });

  test("what is no pipeline is not decided", async () => {
    for (const text of ["- a\n- b", "a: [", "just text", "in: 1"])
      expect((await pipeline(text)).verdict).toBe("undecided");
    expect((await pipeline(`\${var.u}`, { variable: { u: {} } })).verdict).toBe("undecided");
  });
});

describe("collections", () => {
  const access = (principal: string) =>
    judge({
      aws_opensearchserverless_access_policy: {
        a: {
          name: "a",
          type: "data",
          policy: JSON.stringify([
            {
              Rules: [{ ResourceType: "index", Resource: ["index/*/*"], Permission: ["aoss:*"] }],
              Principal: [principal],
            },
          ]),
        },
      },
    });

  test.each([
    ["arn:aws:iam::444455556666:role/r", "escapes"],
    ["saml/444455556666/idp/user/u", "escapes"],
    ["arn:aws:iam::111111111111:role/r", "contained"],
    ["saml/111111111111/idp/group/g", "contained"],
    ["iamidentitycenter/app-1/user/u", "contained"],
  ])("%s: %s", async (principal, verdict) => {
    expect((await access(principal)).verdict).toBe(verdict);
  });

  test("a collection that only VPC endpoints reach", async () => {
    const policies = (rule: object) => ({
      aws_opensearchserverless_security_policy: {
        net: {
          name: "n",
          type: "network",
          policy: JSON.stringify([{ Rules: [{ ResourceType: "collection", Resource: ["collection/*"] }], ...rule }]),
        },
        enc: { name: "e", type: "encryption", policy: JSON.stringify({ Rules: [], AWSOwnedKey: true }) },
      },
      aws_opensearchserverless_access_policy: {
        a: {
          name: "a",
          type: "data",
          policy: JSON.stringify([{ Rules: [], Principal: ["arn:aws:iam::444455556666:role/r"] }]),
        },
      },
    });
    expect((await judge(policies({ AllowFromPublic: true }))).verdict).toBe("escapes");
    expect(
      (
        await judge(
          policies({ AllowFromPublic: false, SourceVPCEs: ["vpce-1"], SourceServices: ["bedrock.amazonaws.com"] }),
        )
      ).verdict,
    ).toBe("escapes");
    expect((await judge(policies({ AllowFromPublic: false, SourceVPCEs: ["vpce-1"] }))).verdict).toBe("contained");
  });

  test("an identity provider is somewhere else", async () => {
    const config = (metadata: string) =>
      judge({
        aws_opensearchserverless_security_config: { c: { name: "c", type: "saml", saml_options: [{ metadata }] } },
      });
    const xml = `<?xml version="1.0"?>\n<!-- idp --><md:EntityDescriptor xmlns:md="m" entityID="https://idp.example.com/x"><a/></md:EntityDescriptor>`;
    expect(findings(await config(xml))).toEqual([
      "aws_opensearchserverless_security_config.c -> idp.example.com by opensearchserverless.saml",
    ]);
    expect((await config("<broken")).verdict).toBe("undecided");
  });
});

test.each([
  ["cloudsearch:search", "*", "escapes"],
  ["cloudsearch:suggest", { AWS: "arn:aws:iam::444455556666:root" }, "escapes"],
  ["cloudsearch:document", { AWS: "arn:aws:iam::444455556666:root" }, "contained"],
  ["cloudsearch:search", { AWS: "arn:aws:iam::222222222222:root" }, "contained"],
])("a policy of CloudSearch that allows %s to %j", async (Action, Principal, verdict) => {
  const access_policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action }] });
  const report = await judge({
    aws_cloudsearch_domain: { d: { name: "d" } },
    aws_cloudsearch_domain_service_access_policy: {
      p: { domain_name: "${aws_cloudsearch_domain.d.id}", access_policy },
    },
  });
  expect(report.verdict).toBe(verdict);
});
