import { at, document, type Entry, harmless, inert, moves, opens, sends, service, uses } from "../flows/vocabulary";
import { functionName } from "./documents/arn-values";
import { isArn, resourcePage } from "./pages";

const guide = "https://docs.aws.amazon.com/pinpoint/latest/userguide/channels.html";

/** A channel is in use unless it is disabled. */
const channel = (what: string, by: string, attributes: Entry["attributes"] = {}): Entry =>
  moves(what, {
    docs: guide,
    data: "application_id",
    attributes: {
      enabled: opens("pinpoint.channel", at("enabled", true).isNot(false), {
        why: `messages leave through ${by}, to recipients anywhere`,
      }),
      ...attributes,
    },
  });

const credential = harmless("a credential for the push service");
const apple = () =>
  channel("pushes messages to Apple devices", "Apple's push service", {
    bundle_id: harmless("names an app"),
    certificate: credential,
    private_key: credential,
    team_id: credential,
    token_key: credential,
    token_key_id: credential,
  });

export default service("Amazon Pinpoint", {
  aws_pinpoint_app: moves("keeps addresses of recipients and what they were sent", {
    docs: "https://docs.aws.amazon.com/pinpoint/latest/developerguide/segments-dynamic.html",
    attributes: {
      "campaign_hook.lambda_function_name": document(functionName("pinpoint.campaign-hook")),
      "campaign_hook.web_url": sends("pinpoint.campaign-hook", "url"),
    },
  }),
  aws_pinpoint_event_stream: moves("sends events of an app to a stream", {
    docs: "https://docs.aws.amazon.com/pinpoint/latest/developerguide/event-streams.html",
    data: "application_id",
    attributes: {
      destination_stream_arn: sends("pinpoint.event-stream", "arn"),
      role_arn: uses("the role that writes to the stream"),
    },
  }),
  aws_pinpoint_adm_channel: channel("pushes messages to Amazon devices", "Amazon Device Messaging"),
  aws_pinpoint_apns_channel: apple(),
  aws_pinpoint_apns_sandbox_channel: apple(),
  aws_pinpoint_apns_voip_channel: apple(),
  aws_pinpoint_apns_voip_sandbox_channel: apple(),
  aws_pinpoint_baidu_channel: channel("pushes messages to devices in China", "Baidu's push service"),
  aws_pinpoint_gcm_channel: channel("pushes messages to Android devices", "Google's push service", {
    service_json: credential,
  }),
  aws_pinpoint_email_channel: channel("sends mail", "the internet's mail servers", {
    from_address: harmless("the owner's own address"),
    identity: uses("the owner's own address"),
    role_arn: uses("the role that events are recorded with"),
    orchestration_sending_role_arn: uses("the role that mail is sent with"),
  }),
  aws_pinpoint_sms_channel: channel("sends text messages", "telephone carriers", {
    sender_id: harmless("the name shown as sender"),
    short_code: harmless("the number shown as sender"),
  }),
  aws_pinpoint_email_template: inert("the text of a mail", resourcePage("pinpoint_email_template"), {
    email_template: harmless("text"),
  }),

  aws_pinpointsmsvoicev2_phone_number: moves("a number that text messages and calls are sent from", {
    docs: "https://docs.aws.amazon.com/sms-voice/latest/userguide/phone-numbers.html",
    attributes: {
      number_type: opens("sms-voice.number", at("number_type").isNot(""), {
        why: "what is sent from the number leaves through telephone carriers, to recipients anywhere",
      }),
      // An ARN of a topic, or the name of Amazon Connect in the same Region.
      two_way_channel_arn: sends("sms-voice.two-way", "arn", { when: isArn("two_way_channel_arn") }),
      two_way_channel_role: uses("the role that hands on messages that come in"),
      iso_country_code: harmless("the country of the number; messages go everywhere"),
    },
  }),
  aws_pinpointsmsvoicev2_configuration_set: inert(
    "options of sending",
    resourcePage("pinpointsmsvoicev2_configuration_set"),
    {
      default_sender_id: harmless("the name shown as sender"),
    },
  ),
  aws_pinpointsmsvoicev2_opt_out_list: inert(
    "numbers that nothing is sent to",
    resourcePage("pinpointsmsvoicev2_opt_out_list"),
  ),
});
