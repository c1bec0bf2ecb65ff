/** Amazon Lex, both versions: bots that talk with people. */
import { harmless, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { resourcePage } from "./pages";

const v1 = (page: string) => `https://docs.aws.amazon.com/lex/latest/dg/${page}.html`;
const v2 = (page: string) => `https://docs.aws.amazon.com/lexv2/latest/dg/${page}.html`;
const words = harmless("what the bot says, with cards and pictures that the client shows");
const hook = sends("lex.function", "arn", { why: "what people say is handed to the function" });

export default service("Amazon Lex", {
  aws_lex_bot: moves("understands what people say", {
    docs: v1("how-it-works"),
    attributes: { abort_statement: words, clarification_prompt: words },
    also: mayImprove("lex"),
  }),
  aws_lex_bot_alias: moves("records conversations", {
    docs: v1("conversation-logs"),
    data: "bot_name",
    attributes: {
      "conversation_logs.log_settings.resource_arn": sends("lex.conversation-log", "arn"),
      "conversation_logs.log_settings.destination": harmless("a log group or a bucket"),
      "conversation_logs.log_settings.kms_key_arn": uses("the key that encrypts recordings"),
      "conversation_logs.iam_role_arn": uses("the role that writes the record"),
    },
  }),
  aws_lex_intent: moves("hands what people want to a function", {
    docs: v1("programming-model"),
    attributes: {
      "dialog_code_hook.uri": hook,
      "fulfillment_activity.code_hook.uri": hook,
      conclusion_statement: words,
      confirmation_prompt: words,
      follow_up_prompt: words,
      rejection_statement: words,
      slot: words,
    },
  }),
  aws_lex_slot_type: inert("values that people may mean", resourcePage("lex_slot_type")),

  aws_lexv2models_bot: moves("understands what people say", {
    docs: v2("how-it-works"),
    attributes: {
      role_arn: uses("the role that the bot acts with"),
      members: uses("bots of the same account and Region that it asks"),
    },
    also: mayImprove("lex"),
  }),
  // Functions are named by an alias, which Terraform can't make.
  aws_lexv2models_intent: moves("says what people may want, and looks answers up", {
    docs: v2("build-intents"),
    data: "bot_id",
    attributes: {
      closing_setting: words,
      confirmation_setting: words,
      initial_response_setting: words,
      fulfillment_code_hook: words,
      dialog_code_hook: harmless("whether the function that the alias names is called"),
      "kendra_configuration.kendra_index": sends("lex.kendra", "arn", { why: "what people say is looked up there" }),
    },
  }),
  aws_lexv2models_slot: inert("what the bot asks for", resourcePage("lexv2models_slot"), {
    value_elicitation_setting: words,
    sub_slot_setting: words,
  }),
  aws_lexv2models_slot_type: inert("values that people may mean", resourcePage("lexv2models_slot_type"), {
    "external_source_setting.grammar_slot_type_setting.source.s3_bucket_name": receives("the grammar comes from there"),
    "external_source_setting.grammar_slot_type_setting.source.kms_key_arn": uses("the key that decrypts the grammar"),
  }),
  aws_lexv2models_bot_locale: inert("a language of a bot", resourcePage("lexv2models_bot_locale")),
  aws_lexv2models_bot_version: inert("a version of a bot", resourcePage("lexv2models_bot_version"), {
    locale_specification: harmless("versions of the bot's languages"),
  }),
});
