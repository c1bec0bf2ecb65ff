import { carries, inert, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html";

export default service("Amazon Route 53 Profiles", {
  aws_route53profiles_profile: inert(
    "a bundle of zones and rules; who else may use it, a resource share says",
    resourcePage("route53profiles_profile"),
  ),
  // What is brought into the VPC is judged by itself: the rule that forwards, the zone, the rule group.
  aws_route53profiles_association: carries("gives a VPC the zones and rules of a bundle", {
    docs: guide,
    data: "resource_id",
    attributes: {
      resource_id: uses("the VPC"),
      profile_id: sends("route53profiles.profile", "id", {
        why: "what the VPC asks for goes where the rules of the profile forward it",
      }),
    },
  }),
  aws_route53profiles_resource_association: carries("puts a zone, a rule or a rule group into a bundle", {
    docs: guide,
    attributes: {
      profile_id: uses("the bundle"),
      resource_arn: sends("route53profiles.resource", "arn", {
        why: "what VPCs with the profile ask for goes where it leads",
      }),
    },
  }),
});
