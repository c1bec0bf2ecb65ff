/** Amazon CloudSearch domains. */
import { grants, harmless, holds, policy, service, uses } from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/cloudsearch/latest/developerguide/${page}.html`;

export default service("Amazon CloudSearch", {
  aws_cloudsearch_domain: holds("a search domain with a public endpoint, closed until a policy opens it", {
    docs: guide("configuring-access"),
    attributes: {
      name: harmless("its own name"),
      multi_az: harmless("whether it stands in two zones of the region"),
      "endpoint_options.tls_security_policy": harmless("which versions of TLS are taken"),
      "index_field.default_value": harmless("a value of a document"),
      "index_field.source_fields": harmless("fields of a document"),
    },
  }),
  aws_cloudsearch_domain_service_access_policy: grants("says who may search and write a domain", {
    docs: guide("configuring-access"),
    data: "domain_name",
    attributes: {
      domain_name: uses("the domain that the policy is on"),
      access_policy: policy("cloudsearch.access-policy"),
    },
  }),
});
