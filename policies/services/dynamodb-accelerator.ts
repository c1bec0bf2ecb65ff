/** Amazon DynamoDB Accelerator (DAX): a cache in front of tables. */
import { holds, inert, network, places, sends, service, stands, uses } from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/${page}.html`;

export default service("Amazon DynamoDB Accelerator", {
  aws_dax_cluster: holds("a cache in front of tables", {
    docs: guide("DAX.concepts.cluster"),
    attributes: {
      availability_zones: stands("zone"),
      iam_role_arn: uses("the role with which the cache reads tables"),
      subnet_group_name: network,
      security_group_ids: network,
      notification_topic_arn: sends("dax.events", "arn", { why: "what happens to the cache is told there" }),
      parameter_group_name: uses("parameters"),
    },
    interfaces: [
      {
        subnets: "subnet_group_name",
        groups: "security_group_ids",
        publicIpv4: "never",
        ipv6: "never",
        initiates: false,
        without: "default-vpc",
      },
    ],
  }),
  aws_dax_parameter_group: inert("how long items are cached", guide("DAX.concepts.cluster")),
  aws_dax_subnet_group: places("the subnets that caches stand in", {
    docs: guide("DAX.concepts.cluster"),
    attributes: { subnet_ids: network },
  }),
});
