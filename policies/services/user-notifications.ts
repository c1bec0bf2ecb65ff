import { moves, places, receives, sends, service, stands, uses } from "../flows/vocabulary";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/notifications/latest/userguide/${page}.html`;

const KEPT = "User Notifications keeps what it notifies of in the Regions of its hubs";
const global = { placement: { global: KEPT } };
const setting = worldwide(KEPT);
const configuration = { notification_configuration_arn: uses("the configuration it belongs to") };

export default service("AWS User Notifications", {
  aws_notifications_notification_hub: places("a Region in which notifications are kept and handled", {
    docs: guide("notification-hubs"),
    // No `placement`: it stands in the hub's Region, and its provider's Region says only where it was asked for.
    attributes: { notification_hub_region: stands("region") },
  }),
  aws_notifications_channel_association: moves("sends notifications to a channel", {
    docs: guide("manage-delivery-channels"),
    ...global,
    attributes: { ...configuration, arn: sends("notifications.channel", "arn") },
  }),
  aws_notificationscontacts_email_contact: moves("sends notifications to an e-mail address", {
    docs: guide("manage-delivery-channels"),
    ...global,
    attributes: { email_address: sends("notifications.email", "email") },
  }),
  aws_notifications_event_rule: setting("which events are notified of", resourcePage("notifications_event_rule"), {
    ...configuration,
    regions: receives("events come from these Regions"),
    source: receives("events come from this service"),
    event_pattern: receives("which events are taken"),
  }),
  aws_notifications_notification_configuration: setting(
    "groups rules and channels",
    resourcePage("notifications_notification_configuration"),
  ),
});
