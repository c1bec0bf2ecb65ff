/**
 * Resources that are put on something which is not known: they may be put on anything. Wherever the absence of a
 * resource would keep data in, one that is adrift counts as possibly there.
 */
import type { Resource } from "../../configuration/resource";
import { find, isUnknown } from "../../configuration/value";
import type { Context } from "../../flows/context";

const found = new WeakMap<Context, Map<string, readonly Resource[]>>();

/** Resources of a type whose attribute at `path` is unknown and refers to nothing of this configuration. */
export function adrift(context: Context, type: string, path: string): readonly Resource[] {
  const byKey = found.get(context) ?? new Map<string, readonly Resource[]>();
  found.set(context, byKey);
  const key = `${type} ${path}`;
  const known = byKey.get(key);
  if (known) return known;
  const lost = context
    .ofType(type)
    .filter((one) =>
      find(one.values, path).some(({ value }) => isUnknown(value) && context.denoted(value).length === 0),
    );
  byKey.set(key, lost);
  return lost;
}

/** Why the resource may be put on anything. */
export function reasonFor(resource: Resource, path: string): string {
  const [lost] = find(resource.values, path).filter(({ value }) => isUnknown(value));
  if (!isUnknown(lost?.value)) return `${resource.address} may be put on something whose name is not known`;
  return `${path} of ${resource.address} is not known: ${lost.value.why}`;
}
