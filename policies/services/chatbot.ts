import { grants, receives, service, uses } from "../flows/vocabulary";
import { alwaysGiven } from "./nature";

// Messages are shown in the chat, which a third party keeps; "data … might be stored in any commercial Region"
// (Amazon Q Developer in chat applications Administrator Guide, "Data protection").
const docs = "https://docs.aws.amazon.com/chatbot/latest/adminguide/data-protection.html";
const attributes = {
  iam_role_arn: uses("the role that answers commands given in the chat"),
  guardrail_policy_arns: uses("policies that narrow what commands may do"),
  sns_topic_arns: receives("messages come from these topics"),
};

export default service("Amazon Q Developer in chat applications", {
  aws_chatbot_slack_channel_configuration: grants("shows notifications and answers of AWS in a Slack channel", {
    docs,
    attributes,
    also: alwaysGiven("chatbot.channel", "Slack", "notifications and answers to commands are shown in the channel"),
  }),
  aws_chatbot_teams_channel_configuration: grants("shows notifications and answers of AWS in a Teams channel", {
    docs,
    attributes,
    also: alwaysGiven(
      "chatbot.channel",
      "Microsoft Teams",
      "notifications and answers to commands are shown in the channel",
    ),
  }),
});
