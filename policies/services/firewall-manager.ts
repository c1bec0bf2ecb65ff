import type { Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import {
  at,
  document,
  type Finding,
  filters,
  grants,
  harmless,
  inert,
  opens,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { managedServiceData } from "./documents/managed-service-data";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/waf/latest/developerguide/${page}.html`;

const kind = at("security_service_policy_data.type");

/** A common security group is put onto machines beside their own groups, and lets through whatever it allows. */
function* commonGroups(policy: Resource): Generator<Finding> {
  for (const { value, at: where } of find(policy.values, kind.is().path)) {
    if (value !== "SECURITY_GROUPS_COMMON" && !isUnknown(value)) continue;
    const why = "the policy gives machines of other configurations a further security group, which is not followed";
    yield { finding: "undecided", attribute: where, why };
  }
}

export default service("AWS Firewall Manager", {
  aws_fms_admin_account: grants("lets an account set and see firewall policies of the whole organization", {
    docs: guide("fms-administrators"),
    placement: { global: "the administrator is a fact about the organization" },
    attributes: { account_id: shares("fms.administrator", "account") },
  }),
  // What a policy makes in the accounts filters more than before; what it may open is where it writes logs.
  aws_fms_policy: filters("puts web ACLs, firewalls and groups into the organization's accounts", {
    docs: guide("working-with-policies"),
    attributes: {
      "security_service_policy_data.managed_service_data": document(managedServiceData),
      // "Palo Alto Networks Cloud NGFW" or "Fortigate Cloud Native Firewall" ("Firewall Manager third-party firewalls").
      "security_service_policy_data.type": opens("fms.third-party-firewall", kind.is("THIRD_PARTY_FIREWALL"), {
        why: "packets of the networks are led through firewalls that another company runs",
      }),
      "security_service_policy_data.policy_option": harmless("rules of the network ACLs and firewalls that are made"),
      include_map: uses("accounts and units that the policy is for"),
      exclude_map: uses("accounts and units that the policy is not for"),
    },
    also: commonGroups,
  }),
  aws_fms_resource_set: inert("which resources a policy is for", resourcePage("fms_resource_set")),
});
