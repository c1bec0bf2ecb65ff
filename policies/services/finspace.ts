import type { Resource } from "../configuration/resource";
import { find } from "../configuration/value";
import {
  type Finding,
  harmless,
  holds,
  inert,
  network,
  receives,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { servers } from "./documents/servers";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/finspace/latest/userguide/${page}.html`;
const zone = { availability_zone_id: stands("zone") };

/** What clusters reach by a transit gateway is not followed: their own addresses are FinSpace's. */
function* beyondTheGateway(environment: Resource): Generator<Finding> {
  for (const { at } of find(environment.values, "transit_gateway_configuration")) {
    yield {
      finding: "undecided",
      attribute: at,
      why: "clusters of the environment reach whatever the transit gateway leads to, which is not followed from here",
    };
  }
}

export default service("Amazon FinSpace", {
  aws_finspace_kx_environment: holds("an environment for databases of time series", {
    docs: guide("interacting-with-kx-environments"),
    attributes: {
      kms_key_id: uses("the key that encrypts the data"),
      "transit_gateway_configuration.transit_gateway_id": sends("finspace.transit-gateway", "id"),
      "transit_gateway_configuration.routable_cidr_space": harmless("the environment's own addresses"),
      "transit_gateway_configuration.attachment_network_acl_configuration": harmless("reported with the gateway"),
      "custom_dns_configuration.custom_dns_server_ip": servers("finspace.dns", "questions for names are sent there"),
      "custom_dns_configuration.custom_dns_server_name": harmless("the name of the server"),
    },
    also: beyondTheGateway,
  }),
  aws_finspace_kx_cluster: holds("machines that run the owner's programs on a database", {
    docs: guide("finspace-managed-kdb-clusters"),
    attributes: {
      ...zone,
      "vpc_configuration.subnet_ids": network,
      "vpc_configuration.security_group_ids": network,
      "vpc_configuration.vpc_id": network,
      "code.s3_bucket": receives("programs come from there"),
      execution_role: uses("the role that programs have"),
      command_line_arguments: harmless("arguments of the owner's program"),
      initialization_script: harmless("a path in the owner's program"),
      database: receives("the database of the environment that is opened"),
    },
    interfaces: [
      {
        subnets: "vpc_configuration.subnet_ids",
        groups: "vpc_configuration.security_group_ids",
        publicIpv4: "never",
        initiates: true,
        without: "nothing",
      },
    ],
  }),
  aws_finspace_kx_database: holds("a database of time series", { docs: guide("finspace-managed-kdb-databases") }),
  aws_finspace_kx_dataview: holds("a copy of a database for reading", {
    docs: guide("finspace-managed-kdb-dataviews"),
    attributes: zone,
  }),
  aws_finspace_kx_volume: holds("disks for clusters", {
    docs: guide("finspace-managed-kdb-volumes"),
    attributes: { availability_zones: stands("zone") },
  }),
  aws_finspace_kx_scaling_group: holds("machines that clusters share", {
    docs: guide("finspace-managed-kdb-scaling-groups"),
    attributes: zone,
  }),
  aws_finspace_kx_user: inert("lets a role connect to clusters", resourcePage("finspace_kx_user"), {
    iam_role: uses("the role, judged by its own policies"),
  }),
});
