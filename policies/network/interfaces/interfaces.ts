/**
 * The network interfaces of a configuration: who has one, in which subnet, with which addresses and groups. They come
 * from the interface rules of the models; those of instances, network interfaces and load balancers, which are put
 * together from several resources, are read in `instances.ts` and `load-balancers.ts`.
 */
import { attribute, type Resource, type Undecided } from "../../configuration/resource";
import { find, isUnknown, type Value } from "../../configuration/value";
import type { DescribedInterface, InterfaceRule } from "../../flows/vocabulary";
import type { Group, SecurityGroups } from "../filters/security-groups";
import type { PacketSet } from "../packets/packets";
import type { Blocks, Extents } from "../reading/blocks";
import { both, isComputed, items, type Reader, type Tri, truth } from "../reading/read";
import { securityGroupItems, subnetItems } from "../reading/subnet-groups";
import type { Subnet, Vpcs } from "../reading/vpcs";
import { holds } from "./conditions";

/** An attribute that made something so. */
export interface Because {
  readonly by: Resource;
  readonly attribute?: string;
  readonly why: string;
}

export interface Interface {
  /** Whose data leaves by it. */
  readonly resource: Resource;
  readonly subnet: Subnet;
  /** What puts it into the subnet. */
  readonly placed: Because;
  /** Whether it is there at all; "maybe" if that rests on something unknown. */
  readonly exists: Tri;
  readonly unless?: string;
  /** Undefined: it has no security groups, nothing is filtered. */
  readonly groups: readonly Group[] | undefined;
  readonly publicIpv4: Tri;
  readonly publicBecause?: Because;
  readonly ipv6: Tri;
  /** Its own addresses, if they are written down; else any of the subnet's. */
  readonly addresses?: Extents;
  /** Whether it can start connections, or only answers. */
  readonly initiates: boolean;
  /** It forwards packets of others: source and destination are not checked. */
  readonly forwards: Tri;
  /** Resources that a route or an elastic IP may name to mean this interface; by default the resource alone. */
  readonly anchors?: readonly Resource[];
  /** What it may start connections to, if not everything. */
  readonly only?: PacketSet;
}

/** A resource that runs in a service's own network, which reaches the internet. */
export interface ServiceNetwork {
  readonly resource: Resource;
  readonly channel: string;
  readonly attribute: string;
  readonly why: string;
  readonly unless?: string;
}

export interface Inventory {
  readonly interfaces: Interface[];
  readonly services: ServiceNetwork[];
  readonly undecided: Undecided[];
}

const SUBNETS = new Set(["aws_subnet", "aws_default_subnet"]);

/** The subnets that a value names. */
export interface Placement {
  readonly subnets: readonly { readonly subnet: Subnet; readonly certain: boolean }[];
  readonly unless?: string;
  /** Set if it names a subnet that can't be seen. */
  readonly unseen?: string;
}

export class Placer {
  constructor(
    readonly reader: Reader,
    readonly blocks: Blocks,
    readonly vpcs: Vpcs,
    readonly groups: SecurityGroups,
    readonly inventory: Inventory,
  ) {}

  place(value: Value): Placement {
    const named = this.reader.named(value, SUBNETS);
    const known = named.resources.flatMap((resource) => this.vpcs.subnetOf(resource) ?? []);
    const elsewhere = named.resources.find((resource) => !this.vpcs.subnetOf(resource));
    const unseen = named.literal ?? elsewhere?.address ?? (known.length === 0 ? (named.unknown ?? "?") : undefined);
    return {
      subnets: known.map((subnet) => ({ subnet, certain: named.certain && !unseen })),
      ...(named.certain ? {} : { unless: named.unknown ?? "it is not known which subnet it is" }),
      ...(unseen === undefined ? {} : { unseen }),
    };
  }

  /** Notes that a resource has an interface in a subnet about which nothing is known. */
  unseen(resource: Resource, at: string, value: Value, what: string): void {
    const sources = isUnknown(value) ? value.references.map(({ address }) => address) : [];
    const place = isUnknown(value) && what === value.why ? `${sources.join(", ") || "a subnet"} (${what})` : what;
    this.inventory.undecided.push({
      resource: resource.address,
      stack: resource.stack,
      attribute: at,
      reason: isUnknown(value) ? "unknown-value" : "unresolved-reference",
      message: `${resource.address} has an interface in ${place}, whose routes are not in this configuration`,
    });
  }

  groupsOf(resource: Resource, values: readonly Value[], subnet: Subnet): readonly Group[] {
    const groups = values.flatMap((value) => this.groups.named(value));
    const attached = this.attachedGroups(resource);
    return groups.length + attached.length > 0 ? [...groups, ...attached] : [this.groups.defaultOf(subnet.vpc)];
  }

  /** Groups that are put on the interface of an instance beside it. */
  private attachedGroups(resource: Resource): Group[] {
    return this.reader.input.context
      .referring("aws_network_interface_sg_attachment", "network_interface_id", resource)
      .flatMap((attachment) => this.groups.named(attribute(attachment, "security_group_id")));
  }

  /** The interfaces that a model's rule gives a resource. */
  byRule(resource: Resource, rule: InterfaceRule): void {
    const exists = holds(rule.when, resource);
    if (exists === "no") return;
    const placed = subnetItems(resource, rule.subnets, this.reader.input.context);
    if (placed.length === 0) {
      this.without(resource, rule, exists);
      return;
    }
    for (const { value, at, unless } of placed) {
      const placement = this.place(value);
      if (placement.unseen !== undefined) this.unseen(resource, at, value, placement.unseen);
      for (const { subnet, certain } of placement.subnets) {
        this.add(
          resource,
          rule,
          subnet,
          both(exists, certain && unless === undefined ? "yes" : "maybe"),
          { by: resource, attribute: at, why: `${resource.address} has an interface in ${subnet.name}` },
          unless ?? placement.unless,
        );
      }
    }
  }

  /** The interfaces that a model reads from options or a document. */
  described(resource: Resource, { subnets, groups, publicIpv4 }: DescribedInterface): void {
    for (const { value, at } of subnets) {
      const placement = this.place(value);
      if (placement.unseen !== undefined) this.unseen(resource, at, value, placement.unseen);
      for (const { subnet, certain } of placement.subnets) {
        this.inventory.interfaces.push({
          resource,
          subnet,
          placed: { by: resource, attribute: at, why: `what ${resource.address} starts stands in ${subnet.name}` },
          exists: certain ? "yes" : "maybe",
          unless: placement.unless,
          groups: groups && this.groupsOf(resource, groups, subnet),
          publicIpv4: publicIpv4 ? truth(publicIpv4.value, false) : subnet.mapsPublicIpv4,
          publicBecause: publicIpv4
            ? { by: resource, attribute: publicIpv4.at, why: `${publicIpv4.at} gives it a public address` }
            : subnetMaps(resource, subnet),
          ipv6: both(subnet.hasIpv6, subnet.assignsIpv6),
          initiates: true,
          forwards: "no",
        });
      }
    }
  }

  private without(resource: Resource, rule: InterfaceRule, exists: Tri): void {
    if (rule.without === "nothing") return;
    if (rule.without === "default-vpc") {
      const vpc = this.vpcs.defaultOf(resource);
      for (const subnet of this.vpcs.defaultSubnets(vpc)) {
        this.add(resource, rule, subnet, exists, {
          by: resource,
          attribute: rule.subnets,
          why: `${resource.address} names no subnet, so it is in ${vpc.name}`,
        });
      }
      return;
    }
    this.inventory.services.push({
      resource,
      channel: rule.without.internet,
      attribute: rule.subnets,
      why: rule.without.why,
      ...(exists === "maybe" ? { unless: "whether it is there is not known" } : {}),
    });
  }

  private add(
    resource: Resource,
    rule: InterfaceRule,
    subnet: Subnet,
    exists: Tri,
    placed: Because,
    unless?: string,
  ): void {
    const { context } = this.reader.input;
    const groups =
      rule.groups === undefined ? [] : securityGroupItems(resource, rule.groups, context).map(({ value }) => value);
    const elastic = rule.elasticIps === undefined ? [] : items(resource, rule.elasticIps);
    const ipv4 = this.publicIpv4(resource, rule, subnet);
    this.inventory.interfaces.push({
      resource,
      subnet,
      placed,
      exists,
      unless,
      groups: rule.unfiltered ? undefined : this.groupsOf(resource, groups, subnet),
      publicIpv4: elastic.length > 0 ? "yes" : ipv4,
      publicBecause:
        elastic.length > 0
          ? { by: resource, attribute: elastic[0].at, why: `${resource.address} has an elastic IP address` }
          : publicBecause(resource, rule, subnet),
      ipv6: both(subnet.hasIpv6, ipv6Of(resource, rule, subnet)),
      initiates: rule.initiates,
      forwards: "no",
    });
  }

  private publicIpv4(resource: Resource, rule: InterfaceRule, subnet: Subnet): Tri {
    const option = rule.publicIpv4;
    if (option === undefined || option === "never") return "no";
    if (option === "always") return "yes";
    if (option === "subnet") return subnet.mapsPublicIpv4;
    const found = find(resource.values, option.path).filter(({ value }) => !isComputed(value));
    if (found.length > 0) return found.map(({ value }) => truth(value, false)).find((tri) => tri !== "no") ?? "no";
    return option.absent === "subnet" ? subnet.mapsPublicIpv4 : option.absent ? "yes" : "no";
  }
}

function publicBecause(resource: Resource, rule: InterfaceRule, subnet: Subnet): Because | undefined {
  if (rule.publicIpv4 === "subnet") return subnetMaps(resource, subnet);
  if (typeof rule.publicIpv4 === "object") {
    const [found] = find(resource.values, rule.publicIpv4.path);
    if (found)
      return { by: resource, attribute: found.at, why: `${found.at} gives ${resource.address} a public address` };
    if (rule.publicIpv4.absent === "subnet" && subnet.resource) return subnetMaps(resource, subnet);
  }
  return undefined;
}

export const subnetMaps = (resource: Resource, subnet: Subnet): Because | undefined =>
  subnet.resource && {
    by: subnet.resource,
    attribute: "map_public_ip_on_launch",
    why: `${subnet.name} gives ${resource.address} a public address`,
  };

function ipv6Of(resource: Resource, rule: InterfaceRule, subnet: Subnet): Tri {
  const option = rule.ipv6 ?? "subnet";
  if (option === "never") return "no";
  if (option === "subnet") return subnet.assignsIpv6;
  const found = find(resource.values, option.path).filter(({ value }) => !isComputed(value));
  if (found.length === 0) return option.absent ? "yes" : "no";
  return found.map(({ value }) => truth(value, false)).find((tri) => tri !== "no") ?? "no";
}
