/** OpenAPI (Swagger) documents with Amazon API Gateway's extensions. */
import { isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import { type DocumentPart, sends } from "../../flows/vocabulary";
import { integrationParts } from "./api-integration";
import { yaml } from "./yaml";

const METHODS = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "x-amazon-apigateway-any-method",
]);

export interface ApiDocument {
  /** Where the API sends requests. */
  readonly parts: readonly DocumentPart[];
  /** The operations that anybody may call, as places in the document. */
  readonly open: readonly string[];
  /** Why not everything could be read. */
  readonly unread?: string;
}

/**
 * Reads an API's document (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).
 * An operation is open if neither it nor the whole document requires a security scheme other than an API key.
 */
export function apiDocument(channel: string, body: Value): ApiDocument {
  const api = yaml(body);
  if (!isObject(api)) return { parts: [], open: [], unread: isUnknown(api) ? api.why : "the document is no object" };
  const parts: DocumentPart[] = [];
  const open: string[] = [];
  let unread = Object.hasOwn(api, "x-amazon-apigateway-policy")
    ? "a policy inside the document is not judged"
    : undefined;
  const schemes = schemesOf(api);
  for (const scheme of Object.values(schemes)) parts.push(...authorizer(channel, scheme));
  const paths = api.paths;
  if (isUnknown(paths)) unread ??= paths.why;
  for (const [path, item] of Object.entries(isObject(paths) ? paths : {})) {
    if (!isObject(item)) {
      if (isUnknown(item)) unread ??= item.why;
      continue;
    }
    for (const [method, operation] of Object.entries(item)) {
      if (!METHODS.has(method.toLowerCase())) continue;
      const at = `.paths.${path}.${method}`;
      if (!isObject(operation)) {
        if (isUnknown(operation)) unread ??= operation.why;
        continue;
      }
      parts.push(...integration(channel, operation["x-amazon-apigateway-integration"] ?? null, at));
      // Preflight requests answer with headers only.
      if (method.toLowerCase() !== "options" && isOpen(operation, api, schemes)) open.push(at);
    }
  }
  return { parts, open, ...(unread === undefined ? {} : { unread }) };
}

const schemesOf = (api: Values): Values => {
  const modern = isObject(api.components) ? api.components.securitySchemes : undefined;
  if (isObject(modern)) return modern;
  return isObject(api.securityDefinitions) ? api.securityDefinitions : {};
};

function* authorizer(channel: string, scheme: Value): Iterable<DocumentPart> {
  const uri =
    isObject(scheme) && isObject(scheme["x-amazon-apigateway-authorizer"])
      ? scheme["x-amazon-apigateway-authorizer"].authorizerUri
      : undefined;
  if (uri !== undefined && uri !== null) yield* integrationParts(channel, uri, ".securityDefinitions");
}

function* integration(channel: string, value: Value, at: string): Iterable<DocumentPart> {
  if (isUnknown(value)) yield { at, value, role: sends(channel, "any") };
  if (!isObject(value)) return;
  const type = String(value.type ?? "").toLowerCase();
  const privately = String(value.connectionType ?? "").toUpperCase() === "VPC_LINK";
  if (type !== "mock" && !privately && value.uri !== undefined) {
    yield* integrationParts(channel, value.uri, `${at}.x-amazon-apigateway-integration.uri`);
  }
}

/** An API key is no bar: "Don't use API keys for authentication or authorization". */
function isOpen(operation: Values, api: Values, schemes: Values): boolean {
  const auth = operation["x-amazon-apigateway-auth"];
  if (isObject(auth) && String(auth.type ?? "NONE").toUpperCase() !== "NONE") return false;
  const security = operation.security ?? api.security ?? null;
  if (!Array.isArray(security)) return true;
  return !(security as readonly Value[]).some(
    (requirement) => isObject(requirement) && Object.keys(requirement).some((name) => isBar(schemes[name])),
  );
}

function isBar(scheme: Value | undefined): boolean {
  if (!isObject(scheme)) return false;
  return (
    scheme["x-amazon-apigateway-authorizer"] !== undefined ||
    scheme["x-amazon-apigateway-authtype"] !== undefined ||
    scheme.type === "oauth2" ||
    scheme.type === "openIdConnect"
  );
}

/** What could not be read, as a value that can't be placed. */
export const unreadPart = (channel: string, why: string): DocumentPart => ({
  at: "",
  value: new Unknown(why),
  role: sends(channel, "any"),
});
