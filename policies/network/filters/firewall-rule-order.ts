/**
 * In which order the stateful rules of a firewall policy decide, and so what they let pass together
 * (https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html).
 */

import { PacketSet } from "../packets/packets";
import { allOf, anyOf, type Passing, passAll, passNone, possibly } from "./filters";
import type { StatefulRule } from "./suricata";

/** What a match does not take: certain where it can't match, possible where it need not. */
export function complement(match: Passing): Passing {
  const must = PacketSet.all.minus(match.may);
  return match.unless === undefined
    ? { must, may: must }
    : { must, may: PacketSet.all.minus(match.must), unless: match.unless };
}

const UNTOLD = "a rule looks at more than addresses and ports";

/** What a pass rule lets out: of each header it matches, some packet at least. */
function passedBy(rule: StatefulRule, within: Passing): Passing {
  const here = allOf(within, rule.match);
  if (rule.action === undefined) return possibly(here, "the action of a rule is not known");
  return rule.matches === "unknown" ? possibly(here, UNTOLD) : here;
}

/** What a rule leaves to others: all it does not match, and the packets that it can be made not to match. */
function leftBy(rule: StatefulRule): Passing {
  if (rule.matches === "some") return passAll;
  if (rule.matches === "all" && rule.action !== undefined) return complement(rule.match);
  const must = rule.action === "pass" ? PacketSet.all : PacketSet.all.minus(rule.match.may);
  return { must, may: PacketSet.all, unless: UNTOLD };
}

/** Strict order: the first rule that decides. */
export function strict(rules: readonly StatefulRule[], defaults: readonly string[] | undefined): Passing {
  let rest: Passing = passAll;
  const passed: Passing[] = [];
  for (const rule of rules) {
    if (rule.action === "alert") continue;
    if (rule.action !== "drop") passed.push(passedBy(rule, rest));
    // What a pass rule takes has passed; only what a drop rule takes must be kept from the rules behind it.
    if (rule.action !== "pass") rest = allOf(rest, leftBy(rule));
  }
  if (defaults === undefined) passed.push(possibly(rest, "the default actions of a firewall policy are not known"));
  else if (!defaults.includes("aws:drop_strict")) passed.push(rest);
  return anyOf([passNone, ...passed]);
}

/** Default order: pass rules first, then those that drop; the rest passes. */
export function byActionOrder(rules: readonly StatefulRule[]): Passing {
  const passed = rules.filter((rule) => rule.action === "pass" || rule.action === undefined);
  const dropping = rules.filter((rule) => rule.action === "drop" || rule.action === undefined);
  const rest = dropping.reduce<Passing>((left, rule) => allOf(left, leftBy(rule)), passAll);
  return anyOf([...passed.map((rule) => passedBy(rule, passAll)), rest]);
}
