/** AWS Transfer Family: servers that let users fetch objects and files, connectors and workflows that send them on. */
import {
  at,
  document,
  grants,
  harmless,
  inert,
  moves,
  network,
  opens,
  type Role,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { homeDirectory } from "./documents/home-directory";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/transfer/latest/userguide/${page}.html`;

const inVpc = at("endpoint_type", "PUBLIC").is("VPC");
const server = uses("the server that it is about");

/** What a user sees as directories: paths of buckets and file systems, within what the role lets him read and write. */
const directories: Record<string, Role> = {
  home_directory: document(homeDirectory),
  "home_directory_mappings.entry": harmless("a name that the user sees"),
  "home_directory_mappings.target": document(homeDirectory),
  policy: harmless("narrows the role; it gives nothing more"),
  role: uses("the role with which the server reads for the user"),
};

/** Copy, decrypt and custom steps of a workflow. */
const steps = (path: string): Record<string, Role> => {
  const place = (step: string): Record<string, Role> => ({
    [`${path}.${step}.destination_file_location.s3_file_location.bucket`]: sends("transfer.workflow", "bucket", {
      why: "each file is written there",
    }),
    [`${path}.${step}.destination_file_location.s3_file_location.key`]: harmless("the object's key"),
    [`${path}.${step}.destination_file_location.efs_file_location.file_system_id`]: sends("transfer.workflow", "id", {
      why: "each file is written there",
    }),
    [`${path}.${step}.source_file_location`]: harmless("which of the files the step takes"),
  });
  return {
    ...place("copy_step_details"),
    ...place("decrypt_step_details"),
    [`${path}.custom_step_details.target`]: sends("transfer.workflow", "arn", {
      why: "this function gets each file's place",
    }),
    [`${path}.custom_step_details.source_file_location`]: harmless("which of the files the step takes"),
    [`${path}.delete_step_details.source_file_location`]: harmless("which of the files the step takes"),
    [`${path}.tag_step_details.source_file_location`]: harmless("which of the files the step takes"),
    [`${path}.tag_step_details.tags`]: harmless("tags of an object"),
  };
};

export default service("AWS Transfer Family", {
  aws_transfer_server: moves("lets users fetch and put files over SFTP, FTPS, FTP or AS2", {
    docs: guide("create-server-in-vpc"),
    attributes: {
      // "PUBLIC: … accessible over the public internet", and the default (CreateServer, EndpointType).
      endpoint_type: opens("transfer.public-endpoint", at("endpoint_type", "PUBLIC").is("PUBLIC"), {
        why: "the endpoint is on the internet, and whoever holds a user's key fetches files from anywhere",
      }),
      "endpoint_details.vpc_id": network,
      "endpoint_details.subnet_ids": network,
      "endpoint_details.security_group_ids": network,
      "endpoint_details.address_allocation_ids": network,
      "endpoint_details.vpc_endpoint_id": network,
      domain: harmless("whether files are kept in S3 or EFS"),
      url: sends("transfer.identity-provider", "url", { why: "names and passwords are asked of it" }),
      function: sends("transfer.identity-provider", "arn", { why: "names and passwords are asked of it" }),
      directory_id: uses("the directory of the same account in which users sign in"),
      certificate: uses("the certificate that the server shows"),
      invocation_role: uses("the role with which the identity provider is called"),
      logging_role: uses("the role that writes logs to CloudWatch of the same account and region"),
      structured_log_destinations: sends("transfer.logs", "arn", { why: "logs hold users, addresses and file names" }),
      host_key: harmless("the server's own key"),
      "protocol_details.passive_ip": harmless("an address that the server tells its clients"),
      "workflow_details.on_upload.workflow_id": uses("a workflow, which is judged itself"),
      "workflow_details.on_upload.execution_role": uses("the role that runs it"),
      "workflow_details.on_partial_upload.workflow_id": uses("a workflow, which is judged itself"),
      "workflow_details.on_partial_upload.execution_role": uses("the role that runs it"),
      pre_authentication_login_banner: harmless("text for people"),
      post_authentication_login_banner: harmless("text for people"),
    },
    interfaces: [
      {
        subnets: "endpoint_details.subnet_ids",
        groups: "endpoint_details.security_group_ids",
        publicIpv4: "never",
        ipv6: "never",
        elasticIps: "endpoint_details.address_allocation_ids",
        initiates: false,
        when: inVpc,
        without: "nothing",
      },
    ],
  }),
  aws_transfer_user: grants("lets a user sign in to a server", {
    docs: guide("create-user"),
    data: "server_id",
    attributes: { server_id: server, ...directories },
  }),
  aws_transfer_access: grants("lets a group of a directory sign in to a server", {
    docs: guide("directory-services-users"),
    data: "server_id",
    attributes: { server_id: server, external_id: harmless("a group of the server's own directory"), ...directories },
  }),
  aws_transfer_ssh_key: inert("a user's public key", resourcePage("transfer_ssh_key"), {
    server_id: server,
    user_name: uses("the user"),
    body: harmless("a public key with a comment"),
  }),
  aws_transfer_connector: moves("sends files to the servers of others, and fetches files from them", {
    docs: guide("create-sftp-connector"),
    attributes: {
      url: sends("transfer.connector", "url", { why: "the connector sends files there" }),
      "egress_config.vpc_lattice.resource_configuration_arn": sends("transfer.connector", "arn", {
        why: "the connector sends files there",
      }),
      access_role: uses("the role that reads the files and secrets"),
      logging_role: uses("the role that writes logs to CloudWatch of the same account and region"),
      "as2_config.local_profile_id": uses("the sender's profile"),
      "as2_config.partner_profile_id": uses("the receiver's profile, a name and certificates"),
      "as2_config.message_subject": harmless("text of a message"),
      "sftp_config.user_secret_id": uses("the secret with which the connector signs in"),
      "sftp_config.trusted_host_keys": harmless("public keys of the server"),
    },
  }),
  aws_transfer_agreement: moves("takes files from a partner over AS2; receipts go back on the same connection", {
    docs: guide("create-as2-server"),
    attributes: {
      server_id: server,
      base_directory: document(homeDirectory),
      access_role: uses("the role that writes the files"),
      local_profile_id: uses("the receiver's profile"),
      partner_profile_id: uses("the sender's profile"),
    },
  }),
  aws_transfer_profile: inert("a name and certificates of a sender or receiver", guide("configure-as2-profile"), {
    as2_id: harmless("a name"),
    certificate_ids: uses("certificates"),
  }),
  aws_transfer_certificate: inert("a certificate of a sender or receiver", guide("configure-as2-certs"), {
    certificate: harmless("the certificate itself"),
    certificate_chain: harmless("certificates"),
    private_key: harmless("the key itself, which stays with the service"),
  }),
  aws_transfer_host_key: inert("a server's own key", resourcePage("transfer_host_key"), {
    server_id: server,
    host_key_body: harmless("the key itself"),
    host_key_body_wo: harmless("the key itself"),
  }),
  aws_transfer_workflow: moves("what is done with each file: copies, functions, tags", {
    docs: guide("transfer-workflows"),
    attributes: { ...steps("steps"), ...steps("on_exception_steps") },
  }),
  // A portal on the internet ("Transfer Family web apps"): whoever signs in through Identity Center reads from anywhere.
  aws_transfer_web_app: moves("a portal where users fetch and put objects in a browser", {
    docs: guide("web-app"),
    attributes: {
      access_endpoint: harmless("another address of the portal itself"),
      web_app_endpoint_policy: opens("transfer.web-app", at("web_app_endpoint_policy").is("STANDARD", "FIPS", null), {
        why: "the portal is on the internet, and its users fetch objects from anywhere",
      }),
      "identity_provider_details.identity_center_config.instance_arn": uses("the account's own directory of users"),
      "identity_provider_details.identity_center_config.role": uses("the role with which the portal reads for a user"),
    },
  }),
  aws_transfer_web_app_customization: inert("how a portal looks", resourcePage("transfer_web_app_customization"), {
    web_app_id: uses("the portal"),
    favicon_file: harmless("an image"),
    logo_file: harmless("an image"),
  }),
  aws_transfer_tag: inert("a tag", resourcePage("transfer_tag"), {
    resource_arn: uses("what is tagged"),
    value: harmless("free text"),
  }),
  ...lookups({ transfer_connector: "a connector", transfer_server: "a server" }),
});
