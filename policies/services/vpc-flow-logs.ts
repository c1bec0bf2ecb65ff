import { harmless, moves, sends, service, uses } from "../flows/vocabulary";

const watched = harmless("whose traffic is recorded");

export default service("Amazon VPC Flow Logs", {
  // Bucket, log group and delivery stream may belong to other accounts
  // (https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-firehose.html, "Cross account delivery").
  aws_flow_log: moves("records who talks to whom and delivers the records", {
    docs: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    data: "vpc_id",
    attributes: {
      log_destination: sends("flow-log.delivery", "arn"),
      log_destination_type: harmless("which kind of destination it is"),
      deliver_cross_account_role: uses(
        "the role in the destination's account that takes the records; log_destination says where they go",
      ),
      iam_role_arn: uses("the role that writes to the destination"),
      eni_id: watched,
      subnet_id: watched,
      vpc_id: watched,
      transit_gateway_id: watched,
      transit_gateway_attachment_id: watched,
      regional_nat_gateway_id: watched,
      log_format: harmless("which fields are recorded"),
      destination_options: harmless("format and partitions of the files"),
    },
  }),
});
