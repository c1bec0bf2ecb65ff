/**
 * VPC attachments, as transit gateways and core networks have them: interfaces in subnets that a VPC's routes lead to, and
 * in whose subnets packets come out that go on by the route tables there
 * (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html,
 * https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-vpc-attachment.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import { items } from "../reading/read";
import type { Subnet, Vpc } from "../reading/vpcs";
import { connectOutsideVpc } from "../routing/gateways";
import type { Position } from "../routing/graph";
import { deviceAt } from "../routing/peers";
import { leaveVpc, type RouteEnd, type Topology } from "../routing/topology";
import type { Line } from "../routing/vpn";

/** The attributes that hold the VPC and its subnets, and the channel to a VPC that is none of this configuration. */
export interface VpcAttachmentNames {
  readonly vpc: string;
  readonly subnets: string;
  readonly channel: string;
}

/** What an attachment leads to in AWS; neither is there if it is no VPC of this configuration. */
export interface AttachedVpc {
  readonly by: Resource;
  readonly vpc?: Vpc;
  readonly subnets: readonly Subnet[];
}

/** The VPC and the subnets that a resource attaches; a VPC of which nothing is known is the far end of a line. */
export function attachedVpc(
  topology: Topology,
  by: Resource,
  names: VpcAttachmentNames,
): Omit<AttachedVpc, "by"> & { readonly lines: readonly Line[] } {
  const { reader, vpcs } = topology;
  const vpc = vpcs.denoted(attribute(by, names.vpc));
  const subnets = items(by, names.subnets).flatMap(({ value }) =>
    reader.named(value).resources.flatMap((one) => vpcs.subnetOf(one) ?? []),
  );
  if (vpc) return { vpc, subnets, lines: [] };
  const peer = deviceAt(topology, attribute(by, names.vpc), `the VPC of ${by.address}`);
  const why = `${by.address} attaches ${peer.place.id}`;
  return { subnets, lines: [{ by, attribute: names.vpc, channel: names.channel, peer, why }] };
}

/** What a route to the attachment leads to: the position where packets come in, past the ACLs of its subnets. */
export function routeEnds(to: Position, subnets: readonly Subnet[], zones?: readonly Subnet[]): RouteEnd[] {
  const ends = subnets.map(
    (subnet): RouteEnd => ({ to, rewrite: leaveVpc, enters: subnet, ...(zones ? { zones } : {}) }),
  );
  return ends.length > 0 ? ends : [{ to, rewrite: leaveVpc }];
}

/** Puts what comes to a position into the subnets of the attachment; a VPC that stands outside is a way out. */
export function connectAttachedVpc(
  topology: Topology,
  position: Position,
  { by, vpc, subnets }: AttachedVpc,
  names: VpcAttachmentNames,
  channel: string,
): void {
  for (const subnet of subnets) {
    const why = `${by.address} puts the packet into ${subnet.name}`;
    const hops = [{ by, attribute: names.subnets, why }];
    topology.graph.connect(position, topology.source(subnet), { hops });
  }
  if (vpc) {
    const hop = { by, attribute: names.vpc, why: `${by.address} leads to ${vpc.name}` };
    connectOutsideVpc(topology, position, vpc, channel, hop);
  }
}
