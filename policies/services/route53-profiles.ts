import { inert, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

export default service("Amazon Route 53 Profiles", {
  aws_route53profiles_profile: inert(
    "a bundle of zones and rules; who else may use it, a resource share says",
    resourcePage("route53profiles_profile"),
  ),
  // What is brought into the VPC is judged by itself: the rule that forwards, the zone, the rule group.
  aws_route53profiles_association: inert(
    "which VPC a bundle is for; what the bundle holds is judged itself",
    resourcePage("route53profiles_association"),
    { resource_id: uses("the VPC") },
  ),
  aws_route53profiles_resource_association: inert(
    "puts a zone, a rule or a rule group into a bundle",
    resourcePage("route53profiles_resource_association"),
    { resource_arn: uses("the zone, rule or rule group, judged by itself") },
  ),
});
