/**
 * Who comes to the interfaces of an endpoint from other VPCs, over peerings, transit gateways and core networks: the
 * users of endpoints that are kept in one VPC for all
 * (https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Visitor } from "../../flows/flow";
import { groupsOf, subnetsOf } from "../endpoints/endpoints";
import type { Passing } from "../filters/filters";
import type { Interface } from "../interfaces/interfaces";
import { word } from "../reading/read";
import type { Subnet, Vpc } from "../reading/vpcs";
import type { Receiver } from "../routing/graph";
import type { Topology } from "../routing/topology";
import { startedPackets } from "./escapes";
import { type Certainty, leaving, type Reaching } from "./reach";

/** What an endpoint takes, from whom. */
interface Entrance {
  readonly receiver: Receiver;
  readonly passing: Passing;
}

export class EndpointVisitors {
  private readonly ways = new Map<string, Reaching>();

  constructor(
    private readonly topology: Topology,
    private readonly interfaces: readonly Interface[],
  ) {}

  /** Those in other VPCs whose packets come to an endpoint; a gateway endpoint serves its own VPC alone. */
  of(endpoint: Resource): Visitor[] {
    const { topology } = this;
    if (word(attribute(endpoint, "vpc_endpoint_type"), "GATEWAY") !== "INTERFACE") return [];
    const vpc = topology.vpcs.denoted(attribute(endpoint, "vpc_id"));
    if (!vpc) return [];
    const named = subnetsOf(topology, endpoint);
    const subnets = named.subnets.length > 0 ? named.subnets : vpc.subnets;
    const groups = groupsOf(topology, endpoint, vpc);
    const { addressed, members } = topology.groups.towards(groups, "ingress");
    const entrances: Entrance[] = [
      { receiver: { groups }, passing: addressed },
      ...[...members].map(([from, passing]): Entrance => ({ receiver: { groups, from }, passing })),
    ];
    const visitors = new Map<Resource, Visitor>();
    for (const one of this.interfaces) {
      const known = visitors.get(one.resource);
      if (one.subnet.vpc === vpc || !one.initiates || (known && known.unless === undefined)) continue;
      const comes = (certainty: Certainty) =>
        entrances.some((entrance) => this.comes(one, subnets, entrance, certainty));
      if (!comes("may")) continue;
      const sure = named.subnets.length > 0 && one.exists === "yes" && comes("must");
      if (sure || !known) visitors.set(one.resource, visitor(one, vpc, sure));
    }
    return [...visitors.values()].sort((a, b) => (a.resource.address < b.resource.address ? -1 : 1));
  }

  private comes(one: Interface, subnets: readonly Subnet[], entrance: Entrance, certainty: Certainty): boolean {
    const taken = entrance.passing[certainty];
    if (taken.isEmpty) return false;
    const source = this.topology.source(one.subnet);
    const sent = startedPackets(this.topology, one, certainty, entrance.receiver).intersect(taken);
    if (sent.isEmpty) return false;
    return subnets.some((subnet) => !(this.way(subnet, certainty).get(source)?.intersect(sent).isEmpty ?? true));
  }

  private way(subnet: Subnet, certainty: Certainty): Reaching {
    const key = `${certainty} ${subnet.key}`;
    let way = this.ways.get(key);
    if (!way) {
      way = leaving(this.topology.inside(subnet), certainty);
      this.ways.set(key, way);
    }
    return way;
  }
}

const visitor = ({ resource, unless }: Interface, vpc: Vpc, sure: boolean): Visitor =>
  sure
    ? { resource }
    : { resource, unless: unless ?? `whether ${resource.address} reaches the endpoints in ${vpc.name} is not known` };
