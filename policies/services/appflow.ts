import type { Resource } from "../configuration/resource";
import { find, isObject } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  type Entry,
  type Finding,
  harmless,
  inert,
  moves,
  opens,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { hostsOf } from "./documents/connection-url";
import { resourcePage } from "./pages";

const destination = "destination_flow_config.destination_connector_properties";
const withErrors = [
  "custom_connector",
  "event_bridge",
  "honeycode",
  "marketo",
  "redshift",
  "salesforce",
  "sapo_data",
  "snowflake",
  "zendesk",
];

const errors: Entry["attributes"] = Object.fromEntries([
  ...withErrors.map((block) => [
    `${destination}.${block}.error_handling_config.bucket_name`,
    sends("appflow.errors", "bucket"),
  ]),
  ...withErrors.map((block) => [`${destination}.${block}`, harmless("names of objects and fields at the destination")]),
]);

/** A cluster of Amazon Redshift, and a bucket on the way to it, are named in the connector profile alone. */
function* redshift(flow: Resource, context: Context): Generator<Finding> {
  for (const { value: block, at } of find(flow.values, "destination_flow_config")) {
    if (!isObject(block) || block.connector_type !== "Redshift") continue;
    const attribute = `${at}.connector_profile_name`;
    const name = block.connector_profile_name ?? null;
    const denoted = context.denoted(name);
    const profiles = context
      .ofType("aws_appflow_connector_profile")
      .filter((profile) => denoted.includes(profile) || profile.values.name === name);
    if (profiles.length === 0) {
      const why =
        "the cluster that records are copied to is named in a connector profile that is not in this configuration";
      yield { finding: "undecided", attribute, why };
    }
    for (const profile of profiles) {
      const named = (property: string) =>
        find(profile.values, `connector_profile_config.connector_profile_properties.redshift.${property}`);
      for (const { value } of named("database_url")) {
        for (const host of hostsOf(value))
          yield { finding: "role", attribute, value: host, role: sends("appflow.delivery", "host") };
      }
      for (const { value } of named("bucket_name"))
        yield { finding: "role", attribute, value, role: sends("appflow.delivery", "bucket") };
    }
  }
}

export default service("Amazon AppFlow", {
  // AWS's own destinations; every other connector writes to a service of somebody else's.
  aws_appflow_flow: moves("copies records from one service to another", {
    docs: "https://docs.aws.amazon.com/appflow/latest/userguide/app-specific.html",
    attributes: {
      "destination_flow_config.connector_type": opens(
        "appflow.destination",
        at("destination_flow_config.connector_type").isNot(
          "S3",
          "Redshift",
          "EventBridge",
          "CustomerProfiles",
          "LookoutMetrics",
        ),
        { why: "the records are written into a service that is not AWS's" },
      ),
      "destination_flow_config.connector_profile_name": uses("the credentials for the destination"),
      ...errors,
      [`${destination}.s3.bucket_name`]: sends("appflow.delivery", "bucket"),
      [`${destination}.s3.s3_output_format_config`]: harmless("names and formats of the files"),
      [`${destination}.s3.bucket_prefix`]: harmless("the beginning of object names"),
      [`${destination}.redshift.intermediate_bucket_name`]: sends("appflow.delivery", "bucket"),
      [`${destination}.snowflake.intermediate_bucket_name`]: sends("appflow.delivery", "bucket"),
      [`${destination}.upsolver.bucket_name`]: sends("appflow.delivery", "bucket"),
      [`${destination}.sapo_data.success_response_handling_config.bucket_name`]: sends("appflow.delivery", "bucket"),
      [`${destination}.customer_profiles`]: uses("a domain of the same account"),
      "metadata_catalog_config.glue_data_catalog": uses("names of tables in the catalog of the account"),
      source_flow_config: receives("records come from there"),
      task: harmless("which fields are copied and how they are changed"),
      trigger_config: harmless("when records are copied"),
      kms_arn: uses("the key that encrypts records on the way"),
    },
    also: redshift,
  }),
  aws_appflow_connector_profile: inert(
    "credentials for a service; what is copied there, the flows say",
    resourcePage("appflow_connector_profile"),
    {
      connector_profile_config: uses("credentials, and where they are good"),
      kms_arn: uses("the key that encrypts credentials"),
    },
  ),
});
