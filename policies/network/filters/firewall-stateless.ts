/**
 * The stateless rules of AWS Network Firewall: which packets each matches, and what its actions let pass
 * (https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-rules-engines.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import { isUnknown, type Value, type Values } from "../../configuration/value";
import { ALL_PORTS } from "../packets/packet";
import type { Constraint } from "../packets/packets";
import { type Ranges, range, union } from "../packets/ranges";
import { type Blocks, everything, joinedBoth } from "../reading/blocks";
import { get, integer, isComputed, list, nested } from "../reading/read";
import { allOf, type Passing, passNone, possibly, protocolsOf, withAddress } from "./filters";

export interface StatelessRule {
  readonly priority: number;
  /** Undefined: not known. */
  readonly actions: readonly string[] | undefined;
  readonly match: Passing;
}

/** The stateless rules of a group, by priority. */
export function statelessRules(group: Resource, blocks: Blocks): StatelessRule[] {
  const out: StatelessRule[] = [];
  for (const source of nested(attribute(group, "rule_group"), [
    "rules_source",
    "stateless_rules_and_custom_actions",
    "stateless_rule",
  ])) {
    const priority = integer(get(source, "priority")) ?? 0;
    for (const definition of nested(get(source, "rule_definition"), [])) {
      const actions = actionsOf(get(definition, "actions"));
      for (const match of nested(get(definition, "match_attributes"), [])) {
        out.push({ priority, actions, match: statelessMatch(match, blocks) });
      }
    }
  }
  return out.sort((a, b) => a.priority - b.priority);
}

function statelessMatch(match: Values, blocks: Blocks): Passing {
  const protocols = list(get(match, "protocols")).map((value) => protocolsOf(value));
  const side = (name: string) => {
    const parts = nested(get(match, name), []).map((one) => blocks.read(get(one, "address_definition"), "both"));
    return parts.length === 0 ? everything : joinedBoth(parts);
  };
  const ports = (name: string): Ranges => {
    let out: Ranges = [];
    for (const one of nested(get(match, name), [])) {
      const from = integer(get(one, "from_port"));
      const to = integer(get(one, "to_port")) ?? from;
      if (from === undefined || to === undefined) return ALL_PORTS;
      out = union(out, range(from, to));
    }
    return out.length === 0 ? ALL_PORTS : out;
  };
  let protocol: Ranges | undefined;
  for (const one of protocols) protocol = union(protocol ?? [], one ?? [0, 255]);
  const rest: Constraint = {
    ...(protocol ? { protocol } : {}),
    sourcePort: ports("source_port"),
    destinationPort: ports("destination_port"),
  };
  const whole = allOf(withAddress("source", side("source"), rest), withAddress("destination", side("destination")));
  // Rules that ask for TCP flags match some packets of what they describe.
  return nested(get(match, "tcp_flag"), []).length > 0 ? possibly(whole, "a stateless rule looks at TCP flags") : whole;
}

/** What the actions let pass of what a rule matches. */
export function byAction(match: Passing, actions: readonly string[] | undefined, stateful: Passing): Passing {
  if (actions === undefined) return possibly(match, "the action of a stateless rule is not known");
  if (actions.includes("aws:pass")) return match;
  if (actions.includes("aws:forward_to_sfe")) return allOf(match, stateful);
  return passNone;
}

/** Actions in lower case; undefined if they are not known. */
export const actionsOf = (value: Value): string[] | undefined => {
  if (value === null || isComputed(value)) return [];
  if (isUnknown(value)) return undefined;
  const values = list(value);
  return values.some(isUnknown) ? undefined : values.map((one) => String(one).toLowerCase());
};
