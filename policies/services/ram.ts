/** Sharing with other accounts; the identity room joins shares, what is in them and with whom they are shared. */
import { grants, harmless, identity, inert, receives, service } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

const guide = "https://docs.aws.amazon.com/ram/latest/userguide/what-is.html";

export default service("AWS Resource Access Manager", {
  aws_ram_resource_share: grants("a share: resources and those who may use them", {
    docs: guide,
    attributes: { permission_arns: harmless("which actions are shared"), allow_external_principals: identity },
  }),
  aws_ram_principal_association: grants("lets an account, a unit, an organization or a principal use a share", {
    docs: resourcePage("ram_principal_association"),
    attributes: { principal: identity, resource_share_arn: identity },
  }),
  aws_ram_resource_association: grants("puts a resource into a share", {
    docs: resourcePage("ram_resource_association"),
    attributes: { resource_arn: identity, resource_share_arn: identity },
  }),
  aws_ram_resource_share_accepter: grants("takes what another account shares", {
    docs: resourcePage("ram_resource_share_accepter"),
    attributes: { share_arn: receives("another account's resources can be used here") },
  }),
  aws_ram_sharing_with_organization: inert(
    "lets shares with the organization's own accounts work without invitations",
    resourcePage("ram_sharing_with_organization"),
  ),
  ...lookups({ ram_resource_share: "a share" }),
});
