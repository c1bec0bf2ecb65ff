import { document, harmless, inert, moves, service, uses } from "../flows/vocabulary";
import { arnValue } from "./documents/arn-values";
import { queryLocations } from "./documents/query-locations";
import { s3Uri } from "./documents/s3-uri";
import { actionPage, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/athena/latest/ug/${page}.html`;
const result = "configuration.result_configuration";
// The call fails unless this account owns the bucket, so data that gets anywhere gets to it.
const owner = uses("whose the bucket is; judged with it");
const acl = harmless("gives the owner of the bucket what is written into it; whose it is, the location says");

export default service("Amazon Athena", {
  aws_athena_workgroup: moves("says where the results of queries are kept", {
    docs: guide("workgroups-settings"),
    attributes: {
      [`${result}.output_location`]: document(s3Uri("athena.results", undefined, `${result}.expected_bucket_owner`)),
      [`${result}.expected_bucket_owner`]: owner,
      [`${result}.acl_configuration`]: acl,
      [`${result}.encryption_configuration`]: uses("the key that encrypts results"),
      "configuration.managed_query_results_configuration": uses(
        "the key that encrypts results that Athena keeps itself",
      ),
      "configuration.execution_role": uses("the role that notebooks act with"),
      "configuration.identity_center_configuration": uses("where users are looked up"),
    },
  }),
  aws_athena_database: moves("makes a database, by a query whose result is kept", {
    docs: guide("create-database"),
    attributes: {
      bucket: document(s3Uri("athena.results", undefined, "expected_bucket_owner")),
      expected_bucket_owner: owner,
      acl_configuration: acl,
      "encryption_configuration.kms_key": uses("the key that encrypts results"),
      properties: harmless("labels"),
    },
  }),
  // Functions are handed the query with its conditions, and may be another account's.
  aws_athena_data_catalog: moves("lets queries read other sources, through functions", {
    docs: guide("connect-to-a-data-source-lambda"),
    attributes: { "parameters.*": document(arnValue("athena.connector")), parameters: harmless("the rest are names") },
  }),
  aws_athena_named_query: inert("keeps the text of a query", resourcePage("athena_named_query"), {
    query: harmless("text; who runs it needs permission for what it does"),
  }),
  aws_athena_prepared_statement: inert("keeps the text of a query", resourcePage("athena_prepared_statement"), {
    query_statement: harmless("text; who runs it needs permission for what it does"),
  }),
  aws_athena_capacity_reservation: inert("how many queries may run", resourcePage("athena_capacity_reservation")),
  "action.aws_athena_execute_query": moves("runs a query when Terraform applies; its result is kept", {
    docs: actionPage("aws_athena_execute_query"),
    attributes: {
      "result_configuration.output_location": document(
        s3Uri("athena.results", undefined, "result_configuration.expected_bucket_owner"),
      ),
      "result_configuration.expected_bucket_owner": owner,
      "result_configuration.acl_configuration": acl,
      "result_configuration.encryption_configuration": uses("the key that encrypts results"),
      query_string: document(queryLocations("athena.query")),
      execution_parameters: harmless("values in the query"),
      query_execution_context: harmless("names of a catalog and a database"),
      workgroup: uses("says where results go if this action does not; judged itself"),
    },
  }),
  ...lookups({ athena_named_query: "the text of a query" }),
});
