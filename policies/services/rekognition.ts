import { at, harmless, holds, moves, opens, receives, sends, service, uses } from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";

const guide = (page: string) => `https://docs.aws.amazon.com/rekognition/latest/dg/${page}.html`;

export default service("Amazon Rekognition", {
  aws_rekognition_stream_processor: moves("looks for faces and things in live video", {
    docs: guide("streaming-video"),
    attributes: {
      role_arn: uses("the role that reads and writes"),
      "input.kinesis_video_stream.arn": receives("video comes from there"),
      "output.kinesis_data_stream.arn": sends("rekognition.output", "arn"),
      "output.s3_destination.bucket": sends("rekognition.output", "bucket"),
      "notification_channel.sns_topic_arn": sends("rekognition.notification", "arn"),
      kms_key_id: uses("the key that encrypts what is found"),
      "data_sharing_preference.opt_in": opens("ai.service-improvement", at("data_sharing_preference.opt_in").is(true), {
        why: "video is shared with AWS to improve the service",
      }),
      regions_of_interest: harmless("parts of the picture"),
    },
    also: mayImprove("rekognition"),
  }),
  aws_rekognition_collection: holds("prints of faces", { docs: guide("collections"), also: mayImprove("rekognition") }),
  aws_rekognition_project: holds("a model made from the owner's pictures", {
    docs: "https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/mp-create-project.html",
    also: mayImprove("rekognition"),
  }),
});
