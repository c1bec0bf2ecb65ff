/**
 * Data access policies of OpenSearch Serverless: a JSON list of rules, each with the principals it is for
 * (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html).
 */
import { isList, isObject, isUnknown, type Unknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, shares } from "../../flows/vocabulary";
import { json } from "./json";

const role = shares("opensearchserverless.access-policy", "principal", {
  why: "the data access policy lets this principal at the collection",
});

/** The principals of a policy. */
export const collectionAccess: DocumentReader = function* (document) {
  const policy = json(document);
  if (isUnknown(policy)) yield { at: "", value: policy, role };
  const statements = isList(policy) ? policy : [policy];
  for (let i = 0; i < statements.length; i++) yield* principals(statements[i], isList(policy) ? `[${i}]` : "");
};

function* principals(statement: Value, at: string): Generator<DocumentPart> {
  if (isUnknown(statement)) yield { at, value: statement, role };
  if (!isObject(statement)) return;
  const named = statement.Principal ?? null;
  const list = isList(named) ? named : [named];
  for (let i = 0; i < list.length; i++) {
    const value = accountOf(list[i]);
    if (value !== null) yield { at: `${at}.Principal[${i}]`, value, role };
  }
}

/** `saml/ACCOUNT/PROVIDER/…` and `iamfederation/ACCOUNT/…` are identities of that account's own security configuration. */
function accountOf(principal: Value): Value {
  if (isUnknown(principal)) return federated(principal) ?? principal;
  if (typeof principal !== "string") return principal;
  if (/^iamidentitycenter\//.test(principal)) return null;
  return /^(?:saml|iamfederation)\/(\d{12})\//.exec(principal)?.[1] ?? principal;
}

/** `saml/${account}/…`: the account alone decides. */
function federated(principal: Unknown): Value | undefined {
  const [head, account] = principal.parts ?? [];
  if (typeof head !== "string") return undefined;
  const known = /^(?:saml|iamfederation)\/(\d{12})\//.exec(head)?.[1];
  if (known !== undefined) return known;
  return /^(?:saml|iamfederation)\/$/.test(head) && isUnknown(account) ? account : undefined;
}
