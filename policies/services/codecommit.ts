import { harmless, holds, inert, moves, sends, service, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

export default service("AWS CodeCommit", {
  aws_codecommit_repository: holds("keeps source code in its Region", {
    docs: "https://docs.aws.amazon.com/codecommit/latest/userguide/repositories.html",
    attributes: { kms_key_id: uses("the key that encrypts the repository") },
  }),
  aws_codecommit_trigger: moves("tells a topic or a function of each push", {
    docs: "https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify.html",
    data: "repository_name",
    attributes: {
      "trigger.destination_arn": sends("codecommit.trigger", "arn"),
      "trigger.custom_data": harmless("text that is sent along"),
    },
  }),
  aws_codecommit_approval_rule_template: inert(
    "who must approve a change",
    resourcePage("codecommit_approval_rule_template"),
    {
      content: harmless("how many approvals a change needs, and of whom; it lets nobody read"),
    },
  ),
  aws_codecommit_approval_rule_template_association: inert(
    "applies a rule to a repository",
    resourcePage("codecommit_approval_rule_template_association"),
  ),
  ...lookups({ codecommit_approval_rule_template: "a rule by name", codecommit_repository: "a repository by name" }),
});
