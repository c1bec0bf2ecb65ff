/** Amazon IVS: live video for viewers everywhere, and chat beside it. */
import { holds, inert, moves, sends, service, uses } from "../flows/vocabulary";
import { alwaysPublic } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/${page}.html`;

export default service("Amazon Interactive Video Service", {
  // "… video … delivered through … edge locations worldwide"; private channels narrow who watches, not where copies are.
  aws_ivs_channel: moves("distributes live video to viewers by edge locations worldwide", {
    docs: guide("what-is"),
    attributes: { recording_configuration_arn: uses("the configuration, which names its own bucket") },
    also: alwaysPublic("ivs.edge", "video is distributed by edge locations worldwide"),
  }),
  aws_ivs_recording_configuration: moves("records live video in a bucket", {
    docs: guide("record-to-s3"),
    attributes: { "destination_configuration.s3.bucket_name": sends("ivs.recording", "bucket") },
  }),
  aws_ivs_playback_key_pair: inert("a key that proves who may watch", resourcePage("ivs_playback_key_pair")),
  aws_ivschat_room: holds("passes messages between those whom an application lets in", {
    docs: "https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/what-is.html",
    attributes: {
      logging_configuration_identifiers: uses("the configuration, which names its own destination"),
      "message_review_handler.uri": sends("ivschat.review", "arn", { why: "each message is handed to the function" }),
    },
  }),
  aws_ivschat_logging_configuration: moves("records messages of rooms", {
    docs: "https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-logging.html",
    attributes: {
      "destination_configuration.s3.bucket_name": sends("ivschat.log", "bucket"),
      "destination_configuration.firehose.delivery_stream_name": uses(
        "a delivery stream of the same account and Region",
      ),
      "destination_configuration.cloudwatch_logs.log_group_name": uses("a log group of the same account and Region"),
    },
  }),
});
