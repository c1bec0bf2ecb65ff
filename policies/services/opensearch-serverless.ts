/** Collections of OpenSearch Serverless: who may reach them is said by policies that name them. */
import { isList, isObject, type Value } from "../configuration/value";
import {
  type DocumentReader,
  document,
  grants,
  harmless,
  holds,
  inert,
  network,
  places,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { collectionAccess } from "./documents/collection-access";
import { json } from "./documents/json";
import { entityId } from "./documents/saml-metadata";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/opensearch-service/latest/developerguide/${page}.html`;

/**
 * A principal of another account needs a network from which the collection is reached. Where every network policy of
 * the configuration names only VPC endpoints, there is none outside the VPCs, which the network room judges.
 */
const reachable = (read: DocumentReader): DocumentReader =>
  function* (policy, resource, context) {
    const networks = context
      .ofType("aws_opensearchserverless_security_policy")
      .filter(({ stack, values }) => stack === resource.stack && values.type !== "encryption");
    if (networks.length > 0 && networks.every(({ values }) => onlyEndpoints(values.policy ?? null))) return;
    yield* read(policy, resource, context);
  };

/** Whether a network policy opens nothing to the public and nothing to another service of AWS. */
function onlyEndpoints(policy: Value): boolean {
  const rules = json(policy);
  if (!isList(rules)) return false;
  return rules.every((rule) => {
    if (!isObject(rule)) return false;
    const services = rule.SourceServices ?? null;
    const none = services === null || (isList(services) && services.length === 0);
    return rule.AllowFromPublic === false && none && isList(rule.SourceVPCEs ?? null);
  });
}

/** Where the provider runs and who runs it is not in its metadata; the trust file can vouch for it. */
const identityProvider = shares("opensearchserverless.saml", "any", {
  why: "whom this identity provider vouches for reads collections from anywhere",
});

export default service("Amazon OpenSearch Serverless", {
  aws_opensearchserverless_collection: holds("a collection of indexes", {
    docs: guide("serverless-overview"),
    attributes: {},
  }),
  aws_opensearchserverless_access_policy: grants("says who may read and write collections", {
    docs: guide("serverless-data-access"),
    attributes: { policy: document(reachable(collectionAccess)) },
  }),
  // "AllowFromPublic" opens the endpoint to the internet, but each request is signed by a principal of a data access
  // policy all the same, as with every other AWS endpoint.
  aws_opensearchserverless_security_policy: places(
    "which keys encrypt collections, and from which networks they are reached",
    {
      docs: guide("serverless-network"),
      attributes: {
        policy: harmless("keys and networks; who may read is said by data access policies, which are judged"),
      },
    },
  ),
  aws_opensearchserverless_security_config: grants("lets an identity provider say who signs in", {
    docs: guide("serverless-saml"),
    attributes: {
      "saml_options.metadata": document(function* (metadata) {
        yield { at: "", value: entityId(metadata), role: identityProvider };
      }),
      "saml_options.user_attribute": harmless("a name within the provider's statements"),
      "saml_options.group_attribute": harmless("a name within the provider's statements"),
    },
  }),
  aws_opensearchserverless_vpc_endpoint: inert(
    "a way from a VPC to the account's own collections",
    guide("serverless-vpc"),
    {
      subnet_ids: network,
      security_group_ids: network,
      vpc_id: network,
    },
  ),
  aws_opensearchserverless_lifecycle_policy: inert("deletes old documents", guide("serverless-lifecycle"), {
    policy: uses("how long documents of which indexes are kept"),
  }),
  ...lookups({
    opensearchserverless_access_policy: "a data access policy",
    opensearchserverless_collection: "a collection",
    opensearchserverless_lifecycle_policy: "a lifecycle policy",
    opensearchserverless_security_config: "how users sign in",
    opensearchserverless_security_policy: "a security policy",
    opensearchserverless_vpc_endpoint: "an endpoint",
  }),
});
