import { harmless, holds, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { actionPage, resourcePage } from "./pages";

const words = receives("the words come from there");

export default service("Amazon Transcribe", {
  aws_transcribe_language_model: holds("a model made from the owner's texts", {
    docs: "https://docs.aws.amazon.com/transcribe/latest/dg/custom-language-models.html",
    attributes: {
      "input_data_config.s3_uri": receives("texts come from there"),
      "input_data_config.tuning_data_s3_uri": receives("texts come from there"),
      "input_data_config.data_access_role_arn": uses("the role that reads the texts"),
    },
    also: mayImprove("transcribe"),
  }),
  aws_transcribe_vocabulary: inert("words that are to be recognized", resourcePage("transcribe_vocabulary"), {
    vocabulary_file_uri: words,
  }),
  aws_transcribe_medical_vocabulary: inert(
    "words that are to be recognized",
    resourcePage("transcribe_medical_vocabulary"),
    { vocabulary_file_uri: words },
  ),
  aws_transcribe_vocabulary_filter: inert("words that are left out", resourcePage("transcribe_vocabulary_filter"), {
    vocabulary_filter_file_uri: words,
  }),

  "action.aws_transcribe_start_transcription_job": moves("has a recording written down when Terraform applies", {
    docs: actionPage("transcribe_start_transcription_job"),
    attributes: {
      media_file_uri: receives("the recording comes from there"),
      output_bucket_name: sends("transcribe.output", "bucket", { why: "the text is written there" }),
      output_key: harmless("the name of the text in its bucket"),
    },
    also: mayImprove("transcribe"),
  }),
});
