/**
 * Network ACLs: rules in order of their numbers, the first that matches decides, what none matches is denied; stateless,
 * so that answers must be let through by rules of their own
 * (https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html). A VPC's default ACL lets everything pass until
 * `aws_default_network_acl` adopts it, which takes away every rule that it does not write itself.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { isUnknown, type Value, type Values } from "../../configuration/value";
import { PacketSet } from "../packets/packets";
import { type Blocks, joinedBoth } from "../reading/blocks";
import { blocks as blocksOf, firstOf, integer, isComputed, type Reader, truth, word } from "../reading/read";
import type { Subnet, Vpc, Vpcs } from "../reading/vpcs";
import { matching, type Passing, passAll, possibly, type Services, servicesOf } from "./filters";
import type { Direction } from "./security-group-rules";

export interface AclRule {
  readonly by: Resource;
  readonly attribute: string;
  /** Undefined if it is not known. */
  readonly number: number | undefined;
  /** Undefined if it is not known. */
  readonly allows: boolean | undefined;
  readonly match: Passing;
}

export interface Acl {
  readonly key: string;
  /** Absent for a default ACL that nothing manages. */
  readonly resource?: Resource;
  readonly name: string;
  readonly rules: Readonly<Record<Direction, readonly AclRule[]>>;
  readonly egress: Passing;
  readonly ingress: Passing;
}

const ACLS = new Set(["aws_network_acl", "aws_default_network_acl"]);
const VPC_TYPES = new Set(["aws_vpc", "aws_default_vpc"]);

export class Acls {
  private readonly acls = new Map<Resource, Acl>();
  private readonly defaults = new Map<string, Acl>();
  private bySubnet?: Map<Subnet, Acl>;
  private separate?: Map<Resource, Resource[]>;

  constructor(
    private readonly reader: Reader,
    private readonly blocks: Blocks,
    private readonly vpcs: Vpcs,
  ) {}

  of(subnet: Subnet): Acl {
    this.bySubnet ??= this.associate();
    return this.bySubnet.get(subnet) ?? this.defaultOf(subnet.vpc);
  }

  private associate(): Map<Subnet, Acl> {
    const map = new Map<Subnet, Acl>();
    const assign = (acl: Acl, value: Value) => {
      const named = this.reader.named(value);
      for (const resource of named.resources) {
        const subnet = this.vpcs.subnetOf(resource);
        if (!subnet) continue;
        const other = map.get(subnet) ?? this.defaultOf(subnet.vpc);
        map.set(subnet, named.certain ? acl : oneOf(acl, other, `which ACL ${subnet.name} has is not known`));
      }
    };
    for (const resource of this.reader.ofType("aws_network_acl")) {
      for (const item of list(attribute(resource, "subnet_ids"))) assign(this.acl(resource), item);
    }
    for (const association of this.reader.ofType("aws_network_acl_association")) {
      const acl = this.reader
        .named(attribute(association, "network_acl_id"), ACLS)
        .resources.find((one) => one.mode === "managed");
      if (acl) assign(this.acl(acl), attribute(association, "subnet_id"));
    }
    return map;
  }

  private defaultOf(vpc: Vpc): Acl {
    let acl = this.defaults.get(vpc.key);
    if (!acl) {
      const managing = this.reader
        .ofType("aws_default_network_acl")
        .find((resource) => this.managedVpc(resource) === vpc);
      acl = managing ? this.acl(managing) : this.unmanaged(vpc);
      this.defaults.set(vpc.key, acl);
    }
    return acl;
  }

  /** The default ACL as AWS makes it, rule 100 lets everything pass, with what is added to it by rules of their own. */
  private unmanaged(vpc: Vpc): Acl {
    const added = this.reader.ofType("aws_network_acl_rule").filter((rule) => {
      const named = this.reader.named(attribute(rule, "network_acl_id"), VPC_TYPES);
      return named.resources.some((resource) => this.vpcs.of(resource) === vpc);
    });
    const own: AclRule[] = vpc.resource
      ? [{ by: vpc.resource, attribute: "", number: 100, allows: true, match: passAll }]
      : [];
    const rules = (direction: Direction) =>
      [
        ...own,
        ...added
          .filter((rule) => truth(attribute(rule, "egress"), false) !== (direction === "egress" ? "no" : "yes"))
          .map((rule) => this.separateRule(rule, direction)),
      ].sort((a, b) => (a.number ?? -1) - (b.number ?? -1));
    const name = `the default ACL of ${vpc.name}`;
    if (added.length === 0)
      return { key: `default ${vpc.key}`, name, rules: { egress: [], ingress: [] }, egress: passAll, ingress: passAll };
    const both = { egress: rules("egress"), ingress: rules("ingress") };
    return {
      key: `default ${vpc.key}`,
      name,
      rules: both,
      egress: evaluate(both.egress),
      ingress: evaluate(both.ingress),
    };
  }

  private managedVpc(resource: Resource): Vpc | undefined {
    const named = this.reader.named(attribute(resource, "default_network_acl_id"), VPC_TYPES);
    return named.resources.length === 1 ? this.vpcs.of(named.resources[0]) : undefined;
  }

  private acl(resource: Resource): Acl {
    let acl = this.acls.get(resource);
    if (!acl) {
      const rules = { egress: this.rulesOf(resource, "egress"), ingress: this.rulesOf(resource, "ingress") };
      acl = {
        key: `${resource.stack} ${resource.address}`,
        resource,
        name: resource.address,
        rules,
        egress: evaluate(rules.egress),
        ingress: evaluate(rules.ingress),
      };
      this.acls.set(resource, acl);
    }
    return acl;
  }

  private rulesOf(acl: Resource, direction: Direction): AclRule[] {
    const rules: AclRule[] = [];
    const inline = blocksOf(acl, direction);
    for (const { values, at, unless } of inline.known) {
      const rule = this.inlineRule(acl, values, at, direction);
      rules.push(unless === undefined ? rule : { ...rule, match: possibly(rule.match, unless) });
    }
    if (inline.unknown) {
      const match = possibly(passAll, `${acl.address}.${direction}: ${inline.unknown.why}`);
      rules.push({ by: acl, attribute: direction, number: undefined, allows: undefined, match });
    }
    for (const rule of this.separateRules().get(acl) ?? []) {
      const egress = truth(attribute(rule, "egress"), false);
      if (egress !== "maybe" && (egress === "yes") !== (direction === "egress")) continue;
      const read = this.separateRule(rule, direction);
      rules.push(
        egress === "maybe" ? { ...read, match: possibly(read.match, "the direction of a rule is not known") } : read,
      );
    }
    return rules.sort((a, b) => (a.number ?? -1) - (b.number ?? -1));
  }

  private inlineRule(acl: Resource, values: Values, at: string, direction: Direction): AclRule {
    const get = (name: string): Value => (Object.hasOwn(values, name) ? values[name] : null);
    const icmp = isIcmp(get("protocol"));
    const services = servicesOf(
      get("protocol"),
      icmp ? get("icmp_type") : get("from_port"),
      icmp ? get("icmp_code") : get("to_port"),
      false,
    );
    return {
      by: acl,
      attribute: at,
      number: integer(get("rule_no")),
      allows: allows(get("action")),
      match: this.match(get("cidr_block"), get("ipv6_cidr_block"), services, direction),
    };
  }

  private separateRule(rule: Resource, direction: Direction): AclRule {
    const get = (name: string): Value => attribute(rule, name);
    const icmp = isIcmp(get("protocol"));
    const services = servicesOf(
      get("protocol"),
      icmp ? get("icmp_type") : get("from_port"),
      icmp ? get("icmp_code") : get("to_port"),
      true,
    );
    return {
      by: rule,
      attribute: "rule_action",
      number: integer(get("rule_number")),
      allows: allows(get("rule_action")),
      match: this.match(get("cidr_block"), get("ipv6_cidr_block"), services, direction),
    };
  }

  private match(ipv4: Value, ipv6: Value, services: Services, direction: Direction): Passing {
    const peers = joinedBoth([this.blocks.read(ipv4, 4), this.blocks.read(ipv6, 6)]);
    return matching(direction === "egress" ? "destination" : "source", peers, services);
  }

  /** Rules written as resources of their own, by the ACL they are for. */
  private separateRules(): Map<Resource, Resource[]> {
    if (!this.separate) {
      this.separate = new Map();
      for (const rule of this.reader.ofType("aws_network_acl_rule")) {
        for (const owner of this.ownersOf(rule)) {
          const rules = this.separate.get(owner);
          if (rules) rules.push(rule);
          else this.separate.set(owner, [rule]);
        }
      }
    }
    return this.separate;
  }

  private ownersOf(rule: Resource): Resource[] {
    const named = this.reader.named(attribute(rule, "network_acl_id"), new Set([...ACLS, ...VPC_TYPES]));
    return named.resources.flatMap((resource) => {
      if (!VPC_TYPES.has(resource.type)) return [resource];
      const vpc = this.vpcs.of(resource);
      return this.reader.ofType("aws_default_network_acl").filter((acl) => this.managedVpc(acl) === vpc);
    });
  }
}

/** Either of two ACLs. */
function oneOf(a: Acl, b: Acl, unless: string): Acl {
  const either = (direction: Direction): Passing => ({
    must: a[direction].must.intersect(b[direction].must),
    may: a[direction].may.union(b[direction].may),
    unless,
  });
  const name = `${a.name} or ${b.name}`;
  return { ...a, key: name, name, egress: either("egress"), ingress: either("ingress") };
}

/** What passes an ordered list of rules; a rule whose number or action is not known may be anywhere, and either. */
export function evaluate(rules: readonly AclRule[]): Passing {
  const unless = firstOf(rules.map(doubt));
  const must = pass(rules, "must");
  return unless === undefined ? { must, may: must } : { must, may: pass(rules, "may"), unless };
}

function doubt(rule: AclRule): string | undefined {
  if (rule.match.unless !== undefined) return rule.match.unless;
  if (rule.number === undefined) return `the number of ${rule.by.address} ${rule.attribute} is not known`;
  return rule.allows === undefined ? `the action of ${rule.by.address} ${rule.attribute} is not known` : undefined;
}

function pass(rules: readonly AclRule[], which: "must" | "may"): PacketSet {
  const other = which === "must" ? "may" : "must";
  const allowed: PacketSet[] = [];
  let rest: PacketSet = PacketSet.all;
  for (const rule of orderFor(rules, which)) {
    const allowing = rule.allows ?? which === "may";
    if (allowing) {
      allowed.push(rest.intersect(rule.match[which]));
      // What a rule certainly matches no later one decides; for a denial to come, less taken away is the cautious side.
      if (rule.number !== undefined) rest = rest.minus(rule.match.must);
    } else rest = rest.minus(rule.match[other]);
    if (rest.isEmpty) break;
  }
  return PacketSet.union(allowed);
}

/** Rules of unknown number stand where they do most for the answer: allowing ones first if much may pass, last if not. */
function orderFor(rules: readonly AclRule[], which: "must" | "may"): readonly AclRule[] {
  const numbered = rules.filter((rule) => rule.number !== undefined);
  if (numbered.length === rules.length) return rules;
  const loose = rules.filter((rule) => rule.number === undefined);
  const helps = loose.filter((rule) => (rule.allows ?? which === "may") === (which === "may"));
  const hinders = loose.filter((rule) => !helps.includes(rule));
  return [...helps, ...numbered, ...hinders];
}

const allows = (value: Value): boolean | undefined => {
  const action = word(value, "DENY");
  return action === "ALLOW" ? true : action === "DENY" ? false : undefined;
};

const isIcmp = (protocol: Value): boolean =>
  !isUnknown(protocol) && ["icmp", "1", "icmpv6", "ipv6-icmp", "58"].includes(String(protocol).toLowerCase());

const list = (value: Value): readonly Value[] =>
  Array.isArray(value) ? value : value === null || isComputed(value) ? [] : [value];
