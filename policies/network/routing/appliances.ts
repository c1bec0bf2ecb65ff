/**
 * Instances as route targets. One whose source and destination are not checked may forward what isn't its own, past its
 * own groups (https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html, "Disable source/destination
 * checks"); any other drops it. What an appliance sends on under its own address counts as its own traffic.
 */
import type { Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { allOf, type Passing, passAll, possibly } from "../filters/filters";
import type { Interface } from "../interfaces/interfaces";
import type { Family } from "../packets/addresses";
import { covers } from "../packets/ranges";
import type { Extents } from "../reading/blocks";
import type { RouteEnd, Topology } from "./topology";

export class Appliances {
  private readonly byAnchor = new Map<Resource, Interface[]>();

  constructor(private readonly topology: Topology) {}

  learn(interfaces: readonly Interface[]): void {
    for (const one of interfaces) {
      for (const anchor of one.anchors ?? [one.resource]) {
        const list = this.byAnchor.get(anchor);
        if (list) list.push(one);
        else this.byAnchor.set(anchor, [one]);
      }
    }
  }

  ends(resource: Resource): RouteEnd[] {
    return (this.byAnchor.get(resource) ?? []).map((one) => this.forwarding(one));
  }

  /** The appliances that have a literal address. */
  at(address: Value): RouteEnd[] {
    if (typeof address !== "string") return [];
    const wanted = this.topology.blocks.read(address, "both");
    const all = new Set([...this.byAnchor.values()].flat());
    return [...all]
      .filter(({ addresses }) => addresses && [4, 6].some((family) => this.holds(addresses, wanted, family as Family)))
      .map((one) => this.forwarding(one));
  }

  private holds(own: Extents, wanted: Extents, family: Family): boolean {
    const address = wanted[family].must;
    return address.length > 0 && covers(own[family].must, address);
  }

  private forwarding(one: Interface): RouteEnd {
    const { graph, groups } = this.topology;
    const key = `appliance ${one.resource.stack} ${one.resource.address} in ${one.subnet.key}`;
    const position = graph.position(key, one.resource.address);
    if (position.out.length === 0 && one.forwards !== "no") {
      const inward: Passing = one.groups ? groups.together(one.groups, "ingress") : passAll;
      const outward: Passing = one.groups ? groups.together(one.groups, "egress") : passAll;
      const through = allOf(inward, outward);
      graph.connect(position, this.topology.source(one.subnet), {
        passing:
          one.forwards === "yes" && one.exists === "yes"
            ? through
            : possibly(through, one.unless ?? "whether it forwards is not known"),
        device: key,
        hops: [
          {
            by: one.resource,
            attribute: "source_dest_check",
            why: `${one.resource.address} forwards packets that are not its own`,
          },
        ],
      });
    }
    return { to: position, enters: one.subnet };
  }
}
