/** Amazon WorkSpaces Secure Browser: a browser that runs in AWS and is shown on the users' own devices. */
import type { Resource } from "../configuration/resource";
import { isUnknown, Unknown } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  type DocumentReader,
  document,
  type Finding,
  filters,
  grants,
  harmless,
  holds,
  inert,
  moves,
  network,
  opens,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { entityId } from "./documents/saml-metadata";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/workspaces-web/latest/adminguide/${page}.html`;

const portal = uses("the portal");
const keys = {
  customer_managed_key: uses("the key that encrypts the settings"),
  additional_encryption_context: harmless("text that is bound to the encryption"),
};
const joins = (what: string, attribute: string, name: string) =>
  inert(`which portal has ${what}`, resourcePage(`workspacesweb_${name}_association`), {
    portal_arn: portal,
    [attribute]: uses("the settings, judged by themselves"),
  });
const outward = (name: string, doing: string) =>
  opens("workspacesweb.user-device", at(name).is("Enabled"), {
    why: `users may ${doing} on their own devices, wherever they are`,
  });

/** Who the provider is: an address of its metadata, the metadata themselves, or the name of a public one (CreateIdentityProvider). */
const provider: DocumentReader = function* (details) {
  const role = shares("workspacesweb.identity-provider", "any", { why: "whom this provider vouches for signs in" });
  const known = isUnknown(details) ? undefined : (details as Readonly<Record<string, never>>);
  const named = known?.MetadataURL ?? known?.oidc_issuer ?? known?.authorize_url;
  if (named !== undefined) yield { at: "", value: named, role };
  else if (known?.MetadataFile !== undefined) yield { at: ".MetadataFile", value: entityId(known.MetadataFile), role };
  else yield { at: "", value: new Unknown("who the provider is can't be told from these details"), role };
};

/**
 * "By default, WorkSpaces Secure Browser allows users to access their web portal from anywhere" (Managing IP access
 * controls). What the settings that a portal has allow is judged at the settings.
 */
function* fromAnywhere(portal: Resource, context: Context): Generator<Finding> {
  if (context.referring("aws_workspacesweb_ip_access_settings_association", "portal_arn", portal).length > 0) return;
  yield {
    finding: "flow",
    channel: "workspacesweb.user-device",
    to: { to: "internet" },
    why: "its users look at pages from anywhere, unless settings name the addresses that they come from",
  };
}

export default service("Amazon WorkSpaces Secure Browser", {
  aws_workspacesweb_portal: holds("a browser for users who sign in", {
    docs: guide("ip-access-controls"),
    attributes: { ...keys, browser_settings_arn: uses("the settings, judged by themselves") },
    also: fromAnywhere,
  }),
  aws_workspacesweb_network_settings: holds("the network that the browser is in", {
    docs: guide("network-settings"),
    attributes: { subnet_ids: network, security_group_ids: network, vpc_id: network },
    interfaces: [
      { subnets: "subnet_ids", groups: "security_group_ids", publicIpv4: "never", initiates: true, without: "nothing" },
    ],
  }),
  aws_workspacesweb_user_settings: grants("says what users may carry over to their own devices", {
    docs: guide("user-settings"),
    attributes: {
      ...keys,
      copy_allowed: outward("copy_allowed", "paste what they copied"),
      download_allowed: outward("download_allowed", "save files"),
      print_allowed: outward("print_allowed", "print"),
      cookie_synchronization_configuration: harmless("cookies that are taken over from the users' browsers"),
    },
  }),
  aws_workspacesweb_identity_provider: grants("lets an identity provider say who signs in", {
    docs: guide("setup-idp"),
    data: "portal_arn",
    attributes: { portal_arn: portal, identity_provider_details: document(provider) },
  }),
  aws_workspacesweb_session_logger: moves("records what users do in the browser", {
    docs: guide("session-logger"),
    attributes: {
      ...keys,
      "log_configuration.s3.bucket": sends("workspacesweb.session-log", "bucket", {
        account: "log_configuration.s3.bucket_owner",
      }),
      "log_configuration.s3.bucket_owner": sends("workspacesweb.session-log", "account"),
    },
  }),
  aws_workspacesweb_user_access_logging_settings: moves("records which pages users open", {
    docs: guide("user-access-logging"),
    attributes: { kinesis_stream_arn: sends("workspacesweb.access-log", "arn") },
  }),
  aws_workspacesweb_ip_access_settings: filters("says from which addresses users may come", {
    docs: guide("ip-access-controls"),
    attributes: {
      ...keys,
      "ip_rule.ip_range": shares("workspacesweb.user-device", "cidr", { why: "pages are shown on devices there" }),
    },
  }),
  aws_workspacesweb_data_protection_settings: filters("blackens what must not be shown", {
    docs: guide("data-protection-settings"),
    attributes: { ...keys, inline_redaction_configuration: harmless("what is blackened, on which pages") },
  }),
  aws_workspacesweb_browser_settings: inert("settings of the browser", resourcePage("workspacesweb_browser_settings"), {
    ...keys,
    browser_policy: harmless("which pages and programs the browser takes; what it reaches, its network bounds"),
  }),
  aws_workspacesweb_trust_store: inert(
    "certificates that the browser trusts",
    resourcePage("workspacesweb_trust_store"),
    {
      certificate: harmless("certificates that the browser trusts"),
    },
  ),
  aws_workspacesweb_browser_settings_association: joins("which settings", "browser_settings_arn", "browser_settings"),
  aws_workspacesweb_data_protection_settings_association: joins(
    "which settings",
    "data_protection_settings_arn",
    "data_protection_settings",
  ),
  aws_workspacesweb_ip_access_settings_association: filters("from which addresses users of a portal may come", {
    docs: guide("ip-access-controls"),
    data: "portal_arn",
    attributes: {
      portal_arn: portal,
      // Settings of the configuration are judged by themselves.
      ip_access_settings_arn: shares("workspacesweb.user-device", "id", {
        why: "pages are shown on devices that the settings allow",
      }),
    },
  }),
  aws_workspacesweb_network_settings_association: joins("which network", "network_settings_arn", "network_settings"),
  aws_workspacesweb_session_logger_association: joins("which record", "session_logger_arn", "session_logger"),
  aws_workspacesweb_trust_store_association: joins("which certificates", "trust_store_arn", "trust_store"),
  aws_workspacesweb_user_access_logging_settings_association: joins(
    "which record",
    "user_access_logging_settings_arn",
    "user_access_logging_settings",
  ),
  aws_workspacesweb_user_settings_association: joins("which settings", "user_settings_arn", "user_settings"),
});
