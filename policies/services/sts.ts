/** The service that gives out temporary credentials; who gets them is said by the roles' trust policies. */
import { inert, service } from "../flows/vocabulary";
import { resourcePage } from "./pages";

export default service("AWS Security Token Service", {
  aws_iam_security_token_service_preferences: inert(
    "which version of tokens the global endpoint gives out; it changes nobody's rights",
    resourcePage("iam_security_token_service_preferences"),
  ),
});
