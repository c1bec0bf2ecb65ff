import { at, document, harmless, inert, moves, opens, receives, service, uses } from "../flows/vocabulary";
import { connectionUrl } from "./documents/connection-url";
import { isUrl, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/amplify/latest/userguide/${page}.html`;

export default service("AWS Amplify", {
  aws_amplify_app: moves("builds and serves a web application, by its branches", {
    docs: guide("redirects"),
    attributes: {
      repository: receives("code comes from there"),
      // A rewrite hands requests on and shows the answer as its own; a redirect tells the browser another address.
      "custom_rule.target": document(connectionUrl("amplify.rewrite", isUrl("custom_rule.target"))),
      "custom_rule.source": harmless("which paths are meant"),
      "custom_rule.condition": harmless("which visitors are meant"),
      iam_service_role_arn: uses("the role that builds act with"),
      compute_role_arn: uses("the role that the application acts with"),
      environment_variables: harmless("read by builds"),
      "auto_branch_creation_config.environment_variables": harmless("read by builds"),
      build_spec: harmless("the builds' commands"),
      "auto_branch_creation_config.build_spec": harmless("the builds' commands"),
      custom_headers: harmless("headers of answers"),
      enable_auto_branch_creation: opens("amplify.hosting", at("enable_auto_branch_creation", false).is(true), {
        why: "each branch of the repository is built with internet access and served from edge locations all over the world",
      }),
    },
  }),
  aws_amplify_branch: moves("builds a branch and serves it", {
    docs: guide("welcome"),
    data: "app_id",
    attributes: {
      branch_name: opens("amplify.hosting", at("branch_name").isNot(""), {
        why: "the branch is built with internet access and served from edge locations all over the world",
      }),
      backend_environment_arn: uses("the backend that the branch uses"),
      environment_variables: harmless("read by builds"),
    },
  }),
  aws_amplify_backend_environment: inert(
    "names a stack of AWS CloudFormation and its files",
    resourcePage("amplify_backend_environment"),
  ),
  aws_amplify_domain_association: inert("another name for branches", resourcePage("amplify_domain_association"), {
    domain_name: harmless("the name"),
    enable_auto_sub_domain: harmless("whether new branches get names"),
    sub_domain: harmless("names of branches"),
    "certificate_settings.custom_certificate_arn": uses("the certificate of the name"),
  }),
  aws_amplify_webhook: inert("lets somebody start a build of a branch", resourcePage("amplify_webhook")),
});
