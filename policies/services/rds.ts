/** Databases of RDS and Aurora: instances, clusters, proxies, and what they are configured with. Copies are in rds-copies.ts. */
import type { Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import {
  at,
  type Finding,
  grants,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  places,
  type Role,
  receives,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { servers } from "./documents/servers";
import { memberOf } from "./global-groups";
import { actionPage, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/${page}.html`;
const aurora = (page: string) => `https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/${page}.html`;

/**
 * "Outbound rules apply only if the DB instance acts as a client" (guide, "Controlling access with security groups"):
 * it does so for what its SQL asks of it. What SQL is run is not in a configuration; a database answers.
 */
const initiates = false;

/** Without a subnet group AWS puts a database into the default VPC ("Working with a DB instance in a VPC"). */
const database = (publicIpv4: InterfaceRule["publicIpv4"], options: Partial<InterfaceRule> = {}): InterfaceRule => ({
  subnets: "db_subnet_group_name",
  groups: "vpc_security_group_ids",
  publicIpv4,
  ipv6: "never",
  initiates,
  without: "default-vpc",
  ...options,
});

/** "network_type … DUAL" gives IPv6 as the subnets do; IPV4 is the default. */
const dual = at("network_type", "IPV4").isNot("IPV4");

const keys = {
  kms_key_id: uses("the key that encrypts storage"),
  master_user_secret_kms_key_id: uses("the key that encrypts the master user's secret"),
};

const monitoring = {
  performance_insights_kms_key_id: uses("the key that encrypts performance data"),
  monitoring_role_arn: uses("the role that writes monitoring data to CloudWatch Logs of the same account and region"),
};

const logs = { enabled_cloudwatch_logs_exports: harmless("log groups of the same account and region, named by RDS") };
const certificate = harmless("the certificate that the database shows");

/** A directory that users sign in with; traffic to it takes the ways of the VPC. */
const directory = {
  domain: uses("the directory of the same account in which users sign in"),
  domain_fqdn: harmless("the name of the directory, which its own name servers know"),
  domain_dns_ips: servers("rds.directory", "whoever runs the directory says who signs in"),
  domain_ou: harmless("a place in the directory's tree"),
  domain_auth_secret_arn: uses("the secret with which the instance joins the directory"),
  domain_iam_role_name: uses("the role with which RDS calls the directory service"),
};

const importFromBucket = {
  "s3_import.bucket_name": receives("a backup that is imported"),
  "s3_import.ingestion_role": uses("the role that reads the backup"),
};

/**
 * Settings of options that name a place: the host that Oracle's management agent reports to (guide
 * "Oracle.Options.OEMAgent"), the bucket that audit logs of SQL Server and Db2 are written to (guide
 * "Appendix.SQLServer.Options.Audit.Adding", "Db2.Options.Audit").
 */
const PLACES: Readonly<Record<string, Role>> = {
  OMS_HOST: sends("rds.management-agent", "host", { why: "the management agent reports to this host" }),
  S3_BUCKET_ARN: sends("rds.audit-log", "bucket-arn", { why: "audit logs, with what was asked, are written there" }),
};

function* optionPlaces(group: Resource): Generator<Finding> {
  for (const { within, value, at: where } of find(group.values, "option.option_settings.value")) {
    const name = within.name ?? null;
    if (isUnknown(name)) yield { finding: "undecided", attribute: where, why: `what it sets: ${name.why}` };
    else if (typeof name === "string" && Object.hasOwn(PLACES, name)) {
      yield { finding: "role", attribute: where, value, role: PLACES[name] };
    }
  }
}

export default service("Amazon RDS", {
  aws_db_instance: holds("a database instance", {
    docs: guide("USER_VPC.WorkingWithRDSInstanceinaVPC"),
    attributes: {
      ...keys,
      ...monitoring,
      ...logs,
      ...directory,
      ...importFromBucket,
      ca_cert_identifier: certificate,
      availability_zone: stands("zone"),
      multi_az: harmless("a standby in another zone of the region"),
      db_subnet_group_name: network,
      vpc_security_group_ids: network,
      publicly_accessible: network,
      network_type: network,
      customer_owned_ip_enabled: network,
      option_group_name: uses("options; judged themselves"),
      parameter_group_name: uses("parameters; judged themselves"),
      custom_iam_instance_profile: uses("the role of an RDS Custom instance's host"),
      // An instance on an Outpost keeps backups in the Outpost's home region unless told otherwise; that region is a
      // place of every regional resource.
      backup_target: harmless("the resource's own region, or the Outpost it stands on"),
      replicate_source_db: receives("the database that is copied into this one"),
      snapshot_identifier: receives("the snapshot that is restored into this instance"),
      "restore_to_point_in_time.source_db_instance_automated_backups_arn": receives("backups that are restored"),
      "restore_to_point_in_time.source_db_instance_identifier": receives("the instance that is restored"),
      "restore_to_point_in_time.source_dbi_resource_id": receives("the instance that is restored"),
      final_snapshot_identifier: harmless("the name of a snapshot in the same account and region"),
      identifier: harmless("its own name"),
      username: harmless("a name within the database"),
      timezone: harmless("how times are shown"),
    },
    interfaces: [
      database({ path: "publicly_accessible", absent: false }),
      database({ path: "publicly_accessible", absent: false }, { ipv6: "subnet", when: dual }),
    ],
  }),
  aws_rds_cluster: holds("a database cluster", {
    docs: aurora("Aurora.Overview"),
    attributes: {
      ...keys,
      ...monitoring,
      ...logs,
      ...importFromBucket,
      ca_certificate_identifier: certificate,
      domain: directory.domain,
      domain_iam_role_name: directory.domain_iam_role_name,
      availability_zones: stands("zone"),
      cluster_identifier: harmless("its own name"),
      cluster_members: harmless("the names of its own instances"),
      db_subnet_group_name: network,
      vpc_security_group_ids: network,
      network_type: network,
      iam_roles: uses("roles that the engine assumes; what they may is judged by their policies"),
      db_cluster_parameter_group_name: uses("parameters; judged themselves"),
      db_instance_parameter_group_name: uses("parameters; judged themselves"),
      db_system_id: harmless("an Oracle system identifier"),
      enable_http_endpoint: harmless("queries over the AWS API, for those whom the account's identity policies let"),
      global_cluster_identifier: uses("the global cluster whose members hold the same data; followed below"),
      replication_source_identifier: receives("the database that is copied into this one"),
      source_region: receives("the region that the copied database stands in"),
      snapshot_identifier: receives("the snapshot that is restored into this cluster"),
      "restore_to_point_in_time.source_cluster_identifier": receives("the cluster that is restored"),
      "restore_to_point_in_time.source_cluster_resource_id": receives("the cluster that is restored"),
      final_snapshot_identifier: harmless("the name of a snapshot in the same account and region"),
    },
    interfaces: [
      database("never"),
      database("never", { ipv6: "subnet", when: dual }),
      // CreateDBCluster, PubliclyAccessible: a Multi-AZ DB cluster is public when its VPC has an internet gateway, unless
      // told otherwise; the Terraform resource has no argument to tell it.
      database("always", { when: at("db_cluster_instance_class").isSet() }),
    ],
    also: memberOf({
      channel: "rds.global-database",
      path: "global_cluster_identifier",
      type: "aws_rds_global_cluster",
      name: "global_cluster_identifier",
      first: "source_db_cluster_identifier",
    }),
  }),
  aws_rds_cluster_instance: holds("an instance of a database cluster", {
    docs: aurora("Aurora.Overview"),
    attributes: {
      ...monitoring,
      ca_cert_identifier: certificate,
      availability_zone: stands("zone"),
      cluster_identifier: uses("the cluster it belongs to"),
      db_subnet_group_name: network,
      publicly_accessible: network,
      db_parameter_group_name: uses("parameters; judged themselves"),
      custom_iam_instance_profile: uses("the role of an RDS Custom instance's host"),
      identifier: harmless("its own name"),
    },
    // An instance stands in its cluster's subnets and security groups.
    interfaces: [
      database(
        { path: "publicly_accessible", absent: false },
        { subnets: "cluster_identifier", groups: "cluster_identifier", ipv6: "subnet" },
      ),
    ],
  }),
  aws_rds_shard_group: holds("the shards of an Aurora Limitless cluster", {
    docs: aurora("limitless-create-cluster"),
    attributes: { db_cluster_identifier: uses("the cluster it belongs to"), publicly_accessible: network },
    // CreateDBShardGroup: without the argument it is public if its VPC has an internet gateway.
    interfaces: [
      database(
        { path: "publicly_accessible", absent: true },
        { subnets: "db_cluster_identifier", groups: "db_cluster_identifier", ipv6: "subnet" },
      ),
    ],
  }),
  aws_rds_global_cluster: holds("a database whose members in several regions hold the same data", {
    docs: aurora("aurora-global-database"),
    attributes: {
      source_db_cluster_identifier: receives("the cluster that becomes the first member; judged where it stands"),
      global_cluster_identifier: harmless("its own name"),
    },
  }),
  aws_rds_cluster_endpoint: inert("a name for some instances of a cluster", aurora("Aurora.Overview.Endpoints"), {
    cluster_identifier: uses("the cluster it belongs to"),
    cluster_endpoint_identifier: harmless("its own name"),
    static_members: uses("instances of the cluster"),
    excluded_members: uses("instances of the cluster"),
  }),
  aws_db_subnet_group: places("the subnets that databases stand in", {
    docs: guide("USER_VPC.WorkingWithRDSInstanceinaVPC"),
    attributes: { subnet_ids: network },
  }),
  aws_db_option_group: holds("options of an engine", {
    docs: guide("USER_WorkingWithOptionGroups"),
    attributes: {
      "option.vpc_security_group_memberships": network,
      "option.db_security_group_memberships": harmless("EC2-Classic, which is gone"),
    },
    also: optionPlaces,
  }),
  aws_db_parameter_group: inert(
    "parameters of an engine; none sends data by itself, a replica or reader needs credentials",
    guide("USER_WorkingWithParamGroups"),
  ),
  aws_rds_cluster_parameter_group: inert(
    "parameters of an engine; none sends data by itself, a replica or reader needs credentials",
    aurora("USER_WorkingWithParamGroups"),
  ),

  aws_db_proxy: moves("keeps connections to a database and passes queries on", {
    docs: guide("rds-proxy"),
    attributes: {
      role_arn: uses("the role that reads the secrets"),
      "auth.secret_arn": uses("the secret with which the proxy signs in"),
      "auth.username": harmless("a name within the database"),
      vpc_subnet_ids: network,
      vpc_security_group_ids: network,
    },
    interfaces: [proxy()],
  }),
  aws_db_proxy_endpoint: moves("another address of a proxy", {
    docs: guide("rds-proxy-endpoints"),
    attributes: {
      db_proxy_name: uses("the proxy it belongs to"),
      db_proxy_endpoint_name: harmless("its own name"),
      target_role: harmless("whether it reads or writes"),
      vpc_subnet_ids: network,
      vpc_security_group_ids: network,
    },
    interfaces: [proxy()],
  }),
  aws_db_proxy_default_target_group: inert(
    "how a proxy keeps its connections",
    resourcePage("db_proxy_default_target_group"),
    {
      db_proxy_name: uses("the proxy it belongs to"),
      "connection_pool_config.init_query": harmless("SQL that is run on each new connection to the database"),
    },
  ),
  aws_db_proxy_target: inert("joins a database of the same VPC to a proxy", resourcePage("db_proxy_target"), {
    db_proxy_name: uses("the proxy it belongs to"),
    db_instance_identifier: uses("the database behind the proxy"),
    db_cluster_identifier: uses("the database behind the proxy"),
    target_group_name: uses("the proxy's target group"),
  }),

  aws_db_event_subscription: moves("tells a topic what happens to databases", {
    docs: guide("USER_Events"),
    attributes: {
      sns_topic: sends("rds.events", "arn", { when: at("enabled", true).is(true) }),
      source_ids: uses("the databases it is about"),
    },
  }),
  aws_rds_cluster_activity_stream: moves(
    "writes what is asked of a database into a data stream that RDS makes beside it",
    {
      docs: aurora("DBActivityStreams.Overview"),
      data: "resource_arn",
      attributes: {
        resource_arn: uses("the cluster it is about"),
        kms_key_id: uses("the key that encrypts the stream"),
      },
    },
  ),
  aws_db_instance_role_association: grants("lets an engine assume a role, whose policies are judged", {
    docs: resourcePage("db_instance_role_association"),
    data: "db_instance_identifier",
    attributes: {
      db_instance_identifier: uses("the instance it is about"),
      role_arn: uses("the role; what it may is judged by its policies"),
    },
  }),
  aws_rds_cluster_role_association: grants("lets an engine assume a role, whose policies are judged", {
    docs: resourcePage("rds_cluster_role_association"),
    data: "db_cluster_identifier",
    attributes: {
      db_cluster_identifier: uses("the cluster it is about"),
      role_arn: uses("the role; what it may is judged by its policies"),
    },
  }),
  aws_rds_custom_db_engine_version: holds("an engine built from files and an image that are brought along", {
    docs: guide("custom-cev"),
    attributes: {
      database_installation_files_s3_bucket_name: receives("installation files"),
      filename: receives("a manifest on the machine that runs Terraform"),
      manifest: harmless("which files are installed"),
      kms_key_id: uses("the key that encrypts the engine version"),
      source_image_id: receives("the image it is built from"),
    },
  }),
  aws_rds_certificate: inert("the account's default certificate for databases", resourcePage("rds_certificate")),
  aws_rds_instance_state: inert("starts and stops an instance", resourcePage("rds_instance_state"), {
    identifier: uses("the instance it is about"),
  }),
  aws_rds_reserved_instance: inert("a price", resourcePage("rds_reserved_instance")),

  "action.aws_rds_cluster_instance_reboot": inert("restarts an instance", actionPage("rds_cluster_instance_reboot")),
  "action.aws_rdsdata_query": moves("runs a statement on a cluster when Terraform applies", {
    docs: actionPage("rdsdata_query"),
    attributes: {
      resource_arn: sends("rds.query", "arn"),
      secret_arn: uses("the secret that signs in"),
      sql: harmless("what the cluster is asked; judged with the cluster"),
      parameters: harmless("values in the statement"),
    },
  }),
  ...lookups({
    db_event_categories: "kinds of events",
    db_instance: "an instance",
    db_instances: "the names of instances",
    db_parameter_group: "parameters",
    db_proxy: "a proxy",
    db_subnet_group: "a subnet group",
    rds_certificate: "a certificate of AWS",
    rds_cluster: "a cluster",
    rds_cluster_parameter_group: "parameters",
    rds_clusters: "the names of clusters",
    rds_engine_version: "an engine version",
    rds_global_cluster: "a global cluster",
    rds_orderable_db_instance: "an instance class",
    rds_reserved_instance_offering: "a price",
  }),
});

function proxy(): InterfaceRule {
  return {
    subnets: "vpc_subnet_ids",
    groups: "vpc_security_group_ids",
    publicIpv4: "never",
    ipv6: "never",
    initiates: false,
    without: "nothing",
  };
}
