/** Domains of the former generation. */
import { holds, service } from "../flows/vocabulary";
import { domainAttributes, domainInterface, domainPolicy, samlOptions, vpcEndpoint } from "./opensearch";
import { lookups } from "./pages";

const DOMAIN = "aws_elasticsearch_domain";

export default service("Amazon Elasticsearch Service", {
  aws_elasticsearch_domain: holds("a search domain, with a public endpoint unless it is put into a VPC", {
    docs: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html",
    attributes: domainAttributes(DOMAIN),
    interfaces: [domainInterface],
  }),
  aws_elasticsearch_domain_policy: domainPolicy(DOMAIN),
  aws_elasticsearch_domain_saml_options: samlOptions(DOMAIN),
  aws_elasticsearch_vpc_endpoint: vpcEndpoint,
  ...lookups({ elasticsearch_domain: "a domain" }),
});
