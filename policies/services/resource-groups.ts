/** Groups, indexes and quotas: names of resources, no payload. */
import { harmless, inert, service, uses } from "../flows/vocabulary";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

export default service("AWS Resource Groups", {
  aws_resourcegroups_group: inert("resources seen as one", resourcePage("resourcegroups_group"), {
    "resource_query.query": harmless("which resources belong to it"),
    configuration: harmless("what the group is for"),
  }),
  aws_resourcegroups_resource: inert("puts a resource into a group", resourcePage("resourcegroups_resource"), {
    group_arn: uses("the group"),
    resource_arn: uses("the resource"),
  }),
  // An aggregator takes in names and tags from the other Regions' indexes; it stands where it is made.
  aws_resourceexplorer2_index: inert(
    "names and tags of resources, for searching",
    resourcePage("resourceexplorer2_index"),
  ),
  aws_resourceexplorer2_view: inert("which resources a search finds", resourcePage("resourceexplorer2_view"), {
    scope: uses("the account or organization that is searched"),
  }),
  aws_resiliencehub_resiliency_policy: inert(
    "how soon an application should be back",
    resourcePage("resiliencehub_resiliency_policy"),
    {
      data_location_constraint: harmless("where the service may keep what it found about an application"),
      policy: harmless("seconds, by what fails"),
    },
  ),
  aws_servicequotas_service_quota: inert("a limit of the account", resourcePage("servicequotas_service_quota")),
  aws_servicequotas_template: worldwide("AWS keeps the organization's wanted limits in us-east-1; they are numbers")(
    "limits of new accounts",
    resourcePage("servicequotas_template"),
    {
      aws_region: harmless("where the limit holds; nothing is made there by it"),
      region: harmless("where the limit holds; nothing is made there by it"),
    },
  ),
  aws_servicequotas_template_association: inert(
    "whether new accounts get the limits",
    resourcePage("servicequotas_template_association"),
  ),
});
