/**
 * Servers that something in a VPC is told to ask: name servers, controllers of a directory. A private address is
 * reached by the VPC's routes, which the network room judges; a public one says by itself who is asked.
 */
import { isList, type Value } from "../../configuration/value";
import { type DocumentPart, document, type Role, shares } from "../../flows/vocabulary";
import { isUnrouted, parseCidr } from "../../geography/addresses";

/** Addresses, perhaps with ports, in one text or several. */
export const servers = (channel: string, why: string): Role => {
  const role = shares(channel, "host", { why });
  return document(function* (value: Value): Generator<DocumentPart> {
    for (const one of isList(value) ? value : [value]) {
      const texts: readonly Value[] =
        typeof one === "string" ? one.split(/[\s,]+/).filter((text) => text !== "") : [one];
      for (const text of texts) if (!isPrivate(text)) yield { at: "", value: text, role };
    }
  });
};

function isPrivate(server: Value): boolean {
  const range = typeof server === "string" ? parseCidr(server.replace(/^([\d.]+):\d+$/, "$1")) : undefined;
  return range !== undefined && isUnrouted(range);
}
