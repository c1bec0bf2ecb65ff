import { at, document, harmless, holds, inert, moves, opens, sends, service, uses } from "../flows/vocabulary";
import { automationValue } from "./documents/arn-values";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/incident-manager/latest/userguide/${page}.html`;
const automation = "action.ssm_automation";

export default service("AWS Systems Manager Incident Manager", {
  aws_ssmincidents_replication_set: holds("copies incidents and contacts to each of its Regions", {
    docs: guide("getting-started"),
    placement: { global: "stands in the Regions that it lists" },
    attributes: {
      "region.name": sends("ssmincidents.replication", "region"),
      "regions.name": sends("ssmincidents.replication", "region"),
      "region.kms_key_arn": uses("the key that encrypts incidents"),
      "regions.kms_key_arn": uses("the key that encrypts incidents"),
    },
  }),
  aws_ssmincidents_response_plan: moves("says who is told of an incident and what is run", {
    docs: guide("response-plans"),
    attributes: {
      chat_channel: sends("ssmincidents.chat", "arn"),
      engagements: sends("ssmincidents.engagement", "arn"),
      "incident_template.notification_target.sns_topic_arn": sends("ssmincidents.notification", "arn"),
      "incident_template.incident_tags": harmless("labels"),
      "incident_template.summary": harmless("text for people"),
      "integration.pagerduty.service_id": opens(
        "ssmincidents.pagerduty",
        at("integration.pagerduty.service_id").isSet(),
        {
          why: "incidents are reported to PagerDuty",
        },
      ),
      "integration.pagerduty.secret_id": uses("the credential for PagerDuty"),
      [`${automation}.document_name`]: uses("the steps, where they are judged"),
      [`${automation}.role_arn`]: uses("the role that the steps are run with"),
      [`${automation}.target_account`]: harmless("the account of the incident or that of the plan"),
      [`${automation}.parameter.values`]: document(automationValue("ssm.automation")),
      [`${automation}.dynamic_parameters`]: harmless("text that the steps are given"),
    },
  }),
  aws_ssmcontacts_contact: inert("a person, by name", resourcePage("ssmcontacts_contact")),
  aws_ssmcontacts_contact_channel: moves("an address at which a person is told of incidents", {
    docs: guide("contacts"),
    data: "contact_id",
    attributes: {
      "delivery_address.simple_address": sends("ssmcontacts.channel", "any"),
      contact_id: uses("the person"),
    },
  }),
  aws_ssmcontacts_plan: inert("in which order people are told", resourcePage("ssmcontacts_plan"), {
    contact_id: uses("the person"),
    "stage.target": uses("people and their addresses, where those are judged"),
  }),
  aws_ssmcontacts_rotation: inert("who is on call when", resourcePage("ssmcontacts_rotation"), {
    contact_ids: uses("the people"),
    time_zone_id: harmless("the time zone of the clock"),
  }),
  ...lookups({
    ssmcontacts_contact: "a person",
    ssmcontacts_contact_channel: "an address",
    ssmcontacts_plan: "a plan",
    ssmcontacts_rotation: "a rotation",
    ssmincidents_replication_set: "the replication set",
    ssmincidents_response_plan: "a response plan",
  }),
});
