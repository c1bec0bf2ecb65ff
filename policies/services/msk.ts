import { isObject, isUnknown, type Value } from "../configuration/value";
import {
  at,
  type DocumentReader,
  document,
  grants,
  harmless,
  holds,
  inert,
  moves,
  opens,
  policy,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/msk/latest/developerguide/${page}.html`;

const brokerLogs = "logging_info.broker_logs";
const workerLogs = "log_delivery.worker_log_delivery";
const ownLogs = harmless("a log group or delivery stream of the same account and Region, by name");

/** Keys of connectors by which they name where they write; everything else they reach, their network bounds. */
const regionKey = /(^|\.)(region|aws\.region)$/;
const bucketKey = /(^|\.)s3\.bucket(\.name)?$|aws\.s3\.bucket(\.name)?$/;

const connector: DocumentReader = function* (document) {
  if (!isObject(document)) {
    if (isUnknown(document)) yield { at: "", value: document, role: sends("mskconnect.connector", "any") };
    return;
  }
  for (const key of Object.keys(document)) {
    const value: Value = document[key];
    if (regionKey.test(key)) yield { at: `["${key}"]`, value, role: sends("mskconnect.connector", "region") };
    else if (bucketKey.test(key)) yield { at: `["${key}"]`, value, role: sends("mskconnect.connector", "bucket") };
    else if (/\barn$/i.test(key)) yield { at: `["${key}"]`, value, role: sends("mskconnect.connector", "arn") };
  }
};

export default service("Amazon MSK", {
  aws_msk_cluster: holds("keeps records for consumers", {
    docs: guide("public-access"),
    attributes: {
      "broker_node_group_info.connectivity_info.public_access.type": opens(
        "msk.public-access",
        at("broker_node_group_info.connectivity_info.public_access.type", "DISABLED").is("SERVICE_PROVIDED_EIPS"),
        { why: "the brokers have public addresses" },
      ),
      "broker_node_group_info.client_subnets": { role: "network" },
      "broker_node_group_info.security_groups": { role: "network" },
      "broker_node_group_info.az_distribution": harmless("brokers stand in the zones of the subnets"),
      "client_authentication.tls.certificate_authority_arns": uses("whose certificates are taken"),
      "configuration_info.arn": uses("the brokers' configuration"),
      "encryption_info.encryption_at_rest_kms_key_arn": uses("the key that encrypts records at rest"),
      "encryption_info.encryption_in_transit": harmless("whether connections are encrypted"),
      [`${brokerLogs}.s3.bucket`]: sends("msk.logs", "bucket", { when: at(`${brokerLogs}.s3.enabled`).isNot(false) }),
      [`${brokerLogs}.s3.prefix`]: harmless("the beginning of object names"),
      [`${brokerLogs}.firehose.delivery_stream`]: ownLogs,
      [`${brokerLogs}.cloudwatch_logs.log_group`]: ownLogs,
    },
    interfaces: [
      {
        subnets: "broker_node_group_info.client_subnets",
        groups: "broker_node_group_info.security_groups",
        publicIpv4: "never",
        initiates: false,
        without: "nothing",
      },
    ],
  }),
  aws_msk_serverless_cluster: holds("keeps records for consumers in the owner's VPCs", {
    docs: guide("serverless"),
    attributes: { "vpc_config.subnet_ids": { role: "network" }, "vpc_config.security_group_ids": { role: "network" } },
    interfaces: [
      {
        subnets: "vpc_config.subnet_ids",
        groups: "vpc_config.security_group_ids",
        publicIpv4: "never",
        initiates: false,
        without: "nothing",
      },
    ],
  }),
  aws_msk_cluster_policy: grants("says which accounts may connect to a cluster from their VPCs", {
    docs: guide("mvpc-cluster-owner-action-policy"),
    data: "cluster_arn",
    attributes: { policy: policy("msk.policy") },
  }),
  aws_msk_vpc_connection: moves("lets clients in a VPC use a cluster of another VPC or account", {
    docs: guide("aws-access-mult-vpc"),
    attributes: {
      target_cluster_arn: sends("msk.vpc-connection", "arn"),
      vpc_id: { role: "network" },
      client_subnets: { role: "network" },
      security_groups: { role: "network" },
    },
  }),
  aws_msk_replicator: moves("copies the topics of a cluster to another one", {
    docs: guide("msk-replicator"),
    data: "replication_info_list.source_kafka_cluster_arn",
    attributes: {
      "replication_info_list.source_kafka_cluster_arn": receives("records come from the cluster"),
      "replication_info_list.target_kafka_cluster_arn": sends("msk.replication", "arn"),
      "replication_info_list.target_compression_type": harmless("how records are packed"),
      "kafka_cluster.amazon_msk_cluster.msk_cluster_arn": uses("one of the two clusters"),
      "kafka_cluster.vpc_config": uses("interfaces by which the replicator reaches the two clusters"),
      "replication_info_list.topic_replication": harmless("which topics are copied"),
      "replication_info_list.consumer_group_replication": harmless("which positions of readers are copied"),
      service_execution_role_arn: uses("the role that reads and writes"),
    },
  }),
  aws_msk_configuration: inert("settings of brokers, none of which names a place", resourcePage("msk_configuration"), {
    server_properties: harmless("settings of brokers; MSK takes no listener or address"),
  }),
  aws_msk_scram_secret_association: inert("passwords for a cluster", resourcePage("msk_scram_secret_association"), {
    cluster_arn: uses("the cluster"),
    secret_arn_list: uses("the passwords"),
  }),
  aws_msk_single_scram_secret_association: inert(
    "a password for a cluster",
    resourcePage("msk_single_scram_secret_association"),
    {
      cluster_arn: uses("the cluster"),
      secret_arn: uses("the password"),
    },
  ),

  aws_mskconnect_connector: moves("copies records between a cluster and another system", {
    docs: guide("msk-connect-connectors"),
    attributes: {
      connector_configuration: document(connector),
      "kafka_cluster.apache_kafka_cluster.bootstrap_servers": uses(
        "the cluster, reached through the connector's own interfaces",
      ),
      "kafka_cluster.apache_kafka_cluster.vpc.subnets": { role: "network" },
      "kafka_cluster.apache_kafka_cluster.vpc.security_groups": { role: "network" },
      "plugin.custom_plugin.arn": receives("code comes from there"),
      "worker_configuration.arn": uses("settings of the workers"),
      service_execution_role_arn: uses("the role that the connector acts with"),
      [`${workerLogs}.s3.bucket`]: sends("mskconnect.logs", "bucket", {
        when: at(`${workerLogs}.s3.enabled`).isNot(false),
      }),
      [`${workerLogs}.s3.prefix`]: harmless("the beginning of object names"),
      [`${workerLogs}.firehose.delivery_stream`]: ownLogs,
      [`${workerLogs}.cloudwatch_logs.log_group`]: ownLogs,
    },
    interfaces: [
      {
        subnets: "kafka_cluster.apache_kafka_cluster.vpc.subnets",
        groups: "kafka_cluster.apache_kafka_cluster.vpc.security_groups",
        publicIpv4: "never",
        initiates: true,
        without: "nothing",
      },
    ],
  }),
  aws_mskconnect_custom_plugin: inert("code for connectors", resourcePage("mskconnect_custom_plugin"), {
    location: receives("code comes from there"),
  }),
  aws_mskconnect_worker_configuration: inert("settings of workers", resourcePage("mskconnect_worker_configuration"), {
    properties_file_content: harmless("settings of workers"),
  }),

  ...lookups({
    msk_bootstrap_brokers: "the brokers of a cluster",
    msk_broker_nodes: "the brokers of a cluster",
    msk_cluster: "a cluster by name",
    msk_configuration: "a configuration by name",
    msk_kafka_version: "a version of Kafka",
    msk_vpc_connection: "a connection",
    mskconnect_connector: "a connector by name",
    mskconnect_custom_plugin: "a plugin by name",
    mskconnect_worker_configuration: "a configuration by name",
  }),
});
