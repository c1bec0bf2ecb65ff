/** AppStream: applications that run in AWS and are shown on the users' own devices. */
import type { Resource } from "../configuration/resource";
import { attribute } from "../configuration/resource";
import { find, isList, isUnknown } from "../configuration/value";
import {
  at,
  type Finding,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  network,
  opens,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/appstream2/latest/developerguide/${page}.html`;

/** "… streaming instances … can access the internet" through the service's own addresses. */
const internet = opens("appstream.default-internet", at("enable_default_internet_access", false).is(true), {
  why: "what runs on the instances reaches the internet",
});
const instances: InterfaceRule = {
  subnets: "vpc_config.subnet_ids",
  groups: "vpc_config.security_group_ids",
  publicIpv4: { path: "enable_default_internet_access", absent: false },
  initiates: true,
  without: "nothing",
};
const machine = {
  enable_default_internet_access: internet,
  "vpc_config.subnet_ids": network,
  "vpc_config.security_group_ids": network,
  iam_role_arn: uses("the role that applications have"),
  image_arn: uses("the image that instances start from"),
  domain_join_info: uses("the directory that instances join"),
};

const OUTWARD: Readonly<Record<string, string>> = {
  CLIPBOARD_COPY_TO_LOCAL_DEVICE: "copy text to their own devices",
  FILE_DOWNLOAD: "save files on their own devices",
  PRINTING_TO_LOCAL_DEVICE: "print on their own devices",
};

/**
 * "By default, these actions are enabled" (CreateStack, UserSettings). Devices are anywhere, unless sessions go through
 * endpoints in the owner's own network.
 */
function* toDevices(stack: Resource): Generator<Finding> {
  const endpoints = attribute(stack, "access_endpoints");
  if (isList(endpoints) && endpoints.length > 0) return;
  for (const [action, doing] of Object.entries(OUTWARD)) {
    const settings = find(stack.values, "user_settings").filter(
      ({ value }) => isUnknown(value) || (value as { action?: unknown }).action === action,
    );
    const permissions = settings.flatMap(({ value, at: where }) =>
      isUnknown(value)
        ? [{ value, at: where }]
        : find(value as Resource["values"], "permission").map((found) => ({
            value: found.value,
            at: `${where}.permission`,
          })),
    );
    if (permissions.length === 0) {
      yield leaves("user_settings", doing);
    }
    for (const { value, at: where } of permissions) {
      if (isUnknown(value)) yield { ...leaves(where, doing), unless: value.why };
      else if (value !== "DISABLED") yield leaves(where, doing);
    }
  }
}

const leaves = (attributePath: string, doing: string) =>
  ({
    finding: "flow",
    channel: "appstream.user-device",
    attribute: attributePath,
    to: { to: "internet" },
    why: `users may ${doing}, wherever they are`,
  }) as const;

const invited = shares("appstream.user", "email", { why: "this person signs in from anywhere" });

export default service("Amazon AppStream 2.0", {
  aws_appstream_fleet: holds("instances on which users' applications run", {
    docs: guide("internet-access"),
    attributes: machine,
    interfaces: [instances],
  }),
  aws_appstream_image_builder: holds("an instance on which an image is made", {
    docs: guide("internet-access"),
    attributes: { ...machine, access_endpoint: uses("an endpoint by which the maker of the image connects") },
    interfaces: [instances],
  }),
  aws_appstream_stack: holds("what users may do in a session, and where their files are kept", {
    docs: guide("managing-stacks"),
    attributes: {
      user_settings: harmless("read together with the defaults of what is not said"),
      access_endpoints: uses("endpoints by which sessions come instead of the internet"),
      "storage_connectors.connector_type": opens(
        "appstream.storage-connector",
        at("storage_connectors.connector_type").isNot("HOMEFOLDERS", null),
        { why: "users keep their files at Google or Microsoft" },
      ),
      "storage_connectors.domains": harmless("whose accounts there may be used"),
      "storage_connectors.resource_identifier": uses("the bucket of home folders, which the service makes here"),
      feedback_url: sends("appstream.feedback", "url", { why: "users' feedback goes there" }),
      redirect_url: harmless("where the browser goes when a session ends; nothing of the session goes with it"),
      embed_host_domains: harmless("pages that may show the session in a frame, which they can't read"),
      "application_settings.settings_group": harmless("a prefix in a bucket that the service makes here"),
    },
    also: toDevices,
  }),
  aws_appstream_user: holds("lets a person sign in with an e-mail address", {
    docs: guide("user-pool-admin"),
    attributes: { user_name: invited },
  }),
  aws_appstream_user_stack_association: holds("lets a person use a stack", {
    docs: guide("user-pool-admin"),
    data: "stack_name",
    attributes: { user_name: invited },
  }),
  aws_appstream_directory_config: inert(
    "the directory that instances join",
    resourcePage("appstream_directory_config"),
    {
      "service_account_credentials.account_name": harmless("a name in the directory"),
      "certificate_based_auth_properties.certificate_authority_arn": uses(
        "the authority that signs users' certificates",
      ),
    },
  ),
  aws_appstream_fleet_stack_association: inert(
    "which fleet a stack runs on",
    resourcePage("appstream_fleet_stack_association"),
  ),
});
