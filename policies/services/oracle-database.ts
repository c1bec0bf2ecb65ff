/** Oracle Database@AWS: Oracle's machines in AWS's buildings, run by Oracle from its own cloud. */
import { at, carries, harmless, holds, inert, opens, places, sends, service, stands, uses } from "../flows/vocabulary";
import { alwaysGiven } from "./nature";
import { actionPage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/odb/latest/UserGuide/${page}.html`;

// "… Oracle manages … using the OCI control plane" ("What is Oracle Database@AWS?").
const byOracle = alwaysGiven("odb.oracle", "Oracle", "Oracle runs the machines from its own cloud");
const zones = { availability_zone: stands("zone"), availability_zone_id: stands("zone") };
const told = (name: string) =>
  opens("odb.diagnostics", at(`data_collection_options.${name}`).is(true), {
    why: "Oracle collects what happens on the machines",
  });

export default service("Oracle Database@AWS", {
  aws_odb_cloud_exadata_infrastructure: holds("Oracle's machines", {
    docs: guide("what-is-odb"),
    attributes: {
      ...zones,
      "customer_contacts_to_send_to_oci.email": sends("odb.contact", "email", { why: "Oracle writes there" }),
    },
    also: byOracle,
  }),
  aws_odb_cloud_vm_cluster: holds("databases on Oracle's machines", {
    docs: guide("what-is-odb"),
    attributes: {
      "data_collection_options.is_diagnostics_events_enabled": told("is_diagnostics_events_enabled"),
      "data_collection_options.is_health_monitoring_enabled": told("is_health_monitoring_enabled"),
      "data_collection_options.is_incident_logs_enabled": told("is_incident_logs_enabled"),
      cloud_exadata_infrastructure_arn: uses("the machines it runs on"),
      cloud_exadata_infrastructure_id: uses("the machines it runs on"),
      odb_network_arn: uses("the network it is in"),
      odb_network_id: uses("the network it is in"),
      db_servers: uses("the machines it runs on"),
      hostname_prefix: harmless("the beginning of a name"),
    },
    also: byOracle,
  }),
  aws_odb_cloud_autonomous_vm_cluster: holds("databases on Oracle's machines, looked after by Oracle", {
    docs: guide("what-is-odb"),
    attributes: {
      db_servers: uses("the machines it runs on"),
      time_zone: harmless("a time zone"),
    },
    also: byOracle,
  }),
  aws_odb_network: places("a network for Oracle's machines", {
    docs: guide("odb-network"),
    attributes: {
      ...zones,
      client_subnet_cidr: harmless("its own addresses"),
      backup_subnet_cidr: harmless("its own addresses"),
      custom_domain_name: harmless("its own name"),
      // Without a policy of its own the way to S3 leads to every bucket; which ones a policy leaves is not weighed.
      s3_access: opens("odb.s3-access", at("s3_access").is("ENABLED"), {
        why: "databases write to buckets in the Region, others' included",
      }),
      s3_policy_document: harmless("narrows which buckets databases write to; not weighed"),
      zero_etl_access: uses("whether integrations, judged by themselves, may read"),
    },
  }),
  aws_odb_network_peering_connection: carries("joins a VPC with a network of Oracle's machines", {
    docs: guide("odb-network-peering"),
    attributes: {
      peer_network_id: uses("the VPC whose packets reach the databases"),
      odb_network_id: sends("odb.peering", "id"),
    },
  }),
  "action.aws_odb_reboot_db_node": inert("reboots a machine", actionPage("odb_reboot_db_node")),
  "action.aws_odb_start_db_node": inert("starts a machine", actionPage("odb_start_db_node")),
  "action.aws_odb_stop_db_node": inert("stops a machine", actionPage("odb_stop_db_node")),
});
