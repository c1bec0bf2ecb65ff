import {
  document,
  type Entry,
  grants,
  harmless,
  holds,
  inert,
  moves,
  policy,
  receives,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { athenaProperties, connectionProperties, jobArguments, tableLocation, tableParameters } from "./documents/glue";
import { lakePrincipal } from "./documents/lake-principal";
import { jobNetwork } from "./glue-job";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/glue/latest/dg/${page}.html`;

/** The catalog that the entry is written into; it may be another account's. */
const catalog = sends("glue.catalog", "account");
const names = harmless("names of columns and settings of formats");

const storage: Entry["attributes"] = {
  "storage_descriptor.location": document(tableLocation),
  "storage_descriptor.additional_locations": document(tableLocation),
  "storage_descriptor.columns": names,
  "storage_descriptor.bucket_columns": names,
  "storage_descriptor.parameters": names,
  "storage_descriptor.ser_de_info": names,
  "storage_descriptor.skewed_info": names,
};

export default service("AWS Glue", {
  aws_glue_catalog_database: holds("names a set of tables and where new ones are kept", {
    docs: guide("define-database"),
    attributes: {
      catalog_id: catalog,
      location_uri: document(tableLocation),
      parameters: names,
      target_database: receives("the database that this one is a link to"),
      federated_database: receives("the database that this one is a link to"),
      "create_table_default_permission.principal.data_lake_principal_identifier": document(
        lakePrincipal("glue.default-permission"),
      ),
    },
  }),
  aws_glue_catalog_table: holds("says where a table's files are and what is in them", {
    docs: guide("tables-described"),
    attributes: {
      catalog_id: catalog,
      owner: harmless("a name that the table is labelled with"),
      parameters: document(tableParameters),
      partition_keys: names,
      view_expanded_text: harmless("the text of a view"),
      view_original_text: harmless("the text of a view"),
      target_table: receives("the table that this one is a link to"),
      ...storage,
      "storage_descriptor.schema_reference": uses("the schema in the registry"),
    },
  }),
  aws_glue_partition: holds("says where a part of a table's files are", {
    docs: guide("tables-described"),
    data: "table_name",
    attributes: { catalog_id: catalog, parameters: names, partition_values: names, ...storage },
  }),
  aws_glue_catalog_table_optimizer: inert(
    "rewrites a table's files where they are",
    resourcePage("glue_catalog_table_optimizer"),
    {
      catalog_id: uses("the catalog that the table is in"),
      "configuration.role_arn": uses("the role that rewrites them"),
      "configuration.orphan_file_deletion_configuration": harmless("which files are deleted"),
    },
  ),
  aws_glue_partition_index: inert("an index over a table's partitions", resourcePage("glue_partition_index"), {
    catalog_id: uses("the catalog that the table is in"),
  }),
  aws_glue_resource_policy: grants("says who may read and change the catalog", {
    docs: guide("cross-account-access"),
    attributes: { policy: policy("glue.policy") },
  }),
  aws_glue_data_catalog_encryption_settings: inert(
    "with which keys the catalog is encrypted",
    resourcePage("glue_data_catalog_encryption_settings"),
    {
      catalog_id: uses("the catalog"),
      data_catalog_encryption_settings: uses("the keys"),
    },
  ),

  aws_glue_job: moves("runs a script on data", {
    docs: guide("add-job"),
    attributes: {
      role_arn: uses("the role that the script acts with"),
      "command.script_location": receives("the script comes from there"),
      default_arguments: document(jobArguments),
      non_overridable_arguments: document(jobArguments),
      connections: harmless("judged together with the connections, see glue-job.ts"),
      source_control_details: receives("the script comes from there"),
      security_configuration: uses("with which keys it writes"),
    },
    also: jobNetwork,
  }),
  aws_glue_trigger: moves("starts jobs and crawlers", {
    docs: guide("about-triggers"),
    attributes: { "actions.arguments": document(jobArguments) },
  }),
  aws_glue_workflow: inert("the order of jobs and crawlers", resourcePage("glue_workflow"), {
    default_run_properties: harmless("text that scripts read"),
  }),
  aws_glue_dev_endpoint: moves("runs scripts that a developer tries out", {
    docs: guide("dev-endpoint"),
    attributes: {
      role_arn: uses("the role that scripts act with"),
      arguments: document(jobArguments),
      extra_jars_s3_path: receives("code comes from there"),
      extra_python_libs_s3_path: receives("code comes from there"),
    },
    interfaces: [
      {
        subnets: "subnet_id",
        groups: "security_group_ids",
        publicIpv4: "never",
        initiates: true,
        without: {
          internet: "glue.internet",
          why: "without subnet_id the endpoint stands in a network of Glue's own, which reaches the internet",
        },
      },
    ],
  }),
  aws_glue_connection: moves("leads jobs to a database, a broker or a service", {
    docs: guide("connection-properties"),
    attributes: {
      catalog_id: catalog,
      connection_properties: document(connectionProperties),
      athena_properties: document(athenaProperties),
      match_criteria: harmless("labels"),
      "physical_connection_requirements.availability_zone": stands("zone"),
      "physical_connection_requirements.subnet_id": { role: "network" },
      "physical_connection_requirements.security_group_id_list": { role: "network" },
    },
    interfaces: [
      {
        subnets: "physical_connection_requirements.subnet_id",
        groups: "physical_connection_requirements.security_group_id_list",
        publicIpv4: "never",
        initiates: true,
        without: "nothing",
      },
    ],
  }),
  // A crawler reads and writes names of tables and columns into the catalog; it runs no code of the owner's.
  aws_glue_crawler: moves("reads data and describes it in the catalog", {
    docs: guide("add-crawler"),
    attributes: {
      role: uses("the role that reads"),
      "s3_target.path": receives("data is read from there"),
      "s3_target.event_queue_arn": receives("news of data come from there"),
      "s3_target.dlq_event_queue_arn": sends("glue.dead-letter", "arn"),
      "catalog_target.event_queue_arn": receives("news of data come from there"),
      "catalog_target.dlq_event_queue_arn": sends("glue.dead-letter", "arn"),
      "catalog_target.tables": receives("data is read from there"),
      "catalog_target.database_name": receives("data is read from there"),
      "catalog_target.connection_name": uses("the connection, where it is judged"),
      "s3_target.connection_name": uses("the connection, where it is judged"),
      "s3_target.exclusions": harmless("what is left out"),
      delta_target: receives("data is read from there"),
      dynamodb_target: receives("data is read from there"),
      hudi_target: receives("data is read from there"),
      iceberg_target: receives("data is read from there"),
      jdbc_target: receives("data is read from there"),
      mongodb_target: receives("data is read from there"),
      "lake_formation_configuration.account_id": uses("the account whose permissions hold"),
      security_configuration: uses("with which keys it writes"),
    },
  }),
  aws_glue_ml_transform: moves("finds rows that mean the same", {
    docs: guide("machine-learning"),
    attributes: {
      role_arn: uses("the role that reads"),
      input_record_tables: receives("rows are read from there"),
    },
  }),
  aws_glue_data_quality_ruleset: inert("what good data looks like", resourcePage("glue_data_quality_ruleset"), {
    target_table: receives("the table that is checked"),
    ruleset: harmless("rules about columns"),
  }),
  aws_glue_classifier: inert("how data is told apart", resourcePage("glue_classifier")),
  aws_glue_security_configuration: inert("with which keys jobs write", resourcePage("glue_security_configuration"), {
    encryption_configuration: uses("the keys"),
  }),
  aws_glue_registry: inert("a set of schemas", resourcePage("glue_registry")),
  aws_glue_schema: inert("names and types of fields", resourcePage("glue_schema"), {
    registry_arn: uses("the set that it is in"),
    schema_definition: harmless("names and types of fields"),
  }),
  aws_glue_user_defined_function: inert("names code for queries", resourcePage("glue_user_defined_function"), {
    catalog_id: uses("the catalog that it is in"),
    "resource_uris.uri": receives("code comes from there"),
    owner_name: harmless("a name that it is labelled with"),
  }),

  ...lookups({
    glue_catalog_table: "a table of the catalog",
    glue_connection: "a connection",
    glue_data_catalog_encryption_settings: "with which keys the catalog is encrypted",
    glue_registry: "a registry",
    glue_script: "nothing: it writes a script from a graph",
  }),
});
