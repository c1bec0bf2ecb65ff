/** Questions about other resources that several models ask. */
import type { Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import type { Context } from "../flows/context";
import type { Finding } from "../flows/vocabulary";

/**
 * The network that a resource borrows from another one (a connector, a fleet, a workgroup) can only be judged if that
 * other one is in the configuration.
 */
export function* networkElsewhere(resource: Resource, context: Context, path: string, what: string): Iterable<Finding> {
  for (const { value, at } of find(resource.values, path)) {
    const seen = context.denoted(value).some((denoted) => denoted.mode === "managed");
    if (seen) continue;
    const why = isUnknown(value) ? value.why : `${String(value)} is not in this configuration`;
    yield { finding: "undecided", attribute: at, why: `${what}, whose network can't be seen: ${why}` };
  }
}
