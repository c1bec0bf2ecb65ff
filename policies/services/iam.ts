/**
 * Principals, their credentials and their policies. What the policies let whom do is decided in the identity room; an
 * entry here says which attributes it reads.
 */
import { grants, harmless, identity, inert, service, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;

/** IAM has no regions: its control plane is in us-east-1 and holds names and policies, no data. */
const placement = {
  global: "IAM keeps names, policies and public keys, which are the same in every region, and no data of users",
};

const boundary = { permissions_boundary: identity };

export default service("AWS Identity and Access Management", {
  aws_iam_role: grants("can be taken on by whom its trust policy names, and may then do what its policies allow", {
    docs: guide("id_roles"),
    placement,
    attributes: {
      assume_role_policy: identity,
      "inline_policy.policy": identity,
      managed_policy_arns: identity,
      ...boundary,
    },
  }),
  aws_iam_role_policy: grants("lets a role do something", {
    docs: guide("access_policies_managed-vs-inline"),
    placement,
    attributes: { role: uses("the role"), policy: identity },
  }),
  aws_iam_role_policy_attachment: grants("lets a role do what a policy allows", {
    docs: resourcePage("iam_role_policy_attachment"),
    placement,
    attributes: { role: uses("the role"), policy_arn: identity },
  }),
  aws_iam_role_policy_attachments_exclusive: grants("lets a role do what its listed policies allow", {
    docs: resourcePage("iam_role_policy_attachments_exclusive"),
    placement,
    attributes: { role_name: uses("the role"), policy_arns: identity },
  }),
  aws_iam_role_policies_exclusive: inert(
    "takes all inline policies from a role but those that it names",
    resourcePage("iam_role_policies_exclusive"),
  ),
  aws_iam_instance_profile: grants("hands a role to instances", {
    docs: guide("id_roles_use_switch-role-ec2_instance-profiles"),
    placement,
    attributes: { role: uses("the role, which instances of the same account take on") },
  }),
  aws_iam_service_linked_role: inert(
    "a role that only one service of AWS can take on, with a policy that AWS writes",
    guide("id_roles_create-service-linked-role"),
    { aws_service_name: uses("the service that takes the role on, in the same account") },
  ),

  aws_iam_user: grants("may do what its policies allow, with whatever credentials it has", {
    docs: guide("id_users"),
    placement,
    attributes: boundary,
  }),
  aws_iam_user_policy: grants("lets a user do something", {
    docs: guide("access_policies_managed-vs-inline"),
    placement,
    attributes: { user: uses("the user"), policy: identity },
  }),
  aws_iam_user_policy_attachment: grants("lets a user do what a policy allows", {
    docs: resourcePage("iam_user_policy_attachment"),
    placement,
    attributes: { user: uses("the user"), policy_arn: identity },
  }),
  aws_iam_user_policy_attachments_exclusive: grants("lets a user do what its listed policies allow", {
    docs: resourcePage("iam_user_policy_attachments_exclusive"),
    placement,
    attributes: { user_name: uses("the user"), policy_arns: identity },
  }),
  aws_iam_user_policies_exclusive: inert(
    "takes all inline policies from a user but those that it names",
    resourcePage("iam_user_policies_exclusive"),
  ),
  aws_iam_user_group_membership: grants("puts a user into groups", {
    docs: resourcePage("iam_user_group_membership"),
    placement,
    attributes: { user: identity, groups: identity },
  }),
  aws_iam_access_key: grants("a key of a user that works from anywhere until it is taken away", {
    docs: guide("id_credentials_access-keys"),
    placement,
    attributes: { user: identity, status: identity },
  }),
  aws_iam_user_login_profile: grants("a password of a user that works from anywhere", {
    docs: guide("id_credentials_passwords_admin-change-user"),
    placement,
    attributes: { user: identity },
  }),
  aws_iam_user_ssh_key: grants("an SSH key of a user, for AWS CodeCommit", {
    docs: guide("id_credentials_ssh-keys"),
    placement,
    attributes: { username: identity, public_key: harmless("the public half") },
  }),
  aws_iam_signing_certificate: grants("a certificate of a user that signs requests to some services", {
    docs: guide("id_credentials_signing-certificates"),
    placement,
    attributes: { user_name: identity, certificate_body: harmless("the public half") },
  }),
  aws_iam_service_specific_credential: grants("a user's own password for one service", {
    docs: guide("id_credentials_service-specific-creds"),
    placement,
    attributes: { user_name: identity, service_name: identity },
  }),
  aws_iam_virtual_mfa_device: inert(
    "a second factor; it narrows who can sign in, not from where",
    guide("id_credentials_mfa"),
  ),

  aws_iam_group: grants("a group of users", { docs: guide("id_groups"), placement }),
  aws_iam_group_membership: grants("puts users into a group", {
    docs: resourcePage("iam_group_membership"),
    placement,
    attributes: { group: identity, users: identity },
  }),
  aws_iam_group_policy: grants("lets a group's users do something", {
    docs: guide("access_policies_managed-vs-inline"),
    placement,
    attributes: { group: uses("the group"), policy: identity },
  }),
  aws_iam_group_policy_attachment: grants("lets a group's users do what a policy allows", {
    docs: resourcePage("iam_group_policy_attachment"),
    placement,
    attributes: { group: uses("the group"), policy_arn: identity },
  }),
  aws_iam_group_policy_attachments_exclusive: grants("lets a group's users do what its listed policies allow", {
    docs: resourcePage("iam_group_policy_attachments_exclusive"),
    placement,
    attributes: { group_name: uses("the group"), policy_arns: identity },
  }),
  aws_iam_group_policies_exclusive: inert(
    "takes all inline policies from a group but those that it names",
    resourcePage("iam_group_policies_exclusive"),
  ),

  aws_iam_policy: grants("allows something to those it is attached to", {
    docs: guide("access_policies_managed-vs-inline"),
    placement,
    attributes: { policy: identity },
  }),
  aws_iam_policy_attachment: grants("attaches a policy to users, groups and roles, and to no others", {
    docs: resourcePage("iam_policy_attachment"),
    placement,
    attributes: { policy_arn: identity, roles: identity, users: identity, groups: identity },
  }),

  aws_iam_openid_connect_provider: grants("lets roles trust identities of an OpenID Connect provider", {
    docs: guide("id_roles_providers_oidc"),
    placement,
    attributes: { url: identity, client_id_list: harmless("for whom tokens must be made") },
  }),
  aws_iam_saml_provider: grants("lets roles trust identities of a SAML provider", {
    docs: guide("id_roles_providers_saml"),
    placement,
    attributes: { saml_metadata_document: identity },
  }),

  aws_iam_server_certificate: inert(
    "a certificate for load balancers of the account",
    resourcePage("iam_server_certificate"),
    {
      certificate_body: harmless("the public half"),
      certificate_chain: harmless("public certificates"),
      private_key: harmless("comes in; IAM does not give it out again"),
    },
  ),
  aws_iam_account_alias: inert("a name in the sign-in address of the account", guide("console_account-alias"), {
    account_alias: harmless("a name"),
  }),
  aws_iam_account_password_policy: inert(
    "how long and how old passwords may be",
    guide("id_credentials_passwords_account-policy"),
  ),
  aws_iam_organizations_features: inert(
    "lets the management account look after root users of its member accounts",
    guide("id_root-enable-root-access"),
  ),

  ...lookups({
    iam_access_keys: "the ids of a user's keys",
    iam_account_alias: "the account's alias",
    iam_group: "a group",
    iam_instance_profile: "an instance profile",
    iam_instance_profiles: "instance profiles",
    iam_openid_connect_provider: "an identity provider",
    iam_policy: "a policy",
    iam_principal_policy_simulation: "what AWS's own simulator says",
    iam_role: "a role",
    iam_roles: "roles",
    iam_saml_provider: "an identity provider",
    iam_server_certificate: "a certificate",
    iam_session_context: "the role behind a session",
    iam_user: "a user",
    iam_user_ssh_key: "a public key",
    iam_users: "users",
  }),
});
