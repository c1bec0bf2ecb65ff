import { grants, harmless, moves, sends, service, shares, uses } from "../flows/vocabulary";
import { worldwide } from "./nature";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/${page}.html`;

const KEPT = "Route 53 keeps zones and records at name servers worldwide; they are names and addresses, no payload";
const setting = worldwide(KEPT);
const global = { placement: { global: KEPT } };

const zone = uses("the zone");
const record = harmless(
  "a statement that is written down to be asked for; what is sent to the address it names, routes decide",
);
/** Names of a private zone are answered in each VPC it is associated with. */
const homes = (id: string, region: string) => ({
  [id]: shares("route53.private-zone", "id", { why: "the zone's records are answered in that VPC" }),
  [region]: shares("route53.private-zone", "region", { why: "the zone's records are answered in that region" }),
});

export default service("Amazon Route 53", {
  aws_route53_zone: {
    ...grants("names and addresses, published to everybody or, with `vpc`, to VPCs", {
      docs: guide("hosted-zones-working-with"),
      attributes: {
        ...homes("vpc.vpc_id", "vpc.vpc_region"),
        name: harmless("the zone's name"),
        delegation_set_id: uses("name servers"),
      },
    }),
    ...global,
  },
  aws_route53_zone_association: {
    ...grants("gives a VPC the names of a private zone", {
      docs: guide("hosted-zone-private-associate-vpcs"),
      data: "zone_id",
      attributes: { zone_id: zone, ...homes("vpc_id", "vpc_region") },
    }),
    ...global,
  },
  aws_route53_vpc_association_authorization: {
    ...grants("lets another account associate its VPC with a private zone", {
      docs: guide("hosted-zone-private-associate-vpcs-different-accounts"),
      data: "zone_id",
      attributes: { zone_id: zone, ...homes("vpc_id", "vpc_region") },
    }),
    ...global,
  },
  aws_route53_record: setting("a name and what it stands for", guide("rrsets-working-with"), {
    zone_id: zone,
    name: record,
    records: record,
    alias: record,
    geoproximity_routing_policy: harmless("which answer a client gets"),
    geolocation_routing_policy: harmless("which answer a client gets"),
    latency_routing_policy: harmless("which answer a client gets"),
    cidr_routing_policy: harmless("which answer a client gets"),
    health_check_id: uses("what is asked whether it lives"),
    set_identifier: harmless("tells records of one name apart"),
  }),
  aws_route53_records_exclusive: setting(
    "names and what they stand for, and no others",
    resourcePage("route53_records_exclusive"),
    {
      zone_id: zone,
      resource_record_set: record,
    },
  ),
  aws_route53_health_check: setting(
    "asks from outside whether something answers; whether it can be reached from there, its own network says",
    guide("dns-failover"),
    {
      fqdn: harmless("what is asked"),
      ip_address: harmless("what is asked"),
      regions: harmless("where the asking comes from"),
      cloudwatch_alarm_name: harmless("an alarm whose state is looked at"),
      cloudwatch_alarm_region: harmless("where that alarm stands"),
      routing_control_arn: uses("a switch whose state is looked at"),
      resource_path: harmless("what is asked for"),
      search_string: harmless("what the answer should hold"),
    },
  ),
  aws_route53_query_log: {
    ...moves("records who asks for the names of a public zone", {
      docs: guide("query-logs"),
      data: "zone_id",
      attributes: { zone_id: zone, cloudwatch_log_group_arn: sends("route53.query-logs", "arn") },
    }),
    ...global,
  },
  aws_route53_hosted_zone_dnssec: setting("signs a public zone", guide("dns-configuring-dnssec"), {
    hosted_zone_id: zone,
  }),
  aws_route53_key_signing_key: setting(
    "the key that signs a public zone; public records are all it sees",
    guide("dns-configuring-dnssec"),
    {
      hosted_zone_id: zone,
      key_management_service_arn: uses("the key; what is signed is public anyway"),
    },
  ),
  aws_route53_delegation_set: setting("name servers for several zones", guide("route-53-concepts")),
  aws_route53_cidr_collection: setting("groups of clients by address", guide("resource-record-sets-creating-ipbased")),
  aws_route53_cidr_location: setting("a group of clients by address", guide("resource-record-sets-creating-ipbased"), {
    cidr_blocks: harmless("addresses of clients"),
    cidr_collection_id: uses("the collection"),
  }),
  aws_route53_traffic_policy: setting("which answer a client gets", guide("traffic-flow"), { document: record }),
  aws_route53_traffic_policy_instance: setting("answers for a name by a traffic policy", guide("traffic-flow"), {
    hosted_zone_id: zone,
    traffic_policy_id: uses("the policy"),
  }),
  ...lookups({
    route53_zone: "a zone",
    route53_zones: "zones",
    route53_records: "records",
    route53_delegation_set: "name servers",
    route53_traffic_policy_document: "the text of a traffic policy",
    route53profiles_profiles: "bundles of zones and rules",
  }),
});
