import {
  at,
  document,
  grants,
  harmless,
  inert,
  moves,
  opens,
  policy,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { putApi, restBody, restMethod } from "./api-gateway-access";
import { apiGatewayV2 } from "./api-gateway-v2";
import { integrationUri, mappedPlaces } from "./documents/api-integration";
import { embeddedPolicy } from "./documents/openapi";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}.html`;

const ofApi = harmless("the API that it is about");
/** With a VPC link the request stays in the VPC; where it goes, the link says. */
const overTheInternet = at("connection_type", "INTERNET").isNot("VPC_LINK");

export default service("Amazon API Gateway", {
  aws_api_gateway_rest_api: moves("takes requests and hands them on", {
    docs: guide("api-gateway-api-endpoint-types"),
    attributes: {
      policy: policy("apigateway.policy"),
      // Its operations are read together with the endpoint types, see api-gateway-access.ts.
      body: policy("apigateway.policy", { within: embeddedPolicy }),
      parameters: harmless("how the document is read"),
      "endpoint_configuration.types": harmless("judged with each method"),
      "endpoint_configuration.ip_address_type": harmless("the family of addresses that the API answers on"),
      "endpoint_configuration.vpc_endpoint_ids": { role: "network" },
      disable_execute_api_endpoint: harmless("judged with each method"),
    },
    also: restBody((api) => api),
  }),
  aws_api_gateway_rest_api_put: moves("writes an API as an OpenAPI document", {
    docs: resourcePage("api_gateway_rest_api_put"),
    data: "rest_api_id",
    attributes: {
      // Its operations are read together with the endpoint types, see api-gateway-access.ts.
      body: policy("apigateway.policy", { within: embeddedPolicy }),
      parameters: harmless("how the document is read"),
      triggers: harmless("values whose change writes it again"),
    },
    also: restBody(putApi),
  }),
  aws_api_gateway_rest_api_policy: grants("says who may call an API, and from where", {
    docs: guide("apigateway-resource-policies"),
    data: "rest_api_id",
    attributes: { policy: policy("apigateway.policy") },
  }),
  aws_api_gateway_method: moves("answers requests to a path", {
    docs: guide("api-gateway-method-settings-method-request"),
    data: "rest_api_id",
    attributes: {
      authorization: harmless("judged together with the API, see api-gateway-access.ts"),
      authorizer_id: uses("who decides whether a request is let in"),
      request_parameters: harmless("names of parameters"),
    },
    also: restMethod,
  }),
  aws_api_gateway_integration: moves("hands requests on", {
    docs: guide("api-gateway-api-integration-types"),
    data: "rest_api_id",
    attributes: {
      uri: document(integrationUri("apigateway.integration", overTheInternet)),
      integration_target: sends("apigateway.integration", "arn"),
      connection_id: uses("the link, where it is judged"),
      credentials: uses("the role that makes the call"),
      request_parameters: document(mappedPlaces("apigateway.integration")),
      request_templates: document(mappedPlaces("apigateway.integration")),
    },
  }),
  aws_api_gateway_vpc_link: moves("hands requests to a load balancer in a VPC", {
    docs: guide("set-up-private-integration"),
    attributes: { target_arns: sends("apigateway.vpc-link", "arn") },
  }),
  aws_api_gateway_authorizer: moves("asks a function or a user pool whether a request may pass", {
    docs: guide("apigateway-use-lambda-authorizer"),
    data: "rest_api_id",
    attributes: {
      authorizer_uri: document(integrationUri("apigateway.authorizer")),
      authorizer_credentials: uses("the role that calls the function"),
      provider_arns: shares("apigateway.authorizer", "arn", {
        why: "whoever this user pool signs in may call the API",
      }),
      identity_source: harmless("which parts of a request are looked at"),
      identity_validation_expression: harmless("what a token looks like"),
    },
  }),
  aws_api_gateway_stage: moves("a version of an API that is in service", {
    docs: guide("set-up-logging"),
    data: "rest_api_id",
    attributes: {
      "access_log_settings.destination_arn": sends("apigateway.access-log", "arn"),
      "access_log_settings.format": harmless("what a line of the log says"),
      variables: harmless("names that integrations are put together with; those are judged as unknown"),
      "canary_settings.stage_variable_overrides": harmless("names that integrations are put together with"),
      client_certificate_id: uses("the certificate that it shows to backends"),
    },
  }),

  aws_api_gateway_domain_name: moves("a name of the owner's for APIs", {
    docs: guide("how-to-custom-domains"),
    attributes: {
      "endpoint_configuration.types": opens(
        "apigateway.edge-locations",
        at("endpoint_configuration.types", "EDGE").is("EDGE"),
        {
          why: "requests and answers by an edge-optimized name pass through edge locations all over the world",
        },
      ),
      "endpoint_configuration.ip_address_type": harmless("the family of addresses that the name answers on"),
      policy: policy("apigateway.domain-policy"),
      domain_name: harmless("the name"),
      certificate_arn: uses("the certificate of the name"),
      regional_certificate_arn: uses("the certificate of the name"),
      ownership_verification_certificate_arn: uses("the certificate that proves the name's ownership"),
      certificate_body: harmless("the certificate of the name"),
      certificate_chain: harmless("the certificate of the name"),
      security_policy: harmless("which versions of TLS"),
      "mutual_tls_authentication.truststore_uri": receives("the certificates of clients that are let in"),
    },
  }),
  aws_api_gateway_base_path_mapping: inert("puts an API under a name", resourcePage("api_gateway_base_path_mapping"), {
    domain_name: harmless("the name"),
    domain_name_id: harmless("the name"),
  }),
  aws_api_gateway_domain_name_access_association: inert(
    "lets a VPC endpoint of the account use a private name",
    resourcePage("api_gateway_domain_name_access_association"),
    { domain_name_arn: uses("the name"), access_association_source: uses("the endpoint") },
  ),

  aws_api_gateway_account: inert(
    "the role that writes logs of the same account and Region",
    resourcePage("api_gateway_account"),
    {
      cloudwatch_role_arn: uses("the role that writes logs"),
    },
  ),
  aws_api_gateway_api_key: inert("a key that counts requests", resourcePage("api_gateway_api_key")),
  aws_api_gateway_client_certificate: inert(
    "a certificate that is shown to backends",
    resourcePage("api_gateway_client_certificate"),
  ),
  aws_api_gateway_deployment: inert("a snapshot of an API", resourcePage("api_gateway_deployment"), {
    triggers: harmless("values whose change makes a new one"),
    variables: harmless("names that integrations are put together with"),
  }),
  aws_api_gateway_documentation_part: inert("text about an API", resourcePage("api_gateway_documentation_part"), {
    location: harmless("the part of the API that it is about"),
    properties: harmless("text"),
  }),
  aws_api_gateway_documentation_version: inert(
    "a version of the text about an API",
    resourcePage("api_gateway_documentation_version"),
  ),
  aws_api_gateway_gateway_response: inert("what errors look like", resourcePage("api_gateway_gateway_response"), {
    response_parameters: harmless("headers of errors"),
    response_templates: harmless("text of errors"),
  }),
  aws_api_gateway_integration_response: inert(
    "how an answer is written",
    resourcePage("api_gateway_integration_response"),
    {
      response_parameters: harmless("headers of answers"),
      response_templates: harmless("text of answers"),
    },
  ),
  aws_api_gateway_method_response: inert("which answers there are", resourcePage("api_gateway_method_response"), {
    response_parameters: harmless("headers of answers"),
  }),
  aws_api_gateway_method_settings: inert("caching and logging of methods", resourcePage("api_gateway_method_settings")),
  aws_api_gateway_model: inert("what a request looks like", resourcePage("api_gateway_model"), {
    schema: harmless("names and types of fields"),
  }),
  aws_api_gateway_request_validator: inert(
    "whether requests are checked",
    resourcePage("api_gateway_request_validator"),
  ),
  aws_api_gateway_resource: inert("a path of an API", resourcePage("api_gateway_resource"), { rest_api_id: ofApi }),
  aws_api_gateway_usage_plan: inert("how many requests a key may make", resourcePage("api_gateway_usage_plan")),
  aws_api_gateway_usage_plan_key: inert("puts a key into a plan", resourcePage("api_gateway_usage_plan_key")),

  ...apiGatewayV2,
  ...lookups({
    api_gateway_api_key: "a key",
    api_gateway_api_keys: "the keys of an account",
    api_gateway_authorizer: "an authorizer",
    api_gateway_authorizers: "the authorizers of an API",
    api_gateway_domain_name: "a name",
    api_gateway_export: "the document of an API",
    api_gateway_resource: "a path of an API",
    api_gateway_rest_api: "an API by name",
    api_gateway_sdk: "generated code for an API",
    api_gateway_vpc_link: "a link by name",
    apigatewayv2_api: "an API",
    apigatewayv2_apis: "the APIs of an account",
    apigatewayv2_export: "the document of an API",
    apigatewayv2_vpc_link: "a link",
  }),
});
