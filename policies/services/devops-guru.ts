import { inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

export default service("Amazon DevOps Guru", {
  aws_devopsguru_notification_channel: moves("tells a topic of unusual behaviour of resources", {
    docs: "https://docs.aws.amazon.com/devops-guru/latest/userguide/update-notifications.html",
    attributes: { "sns.topic_arn": sends("devopsguru.notification", "arn") },
  }),
  aws_devopsguru_event_sources_config: inert(
    "whether recommendations of the profiler are shown",
    resourcePage("devopsguru_event_sources_config"),
    { event_sources: receives("recommendations come from the profiler") },
  ),
  aws_devopsguru_resource_collection: inert(
    "whose metrics are looked at, in the same account and Region",
    resourcePage("devopsguru_resource_collection"),
  ),
  aws_devopsguru_service_integration: inert(
    "whether log groups are looked at, and tasks made in Systems Manager, in the same account and Region",
    resourcePage("devopsguru_service_integration"),
    { "kms_server_side_encryption.kms_key_id": uses("the key that encrypts what is kept") },
  ),
});
