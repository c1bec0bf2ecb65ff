import { at, grants, harmless, inert, moves, policy, receives, sends, service, uses } from "../flows/vocabulary";
import { sentToItsRegion } from "./nature";
import { actionPage, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/ses/latest/dg/${page}.html`;

/**
 * A verified address or domain sends and receives nothing by itself: whether mail leaves is up to callers with
 * `ses:SendEmail`, and what is done with mail that comes in, the receipt rules say.
 */
const ownName = harmless("a name that the owner has proved to be theirs");
const identity = (what: string, name: string, attribute: string) =>
  inert(what, resourcePage(name), { [attribute]: ownName });
const topic = sends("ses.notification", "arn");
/** A destination that is not enabled is told nothing (API reference, EventDestinationDefinition, "Enabled"). */
const reported = (enabled: string) => sends("ses.events", "arn", { when: at(enabled, false).is(true) });

export default service("Amazon SES", {
  aws_ses_domain_identity: identity("a domain that mail may be sent from", "ses_domain_identity", "domain"),
  aws_ses_domain_identity_verification: identity(
    "waits until a domain is verified",
    "ses_domain_identity_verification",
    "domain",
  ),
  aws_ses_domain_dkim: identity("signs mail of a domain", "ses_domain_dkim", "domain"),
  aws_ses_email_identity: identity("an address that mail may be sent from", "ses_email_identity", "email"),
  aws_ses_domain_mail_from: inert("the domain that returned mail comes back to", resourcePage("ses_domain_mail_from"), {
    domain: ownName,
    mail_from_domain: ownName,
  }),
  aws_sesv2_email_identity: inert(
    "an address or domain that mail may be sent from",
    resourcePage("sesv2_email_identity"),
    {
      email_identity: ownName,
      "dkim_signing_attributes.domain_signing_private_key": harmless("the key that signs mail"),
      "dkim_signing_attributes.domain_signing_selector": harmless("the name of the key in DNS"),
    },
  ),
  aws_sesv2_email_identity_feedback_attributes: inert(
    "whether notices of returned mail are mailed to the sender's own address",
    resourcePage("sesv2_email_identity_feedback_attributes"),
    { email_identity: ownName },
  ),
  aws_sesv2_email_identity_mail_from_attributes: inert(
    "the domain that returned mail comes back to",
    resourcePage("sesv2_email_identity_mail_from_attributes"),
    { email_identity: ownName, mail_from_domain: ownName },
  ),

  aws_ses_identity_policy: grants("says who may send as an address or domain", {
    docs: guide("sending-authorization"),
    data: "identity",
    attributes: { policy: policy("ses.policy") },
  }),
  aws_sesv2_email_identity_policy: grants("says who may send as an address or domain", {
    docs: guide("sending-authorization"),
    data: "email_identity",
    attributes: { policy: policy("ses.policy"), email_identity: ownName },
  }),

  aws_ses_identity_notification_topic: moves("tells a topic of returned mail and complaints", {
    docs: guide("monitor-sending-activity-using-notifications-sns"),
    attributes: { topic_arn: topic, identity: ownName },
  }),
  aws_ses_event_destination: moves("reports what became of each mail", {
    docs: guide("event-publishing-add-event-destination"),
    data: "configuration_set_name",
    attributes: {
      "kinesis_destination.stream_arn": reported("enabled"),
      "kinesis_destination.role_arn": uses("the role that writes to the stream"),
      "sns_destination.topic_arn": reported("enabled"),
      cloudwatch_destination: harmless("metrics of the same account and Region"),
      matching_types: harmless("which events are reported"),
    },
  }),
  aws_sesv2_configuration_set_event_destination: moves("reports what became of each mail", {
    docs: guide("event-publishing-add-event-destination"),
    data: "configuration_set_name",
    attributes: {
      "event_destination.event_bridge_destination.event_bus_arn": reported("event_destination.enabled"),
      "event_destination.kinesis_firehose_destination.delivery_stream_arn": reported("event_destination.enabled"),
      "event_destination.kinesis_firehose_destination.iam_role_arn": uses("the role that writes to the stream"),
      "event_destination.pinpoint_destination.application_arn": reported("event_destination.enabled"),
      "event_destination.sns_destination.topic_arn": reported("event_destination.enabled"),
      "event_destination.cloud_watch_destination": harmless("metrics of the same account and Region"),
      "event_destination.matching_event_types": harmless("which events are reported"),
      event_destination_name: harmless("its own name"),
    },
  }),

  aws_ses_receipt_rule: moves("says what is done with mail that comes in", {
    docs: guide("receiving-email-action"),
    attributes: {
      "s3_action.bucket_name": sends("ses.receipt", "bucket"),
      "s3_action.object_key_prefix": harmless("the beginning of object names"),
      "s3_action.topic_arn": topic,
      "s3_action.kms_key_arn": uses("the key that encrypts mail"),
      "s3_action.iam_role_arn": uses("the role that writes to the bucket"),
      "lambda_action.function_arn": sends("ses.receipt", "arn"),
      "lambda_action.topic_arn": topic,
      "sns_action.topic_arn": sends("ses.receipt", "arn"),
      "workmail_action.organization_arn": sends("ses.receipt", "arn"),
      "workmail_action.topic_arn": topic,
      "bounce_action.topic_arn": topic,
      "bounce_action.sender": ownName,
      "bounce_action.message": harmless("text that the sender of the mail is told"),
      "stop_action.topic_arn": topic,
      add_header_action: harmless("text that is added to the mail"),
      tls_policy: harmless("whether mail is taken in without TLS"),
      recipients: receives("mail to these addresses comes in"),
    },
  }),
  aws_ses_receipt_filter: inert("from which addresses mail is taken in", resourcePage("ses_receipt_filter"), {
    cidr: harmless("from which addresses mail is taken in"),
    policy: harmless("Allow or Block"),
  }),
  aws_ses_receipt_rule_set: inert("a set of rules", resourcePage("ses_receipt_rule_set")),
  aws_ses_active_receipt_rule_set: inert("which set of rules is used", resourcePage("ses_active_receipt_rule_set")),

  // Clicks on links in mail come in by the owner's own domain.
  aws_ses_configuration_set: inert("options of sending", resourcePage("ses_configuration_set"), {
    "delivery_options.tls_policy": harmless("whether mail is sent without TLS"),
    "tracking_options.custom_redirect_domain": receives("clicks on links come in there"),
  }),
  aws_sesv2_configuration_set: inert("options of sending", resourcePage("sesv2_configuration_set"), {
    delivery_options: harmless("from which pool of addresses and with which encryption mail is sent"),
    "tracking_options.custom_redirect_domain": receives("clicks on links come in there"),
    "tracking_options.https_policy": harmless("whether clicks come in encrypted"),
  }),
  aws_ses_template: inert("the text of a mail", resourcePage("ses_template")),
  aws_sesv2_account_suppression_attributes: inert(
    "to which addresses nothing is sent",
    resourcePage("sesv2_account_suppression_attributes"),
  ),
  aws_sesv2_account_vdm_attributes: inert(
    "whether figures about sending are shown",
    resourcePage("sesv2_account_vdm_attributes"),
  ),
  aws_sesv2_contact_list: inert("what recipients have subscribed to", resourcePage("sesv2_contact_list")),
  aws_sesv2_dedicated_ip_assignment: inert(
    "puts an address that mail is sent from into a pool",
    resourcePage("sesv2_dedicated_ip_assignment"),
    {
      ip: harmless("an address that mail is sent from"),
      destination_pool_name: harmless("the pool"),
    },
  ),
  aws_sesv2_dedicated_ip_pool: inert("addresses that mail is sent from", resourcePage("sesv2_dedicated_ip_pool")),

  "action.aws_ses_send_email": moves("sends a mail when Terraform applies", {
    docs: actionPage("ses_send_email"),
    attributes: {
      to_addresses: sends("ses.send", "email"),
      cc_addresses: sends("ses.send", "email"),
      bcc_addresses: sends("ses.send", "email"),
      reply_to_addresses: harmless("whom recipients answer"),
      return_path: sends("ses.send", "email"),
      source: ownName,
    },
    also: sentToItsRegion("ses.send", "the mail is sent from there"),
  }),

  ...lookups({
    ses_active_receipt_rule_set: "the rule set in use",
    ses_domain_identity: "a domain",
    ses_email_identity: "an address",
    sesv2_configuration_set: "a configuration set",
    sesv2_dedicated_ip_pool: "a pool of addresses",
    sesv2_email_identity: "an address or domain",
    sesv2_email_identity_mail_from_attributes: "the domain that returned mail comes back to",
  }),
});
