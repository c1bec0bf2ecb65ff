/** Where Terraform keeps the state, which holds every attribute of every resource, secrets too. */
import type { Resource } from "../configuration/resource";
import type { Value } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  document,
  type Entry,
  type Finding,
  type FlowTarget,
  harmless,
  inert,
  moves,
  opens,
  type Role,
  sends,
  service,
  shares,
  type TargetForm,
  uses,
} from "../flows/vocabulary";
import { connectionUrl } from "./documents/connection-url";
import { apiEndpoint, foreignAccount, proxy } from "./terraform";

const CHANNEL = "terraform.state";
const docs = (name: string) => `https://developer.hashicorp.com/terraform/language/backend/${name}`;
const kept = "the state, with every attribute and secret, is kept there";
const sent = (form: TargetForm): Role => sends(CHANNEL, form, { why: kept });

/** The state goes to the value of an attribute, or to what Terraform takes when it is absent. */
const stateAt = (attribute: string, form: TargetForm, absent: Value) =>
  function* (backend: Resource): Generator<Finding> {
    const value = backend.values[attribute] ?? absent;
    if (value === null) yield unconfigured(attribute);
    else yield { finding: "role", attribute, value, role: sent(form) };
  };

const unconfigured = (attribute: string): Finding => ({
  finding: "undecided",
  attribute,
  why: `where the state is kept is not in the configuration: ${attribute} comes from the environment or the command line`,
});

/** A cloud that is not AWS: the state leaves with the first apply. */
const elsewhere = (hostOf: (backend: Resource) => string) =>
  function* (backend: Resource): Generator<Finding> {
    const to: FlowTarget = { to: "value", value: hostOf(backend), form: "host" };
    yield { finding: "flow", channel: CHANNEL, to, why: kept };
  };

/** The bucket of a state is made by whoever runs Terraform, or is one of this configuration. */
function* stateBucket(backend: Resource, context: Context): Generator<Finding> {
  const { bucket = null, region = null } = backend.values;
  if (region === null) yield unconfigured("region");
  if (bucket === null) return;
  const own = context.ofType("aws_s3_bucket").find((one) => one.values.bucket === bucket);
  if (own)
    yield { finding: "flow", channel: CHANNEL, attribute: "bucket", to: { to: "resource", resource: own }, why: kept };
  else if (typeof bucket === "string" && bucket.startsWith("arn:")) {
    yield { finding: "role", attribute: "bucket", value: bucket, role: sent("arn") };
  }
}

const endpoint = apiEndpoint("terraform.state-endpoint");

function blobHost(backend: Resource): string {
  const account = backend.values.storage_account_name;
  return typeof account === "string" ? `${account}.blob.core.windows.net` : "blob.core.windows.net";
}

/** HashiCorp's own service in the United States, unless another installation is named. */
const HCP_TERRAFORM = "app.terraform.io";

const hosted = (what: string, page: string): Entry =>
  moves(what, {
    docs: page,
    attributes: {
      hostname: harmless("judged below, with its default"),
      organization: harmless("a name at that service"),
      workspaces: harmless("names at that service"),
      token: harmless("signs in to that service"),
    },
    also: stateAt("hostname", "host", HCP_TERRAFORM),
  });

export default service("Terraform backends", {
  "backend.s3": moves("keeps the state in a bucket", {
    docs: docs("s3"),
    placement: { global: "the bucket of the state stands in the backend's region and is the owner's" },
    attributes: {
      region: sent("region"),
      bucket: harmless("judged below, with its region"),
      key: harmless("the object's key"),
      workspace_key_prefix: harmless("the beginning of keys"),
      acl: opens("terraform.state-acl", at("acl").is("public-read", "public-read-write", "authenticated-read"), {
        why: "everybody may read the state",
      }),
      role_arn: foreignAccount(CHANNEL),
      "assume_role.role_arn": foreignAccount(CHANNEL),
      "assume_role_with_web_identity.role_arn": foreignAccount(CHANNEL),
      "assume_role.policy": harmless("narrows the role"),
      "assume_role.policy_arns": harmless("narrow the role"),
      allowed_account_ids: shares(CHANNEL, "account", { why: "the state may be kept in this account" }),
      forbidden_account_ids: harmless("accounts in which nothing is kept"),
      kms_key_id: uses("the key that encrypts the state"),
      dynamodb_table: uses("locks, in the same account and region"),
      endpoint,
      dynamodb_endpoint: endpoint,
      iam_endpoint: endpoint,
      sts_endpoint: endpoint,
      "endpoints.*": endpoint,
      sts_region: sends("terraform.state-sts", "region", { why: "credentials are asked for there" }),
      http_proxy: proxy("terraform.state-proxy"),
      https_proxy: proxy("terraform.state-proxy"),
      no_proxy: harmless("hosts that are asked directly"),
      ec2_metadata_service_endpoint: uses("where credentials come from"),
      profile: uses("credentials of the machine that runs Terraform"),
      shared_credentials_file: uses("files of the machine that runs Terraform"),
      shared_credentials_files: uses("files of the machine that runs Terraform"),
      shared_config_files: uses("files of the machine that runs Terraform"),
      custom_ca_bundle: uses("certificates of the machine that runs Terraform"),
    },
    also: stateBucket,
  }),
  "backend.local": inert("keeps the state on the machine that runs Terraform", docs("local"), {
    path: harmless("a path of the machine that runs Terraform"),
    workspace_dir: harmless("a path of the machine that runs Terraform"),
  }),
  "backend.cloud": hosted(
    "keeps the state, and runs Terraform, at HCP Terraform",
    "https://developer.hashicorp.com/terraform/cli/cloud/settings",
  ),
  "backend.remote": hosted("keeps the state, and runs Terraform, at HCP Terraform", docs("remote")),
  "backend.http": moves("sends the state to a server", {
    docs: docs("http"),
    attributes: {
      address: harmless("judged below"),
      lock_address: sends(CHANNEL, "url", { why: "locks are asked for there" }),
      unlock_address: sends(CHANNEL, "url", { why: "locks are given back there" }),
      client_ca_certificate_pem: harmless("a certificate"),
      client_certificate_pem: harmless("a certificate"),
    },
    also: stateAt("address", "url", null),
  }),
  "backend.gcs": moves("keeps the state in Google Cloud Storage", {
    docs: docs("gcs"),
    attributes: {
      bucket: harmless("a bucket at Google"),
      storage_custom_endpoint: sent("url"),
      impersonate_service_account: harmless("signs in to Google"),
      impersonate_service_account_delegates: harmless("sign in to Google"),
      kms_encryption_key: harmless("a key at Google"),
    },
    also: elsewhere(() => "storage.googleapis.com"),
  }),
  "backend.azurerm": moves("keeps the state in Azure Blob Storage", {
    docs: docs("azurerm"),
    attributes: {
      storage_account_name: harmless("judged below"),
      container_name: harmless("a name within the storage account"),
      endpoint: sent("url"),
      metadata_host: sent("host"),
      msi_endpoint: uses("where credentials come from"),
    },
    also: elsewhere(blobHost),
  }),
  "backend.cos": moves("keeps the state in Tencent Cloud", {
    docs: docs("cos"),
    attributes: {
      bucket: harmless("a bucket at Tencent"),
      region: harmless("a region of Tencent"),
      domain: sent("host"),
      endpoint: sent("host"),
    },
    also: elsewhere(() => "myqcloud.com"),
  }),
  "backend.oss": moves("keeps the state in Alibaba Cloud", {
    docs: docs("oss"),
    attributes: {
      bucket: harmless("a bucket at Alibaba"),
      region: harmless("a region of Alibaba"),
      endpoint: sent("host"),
      tablestore_endpoint: sends(CHANNEL, "url", { why: "locks are kept there" }),
      sts_endpoint: sends(CHANNEL, "url", { why: "credentials are asked for there" }),
    },
    also: elsewhere(() => "aliyuncs.com"),
  }),
  "backend.pg": moves("keeps the state in a PostgreSQL database", {
    docs: docs("pg"),
    attributes: { conn_str: harmless("judged below"), schema_name: harmless("a name within the database") },
    also: function* (backend: Resource): Generator<Finding> {
      const { conn_str: value = null } = backend.values;
      if (value === null) yield unconfigured("conn_str");
      else yield { finding: "role", attribute: "conn_str", value, role: document(connectionUrl(CHANNEL)) };
    },
  }),
  "backend.consul": moves("keeps the state in a Consul cluster", {
    docs: docs("consul"),
    attributes: {
      address: harmless("judged below"),
      path: harmless("a key"),
      datacenter: harmless("a name of the cluster"),
    },
    also: stateAt("address", "host", null),
  }),
  "backend.kubernetes": moves("keeps the state in a Kubernetes cluster", {
    docs: docs("kubernetes"),
    attributes: {
      host: harmless("judged below"),
      config_path: uses("a file of the machine that runs Terraform"),
      config_paths: uses("files of the machine that runs Terraform"),
      exec: uses("a program that fetches credentials"),
    },
    also: stateAt("host", "url", null),
  }),
});
