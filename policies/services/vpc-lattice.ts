import { carries, grants, harmless, inert, moves, policy, sends, service, shares, uses } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/vpc-lattice/latest/ug/${page}.html`;

/** "The Lambda function and target group must be in the same account and in the same Region" (guide "lambda-functions"). */
const targets = uses("the targets, which answer through the service");

export default service("Amazon VPC Lattice", {
  aws_vpclattice_service_network: carries("a bundle of services for VPCs and accounts", {
    docs: guide("service-networks"),
    attributes: { auth_type: harmless("who may call, the policy says; without one everybody in the network") },
  }),
  aws_vpclattice_service: carries("something that is called by name in the networks it is in", {
    docs: guide("services"),
    attributes: {
      certificate_arn: uses("the certificate it shows"),
      custom_domain_name: harmless("a name for the service"),
      auth_type: harmless("who may call, the policy says; without one everybody in the network"),
    },
  }),
  aws_vpclattice_service_network_vpc_association: carries("lets a VPC call the services of a network", {
    docs: guide("service-network-associations"),
    data: "vpc_identifier",
    attributes: {
      vpc_identifier: uses("the VPC that calls"),
      security_group_ids: uses("which interfaces of the VPC may call"),
      service_network_identifier: sends("vpc-lattice.service-network", "arn", {
        why: "what the VPC calls there leaves it",
      }),
    },
  }),
  aws_vpclattice_service_network_service_association: carries("puts a service into a network", {
    docs: guide("service-network-associations"),
    data: "service_identifier",
    attributes: {
      service_identifier: uses("the service"),
      service_network_identifier: shares("vpc-lattice.service-network", "arn", {
        why: "whoever is in the network calls the service",
      }),
    },
  }),
  aws_vpclattice_service_network_resource_association: carries("puts a resource into a network", {
    docs: guide("service-network-associations"),
    data: "resource_configuration_identifier",
    attributes: {
      resource_configuration_identifier: uses("the resource"),
      service_network_identifier: shares("vpc-lattice.service-network", "arn", {
        why: "whoever is in the network reaches the resource",
      }),
    },
  }),
  aws_vpclattice_listener: carries("what a service listens to", {
    docs: guide("listeners"),
    attributes: {
      service_arn: uses("the service"),
      service_identifier: uses("the service"),
      default_action: targets,
    },
  }),
  aws_vpclattice_listener_rule: carries("what becomes of some requests", {
    docs: guide("listeners"),
    attributes: {
      service_identifier: uses("the service"),
      listener_identifier: uses("the listener"),
      action: targets,
      match: harmless("which requests the rule is for"),
    },
  }),
  aws_vpclattice_target_group: carries("where a service leads requests", {
    docs: guide("target-groups"),
    attributes: {
      "config.vpc_identifier": uses("the VPC of the targets"),
      "config.health_check": harmless("how targets are asked whether they live"),
    },
  }),
  aws_vpclattice_target_group_attachment: carries("one target", {
    docs: guide("target-groups"),
    data: "target_group_identifier",
    attributes: {
      target_group_identifier: uses("the targets"),
      target: uses("a target in the VPC of the group, or a function of the own account"),
    },
  }),
  aws_vpclattice_resource_gateway: carries("interfaces by which resources of a VPC are reached from networks", {
    docs: guide("resource-gateway"),
    attributes: read("vpc_id", "subnet_ids", "security_group_ids", "ip_address_type"),
  }),
  aws_vpclattice_resource_configuration: carries("a resource that others reach through a gateway", {
    docs: guide("resource-configuration"),
    attributes: {
      ...read("resource_gateway_identifier", "resource_configuration_definition"),
      resource_configuration_group_id: uses("the group it belongs to"),
      custom_domain_name: harmless("a name for the resource"),
      domain_verification_id: uses("the proof that a name is one's own"),
      allow_association_to_shareable_service_network: harmless(
        "whether it may be put into a network that is shared; in which it is, its associations say",
      ),
    },
  }),
  aws_vpclattice_auth_policy: grants("who may call a service or the services of a network", {
    docs: guide("auth-policies"),
    data: "resource_identifier",
    attributes: { resource_identifier: uses("what is called"), policy: policy("vpc-lattice.policy") },
  }),
  aws_vpclattice_resource_policy: grants("which accounts may use a service or a network", {
    docs: guide("sharing"),
    data: "resource_arn",
    attributes: { resource_arn: uses("what is shared"), policy: policy("vpc-lattice.policy") },
  }),
  aws_vpclattice_access_log_subscription: moves("records of requests", {
    docs: guide("monitoring-access-logs"),
    data: "resource_identifier",
    attributes: {
      resource_identifier: uses("what is called"),
      destination_arn: sends("vpc-lattice.access-logs", "arn"),
    },
  }),
  aws_vpclattice_domain_verification: inert("proves that a name is one's own", guide("resource-configuration"), {
    domain_name: harmless("the name"),
  }),
  ...lookups({
    vpclattice_auth_policy: "who may call a service",
    vpclattice_listener: "what a service listens to",
    vpclattice_resource_policy: "which accounts may use a service",
    vpclattice_service: "a service",
    vpclattice_service_network: "a network of services",
  }),
});
