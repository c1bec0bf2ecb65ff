/** OpenAPI (Swagger) documents with Amazon API Gateway's extensions. */
import type { Resource } from "../../configuration/resource";
import { isList, isObject, isUnknown, leaves, Unknown, type Value, type Values } from "../../configuration/value";
import type { Context } from "../../flows/context";
import { type DocumentPart, type DocumentReader, sends, shares } from "../../flows/vocabulary";
import { integrationUri, mappedPlaces, serviceParameters } from "./api-integration";
import { tokenIssuer } from "./token-issuer";
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
  /** Where the API sends requests, and whose tokens it takes. */
  readonly parts: readonly DocumentPart[];
  /** The operations that anybody may call, as places in the document. */
  readonly open: readonly string[];
  /** Why not everything could be read. */
  readonly unread?: string;
}

/**
 * Reads an API's document (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).
 * An operation is open if neither it nor the whole document requires a security scheme with an authorizer.
 */
export function apiDocument(body: Value, resource: Resource, context: Context): ApiDocument {
  const api = yaml(body);
  if (!isObject(api)) return { parts: [], open: [], unread: isUnknown(api) ? api.why : "the document is no object" };
  return new Reader(api, resource, context).read();
}

/** The policy of a REST API that its document holds, null if it holds none ("x-amazon-apigateway-policy"). */
export function embeddedPolicy(body: Value): Value {
  const api = yaml(body);
  return isObject(api) ? (api["x-amazon-apigateway-policy"] ?? null) : null;
}

const INTEGRATION = "apigateway.integration";
const AUTHORIZER = "apigateway.authorizer";

class Reader {
  private readonly parts: DocumentPart[] = [];
  private readonly open: string[] = [];
  private readonly schemes: Values;
  private unread?: string;

  constructor(
    private readonly api: Values,
    private readonly resource: Resource,
    private readonly context: Context,
  ) {
    this.schemes = this.named(api.components, "securitySchemes") ?? this.object(api.securityDefinitions) ?? {};
  }

  read(): ApiDocument {
    for (const name of Object.keys(this.schemes)) this.authorizer(this.schemes[name], name);
    const paths = this.object(this.api.paths);
    for (const path of Object.keys(paths ?? {})) {
      const item = this.object(paths?.[path]);
      for (const method of Object.keys(item ?? {})) {
        if (METHODS.has(method.toLowerCase()))
          this.operation(item?.[method] ?? null, method, `.paths.${path}.${method}`);
      }
    }
    return { parts: this.parts, open: this.open, ...(this.unread === undefined ? {} : { unread: this.unread }) };
  }

  private operation(value: Value, method: string, at: string): void {
    const operation = this.object(value);
    if (!operation) return;
    const integration = this.object(operation["x-amazon-apigateway-integration"]);
    if (integration) this.integration(integration, `${at}.x-amazon-apigateway-integration`);
    // Preflight requests that API Gateway answers by itself have headers only.
    const preflight = method.toLowerCase() === "options" && (!integration || isMock(integration));
    if (!preflight && this.isOpen(operation)) this.open.push(at);
  }

  private integration(integration: Values, at: string): void {
    if (isMock(integration)) return;
    const add = (name: string, read: DocumentReader) => this.add(integration[name] ?? null, read, `${at}.${name}`);
    // By a link to a load balancer of the older kind, the address only fills the header Host.
    const linked = String(integration.connectionType ?? "").toUpperCase() === "VPC_LINK";
    if (!linked || !isUrl(integration.uri)) add("uri", integrationUri(INTEGRATION));
    add("integrationTarget", integrationUri(INTEGRATION));
    add("requestParameters", serviceParameters(INTEGRATION));
    add("requestTemplates", mappedPlaces(INTEGRATION));
  }

  private authorizer(value: Value, name: string): void {
    const authorizer = this.object(this.object(value)?.["x-amazon-apigateway-authorizer"]);
    if (!authorizer) return;
    const at = `.securitySchemes.${name}`;
    this.add(authorizer.authorizerUri ?? null, integrationUri(AUTHORIZER), at);
    this.add(this.object(authorizer.jwtConfiguration)?.issuer ?? null, tokenIssuer(AUTHORIZER), at);
    for (const { value: pool } of leaves(authorizer.providerARNs ?? null))
      this.parts.push({ at, value: pool, role: shares(AUTHORIZER, "arn") });
  }

  private add(value: Value, read: DocumentReader, at: string): void {
    if (value === null) return;
    for (const part of read(value, this.resource, this.context)) this.parts.push({ ...part, at: at + part.at });
  }

  /** An API key is no bar: "Don't use API keys for authentication or authorization". */
  private isOpen(operation: Values): boolean {
    const auth = this.object(operation["x-amazon-apigateway-auth"]);
    if (auth && String(auth.type ?? "NONE").toUpperCase() !== "NONE") return false;
    const security = operation.security ?? this.api.security ?? null;
    if (isUnknown(security)) this.unread ??= security.why;
    if (!isList(security)) return !isUnknown(security);
    const names = security.map((one) => Object.keys(this.object(one) ?? {}));
    return names.some((one) => one.length === 0) || !names.flat().some((name) => this.isBar(this.schemes[name]));
  }

  /** Only what has one of these extensions is made an authorizer of; a mere scheme of OAuth2 describes the API. */
  private isBar(value: Value | undefined): boolean {
    const scheme = this.object(value);
    return (
      scheme?.["x-amazon-apigateway-authorizer"] !== undefined ||
      String(scheme?.["x-amazon-apigateway-authtype"] ?? "").toLowerCase() === "awssigv4"
    );
  }

  private named(value: Value | undefined, name: string): Values | undefined {
    return this.object(this.object(value)?.[name]);
  }

  /** An object of the document, also by reference (`{"$ref": "#/components/…"}`); what can't be read is noted. */
  private object(value: Value | undefined, depth = 0): Values | undefined {
    if (isUnknown(value)) this.unread ??= value.why;
    if (!isObject(value)) return undefined;
    const { $ref: reference = null } = value;
    if (reference === null) return value;
    const target = typeof reference === "string" && depth < 8 ? this.target(reference) : undefined;
    if (target === undefined) this.unread ??= `the document refers to ${String(reference)}, which is not in it`;
    return this.object(target, depth + 1);
  }

  private target(reference: string): Value | undefined {
    if (!reference.startsWith("#/")) return undefined;
    let value: Value | undefined = this.api;
    for (const step of reference.slice(2).split("/")) {
      const key = step.replace(/~1/g, "/").replace(/~0/g, "~");
      value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
    return value;
  }
}

const isMock = ({ type }: Values): boolean => String(type ?? "").toLowerCase() === "mock";
const isUrl = (value: Value | undefined): boolean => typeof value === "string" && /^https?:\/\//.test(value);

/** What could not be read, as a value that can't be placed. */
export const unreadPart = (why: string): DocumentPart => ({
  at: "",
  value: new Unknown(why),
  role: sends(INTEGRATION, "any"),
});
