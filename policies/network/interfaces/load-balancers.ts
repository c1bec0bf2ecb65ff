/**
 * Load balancers: an internet-facing one has public addresses in its subnets and answers with what its targets say
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html,
 * "Load balancer scheme"); `internal` is false unless it is set. By itself a load balancer connects to its targets only:
 * a target by address that lies outside is a way out.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { find, type Value } from "../../configuration/value";
import { withAddress } from "../filters/filters";
import type { Group } from "../filters/security-groups";
import { PacketSet } from "../packets/packets";
import { type Extents, joinedBoth } from "../reading/blocks";
import { both, items, type Tri, text, truth, word } from "../reading/read";
import type { Subnet } from "../reading/vpcs";
import type { Because, Placer } from "./interfaces";

export class LoadBalancers {
  constructor(private readonly placer: Placer) {}

  addAll(): void {
    const { reader } = this.placer;
    for (const balancer of reader.ofType("aws_lb", "aws_alb"))
      this.add(balancer, this.listeners(balancer), this.targets(balancer));
    for (const balancer of reader.ofType("aws_elb")) this.add(balancer, "yes", PacketSet.none);
  }

  private add(balancer: Resource, answers: Tri, targets: PacketSet): void {
    const { placer } = this;
    const internal = truth(attribute(balancer, "internal"), false);
    const facing: Tri = internal === "yes" ? "no" : internal === "no" ? "yes" : "maybe";
    const because: Because = {
      by: balancer,
      attribute: "internal",
      why: `${balancer.address} is internet-facing: it has public addresses`,
    };
    const places = [...items(balancer, "subnets"), ...items(balancer, "subnet_mapping.subnet_id")];
    const kind = word(attribute(balancer, "load_balancer_type"), "APPLICATION");
    // A Gateway Load Balancer takes packets from its endpoints only; one that listens to nothing takes none.
    if (kind === "GATEWAY" || answers === "no") return;
    const found: { subnet: Subnet; certain: boolean; at: string; unless?: string }[] = [];
    for (const { value, at } of places) {
      const placement = placer.place(value);
      if (placement.unseen !== undefined) placer.unseen(balancer, at, value, placement.unseen);
      for (const { subnet, certain } of placement.subnets)
        found.push({ subnet, certain, at, unless: placement.unless });
    }
    if (places.length === 0) {
      for (const subnet of placer.vpcs.defaultSubnets(placer.vpcs.defaultOf(balancer)))
        found.push({ subnet, certain: true, at: "subnets" });
    }
    const stack = word(attribute(balancer, "ip_address_type"), "IPV4");
    for (const { subnet, certain, at, unless } of found) {
      placer.inventory.interfaces.push({
        resource: balancer,
        subnet,
        placed: { by: balancer, attribute: at, why: `${balancer.address} has an interface in ${subnet.name}` },
        exists: both(certain ? "yes" : "maybe", answers),
        unless,
        groups: this.groups(balancer, subnet, kind),
        publicIpv4: stack === "DUALSTACK-WITHOUT-PUBLIC-IPV4" ? "no" : facing,
        publicBecause: because,
        ipv6: stack === "IPV4" ? "no" : both(subnet.hasIpv6, facing),
        initiates: !targets.isEmpty,
        only: targets,
        forwards: "no",
      });
    }
  }

  /** Network load balancers that were made without groups filter nothing; the others get the VPC's default group. */
  private groups(balancer: Resource, subnet: Subnet, kind: string | undefined): readonly Group[] | undefined {
    const values = find(balancer.values, "security_groups").map(({ value }) => value);
    if (kind === "NETWORK" && items(balancer, "security_groups").length === 0) return undefined;
    return this.placer.groupsOf(balancer, values, subnet);
  }

  /** One that listens to nothing answers nobody. */
  private listeners(balancer: Resource): Tri {
    const { context } = this.placer.reader.input;
    const own = ["aws_lb_listener", "aws_alb_listener"].some(
      (type) => context.referring(type, "load_balancer_arn", balancer).length > 0,
    );
    if (own) return "yes";
    const loose = this.placer.reader
      .ofType("aws_lb_listener", "aws_alb_listener")
      .some((listener) => this.placer.reader.named(attribute(listener, "load_balancer_arn")).resources.length === 0);
    return loose ? "maybe" : "no";
  }

  /** Packets to the targets that are registered by address. */
  private targets(balancer: Resource): PacketSet {
    const { reader, blocks } = this.placer;
    const groups = new Set(this.targetGroups(balancer));
    const extents: Extents[] = [];
    for (const attachment of reader.ofType("aws_lb_target_group_attachment", "aws_alb_target_group_attachment")) {
      const named = reader.named(attribute(attachment, "target_group_arn"));
      if (
        !named.resources.some(
          (group) => groups.has(group) && word(attribute(group, "target_type"), "INSTANCE") === "IP",
        )
      )
        continue;
      extents.push(blocks.read(attribute(attachment, "target_id"), "both"));
    }
    return extents.length === 0 ? PacketSet.none : withAddress("destination", joinedBoth(extents)).may;
  }

  /** The target groups that a balancer's listeners and their rules forward to. */
  private targetGroups(balancer: Resource): Resource[] {
    const { reader } = this.placer;
    const { context } = reader.input;
    const listeners = ["aws_lb_listener", "aws_alb_listener"].flatMap((type) =>
      context.referring(type, "load_balancer_arn", balancer),
    );
    const rules = listeners.flatMap((listener) =>
      ["aws_lb_listener_rule", "aws_alb_listener_rule"].flatMap((type) =>
        context.referring(type, "listener_arn", listener),
      ),
    );
    const values: Value[] = [
      ...listeners.flatMap((listener) =>
        ["default_action.target_group_arn", "default_action.forward.target_group.arn"].flatMap((path) =>
          items(listener, path),
        ),
      ),
      ...rules.flatMap((rule) =>
        ["action.target_group_arn", "action.forward.target_group.arn"].flatMap((path) => items(rule, path)),
      ),
    ].map(({ value }) => value);
    return values.flatMap((value) =>
      reader.named(value).resources.filter((one) => one.mode === "managed" && text(one.type) !== undefined),
    );
  }
}
