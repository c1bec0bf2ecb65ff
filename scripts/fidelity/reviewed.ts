/** The differences between the rehearsal and a real provider that somebody has looked at and left. */
import type { Difference } from "./comparison";

/** Why each may stay, by its path: `aws_x.attribute`. */
export type Reviewed = Readonly<Record<string, string>>;

/** Nothing is created otherwise. */
export const created: Reviewed = {};

/** Of an argument in a block that nobody gave. */
const emptied =
  "once its resource changes, SDK 2 plans it as empty; the rehearsal's state has nothing, and so has its plan";

/** Of edits of what stands. */
export const edited: Reviewed = {
  "aws_dlm_lifecycle_policy.policy_details.schedule.create_rule.cron_expression": emptied,
  "aws_dlm_lifecycle_policy.policy_details.schedule.retain_rule.count": emptied,
  "aws_dlm_lifecycle_policy.policy_details.schedule.tags_to_add": emptied,
  "aws_dlm_lifecycle_policy.policy_details.schedule.variable_tags": emptied,
  "aws_instance.root_block_device.tags": emptied,
  "aws_networkfirewall_firewall_policy.firewall_policy.tls_inspection_configuration_arn": emptied,
  "aws_networkfirewall_rule_group.rule_group.rules_source.rules_string": emptied,
  "aws_vpc_endpoint.dns_options.private_dns_only_for_inbound_resolver_endpoint": emptied,
};

export interface Judged {
  readonly unreviewed: readonly Difference[];
  /** What stands in the list and does not differ any more, though its type was planned. */
  readonly outdated: readonly string[];
}

export function judge(differences: readonly Difference[], types: readonly string[], list: Reviewed): Judged {
  const seen = new Set(differences.map(({ path }) => path));
  return {
    unreviewed: differences.filter(({ path }) => !Object.hasOwn(list, path)),
    outdated: Object.keys(list).filter((path) => types.includes(path.split(/[. ]/)[0]) && !seen.has(path)),
  };
}

/** Each kind of difference once, with how often it occurs. */
export function table(differences: readonly Difference[]): string[] {
  const counted = new Map<string, number>();
  for (const { path, real, rehearsed } of differences) {
    const line = `${path}: ${real}, rehearsed ${rehearsed}`;
    counted.set(line, (counted.get(line) ?? 0) + 1);
  }
  return [...counted].sort().map(([line, times]) => `${String(times).padStart(4)} ${line}`);
}
