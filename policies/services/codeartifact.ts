import { grants, harmless, holds, policy, receives, sends, service, uses } from "../flows/vocabulary";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/codeartifact/latest/ug/${page}.html`;
/** The domain, and with it what its repositories keep, may be another account's. */
const owner = sends("codeartifact.domain", "account");
const domain = uses("the domain that keeps the packages");

export default service("AWS CodeArtifact", {
  aws_codeartifact_domain: holds("keeps packages in its Region", {
    docs: guide("domains"),
    attributes: { encryption_key: uses("the key that encrypts packages"), domain: harmless("its own name") },
  }),
  aws_codeartifact_repository: holds("a view of a domain's packages", {
    docs: guide("external-connection"),
    data: "domain",
    attributes: {
      domain,
      domain_owner: owner,
      "external_connections.external_connection_name": receives("packages come from there"),
      "upstream.repository_name": receives("packages come from there"),
    },
  }),
  aws_codeartifact_domain_permissions_policy: grants("says who may use a domain", {
    docs: guide("domain-policies"),
    data: "domain",
    attributes: {
      policy_document: policy("codeartifact.domain-policy"),
      domain,
      domain_owner: uses("the account of the domain"),
    },
  }),
  aws_codeartifact_repository_permissions_policy: grants("says who may read and publish packages", {
    docs: guide("repo-policies"),
    data: "repository",
    attributes: {
      policy_document: policy("codeartifact.repository-policy"),
      domain,
      domain_owner: uses("the account of the domain"),
    },
  }),
  ...lookups({
    codeartifact_authorization_token: "a token for package managers",
    codeartifact_repository_endpoint: "the address of a repository",
  }),
});
