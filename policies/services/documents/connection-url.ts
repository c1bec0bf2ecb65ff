/** Connection strings with hosts in them: `jdbc:redshift://host:5439/db`, `mongodb://a:27017,b:27017/db`. */
import { isUnknown, type Value } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";

/** The hosts of a connection string, empty if none can be read. Works on Oracle's `jdbc:oracle:thin:@host:1521:sid` too. */
export function connectionHosts(url: string): string[] {
  const authority = /(?:\/\/|@)@?(?:\/\/)?([^/?;]*)/.exec(url)?.[1];
  if (!authority) return [];
  return authority
    .slice(authority.lastIndexOf("@") + 1)
    .split(",")
    .map((host) => host.replace(/^(\[[^\]]*\]|[^:]*).*$/, "$1").replace(/^\[|\]$/g, ""))
    .filter((host) => host !== "");
}

function hostsOf(url: Value): Value[] {
  if (typeof url === "string") {
    const hosts = connectionHosts(url);
    return hosts.length > 0 ? hosts : [url];
  }
  if (!isUnknown(url) || !url.parts) return [url];
  const [head, hole, tail] = url.parts;
  // A hole right behind `//` and before a port, a path or the end is the host.
  const wholeHost = typeof tail !== "string" || /^[:/?;]/.test(tail);
  if (typeof head === "string" && /(?:\/\/|@)$/.test(head) && isUnknown(hole) && wholeHost) return [hole];
  if (typeof head === "string" && /(?:\/\/|@)[^/?;,]+[/?;]/.test(head)) return connectionHosts(head);
  return [url];
}

/** Yields the hosts that a connection string names. */
export const connectionUrl = (channel: string): DocumentReader =>
  function* (document) {
    for (const value of hostsOf(document)) yield { at: "", value, role: sends(channel, "host") };
  };
