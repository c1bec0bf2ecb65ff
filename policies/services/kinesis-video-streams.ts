import { harmless, holds, service, uses } from "../flows/vocabulary";

export default service("Amazon Kinesis Video Streams", {
  aws_kinesis_video_stream: holds("keeps media in its Region; reading takes permission by identity policies", {
    docs: "https://docs.aws.amazon.com/kinesisvideostreams/latest/dg/how-it-works.html",
    attributes: {
      kms_key_id: uses("the key that encrypts media at rest"),
      device_name: harmless("the name of the device that sends"),
      media_type: harmless("a media type such as video/h264"),
    },
  }),
});
