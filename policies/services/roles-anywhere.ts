/** Credentials for machines outside AWS, by certificates. */
import { grants, harmless, identity, service, uses } from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/rolesanywhere/latest/userguide/${page}.html`;

export default service("AWS IAM Roles Anywhere", {
  aws_rolesanywhere_profile: grants("gives holders of certificates some roles", {
    docs: guide("introduction"),
    attributes: {
      role_arns: identity,
      managed_policy_arns: identity,
      session_policy: identity,
      enabled: identity,
    },
  }),
  aws_rolesanywhere_trust_anchor: grants("a certificate authority whose certificates are taken", {
    docs: guide("introduction"),
    attributes: {
      "source.source_data.acm_pca_arn": uses("the owner's certificate authority, which is judged itself"),
      "source.source_data.x509_certificate_data": harmless("a public certificate"),
      notification_settings: harmless("when expiry is told in events of the same account"),
    },
  }),
});
