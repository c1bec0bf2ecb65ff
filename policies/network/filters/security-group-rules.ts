/**
 * The rules of security groups, in all the ways Terraform writes them: inline blocks, `aws_security_group_rule`,
 * `aws_vpc_security_group_*_rule`
 * (https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html). A rule names peers by address or by
 * group: members of a group have private addresses of the VPCs that it is used in.
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value, Values } from "../../configuration/value";
import { type Blocks, type Extents, everything, joinedBoth, nowhereAtAll, unknownAddresses } from "../reading/blocks";
import { blocks as blocksOf, isComputed, type Reader, text, truth } from "../reading/read";
import type { Vpc, Vpcs } from "../reading/vpcs";
import { matching, type Passing, passAll, passNone, possibly, type Services, servicesOf } from "./filters";

export type Direction = "egress" | "ingress";

/** One permission, with the attribute of the resource that gives it. */
export interface Rule {
  readonly by: Resource;
  readonly attribute: string;
  /** What it lets pass, whoever the members of groups are that it names. */
  readonly passing: Passing;
  /** Of that, what it lets pass by address alone. */
  readonly addressed: Passing;
  /** The groups whose members it lets pass too, by key, with the traffic that it lets them have. */
  readonly members: readonly string[];
  readonly traffic: Passing;
}

export const GROUPS: ReadonlySet<string> = new Set(["aws_security_group", "aws_default_security_group"]);
export const VPC_TYPES: ReadonlySet<string> = new Set(["aws_vpc", "aws_default_vpc"]);

export class GroupRules {
  private separate?: Map<string, { rule: Resource; direction: Direction }[]>;

  constructor(
    private readonly reader: Reader,
    private readonly blocks: Blocks,
    private readonly vpcs: Vpcs,
  ) {}

  /** The rules of a managed group. */
  of(group: Resource, direction: Direction): Rule[] {
    const vpc = this.vpcOf(group);
    const rules: Rule[] = [];
    const inline = blocksOf(group, direction);
    for (const { values, at, unless } of inline.known) {
      const rule = { by: group, attribute: at, ...this.block(values, direction, vpc, keyOf(group)) };
      rules.push(unless === undefined ? rule : weakened(rule, unless));
    }
    if (inline.unknown) {
      const any = possibly(passAll, `${group.address}.${direction}: ${inline.unknown.why}`);
      rules.push({ by: group, attribute: direction, passing: any, addressed: any, members: [], traffic: passNone });
    }
    return [...rules, ...this.beside(keyOf(group), direction, vpc)];
  }

  /** The rules that are written as resources of their own, for a group by its key. */
  beside(key: string, direction: Direction, vpc: Vpc | undefined): Rule[] {
    return (this.separateRules().get(key) ?? [])
      .filter((one) => one.direction === direction)
      .map(({ rule }) => this.separateRule(rule, direction, vpc, key));
  }

  /** A block of `aws_security_group`, or a whole `aws_security_group_rule`, whose attributes are called alike. */
  private block(
    values: Values,
    direction: Direction,
    vpc: Vpc | undefined,
    own: string,
  ): Omit<Rule, "by" | "attribute"> {
    const get = (name: string): Value => (Object.hasOwn(values, name) ? values[name] : null);
    const services = servicesOf(get("protocol"), get("from_port"), get("to_port"), false);
    const addressed: Extents[] = [
      this.blocks.read(get("cidr_blocks"), 4),
      this.blocks.read(get("ipv6_cidr_blocks"), 6),
      this.blocks.prefixList(get("prefix_list_ids")),
    ];
    const self = truth(get("self"), false);
    if (self === "maybe") addressed.push(inside(vpc));
    return this.rule(direction, services, addressed, {
      groups: [get("security_groups"), get("source_security_group_id")],
      own: self === "yes" ? own : undefined,
      vpc,
    });
  }

  private separateRule(rule: Resource, direction: Direction, vpc: Vpc | undefined, own: string): Rule {
    const named = (...names: string[]) => names.find((name) => attribute(rule, name) !== null);
    if (rule.type === "aws_security_group_rule") {
      const at = named("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "source_security_group_id", "self");
      return { by: rule, attribute: at ?? "type", ...this.block(rule.values, direction, vpc, own) };
    }
    const services = servicesOf(
      attribute(rule, "ip_protocol"),
      attribute(rule, "from_port"),
      attribute(rule, "to_port"),
      true,
    );
    const addressed = [
      this.blocks.read(attribute(rule, "cidr_ipv4"), 4),
      this.blocks.read(attribute(rule, "cidr_ipv6"), 6),
      this.blocks.prefixList(attribute(rule, "prefix_list_id")),
    ];
    const at = named("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id");
    const peers = { groups: [attribute(rule, "referenced_security_group_id")], own: undefined, vpc };
    return { by: rule, attribute: at ?? "ip_protocol", ...this.rule(direction, services, addressed, peers) };
  }

  private rule(
    direction: Direction,
    services: Services,
    addressed: readonly Extents[],
    peers: { readonly groups: readonly Value[]; readonly own: string | undefined; readonly vpc: Vpc | undefined },
  ): Omit<Rule, "by" | "attribute"> {
    const side = direction === "egress" ? "destination" : "source";
    const referenced = peers.groups.map((value) => this.referenced(value));
    const known = [...addressed, ...referenced.map((one) => one.unseen)];
    const homes = referenced.map((one) => one.homes);
    if (peers.own !== undefined) homes.push(inside(peers.vpc));
    const members = referenced.flatMap((one) => one.keys);
    if (peers.own !== undefined) members.push(peers.own);
    const byAddress = matching(side, joinedBoth([nowhereAtAll, ...known]), services);
    return {
      passing: members.length === 0 ? byAddress : matching(side, joinedBoth([...known, ...homes]), services),
      addressed: byAddress,
      members,
      traffic: members.length === 0 ? passNone : matching(side, everything, services),
    };
  }

  /**
   * The groups that a rule names, by key, and the addresses that their members may have: private ones of the VPCs that a
   * group is used in. Members of groups that can't be seen may have any address.
   */
  private referenced(value: Value): { keys: string[]; homes: Extents; unseen: Extents } {
    const nobody = { keys: [], homes: nowhereAtAll, unseen: nowhereAtAll };
    if (value === null || isComputed(value)) return nobody;
    if (Array.isArray(value)) {
      const all = value.map((item) => this.referenced(item));
      return {
        keys: all.flatMap((one) => one.keys),
        homes: joinedBoth([nowhereAtAll, ...all.map((one) => one.homes)]),
        unseen: joinedBoth([nowhereAtAll, ...all.map((one) => one.unseen)]),
      };
    }
    const named = this.reader.named(value, new Set([...GROUPS, ...VPC_TYPES]));
    const vpcs = named.resources.filter((one) => VPC_TYPES.has(one.type)).map((one) => this.vpcs.of(one));
    const groups = named.resources.filter((one) => GROUPS.has(one.type) && one.mode === "managed");
    const homes = joinedBoth([nowhereAtAll, ...groups.map((group) => this.homesOf(group)), ...vpcs.map(inside)]);
    const seen = named.resources.length > 0 && groups.length + vpcs.length === named.resources.length;
    if (!seen) {
      const shown = named.literal ?? named.unknown ?? "a group elsewhere";
      return { ...nobody, unseen: unknownAddresses(`who is in ${shown} is not known`) };
    }
    if (!named.certain) return { ...nobody, unseen: homes };
    return {
      keys: [...groups.map(keyOf), ...vpcs.flatMap((vpc) => (vpc ? [this.keyOfDefault(vpc)] : []))],
      homes,
      unseen: nowhereAtAll,
    };
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

  /** Rules written as resources of their own, by the key of the group they are for. */
  private separateRules(): Map<string, { rule: Resource; direction: Direction }[]> {
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
          for (const key of this.ownersOf(rule)) {
            const list = this.separate.get(key) ?? [];
            for (const one of directions) list.push({ rule, direction: one });
            this.separate.set(key, list);
          }
        }
      }
    }
    return this.separate;
  }

  private ownersOf(rule: Resource): string[] {
    const value = attribute(rule, "security_group_id");
    const named = this.reader.named(value, new Set([...GROUPS, ...VPC_TYPES]));
    return named.resources.flatMap((resource) => {
      if (!VPC_TYPES.has(resource.type)) return resource.mode === "managed" ? [keyOf(resource)] : [];
      const vpc = this.vpcs.of(resource);
      return vpc ? [this.keyOfDefault(vpc)] : [];
    });
  }

  private keyOfDefault(vpc: Vpc): string {
    const managing = this.managingDefault(vpc);
    return managing ? keyOf(managing) : defaultKey(vpc);
  }

  private vpcOf(resource: Resource): Vpc | undefined {
    const value = attribute(resource, "vpc_id");
    return value === null || isComputed(value) ? this.vpcs.defaultOf(resource) : this.vpcs.denoted(value);
  }

  /** The resource that manages the default group of a VPC. */
  managingDefault(vpc: Vpc): Resource | undefined {
    return this.reader.ofType("aws_default_security_group").find((resource) => this.vpcOf(resource) === vpc);
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

/** A rule that may be there. */
export const weakened = (rule: Rule, why: string): Rule => ({
  ...rule,
  passing: possibly(rule.passing, why),
  addressed: possibly(rule.addressed, why),
  traffic: possibly(rule.traffic, why),
});

export const keyOf = (group: Resource): string => `${group.stack} ${group.address}`;
export const defaultKey = (vpc: Vpc): string => `default ${vpc.key}`;
