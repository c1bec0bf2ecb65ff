/** APIs, pipelines, repositories, web applications, configuration and stacks. */
import { findings, judge, outcomes } from "./harness";
import { switches, ways } from "./together";

const role = "arn:aws:iam::111111111111:role/r";
const store = [{ location: "enclave-archive", type: "S3" }];
const action = (more: object) => ({
  name: "p",
  role_arn: role,
  artifact_store: store,
  stage: [
    {
      name: "s",
      action: [{ name: "a", version: "1", category: "Deploy", owner: "AWS", provider: "CodeDeploy", ...more }],
    },
  ],
});
const graphql = { name: "a", authentication_type: "AWS_IAM", visibility: "PRIVATE" };

describe("ways", () => {
  ways([
    {
      type: "aws_api_gateway_stage",
      at: "access_log_settings.destination_arn",
      form: "arn",
      channel: "apigateway.access-log",
      with: { stage_name: "s", rest_api_id: "a", deployment_id: "d" },
    },
    {
      type: "aws_api_gateway_vpc_link",
      at: "target_arns",
      list: true,
      form: "arn",
      channel: "apigateway.vpc-link",
      with: { name: "l" },
    },
    {
      type: "aws_api_gateway_integration",
      at: "uri",
      form: "url",
      channel: "apigateway.integration",
      with: { type: "HTTP_PROXY", http_method: "GET", resource_id: "r", rest_api_id: "a" },
    },
    {
      type: "aws_apigatewayv2_integration",
      at: "integration_uri",
      form: "arn",
      channel: "apigateway.integration",
      with: { api_id: "a", integration_type: "AWS_PROXY" },
    },
    {
      type: "aws_apigatewayv2_authorizer",
      at: "jwt_configuration.issuer",
      form: "url",
      channel: "apigateway.authorizer",
      with: { api_id: "a", authorizer_type: "JWT", name: "n" },
    },
    {
      type: "aws_apigatewayv2_stage",
      at: "access_log_settings.destination_arn",
      form: "arn",
      channel: "apigateway.access-log",
      with: { api_id: "a", name: "s" },
    },
    {
      type: "aws_appsync_datasource",
      at: "lambda_config.function_arn",
      form: "arn",
      channel: "appsync.data-source",
      with: { api_id: "a", name: "d", type: "AWS_LAMBDA" },
    },
    {
      type: "aws_appsync_datasource",
      at: "http_config.endpoint",
      form: "url",
      channel: "appsync.data-source",
      with: { api_id: "a", name: "d", type: "HTTP" },
    },
    {
      type: "aws_appsync_datasource",
      at: "dynamodb_config.region",
      form: "region",
      channel: "appsync.data-source",
      with: { api_id: "a", name: "d", type: "AMAZON_DYNAMODB", dynamodb_config: [{ table_name: "t" }] },
    },
    {
      type: "aws_appsync_source_api_association",
      at: "merged_api_arn",
      form: "arn",
      channel: "appsync.merged-api",
      with: { source_api_id: "s" },
    },
    {
      type: "aws_appconfig_extension",
      at: "action_point.action.uri",
      form: "arn",
      channel: "appconfig.extension",
      with: { name: "e", action_point: [{ point: "ON_DEPLOYMENT_COMPLETE", action: [{ name: "a" }] }] },
    },
    {
      type: "aws_codepipeline",
      at: "artifact_store.location",
      form: "bucket",
      channel: "codepipeline.artifacts",
      with: { name: "p", role_arn: role, artifact_store: [{ type: "S3" }] },
    },
    {
      type: "aws_codepipeline",
      at: "artifact_store.region",
      form: "region",
      channel: "codepipeline.artifacts",
      with: { name: "p", role_arn: role, artifact_store: store },
    },
    {
      type: "aws_codepipeline",
      at: "stage.action.region",
      form: "region",
      channel: "codepipeline.action-region",
      with: action({}),
    },
    {
      type: "aws_codepipeline",
      at: "stage.action.role_arn",
      form: "principal",
      channel: "codepipeline.action-role",
      with: action({}),
    },
    {
      type: "aws_codecommit_trigger",
      at: "trigger.destination_arn",
      form: "arn",
      channel: "codecommit.trigger",
      with: { repository_name: "r", trigger: [{ name: "t", events: ["all"] }] },
    },
    {
      type: "aws_codeartifact_repository",
      at: "domain_owner",
      form: "account",
      channel: "codeartifact.domain",
      with: { domain: "d", repository: "r" },
    },
    {
      type: "aws_codedeploy_deployment_group",
      at: "trigger_configuration.trigger_target_arn",
      form: "arn",
      channel: "codedeploy.notification",
      with: { app_name: "a", deployment_group_name: "g", service_role_arn: role },
    },
    {
      type: "aws_codestarnotifications_notification_rule",
      at: "target.address",
      form: "arn",
      channel: "codestarnotifications.target",
      with: {
        name: "n",
        detail_type: "FULL",
        event_type_ids: ["e"],
        resource: "arn:aws:codecommit:eu-west-1:111111111111:r",
      },
    },
    {
      type: "aws_ecr_replication_configuration",
      at: "replication_configuration.rule.destination.region",
      form: "region",
      channel: "ecr.replication",
      with: { replication_configuration: [{ rule: [{ destination: [{ registry_id: "111111111111" }] }] }] },
    },
    {
      type: "aws_ecr_replication_configuration",
      at: "replication_configuration.rule.destination.registry_id",
      form: "account",
      channel: "ecr.replication",
      with: { replication_configuration: [{ rule: [{ destination: [{ region: "eu-north-1" }] }] }] },
    },
    {
      type: "aws_cloudformation_stack_instances",
      at: "regions",
      list: true,
      form: "region",
      channel: "cloudformation.stack-instance",
      with: { stack_set_name: "s" },
    },
    {
      type: "aws_cloudformation_stack_set_instance",
      at: "account_id",
      form: "account",
      channel: "cloudformation.stack-instance",
      with: { stack_set_name: "s" },
    },
    {
      type: "aws_cloudformation_stack_set_instance",
      at: "stack_set_instance_region",
      form: "region",
      channel: "cloudformation.stack-instance",
      with: { stack_set_name: "s" },
    },
  ]);
});

describe("switches", () => {
  switches([
    {
      type: "aws_appsync_graphql_api",
      channel: "appsync.public-endpoint",
      open: { ...graphql, visibility: null },
      closed: graphql,
      unknown: { ...graphql, visibility: "${var.unknown}" },
    },
    {
      type: "aws_appsync_graphql_api",
      channel: "appsync.unauthenticated",
      open: { ...graphql, authentication_type: "API_KEY" },
      closed: graphql,
    },
    {
      type: "aws_appsync_domain_name",
      channel: "appsync.custom-domain",
      open: { domain_name: "api.example.com", certificate_arn: "arn:aws:acm:us-east-1:111111111111:certificate/c" },
    },
    { type: "aws_amplify_branch", channel: "amplify.hosting", open: { app_id: "a", branch_name: "main" } },
    {
      type: "aws_amplify_app",
      channel: "amplify.hosting",
      open: { name: "a", enable_auto_branch_creation: true },
      closed: { name: "a" },
    },
    {
      type: "aws_api_gateway_domain_name",
      channel: "apigateway.edge-locations",
      open: { domain_name: "api.example.com", endpoint_configuration: [{ types: ["EDGE"] }] },
      closed: { domain_name: "api.example.com", endpoint_configuration: [{ types: ["REGIONAL"] }] },
    },
    {
      type: "aws_codestarnotifications_notification_rule",
      channel: "codestarnotifications.chat",
      open: {
        name: "n",
        detail_type: "FULL",
        event_type_ids: ["e"],
        resource: "r",
        target: [
          { type: "AWSChatbotSlack", address: "arn:aws:chatbot::111111111111:chat-configuration/slack-channel/x" },
        ],
      },
      closed: {
        name: "n",
        detail_type: "FULL",
        event_type_ids: ["e"],
        resource: "r",
        target: [{ address: "arn:aws:sns:eu-west-1:111111111111:t" }],
      },
    },
    {
      type: "aws_codepipeline",
      channel: "codepipeline.internet",
      open: action({ category: "Compute", provider: "Commands" }),
      closed: action({}),
    },
    {
      type: "aws_codepipeline",
      channel: "codepipeline.internet",
      open: action({ category: "Build", provider: "ECRBuildAndPublish", configuration: { ECRRepositoryName: "r" } }),
      closed: action({ provider: "EKS", configuration: { ClusterName: "c" } }),
    },
    {
      type: "aws_codepipeline",
      channel: "codepipeline.action",
      open: action({ category: "Test", owner: "ThirdParty", provider: "BlazeMeter" }),
      closed: action({}),
    },
  ]);
});

describe("REST APIs", () => {
  const api = (types: string[] | undefined, method: object, more: object = {}) => ({
    aws_api_gateway_rest_api: { a: { name: "a", ...(types ? { endpoint_configuration: [{ types }] } : {}), ...more } },
    aws_api_gateway_method: {
      m: { rest_api_id: "${aws_api_gateway_rest_api.a.id}", resource_id: "r", http_method: "GET", ...method },
    },
  });
  const signed = { authorization: "AWS_IAM" };
  const open = { authorization: "NONE" };
  const edge = "aws_api_gateway_rest_api.a -> the internet by apigateway.edge-locations";
  const anyone = "aws_api_gateway_rest_api.a -> anyone by apigateway.public-api";

  test.each([
    ["edge-optimized by default", api(undefined, signed), [edge]],
    ["edge-optimized and open", api(["EDGE"], open), [anyone, edge]],
    ["regional and open", api(["REGIONAL"], open), [anyone]],
    ["regional and signed", api(["REGIONAL"], signed), []],
    ["private and open", api(["PRIVATE"], open), []],
    ["without an address", api(["REGIONAL"], open, { disable_execute_api_endpoint: true }), []],
    ["preflight only", api(["REGIONAL"], { ...open, http_method: "OPTIONS" }), []],
  ])("%s", async (_name, resources, expected) => {
    expect(findings(await judge(resources)).sort()).toEqual([...expected].sort());
  });

  const invoke = (condition: object) => ({
    policy: JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*", ...condition }],
    }),
  });
  const endpoint = {
    aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
    aws_vpc_endpoint: {
      e: {
        vpc_id: "${aws_vpc.v.id}",
        service_name: "com.amazonaws.eu-west-1.execute-api",
        vpc_endpoint_type: "Interface",
      },
    },
  };
  test.each([
    [
      "its own endpoint",
      ["PRIVATE"],
      { Condition: { StringEquals: { "aws:SourceVpce": "${aws_vpc_endpoint.e.id}" } } },
      "contained",
    ],
    ["everybody", ["REGIONAL"], {}, "escapes"],
    [
      "a vouched address",
      ["REGIONAL"],
      { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.10/32" } } },
      "contained",
    ],
    ["another address", ["REGIONAL"], { Condition: { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } } }, "escapes"],
  ])("an open method behind a policy for %s", async (_name, types, condition, verdict) => {
    const report = await judge({ ...endpoint, ...api(types, open, invoke(condition)) });
    expect(report.verdict).toBe(verdict);
  });

  test("a method whose authorization is not known", async () => {
    const report = await judge(api(["REGIONAL"], { authorization: "${var.unknown}" }), { variable: { unknown: {} } });
    expect(report.verdict).toBe("undecided");
  });

  test("a document decides operation by operation", async () => {
    const integration = (uri: string) => ({ "x-amazon-apigateway-integration": { type: "http_proxy", uri } });
    const body = (operation: object) =>
      JSON.stringify({
        openapi: "3.0.1",
        info: {},
        paths: { "/x": { get: operation } },
        components: {
          securitySchemes: {
            sigv4: { type: "apiKey", "x-amazon-apigateway-authtype": "awsSigv4" },
            key: { type: "apiKey" },
          },
        },
      });
    const judged = async (operation: object) =>
      findings(
        await judge({
          aws_api_gateway_rest_api: {
            a: { name: "a", endpoint_configuration: [{ types: ["REGIONAL"] }], body: body(operation) },
          },
        }),
      );
    const own = integration("https://203.0.113.10/x");
    expect(await judged({ ...own, security: [{ sigv4: [] }] })).toEqual([]);
    expect(await judged(own)).toEqual([anyone]);
    expect(await judged({ ...own, security: [{ key: [] }] })).toEqual([anyone]);
    expect(await judged({ ...integration("https://api.example.com/x"), security: [{ sigv4: [] }] })).toEqual([
      "aws_api_gateway_rest_api.a -> api.example.com by apigateway.integration",
    ]);
  });
});

describe("HTTP and WebSocket APIs", () => {
  const api = (protocol: string, route: object, more: object = {}) => ({
    aws_apigatewayv2_api: { a: { name: "a", protocol_type: protocol, ...more } },
    aws_apigatewayv2_route: { r: { api_id: "${aws_apigatewayv2_api.a.id}", ...route } },
  });
  const anyone = "aws_apigatewayv2_api.a -> anyone by apigateway.public-api";

  test.each([
    ["open by default", api("HTTP", { route_key: "GET /x" }), [anyone]],
    ["signed", api("HTTP", { route_key: "GET /x", authorization_type: "AWS_IAM" }), []],
    ["an open connection", api("WEBSOCKET", { route_key: "$connect" }), [anyone]],
    ["messages on connections that nobody is asked for", api("WEBSOCKET", { route_key: "$default" }), [anyone]],
    [
      "messages on connections that are signed",
      {
        aws_apigatewayv2_api: { a: { name: "a", protocol_type: "WEBSOCKET" } },
        aws_apigatewayv2_route: {
          m: { api_id: "${aws_apigatewayv2_api.a.id}", route_key: "$default" },
          c: { api_id: "${aws_apigatewayv2_api.a.id}", route_key: "$connect", authorization_type: "AWS_IAM" },
        },
      },
      [],
    ],
    ["without an address", api("HTTP", { route_key: "GET /x" }, { disable_execute_api_endpoint: true }), []],
    [
      "made with a target",
      {
        aws_apigatewayv2_api: {
          a: { name: "a", protocol_type: "HTTP", target: "arn:aws:lambda:eu-west-1:111111111111:function:f" },
        },
      },
      [anyone],
    ],
  ])("%s", async (_name, resources, expected) => {
    expect(findings(await judge(resources))).toEqual(expected);
  });
});

test.each([
  ['{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}', "contained"],
  ["Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Ref AWS::StackName }", "contained"],
  ['{"Resources":{"T":{"Type":"AWS::SNS::Topic","Properties":{"Subscription":[]}}}}', "undecided"],
  ['{"Resources":{"B":{"Type":"AWS::S3::BucketPolicy"}}}', "undecided"],
  ['{"Transform":"M","Resources":{}}', "undecided"],
  ["{", "undecided"],
])("a stack of %s", async (template_body, verdict) => {
  expect((await judge({ aws_cloudformation_stack: { s: { name: "s", template_body } } })).verdict).toBe(verdict);
  expect((await judge({ aws_cloudformation_stack_set: { s: { name: "s", template_body } } })).verdict).toBe(verdict);
});

test("a stack whose template lies elsewhere is not known", async () => {
  const report = await judge({
    aws_cloudformation_stack: { s: { name: "s", template_url: "https://203.0.113.10/t" } },
  });
  expect(report.verdict).toBe("undecided");
});

test.each([
  ["S3", { BucketName: "${aws_s3_bucket.london.bucket}" }, ["aws_codepipeline.p -> eu-west-2 by codepipeline.action"]],
  ["S3", { BucketName: "enclave-archive" }, []],
  [
    "S3",
    { BucketName: "enclave-archive", CannedACL: "public-read" },
    ["aws_codepipeline.p -> the internet by codepipeline.acl"],
  ],
  ["DeviceFarm", { ProjectId: "p" }, ["aws_codepipeline.p -> us-west-2 by codepipeline.action"]],
  [
    "StepFunctions",
    { StateMachineArn: "arn:aws:states:us-east-1:111111111111:stateMachine:s" },
    ["aws_codepipeline.p -> us-east-1 by codepipeline.action"],
  ],
  ["Lambda", { FunctionName: "f" }, []],
])("a pipeline's action of %s: %j", async (provider, configuration, expected) => {
  const report = await judge({
    aws_s3_bucket: { london: { bucket: "enclave-london", region: "eu-west-2" } },
    aws_codepipeline: { p: action({ provider, configuration }) },
  });
  expect(findings(report).filter((line) => line.includes("aws_codepipeline"))).toEqual(expected);
});

test("a pipeline that deploys a template is not known", async () => {
  const report = await judge({
    aws_codepipeline: { p: action({ provider: "CloudFormation", configuration: { StackName: "s" } }) },
  });
  expect(report.verdict).toBe("undecided");
});

test.each([
  ["NONE", "contained"],
  ["AMAZON_BEDROCK_RUNTIME", "undecided"],
])("a data source of AppSync: %s", async (type, verdict) => {
  const report = await judge({
    aws_appsync_graphql_api: { a: { name: "a", authentication_type: "AWS_IAM", visibility: "PRIVATE" } },
    aws_appsync_datasource: { d: { api_id: "${aws_appsync_graphql_api.a.id}", name: "d", type } },
  });
  expect(report.verdict).toBe(verdict);
});

test("a project's policy is about the project's own ARN", async () => {
  const shared = (Resource: string) => ({
    aws_codebuild_report_group: { g: { name: "g", type: "TEST", export_config: [{ type: "NO_EXPORT" }] } },
    aws_codebuild_resource_policy: {
      p: {
        resource_arn: "${aws_codebuild_report_group.g.arn}",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "codebuild:BatchGetReports", Resource },
          ],
        }),
      },
    },
  });
  const arn = "arn:aws:codebuild:eu-west-1:111111111111:report-group/g";
  expect((await judge(shared(arn))).verdict).toBe("escapes");
  expect((await judge(shared(arn.replace("/g", "/other")))).verdict).toBe("contained");
});

const deploys = (provider: string, configuration: unknown) => ({
  aws_codepipeline: {
    p: {
      name: "p",
      role_arn: "arn:aws:iam::111111111111:role/r",
      artifact_store: [{ type: "S3", location: "enclave-archive" }],
      stage: [
        {
          name: "Deploy",
          action: [{ name: "d", category: "Deploy", owner: "AWS", provider, version: "1", configuration }],
        },
      ],
    },
  },
});

outcomes([
  ["an action to a bucket that is not known", deploys("S3", "${var.unknown}"), "? aws_codepipeline.p"],
  ["an action to a bucket of ours", deploys("S3", { BucketName: "enclave-archive" }), "contained"],
  ["an action to a function of others", deploys("Lambda", { FunctionName: "444455556666:function:f" }), "444455556666"],
  [
    "an action to a function that is not known",
    deploys("Lambda", { FunctionName: "${var.unknown}" }),
    "? aws_codepipeline.p",
  ],
  ["an action to a function of the account", deploys("Lambda", { FunctionName: "f" }), "contained"],
]);

test.each([
  ['{"ClusterName":"c"}', "contained"],
  ['{"Configuration":{"ExecuteCommandConfiguration":{"LogConfiguration":{"S3BucketName":"b"}}}}', "undecided"],
])("a resource made from %s", async (desired_state, verdict) => {
  const resource = { type_name: "AWS::ECS::Cluster", desired_state };
  expect((await judge({ aws_cloudcontrolapi_resource: { r: resource } })).verdict).toBe(verdict);
});
