/** Signatures on code. */
import { attribute, type Resource } from "../configuration/resource";
import { grants, harmless, holds, identity, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { party, statement } from "./documents/statement";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/signer/latest/developerguide/${page}.html`;

/**
 * The statement that AddProfilePermission makes, for a role or an account
 * (https://docs.aws.amazon.com/signer/latest/api/API_AddProfilePermission.html).
 */
const permitted = (permission: Resource) =>
  statement({
    principal: party(attribute(permission, "principal")),
    actions: attribute(permission, "action"),
    conditions: [["StringEquals", "signer:ProfileVersion", attribute(permission, "profile_version")]],
  });

export default service("AWS Signer", {
  aws_signer_signing_profile: holds("what code is signed with", {
    docs: guide("gs-profile"),
    attributes: {
      "signing_material.certificate_arn": uses("the certificate that signs"),
      signing_parameters: harmless("parameters of the platform"),
    },
  }),
  aws_signer_signing_job: moves("signs an object and writes the result into a bucket", {
    docs: guide("api-startsigningjob"),
    attributes: {
      "source.s3.bucket": receives("where the code is read"),
      "source.s3.version": harmless("the object's version"),
      "destination.s3.bucket": sends("signer.job", "bucket", { why: "signed code is written there" }),
      profile_name: uses("what it is signed with"),
    },
  }),
  aws_signer_signing_profile_permission: grants("lets an account or principal sign", {
    docs: guide("signing-profile-cross-account"),
    data: "profile_name",
    policy: { channel: "signer.permission", attribute: "principal", document: permitted },
    attributes: {
      profile_name: uses("the profile that it is about"),
      principal: identity,
    },
  }),
  ...lookups({ signer_signing_job: "a job", signer_signing_profile: "a profile" }),
});
