/** Keys, and who may use them. A key holds no data of its own: whoever may decrypt with it can read what others let him fetch. */
import { attribute, type Resource } from "../configuration/resource";
import { find, isUnknown, Unknown, type Value } from "../configuration/value";
import {
  at,
  grants,
  harmless,
  holds,
  identity,
  inert,
  moves,
  policy,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { statement } from "./documents/statement";
import { sentToItsRegion } from "./nature";
import { dataPage, ephemeralPage, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/kms/latest/developerguide/${page}.html`;

/** A grant as the statement that it amounts to; a request must carry what it says of the encryption context. */
const granted = (grant: Resource): Value =>
  statement({
    principal: attribute(grant, "grantee_principal"),
    actions: find(grant.values, "operations").map(({ value }) => prefixed("kms:", value)),
    conditions: ["encryption_context_equals", "encryption_context_subset"].flatMap((constraint) =>
      find(grant.values, `constraints.${constraint}.*`).map(
        ({ value, at }) => ["StringEquals", `kms:EncryptionContext:${at.split(".").at(-1)}`, value] as const,
      ),
    ),
  });

const prefixed = (prefix: string, value: Value): Value =>
  isUnknown(value) ? new Unknown(value.why, { parts: [prefix, value] }) : `${prefix}${value}`;

/** The material of a multi-Region primary is copied to the replica; that stands where its own region says. */
const primary = receives(
  "the key material is copied from this primary key to the replica, which stands in its own region",
);

export default service("AWS Key Management Service", {
  aws_kms_key: holds("a key", {
    docs: guide("overview"),
    attributes: {
      policy: policy("kms.key-policy"),
      custom_key_store_id: uses("the key store that holds the key; judged itself"),
      xks_key_id: harmless("the name of a key behind the external key store's proxy, which is judged itself"),
      multi_region: harmless("lets replicas be made; each replica is a resource of its own and judged where it stands"),
    },
  }),
  aws_kms_external_key: holds("a key whose material is imported", {
    docs: guide("importing-keys"),
    attributes: {
      policy: policy("kms.key-policy"),
      key_material_base64: harmless("the material itself, which comes in"),
      valid_to: harmless("a date"),
      multi_region: harmless("lets replicas be made; each replica is a resource of its own and judged where it stands"),
    },
  }),
  aws_kms_replica_key: holds("a copy of a multi-Region key in its own region", {
    docs: guide("multi-region-keys-overview"),
    attributes: { policy: policy("kms.key-policy"), primary_key_arn: primary },
  }),
  aws_kms_replica_external_key: holds("a copy of a multi-Region key with imported material in its own region", {
    docs: guide("multi-region-keys-import"),
    attributes: {
      policy: policy("kms.key-policy"),
      primary_key_arn: primary,
      key_material_base64: harmless("the material itself, which comes in"),
      valid_to: harmless("a date"),
    },
  }),
  aws_kms_key_policy: grants("says who may use a key", {
    docs: guide("key-policies"),
    data: "key_id",
    attributes: { key_id: uses("the key that the policy is on"), policy: policy("kms.key-policy") },
  }),
  aws_kms_grant: grants("lets one principal use a key", {
    docs: guide("grants"),
    data: "key_id",
    policy: { channel: "kms.grant", attribute: "grantee_principal", document: granted },
    attributes: {
      key_id: uses("the key that the grant is on"),
      grantee_principal: identity,
      retiring_principal: harmless("may only end the grant"),
      "constraints.encryption_context_equals": identity,
      "constraints.encryption_context_subset": identity,
    },
  }),

  // KMS sends what it has encrypted already with its own material, together with key id, caller and encryption context:
  // "External key store proxies", "External key stores" in the developer guide.
  aws_kms_custom_key_store: holds("a key store in a CloudHSM cluster, or behind a proxy outside AWS", {
    docs: guide("keystore-external"),
    attributes: {
      xks_proxy_uri_endpoint: sends("kms.external-key-store", "url", {
        when: at("xks_proxy_connectivity").isNot("VPC_ENDPOINT_SERVICE"),
        why: "every use of a key is asked of this proxy",
      }),
      xks_proxy_connectivity: harmless(
        "whether the proxy is on the internet or behind an endpoint service; looked at below",
      ),
      xks_proxy_uri_path: harmless("the path at the proxy"),
      xks_proxy_vpc_endpoint_service_name: sends("kms.external-key-store", "id", {
        when: at("xks_proxy_connectivity").isNot("PUBLIC_ENDPOINT"),
        why: "every use of a key is asked of the proxy behind this endpoint service",
      }),
      "xks_proxy_authentication_credential.access_key_id": harmless("signs requests to the proxy"),
      cloud_hsm_cluster_id: uses("the cluster of the same account and region that holds the keys"),
      trust_anchor_certificate: harmless("the cluster's certificate"),
    },
  }),

  aws_kms_alias: inert("a second name of a key", guide("kms-alias"), {
    target_key_id: uses("the key that is named"),
  }),
  aws_kms_ciphertext: inert("encrypts a text; the result stays in the state", resourcePage("kms_ciphertext"), {
    key_id: uses("the key that encrypts"),
    plaintext: harmless("what is encrypted; KMS keeps nothing"),
    context: harmless("text that is bound to the encryption"),
  }),

  "data.aws_kms_ciphertext": moves("has a text of the configuration encrypted", {
    docs: dataPage("kms_ciphertext"),
    attributes: { key_id: uses("the key that encrypts"), plaintext: harmless("what is sent to the key's Region") },
    also: sentToItsRegion("kms.encrypt", "the text is encrypted there"),
  }),
  "ephemeral.aws_kms_secrets": inert(
    "decrypts texts of the configuration; they are not kept",
    ephemeralPage("kms_secrets"),
  ),
  ...lookups({
    kms_alias: "an alias",
    kms_custom_key_store: "a key store",
    kms_key: "a key",
    kms_public_key: "the public half of a key",
    kms_secret: "nothing any more: the provider refuses it",
    kms_secrets: "the decryption of texts that the configuration holds",
  }),
});
