/** Gives the roles of a model their meaning: from the table of a type and one resource of it to flows. */
import type { Resource, Undecided, UndecidedReason } from "../configuration/resource";
import { find, isList, isObject, isUnknown, unbounded, type Value, type Values } from "../configuration/value";
import type { Context } from "../flows/context";
import type { Destination, Flow } from "../flows/flow";
import type { Condition, Entry, Finding, Role, TargetForm } from "../flows/vocabulary";
import { internet } from "../geography/place";
import type { World } from "../geography/world";
import { type Decision, decide, decideAll, near } from "./conditions";
import { rolesOf } from "./entry-roles";
import { type Target, targetsOf } from "./targets";

export interface Findings {
  readonly flows: Flow[];
  readonly undecided: Undecided[];
}

interface Run {
  readonly resource: Resource;
  readonly entry: Entry;
  readonly context: Context;
  readonly world: World;
  readonly out: Findings;
}

/** Everything that the model of a type says about one resource. */
export function applyEntry(resource: Resource, entry: Entry, context: Context, world: World, out: Findings): void {
  const run: Run = { resource, entry, context, world, out };
  if (entry.data) checkSubject(run, entry.data);
  for (const [path, role] of rolesOf(entry).flowing) {
    if (role.role === "opens") applySwitch(run, path, role);
    else for (const { value, at } of find(resource.values, path)) applyRole(run, role, value, at);
  }
  if (entry.also) for (const finding of entry.also(resource, context)) applyFinding(run, finding);
}

/** What is said about something that can't be told may be said about anything in the configuration. */
function checkSubject({ resource, out }: Run, path: string): void {
  for (const { value, at } of find(resource.values, path)) {
    const open = unbounded(value);
    if (open)
      out.undecided.push(undecided(resource, at, "unknown-value", `what it is about is not known: ${open.why}`));
  }
}

function applyRole(run: Run, role: Role, value: Value, at: string): void {
  if (role.role === "document") {
    for (const part of role.read(value, run.resource, run.context)) applyRole(run, part.role, part.value, at + part.at);
    return;
  }
  if (role.role === "opens") {
    openTo(run, role, at, isUnknown(value) ? { holds: "possibly", unless: value.why } : heldBy(role.test, value));
    return;
  }
  if (role.role !== "sends" && role.role !== "shares") return;
  const decision = decideAll(role.when, run.resource, at);
  if (decision.holds === false) return;
  const around = {
    resource: run.resource,
    context: run.context,
    world: run.world,
    account: role.account ? near(run.resource.values, at, role.account)[0] : undefined,
    region: role.region ? near(run.resource.values, at, role.region)[0] : undefined,
  };
  for (const { value: single, at: where } of scalars(value, at)) {
    for (const target of targetsOf(single, role.form, around)) {
      emit(run, { ...role, at: where, value: single }, target, decision);
    }
  }
  if (around.account !== undefined && around.account !== null) {
    // The owner named beside a target is where the data goes, whatever the target's own text says.
    for (const target of targetsOf(around.account, "account", around)) {
      if (target.kind === "place" && target.side !== "inside") {
        emit(run, { ...role, at: siblingPath(at, role.account ?? ""), value: around.account }, target, decision);
      }
    }
  }
}

const heldBy = (condition: Condition, value: Value): Decision => ({ holds: condition.test(value) });

/** A value that stands for several: each element of a list, the keys of nothing else. */
function scalars(value: Value, at: string): { value: Value; at: string }[] {
  if (!isList(value)) return isObject(value) ? [] : [{ value, at }];
  return value.flatMap((item, index) => scalars(item, `${at}[${index}]`));
}

const siblingPath = (at: string, path: string): string => {
  const own = at.split(".");
  const keys = path.split(".");
  return keys.map((key, i) => (i < keys.length - 1 && own[i]?.startsWith(key) ? own[i] : key)).join(".");
};

/** A switch is looked at even where the attribute is absent: then AWS's default decides. */
function applySwitch(run: Run, path: string, role: Extract<Role, { role: "opens" }>): void {
  const parent = path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "";
  const leaf = path.slice(path.lastIndexOf(".") + 1);
  const holders = parent === "" ? [{ value: run.resource.values as Value, at: "" }] : find(run.resource.values, parent);
  if (holders.length === 0) {
    openTo(run, role, path, decide({ ...role.test, path }, { ...run.resource, values: {} }, ""));
    return;
  }
  for (const holder of holders) {
    const at = holder.at === "" ? leaf : `${holder.at}.${leaf}`;
    const condition = { ...role.test, path: leaf };
    const values = isObject(holder.value) ? (holder.value as Values) : { [leaf]: holder.value };
    openTo(run, role, at, decide(condition, { ...run.resource, values }, ""));
  }
}

function openTo(run: Run, role: Extract<Role, { role: "opens" }>, at: string, open: Decision): void {
  if (open.holds === false) return;
  const also = decideAll(role.when, run.resource, at);
  if (also.holds === false) return;
  const value = near(run.resource.values, at, at.replace(/\[\d+\]/g, ""))[0] ?? role.test.absent;
  const target: Target = { kind: "place", place: internet, side: "outside" };
  emit(run, { ...role, at, value, why: role.why ?? role.test.text }, target, open.holds === "possibly" ? open : also);
}

interface Emission {
  readonly channel: string;
  readonly at: string;
  readonly value: Value;
  readonly why?: string;
  readonly by?: Resource;
}

function emit(run: Run, what: Emission, target: Target, decision: Decision): void {
  const by = what.by ?? run.resource;
  if (target.kind === "undetermined") {
    run.out.undecided.push(undecided(by, what.at, target.reason, `${what.channel}: ${target.why}`));
    return;
  }
  const from = owner(run);
  const to: Destination =
    target.kind === "resource"
      ? { kind: "resource", resource: target.resource }
      : { kind: "place", place: target.place };
  const unless = decision.holds === "possibly" ? decision.unless : target.possibly;
  const name = to.kind === "resource" ? to.resource.address : to.place.id;
  run.out.flows.push({
    from,
    channel: what.channel,
    to,
    steps: [
      {
        from: from.address,
        to: name,
        by,
        attribute: what.at === "" ? undefined : what.at,
        why: what.why ?? `${by.address} names ${name}`,
      },
    ],
    ...(unless === undefined ? {} : { unless }),
  });
}

/** The resource whose data an entry is about; the entry's own resource where it is not in this configuration. */
function owner(run: Run): Resource {
  if (!run.entry.data) return run.resource;
  for (const { value } of find(run.resource.values, run.entry.data)) {
    const [denoted] = run.context.denoted(value);
    if (denoted && denoted.mode === "managed") return denoted;
  }
  return run.resource;
}

function applyFinding(run: Run, finding: Finding): void {
  if (finding.finding === "role") {
    applyRole(run, finding.role, finding.value, finding.attribute);
    return;
  }
  if (finding.finding === "undecided") {
    run.out.undecided.push(undecided(run.resource, finding.attribute, "unknown-value", finding.why));
    return;
  }
  const what = { channel: finding.channel, at: finding.attribute ?? "", value: null, why: finding.why, by: finding.by };
  const decision: Decision =
    finding.unless === undefined ? { holds: true } : { holds: "possibly", unless: finding.unless };
  for (const target of findingTargets(run, finding.to)) emit(run, what, target, decision);
}

function findingTargets(run: Run, to: Extract<Finding, { finding: "flow" }>["to"]): Target[] {
  switch (to.to) {
    case "internet":
      return [{ kind: "place", place: internet, side: "outside" }];
    case "anyone":
      return [{ kind: "place", place: { id: "anyone", countries: [] }, side: "outside" }];
    case "resource":
      return [{ kind: "resource", resource: to.resource }];
    case "value":
      return scalars(to.value, "").flatMap(({ value }) =>
        targetsOf(value, to.form as TargetForm, { resource: run.resource, context: run.context, world: run.world }),
      );
  }
}

export const undecided = (
  resource: Resource,
  attribute: string | undefined,
  reason: UndecidedReason,
  message: string,
): Undecided => ({
  resource: resource.address,
  stack: resource.stack,
  ...(attribute ? { attribute } : {}),
  reason,
  message,
});
