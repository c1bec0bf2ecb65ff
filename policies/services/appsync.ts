import { isUnknown, Unknown } from "../configuration/value";
import {
  at,
  type DocumentReader,
  document,
  type Entry,
  harmless,
  inert,
  moves,
  opens,
  places,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { connectionUrl } from "./documents/connection-url";
import { tokenIssuer } from "./documents/token-issuer";
import { isArn, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/appsync/latest/devguide/${page}.html`;

/** Of Amazon Bedrock only the resolvers' code says which model answers, and some answer in other Regions. */
const chosenModel: DocumentReader = function* (type) {
  const value = isUnknown(type)
    ? type
    : new Unknown("the code of the resolvers says which model of Amazon Bedrock answers, and where");
  if (isUnknown(type) || type === "AMAZON_BEDROCK_RUNTIME")
    yield { at: "", value, role: sends("appsync.data-source", "any") };
};

const conflicts = sends("appsync.conflict-handler", "arn");

/** "Unauthenticated APIs": a key says nothing about who calls (guide "security-authz", "API_KEY authorization"). */
const byKey = (attribute: string) =>
  opens("appsync.unauthenticated", at(attribute).is("API_KEY"), {
    why: "whoever has the key may call, and keys are known to every client",
  });

const providers = (block: string): Entry["attributes"] => {
  const prefix = block === "" ? "" : `${block}.`;
  return {
    [`${prefix}authentication_type`]: byKey(`${prefix}authentication_type`),
    [`${prefix}lambda_authorizer_config.authorizer_uri`]: sends("appsync.authorizer", "arn"),
    [`${prefix}lambda_authorizer_config.identity_validation_expression`]: harmless("what a token looks like"),
    [`${prefix}openid_connect_config.issuer`]: document(tokenIssuer("appsync.authorization")),
    [`${prefix}openid_connect_config.client_id`]: harmless("which client's tokens are taken"),
    [`${prefix}user_pool_config`]: uses("the user pool that signs callers in"),
  };
};

export default service("AWS AppSync", {
  // The request headers that resolvers see of a public API are CloudFront's (guide "resolver-context-reference").
  aws_appsync_graphql_api: moves("answers queries from data sources", {
    docs: guide("using-private-apis"),
    attributes: {
      visibility: opens("appsync.public-endpoint", at("visibility", "GLOBAL").isNot("PRIVATE"), {
        why: "a public API answers on the internet, through edge locations all over the world",
      }),
      ...providers(""),
      ...providers("additional_authentication_provider"),
      "log_config.cloudwatch_logs_role_arn": uses("the role that writes logs of the same account and Region"),
      merged_api_execution_role_arn: uses("the role that asks the source APIs"),
      schema: harmless("names and types of fields"),
    },
  }),
  aws_appsync_api: moves("passes events on to subscribers", {
    docs: "https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-welcome.html",
    attributes: {
      name: opens("appsync.public-endpoint", at("name").isNot(""), {
        why: "an event API answers on the internet, through edge locations all over the world",
      }),
      owner_contact: harmless("text for people"),
      "event_config.auth_provider.lambda_authorizer_config.authorizer_uri": sends("appsync.authorizer", "arn"),
      "event_config.auth_provider.lambda_authorizer_config.identity_validation_expression":
        harmless("what a token looks like"),
      "event_config.auth_provider.openid_connect_config.issuer": document(tokenIssuer("appsync.authorization")),
      "event_config.auth_provider.openid_connect_config.client_id": harmless("which client's tokens are taken"),
      "event_config.auth_provider.cognito_config": uses("the user pool that signs callers in"),
      "event_config.log_config.cloudwatch_logs_role_arn": uses(
        "the role that writes logs of the same account and Region",
      ),
    },
  }),
  aws_appsync_channel_namespace: moves("channels of an event API", {
    docs: "https://docs.aws.amazon.com/appsync/latest/eventapi/channel-namespaces.html",
    data: "api_id",
    attributes: {
      code_handlers: harmless("code that changes events; it can call data sources only"),
      "subscribe_auth_mode.auth_type": byKey("subscribe_auth_mode.auth_type"),
      handler_configs: uses("the data sources that are called, where they are judged"),
    },
  }),
  aws_appsync_datasource: moves("what an API reads and writes", {
    docs: guide("attaching-a-data-source"),
    data: "api_id",
    attributes: {
      service_role_arn: uses("the role that reads and writes"),
      type: document(chosenModel),
      "dynamodb_config.region": sends("appsync.data-source", "region"),
      "dynamodb_config.table_name": uses("a table of the same account, in the Region named beside it"),
      "dynamodb_config.delta_sync_config": harmless("how long changes are remembered"),
      "elasticsearch_config.endpoint": document(connectionUrl("appsync.data-source")),
      "elasticsearch_config.region": sends("appsync.data-source", "region"),
      "opensearchservice_config.endpoint": document(connectionUrl("appsync.data-source")),
      "opensearchservice_config.region": sends("appsync.data-source", "region"),
      "event_bridge_config.event_bus_arn": sends("appsync.data-source", "arn"),
      "http_config.endpoint": document(connectionUrl("appsync.data-source")),
      "http_config.authorization_config": uses("how requests are signed; where they go, endpoint says"),
      "lambda_config.function_arn": sends("appsync.data-source", "arn"),
      "relational_database_config.source_type": harmless("which kind of database it is"),
      "relational_database_config.http_endpoint_config.db_cluster_identifier": sends("appsync.data-source", "arn", {
        when: isArn("relational_database_config.http_endpoint_config.db_cluster_identifier"),
      }),
      "relational_database_config.http_endpoint_config.region": sends("appsync.data-source", "region"),
      "relational_database_config.http_endpoint_config.aws_secret_store_arn": uses("the password of the database"),
    },
  }),
  aws_appsync_function: moves("a step of a resolver", {
    docs: guide("pipeline-resolvers"),
    data: "api_id",
    attributes: {
      data_source: uses("the data source, where it is judged"),
      code: harmless("code that can call its data source only"),
      request_mapping_template: harmless("text that can call its data source only"),
      response_mapping_template: harmless("text of the answer"),
      "sync_config.lambda_conflict_handler_config.lambda_conflict_handler_arn": conflicts,
    },
  }),
  aws_appsync_resolver: moves("answers a field from a data source", {
    docs: guide("resolver-components"),
    data: "api_id",
    attributes: {
      data_source: uses("the data source, where it is judged"),
      "pipeline_config.functions": uses("the steps, where they are judged"),
      code: harmless("code that can call its data source only"),
      request_template: harmless("text that can call its data source only"),
      response_template: harmless("text of the answer"),
      "sync_config.lambda_conflict_handler_config.lambda_conflict_handler_arn": conflicts,
    },
  }),
  // The merged API, which may be another account's, answers with what the source API answers.
  aws_appsync_source_api_association: moves("makes an API part of a merged API", {
    docs: guide("merged-api"),
    data: "source_api_id",
    attributes: {
      merged_api_arn: sends("appsync.merged-api", "arn"),
      merged_api_id: uses("a merged API of the same account"),
      source_api_arn: receives("answers come from the source API"),
      source_api_id: receives("answers come from the source API"),
    },
  }),
  aws_appsync_domain_name: places("a name of the owner's for APIs", {
    docs: guide("custom-domain-name"),
    attributes: {
      domain_name: opens("appsync.custom-domain", at("domain_name").isNot(""), {
        why: "the name belongs to a CloudFront distribution: requests and answers pass through edge locations all over the world",
      }),
      certificate_arn: uses("the certificate of the name, which CloudFront needs in us-east-1"),
    },
  }),
  aws_appsync_domain_name_api_association: inert(
    "puts an API under a name",
    resourcePage("appsync_domain_name_api_association"),
    {
      domain_name: harmless("the name"),
    },
  ),
  aws_appsync_api_cache: inert("keeps answers for a while, in the API's Region", resourcePage("appsync_api_cache")),
  aws_appsync_api_key: inert("a key; whether it opens an API, the API says", resourcePage("appsync_api_key")),
  aws_appsync_type: inert("names and types of fields", resourcePage("appsync_type"), {
    definition: harmless("names and types of fields"),
  }),
});
