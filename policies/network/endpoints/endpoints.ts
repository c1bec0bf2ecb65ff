/**
 * VPC endpoints: private ways to services, with no gateway, NAT or peering
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html). One that leads outside is a way out for whoever
 * reaches its interfaces, from wherever routes lead there, past the groups on both sides.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { type Passing, passAll, possibly } from "../filters/filters";
import type { Group } from "../filters/security-groups";
import { items, truth } from "../reading/read";
import type { Subnet, Vpc } from "../reading/vpcs";
import type { Hop, Position, Receiver } from "../routing/graph";
import type { Topology } from "../routing/topology";
import { type Lead, leadsOf } from "./endpoint-leads";

/** Lays out the endpoints that lead outside, for whoever reaches them. */
export function addEndpoints(topology: Topology): void {
  for (const endpoint of topology.reader.ofType("aws_vpc_endpoint")) {
    const outside = leadsOf(topology, endpoint).filter((lead) => topology.world.sideOf(lead.place) !== "inside");
    outside.forEach((lead, i) => {
      addLead(topology, endpoint, lead, `endpoint ${endpoint.stack} ${endpoint.address} ${i}`);
    });
  }
}

function addLead(topology: Topology, endpoint: Resource, lead: Lead, id: string): void {
  const vpc = topology.vpcs.denoted(attribute(endpoint, "vpc_id"));
  const { subnets, unless } = subnetsOf(topology, endpoint);
  if (!vpc) connectAll(topology, endpoint, lead, id, topology.vpcs.all, "the VPC of the endpoint is not known");
  else if (subnets.length === 0) connectAll(topology, endpoint, lead, id, [vpc], unless);
  else connectInterfaces(topology, endpoint, lead, id, vpc, subnets);
}

/**
 * A gateway endpoint is for those in its VPC, and so is one whose interfaces are not written down or can't be told.
 */
function connectAll(
  topology: Topology,
  endpoint: Resource,
  lead: Lead,
  id: string,
  vpcs: readonly Vpc[],
  unless: string | undefined,
): void {
  const exit = exitOf(topology, lead, id, { groups: [] });
  const hops = [hopTo(endpoint, "vpc_id"), hopOut(endpoint, lead)];
  const passing = doubted(passAll, lead.unless ?? unless);
  for (const vpc of vpcs) {
    for (const subnet of vpc.subnets) topology.graph.connect(topology.source(subnet), exit, { passing, hops });
  }
}

/** The interfaces of an endpoint take what comes into their subnets, as far as their groups let it in. */
function connectInterfaces(
  topology: Topology,
  endpoint: Resource,
  lead: Lead,
  id: string,
  vpc: Vpc,
  subnets: readonly Subnet[],
): void {
  const groups = groupsOf(topology, endpoint, vpc);
  const { addressed, members } = topology.groups.towards(groups, "ingress");
  const hops = [hopTo(endpoint, "subnet_ids"), hopOut(endpoint, lead)];
  const connect = (filter: Passing, exit: Position) => {
    const passing = doubted(filter, lead.unless);
    for (const subnet of subnets) topology.graph.connect(topology.inside(subnet), exit, { passing, hops });
  };
  if (!addressed.may.isEmpty) connect(addressed, exitOf(topology, lead, id, { groups }));
  for (const [from, passing] of members) connect(passing, exitOf(topology, lead, `${id} ${from}`, { groups, from }));
}

const doubted = (passing: Passing, unless: string | undefined): Passing =>
  unless === undefined ? passing : possibly(passing, unless);

const hopTo = (endpoint: Resource, at: string): Hop => ({
  by: endpoint,
  attribute: at,
  why: `${endpoint.address} takes the packet`,
});
const hopOut = (endpoint: Resource, lead: Lead): Hop => ({ by: endpoint, attribute: lead.attribute, why: lead.why });

const exitOf = (topology: Topology, lead: Lead, id: string, receiver: Receiver): Position =>
  topology.graph.exit(id, lead.place.id, {
    channel: lead.channel,
    to: { kind: "place", place: lead.place },
    internet: false,
    receiver,
    ...(lead.unless === undefined ? {} : { unless: lead.unless }),
  });

/** The subnets that an endpoint has interfaces in; none with the reason if one of them can't be told. */
export function subnetsOf(topology: Topology, endpoint: Resource): { subnets: Subnet[]; unless?: string } {
  const { context } = topology.input;
  const beside = context.referring("aws_vpc_endpoint_subnet_association", "vpc_endpoint_id", endpoint);
  const values = [
    ...items(endpoint, "subnet_ids").map(({ value }) => value),
    ...items(endpoint, "subnet_configuration.subnet_id").map(({ value }) => value),
    ...beside.map((association) => attribute(association, "subnet_id")),
  ];
  const subnets = values.map((value) =>
    topology.reader.named(value).resources.flatMap((one) => topology.vpcs.subnetOf(one) ?? []),
  );
  // With one that can't be told, whoever is in the VPC may reach it.
  if (subnets.some((known) => known.length === 0)) return { subnets: [], unless: "its subnets are not known" };
  return { subnets: subnets.flat() };
}

/** The groups of an endpoint's interfaces. */
export function groupsOf(topology: Topology, endpoint: Resource, vpc: Vpc): readonly Group[] {
  const { context } = topology.input;
  const beside = context.referring("aws_vpc_endpoint_security_group_association", "vpc_endpoint_id", endpoint);
  const own = items(endpoint, "security_group_ids");
  const values = [
    ...own.map(({ value }) => value),
    ...beside.map((association) => attribute(association, "security_group_id")),
  ];
  const groups = values.flatMap((value) => topology.groups.named(value));
  // One beside it replaces the default group only if it says so (`replace_default_association`).
  const kept = beside.every((one) => truth(attribute(one, "replace_default_association"), false) !== "yes");
  return own.length > 0 || (groups.length > 0 && !kept) ? groups : [...groups, topology.groups.defaultOf(vpc)];
}
