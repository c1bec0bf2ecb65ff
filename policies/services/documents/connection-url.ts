/** Addresses with hosts in them: `https://host/path`, `jdbc:redshift://host:5439/db`, `mongodb://a:27017,b:27017/db`. */
import { isUnknown, type Value } from "../../configuration/value";
import { type Condition, type DocumentReader, sends } from "../../flows/vocabulary";

/** The hosts of an address, empty if none can be read. Works on Oracle's `jdbc:oracle:thin:@host:1521:sid` too. */
export function connectionHosts(url: string): string[] {
  const authority = /(?:\/\/|@)@?(?:\/\/)?([^/?;#\\]*)/.exec(url)?.[1];
  if (!authority) return [];
  return authority
    .slice(authority.lastIndexOf("@") + 1)
    .split(",")
    .map((host) => host.replace(/^(\[[^\]]*\]|[^:]*).*$/, "$1").replace(/^\[|\]$/g, ""))
    .filter((host) => host !== "");
}

/** The hosts of an address that may be partly unknown; the whole where they can't be told apart. */
export function hostsOf(url: Value): Value[] {
  if (typeof url === "string") {
    const hosts = connectionHosts(url);
    return hosts.length > 0 ? hosts : [url];
  }
  if (!isUnknown(url) || !url.parts) return [url];
  const [head, hole, tail] = url.parts;
  // A hole right behind `//` and before a port, a path or the end is the host.
  const wholeHost = tail === undefined || (typeof tail === "string" && /^[:/?;]/.test(tail));
  if (typeof head === "string" && /(?:\/\/|@)$/.test(head) && isUnknown(hole) && wholeHost) return [hole];
  if (typeof head === "string" && /(?:\/\/|@)[^/?;,]+[/?;]/.test(head)) return connectionHosts(head);
  return [url];
}

/** Yields the hosts that an address names. */
export const connectionUrl = (channel: string, when?: Condition): DocumentReader =>
  function* (document) {
    for (const value of hostsOf(document)) yield { at: "", value, role: sends(channel, "host", when ? { when } : {}) };
  };
