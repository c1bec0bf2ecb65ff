/** HTTP and WebSocket APIs, the second half of Amazon API Gateway. */
import { document, type Entry, harmless, inert, moves, receives, sends, uses } from "../flows/vocabulary";
import { httpApi, route } from "./api-gateway-access";
import { integrationUri, mappedPlaces, serviceParameters } from "./documents/api-integration";
import { tokenIssuer } from "./documents/token-issuer";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}.html`;
const CHANNEL = "apigateway.integration";

export const apiGatewayV2: Readonly<Record<string, Entry>> = {
  aws_apigatewayv2_api: moves("takes requests from the internet and hands them on", {
    docs: guide("http-api"),
    attributes: {
      target: document(integrationUri(CHANNEL)),
      body: harmless("read together with the routes, see api-gateway-access.ts"),
      credentials_arn: uses("the role that makes the call"),
      ip_address_type: harmless("the family of addresses that the API answers on"),
      cors_configuration: harmless("which web pages a browser lets read answers; no bar to anything else"),
    },
    also: httpApi,
  }),
  aws_apigatewayv2_route: moves("answers requests to a path", {
    docs: guide("http-api-access-control"),
    data: "api_id",
    attributes: {
      authorization_type: harmless("judged together with the API, see api-gateway-access.ts"),
      authorizer_id: uses("who decides whether a request is let in"),
      target: uses("the integration, where it is judged"),
      route_key: harmless("a method and a path"),
    },
    also: route,
  }),
  aws_apigatewayv2_integration: moves("hands requests on", {
    docs: guide("http-api-develop-integrations"),
    data: "api_id",
    attributes: {
      integration_uri: document(
        // Behind a VPC link: a listener or a service of the registry, by ARN. On the internet: an address, or a function.
        integrationUri(CHANNEL),
      ),
      connection_id: uses("the link, where it is judged"),
      credentials_arn: uses("the role that makes the call"),
      request_parameters: document(serviceParameters(CHANNEL)),
      request_templates: document(mappedPlaces(CHANNEL)),
      response_parameters: harmless("headers of answers"),
      "tls_config.server_name_to_verify": harmless("the name in the backend's certificate"),
      integration_subtype: harmless("which call of another service is made"),
    },
  }),
  aws_apigatewayv2_vpc_link: moves("hands requests to something in a VPC", {
    docs: guide("http-api-vpc-links"),
    attributes: {
      // The link's interfaces carry requests to the integrations that use it, and nothing else.
      subnet_ids: uses("interfaces by which requests come into the VPC"),
      security_group_ids: uses("interfaces by which requests come into the VPC"),
    },
  }),
  aws_apigatewayv2_authorizer: moves("asks a function or an issuer of tokens whether a request may pass", {
    docs: guide("http-api-jwt-authorizer"),
    data: "api_id",
    attributes: {
      authorizer_uri: document(integrationUri("apigateway.authorizer")),
      authorizer_credentials_arn: uses("the role that calls the function"),
      "jwt_configuration.issuer": document(tokenIssuer("apigateway.authorizer")),
      "jwt_configuration.audience": harmless("which clients' tokens are taken"),
      identity_sources: harmless("which parts of a request are looked at"),
    },
  }),
  aws_apigatewayv2_stage: moves("a version of an API that is in service", {
    docs: guide("http-api-logging"),
    data: "api_id",
    attributes: {
      "access_log_settings.destination_arn": sends("apigateway.access-log", "arn"),
      "access_log_settings.format": harmless("what a line of the log says"),
      stage_variables: harmless("names that integrations are put together with; those are judged as unknown"),
      client_certificate_id: uses("the certificate that it shows to backends"),
    },
  }),
  aws_apigatewayv2_domain_name: moves("a name of the owner's for APIs, in one Region", {
    docs: guide("http-api-custom-domain-names"),
    attributes: {
      domain_name: harmless("the name"),
      domain_name_configuration: uses("the certificate of the name and the family of its addresses"),
      "mutual_tls_authentication.truststore_uri": receives("the certificates of clients that are let in"),
    },
  }),
  aws_apigatewayv2_api_mapping: inert("puts an API under a name", resourcePage("apigatewayv2_api_mapping"), {
    domain_name: harmless("the name"),
  }),
  aws_apigatewayv2_deployment: inert("a snapshot of an API", resourcePage("apigatewayv2_deployment"), {
    triggers: harmless("values whose change makes a new one"),
  }),
  aws_apigatewayv2_integration_response: inert(
    "how an answer is written",
    resourcePage("apigatewayv2_integration_response"),
    {
      response_templates: harmless("text of answers"),
    },
  ),
  aws_apigatewayv2_model: inert("what a request looks like", resourcePage("apigatewayv2_model"), {
    schema: harmless("names and types of fields"),
  }),
  aws_apigatewayv2_route_response: inert("which answers there are", resourcePage("apigatewayv2_route_response")),
};
