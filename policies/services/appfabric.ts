import { harmless, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const bundle = uses("the bundle it belongs to");

export default service("AWS AppFabric", {
  aws_appfabric_app_bundle: inert("groups connected applications", resourcePage("appfabric_app_bundle"), {
    customer_managed_key_arn: uses("the key that encrypts what is kept"),
  }),
  aws_appfabric_app_authorization: inert(
    "credentials for reading an application's audit logs",
    resourcePage("appfabric_app_authorization"),
    {
      app_bundle_arn: bundle,
      app: receives("logs come from this application"),
      credential: uses("what the application lets AppFabric in with"),
      tenant: receives("logs come from this tenant of the application"),
    },
  ),
  aws_appfabric_app_authorization_connection: inert(
    "connects to an application, to read its audit logs",
    resourcePage("appfabric_app_authorization_connection"),
    {
      app_bundle_arn: bundle,
      app_authorization_arn: uses("the credentials for it"),
      "auth_request.redirect_uri": harmless("where the browser returns to when consent has been given"),
    },
  ),
  aws_appfabric_ingestion: inert("reads an application's audit logs", resourcePage("appfabric_ingestion"), {
    app_bundle_arn: bundle,
    app: receives("logs come from this application"),
    tenant_id: receives("logs come from this tenant"),
  }),
  aws_appfabric_ingestion_destination: moves("writes an application's audit logs into a bucket or a stream", {
    docs: "https://docs.aws.amazon.com/appfabric/latest/adminguide/prerequisites.html",
    attributes: {
      app_bundle_arn: bundle,
      ingestion_arn: uses("which logs are written"),
      "destination_configuration.audit_log.destination.s3_bucket.bucket_name": sends("appfabric.logs", "bucket"),
      "destination_configuration.audit_log.destination.firehose_stream.stream_name": uses(
        "a delivery stream of the same account and Region, which says where it delivers",
      ),
    },
  }),
});
