import { carries, service } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/outposts/latest/userguide/${page}.html`;

export default service("AWS Outposts local gateways", {
  aws_ec2_local_gateway_route: carries("a route from an Outpost to its site's network", {
    docs: guide("outposts-local-gateways"),
    attributes: read(
      "destination_cidr_block",
      "local_gateway_route_table_id",
      "local_gateway_virtual_interface_group_id",
    ),
  }),
  aws_ec2_local_gateway_route_table_vpc_association: carries("lets a VPC use a local gateway", {
    docs: guide("outposts-local-gateways"),
    data: "vpc_id",
    attributes: read("local_gateway_route_table_id", "vpc_id"),
  }),
  ...lookups({
    ec2_coip_pool: "a pool of the site's own addresses",
    ec2_coip_pools: "pools of the site's own addresses",
    ec2_local_gateway: "a local gateway",
    ec2_local_gateways: "local gateways",
    ec2_local_gateway_route_table: "a local gateway's route table",
    ec2_local_gateway_route_tables: "route tables of local gateways",
    ec2_local_gateway_virtual_interface: "a link of a local gateway",
    ec2_local_gateway_virtual_interface_group: "links of a local gateway",
    ec2_local_gateway_virtual_interface_groups: "links of local gateways",
  }),
});
