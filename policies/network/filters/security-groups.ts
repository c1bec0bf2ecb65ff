/**
 * Security groups: what their rules let pass together. They are stateful: answers to what was let in pass whatever the
 * outbound rules say, and the other way round (https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html).
 *
 * Two defaults that don't show: AWS gives a new group an outbound rule for everything, which Terraform removes from the
 * groups it creates (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group, "egress");
 * an interface without groups has the VPC's default group, which lets everything out and in from itself
 * (https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html).
 */
import type { Resource } from "../../configuration/resource";
import { isUnknown, type Value } from "../../configuration/value";
import type { Blocks } from "../reading/blocks";
import { isComputed, type Reader, type Tri } from "../reading/read";
import type { Vpc, Vpcs } from "../reading/vpcs";
import { anyOf, type Passing, passAll, passNone, possibly } from "./filters";
import {
  type Direction,
  defaultKey,
  GROUPS,
  GroupRules,
  keyOf,
  type Rule,
  VPC_TYPES,
  weakened,
} from "./security-group-rules";

export interface Group {
  readonly key: string;
  /** Absent for the default group of a VPC that nothing manages, and for groups that can't be seen. */
  readonly resource?: Resource;
  readonly name: string;
  readonly egress: readonly Rule[];
  readonly ingress: readonly Rule[];
  /** Set if the rules can't be seen: everything may pass. */
  readonly unless?: string;
  /** The default group of a VPC that nothing manages: everything out, and in from itself. */
  readonly open?: boolean;
}

/** What an interface lets out or in towards the members of certain groups. */
export interface Towards {
  /** By their addresses. */
  readonly addressed: Passing;
  /** By the groups that they are in: for each group named, by key. */
  readonly members: ReadonlyMap<string, Passing>;
}

export class SecurityGroups {
  private readonly groups = new Map<Resource, Group>();
  private readonly passings = new Map<string, Passing>();
  private readonly defaults = new Map<string, Group>();
  private readonly rules: GroupRules;

  constructor(
    private readonly reader: Reader,
    blocks: Blocks,
    private readonly vpcs: Vpcs,
  ) {
    this.rules = new GroupRules(reader, blocks, vpcs);
  }

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
      group = {
        key: keyOf(resource),
        resource,
        name: resource.address,
        egress: this.rules.of(resource, "egress"),
        ingress: this.rules.of(resource, "ingress"),
      };
      this.groups.set(resource, group);
    }
    return group;
  }

  /** The group that interfaces without any get. */
  defaultOf(vpc: Vpc): Group {
    let group = this.defaults.get(vpc.key);
    if (!group) {
      group = this.managedDefault(vpc) ?? {
        key: defaultKey(vpc),
        name: `the default group of ${vpc.name}`,
        egress: this.rules.beside(defaultKey(vpc), "egress", vpc),
        ingress: this.rules.beside(defaultKey(vpc), "ingress", vpc),
        open: true,
      };
      this.defaults.set(vpc.key, group);
    }
    return group;
  }

  private managedDefault(vpc: Vpc): Group | undefined {
    const managing = this.rules.managingDefault(vpc);
    return managing && this.of(managing);
  }

  /**
   * What the groups of an interface let out or in towards others: by address, and by the groups those are in. Whether
   * somebody added a rule to a default group that nothing here manages can't be seen.
   */
  towards(groups: readonly Group[], direction: Direction): Towards {
    const addressed: Passing[] = [passNone];
    const members = new Map<string, Passing>();
    const admit = (key: string, passing: Passing) => members.set(key, anyOf([members.get(key) ?? passNone, passing]));
    for (const group of groups) {
      if (group.unless !== undefined) addressed.push(possibly(passAll, group.unless));
      else if (group.open && direction === "egress") addressed.push(passAll);
      else if (group.open) {
        admit(group.key, passAll);
        addressed.push(possibly(passAll, `nothing here manages the rules of ${group.name}`));
      }
      for (const rule of group[direction]) {
        addressed.push(rule.addressed);
        for (const key of rule.members) admit(key, rule.traffic);
      }
    }
    return { addressed: anyOf(addressed), members };
  }

  /** What the groups of an interface let out to one with other groups. */
  outTo(groups: readonly Group[], receivers: readonly Group[]): Passing {
    const { addressed, members } = this.towards(groups, "egress");
    const all = [addressed];
    for (const [key, passing] of members) {
      const is = isIn(key, receivers);
      if (is !== "no")
        all.push(is === "yes" ? passing : possibly(passing, "which groups the receiver is in is not known"));
    }
    return anyOf(all);
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
    if (group.open && direction === "egress") return [passAll];
    return group[direction].map((rule) => rule.passing);
  }
}

const unseen = (name: string, unless: string): Group => ({
  key: `unseen ${name}`,
  name,
  egress: [],
  ingress: [],
  unless,
});

const weaken = (groups: readonly Group[], direction: Direction, why = "which group it is is not known"): Rule[] =>
  groups.flatMap((group) => group[direction].map((rule) => weakened(rule, why)));

/** Whether an interface with these groups is a member of the group with a key; of groups that can't be seen it may be. */
export function isIn(key: string, groups: readonly Group[]): Tri {
  if (groups.some((group) => group.key === key)) return "yes";
  return groups.some((group) => group.resource === undefined && !group.open) ? "maybe" : "no";
}
