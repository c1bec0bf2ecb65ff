/**
 * Resolver endpoints and Lattice resource gateways: interfaces that services keep in subnets, each of which connects to
 * certain targets only.
 *
 * - An outbound resolver endpoint sends queries to the target addresses of the rules that use it
 *   (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-forwarding-outbound-queries.html); an inbound one
 *   answers queries.
 * - A resource gateway connects to the resources that are configured behind it
 *   (https://docs.aws.amazon.com/vpc-lattice/latest/ug/resource-gateway.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import { find, type Value } from "../../configuration/value";
import { withAddress } from "../filters/filters";
import { TCP, UDP } from "../packets/packet";
import { PacketSet } from "../packets/packets";
import { type Ranges, single, union } from "../packets/ranges";
import { type Extents, everything, joinedBoth, nowhereAtAll } from "../reading/blocks";
import { integer, items, truth, word } from "../reading/read";
import type { Placer } from "./interfaces";

const PORTED: Ranges = union(single(TCP), single(UDP));

export class ServiceInterfaces {
  constructor(private readonly placer: Placer) {}

  addAll(): void {
    const { reader } = this.placer;
    for (const endpoint of reader.ofType("aws_route53_resolver_endpoint")) this.resolverEndpoint(endpoint);
    for (const gateway of reader.ofType("aws_vpclattice_resource_gateway")) this.resourceGateway(gateway);
  }

  private resolverEndpoint(endpoint: Resource): void {
    const direction = word(attribute(endpoint, "direction"), "INBOUND");
    const targets =
      direction === undefined || direction.startsWith("OUTBOUND") ? this.ruleTargets(endpoint) : PacketSet.none;
    this.add(
      endpoint,
      "ip_address.subnet_id",
      find(endpoint.values, "security_group_ids").map(({ value }) => value),
      targets,
    );
  }

  /** Queries to the target addresses of the rules that use an endpoint. */
  private ruleTargets(endpoint: Resource): PacketSet {
    const { context } = this.placer.reader.input;
    const sets: PacketSet[] = [];
    for (const rule of context.referring("aws_route53_resolver_rule", "resolver_endpoint_id", endpoint)) {
      for (const { value: target } of find(rule.values, "target_ip")) {
        if (typeof target !== "object" || target === null) continue;
        const get = (name: string): Value =>
          Object.hasOwn(target, name) ? (target as { readonly [key: string]: Value })[name] : null;
        const port = integer(get("port")) ?? (get("port") === null ? 53 : undefined);
        const rest = { protocol: PORTED, ...(port === undefined ? {} : { destinationPort: single(port) }) };
        const extents = joinedBoth([this.placer.blocks.read(get("ip"), 4), this.placer.blocks.read(get("ipv6"), 6)]);
        sets.push(withAddress("destination", extents, rest).may);
      }
    }
    return PacketSet.union(sets);
  }

  private resourceGateway(gateway: Resource): void {
    const { context } = this.placer.reader.input;
    const extents: Extents[] = [nowhereAtAll];
    for (const configuration of context.referring(
      "aws_vpclattice_resource_configuration",
      "resource_gateway_identifier",
      gateway,
    )) {
      for (const { value } of items(configuration, "resource_configuration_definition.ip_resource.ip_address")) {
        extents.push(this.placer.blocks.read(value, "both"));
      }
      // A name may stand for any address.
      if (items(configuration, "resource_configuration_definition.dns_resource.domain_name").length > 0)
        extents.push(everything);
    }
    const targets = withAddress("destination", joinedBoth(extents)).may;
    this.add(
      gateway,
      "subnet_ids",
      find(gateway.values, "security_group_ids").map(({ value }) => value),
      targets,
    );
  }

  private add(resource: Resource, subnets: string, groups: readonly Value[], targets: PacketSet): void {
    const { placer } = this;
    for (const { value, at } of items(resource, subnets)) {
      const placement = placer.place(value);
      if (placement.unseen !== undefined) placer.unseen(resource, at, value, placement.unseen);
      for (const { subnet, certain } of placement.subnets) {
        placer.inventory.interfaces.push({
          resource,
          subnet,
          placed: { by: resource, attribute: at, why: `${resource.address} has an interface in ${subnet.name}` },
          exists: certain ? "yes" : "maybe",
          unless: placement.unless,
          groups: placer.groupsOf(resource, groups, subnet),
          publicIpv4: "no",
          ipv6: truth(subnet.hasIpv6 === "yes", false),
          initiates: !targets.isEmpty,
          only: targets,
          forwards: "no",
        });
      }
    }
  }
}
