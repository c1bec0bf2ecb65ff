/**
 * Global databases: a group (`aws_rds_global_cluster`, a global datastore, …) whose members in several regions hold
 * the same data. A member that this configuration declares is judged where it stands; one that it does not declare
 * could stand anywhere.
 */
import type { Resource } from "../configuration/resource";
import { find, isUnknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import type { Finding } from "../flows/vocabulary";

interface Group {
  readonly channel: string;
  /** Path by which a member names its group. */
  readonly path: string;
  /** The type of a group, and the attribute that names it. */
  readonly type: string;
  readonly name: string;
  /** Path by which a group names its first member, where it does. */
  readonly first?: string;
}

/** What a member sends: all its data, to each other member of its group. */
export const memberOf = (group: Group) =>
  function* (member: Resource, context: Context): Generator<Finding> {
    for (const { value, at } of find(member.values, group.path)) {
      const groups = groupsNamed(value, member, context, group);
      if (groups.length === 0) yield unfollowed(value, at, group);
      for (const one of groups) {
        if (group.first) yield* firstElsewhere(one, context, group.channel, group.first);
        for (const other of membersOf(one, member.type, context, group)) {
          if (other !== member) yield copied(other, at, group);
        }
      }
    }
  };

/** The first member of a group, where it is not in this configuration: its ARN says where it stands. */
function* firstElsewhere(one: Resource, context: Context, channel: string, path: string): Generator<Finding> {
  for (const { value, at } of find(one.values, path)) {
    // A mere name is one of the group's own account and Region.
    if (context.denoted(value).length > 0 || (typeof value === "string" && !value.startsWith("arn:"))) continue;
    const why = "all members of the group hold the same data";
    yield { finding: "flow", channel, attribute: at, by: one, to: { to: "value", value, form: "arn" }, why };
  }
}

const copied = (other: Resource, at: string, group: Group): Finding => ({
  finding: "flow",
  channel: group.channel,
  attribute: at,
  to: { to: "resource", resource: other },
  why: "all members of the group hold the same data",
});

const unfollowed = (value: Value, at: string, group: Group): Finding => ({
  finding: "undecided",
  attribute: at,
  why: isUnknown(value)
    ? `${group.channel}: ${value.why}`
    : `${group.channel}: ${String(value)} is not in this configuration, so its other members may stand anywhere`,
});

function groupsNamed(value: Value, member: Resource, context: Context, group: Group): readonly Resource[] {
  if (typeof value !== "string") return context.denoted(value).filter(({ type }) => type === group.type);
  return context.ofType(group.type).filter((one) => one.stack === member.stack && namedBy(one, value, group));
}

const namedBy = (one: Resource, text: string, group: Group): boolean =>
  [group.name, "id", "arn"].some((attribute) => one.values[attribute] === text);

function membersOf(one: Resource, type: string, context: Context, group: Group): Resource[] {
  const joined = context
    .ofType(type)
    .filter((candidate) =>
      find(candidate.values, group.path).some(({ value }) =>
        groupsNamed(value, candidate, context, group).includes(one),
      ),
    );
  const first = group.first ? find(one.values, group.first).flatMap(({ value }) => context.denoted(value)) : [];
  return [...new Set([...joined, ...first])];
}
