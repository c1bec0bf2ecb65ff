/** Names for escapes that outlive renaming: made of types, channels, attributes and places, never of addresses. */
import { createHash } from "node:crypto";
import type { Escape } from "../prover/prove";

/** One for each escape, in their order; those that are alike in everything but names are numbered. */
export function fingerprints(escapes: readonly Escape[]): string[] {
  const seen = new Map<string, number>();
  return escapes.map((escape) => {
    const hash = createHash("sha256")
      .update(JSON.stringify(shape(escape)))
      .digest("hex")
      .slice(0, 16);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}

const shape = ({ resource, channel, place, path }: Escape): unknown => [
  resource.type,
  channel,
  place.id,
  path.map((step) => [step.by.type, step.attribute?.replace(/\[\d+\]/g, "[]") ?? ""]),
];
