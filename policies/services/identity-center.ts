/** People, what they may do in which account, and the applications they sign in to. */
import { at, grants, harmless, holds, identity, inert, sends, service, shares, uses } from "../flows/vocabulary";
import { actionPage, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/singlesignon/latest/userguide/${page}.html`;

const instance = { instance_arn: uses("the instance of Identity Center that the configuration works in") };
const ofSet = { ...instance, permission_set_arn: uses("the permission set") };
const ofApplication = { application_arn: uses("the application") };

export default service("AWS IAM Identity Center", {
  aws_ssoadmin_permission_set: grants("rights that people get in an account that it is assigned in", {
    docs: guide("permissionsetsconcept"),
    attributes: { ...instance, relay_state: harmless("the page of the console that people come to") },
  }),
  aws_ssoadmin_account_assignment: grants("gives people a permission set in an account", {
    docs: guide("assignusers"),
    attributes: { ...instance, permission_set_arn: identity, principal_id: identity, target_id: identity },
  }),
  aws_ssoadmin_permission_set_inline_policy: grants("lets holders of a permission set do something", {
    docs: guide("permissionsetcustom"),
    attributes: { ...ofSet, inline_policy: identity },
  }),
  aws_ssoadmin_managed_policy_attachment: grants("lets holders of a permission set do what a policy of AWS allows", {
    docs: resourcePage("ssoadmin_managed_policy_attachment"),
    attributes: { ...ofSet, managed_policy_arn: identity },
  }),
  aws_ssoadmin_customer_managed_policy_attachment: grants(
    "lets holders of a permission set do what a policy of the account allows",
    {
      docs: resourcePage("ssoadmin_customer_managed_policy_attachment"),
      attributes: { ...ofSet, customer_managed_policy_reference: identity },
    },
  ),
  aws_ssoadmin_permissions_boundary_attachment: grants("bounds what holders of a permission set may do", {
    docs: resourcePage("ssoadmin_permissions_boundary_attachment"),
    attributes: { ...ofSet, permissions_boundary: identity },
  }),
  aws_ssoadmin_instance_access_control_attributes: inert(
    "which attributes of people become tags of their sessions",
    guide("attributesforaccesscontrol"),
    instance,
  ),

  // Whoever signs tokens that Identity Center takes decides who the owner's people are.
  aws_ssoadmin_trusted_token_issuer: grants("lets another provider's tokens stand for the owner's people", {
    docs: guide("using-apps-with-trusted-token-issuer"),
    attributes: {
      ...instance,
      "trusted_token_issuer_configuration.oidc_jwt_configuration.issuer_url": shares(
        "identity-center.trusted-token-issuer",
        "url",
        { why: "whoever signs there can ask for data in the name of the owner's people" },
      ),
    },
  }),
  aws_ssoadmin_application: grants("an application that people sign in to", {
    docs: guide("manage-your-applications"),
    attributes: {
      ...instance,
      application_provider_arn: harmless("the kind of application, which AWS defines"),
      "portal_options.sign_in_options.application_url": sends("identity-center.application", "url", {
        when: at("portal_options.sign_in_options.origin").is("APPLICATION"),
        why: "people are sent there with who they are",
      }),
    },
  }),
  aws_ssoadmin_application_access_scope: grants("what an application may ask Identity Center for", {
    docs: resourcePage("ssoadmin_application_access_scope"),
    attributes: { ...ofApplication, authorized_targets: uses("other applications of the same instance") },
  }),
  aws_ssoadmin_application_assignment: grants("lets people use an application", {
    docs: resourcePage("ssoadmin_application_assignment"),
    attributes: { ...ofApplication, principal_id: uses("a person or group of the identity store") },
  }),
  aws_ssoadmin_application_assignment_configuration: inert(
    "whether an application is for those assigned to it only",
    resourcePage("ssoadmin_application_assignment_configuration"),
    ofApplication,
  ),

  aws_identitystore_user: holds("a person, with names and addresses", {
    docs: "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/welcome.html",
    attributes: {
      addresses: harmless("the person's own; nothing is sent there"),
      emails: harmless("the person's own"),
      phone_numbers: harmless("the person's own"),
      profile_url: harmless("kept with the person"),
    },
  }),
  aws_identitystore_group: inert("a group of people", resourcePage("identitystore_group")),
  aws_identitystore_group_membership: inert(
    "puts a person into a group",
    resourcePage("identitystore_group_membership"),
  ),

  "action.aws_ssoadmin_rename_application": inert("renames an application", actionPage("ssoadmin_rename_application"), {
    application_arn: uses("the application that is renamed"),
  }),
  ...lookups({
    identitystore_group: "a group",
    identitystore_group_memberships: "members",
    identitystore_groups: "groups",
    identitystore_user: "a person",
    identitystore_users: "people",
    ssoadmin_application: "an application",
    ssoadmin_application_assignments: "assignments",
    ssoadmin_application_providers: "kinds of applications",
    ssoadmin_instances: "the instance of Identity Center",
    ssoadmin_permission_set: "a permission set",
    ssoadmin_permission_sets: "permission sets",
    ssoadmin_principal_application_assignments: "assignments",
  }),
});
