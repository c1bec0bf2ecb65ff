/**
 * DNS as a way out. A VPC's resolver answers every name of the public DNS by asking name servers all over the world, with
 * no gateway, no route and no group in between (https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html);
 * what is written into a queried name arrives at whoever serves its zone. Only DNS Firewall stands in the way
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-overview.html): rule groups in order of
 * the priority of their association, rules in order of theirs, the first match decides, what none matches passes.
 *
 * A VPC without any interface that can ask has nothing to leak.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { isObject, isUnknown, type Value } from "../../configuration/value";
import type { Flow, Step } from "../../flows/flow";
import type { Place } from "../../geography/place";
import { integer, items, text, truth, word } from "../reading/read";
import type { Vpc } from "../reading/vpcs";
import type { Topology } from "../routing/topology";
import { covers, type Names, namesOf, safeNames } from "./dns-names";

const PUBLIC_DNS: Place = { id: "the public DNS", countries: [] };

const GROUPS = new Set(["aws_route53_resolver_firewall_rule_group"]);
const LISTS = new Set(["aws_route53_resolver_firewall_domain_list"]);

interface Association {
  readonly by: Resource;
  readonly group: Resource | undefined;
  readonly priority: number | undefined;
  readonly unless?: string;
}

interface Rule {
  readonly by: Resource;
  readonly priority: number | undefined;
  /** Undefined if it is not known. */
  readonly passes: boolean | undefined;
  readonly names: Names;
  /** It looks at queries of one type only. */
  readonly oneType: boolean;
}

/** How a query gets out: the rule that lets it, or none stopping it. */
interface Leak {
  readonly hops: readonly { by: Resource; attribute?: string; why: string }[];
  readonly name: string;
  readonly unless?: string;
}

export class Dns {
  constructor(private readonly topology: Topology) {}

  /** The ways out by DNS of a VPC in which something can ask. */
  flows(vpc: Vpc, asking: Resource): Flow[] {
    const resource = vpc.resource ?? asking;
    const support = this.support(vpc);
    if (support === "no") return [];
    const leak = this.leak(vpc);
    if (!leak) return [];
    const managed = vpc.resource?.mode === "managed" ? vpc.resource : undefined;
    const resolver = `the resolver of ${vpc.name}`;
    const steps: Step[] = [
      {
        from: asking.address,
        to: resolver,
        by: resource,
        ...(managed ? { attribute: "enable_dns_support" } : {}),
        why: `${managed && attribute(managed, "enable_dns_support") === null ? "enable_dns_support is true by default" : "DNS support is on"}: ${asking.address} can ask the VPC's resolver for any name`,
      },
      ...leak.hops.map((hop) => ({ from: resolver, to: resolver, ...hop })),
      {
        from: resolver,
        to: PUBLIC_DNS.id,
        by: resource,
        why: `the resolver asks the name servers of ${leak.name}, and with the name goes what is written into it`,
      },
    ];
    const unless =
      support === "maybe"
        ? "enable_dns_support is not known"
        : (leak.unless ?? (vpc.foreign ? `${vpc.name} is not in this configuration` : undefined));
    return [
      {
        from: resource.mode === "managed" ? resource : asking,
        channel: "dns.resolver",
        to: { kind: "place", place: PUBLIC_DNS },
        steps,
        ...(unless === undefined ? {} : { unless }),
      },
    ];
  }

  private support(vpc: Vpc) {
    if (!vpc.resource) return vpc.foreign ? "maybe" : "yes";
    return truth(attribute(vpc.resource, "enable_dns_support"), true);
  }

  /** A name that the VPC may ask the public DNS for, if there is one. */
  private leak(vpc: Vpc): Leak | undefined {
    const associations = this.associations(vpc);
    const forwarded = this.forwarded(vpc);
    if (associations.length === 0) return forwarded.everything ? undefined : { hops: [], name: "any domain" };
    const failOpen = this.failOpen(vpc);
    if (failOpen) return forwarded.everything ? undefined : failOpen;
    return this.evaluate(vpc, associations, forwarded.everything);
  }

  private evaluate(vpc: Vpc, associations: readonly Association[], forwarded: boolean): Leak | undefined {
    const safe = safeNames(this.topology, vpc);
    const blocked: string[] = [];
    let doubt = associations.find((one) => one.unless !== undefined || one.priority === undefined)?.unless;
    if (doubt === undefined && associations.some((one) => one.priority === undefined))
      doubt = "the priority of a rule group is not known";
    for (const association of associations) {
      if (!association.group) {
        doubt ??= "a rule group is not in this configuration";
        continue;
      }
      const rules = this.rulesOf(association.group);
      if (rules.some((rule) => rule.priority === undefined)) doubt ??= "the priority of a rule is not known";
      for (const rule of rules) {
        const leak = this.ruleLeak(rule, association, blocked, safe, forwarded);
        if (leak) return doubt === undefined ? leak : { ...leak, unless: leak.unless ?? doubt };
        if (rule.passes === undefined || rule.passes || rule.oneType) continue;
        if (rule.names.unless === undefined) blocked.push(...rule.names.patterns);
        if (blocked.some((pattern) => pattern === "*"))
          return doubt === undefined ? undefined : { hops: [], name: "some domain", unless: doubt };
      }
    }
    if (forwarded) return undefined;
    const last = associations[associations.length - 1];
    return {
      hops: [
        {
          by: last.by,
          attribute: "firewall_rule_group_id",
          why: "no rule blocks every name: what none matches passes",
        },
      ],
      name: "a domain that no rule names",
      ...(doubt === undefined ? {} : { unless: doubt }),
    };
  }

  private ruleLeak(
    rule: Rule,
    association: Association,
    blocked: readonly string[],
    safe: (pattern: string) => boolean,
    forwarded: boolean,
  ): Leak | undefined {
    if (rule.passes === false || forwarded) return undefined;
    const hops = (name: string) => [
      {
        by: association.by,
        attribute: "priority",
        why: `${association.by.address} puts ${association.group?.address} before what would block`,
      },
      { by: rule.by, attribute: "action", why: `${rule.by.address} lets ${name} pass` },
    ];
    const open = rule.names.patterns.find((pattern) => !blocked.some((one) => covers(one, pattern)) && !safe(pattern));
    if (open !== undefined) {
      const unless = rule.passes === undefined ? "the action of a rule is not known" : undefined;
      return {
        hops: hops(open),
        name: open === "*" ? "any domain" : open,
        ...(unless === undefined ? {} : { unless }),
      };
    }
    return rule.names.unless === undefined
      ? undefined
      : { hops: hops("names that are not known"), name: "a domain that is not known", unless: rule.names.unless };
  }

  // --- what is associated

  private associations(vpc: Vpc): Association[] {
    const { reader } = this.topology;
    const direct = reader
      .ofType("aws_route53_resolver_firewall_rule_group_association")
      .flatMap((by): Association[] => {
        const named = reader.named(attribute(by, "vpc_id"));
        if (!this.isAt(vpc, attribute(by, "vpc_id"))) return [];
        return [
          this.association(
            by,
            attribute(by, "firewall_rule_group_id"),
            attribute(by, "priority"),
            named.certain ? undefined : named.unknown,
          ),
        ];
      });
    return [...direct, ...this.byProfile(vpc)].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  }

  private association(by: Resource, group: Value, priority: Value, unless: string | undefined): Association {
    const found = this.topology.reader.named(group, GROUPS).resources.find((one) => one.mode === "managed");
    return { by, group: found, priority: integer(priority), ...(unless === undefined ? {} : { unless }) };
  }

  /** Rule groups that come with a Route 53 profile (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html). */
  private byProfile(vpc: Vpc): Association[] {
    const { reader } = this.topology;
    return reader.ofType("aws_route53profiles_association").flatMap((at) => {
      if (!this.isAt(vpc, attribute(at, "resource_id"))) return [];
      const [profile] = reader.named(attribute(at, "profile_id")).resources;
      if (!profile) return [];
      return this.topology.input.context
        .referring("aws_route53profiles_resource_association", "profile_id", profile)
        .flatMap((by): Association[] => {
          const group = reader.named(attribute(by, "resource_arn"), GROUPS).resources[0];
          return group
            ? [
                this.association(
                  by,
                  attribute(by, "resource_arn"),
                  priorityIn(attribute(by, "resource_properties")),
                  undefined,
                ),
              ]
            : [];
        });
    });
  }

  private isAt(vpc: Vpc, value: Value): boolean {
    return this.topology.vpcs.denoted(value) === vpc || this.topology.vpcs.candidates(value).includes(vpc);
  }

  private rulesOf(group: Resource): Rule[] {
    const { reader } = this.topology;
    return this.topology.input.context
      .referring("aws_route53_resolver_firewall_rule", "firewall_rule_group_id", group)
      .map((by): Rule => {
        const action = word(attribute(by, "action"), "BLOCK");
        const list = reader.named(attribute(by, "firewall_domain_list_id"), LISTS);
        const lists = list.resources.filter((one) => one.mode === "managed");
        return {
          by,
          priority: integer(attribute(by, "priority")),
          passes: action === undefined ? undefined : action !== "BLOCK",
          names:
            lists.length > 0
              ? namesOf(lists.flatMap((one) => items(one, "domains").map(({ value }) => value)))
              : { patterns: [], unless: "a domain list is not in this configuration" },
          oneType: attribute(by, "q_type") !== null && attribute(by, "q_type") !== "",
        };
      })
      .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  }

  /** The resolver lets queries pass that the firewall can't judge, if the configuration says so; by default it does not. */
  private failOpen(vpc: Vpc): Leak | undefined {
    for (const config of this.topology.reader.ofType("aws_route53_resolver_firewall_config")) {
      if (!this.isAt(vpc, attribute(config, "resource_id"))) continue;
      const mode = word(attribute(config, "firewall_fail_open"), "DISABLED");
      if (mode === "DISABLED") continue;
      const hop = { by: config, attribute: "firewall_fail_open", why: "queries pass that DNS Firewall fails to judge" };
      return {
        hops: [hop],
        name: "any domain",
        ...(mode === "ENABLED" ? {} : { unless: "firewall_fail_open is not known" }),
      };
    }
    return undefined;
  }

  /**
   * Whether a rule forwards every name to resolvers of one's own choice: then the VPC's resolver asks nobody else. Where
   * those stand is judged by the packets of the outbound endpoint.
   */
  private forwarded(vpc: Vpc): { everything: boolean } {
    const { reader } = this.topology;
    const rules = reader.ofType("aws_route53_resolver_rule_association").flatMap((association) => {
      const named = reader.named(attribute(association, "resolver_rule_id"), new Set(["aws_route53_resolver_rule"]));
      return this.isAt(vpc, attribute(association, "vpc_id")) && named.certain
        ? named.resources.filter((one) => one.mode === "managed")
        : [];
    });
    const forwards = rules.filter((rule) => word(attribute(rule, "rule_type"), "") === "FORWARD");
    const exceptions = rules.filter((rule) => !forwards.includes(rule));
    const all = forwards.some((rule) => text(attribute(rule, "domain_name")) === ".");
    const safe = safeNames(this.topology, vpc);
    const excepted = exceptions.every((rule) => {
      const domain = text(attribute(rule, "domain_name"));
      return domain !== undefined && safe(`*.${domain.replace(/\.$/, "")}`);
    });
    return { everything: all && excepted };
  }
}

/** `{"priority": 102}`, the properties of a rule group in a profile. */
function priorityIn(value: Value): Value {
  if (isUnknown(value) && isObject(value.json)) return value.json.priority ?? null;
  if (typeof value !== "string") return null;
  try {
    const parsed: unknown = JSON.parse(value);
    const priority =
      typeof parsed === "object" && parsed !== null ? (parsed as { priority?: unknown }).priority : undefined;
    return typeof priority === "number" ? priority : null;
  } catch {
    return null;
  }
}
