/**
 * Arguments of the network that nothing bounds. A route whose table is not known may stand in any table, an association
 * in any subnet: the paths they would make are not looked for one by one, they leave the question open.
 */
import type { Undecided } from "../configuration/resource";
import { find, unbounded } from "../configuration/value";
import type { RoomInput } from "../flows/flow";
import { isComputed } from "./read";

export function unboundedArguments(input: RoomInput): Undecided[] {
  const undecided: Undecided[] = [];
  for (const resource of input.resources) {
    const entry = resource.mode === "managed" ? input.entryOf(resource) : undefined;
    for (const path in entry?.attributes) {
      if (entry.attributes[path].role !== "network") continue;
      for (const { value, at } of find(resource.values, path)) {
        const open = unbounded(value);
        if (!open || isComputed(open)) continue;
        const from = open.references.map(({ address }) => address).join(", ");
        undecided.push({
          resource: resource.address,
          stack: resource.stack,
          attribute: at,
          reason: "unknown-value",
          message: `${at} comes from ${from}: ${open.why}, so what it joins is not known`,
        });
      }
    }
  }
  return undecided;
}
