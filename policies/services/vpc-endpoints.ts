import { attribute, type Resource } from "../configuration/resource";
import { carries, grants, harmless, identity, inert, policy, service, shares, uses } from "../flows/vocabulary";
import { party, statement } from "./documents/statement";
import { privatelinkGuide, read } from "./networks";
import { lookups, resourcePage } from "./pages";

/**
 * Those whom a service admits may make endpoints to it: accounts, roles and users by ARN, `*` for everybody
 * ("Manage permissions", configure-endpoint-service.html).
 */
const admitted = (name: string) => ({
  channel: "endpoint-service.consumer",
  attribute: name,
  document: (one: Resource) => statement({ principal: party(attribute(one, name)), actions: "ec2:CreateVpcEndpoint" }),
});

const endpoint = uses("the endpoint");
const provider = uses("the service");

export default service("AWS PrivateLink", {
  aws_vpc_endpoint: carries("a private way from a VPC to a service: AWS's, one's own or somebody's", {
    docs: privatelinkGuide("concepts"),
    data: "vpc_id",
    attributes: {
      ...read("vpc_id", "vpc_endpoint_type", "service_name", "service_region", "subnet_ids", "subnet_configuration"),
      ...read("route_table_ids", "security_group_ids", "resource_configuration_arn", "service_network_arn"),
      policy: policy("vpc-endpoint.policy"),
      dns_options: harmless("which names lead to the endpoint"),
    },
  }),
  aws_vpc_endpoint_policy: grants("what may be asked for through an endpoint", {
    docs: privatelinkGuide("vpc-endpoints-access"),
    data: "vpc_endpoint_id",
    attributes: { vpc_endpoint_id: endpoint, policy: policy("vpc-endpoint.policy") },
  }),
  aws_vpc_endpoint_private_dns: inert(
    "whether a service's own name leads to the endpoint",
    resourcePage("vpc_endpoint_private_dns"),
    {
      vpc_endpoint_id: endpoint,
    },
  ),
  aws_vpc_endpoint_route_table_association: carries("puts a gateway endpoint into a route table", {
    docs: privatelinkGuide("gateway-endpoints"),
    data: "vpc_endpoint_id",
    attributes: read("vpc_endpoint_id", "route_table_id"),
  }),
  aws_vpc_endpoint_security_group_association: carries("gives an endpoint a security group", {
    docs: privatelinkGuide("create-interface-endpoint"),
    data: "vpc_endpoint_id",
    attributes: read("vpc_endpoint_id", "security_group_id"),
  }),
  aws_vpc_endpoint_subnet_association: carries("puts an endpoint into a subnet", {
    docs: privatelinkGuide("create-interface-endpoint"),
    data: "vpc_endpoint_id",
    attributes: read("vpc_endpoint_id", "subnet_id"),
  }),
  aws_vpc_endpoint_connection_accepter: grants("accepts an endpoint that somebody made to one's own service", {
    docs: privatelinkGuide("configure-endpoint-service"),
    data: "vpc_endpoint_service_id",
    attributes: {
      vpc_endpoint_service_id: provider,
      vpc_endpoint_id: shares("endpoint-service.consumer", "id", { why: "the endpoint's owner may use the service" }),
    },
  }),
  aws_vpc_endpoint_connection_notification: inert(
    "announces that endpoints were made or accepted: ids, no payload",
    privatelinkGuide("create-notification-endpoint"),
    {
      connection_notification_arn: harmless("a topic that hears of endpoints' ids"),
      vpc_endpoint_id: endpoint,
      vpc_endpoint_service_id: provider,
    },
  ),
  aws_vpc_endpoint_service: grants("lets others make endpoints to one's own load balancers", {
    docs: privatelinkGuide("configure-endpoint-service"),
    policy: admitted("allowed_principals"),
    attributes: {
      allowed_principals: identity,
      supported_regions: shares("endpoint-service.region", "region", { why: "endpoints there lead to the service" }),
      network_load_balancer_arns: uses("the load balancer behind the service"),
      gateway_load_balancer_arns: uses("the load balancer behind the service"),
      private_dns_name: harmless("a name for the service"),
    },
  }),
  aws_vpc_endpoint_service_allowed_principal: grants("lets one party make endpoints to a service", {
    docs: privatelinkGuide("configure-endpoint-service"),
    data: "vpc_endpoint_service_id",
    policy: admitted("principal_arn"),
    attributes: {
      vpc_endpoint_service_id: provider,
      principal_arn: identity,
    },
  }),
  aws_vpc_endpoint_service_private_dns_verification: inert(
    "proves that a name is one's own",
    privatelinkGuide("manage-dns-names"),
    {
      service_id: provider,
    },
  ),
  ...lookups({
    vpc_endpoint: "an endpoint",
    vpc_endpoint_associations: "what an endpoint leads to",
    vpc_endpoint_service: "a service that endpoints can be made to",
  }),
});
