import { attribute, type Resource } from "../configuration/resource";
import { isList } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  document,
  type Finding,
  grants,
  harmless,
  holds,
  inert,
  network,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { entityId } from "./documents/saml-metadata";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/grafana/latest/userguide/${page}.html`;

const provider = (form: "url" | "any") =>
  shares("grafana.identity-provider", form, { why: "whom this provider vouches for sees the dashboards" });

/** A key works from anywhere, and people sign in from anywhere, unless the workspace only answers to endpoints and prefix lists of the owner's. */
function* fromAnywhere(credential: Resource, context: Context): Generator<Finding> {
  const workspaces = context.denoted(attribute(credential, "workspace_id"));
  const narrowed = (workspace: Resource) => {
    const access = attribute(workspace, "network_access_control");
    return isList(access) && access.length > 0;
  };
  if (workspaces.length > 0 && workspaces.every(narrowed)) return;
  yield {
    finding: "flow",
    channel: "grafana.credential",
    to: { to: "internet" },
    why: "whoever holds the credential, or signs in, reads what the workspace reads, from anywhere",
  };
}

export default service("Amazon Managed Grafana", {
  aws_grafana_workspace: holds("shows and queries data, and sends alerts", {
    docs: guide("AMG-configure-vpc"),
    attributes: {
      role_arn: uses("the role that reads data"),
      organization_role_name: uses("a role in accounts of the organization that data are read with"),
      notification_destinations: harmless("which service sends alerts; their addresses are set in Grafana"),
      "vpc_configuration.subnet_ids": network,
      "vpc_configuration.security_group_ids": network,
      network_access_control: harmless("narrows from where the workspace can be reached"),
      configuration: harmless("switches of Grafana"),
    },
    interfaces: [
      {
        subnets: "vpc_configuration.subnet_ids",
        groups: "vpc_configuration.security_group_ids",
        publicIpv4: "never",
        initiates: true,
        // "By default, traffic from your workspace to data sources or notification channels flows via the public Internet."
        without: {
          internet: "grafana.public-network",
          why: "without a VPC, queries and alerts go over the public internet to whatever address Grafana is given",
        },
      },
    ],
  }),
  aws_grafana_workspace_saml_configuration: grants("lets an identity provider say who sees dashboards", {
    docs: guide("authentication-in-AMG-SAML"),
    data: "workspace_id",
    attributes: {
      idp_metadata_url: provider("url"),
      idp_metadata_xml: document(function* (metadata) {
        yield { at: "", value: entityId(metadata), role: provider("any") };
      }),
      allowed_organizations: harmless("narrows whom the provider may vouch for"),
      email_assertion: harmless("the name of a field"),
    },
  }),
  aws_grafana_workspace_api_key: grants("a key for reading and changing dashboards", {
    docs: guide("API_key_workspaces"),
    data: "workspace_id",
    also: fromAnywhere,
  }),
  aws_grafana_workspace_service_account_token: grants("a token for reading and changing dashboards", {
    docs: guide("service-accounts"),
    data: "workspace_id",
    attributes: { service_account_id: uses("the account that the token is for") },
    also: fromAnywhere,
  }),
  aws_grafana_workspace_service_account: inert(
    "an account for programs; its tokens are resources of their own",
    resourcePage("grafana_workspace_service_account"),
  ),
  aws_grafana_role_association: grants("lets people of the organization's own directory see dashboards", {
    docs: guide("authentication-in-AMG-SSO"),
    data: "workspace_id",
    attributes: { user_ids: uses("users of the directory"), group_ids: uses("groups of the directory") },
    also: fromAnywhere,
  }),
  aws_grafana_license_association: inert("which licence a workspace has", resourcePage("grafana_license_association")),
});
