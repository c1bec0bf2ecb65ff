import { grants, harmless, holds, inert, moves, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/detective/latest/userguide/${page}.html`;

export default service("Amazon Detective", {
  aws_detective_graph: holds("keeps a graph of an account's logs in one Region", {
    docs: guide("behavior-graph-data-about"),
  }),
  aws_detective_invitation_accepter: moves("lets this account's logs flow into another account's graph", {
    docs: guide("member-invitation-respond"),
    attributes: { graph_arn: sends("detective.graph", "arn") },
  }),
  aws_detective_member: moves("takes in the logs of another account", {
    docs: guide("accounts"),
    data: "graph_arn",
    attributes: {
      graph_arn: uses("the graph that logs come into"),
      account_id: receives("logs come from this account"),
      email_address: harmless("the address of that account; the invitation holds no data"),
    },
  }),
  aws_detective_organization_admin_account: grants("lets an account see the logs of the organization", {
    docs: guide("accounts-designate-admin"),
    attributes: { account_id: shares("detective.administrator", "account") },
  }),
  aws_detective_organization_configuration: inert(
    "which accounts become members",
    resourcePage("detective_organization_configuration"),
    {
      graph_arn: uses("the graph that logs come into"),
    },
  ),
});
