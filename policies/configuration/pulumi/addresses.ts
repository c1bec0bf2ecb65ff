/** What the things of a Pulumi program are called in a Terraform configuration. */
import { createHash } from "node:crypto";
import { resourceType } from "./names";
import type { Declared } from "./terraform";

/** A resource with its type and name there. */
export interface Named {
  readonly type: string;
  readonly name: string;
  readonly declared: Declared;
}

/** Types of the engine itself, which hold no data. */
const ENGINE = new Set(["pulumi:pulumi:Stack", "pulumi:pulumi:StackReference"]);

/** Aliases of the AWS providers, by URN. */
export function providerAliases(resources: readonly Declared[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const { urn, type, name } of sorted(resources)) {
    if (type !== "pulumi:providers:aws") continue;
    const taken = new Set(aliases.values());
    const base = identifier(name);
    aliases.set(urn, taken.has(base) ? `${base}_${digest(urn)}` : base);
  }
  return aliases;
}

/**
 * Names are Pulumi's own; where two are the same for one type, that of what each belongs to goes before it. What the
 * provider's inventory has no type for is apart.
 */
export function nameResources(resources: readonly Declared[]): {
  readonly named: ReadonlyMap<string, Named>;
  readonly others: readonly Declared[];
} {
  const names = new Map(resources.map(({ urn, name }) => [urn, name]));
  const groups = new Map<string, Named[]>();
  const others: Declared[] = [];
  for (const declared of sorted(resources)) {
    // A provider does what its resources are; those of other packages are left undecided one by one.
    if (declared.type.startsWith("pulumi:providers:") || ENGINE.has(declared.type) || declared.component) continue;
    const type = resourceType(declared.type);
    if (type === undefined) {
      others.push(declared);
      continue;
    }
    const named = { type, name: identifier(declared.name + (declared.suffix ?? "")), declared };
    const key = `${type}.${named.name}`;
    const group = groups.get(key);
    if (group) group.push(named);
    else groups.set(key, [named]);
  }
  const taken = new Set(groups.keys());
  const found = new Map<string, Named>();
  for (const group of groups.values()) {
    for (const named of group) {
      const { urn, parent, suffix = "" } = named.declared;
      const longer = identifier(`${names.get(parent ?? "") ?? ""}_${named.name}`);
      const free = !taken.has(`${named.type}.${longer}`);
      const name = group.length === 1 ? named.name : free ? longer : `${longer}_${digest(urn)}`;
      taken.add(`${named.type}.${name}`);
      found.set(urn + suffix, { ...named, name });
    }
  }
  return { named: found, others };
}

const sorted = <T extends { readonly urn: string; readonly suffix?: string }>(all: readonly T[]): T[] => {
  const key = (one: T): string => one.urn + (one.suffix ?? "");
  return [...all].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
};

/** A name that Terraform takes: https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers */
export const identifier = (name: string): string => name.replace(/[^A-Za-z0-9_-]/g, "_").replace(/^(?![A-Za-z_])/, "_");

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);
