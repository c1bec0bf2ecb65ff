/** Signatures on code. */
import { grants, harmless, holds, moves, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/signer/latest/developerguide/${page}.html`;

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
    attributes: {
      profile_name: uses("the profile that it is about"),
      principal: shares("signer.permission", "principal", { why: "the principal may use the profile" }),
    },
  }),
  ...lookups({ signer_signing_job: "a job", signer_signing_profile: "a profile" }),
});
