import { document, filters, grants, harmless, inert, service, shares, uses } from "../flows/vocabulary";
import { managedServiceData } from "./documents/managed-service-data";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/waf/latest/developerguide/${page}.html`;

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
      "security_service_policy_data.policy_option": harmless("rules of the network ACLs and firewalls that are made"),
      include_map: uses("accounts and units that the policy is for"),
      exclude_map: uses("accounts and units that the policy is not for"),
    },
  }),
  aws_fms_resource_set: inert("which resources a policy is for", resourcePage("fms_resource_set")),
});
