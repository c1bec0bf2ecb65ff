/** What the program may not do here: the process has no credentials, and nothing it could send them to. */
import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";

/** Calls `refuse` with what is attempted as soon as something asks for the network. */
export function isolate(refuse: (attempt: string) => never): void {
  const named = (value: unknown): string => (typeof value === "string" ? ` to ${value}` : "");
  net.Socket.prototype.connect = ((...args: unknown[]): never => {
    const [first] = args.flat();
    const options = (typeof first === "object" && first !== null ? first : {}) as Record<string, unknown>;
    return refuse(`opens a network connection${named(options.host ?? options.path ?? args.flat()[1])}`);
  }) as typeof net.Socket.prototype.connect;
  dgram.createSocket = (() => refuse("opens a network socket")) as typeof dgram.createSocket;
  net.Server.prototype.listen = (() => refuse("listens on the network")) as typeof net.Server.prototype.listen;
  const lookup = (name: unknown): never => refuse(`looks a name up${named(name)}`);
  for (const table of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    const functions = table as unknown as Record<string, unknown>;
    for (const name of [...Object.keys(functions), ...Object.getOwnPropertyNames(functions)]) {
      if (/^(lookup|resolve|reverse)/.test(name) && typeof functions[name] === "function") functions[name] = lookup;
    }
  }
}
