/**
 * What AWS Network Firewall lets pass: stateless rule groups by priority, then the stateful engine
 * (https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-rules-engines.html).
 *
 * - Stateless: rules of all groups in order of priority; `aws:pass` passes, `aws:drop` drops, `aws:forward_to_sfe` hands
 *   on; else the default actions, those for fragments being separate.
 * - Stateful, default order: everything that a pass rule matches passes, then drop, then reject, then alert rules; what
 *   none matches passes. Strict order: groups by priority, rules as they stand; what none matches meets the default
 *   actions. `aws:drop_strict` drops every packet; `aws:drop_established` lets the first packets of a connection pass, so a
 *   datagram leaves (https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html).
 * - Rules that look at names (domain lists, TLS server names) match what the sender claims: a packet to any address
 *   passes that claims an allowed name.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { isList, isUnknown, type Values } from "../../configuration/value";
import { TCP } from "../packets/packet";
import { PacketSet } from "../packets/packets";
import { single } from "../packets/ranges";
import { type Blocks, type Extents, joinedBoth, nowhereAtAll } from "../reading/blocks";
import { blocks as blocksOf, get, integer, isComputed, list, nested, type Reader, text, word } from "../reading/read";
import { allOf, anyOf, certainly, type Passing, passAll, passNone, possibly } from "./filters";
import { byActionOrder, complement, strict } from "./firewall-rule-order";
import { actionsOf, byAction, type StatelessRule, statelessRules } from "./firewall-stateless";
import { parseRules, type StatefulRule } from "./suricata";
import type { Variables } from "./suricata-header";

const POLICIES = new Set(["aws_networkfirewall_firewall_policy"]);
const GROUPS = new Set(["aws_networkfirewall_rule_group"]);

export class FirewallPolicies {
  private readonly known = new Map<Resource, Passing>();

  constructor(
    private readonly reader: Reader,
    private readonly blocks: Blocks,
    /** The addresses of the VPC that a firewall stands in: the value of HOME_NET. */
    private readonly home: (firewall: Resource) => Extents,
  ) {}

  /** What the policy of a firewall lets pass as the first packet of a connection. */
  passing(firewall: Resource): Passing {
    let passing = this.known.get(firewall);
    if (!passing) {
      passing = this.read(firewall);
      this.known.set(firewall, passing);
    }
    return passing;
  }

  private read(firewall: Resource): Passing {
    const named = this.reader.named(attribute(firewall, "firewall_policy_arn"), POLICIES);
    const policy = named.resources.find((one) => one.mode === "managed");
    if (!policy) return possibly(passAll, `the policy of ${firewall.address} is not in this configuration`);
    const { known, unknown } = blocksOf(policy, "firewall_policy");
    if (unknown || known.length === 0) return possibly(passAll, `firewall_policy of ${policy.address} is not known`);
    const { values } = known[0];
    const stateful = this.stateful(values, firewall);
    return this.stateless(values, stateful);
  }

  // --- stateless

  private stateless(policy: Values, stateful: Passing): Passing {
    const groups = this.references(policy, "stateless_rule_group_reference", true);
    const rules: StatelessRule[] = [];
    let unseen: string | undefined;
    for (const { group, name } of groups) {
      if (!group) unseen = `the rule group ${name} is not in this configuration`;
      else rules.push(...statelessRules(group, this.blocks));
    }
    const defaults = [
      actionsOf(get(policy, "stateless_default_actions")),
      actionsOf(get(policy, "stateless_fragment_default_actions")),
    ];
    let rest: Passing = passAll;
    const passed: Passing[] = [];
    for (const rule of rules) {
      const here = allOf(rest, rule.match);
      passed.push(byAction(here, rule.actions, stateful));
      rest = allOf(rest, complement(rule.match));
    }
    // Whole packets and fragments meet different defaults; either way out is a way out.
    for (const actions of defaults) passed.push(byAction(rest, actions, stateful));
    const all = anyOf([passNone, ...passed]);
    return unseen === undefined ? all : { must: PacketSet.none, may: PacketSet.all, unless: unseen };
  }

  // --- stateful

  private stateful(policy: Values, firewall: Resource): Passing {
    const options = nested(get(policy, "stateful_engine_options"), []);
    const order = word(options.length > 0 ? get(options[0], "rule_order") : null, "DEFAULT_ACTION_ORDER");
    const references = this.references(policy, "stateful_rule_group_reference", order === "STRICT_ORDER");
    const variables = this.variables(policy, firewall);
    const rules: StatefulRule[] = [];
    let unseen: string | undefined;
    for (const { group, name } of references) {
      if (group) rules.push(...this.statefulRules(group, variables));
      else if (!isManagedByAws(name)) unseen = `the rule group ${name} is not in this configuration`;
    }
    if (order === undefined) return possibly(passAll, "the rule order of a firewall policy is not known");
    const passing =
      order === "STRICT_ORDER"
        ? strict(rules, actionsOf(get(policy, "stateful_default_actions")))
        : byActionOrder(rules);
    return unseen === undefined ? passing : { must: passing.must, may: PacketSet.all, unless: unseen };
  }

  private variables(policy: Values, firewall: Resource): Variables {
    const home = nested(get(policy, "policy_variables"), ["rule_variables"]).flatMap((variable) =>
      this.ipSet(variable),
    );
    return { home: home.length > 0 ? joinedBoth(home) : this.home(firewall), addresses: new Map(), ports: new Map() };
  }

  private ipSet(variable: Values): Extents[] {
    return nested(get(variable, "ip_set"), []).map((set) =>
      joinedBoth([nowhereAtAll, ...list(get(set, "definition")).map((value) => this.blocks.read(value, "both"))]),
    );
  }

  private statefulRules(group: Resource, base: Variables): StatefulRule[] {
    const whole = attribute(group, "rules");
    if (whole !== null && !isComputed(whole)) return parseRules(whole, this.blocks, base, group);
    const out: StatefulRule[] = [];
    for (const rules of nested(attribute(group, "rule_group"), [])) {
      const variables = this.ownVariables(rules, base);
      for (const source of nested(get(rules, "rules_source"), [])) {
        const string = get(source, "rules_string");
        if (string !== null && !isComputed(string)) out.push(...parseRules(string, this.blocks, variables, group));
        for (const listed of nested(get(source, "rules_source_list"), [])) out.push(...domainRules(listed));
        for (const rule of nested(get(source, "stateful_rule"), []))
          out.push(...this.tupleRule(rule, variables, group));
      }
    }
    return out;
  }

  private ownVariables(rules: Values, base: Variables): Variables {
    const addresses = new Map(base.addresses);
    const ports = new Map(base.ports);
    let home = base.home;
    for (const block of nested(get(rules, "rule_variables"), [])) {
      for (const set of nested(get(block, "ip_sets"), [])) {
        const [extents] = this.ipSet(set);
        const key = text(get(set, "key"));
        if (!extents || key === undefined) continue;
        if (key === "HOME_NET") home = extents;
        addresses.set(key, extents);
      }
      for (const set of nested(get(block, "port_sets"), [])) {
        const key = text(get(set, "key"));
        if (key === undefined) continue;
        const definitions = nested(get(set, "port_set"), []).flatMap((one) => list(get(one, "definition")));
        ports.set(key, definitions.map((value) => String(value)).join(","));
      }
    }
    for (const block of nested(get(rules, "reference_sets"), [])) {
      for (const set of nested(get(block, "ip_set_references"), [])) {
        const key = text(get(set, "key"));
        if (key === undefined) continue;
        const lists = nested(get(set, "ip_set_reference"), []).map((one) =>
          this.blocks.prefixList(get(one, "reference_arn")),
        );
        addresses.set(`@${key}`, joinedBoth([nowhereAtAll, ...lists]));
      }
    }
    return { home, addresses, ports };
  }

  /** A rule written as blocks: header and options; it is put into Suricata's words and read like the others. */
  private tupleRule(rule: Values, variables: Variables, group: Resource): StatefulRule[] {
    const [header] = nested(get(rule, "header"), []);
    if (!header) return [];
    const part = (name: string) => get(header, name);
    const parts = ["protocol", "source", "source_port", "direction", "destination", "destination_port"].map(part);
    const action = get(rule, "action");
    if ([action, ...parts].some(isUnknown)) {
      const unless = `a rule of ${group.address} is not known`;
      return [{ action: undefined, match: possibly(passAll, unless), matches: "unknown" }];
    }
    const [protocol, source, sourcePort, direction, destination, destinationPort] = parts.map(String);
    const options = nested(get(rule, "rule_option"), [])
      .map((option) => [text(get(option, "keyword")) ?? "", list(get(option, "settings")).map(String)] as const)
      .map(([keyword, settings]) => (settings.length > 0 ? `${keyword}:${settings.join(",")};` : `${keyword};`))
      .join(" ");
    const arrow = direction.toUpperCase() === "ANY" ? "<>" : "->";
    const line = `${String(action).toLowerCase()} ${protocol.toLowerCase()} ${source} ${sourcePort} ${arrow} ${destination} ${destinationPort} (${options})`;
    return parseRules(line, this.blocks, variables, group);
  }

  /** The rule groups that a policy refers to, by priority where it counts. */
  private references(policy: Values, name: string, ordered: boolean): { group?: Resource; name: string }[] {
    const found = nested(get(policy, name), []).map((reference, i) => ({
      reference,
      priority: integer(get(reference, "priority")) ?? i,
    }));
    if (ordered) found.sort((a, b) => a.priority - b.priority);
    return found.map(({ reference }) => {
      const named = this.reader.named(get(reference, "resource_arn"), GROUPS);
      const group = named.resources.find((one) => one.mode === "managed");
      return {
        ...(group ? { group } : {}),
        name: named.literal ?? named.resources[0]?.address ?? "of which nothing is known",
      };
    });
  }
}

/** Groups that AWS manages hold drop and alert rules: https://docs.aws.amazon.com/network-firewall/latest/developerguide/nwfw-managed-rule-groups.html */
const isManagedByAws = (arn: string): boolean => /^arn:[^:]+:network-firewall:[^:]*:aws-managed:/.test(arn);

/**
 * A domain list. Allowing names lets TCP to any address pass that claims one of them, and drops what claims another;
 * what is neither TLS nor HTTP is left to the rest of the policy. Denying names drops what claims them: another claim passes.
 */
function domainRules(listed: Values): StatefulRule[] {
  const type = word(get(listed, "generated_rules_type"), "DENYLIST");
  const targets = get(listed, "targets");
  const empty = isList(targets) && targets.length === 0;
  const tcp = PacketSet.of(4, { protocol: single(TCP) }).union(PacketSet.of(6, { protocol: single(TCP) }));
  if (type === undefined || isUnknown(targets))
    return [{ action: undefined, match: possibly(certainly(tcp), "a domain list is not known"), matches: "unknown" }];
  return type === "ALLOWLIST" && !empty ? [{ action: "pass", match: certainly(tcp), matches: "some" }] : [];
}
