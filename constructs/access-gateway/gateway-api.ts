import { createHash } from "node:crypto";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { type NamedRole, roleArn } from "../declaration/names";
import type { HandlerFunction } from "../handler/handler-function";
import { policyDocument, type Statement } from "../perimeter/documents";

/** A path of the API, who may call it, and the function that answers. */
export interface Route {
  /** `/requests/{id}/session` */
  readonly path: string;
  readonly callers: readonly NamedRole[];
  readonly function: HandlerFunction;
}

export interface GatewayApiProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Id of the endpoint that calls come by; from elsewhere there are none. */
  readonly endpointId: string;
  readonly routes: readonly Route[];
  /** ARN of the stream that calls are logged to. */
  readonly logStreamArn: string;
}

const stageName = "v1";

/**
 * A private API: it has no address on the internet, takes signed calls only, by one endpoint only, and of each path
 * from the roles only that it is for.
 */
export class GatewayApi extends Construct {
  readonly api: ApiGatewayRestApi;

  constructor(scope: Construct, id: string, props: GatewayApiProps) {
    super(scope, id);
    const body = JSON.stringify(openApi(props));
    this.api = new ApiGatewayRestApi(this, "api", {
      name: props.name,
      endpointConfiguration: { types: ["PRIVATE"], vpcEndpointIds: [props.endpointId] },
      body,
      policy: policyDocument(...access(props)),
      disableExecuteApiEndpoint: false,
      failOnWarnings: true,
    });
    const deployment = new ApiGatewayDeployment(this, "deployment", {
      restApiId: this.api.id,
      // A change of who may call takes a deployment too, and so does another endpoint.
      triggers: { content: fingerprint(body, props.routes), endpoint: props.endpointId },
      lifecycle: { createBeforeDestroy: true },
    });
    const stage = new ApiGatewayStage(this, "stage", {
      restApiId: this.api.id,
      deploymentId: deployment.id,
      stageName,
      accessLogSettings: { destinationArn: props.logStreamArn, format: JSON.stringify(logFormat) },
    });
    new ApiGatewayMethodSettings(this, "settings", {
      restApiId: this.api.id,
      stageName: stage.stageName,
      methodPath: "*/*",
      settings: { throttlingBurstLimit: 20, throttlingRateLimit: 10, dataTraceEnabled: false, cachingEnabled: false },
    });
    for (const one of new Set(props.routes.map((route) => route.function))) this.permit(one, props);
  }

  private permit(one: HandlerFunction, { region, account }: GatewayApiProps): void {
    new LambdaPermission(this, `calls-${one.node.id}`, {
      functionName: one.function.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceAccount: account,
      sourceArn: `arn:aws:execute-api:${region}:${account}:${this.api.id}/*`,
    });
  }
}

const fingerprint = (body: string, routes: readonly Route[]): string =>
  createHash("sha256")
    .update(body)
    .update(JSON.stringify(routes.map(({ callers }) => callers)))
    .digest("hex");

/** Bodies of calls and answers are not among it: answers hold credentials. */
const logFormat = {
  id: "$context.requestId",
  time: "$context.requestTime",
  path: "$context.resourcePath",
  caller: "$context.identity.userArn",
  from: "$context.identity.sourceIp",
  status: "$context.status",
};

/**
 * Without a signature there is no role to let in, and what does not come by the endpoint is turned away whoever asks:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
function access({ routes, endpointId }: GatewayApiProps): Statement[] {
  return [
    ...routes.map(
      ({ path, callers }, i): Statement => ({
        Sid: `Route${i}`,
        Effect: "Allow",
        Principal: { AWS: [...new Set(callers.map(({ account }) => `arn:aws:iam::${account}:root`))] },
        Action: "execute-api:Invoke",
        Resource: `execute-api:/${stageName}/POST${path.replace(/\{[^}]*\}/g, "*")}`,
        Condition: { ArnEquals: { "aws:PrincipalArn": callers.map(roleArn) } },
      }),
    ),
    {
      Sid: "ByTheEndpointOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: "execute-api:/*",
      Condition: { StringNotEquals: { "aws:SourceVpce": endpointId } },
    },
  ];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
const openApi = ({ name, region, account, routes }: GatewayApiProps) => ({
  openapi: "3.0.1",
  info: { title: name, version: "1" },
  paths: Object.fromEntries(
    routes.map(({ path, function: { name: functionName } }) => [
      path,
      {
        post: {
          ...(path.includes("{id}") && {
            parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          }),
          responses: {},
          security: [{ sigv4: [] }],
          "x-amazon-apigateway-integration": {
            type: "aws_proxy",
            httpMethod: "POST",
            uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:${account}:function:${functionName}/invocations`,
          },
        },
      },
    ]),
  ),
  components: {
    securitySchemes: {
      sigv4: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
      },
    },
  },
});
