import { grants, harmless, holds, sends, service, shares, uses } from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/clean-rooms/latest/userguide/${page}.html`;

export default service("AWS Clean Rooms", {
  // Members run queries over each other's tables and receive the results.
  aws_cleanrooms_collaboration: grants("lets accounts query tables of each other", {
    docs: guide("create-collaboration"),
    attributes: {
      "member.account_id": shares("cleanrooms.member", "account", {
        why: "the member may query what is brought into the collaboration",
      }),
      data_encryption_metadata: harmless("how columns are encrypted"),
    },
  }),
  aws_cleanrooms_membership: grants("joins a collaboration and says where results are written", {
    docs: guide("create-membership"),
    attributes: {
      collaboration_id: shares("cleanrooms.member", "id", {
        why: "the collaboration's members may query what is brought into it",
      }),
      "default_result_configuration.output_configuration.s3.bucket": sends("cleanrooms.result", "bucket"),
      "default_result_configuration.role_arn": uses("the role that writes the results"),
    },
  }),
  aws_cleanrooms_configured_table: holds("which columns of a table may be queried; who may, a collaboration says", {
    docs: guide("create-configured-table"),
    attributes: { table_reference: uses("a table of the same account's catalog") },
  }),
});
