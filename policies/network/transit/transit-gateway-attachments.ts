/**
 * The attachments of transit gateways, whatever they attach, and how other resources name them
 * (https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html, "Resource attachments").
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { push } from "../packets/multimap";
import type { Extents } from "../reading/blocks";
import { isComputed, text, truth } from "../reading/read";
import type { Subnet, Vpc } from "../reading/vpcs";
import type { Topology } from "../routing/topology";
import type { Line } from "../routing/vpn";

export const GATEWAYS: ReadonlySet<string> = new Set(["aws_ec2_transit_gateway"]);

export interface Attachment {
  readonly key: string;
  readonly by: Resource;
  /** Key of the transit gateway it belongs to. */
  readonly gateway: string;
  readonly vpc?: Vpc;
  readonly subnets: readonly Subnet[];
  /** Far ends, for attachments of lines. */
  readonly lines: readonly Line[];
  /** The other half of a peering between two transit gateways of this configuration. */
  readonly peer?: string;
  /** Prefixes that propagate: a VPC's own; anything where the far end announces them; nothing for peerings. */
  readonly announces: Extents | "anything" | "nothing";
  readonly joinsDefault: { readonly association: boolean; readonly propagation: boolean };
  /** A firewall that stands in the transit gateway itself. */
  readonly firewall?: boolean;
}

export class TransitGatewayAttachments {
  private readonly byKey = new Map<string, Attachment>();
  private readonly byResource = new Map<Resource, Attachment[]>();

  constructor(readonly topology: Topology) {}

  get all(): Iterable<Attachment> {
    return this.byKey.values();
  }

  get(key: string): Attachment | undefined {
    return this.byKey.get(key);
  }

  add(attachment: Attachment): void {
    this.byKey.set(attachment.key, attachment);
    push(this.byResource, attachment.by, attachment);
  }

  /** Whether an accepter accepts what this configuration itself asks for: then it names the same attachment. */
  accepts(accepter: Resource, type: string): boolean {
    const own = this.topology.reader
      .named(attribute(accepter, "transit_gateway_attachment_id"), new Set([type]))
      .resources.find((one) => one.mode === "managed");
    if (own) this.byResource.set(accepter, this.byResource.get(own) ?? []);
    return own !== undefined;
  }

  /** The key of the gateway that an attribute names. */
  gatewayOf(resource: Resource, name: string): string | undefined {
    const named = this.topology.reader.named(attribute(resource, name), GATEWAYS);
    const [gateway] = named.resources;
    return gateway ? gatewayKey(gateway) : named.literal;
  }

  /** Attachments that a value names, as seen from a gateway where it matters. */
  named(value: Value): { found: Attachment[]; unseen?: { id: string; why?: string } } {
    const named = this.topology.reader.named(value);
    const found = named.resources.flatMap((resource) => this.byResource.get(resource) ?? this.throughData(resource));
    if (found.length > 0) return { found };
    return {
      found,
      unseen: {
        id: named.literal ?? named.resources[0]?.address ?? "an attachment that is not known",
        ...(named.unknown === undefined || named.literal !== undefined ? {} : { why: named.unknown }),
      },
    };
  }

  /** A data source that looks an attachment up by what it attaches. */
  private throughData(resource: Resource): Attachment[] {
    if (resource.mode !== "data") return [];
    for (const name of ["vpn_connection_id", "dx_gateway_id", "resource_id", "transit_gateway_attachment_id"]) {
      const value = attribute(resource, name);
      if (value === null || isComputed(value)) continue;
      for (const one of this.topology.reader.named(value).resources) {
        const direct = this.byResource.get(one);
        if (direct) return direct;
        if (one.type === "aws_dx_gateway") {
          return this.topology.input.context
            .referring("aws_dx_gateway_association", "dx_gateway_id", one)
            .flatMap((association) => this.byResource.get(association) ?? []);
        }
        const vpc = this.topology.vpcs.of(one);
        if (vpc) return [...this.all].filter((attachment) => attachment.vpc === vpc);
      }
    }
    return [];
  }
}

export const ALWAYS = { association: true, propagation: true };

/** Whether an attachment joins the gateway's default tables, as it says itself. */
export const joinsDefault = (by: Resource): Attachment["joinsDefault"] => ({
  association: truth(attribute(by, "transit_gateway_default_route_table_association"), true) !== "no",
  propagation: truth(attribute(by, "transit_gateway_default_route_table_propagation"), true) !== "no",
});

export const keyOf = (resource: Resource): string => `${resource.stack} ${resource.address}`;

/** A gateway's key: its address, or its id where it is looked up by a literal one. */
export const gatewayKey = (resource: Resource): string =>
  resource.mode === "managed" ? keyOf(resource) : idOf(resource);

export const idOf = (resource: Resource): string =>
  text(attribute(resource, "id")) ?? text(attribute(resource, "transit_gateway_id")) ?? resource.address;
