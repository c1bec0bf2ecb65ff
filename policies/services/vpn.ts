import { carries, harmless, sends, service, uses } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/vpn/latest/s2svpn/${page}.html`;
const clientGuide = (page: string) => `https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/${page}.html`;

const tunnel = (name: string) => ({
  [`${name}_inside_cidr`]: harmless("addresses within the tunnel"),
  [`${name}_inside_ipv6_cidr`]: harmless("addresses within the tunnel"),
  [`${name}_preshared_key`]: harmless("a secret of the tunnel itself"),
  [`${name}_log_options.cloudwatch_log_options.log_group_arn`]: sends("vpn.logs", "arn"),
  [`${name}_log_options.cloudwatch_log_options.bgp_log_group_arn`]: sends("vpn.logs", "arn"),
});

export default service("AWS VPN", {
  aws_customer_gateway: carries("the device at the far end of a tunnel", {
    docs: guide("your-cgw"),
    attributes: { ...read("ip_address"), certificate_arn: uses("the certificate the device shows") },
  }),
  aws_vpn_connection: carries("a tunnel to a device outside of AWS", {
    docs: guide("how_it_works"),
    attributes: {
      ...read(
        "customer_gateway_id",
        "vpn_gateway_id",
        "transit_gateway_id",
        "vpn_concentrator_id",
        "static_routes_only",
        "transport_transit_gateway_attachment_id",
      ),
      local_ipv4_network_cidr: harmless("which packets the far end may send"),
      remote_ipv4_network_cidr: harmless("which packets the far end may get; none are kept from it that routes give"),
      local_ipv6_network_cidr: harmless("which packets the far end may send"),
      remote_ipv6_network_cidr: harmless("which packets the far end may get; none are kept from it that routes give"),
      ...tunnel("tunnel1"),
      ...tunnel("tunnel2"),
    },
  }),
  aws_vpn_connection_route: carries("a route into a tunnel", {
    docs: guide("VPNRoutingTypes"),
    data: "vpn_connection_id",
    attributes: read("vpn_connection_id", "destination_cidr_block"),
  }),
  aws_vpn_gateway: carries("the end of tunnels and lines at a VPC", {
    docs: guide("how_it_works"),
    data: "vpc_id",
    attributes: { ...read("vpc_id"), availability_zone: harmless("a zone of the region the VPC is in") },
  }),
  aws_vpn_gateway_attachment: carries("attaches such an end to a VPC", {
    docs: guide("how_it_works"),
    data: "vpc_id",
    attributes: read("vpc_id", "vpn_gateway_id"),
  }),
  aws_vpn_gateway_route_propagation: carries("puts what the far end announces into a route table", {
    docs: "https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html",
    data: "route_table_id",
    attributes: read("vpn_gateway_id", "route_table_id"),
  }),

  aws_ec2_client_vpn_endpoint: carries("lets devices of people join a VPC from wherever they are", {
    docs: clientGuide("how-it-works"),
    data: "vpc_id",
    attributes: {
      ...read("vpc_id", "security_group_ids", "client_cidr_block"),
      server_certificate_arn: uses("the certificate that clients see"),
      authentication_options: uses("how clients prove who they are; where they are, nothing says"),
      "client_connect_options.lambda_function_arn": sends("client-vpn.connect-handler", "arn"),
      "connection_log_options.cloudwatch_log_group": harmless("a log group of the endpoint's own account and region"),
      "connection_log_options.cloudwatch_log_stream": harmless("a part of that log group"),
      dns_servers: harmless("name servers that clients ask; clients are outside in any case"),
      client_login_banner_options: harmless("a text that clients see"),
    },
  }),
  aws_ec2_client_vpn_network_association: carries("joins a client VPN to a subnet", {
    docs: clientGuide("cvpn-working-target"),
    data: "client_vpn_endpoint_id",
    attributes: read("client_vpn_endpoint_id", "subnet_id"),
  }),
  aws_ec2_client_vpn_authorization_rule: carries("which addresses clients may reach", {
    docs: clientGuide("cvpn-working-rules"),
    data: "client_vpn_endpoint_id",
    attributes: {
      ...read("client_vpn_endpoint_id", "target_network_cidr"),
      access_group_id: harmless("which group of people may; where they are, nothing says"),
    },
  }),
  aws_ec2_client_vpn_route: carries("a route for clients", {
    docs: clientGuide("cvpn-working-routes"),
    data: "client_vpn_endpoint_id",
    attributes: read("client_vpn_endpoint_id", "target_vpc_subnet_id", "destination_cidr_block"),
  }),
  ...lookups({
    customer_gateway: "a device's record",
    vpn_connection: "a tunnel",
    vpn_gateway: "a virtual private gateway",
    ec2_client_vpn_endpoint: "a client VPN endpoint",
  }),
});
