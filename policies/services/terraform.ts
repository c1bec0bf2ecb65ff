/**
 * What acts beside the resources: the provider block, provisioners, and data sources of Terraform's own that run
 * programs or talk to the network. Backends are in terraform-backends.ts.
 */
import type { Resource } from "../configuration/resource";
import { isUnknown, isWhollyKnown, type Value } from "../configuration/value";
import {
  type DocumentPart,
  document,
  type Entry,
  type Finding,
  harmless,
  inert,
  moves,
  places,
  type Role,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { parseAwsHost } from "../geography/hosts";
import { commandAddresses } from "./documents/command";
import { dataPage, lookups } from "./pages";

const provider = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs";
const language = (page: string) => `https://developer.hashicorp.com/terraform/language/${page}`;

/** Everything that is made with a role is made in the role's account. */
export const foreignAccount = (channel: string): Role =>
  sends(channel, "arn", { why: "everything is made in the account of this role" });

/**
 * Requests, and what is in them, go to an endpoint. One of AWS's own names is AWS's; only its region decides. A VPC
 * endpoint's name, and any other host, is a party's.
 */
export const apiEndpoint = (channel: string): Role =>
  document(function* (url): Generator<DocumentPart> {
    const own = typeof url === "string" ? awsRegion(url) : undefined;
    const why = "API calls, with all that is in them, go there";
    if (own !== undefined) yield { at: "", value: own, role: sends(channel, "region", { why }) };
    else yield { at: "", value: url, role: sends(channel, "url", { why }) };
  });

/** The region of `https://<service>.<region>.amazonaws.com`, where nothing but the service stands in front of it. */
function awsRegion(url: string): string | undefined {
  const host = /^https?:\/\/([^/?#:@]+)(?::\d+)?\/?$/i.exec(url)?.[1]?.toLowerCase();
  if (host === undefined || !/\.(?:amazonaws\.com|amazonaws\.eu|api\.aws)$/.test(host)) return undefined;
  const aws = parseAwsHost(host);
  const plain = aws?.region !== undefined && aws.bucket === undefined && aws.account === undefined;
  return plain && new RegExp(`^[a-z0-9-]+(?:\\.dualstack)?\\.${aws.region}\\.`).test(host) ? aws.region : undefined;
}

export const proxy = (channel: string): Role =>
  sends(channel, "url", { why: "API calls, with all that is in them, pass through it" });

/** A program that a configuration has run can send what it is given anywhere; what it does is not in the configuration. */
const program = (channel: string, attribute: string) =>
  function* (step: Resource): Generator<Finding> {
    yield {
      finding: "flow",
      channel,
      attribute,
      to: { to: "internet" },
      why: "a program is run that can send what it is given anywhere",
      unless: "what the program does is not in the configuration",
    };
    for (const part of commandAddresses(step.values[attribute] ?? null, channel)) {
      yield { finding: "role", attribute: attribute + part.at, value: part.value, role: part.role };
    }
  };

/** Files and scripts go to a host; a resource of this configuration is judged itself. */
const connection: Record<string, Role> = {
  "connection.host": sends("terraform.provisioner", "host", { why: "files and commands are sent to this host" }),
  "connection.bastion_host": sends("terraform.provisioner", "host", { why: "the connection passes through this host" }),
  "connection.proxy_host": sends("terraform.provisioner", "host", { why: "the connection passes through this host" }),
  "connection.host_key": harmless("the host's public key"),
  "connection.bastion_host_key": harmless("the host's public key"),
  "connection.target_platform": harmless("an operating system"),
};

/**
 * A request goes to the host of its URL when Terraform plans. A plain GET carries nothing but its address, into which
 * locals and variables may have put anything: it is a path, but not a certain one.
 * https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http, "Schema".
 */
function* request(source: Resource): Generator<Finding> {
  const { url = null, method = "GET", request_body: body = null, request_headers: headers = null } = source.values;
  const reading = method === "GET" || method === "HEAD" || method === null;
  const bare = typeof url === "string" && !url.includes("?") && body === null && (headers === null || isEmpty(headers));
  const why = "Terraform sends a request there when it plans";
  yield reading && bare
    ? {
        finding: "flow",
        channel: "terraform.http",
        attribute: "url",
        to: { to: "value", value: url, form: "url" },
        why,
        unless: "whether the address holds any data",
      }
    : { finding: "role", attribute: "url", value: url, role: sends("terraform.http", "url", { why }) };
}

const isEmpty = (value: Value): boolean =>
  !isUnknown(value) && isWhollyKnown(value) && typeof value === "object" && Object.keys(value ?? {}).length === 0;

const stateOnly = (what: string, docs: string, attributes: Entry["attributes"] = {}): Entry => ({
  ...inert(what, docs, attributes),
  placement: { global: "values of Terraform's own resources are kept in the state only, which the backend places" },
});

export default service("Terraform", {
  "provider.aws": places("in which account and region resources are made, and by which way they are asked for", {
    docs: provider,
    attributes: {
      region: harmless("the region of resources that name none; each is judged where it stands"),
      "endpoints.*": apiEndpoint("provider.endpoint"),
      http_proxy: proxy("provider.proxy"),
      https_proxy: proxy("provider.proxy"),
      no_proxy: harmless("hosts that are asked directly"),
      ec2_metadata_service_endpoint: receives("where credentials come from"),
      "assume_role.role_arn": foreignAccount("provider.account"),
      "assume_role_with_web_identity.role_arn": foreignAccount("provider.account"),
      "assume_role.policy": harmless("narrows the role"),
      "assume_role.policy_arns": harmless("narrow the role"),
      "assume_role_with_web_identity.policy": harmless("narrows the role"),
      "assume_role_with_web_identity.policy_arns": harmless("narrow the role"),
      allowed_account_ids: shares("provider.account", "account", { why: "everything may be made in this account" }),
      forbidden_account_ids: harmless("accounts in which nothing is made"),
      sts_region: sends("provider.sts", "region", { why: "credentials are asked for there" }),
      s3_us_east_1_regional_endpoint: harmless("has an effect in us-east-1 only"),
      profile: uses("credentials of the machine that runs Terraform"),
      shared_config_files: uses("files of the machine that runs Terraform"),
      shared_credentials_files: uses("files of the machine that runs Terraform"),
      custom_ca_bundle: uses("certificates of the machine that runs Terraform"),
      default_tags: harmless("free text"),
      ignore_tags: harmless("tags that are not looked at"),
    },
  }),

  "provisioner.local-exec": moves("runs a program on the machine that runs Terraform", {
    docs: language("provisioners"),
    attributes: {
      command: harmless("judged below"),
      interpreter: harmless("the shell"),
      environment: harmless("what the program is given"),
      working_dir: harmless("a folder of the machine that runs Terraform"),
    },
    also: program("terraform.local-exec", "command"),
  }),
  "provisioner.remote-exec": moves("runs commands on a host", {
    docs: language("provisioners"),
    attributes: {
      ...connection,
      inline: document((commands) => commandAddresses(commands, "terraform.remote-exec")),
      script: harmless("a file of the machine that runs Terraform, sent to the host"),
      scripts: harmless("files of the machine that runs Terraform, sent to the host"),
    },
  }),
  "provisioner.file": moves("copies files to a host", {
    docs: language("provisioners"),
    attributes: {
      ...connection,
      source: harmless("a file of the machine that runs Terraform, sent to the host"),
      content: harmless("what is written to the host"),
      destination: harmless("a path on the host"),
    },
  }),

  terraform_data: stateOnly("keeps values in the state", language("resources/terraform-data"), {
    input: harmless("values that are kept in the state"),
    triggers_replace: harmless("values that are kept in the state"),
  }),
  "data.terraform_remote_state": inert(
    "reads the outputs of another state; data comes in only",
    language("state/remote-state-data"),
    {
      config: receives("where the other state is read"),
    },
  ),
  "data.external": moves("runs a program on the machine that runs Terraform, when it plans", {
    docs: "https://registry.terraform.io/providers/hashicorp/external/latest/docs/data-sources/external",
    attributes: { program: harmless("judged below"), query: harmless("what the program is given") },
    also: program("terraform.external", "program"),
  }),
  "data.http": moves("sends a request when it plans", {
    docs: "https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http",
    attributes: { url: harmless("judged below") },
    also: request,
  }),

  ...lookups({
    arn: "the parts of an ARN",
    availability_zone: "a zone",
    availability_zones: "zones",
    billing_service_account: "an account of AWS",
    caller_identity: "the account in which Terraform works",
    default_tags: "the provider's tags",
    ip_ranges: "AWS's address ranges",
    partition: "the partition",
    region: "a region",
    regions: "regions",
    service: "the names of a service",
    service_principal: "the name of a service",
  }),
  "data.aws_iam_policy_document": inert(
    "writes a policy as JSON; it is judged where it is used",
    dataPage("iam_policy_document"),
  ),
});
