/** Amazon WorkSpaces: desktops that run in AWS and are shown on the users' own devices. */
import { attribute, type Resource } from "../configuration/resource";
import { isList, isUnknown } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  type Finding,
  filters,
  harmless,
  holds,
  inert,
  network,
  opens,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/workspaces/latest/adminguide/${page}.html`;

/**
 * "The default IP access control group allows all traffic … If you associate … your own, only those addresses" (IP access
 * control groups). What the groups of a directory allow is judged at the groups.
 */
function* fromAnywhere(workspace: Resource, context: Context): Generator<Finding> {
  const value = attribute(workspace, "directory_id");
  const directories = context.denoted(value).filter(({ type }) => type === "aws_workspaces_directory");
  const groups = directories.map((directory) => attribute(directory, "ip_group_ids"));
  if (groups.length > 0 && groups.every((ids) => isList(ids) && ids.length > 0)) return;
  const unsure = groups.find(isUnknown);
  yield {
    finding: "flow",
    channel: "workspaces.user-device",
    attribute: "directory_id",
    to: { to: "internet" },
    why: "its user works on it from anywhere, unless the directory has groups of addresses",
    ...(unsure && { unless: unsure.why }),
  };
}

export default service("Amazon WorkSpaces", {
  aws_workspaces_directory: holds("users of desktops, and the network that desktops are in", {
    docs: guide("amazon-workspaces-internet-access"),
    attributes: {
      subnet_ids: network,
      "workspace_creation_properties.custom_security_group_id": network,
      "workspace_creation_properties.enable_internet_access": opens(
        "workspaces.internet",
        at("workspace_creation_properties.enable_internet_access", false).is(true),
        { why: "desktops get public addresses" },
      ),
      "workspace_creation_properties.default_ou": harmless("a place in the directory"),
      // Groups of the configuration are judged by themselves.
      ip_group_ids: shares("workspaces.user-device", "id", {
        why: "desktops are shown on devices that the group allows",
      }),
      "active_directory_config.domain_name": uses("the directory of users"),
      "active_directory_config.service_account_secret_arn": uses("the password for the directory"),
      "certificate_based_auth_properties.certificate_authority_arn": uses(
        "the authority that signs users' certificates",
      ),
      "saml_properties.user_access_url": shares("workspaces.identity-provider", "url", {
        when: at("saml_properties.status", "DISABLED").isNot("DISABLED"),
        why: "whom this provider vouches for signs in",
      }),
    },
    interfaces: [
      {
        subnets: "subnet_ids",
        groups: "workspace_creation_properties.custom_security_group_id",
        publicIpv4: { path: "workspace_creation_properties.enable_internet_access", absent: false },
        initiates: true,
        without: "nothing",
      },
    ],
  }),
  aws_workspaces_workspace: holds("the desktop of a user", {
    docs: guide("amazon-workspaces-ip-access-control-groups"),
    attributes: {
      volume_encryption_key: uses("the key that encrypts disks"),
      user_name: harmless("a name in the directory"),
    },
    also: fromAnywhere,
  }),
  aws_workspaces_ip_group: filters("addresses from which users may work", {
    docs: guide("amazon-workspaces-ip-access-control-groups"),
    attributes: {
      "rules.source": shares("workspaces.user-device", "cidr", { why: "desktops are shown on devices there" }),
    },
  }),
  // A name by which users in several Regions find their desktop; the desktops are judged by themselves.
  aws_workspaces_connection_alias: inert("a name for a directory", resourcePage("workspaces_connection_alias"), {
    connection_string: harmless("its own name"),
  }),
});
