/**
 * Client VPN: devices of people, wherever they are, come into a VPC under addresses of the subnets that the endpoint is
 * associated with, as far as its authorization rules let them, and get answers
 * (https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/how-it-works.html). Nothing in the configuration binds a device
 * to a place.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { allOf, type Passing, passNone, withAddress } from "../filters/filters";
import { type Extents, joinedBoth, nowhereAtAll } from "../reading/blocks";
import type { Subnet } from "../reading/vpcs";
import type { Hop } from "./graph";
import { type Topology, toExtents } from "./topology";

export function addClientVpns(topology: Topology): void {
  const { context } = topology.input;
  for (const endpoint of topology.reader.ofType("aws_ec2_client_vpn_endpoint")) {
    const rules = context.referring("aws_ec2_client_vpn_authorization_rule", "client_vpn_endpoint_id", endpoint);
    const allowed = joinedBoth([
      nowhereAtAll,
      ...rules.map((rule) => topology.blocks.read(attribute(rule, "target_network_cidr"), "both")),
    ]);
    for (const association of context.referring(
      "aws_ec2_client_vpn_network_association",
      "client_vpn_endpoint_id",
      endpoint,
    )) {
      for (const resource of topology.reader.named(attribute(association, "subnet_id")).resources) {
        const subnet = topology.vpcs.subnetOf(resource);
        if (subnet) addAssociation(topology, endpoint, association, subnet, allowed);
      }
    }
  }
}

function addAssociation(
  topology: Topology,
  endpoint: Resource,
  association: Resource,
  subnet: Subnet,
  allowed: Extents,
): void {
  connectPeople(topology, endpoint, subnet, {
    channel: "client-vpn",
    requests: allOf(withAddress("source", subnet.blocks), toExtents(allowed)),
    hops: [
      { by: association, attribute: "subnet_id", why: `${endpoint.address} is associated with ${subnet.name}` },
      { by: endpoint, attribute: "authentication_options", why: "its clients are wherever they are" },
    ],
  });
}

/** People who come into a subnet by an endpoint: what they may ask, and the answers that go back to them. */
export interface People {
  readonly channel: string;
  readonly requests: Passing;
  readonly hops: readonly Hop[];
}

export function connectPeople(topology: Topology, endpoint: Resource, subnet: Subnet, people: People): void {
  const { graph } = topology;
  const key = `${people.channel} ${endpoint.stack} ${endpoint.address} ${subnet.key}`;
  const entry = graph.position(`${key} in`, endpoint.address);
  graph.connect(entry, topology.source(subnet), { passing: people.requests, device: key });
  const place = { id: `clients of ${endpoint.address}`, countries: [] };
  const exit = graph.exit(key, place.id, {
    channel: people.channel,
    to: { kind: "place", place },
    entry,
    internet: false,
  });
  // Only answers go back: the endpoint translates addresses, what no client asked for has no way on.
  graph.connect(topology.inside(subnet), exit, { passing: passNone, device: key, hops: people.hops });
}
