/**
 * Multicast over transit gateways: what an interface in a subnet of a domain sends to a group comes to the members of
 * the group in every attachment of the domain, whatever the route tables say
 * (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-multicast-overview.html; a domain may be shared with other accounts,
 * which associate subnets of theirs).
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { certainly, possibly } from "../filters/filters";
import { parseBlock } from "../packets/addresses";
import { PacketSet } from "../packets/packets";
import type { Position } from "../routing/graph";
import { deviceAt } from "../routing/peers";
import type { Topology } from "../routing/topology";

const ATTACHMENTS = new Set([
  "aws_ec2_transit_gateway_vpc_attachment",
  "aws_ec2_transit_gateway_vpc_attachment_accepter",
]);
/** Addresses of groups (RFC 5771, RFC 4291 section 2.7). */
const GROUPS = ([4, 6] as const).map((family) =>
  PacketSet.of(family, { destination: parseBlock(family === 4 ? "224.0.0.0/4" : "ff00::/8")!.ranges }),
);

export function addMulticast(topology: Topology): void {
  const { reader } = topology;
  const domains = new Map<string, Position>();
  /** The position of the domain that a resource belongs to. */
  const domainOf = (by: Resource): Position => {
    const named = reader.named(attribute(by, "transit_gateway_multicast_domain_id"));
    const [domain] = named.resources;
    const key = domain ? `${domain.stack} ${domain.address}` : (named.literal ?? `${by.stack} ${by.address}`);
    let position = domains.get(key);
    if (!position) {
      position = topology.graph.position(`multicast ${key}`, domain?.address ?? key);
      domains.set(key, position);
    }
    return position;
  };
  for (const by of reader.ofType("aws_ec2_transit_gateway_multicast_domain_association")) {
    const value = attribute(by, "transit_gateway_attachment_id");
    if (isOwn(topology, value)) addSubnets(topology, by, domainOf(by));
    else leadTo(topology, domainOf(by), by, "transit_gateway_attachment_id", value);
  }
  for (const by of reader.ofType("aws_ec2_transit_gateway_multicast_group_member")) {
    const value = attribute(by, "network_interface_id");
    if (!reader.named(value).resources.some((one) => one.mode === "managed"))
      leadTo(topology, domainOf(by), by, "network_interface_id", value);
  }
}

/** Whether a value names the attachment of a VPC of this configuration. */
const isOwn = (topology: Topology, value: Value): boolean =>
  topology.reader.named(value, ATTACHMENTS).resources.some((attachment) => {
    if (attachment.mode !== "managed") return false;
    if (!attachment.type.endsWith("_accepter")) {
      const vpc = topology.vpcs.denoted(attribute(attachment, "vpc_id"));
      return vpc !== undefined && !vpc.foreign;
    }
    return isOwn(topology, attribute(attachment, "transit_gateway_attachment_id"));
  });

/** What is sent to a group in an associated subnet is in the domain. */
function addSubnets(topology: Topology, by: Resource, domain: Position): void {
  for (const resource of topology.reader.named(attribute(by, "subnet_id")).resources) {
    const subnet = topology.vpcs.subnetOf(resource);
    if (!subnet) continue;
    topology.graph.connect(topology.source(subnet), domain, {
      passing: certainly(PacketSet.union(GROUPS)),
      hops: [{ by, attribute: "subnet_id", why: `packets to groups go from ${subnet.name} to ${domain.name}` }],
    });
  }
}

/** Somebody else's end of the domain. */
function leadTo(topology: Topology, domain: Position, by: Resource, at: string, value: Value): void {
  const { place, unless } = deviceAt(topology, value, `what ${by.address} joins`);
  if (topology.world.sideOf(place) === "inside") return;
  const exit = topology.graph.exit(`multicast ${by.stack} ${by.address}`, place.id, {
    channel: "tgw.multicast",
    to: { kind: "place", place },
    internet: false,
    ...(unless === undefined ? {} : { unless }),
  });
  const passing = certainly(PacketSet.all);
  topology.graph.connect(domain, exit, {
    passing: unless === undefined ? passing : possibly(passing, unless),
    hops: [{ by, attribute: at, why: `members of groups of ${domain.name} are behind ${place.id}` }],
  });
}
