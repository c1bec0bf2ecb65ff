import { harmless, moves, receives, service, uses } from "../flows/vocabulary";

const docs = (page: string) => `https://docs.aws.amazon.com/appintegrations/latest/APIReference/API_${page}.html`;

export default service("Amazon AppIntegrations", {
  aws_appintegrations_data_integration: moves("fetches data from an application or a bucket", {
    docs: docs("CreateDataIntegration"),
    attributes: {
      source_uri: receives("data comes from there"),
      kms_key: uses("the key that encrypts what is fetched"),
      schedule_config: harmless("when and what is fetched"),
    },
  }),
  aws_appintegrations_event_integration: moves("takes events of an application from an event bus", {
    docs: docs("CreateEventIntegration"),
    attributes: {
      eventbridge_bus: receives("events come from there"),
      event_filter: receives("events come from this partner"),
    },
  }),
});
