/** The service that gives out temporary credentials; who gets them is said by the roles' trust policies. */
import { harmless, inert, service } from "../flows/vocabulary";
import { ephemeralPage, resourcePage } from "./pages";

export default service("AWS Security Token Service", {
  aws_iam_security_token_service_preferences: inert(
    "which version of tokens the global endpoint gives out; it changes nobody's rights",
    resourcePage("iam_security_token_service_preferences"),
  ),
  "ephemeral.aws_credentials": inert(
    "reads the credentials that Terraform runs with; they are not kept",
    ephemeralPage("credentials"),
  ),
  "ephemeral.aws_sts_web_identity_token": inert(
    "makes a token that signs in elsewhere; it opens nothing of the owner's",
    ephemeralPage("sts_web_identity_token"),
    { audience: harmless("for whom the token is; it is not sent there by this") },
  ),
});
