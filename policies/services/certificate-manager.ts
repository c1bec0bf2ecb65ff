/** Certificates of AWS Certificate Manager. They hold names and keys; the keys stay with the service. */
import { harmless, holds, inert, service, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/acm/latest/userguide/${page}.html`;

export default service("AWS Certificate Manager", {
  aws_acm_certificate: holds("a certificate and its key", {
    docs: guide("acm-exportable-certificates"),
    attributes: {
      domain_name: harmless("the name that is certified; public certificates are public by nature"),
      subject_alternative_names: harmless("names that are certified"),
      "validation_option.domain_name": harmless("a name that is certified"),
      "validation_option.validation_domain": harmless("the domain whose owner is asked by e-mail whether he agrees"),
      certificate_authority_arn: uses("the authority that signs"),
      certificate_body: harmless("the certificate itself"),
      certificate_chain: harmless("certificates"),
      private_key: harmless("the key itself, which comes in"),
      "options.export": harmless("whether principals of the account may export the key"),
    },
  }),
  aws_acm_certificate_validation: inert(
    "waits until a certificate is there",
    resourcePage("acm_certificate_validation"),
    {
      certificate_arn: uses("the certificate"),
      validation_record_fqdns: harmless("names of DNS records"),
    },
  ),
  ...lookups({ acm_certificate: "a certificate" }),
});
