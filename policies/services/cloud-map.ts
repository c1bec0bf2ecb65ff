import { harmless, inert, moves, service, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

/** Names lead clients to addresses; whether packets get there is judged with the network. */
const names = harmless("which addresses a name stands for");

export default service("AWS Cloud Map", {
  aws_service_discovery_http_namespace: inert(
    "names that are asked for with permission",
    resourcePage("service_discovery_http_namespace"),
  ),
  aws_service_discovery_private_dns_namespace: inert(
    "names that only a VPC knows",
    resourcePage("service_discovery_private_dns_namespace"),
    {
      vpc: uses("the VPC that knows them"),
    },
  ),
  // What is published are names and addresses, as in a public hosted zone.
  aws_service_discovery_public_dns_namespace: moves("names that everybody can ask for", {
    docs: "https://docs.aws.amazon.com/cloud-map/latest/dg/working-with-namespaces.html",
  }),
  aws_service_discovery_service: inert("a name with its records", resourcePage("service_discovery_service"), {
    dns_config: names,
    health_check_config: harmless("whether addresses are called to see if they answer"),
  }),
  aws_service_discovery_instance: inert("an address under a name", resourcePage("service_discovery_instance"), {
    attributes: names,
  }),
  ...lookups({
    service_discovery_dns_namespace: "a namespace",
    service_discovery_http_namespace: "a namespace",
    service_discovery_service: "a service",
  }),
});
