/** Domains of OpenSearch Service: who may search them, what they are joined to. Elasticsearch domains are in elasticsearch.ts. */
import type { Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  document,
  type Entry,
  type Finding,
  grants,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  policy,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { cognitoPool } from "./documents/cognito-pool";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/opensearch-service/latest/developerguide/${page}.html`;

/** Whether a domain has no public endpoint: "you can't switch from one to the other" ("Launching your domains within a VPC"). */
const inVpc = (domain: Resource): boolean =>
  find(domain.values, "vpc_options.subnet_ids").length > 0 &&
  find(domain.values, "vpc_options").every(({ value }) => !isUnknown(value));

/** The domain that a resource of its own (a policy, SAML options) is about. */
const domainOf =
  (type: string) =>
  (resource: Resource, context: Context): Resource | undefined => {
    const name = resource.values.domain_name ?? null;
    if (typeof name !== "string") return context.denoted(name).find((one) => one.type === type);
    return context.ofType(type).find((one) => one.stack === resource.stack && one.values.domain_name === name);
  };

/**
 * "VPC domains … requests must come from within the VPC", so that an open access policy there lets in whoever has
 * network access ("About access policies on VPC domains"), and no condition on addresses is taken.
 */
const accessPolicy = (type: string) =>
  policy("opensearch.access-policy", {
    vpcOnly: (resource, context) => {
      const domain = resource.type === type ? resource : domainOf(type)(resource, context);
      return domain !== undefined && inVpc(domain);
    },
  });

const publicEndpoint = at("vpc_options").isNotSet();

const signIn = cognitoPool(
  "opensearch.cognito",
  at("cognito_options.enabled", false).is(true),
  "users of Dashboards log in there",
);

/** What both generations of domains have. */
export const domainAttributes = (type: string): Entry["attributes"] => ({
  access_policies: accessPolicy(type),
  advanced_options: harmless("options of the engine; none names a place"),
  "advanced_security_options.master_user_options.master_user_arn": shares("opensearch.master-user", "principal", {
    when: publicEndpoint,
    why: "the master user may read everything in the domain",
  }),
  "advanced_security_options.master_user_options.master_user_name": harmless("a name within the domain"),
  // "The user pool and identity pool must be in the same AWS Region" as each other, not as the domain ("Configuring
  // Amazon Cognito authentication for OpenSearch Dashboards", Prerequisites).
  "cognito_options.user_pool_id": document(signIn),
  "cognito_options.identity_pool_id": document(signIn),
  "cognito_options.role_arn": uses("the role with which the domain configures Cognito"),
  domain_name: harmless("its own name"),
  "domain_endpoint_options.custom_endpoint": harmless("another name of its own endpoint"),
  "domain_endpoint_options.tls_security_policy": harmless("which versions of TLS are taken"),
  "domain_endpoint_options.custom_endpoint_certificate_arn": uses("the certificate that the domain shows"),
  "encrypt_at_rest.kms_key_id": uses("the key that encrypts the domain"),
  "log_publishing_options.cloudwatch_log_group_arn": sends("opensearch.logs", "arn", {
    when: at("log_publishing_options.enabled", true).is(true),
    why: "slow logs hold queries and documents",
  }),
  "vpc_options.subnet_ids": network,
  "vpc_options.security_group_ids": network,
});

/** What a domain starts by itself does not take the VPC's ways (VPCOptions, EgressEnabled, is off). */
export const domainInterface: InterfaceRule = {
  subnets: "vpc_options.subnet_ids",
  groups: "vpc_options.security_group_ids",
  publicIpv4: "never",
  ipv6: "subnet",
  initiates: false,
  when: at("vpc_options").isSet(),
  without: "nothing",
};

export const domainPolicy = (type: string): Entry =>
  grants("says who may search and write a domain", {
    docs: guide("ac"),
    data: "domain_name",
    attributes: { domain_name: uses("the domain that the policy is on"), access_policies: accessPolicy(type) },
  });

/**
 * Whom the identity provider vouches for may use Dashboards, from wherever the endpoint can be reached. Where the
 * provider runs and who runs it is not in its metadata.
 */
export const samlOptions = (type: string): Entry =>
  grants("lets an identity provider say who may use Dashboards", {
    docs: guide("saml"),
    data: "domain_name",
    attributes: {
      domain_name: uses("the domain it is about"),
      "saml_options.idp.entity_id": harmless("the identity provider; judged below"),
      "saml_options.idp.metadata_content": harmless("certificates and addresses of that identity provider"),
    },
    also: function* (options: Resource, context: Context): Generator<Finding> {
      const domain = domainOf(type)(options, context);
      if (domain && inVpc(domain)) return;
      for (const { value, at: where } of find(options.values, "saml_options.idp.entity_id")) {
        yield { finding: "role", attribute: where, value, role: samlProvider };
      }
    },
  });

const samlProvider = shares("opensearch.saml", "any", {
  when: at("saml_options.enabled", true).is(true),
  why: "whom this identity provider vouches for reads the domain from anywhere",
});

/** A way from a VPC to a domain, perhaps one of another account. */
export const vpcEndpoint: Entry = moves("a way from a VPC to a domain", {
  docs: guide("vpc-interface-endpoints"),
  attributes: {
    domain_arn: sends("opensearch.vpc-endpoint", "arn", { why: "requests of the VPC go to this domain" }),
    "vpc_options.subnet_ids": network,
    "vpc_options.security_group_ids": network,
  },
});

const DOMAIN = "aws_opensearch_domain";

/**
 * Questions in words are turned into queries by a model of AWS's. Its pages do not say in which regions that model
 * runs; of its kin they say that other regions take part ("Cross-region inference", Amazon Bedrock user guide).
 */
function* queryGeneration(domain: Resource): Generator<Finding> {
  const path = "aiml_options.natural_language_query_generation_options.desired_state";
  for (const { value, at: where } of find(domain.values, path)) {
    if (value === "DISABLED") continue;
    yield {
      finding: "undecided",
      attribute: where,
      why: "in which regions questions are turned into queries is not documented",
    };
  }
}

/** Queries go from the local domain to the remote one and documents back, in whichever of them the connection is made. */
const joined = (form: "region" | "account") =>
  sends("opensearch.cross-cluster", form, { why: "the two domains search and replicate each other" });

export default service("Amazon OpenSearch Service", {
  aws_opensearch_domain: holds("a search domain, with a public endpoint unless it is put into a VPC", {
    docs: guide("vpc"),
    attributes: {
      ...domainAttributes(DOMAIN),
      "identity_center_options.identity_center_instance_arn": uses("the account's own directory of users"),
      "aiml_options.natural_language_query_generation_options.desired_state": harmless("judged below"),
    },
    interfaces: [domainInterface],
    also: queryGeneration,
  }),
  aws_opensearch_domain_policy: domainPolicy(DOMAIN),
  aws_opensearch_domain_saml_options: samlOptions(DOMAIN),
  aws_opensearch_vpc_endpoint: vpcEndpoint,
  aws_opensearch_authorize_vpc_endpoint_access: grants("lets an account make endpoints to a domain", {
    docs: guide("vpc-interface-endpoints"),
    data: "domain_name",
    attributes: {
      domain_name: uses("the domain it is about"),
      account: shares("opensearch.vpc-endpoint", "account", {
        why: "the account may reach the domain from its own VPCs",
      }),
    },
  }),
  aws_opensearch_outbound_connection: moves("joins a domain to another, perhaps of another account or region", {
    docs: guide("cross-cluster-search"),
    attributes: {
      "local_domain_info.domain_name": uses("the domain that asks"),
      "local_domain_info.owner_id": joined("account"),
      "local_domain_info.region": joined("region"),
      "remote_domain_info.domain_name": uses("the domain that is asked"),
      "remote_domain_info.owner_id": joined("account"),
      "remote_domain_info.region": joined("region"),
    },
  }),
  aws_opensearch_inbound_connection_accepter: grants("lets another domain search and replicate this one", {
    docs: guide("cross-cluster-search"),
    attributes: {
      connection_id: sends("opensearch.cross-cluster", "id", {
        why: "the domain that asked for the connection may search",
      }),
    },
  }),
  aws_opensearch_package: holds("a dictionary or plugin for domains", {
    docs: guide("custom-packages"),
    attributes: {
      "package_source.s3_bucket_name": receives("where the package is read"),
      "package_source.s3_key": harmless("the object's key"),
    },
  }),
  aws_opensearch_package_association: inert("puts a package onto a domain", guide("custom-packages"), {
    domain_name: uses("the domain"),
    package_id: uses("the package"),
  }),
  ...lookups({ opensearch_domain: "a domain" }),
});
