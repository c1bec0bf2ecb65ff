/** The tree of accounts and the policies on it. Guardrails only take away; the identity room counts them where it is shown for whom they hold. */
import { attribute, type Resource } from "../configuration/resource";
import type { Context } from "../flows/context";
import {
  document,
  type Finding,
  filters,
  grants,
  harmless,
  identity,
  inert,
  policy,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { organizationBackupPolicy } from "./documents/organization-backup-policy";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/organizations/latest/userguide/${page}.html`;

const placement = {
  global: "AWS Organizations keeps the names of accounts and the policies on them, and no data of users",
};

export default service("AWS Organizations", {
  aws_organizations_organization: inert("the organization itself", guide("orgs_introduction"), {
    aws_service_access_principals: uses("services of AWS that may work in all accounts of the owner's organization"),
    enabled_policy_types: harmless("kinds of policies that can be attached"),
  }),
  aws_organizations_account: inert("an account of the owner's organization", guide("orgs_manage_accounts"), {
    email: harmless("the sign-in name of the account's root user"),
    parent_id: uses("the unit that the account is in"),
    role_name: uses("the role by which the management account administers it"),
  }),
  aws_organizations_organizational_unit: inert("a group of accounts", guide("orgs_manage_ous"), {
    parent_id: uses("the unit that it is in"),
  }),

  aws_organizations_policy: filters("takes rights away, or sets how services work, in the accounts it is attached to", {
    docs: guide("orgs_manage_policies"),
    placement,
    attributes: { content: identity },
    also: function* (one: Resource, _context: Context): Iterable<Finding> {
      if (attribute(one, "type") !== "BACKUP_POLICY") return;
      yield {
        finding: "role",
        attribute: "content",
        value: attribute(one, "content"),
        role: document(organizationBackupPolicy),
      };
    },
  }),
  aws_organizations_policy_attachment: filters("attaches a policy to an account, a unit or the root", {
    docs: guide("orgs_policies_attach"),
    placement,
    attributes: { policy_id: identity, target_id: identity },
  }),

  aws_organizations_delegated_administrator: grants("lets an account administer a service for the whole organization", {
    docs: guide("orgs_integrate_delegated_admin"),
    placement,
    attributes: {
      account_id: shares("organizations.delegated-administrator", "account", {
        why: "a delegated administrator sees and sets up the service in all accounts",
      }),
      service_principal: harmless("the service that is administered"),
    },
  }),
  aws_organizations_resource_policy: grants("lets accounts administer policies of the organization", {
    docs: guide("orgs_delegate_policies"),
    placement,
    attributes: { content: policy("organizations.resource-policy") },
  }),

  ...lookups({
    organizations_delegated_administrators: "delegated administrators",
    organizations_delegated_services: "delegated services",
    organizations_organization: "the organization",
    organizations_organizational_unit: "a unit",
    organizations_organizational_unit_child_accounts: "accounts",
    organizations_organizational_unit_descendant_accounts: "accounts",
    organizations_organizational_unit_descendant_organizational_units: "units",
    organizations_organizational_units: "units",
    organizations_policies: "policies",
    organizations_policies_for_target: "policies",
    organizations_policy: "a policy",
    organizations_resource_tags: "tags",
  }),
});
