import { grants, inert, service, shares, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

export default service("AWS License Manager", {
  aws_licensemanager_grant: grants("lets an account or organization use a licence", {
    docs: "https://docs.aws.amazon.com/license-manager/latest/userguide/granted-licenses.html",
    attributes: {
      principal: shares("licensemanager.grant", "principal"),
      license_arn: uses("the licence"),
    },
  }),
  aws_licensemanager_grant_accepter: inert("accepts a licence", resourcePage("licensemanager_grant_accepter"), {
    grant_arn: uses("the licence that is offered"),
  }),
  aws_licensemanager_association: inert("which resource needs a licence", resourcePage("licensemanager_association"), {
    license_configuration_arn: uses("the licence"),
    resource_arn: uses("the resource"),
  }),
  aws_licensemanager_license_configuration: inert(
    "how many licences there are",
    resourcePage("licensemanager_license_configuration"),
  ),
});
