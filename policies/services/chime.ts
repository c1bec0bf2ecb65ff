/** Amazon Chime: Voice Connectors join the telephone network, wherever their Region is. */
import { attribute, type Resource } from "../configuration/resource";
import {
  document,
  type Finding,
  harmless,
  holds,
  inert,
  moves,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { s3Uri } from "./documents/s3-uri";
import { alwaysPublic } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/chime-sdk/latest/ag/${page}.html`;

/** "The AWS Region in which the Voice Connector is created. Default value: us-east-1" (CreateVoiceConnector). */
function* inVirginia(connector: Resource): Generator<Finding> {
  if (attribute(connector, "aws_region") !== null) return;
  yield {
    finding: "flow",
    channel: "chime.default-region",
    attribute: "aws_region",
    to: { to: "value", value: "us-east-1", form: "region" },
    why: "a Voice Connector whose Region is not said is made in us-east-1",
  };
}

const insights = "elements.amazon_transcribe_call_analytics_processor_configuration.post_call_analytics_settings";
const sink = sends("chime.media-insights", "arn", { why: "what is found in calls is sent there" });

export default service("Amazon Chime SDK", {
  aws_chime_voice_connector: moves("joins telephone systems with AWS", {
    docs: "https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_CreateVoiceConnector.html",
    attributes: { aws_region: stands("region") },
    also: inVirginia,
  }),
  aws_chime_voice_connector_termination: moves("lets calls go out to the telephone network", {
    docs: guide("termination-settings"),
    data: "voice_connector_id",
    attributes: {
      calling_regions: harmless("countries that may be called; every call leaves by the telephone network"),
      cidr_allow_list: harmless("who may place calls"),
      default_phone_number: harmless("the number shown to the called"),
    },
    also: alwaysPublic("chime.telephone-network", "calls leave by carriers of the telephone network"),
  }),
  aws_chime_voice_connector_origination: moves("leads calls from the telephone network to hosts", {
    docs: guide("origination-settings"),
    data: "voice_connector_id",
    attributes: { "route.host": sends("chime.origination", "host", { why: "calls are led there" }) },
  }),
  aws_chime_voice_connector_streaming: moves("sends the sound of calls into video streams of the account", {
    docs: guide("start-kinesis-vc"),
    data: "voice_connector_id",
    attributes: {
      streaming_notification_targets: harmless("kinds of notification: topics, queues and buses of the account"),
      "media_insights_configuration.configuration_arn": uses("the configuration, which names its own destinations"),
    },
  }),
  aws_chime_voice_connector_group: inert(
    "connectors that stand in for each other",
    resourcePage("chime_voice_connector_group"),
  ),
  aws_chime_voice_connector_logging: inert(
    "writes logs into log groups of the account",
    resourcePage("chime_voice_connector_logging"),
  ),
  aws_chime_voice_connector_termination_credentials: inert(
    "credentials for placing calls",
    resourcePage("chime_voice_connector_termination_credentials"),
  ),

  aws_chimesdkmediapipelines_media_insights_pipeline_configuration: moves(
    "looks for insights in calls and sends them on",
    {
      docs: "https://docs.aws.amazon.com/chime-sdk/latest/dg/media-insights-configurations.html",
      attributes: {
        resource_access_role_arn: uses("the role that the pipeline acts with"),
        [`${insights}.data_access_role_arn`]: uses("the role that writes the results"),
        [`${insights}.output_location`]: document(s3Uri("chime.media-insights")),
        [`${insights}.output_encryption_kms_key_id`]: uses("the key that encrypts the results"),
        "elements.kinesis_data_stream_sink_configuration.insights_target": sink,
        "elements.lambda_function_sink_configuration.insights_target": sink,
        "elements.sns_topic_sink_configuration.insights_target": sink,
        "elements.sqs_queue_sink_configuration.insights_target": sink,
        "elements.s3_recording_sink_configuration.destination": sends("chime.recording", "bucket-arn"),
      },
      also: mayImprove("chimesdkvoiceanalytics"),
    },
  ),
  aws_chimesdkvoice_global_settings: moves("stores records of calls", {
    docs: guide("manage-cdr"),
    placement: { global: "a setting of the account for its Voice Connectors" },
    attributes: { "voice_connector.cdr_bucket": sends("chime.call-detail-records", "bucket") },
  }),
  aws_chimesdkvoice_sip_media_application: moves("lets a function handle calls", {
    docs: guide("use-sip-apps"),
    attributes: {
      aws_region: stands("region"),
      "endpoints.lambda_arn": sends("chime.sip-media-application", "arn", { why: "events of calls are handed to it" }),
    },
  }),
  aws_chimesdkvoice_sip_rule: moves("leads calls to applications", {
    docs: guide("manage-sip-rules"),
    attributes: {
      "target_applications.aws_region": sends("chime.sip-rule", "region", { why: "calls are led there" }),
      "target_applications.sip_media_application_id": uses("the application, judged by itself"),
      trigger_value: harmless("the number or host that calls come for"),
    },
  }),
  aws_chimesdkvoice_voice_profile_domain: holds("prints of callers' voices", {
    docs: "https://docs.aws.amazon.com/chime-sdk/latest/dg/voice-profile-domain.html",
    attributes: { "server_side_encryption_configuration.kms_key_arn": uses("the key that encrypts the voice prints") },
    also: mayImprove("chimesdkvoiceanalytics"),
  }),
});
