/**
 * Security groups in all the ways Terraform writes them. They are stateful: answers to what was let in pass whatever the
 * outbound rules say, and the other way round (https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html).
 *
 * Two defaults that don't show: AWS gives a new group an outbound rule for everything, which Terraform removes from the
 * groups it creates (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group, "egress");
 * an interface without groups has the VPC's default group, which lets everything out and in from itself
 * (https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html).
 */
import { attribute, type Resource } from "../configuration/resource";
import { isUnknown, type Value, type Values } from "../configuration/value";
import { type Blocks, type Extents, joinedBoth, nowhereAtAll, unknownAddresses } from "./blocks";
import { anyOf, matching, type Passing, passAll, passNone, possibly, type Services, servicesOf } from "./filters";
import { blocks as blocksOf, isComputed, type Reader, text, truth } from "./read";
import type { Vpc, Vpcs } from "./vpcs";

export type Direction = "egress" | "ingress";

/** One permission, with the attribute of the resource that gives it. */
export interface Rule {
  readonly by: Resource;
  readonly attribute: string;
  readonly passing: Passing;
}

export interface Group {
  readonly key: string;
  /** Absent for the default group of a VPC that nothing manages, and for groups that can't be seen. */
  readonly resource?: Resource;
  readonly name: string;
  readonly egress: readonly Rule[];
  readonly ingress: readonly Rule[];
  /** Set if the rules can't be seen: everything may pass. */
  readonly unless?: string;
  readonly open?: boolean;
}

const GROUPS = new Set(["aws_security_group", "aws_default_security_group"]);
const VPC_TYPES = new Set(["aws_vpc", "aws_default_vpc"]);

export class SecurityGroups {
  private readonly groups = new Map<Resource, Group>();
  private readonly passings = new Map<string, Passing>();
  private readonly defaults = new Map<string, Group>();
  private separate?: Map<Resource, { rule: Resource; direction: Direction }[]>;

  constructor(
    private readonly reader: Reader,
    private readonly blocks: Blocks,
    private readonly vpcs: Vpcs,
  ) {}

  /** The groups that a list of ids names. */
  named(value: Value): Group[] {
    if (Array.isArray(value)) return value.flatMap((item) => this.named(item));
    if (value === null || isComputed(value)) return [];
    const named = this.reader.named(value, new Set([...GROUPS, ...VPC_TYPES]));
    if (named.resources.length === 0) {
      const literal = named.literal ?? (isUnknown(value) ? value.references[0]?.address : undefined) ?? "a group";
      return [unseen(literal, `the rules of ${literal} are not in this configuration`)];
    }
    const groups = named.resources.map((resource) => {
      if (VPC_TYPES.has(resource.type)) {
        const vpc = this.vpcs.denoted(value);
        return vpc
          ? this.defaultOf(vpc)
          : unseen(resource.address, `the default group of ${resource.address} can't be seen`);
      }
      return resource.mode === "managed"
        ? this.of(resource)
        : unseen(resource.address, `the rules of ${resource.address} are not in this configuration`);
    });
    if (named.certain) return groups;
    // One of several: each may be it, none is for certain.
    return [
      {
        key: `one of ${groups.map((group) => group.key).join(" ")}`,
        name: groups.map((group) => group.name).join(" or "),
        egress: weaken(groups, "egress", named.unknown),
        ingress: weaken(groups, "ingress", named.unknown),
      },
    ];
  }

  of(resource: Resource): Group {
    let group = this.groups.get(resource);
    if (!group) {
      const vpc = this.vpcOf(resource);
      group = {
        key: `${resource.stack} ${resource.address}`,
        resource,
        name: resource.address,
        egress: this.rulesOf(resource, "egress", vpc),
        ingress: this.rulesOf(resource, "ingress", vpc),
      };
      this.groups.set(resource, group);
    }
    return group;
  }

  private vpcOf(resource: Resource): Vpc | undefined {
    const value = attribute(resource, "vpc_id");
    return value === null || isComputed(value) ? this.vpcs.defaultOf(resource) : this.vpcs.denoted(value);
  }

  /** The group that interfaces without any get. */
  defaultOf(vpc: Vpc): Group {
    let group = this.defaults.get(vpc.key);
    if (!group) {
      group = this.managedDefault(vpc) ?? {
        key: `default ${vpc.key}`,
        name: `the default group of ${vpc.name}`,
        egress: [],
        ingress: [],
        open: true,
      };
      this.defaults.set(vpc.key, group);
    }
    return group;
  }

  private managedDefault(vpc: Vpc): Group | undefined {
    const managing = this.reader.ofType("aws_default_security_group").find((resource) => this.vpcOf(resource) === vpc);
    return managing ? this.of(managing) : undefined;
  }

  private rulesOf(group: Resource, direction: Direction, vpc: Vpc | undefined): Rule[] {
    const rules: Rule[] = [];
    const inline = blocksOf(group, direction);
    for (const { values, at, unless } of inline.known) {
      const passing = this.block(values, direction, vpc);
      rules.push({ by: group, attribute: at, passing: unless === undefined ? passing : possibly(passing, unless) });
    }
    if (inline.unknown)
      rules.push({
        by: group,
        attribute: direction,
        passing: possibly(passAll, `${group.address}.${direction}: ${inline.unknown.why}`),
      });
    for (const { rule, direction: own } of this.separateRules().get(group) ?? []) {
      if (own === direction) rules.push(this.separateRule(rule, direction, vpc));
    }
    return rules;
  }

  /** A block of `aws_security_group`, or a whole `aws_security_group_rule`, whose attributes are called alike. */
  private block(values: Values, direction: Direction, vpc: Vpc | undefined): Passing {
    const get = (name: string): Value => (Object.hasOwn(values, name) ? values[name] : null);
    const services = servicesOf(get("protocol"), get("from_port"), get("to_port"), false);
    const peers: Extents[] = [
      this.blocks.read(get("cidr_blocks"), 4),
      this.blocks.read(get("ipv6_cidr_blocks"), 6),
      this.blocks.prefixList(get("prefix_list_ids")),
      this.members(get("security_groups"), vpc),
      this.members(get("source_security_group_id"), vpc),
    ];
    if (truth(get("self"), false) !== "no") peers.push(inside(vpc));
    return this.passing(direction, joinedBoth(peers), services);
  }

  private separateRule(rule: Resource, direction: Direction, vpc: Vpc | undefined): Rule {
    if (rule.type === "aws_security_group_rule") {
      const at = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "source_security_group_id", "self"].find(
        (name) => attribute(rule, name) !== null,
      );
      return { by: rule, attribute: at ?? "type", passing: this.block(rule.values, direction, vpc) };
    }
    const services = servicesOf(
      attribute(rule, "ip_protocol"),
      attribute(rule, "from_port"),
      attribute(rule, "to_port"),
      true,
    );
    const peers = [
      this.blocks.read(attribute(rule, "cidr_ipv4"), 4),
      this.blocks.read(attribute(rule, "cidr_ipv6"), 6),
      this.blocks.prefixList(attribute(rule, "prefix_list_id")),
      this.members(attribute(rule, "referenced_security_group_id"), vpc),
    ];
    const at = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"].find(
      (name) => attribute(rule, name) !== null,
    );
    return { by: rule, attribute: at ?? "ip_protocol", passing: this.passing(direction, joinedBoth(peers), services) };
  }

  private passing(direction: Direction, peers: Extents, services: Services): Passing {
    return matching(direction === "egress" ? "destination" : "source", peers, services);
  }

  /** The addresses of a referenced group's members: they have private addresses of the VPCs that the group is used in. */
  private members(value: Value, vpc: Vpc | undefined): Extents {
    if (value === null || isComputed(value)) return nowhereAtAll;
    if (Array.isArray(value)) return joinedBoth([nowhereAtAll, ...value.map((item) => this.members(item, vpc))]);
    const named = this.reader.named(value, GROUPS);
    const own = named.resources.filter((resource) => resource.mode === "managed");
    if (own.length === 0 || own.length !== named.resources.length) {
      const shown = named.literal ?? named.unknown ?? "a group elsewhere";
      return unknownAddresses(`who is in ${shown} is not known`);
    }
    return joinedBoth(own.map((group) => this.homesOf(group)));
  }

  private homesOf(group: Resource): Extents {
    const homes = [inside(this.vpcOf(group))];
    for (const association of this.reader.input.context.referring(
      "aws_vpc_security_group_vpc_association",
      "security_group_id",
      group,
    )) {
      homes.push(inside(this.vpcs.denoted(attribute(association, "vpc_id"))));
    }
    return joinedBoth(homes);
  }

  /** Rules written as resources of their own, by the group they are for. */
  private separateRules(): Map<Resource, { rule: Resource; direction: Direction }[]> {
    if (!this.separate) {
      this.separate = new Map();
      for (const [type, fixed] of [
        ["aws_vpc_security_group_egress_rule", "egress"],
        ["aws_vpc_security_group_ingress_rule", "ingress"],
        ["aws_security_group_rule", undefined],
      ] as const) {
        for (const rule of this.reader.ofType(type)) {
          const direction = fixed ?? text(attribute(rule, "type"));
          const directions: Direction[] =
            direction === "egress" || direction === "ingress" ? [direction] : ["egress", "ingress"];
          for (const group of this.ownersOf(rule)) {
            const list = this.separate.get(group) ?? [];
            for (const one of directions) list.push({ rule, direction: one });
            this.separate.set(group, list);
          }
        }
      }
    }
    return this.separate;
  }

  private ownersOf(rule: Resource): Resource[] {
    const value = attribute(rule, "security_group_id");
    const named = this.reader.named(value, new Set([...GROUPS, ...VPC_TYPES]));
    return named.resources.flatMap((resource) => {
      if (!VPC_TYPES.has(resource.type)) return resource.mode === "managed" ? [resource] : [];
      const vpc = this.vpcs.of(resource);
      const managed = vpc && this.managedDefault(vpc);
      return managed?.resource ? [managed.resource] : [];
    });
  }

  /** What the groups of an interface let out or in, together. */
  together(groups: readonly Group[], direction: Direction): Passing {
    const key = `${direction} ${groups.map((group) => group.key).join("\n")}`;
    let passing = this.passings.get(key);
    if (!passing) {
      passing = anyOf([passNone, ...groups.flatMap((group) => this.groupPassing(group, direction))]);
      this.passings.set(key, passing);
    }
    return passing;
  }

  private groupPassing(group: Group, direction: Direction): Passing[] {
    if (group.unless !== undefined) return [possibly(passAll, group.unless)];
    if (group.open) return direction === "egress" ? [passAll] : [];
    return group[direction].map((rule) => rule.passing);
  }
}

const inside = (vpc: Vpc | undefined): Extents => {
  if (!vpc) return unknownAddresses("the VPC of a group is not known");
  // Members are some of the VPC's addresses, which ones is not known.
  return {
    4: {
      must: [],
      may: vpc.blocks[4].may,
      unless: `which addresses of ${vpc.name} the members of a group have is not known`,
    },
    6: {
      must: [],
      may: vpc.blocks[6].may,
      unless: `which addresses of ${vpc.name} the members of a group have is not known`,
    },
  };
};

const unseen = (name: string, unless: string): Group => ({
  key: `unseen ${name}`,
  name,
  egress: [],
  ingress: [],
  unless,
});

const weaken = (groups: readonly Group[], direction: Direction, why = "which group it is is not known"): Rule[] =>
  groups.flatMap((group) => group[direction].map((rule) => ({ ...rule, passing: possibly(rule.passing, why) })));
