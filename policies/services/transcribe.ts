import { holds, inert, receives, service, uses } from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { resourcePage } from "./pages";

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
});
