/** AWS Database Migration Service: tasks copy what a source endpoint names to what a target endpoint names. */
import type { Resource } from "../configuration/resource";
import { find } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  document,
  type Finding,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  opens,
  places,
  type Role,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { brokers, connectionAttributes } from "./documents/connection-attributes";
import { servers } from "./documents/servers";
import { actionPage, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/dms/latest/userguide/${page}.html`;

const CHANNEL = "dms.target";
const target = at("endpoint_type").isNot("source");
const WHY = "tasks copy rows there";

/** Rows go to a target; from a source they come in. */
const to = (form: "host" | "url" | "arn" | "bucket"): Role => sends(CHANNEL, form, { when: target, why: WHY });
const role = uses("the role with which DMS writes");

/** The host of an endpoint may be in a secret instead. */
function* hiddenHost(endpoint: Resource): Generator<Finding> {
  const {
    secrets_manager_arn: secret = null,
    server_name: server = null,
    endpoint_type: kind = null,
  } = endpoint.values;
  if (secret === null || server !== null || kind === "source") return;
  yield {
    finding: "undecided",
    attribute: "secrets_manager_arn",
    why: "the database that rows are copied to is named in a secret",
  };
}

/** A task's target endpoint is judged itself; one that is not in this configuration could be anything. */
function* targetEndpoint(task: Resource, context: Context): Generator<Finding> {
  for (const { value, at: where } of find(task.values, "target_endpoint_arn")) {
    if (context.denoted(value).some(({ mode }) => mode === "managed")) continue;
    yield {
      finding: "undecided",
      attribute: where,
      why: "the endpoint that rows are copied to is not in this configuration",
    };
  }
}

const task = {
  source_endpoint_arn: uses("what rows are copied from"),
  target_endpoint_arn: sends(CHANNEL, "arn", { why: WHY }),
  table_mappings: harmless("which tables are copied, and how"),
  resource_identifier: harmless("the end of its own ARN"),
};

/** Replication instances connect to the endpoints of their tasks, which are judged. */
const replication = (prefix: string, group: string, publicIpv4: InterfaceRule["publicIpv4"]): InterfaceRule => ({
  subnets: `${prefix}${group}`,
  groups: `${prefix}vpc_security_group_ids`,
  publicIpv4,
  ipv6: "never",
  initiates: false,
  without: "default-vpc",
});

export default service("AWS Database Migration Service", {
  aws_dms_endpoint: moves("a database or stream that tasks copy from or to", {
    docs: guide("CHAP_Endpoints"),
    attributes: {
      server_name: to("host"),
      "elasticsearch_settings.endpoint_uri": to("url"),
      "kafka_settings.broker": document(brokers(CHANNEL, target)),
      "kafka_settings.topic": harmless("a topic of that cluster"),
      "kinesis_settings.stream_arn": to("arn"),
      "redis_settings.server_name": to("host"),
      "redshift_settings.bucket_name": to("bucket"),
      extra_connection_attributes: document(connectionAttributes(CHANNEL, target)),
      endpoint_id: harmless("its own name"),
      endpoint_type: harmless("whether it is a source or a target"),
      certificate_arn: uses("the certificate that the server must show"),
      kms_key_arn: uses("the key that encrypts the password"),
      secrets_manager_arn: uses("the secret with which DMS signs in"),
      secrets_manager_access_role_arn: uses("the role that reads the secret"),
      service_access_role: role,
      "elasticsearch_settings.service_access_role_arn": role,
      "kinesis_settings.service_access_role_arn": role,
      "mysql_settings.service_access_role_arn": role,
      "postgres_settings.service_access_role_arn": role,
      "redshift_settings.service_access_role_arn": role,
      "redshift_settings.server_side_encryption_kms_key_id": uses("the key that encrypts files"),
      "redshift_settings.bucket_folder": harmless("the beginning of keys"),
      "kafka_settings.ssl_ca_certificate_arn": uses("a certificate"),
      "kafka_settings.ssl_client_certificate_arn": uses("a certificate"),
      "kafka_settings.ssl_client_key_arn": uses("a key"),
      "redis_settings.ssl_ca_certificate_arn": uses("a certificate"),
      "mysql_settings.target_db_type": harmless("how databases are mapped"),
      "mongodb_settings.auth_source": harmless("a database of the server"),
    },
    also: hiddenHost,
  }),
  aws_dms_s3_endpoint: moves("a bucket that tasks copy from or to", {
    docs: guide("CHAP_Target.S3"),
    attributes: {
      bucket_name: sends(CHANNEL, "bucket", { when: target, account: "expected_bucket_owner", why: WHY }),
      expected_bucket_owner: uses("whose the bucket is; judged with it"),
      bucket_folder: harmless("the beginning of keys"),
      canned_acl_for_objects: opens(
        "dms.acl",
        at("canned_acl_for_objects").is("public-read", "public-read-write", "authenticated-read"),
        { when: target, why: "everybody may read the objects that tasks write" },
      ),
      endpoint_id: harmless("its own name"),
      endpoint_type: harmless("whether it is a source or a target"),
      detach_target_on_lob_lookup_failure_parquet: harmless("what is done with large values"),
      external_table_definition: harmless("columns of the files"),
      certificate_arn: uses("the certificate that the server must show"),
      kms_key_arn: uses("the key that encrypts the endpoint's settings"),
      server_side_encryption_kms_key_id: uses("the key that encrypts files"),
      service_access_role_arn: role,
    },
  }),
  aws_dms_replication_task: moves("copies rows from a source to a target", {
    docs: guide("CHAP_Tasks"),
    data: "source_endpoint_arn",
    attributes: {
      ...task,
      replication_instance_arn: uses("the instance that copies"),
      replication_task_settings: harmless("how rows are copied"),
    },
    also: targetEndpoint,
  }),
  aws_dms_replication_config: moves("copies rows from a source to a target, without an instance", {
    docs: guide("CHAP_Serverless"),
    data: "source_endpoint_arn",
    attributes: {
      ...task,
      replication_settings: harmless("how rows are copied"),
      supplemental_settings: harmless("how rows are copied"),
      "compute_config.availability_zone": stands("zone"),
      "compute_config.multi_az": harmless("a standby in another zone of the region"),
      "compute_config.dns_name_servers": servers("dms.name-server", "names of databases are asked there"),
      "compute_config.kms_key_id": uses("the key that encrypts storage"),
      "compute_config.replication_subnet_group_id": network,
      "compute_config.vpc_security_group_ids": network,
    },
    interfaces: [replication("compute_config.", "replication_subnet_group_id", "never")],
    also: targetEndpoint,
  }),
  aws_dms_replication_instance: holds("a machine that copies, with the changes that are not yet copied", {
    docs: guide("CHAP_ReplicationInstance"),
    attributes: {
      availability_zone: stands("zone"),
      multi_az: harmless("a standby in another zone of the region"),
      kms_key_arn: uses("the key that encrypts storage"),
      replication_subnet_group_id: network,
      vpc_security_group_ids: network,
      publicly_accessible: network,
      network_type: network,
      dns_name_servers: servers("dms.name-server", "names of databases are asked there"),
      "kerberos_authentication_settings.key_cache_secret_iam_arn": uses("the role that reads the secret"),
      "kerberos_authentication_settings.key_cache_secret_id": uses("the secret with which DMS signs in"),
      "kerberos_authentication_settings.krb5_file_contents": harmless("how DMS signs in"),
    },
    interfaces: [replication("", "replication_subnet_group_id", { path: "publicly_accessible", absent: false })],
  }),
  aws_dms_replication_subnet_group: places("the subnets that replication instances stand in", {
    docs: guide("CHAP_ReplicationInstance.VPC"),
    attributes: { subnet_ids: network },
  }),
  aws_dms_certificate: inert("a certificate that servers must show", resourcePage("dms_certificate"), {
    certificate_pem: harmless("the certificate itself"),
    certificate_wallet: harmless("the certificate itself"),
  }),
  aws_dms_event_subscription: moves("tells a topic what happens to tasks and instances", {
    docs: guide("CHAP_Events"),
    attributes: {
      sns_topic_arn: sends("dms.events", "arn", { when: at("enabled", true).is(true) }),
      source_ids: uses("what it is about"),
    },
  }),
  "action.aws_dms_start_replication_task_assessment_run": moves("checks a task when Terraform applies", {
    docs: actionPage("dms_start_replication_task_assessment_run"),
    attributes: {
      replication_task_arn: uses("the task that is checked"),
      result_location_bucket: sends("dms.assessment", "bucket", { why: "what the check finds is written there" }),
      result_kms_key_arn: uses("the key that encrypts what it finds"),
      service_access_role_arn: uses("the role that writes what it finds"),
    },
  }),
  ...lookups({
    dms_certificate: "a certificate",
    dms_endpoint: "an endpoint",
    dms_replication_instance: "an instance",
    dms_replication_subnet_group: "a subnet group",
    dms_replication_task: "a task",
  }),
});
