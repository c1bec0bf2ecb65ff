import { harmless, inert, moves, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/elastictranscoder/latest/developerguide/${page}.html`;
const media = sends("elastictranscoder.output", "bucket", { why: "what is transcoded is written there" });
const notice = sends("elastictranscoder.notification", "arn");
/** "Group: AllUsers, AuthenticatedUsers, LogDelivery; Canonical; Email" (CreatePipeline, Permissions). */
const grantee = shares("elastictranscoder.acl", "principal", { why: "the grantee may read what is written" });
const shape = harmless("how pictures are fitted");

export default service("Amazon Elastic Transcoder", {
  aws_elastictranscoder_pipeline: moves("transcodes media from one bucket into another", {
    docs: guide("working-with-pipelines"),
    attributes: {
      input_bucket: receives("media come from there"),
      output_bucket: media,
      "content_config.bucket": media,
      "thumbnail_config.bucket": media,
      "content_config_permissions.grantee": grantee,
      "thumbnail_config_permissions.grantee": grantee,
      "notifications.completed": notice,
      "notifications.error": notice,
      "notifications.progressing": notice,
      "notifications.warning": notice,
      role: uses("the role that reads and writes"),
      aws_kms_key_arn: uses("the key that decrypts and encrypts"),
    },
  }),
  aws_elastictranscoder_preset: inert("sizes and codecs", resourcePage("elastictranscoder_preset"), {
    thumbnails: shape,
    video: shape,
    video_watermarks: shape,
  }),
});
