import { document, grants, harmless, holds, inert, service, uses } from "../flows/vocabulary";
import { tokenIssuer } from "./documents/token-issuer";
import { resourcePage } from "./pages";

export default service("Amazon Verified Permissions", {
  // It answers whether something is allowed; what is then shown, the application does.
  aws_verifiedpermissions_policy_store: holds("rules of an application about who may do what", {
    docs: "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policy-stores.html",
  }),
  aws_verifiedpermissions_identity_source: grants("whose tokens the application's rules believe", {
    docs: "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/identity-sources.html",
    data: "policy_store_id",
    attributes: {
      "configuration.cognito_user_pool_configuration": uses("the pool, judged by itself"),
      "configuration.open_id_connect_configuration.issuer": document(tokenIssuer("verifiedpermissions.token-issuer")),
      "configuration.open_id_connect_configuration.token_selection": harmless("which of the issuer's tokens count"),
    },
  }),
  aws_verifiedpermissions_policy: inert("a rule of the application", resourcePage("verifiedpermissions_policy")),
  aws_verifiedpermissions_policy_template: inert(
    "a rule of the application, with blanks",
    resourcePage("verifiedpermissions_policy_template"),
  ),
  aws_verifiedpermissions_schema: inert(
    "kinds of things that rules speak of",
    resourcePage("verifiedpermissions_schema"),
  ),
});
