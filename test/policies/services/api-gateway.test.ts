/** Amazon API Gateway: what integrations, documents and policies say beyond the plain shapes. */
import { findings, judge } from "./harness";

type Blocks = Parameters<typeof judge>[0];

const API = "${aws_api_gateway_rest_api.a.id}";
const HTTP = "${aws_apigatewayv2_api.a.id}";
const regional = { name: "a", endpoint_configuration: [{ types: ["REGIONAL"] }] };
const anyone = "aws_api_gateway_rest_api.a -> anyone by apigateway.public-api";
const sent = (to: string) => `aws_api_gateway_rest_api.a -> ${to} by apigateway.integration`;
const FOREIGN = "account 999999999999";

const method = (settings: object) => ({ rest_api_id: API, resource_id: "r", http_method: "GET", ...settings });
const rest = (integration: object): Blocks => ({
  aws_api_gateway_rest_api: { a: regional },
  aws_api_gateway_integration: { i: method({ type: "AWS", integration_http_method: "POST", ...integration }) },
});
const sqs = (more: object) => rest({ uri: "arn:aws:apigateway:eu-west-1:sqs:action/SendMessage", ...more });
const template = (url: string) => ({ request_templates: { "application/json": `Action=SendMessage&QueueUrl=${url}` } });

test.each<[string, Blocks, string[]]>([
  ["another account's queue", sqs(template("https://sqs.eu-west-1.amazonaws.com/999999999999/q")), [sent(FOREIGN)]],
  ["its URL encoded", sqs(template("https%3A%2F%2Fsqs.eu-west-1.amazonaws.com%2F999999999999%2Fq")), [sent(FOREIGN)]],
  ["by a dual-stack host", sqs(template("https://sqs.eu-west-1.api.aws/999999999999/q")), [sent(FOREIGN)]],
  ["by the oldest host", sqs(template("https://queue.amazonaws.com/111111111111/q")), [sent("us-east-1")]],
  [
    "as a parameter",
    sqs({
      request_parameters: {
        "integration.request.querystring.QueueUrl": "'https://sqs.eu-west-1.amazonaws.com/999999999999/q'",
      },
    }),
    [sent(FOREIGN)],
  ],
  ["an own queue", sqs(template("$util.urlEncode('https://sqs.eu-west-1.amazonaws.com/111111111111/q')")), []],
  [
    "a bucket as a subdomain",
    rest({ uri: "arn:aws:apigateway:eu-west-1:elsewhere.s3:path/enclave-archive/k" }),
    ["? aws_api_gateway_integration.i: uri unresolved-reference"],
  ],
  ["a bucket in the path", rest({ uri: "arn:aws:apigateway:eu-west-1:s3:path/enclave-archive/k" }), []],
])("an integration with %s", async (_name, resources, expected) => {
  expect(findings(await judge(resources))).toEqual(expected);
});

const withMethod = (settings: object, more: Blocks = {}, api: object = regional): Blocks => ({
  aws_api_gateway_rest_api: { a: api as Record<string, unknown> },
  aws_api_gateway_method: { m: method({ authorization: "NONE", ...settings }) },
  ...more,
});
const options = (type: string): Blocks => ({
  aws_api_gateway_integration: { i: method({ http_method: "OPTIONS", type }) },
});
const closed = { ...regional, disable_execute_api_endpoint: true };

test.each<[string, Blocks, string[]]>([
  ["answers preflight requests by itself", withMethod({ http_method: "OPTIONS" }, options("MOCK")), []],
  ["hands preflight requests on", withMethod({ http_method: "OPTIONS" }, options("AWS_PROXY")), [anyone]],
  ["writes its authorization otherwise", withMethod({ authorization: "none" }), [anyone]],
  ["has no address", withMethod({}, {}, closed), []],
  ["has an empty policy before it", withMethod({}, {}, { ...regional, policy: "", body: "" }), [anyone]],
  [
    "has only a name of the newer form",
    withMethod(
      {},
      { aws_apigatewayv2_api_mapping: { m: { api_id: API, domain_name: "x.example.com", stage: "p" } } },
      closed,
    ),
    [anyone],
  ],
])("a method that %s", async (_name, resources, expected) => {
  expect(findings(await judge(resources))).toEqual(expected);
});

const sigv4 = { type: "apiKey", "x-amazon-apigateway-authtype": "awsSigv4" };
const bodyOf = (integration: object, scheme: object, more: object, security: object[]) =>
  JSON.stringify({
    openapi: "3.0.1",
    paths: { "/x": { get: { security, "x-amazon-apigateway-integration": integration } } },
    ...more,
    components: { securitySchemes: { s: scheme }, ...("components" in more ? (more.components as object) : {}) },
  });
const written = (
  integration: object,
  { scheme = sigv4 as object, more = {}, security = [{ s: [] }] as object[] } = {},
): Blocks => ({ aws_api_gateway_rest_api: { a: { ...regional, body: bodyOf(integration, scheme, more, security) } } });
const mock = { type: "mock" };
const topic = { type: "aws", uri: "arn:aws:apigateway:eu-west-1:sns:action/Publish" };
const foreignTopic = "arn:aws:sns:us-east-1:999999999999:t";
const policyOf = (condition: object) => ({
  "x-amazon-apigateway-policy": {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*", ...condition },
    ],
  },
});
const pool = (arn: string) => ({
  type: "apiKey",
  "x-amazon-apigateway-authtype": "cognito_user_pools",
  "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [arn] },
});

test.each<[string, Blocks, string[]]>([
  ["signed operations", written(mock), []],
  [
    "an integration written once for all",
    written(
      { $ref: "#/components/x-amazon-apigateway-integrations/i" },
      {
        more: {
          components: {
            "x-amazon-apigateway-integrations": { i: { type: "http_proxy", uri: "https://api.example.com/" } },
          },
        },
      },
    ),
    [sent("api.example.com")],
  ],
  [
    "a reference to what is not there",
    written(mock, { more: { paths: { "/x": { $ref: "other.json" } } } }),
    ["? aws_api_gateway_rest_api.a: body unknown-value"],
  ],
  [
    "a template with a foreign topic",
    written({ ...topic, requestTemplates: { "application/json": `TopicArn=${foreignTopic}` } }),
    [sent("us-east-1")],
  ],
  [
    "a parameter with a foreign topic",
    written({ ...topic, requestParameters: { "integration.request.querystring.TopicArn": `'${foreignTopic}'` } }),
    [sent("us-east-1")],
  ],
  ["a scheme that nothing is made of", written(mock, { scheme: { type: "oauth2" } }), [anyone]],
  ["security that may be left out", written(mock, { security: [{}, { s: [] }] }), [anyone]],
  [
    "a foreign user pool",
    written(mock, { scheme: pool("arn:aws:cognito-idp:us-east-1:999999999999:userpool/u") }),
    ["aws_api_gateway_rest_api.a -> us-east-1 by apigateway.authorizer"],
  ],
  ["an own user pool", written(mock, { scheme: pool("arn:aws:cognito-idp:eu-west-1:111111111111:userpool/u") }), []],
  [
    "a policy for everybody",
    written(mock, { security: [], more: policyOf({}) }),
    ["aws_api_gateway_rest_api.a -> the internet by apigateway.policy"],
  ],
  [
    "a policy for the owner's addresses",
    written(mock, {
      security: [],
      more: policyOf({ Condition: { IpAddress: { "aws:SourceIp": "203.0.113.10/32" } } }),
    }),
    [],
  ],
])("a document with %s", async (_name, resources, expected) => {
  expect(findings(await judge(resources))).toEqual(expected);
});

const http = (integration: object, api: object = {}): Blocks => ({
  aws_apigatewayv2_api: { a: { name: "a", protocol_type: "HTTP", ...api } },
  aws_apigatewayv2_integration: { i: { api_id: HTTP, integration_type: "AWS_PROXY", ...integration } },
});
const jwt = (issuer: string): Blocks => ({
  aws_apigatewayv2_api: {
    a: {
      name: "a",
      protocol_type: "HTTP",
      body: bodyOf(
        mock,
        { type: "oauth2", "x-amazon-apigateway-authorizer": { type: "jwt", jwtConfiguration: { issuer } } },
        {},
        [{ s: [] }],
      ),
    },
  },
});
const sentByHttp = (to: string) => `aws_apigatewayv2_api.a -> ${to} by apigateway.integration`;

test.each<[string, Blocks, string[]]>([
  [
    "records elsewhere",
    http({ request_parameters: { StreamName: "s", Region: "us-east-1" } }),
    [sentByHttp("us-east-1")],
  ],
  ["records here", http({ request_parameters: { StreamName: "s", Data: "$request.body.d" } }), []],
  [
    "a queue that each request names",
    http({ request_parameters: { QueueUrl: "$request.body.queue" } }),
    ["? aws_apigatewayv2_integration.i: request_parameters.QueueUrl unknown-value"],
  ],
  [
    "a template with a foreign topic",
    http({ request_templates: { "application/json": `TopicArn=${foreignTopic}` } }, { protocol_type: "WEBSOCKET" }),
    [sentByHttp("us-east-1")],
  ],
  [
    "tokens of a third party",
    jwt("https://login.example.com"),
    ["aws_apigatewayv2_api.a -> login.example.com by apigateway.authorizer"],
  ],
])("an HTTP or WebSocket API with %s", async (_name, resources, expected) => {
  expect(findings(await judge(resources))).toEqual(expected);
});

test.each([
  ["execute-api:/*", "arn:aws:execute-api:eu-west-1:111111111111:*/*", []],
  ["arn:aws:execute-api:eu-west-1:111111111111:*/*", "execute-api:/*", []],
  ["execute-api:/*", "execute-api:/prod/*", ["aws_api_gateway_rest_api.a -> the internet by apigateway.policy"]],
])("an inline policy that allows %s and denies strangers %s", async (allowed, denied, expected) => {
  const statement = { Principal: "*", Action: "execute-api:Invoke" };
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", ...statement, Resource: allowed },
      {
        Effect: "Deny",
        ...statement,
        Resource: denied,
        Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.10/32" } },
      },
    ],
  });
  expect(findings(await judge(withMethod({}, {}, { ...regional, policy })))).toEqual(expected);
});
