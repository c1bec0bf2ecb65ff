/** Certificate authorities of AWS Private CA. */
import { at, grants, harmless, holds, inert, policy, sends, service, shares, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/privateca/latest/userguide/${page}.html`;

const authority = uses("the authority that it is about");
const CRL = "revocation_configuration.crl_configuration";

export default service("AWS Private Certificate Authority", {
  aws_acmpca_certificate_authority: holds("an authority and its key", {
    docs: guide("crl-planning"),
    attributes: {
      "certificate_authority_configuration.subject": harmless("the name of the authority"),
      [`${CRL}.s3_bucket_name`]: sends("acmpca.crl", "bucket", {
        when: at(`${CRL}.enabled`).is(true),
        why: "lists of revoked certificates are written there",
      }),
      // "PUBLIC_READ" lets everybody read the list, which says only which numbers are revoked: it is made to be published.
      [`${CRL}.s3_object_acl`]: harmless("who may read the list of revoked numbers"),
      [`${CRL}.custom_cname`]: harmless("the name under which clients find the list"),
      "revocation_configuration.ocsp_configuration.ocsp_custom_cname": harmless("the name under which clients ask"),
    },
  }),
  aws_acmpca_certificate: holds("a certificate signed by an authority", {
    docs: resourcePage("acmpca_certificate"),
    attributes: {
      certificate_authority_arn: authority,
      certificate_signing_request: harmless("what is certified"),
      api_passthrough: harmless("what is certified besides"),
      template_arn: uses("a template of AWS"),
    },
  }),
  aws_acmpca_certificate_authority_certificate: inert("an authority's own certificate", guide("PCACertInstall"), {
    certificate_authority_arn: authority,
    certificate: harmless("the certificate itself"),
    certificate_chain: harmless("certificates"),
  }),
  aws_acmpca_permission: grants("lets Certificate Manager renew certificates of an authority", {
    docs: guide("assign-permissions"),
    data: "certificate_authority_arn",
    attributes: {
      certificate_authority_arn: authority,
      principal: harmless("always acm.amazonaws.com"),
      source_account: shares("acmpca.permission", "account", { why: "certificates are made for this account" }),
    },
  }),
  aws_acmpca_policy: grants("says which accounts may use an authority", {
    docs: guide("pca-rbp"),
    data: "resource_arn",
    attributes: { resource_arn: authority, policy: policy("acmpca.policy") },
  }),
  ...lookups({ acmpca_certificate: "a certificate", acmpca_certificate_authority: "an authority" }),
});
