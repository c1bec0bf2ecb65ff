/** Who reaches the APIs of Amazon API Gateway: endpoint types, authorization and policies taken together. */
import { attribute, type Resource } from "../configuration/resource";
import { find, isUnknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import type { DocumentPart, Finding } from "../flows/vocabulary";
import { type ApiDocument, apiDocument, embeddedPolicy, unreadPart } from "./documents/openapi";

const CHANNEL = "apigateway.public-api";
const EDGE = "apigateway.edge-locations";

/** An empty text stands for nothing. */
function given(resource: Resource, name: string): Value {
  const value = attribute(resource, name);
  return value === "" ? null : value;
}

const firstManaged = (context: Context, value: Value, type: string): Resource | undefined =>
  context.denoted(value).find((resource) => resource.type === type && resource.mode === "managed");

/**
 * An API without its own address is reached by the custom names that are mapped to it, or not at all. Names are mapped
 * to REST APIs in either form ("Use API mappings to connect API stages to a custom domain name for REST APIs").
 */
function isReachable(api: Resource, context: Context): boolean {
  if (attribute(api, "disable_execute_api_endpoint") !== true) return true;
  return MAPPINGS.some((mapping) => context.referring(mapping, "api_id", api).length > 0);
}
const MAPPINGS = ["aws_api_gateway_base_path_mapping", "aws_apigatewayv2_api_mapping"];

interface Exposure {
  /** Whether requests come in from the internet; `undefined` if that is not known. */
  readonly edge: boolean | undefined;
  readonly open: boolean | undefined;
  readonly unknown?: string;
}

/** A REST API is edge-optimized unless told otherwise (https://docs.aws.amazon.com/apigateway/latest/api/API_EndpointConfiguration.html). */
function restExposure(api: Resource, context: Context): Exposure {
  const types = find(api.values, "endpoint_configuration.types").map(({ value }) => value);
  const unknown = types.find(isUnknown);
  if (unknown) return { edge: undefined, open: undefined, unknown: unknown.why };
  if (types.includes("PRIVATE") || !isReachable(api, context)) {
    return { edge: false, open: false };
  }
  return { edge: types.length === 0 || types.includes("EDGE"), open: !hasPolicy(api, context) };
}

/** With a policy, who may call without credentials is the policy's to say. */
const hasPolicy = (api: Resource, context: Context): boolean =>
  given(api, "policy") !== null ||
  [api, ...context.referring("aws_api_gateway_rest_api_put", "rest_api_id", api)].some(
    (one) => embeddedPolicy(given(one, "body")) !== null,
  ) ||
  context.referring("aws_api_gateway_rest_api_policy", "rest_api_id", api).length > 0;

function* exposed(exposure: Exposure, anonymous: Value, place: string, what: string): Iterable<Finding> {
  if (exposure.edge !== false) {
    yield {
      finding: "flow",
      channel: EDGE,
      attribute: place,
      to: { to: "internet" },
      why: "requests and answers of an edge-optimized API pass through edge locations all over the world",
      ...(exposure.edge === undefined ? { unless: exposure.unknown ?? "" } : {}),
    };
  }
  if (exposure.open === false || anonymous === false) return;
  const unless = isUnknown(anonymous) ? anonymous.why : exposure.open === undefined ? exposure.unknown : undefined;
  yield {
    finding: "flow",
    channel: CHANNEL,
    attribute: place,
    to: { to: "anyone" },
    why: `anybody may call ${what} without credentials`,
    ...(unless === undefined ? {} : { unless }),
  };
}

const notHere = (place: string): Finding => ({
  finding: "undecided",
  attribute: place,
  why: "the API is not in this configuration, so who reaches it is not known",
});

/** A method of a REST API. */
export function* restMethod(method: Resource, context: Context): Iterable<Finding> {
  const authorization = attribute(method, "authorization");
  const anonymous: Value = isUnknown(authorization) ? authorization : String(authorization).toUpperCase() === "NONE";
  const api = firstManaged(context, attribute(method, "rest_api_id"), "aws_api_gateway_rest_api");
  if (!api) {
    if (anonymous !== false) yield notHere("rest_api_id");
    return;
  }
  if (isPreflight(method, api, context)) return;
  yield* exposed(restExposure(api, context), anonymous, "authorization", "the method");
}

/** Preflight requests that API Gateway answers by itself, by a mock integration, have headers only. */
const isPreflight = (method: Resource, api: Resource, context: Context): boolean =>
  attribute(method, "http_method") === "OPTIONS" &&
  context
    .referring("aws_api_gateway_integration", "rest_api_id", api)
    .filter((one) => isOf(method, one, context))
    .every((one) => attribute(one, "type") === "MOCK");

/** Whether an integration is, or may be, the one of a method. */
function isOf(method: Resource, integration: Resource, context: Context): boolean {
  const verb = attribute(integration, "http_method");
  if (verb !== attribute(method, "http_method") && !context.denoted(verb).includes(method)) return false;
  const [mine, its] = [method, integration].map((one) => attribute(one, "resource_id"));
  if (typeof mine === "string" && typeof its === "string") return mine === its;
  const paths = context.denoted(mine);
  return paths.length === 0 || context.denoted(its).some((one) => paths.includes(one));
}

/** A REST API that is written as an OpenAPI document, in the API itself or put over it. */
export const restBody = (apiOf: (resource: Resource, context: Context) => Resource | undefined) =>
  function* (resource: Resource, context: Context): Iterable<Finding> {
    const body = given(resource, "body");
    if (body === null) return;
    const { parts, open, unread } = apiDocument(body, resource, context);
    yield* inBody(parts, unread);
    const api = apiOf(resource, context);
    if (!api) {
      yield notHere("rest_api_id");
      return;
    }
    yield* exposed(restExposure(api, context), open.length > 0, `body${open[0] ?? ""}`, operations(open));
  };

const NO_DOCUMENT: ApiDocument = { parts: [], open: [] };
const operations = (open: readonly string[]): string =>
  open.length === 1 ? "an operation" : `${open.length} operations`;

function* inBody(parts: readonly DocumentPart[], unread: string | undefined): Iterable<Finding> {
  for (const part of unread === undefined ? parts : [...parts, unreadPart(unread)]) {
    yield { finding: "role", attribute: `body${part.at}`, value: part.value, role: part.role };
  }
}

export const putApi = (resource: Resource, context: Context): Resource | undefined =>
  firstManaged(context, attribute(resource, "rest_api_id"), "aws_api_gateway_rest_api");

/**
 * HTTP and WebSocket APIs always answer on the internet; on a WebSocket "you can configure authorization on the $connect
 * route only", and where there is no such route nobody is asked (guide
 * "apigateway-websocket-api-route-keys-connect-disconnect"). A route for OPTIONS hands requests on like any other.
 */
export function* route(resource: Resource, context: Context): Iterable<Finding> {
  const authorization = attribute(resource, "authorization_type") ?? "NONE";
  if (!isUnknown(authorization) && authorization !== "NONE") return;
  const key = attribute(resource, "route_key");
  const api = firstManaged(context, attribute(resource, "api_id"), "aws_apigatewayv2_api");
  if (!api) {
    yield notHere("api_id");
    return;
  }
  if (!isReachable(api, context)) return;
  if (attribute(api, "protocol_type") === "WEBSOCKET" && key !== "$connect" && hasConnectRoute(api, context)) return;
  yield* exposed(
    { edge: false, open: true },
    isUnknown(authorization) ? authorization : true,
    "authorization_type",
    "the route",
  );
}

const hasConnectRoute = (api: Resource, context: Context): boolean =>
  context.referring("aws_apigatewayv2_route", "api_id", api).some((one) => attribute(one, "route_key") === "$connect");

/** An HTTP API with `target` has a route for everything, without authorization; one with `body` those of the document. */
export function* httpApi(api: Resource, context: Context): Iterable<Finding> {
  const body = given(api, "body");
  const { parts, open, unread } = body === null ? NO_DOCUMENT : apiDocument(body, api, context);
  yield* inBody(parts, unread);
  if (!isReachable(api, context)) return;
  const always: Exposure = { edge: false, open: true };
  if (given(api, "target") !== null) yield* exposed(always, true, "target", "the API");
  yield* exposed(always, open.length > 0, `body${open[0] ?? ""}`, operations(open));
}
