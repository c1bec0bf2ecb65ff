import { at, filters, grants, moves, sends, service, uses } from "../flows/vocabulary";
import { alwaysGiven, worldwide } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/waf/latest/developerguide/${page}.html`;

const KEPT = "Shield Advanced keeps its settings in us-east-1; they hold no payload";
const global = { placement: { global: KEPT } };
const setting = worldwide(KEPT);
const TEAM = "AWS Shield Response Team";
const notified = (form: "email" | "phone") =>
  sends("shield.proactive-engagement", form, { when: at("enabled").is(true), why: "the response team reports there" });

export default service("AWS Shield", {
  // "Granting access for the Shield Response Team": people of AWS, who may work from anywhere.
  aws_shield_drt_access_role_arn_association: grants("lets AWS's response team look at web ACLs, requests and logs", {
    docs: guide("ddos-srt-access"),
    ...global,
    attributes: { role_arn: uses("the role that the team assumes") },
    also: alwaysGiven("shield.response-team", TEAM, "the team may look at samples of requests"),
  }),
  aws_shield_drt_access_log_bucket_association: grants("lets AWS's response team read logs in a bucket", {
    docs: guide("ddos-srt-access"),
    ...global,
    data: "log_bucket",
    attributes: {
      log_bucket: uses("the bucket that the team may read"),
      role_arn_association_id: uses("the role that the team assumes"),
    },
    also: alwaysGiven("shield.response-team", TEAM, "the team may read the logs in the bucket"),
  }),
  aws_shield_proactive_engagement: moves("has AWS's response team report attacks to people", {
    docs: guide("ddos-srt-proactive-engagement"),
    ...global,
    attributes: {
      "emergency_contact.email_address": notified("email"),
      "emergency_contact.phone_number": notified("phone"),
    },
  }),
  aws_shield_protection: filters("guards a resource against floods of packets", {
    docs: guide("ddos-advanced-summary"),
    ...global,
    attributes: { resource_arn: uses("the resource that is guarded") },
  }),
  aws_shield_application_layer_automatic_response: setting(
    "whether requests of an attack are blocked or counted",
    resourcePage("shield_application_layer_automatic_response"),
    { resource_arn: uses("the resource that is guarded") },
  ),
  aws_shield_protection_group: setting("guarded resources seen as one", resourcePage("shield_protection_group"), {
    members: uses("the resources that are guarded"),
  }),
  aws_shield_protection_health_check_association: setting(
    "which health check tells of an attack",
    resourcePage("shield_protection_health_check_association"),
    { health_check_arn: uses("the health check") },
  ),
  aws_shield_subscription: setting("subscribes the account", resourcePage("shield_subscription")),
});
