/** Amazon Redshift clusters: who may query them, what is copied from them. Serverless ones are in redshift-serverless.ts. */
import {
  at,
  type DocumentReader,
  document,
  grants,
  harmless,
  holds,
  inert,
  moves,
  network,
  places,
  policy,
  receives,
  sends,
  service,
  shares,
  stands,
  uses,
} from "../flows/vocabulary";
import { redshiftSql } from "./documents/redshift-sql";
import { dataPage, isArn, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/redshift/latest/mgmt/${page}.html`;
const sharing = (page: string) => `https://docs.aws.amazon.com/redshift/latest/dg/${page}.html`;

/** An account, `DataCatalog/` with an account, or `ADX` (AuthorizeDataShare, "ConsumerIdentifier"). */
const consumer: DocumentReader = function* (identifier) {
  const value = typeof identifier === "string" ? identifier.replace(/^DataCatalog\//, "") : identifier;
  const role = shares("redshift.data-share", "principal", { why: "the consumer may query the shared tables" });
  yield { at: "", value, role };
};

const cluster = uses("the cluster that it is about");

export default service("Amazon Redshift", {
  aws_redshift_cluster: holds("a data warehouse", {
    docs: guide("managing-clusters-vpc"),
    attributes: {
      cluster_identifier: harmless("its own name"),
      availability_zone: stands("zone"),
      multi_az: harmless("whether nodes stand in two zones of the region"),
      cluster_subnet_group_name: network,
      vpc_security_group_ids: network,
      publicly_accessible: network,
      elastic_ip: network,
      // Off, COPY and UNLOAD take AWS's own network to the buckets that SQL names; what SQL is run is not in a configuration.
      enhanced_vpc_routing: harmless("which way COPY and UNLOAD take"),
      iam_roles: uses("roles that the warehouse assumes; judged by their policies"),
      default_iam_role_arn: uses("the role that the warehouse assumes; judged by its policies"),
      kms_key_id: uses("the key that encrypts the warehouse"),
      master_password_secret_kms_key_id: uses("the key that encrypts the master user's secret"),
      cluster_parameter_group_name: uses("parameters"),
      snapshot_arn: receives("the snapshot that is restored into this cluster"),
      snapshot_identifier: receives("the snapshot that is restored into this cluster"),
      snapshot_cluster_identifier: receives("the cluster whose snapshot is restored"),
      owner_account: receives("the account whose snapshot is restored"),
      final_snapshot_identifier: harmless("the name of a snapshot in the same account and region"),
    },
    interfaces: [
      {
        subnets: "cluster_subnet_group_name",
        groups: "vpc_security_group_ids",
        publicIpv4: { path: "publicly_accessible", absent: false },
        ipv6: "never",
        initiates: false,
        without: "default-vpc",
      },
    ],
  }),
  aws_redshift_subnet_group: places("the subnets that clusters stand in", {
    docs: guide("working-with-cluster-subnet-groups"),
    attributes: { subnet_ids: network },
  }),
  aws_redshift_cluster_iam_roles: inert(
    "roles that a cluster assumes; judged by their policies",
    resourcePage("redshift_cluster_iam_roles"),
    {
      cluster_identifier: cluster,
      iam_role_arns: uses("roles; what they may is judged by their policies"),
      default_iam_role_arn: uses("a role; what it may is judged by its policies"),
    },
  ),
  aws_redshift_cluster_snapshot: holds("a snapshot of a cluster", {
    docs: guide("working-with-snapshots"),
    attributes: { cluster_identifier: receives("the cluster that is copied") },
  }),
  aws_redshift_snapshot_copy: moves("copies each snapshot of a cluster to another region", {
    docs: guide("cross-region-snapshot-copy"),
    data: "cluster_identifier",
    attributes: {
      cluster_identifier: cluster,
      destination_region: sends("redshift.snapshot-copy", "region", { why: "each snapshot is copied there" }),
      snapshot_copy_grant_name: uses("the key that encrypts the copies"),
    },
  }),
  aws_redshift_snapshot_copy_grant: inert(
    "lets Redshift use a key in its own region",
    resourcePage("redshift_snapshot_copy_grant"),
    {
      kms_key_id: uses("the key"),
    },
  ),
  aws_redshift_snapshot_schedule: inert("when snapshots are made", resourcePage("redshift_snapshot_schedule"), {
    definitions: harmless("times"),
  }),
  aws_redshift_snapshot_schedule_association: inert(
    "joins a schedule to a cluster",
    resourcePage("redshift_snapshot_schedule_association"),
    { cluster_identifier: cluster, schedule_identifier: uses("the schedule") },
  ),

  aws_redshift_data_share_authorization: grants(
    "lets an account, or everybody through AWS Data Exchange, query a share",
    {
      docs: sharing("authorize-datashare-console"),
      data: "data_share_arn",
      attributes: {
        data_share_arn: uses("the share"),
        consumer_identifier: document(consumer),
      },
    },
  ),
  aws_redshift_data_share_consumer_association: moves("lets warehouses of this account query a share", {
    docs: sharing("associate-datashare-console"),
    data: "data_share_arn",
    attributes: {
      data_share_arn: receives("the share that is queried"),
      consumer_arn: sends("redshift.data-share", "arn", { why: "this warehouse may query the shared tables" }),
      consumer_region: sends("redshift.data-share", "region", { why: "warehouses there may query the shared tables" }),
      associate_entire_account: harmless("all warehouses of the account, each judged where it stands"),
    },
  }),
  aws_redshift_endpoint_authorization: grants("lets an account make endpoints to a cluster", {
    docs: guide("managing-cluster-cross-vpc"),
    data: "cluster_identifier",
    attributes: {
      cluster_identifier: cluster,
      account: shares("redshift.endpoint", "account", { why: "the account may reach the cluster from its own VPCs" }),
      vpc_ids: harmless("VPCs of that account"),
    },
  }),
  aws_redshift_endpoint_access: moves("a way from a VPC to a cluster, perhaps of another account", {
    docs: guide("managing-cluster-cross-vpc"),
    data: "cluster_identifier",
    attributes: {
      cluster_identifier: cluster,
      endpoint_name: harmless("its own name"),
      resource_owner: sends("redshift.endpoint", "account", {
        why: "queries and what they write go to this account's cluster",
      }),
      subnet_group_name: network,
      vpc_security_group_ids: network,
    },
  }),
  aws_redshift_partner: grants("lets a partner's product at a database", {
    docs: guide("partner-integration"),
    data: "cluster_identifier",
    attributes: {
      cluster_identifier: cluster,
      account_id: uses("the account of the cluster"),
      database_name: harmless("the database that the partner works on"),
      partner_name: shares("redshift.partner", "any", { why: "the partner's product reads the database" }),
    },
  }),
  aws_redshift_resource_policy: grants("says who may send changes to a namespace, or take its share", {
    docs: guide("redshift-iam-access-control-identity-based"),
    data: "resource_arn",
    attributes: { resource_arn: uses("what the policy is on"), policy: policy("redshift.policy") },
  }),
  aws_redshift_integration: moves("copies every change of a database or table into a warehouse", {
    docs: guide("zero-etl-using"),
    data: "source_arn",
    attributes: {
      source_arn: uses("what is copied"),
      target_arn: sends("redshift.integration", "arn", { why: "every change is copied there" }),
      kms_key_id: uses("the key that encrypts the integration"),
      additional_encryption_context: harmless("text that is bound to the encryption"),
    },
  }),
  aws_redshift_logging: moves("writes a cluster's logs, queries among them", {
    docs: guide("db-auditing"),
    data: "cluster_identifier",
    attributes: {
      cluster_identifier: cluster,
      bucket_name: sends("redshift.logs", "bucket", { why: "connections, users and queries are written there" }),
      log_destination_type: harmless("the bucket, or log groups of the same account and region"),
    },
  }),
  aws_redshift_event_subscription: moves("tells a topic what happens to clusters", {
    docs: guide("working-with-event-notifications"),
    attributes: {
      sns_topic_arn: sends("redshift.events", "arn", { when: at("enabled", true).is(true) }),
      source_ids: uses("what it is about"),
    },
  }),
  aws_redshiftdata_statement: moves("runs SQL in a warehouse", {
    docs: "https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html",
    attributes: {
      cluster_identifier: cluster,
      workgroup_name: sends("redshift.statement", "arn", { when: isArn("workgroup_name") }),
      secret_arn: uses("the secret with which the statement signs in"),
      database: harmless("a database of the warehouse"),
      sql: document(redshiftSql),
      "parameters.value": harmless("a value of the statement"),
    },
  }),

  // Key material of the warehouse is asked of the HSM.
  aws_redshift_hsm_configuration: holds("how clusters reach a hardware security module", {
    docs: guide("working-with-HSM"),
    attributes: {
      hsm_ip_address: sends("redshift.hsm", "host", { why: "keys of the warehouse are kept at this address" }),
      hsm_partition_name: harmless("a name within the module"),
      hsm_server_public_certificate: harmless("a certificate"),
    },
  }),
  aws_redshift_hsm_client_certificate: inert(
    "a certificate with which clusters sign in",
    resourcePage("redshift_hsm_client_certificate"),
  ),
  aws_redshift_authentication_profile: inert(
    "settings that clients are told when they sign in",
    guide("jdbc20-authentication"),
    { authentication_profile_content: harmless("settings of drivers") },
  ),
  aws_redshift_parameter_group: inert(
    "parameters of an engine; none names a place",
    guide("working-with-parameter-groups"),
  ),
  aws_redshift_scheduled_action: inert(
    "pauses, resumes and resizes a cluster",
    resourcePage("redshift_scheduled_action"),
    {
      iam_role: uses("the role that does it"),
      "target_action.pause_cluster": cluster,
      "target_action.resize_cluster": cluster,
      "target_action.resume_cluster": cluster,
    },
  ),
  aws_redshift_usage_limit: inert("a limit", resourcePage("redshift_usage_limit"), { cluster_identifier: cluster }),

  "data.aws_redshift_cluster_credentials": inert(
    "makes a password for a user of a cluster; it comes in, and is kept in the state",
    dataPage("redshift_cluster_credentials"),
  ),
  ...lookups({
    redshift_cluster: "a cluster",
    redshift_data_shares: "shares",
    redshift_orderable_cluster: "a node type",
    redshift_producer_data_shares: "shares of a namespace",
    redshift_subnet_group: "a subnet group",
  }),
});
