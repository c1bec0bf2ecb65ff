import { find } from "../configuration/value";
import { at, harmless, inert, moves, opens, places, receives, service, uses } from "../flows/vocabulary";
import { networkElsewhere } from "./joins";
import { lookups, resourcePage } from "./pages";

const egress = "network_configuration.egress_configuration";
const ingress = "network_configuration.ingress_configuration";

export default service("AWS App Runner", {
  aws_apprunner_service: moves("runs a web application", {
    docs: "https://docs.aws.amazon.com/apprunner/latest/dg/network.html",
    attributes: {
      [`${ingress}.is_publicly_accessible`]: opens(
        "apprunner.public-endpoint",
        at(`${ingress}.is_publicly_accessible`, true).isNot(false),
        {
          why: "anybody on the internet may send requests and gets the answers",
        },
      ),
      [`${egress}.egress_type`]: opens("apprunner.internet", at(`${egress}.egress_type`, "DEFAULT").isNot("VPC"), {
        why: "outgoing traffic goes through a network of App Runner's own, which reaches the internet",
      }),
      [`${egress}.vpc_connector_arn`]: uses("the interfaces of the connector, which are judged there"),
      "network_configuration.ip_address_type": harmless("the family of addresses that the service answers on"),
      "source_configuration.authentication_configuration": uses("credentials for the source"),
      "source_configuration.code_repository": receives(
        "code comes from there; what it can reach is bounded by the network",
      ),
      "source_configuration.image_repository": receives(
        "the image comes from there; what it can reach is bounded by the network",
      ),
      "instance_configuration.instance_role_arn": uses("the role that the code acts with"),
      "encryption_configuration.kms_key": uses("the key that encrypts the copy of the source"),
      "health_check_configuration.path": harmless("a path of the application"),
      "observability_configuration.observability_configuration_arn": uses(
        "whether requests are traced, in the same Region",
      ),
      auto_scaling_configuration_arn: uses("how many copies run"),
    },
    *also(resource, context) {
      if (find(resource.values, `${egress}.egress_type`).some(({ value }) => value === "DEFAULT")) return;
      yield* networkElsewhere(
        resource,
        context,
        `${egress}.vpc_connector_arn`,
        "outgoing traffic goes through a connector",
      );
    },
  }),
  aws_apprunner_vpc_connector: places("interfaces for the outgoing traffic of services", {
    docs: "https://docs.aws.amazon.com/apprunner/latest/dg/network-vpc.html",
    attributes: { subnets: { role: "network" }, security_groups: { role: "network" } },
    interfaces: [
      { subnets: "subnets", groups: "security_groups", publicIpv4: "never", initiates: true, without: "nothing" },
    ],
  }),
  aws_apprunner_vpc_ingress_connection: inert(
    "lets a VPC endpoint reach a service",
    resourcePage("apprunner_vpc_ingress_connection"),
    {
      service_arn: uses("the service"),
      ingress_vpc_configuration: { role: "network" },
    },
  ),
  aws_apprunner_custom_domain_association: inert(
    "another name for a service; who may reach it, the service says",
    resourcePage("apprunner_custom_domain_association"),
    { domain_name: harmless("the name"), service_arn: uses("the service") },
  ),
  aws_apprunner_connection: inert("credentials for a repository", resourcePage("apprunner_connection"), {
    provider_type: receives("code comes from there"),
  }),
  aws_apprunner_auto_scaling_configuration_version: inert(
    "how many copies run",
    resourcePage("apprunner_auto_scaling_configuration_version"),
  ),
  aws_apprunner_default_auto_scaling_configuration_version: inert(
    "how many copies run",
    resourcePage("apprunner_default_auto_scaling_configuration_version"),
    { auto_scaling_configuration_arn: uses("the configuration that is the default") },
  ),
  aws_apprunner_deployment: inert("starts a deployment", resourcePage("apprunner_deployment"), {
    service_arn: uses("the service"),
  }),
  aws_apprunner_observability_configuration: inert(
    "whether requests are traced, in the same Region",
    resourcePage("apprunner_observability_configuration"),
  ),
  ...lookups({ apprunner_hosted_zone_id: "an id for DNS records" }),
});
