/**
 * Suricata rules as Network Firewall takes them, read as far as that is sound: header exactly, options by what they mean
 * for the first packet of a connection (https://docs.suricata.io/en/latest/rules/intro.html,
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-limitations-caveats.html).
 *
 * A rule whose options ask for something that the sender can put into the packet (a server name, a content) matches
 * *some* packet for each header it matches: as a pass rule it lets those headers out. As a drop rule it stops nothing
 * for certain. What is not understood is taken for a rule that may do either.
 */
import type { Resource } from "../../configuration/resource";
import { isUnknown, type Value } from "../../configuration/value";
import { ALL_PROTOCOLS, ICMP, ICMPV6, TCP, UDP } from "../packets/packet";
import { type Ranges, single, union } from "../packets/ranges";
import type { Blocks, Extents } from "../reading/blocks";
import { allOf, anyOf, type Passing, passAll, possibly, withAddress } from "./filters";
import { addresses, headerWords, ports, type Variables } from "./suricata-header";

export interface StatefulRule {
  /** Undefined if it is not known. */
  readonly action: "pass" | "drop" | "alert" | undefined;
  readonly match: Passing;
  readonly matches: Matches;
}

/**
 * How much of its header a rule matches: every first packet of a connection; some and not others, as the sender likes
 * (it looks at what the packet holds); or there is no telling.
 */
export type Matches = "all" | "some" | "unknown";

const ACTIONS: Readonly<Record<string, StatefulRule["action"]>> = {
  pass: "pass",
  drop: "drop",
  reject: "drop",
  rejectsrc: "drop",
  rejectdst: "drop",
  rejectboth: "drop",
  alert: "alert",
};

const tcp = single(TCP);
const udp = single(UDP);
/** Transport protocols under the protocol words of rules. */
const TRANSPORTS: Readonly<Record<string, Ranges>> = {
  ip: ALL_PROTOCOLS,
  ipv4: ALL_PROTOCOLS,
  ipv6: ALL_PROTOCOLS,
  any: ALL_PROTOCOLS,
  tcp,
  "tcp-pkt": tcp,
  "tcp-stream": tcp,
  udp,
  icmp: union(single(ICMP), single(ICMPV6)),
  icmpv4: single(ICMP),
  icmpv6: single(ICMPV6),
  sctp: single(132),
};
/** Protocols that the engine recognizes by content. */
const APPLICATIONS: Readonly<Record<string, Ranges>> = {
  http: tcp,
  http1: tcp,
  http2: tcp,
  tls: tcp,
  ssh: tcp,
  ftp: tcp,
  "ftp-data": tcp,
  smtp: tcp,
  smb: tcp,
  imap: tcp,
  msn: tcp,
  rdp: tcp,
  rfb: tcp,
  modbus: tcp,
  dnp3: tcp,
  dcerpc: union(tcp, udp),
  dns: union(tcp, udp),
  krb5: union(tcp, udp),
  sip: union(tcp, udp),
  ntp: udp,
  dhcp: udp,
  tftp: udp,
  snmp: udp,
  ikev2: udp,
  ike: udp,
  quic: udp,
};

/** Options that say nothing of which packets match. */
const SILENT = new Set([
  "msg",
  "sid",
  "rev",
  "gid",
  "classtype",
  "priority",
  "reference",
  "metadata",
  "target",
  "noalert",
  "requires",
]);
/** Options that the sender can satisfy by what it writes into the packet. */
const CLAIMS =
  /^(content|nocase|depth|startswith|offset|distance|within|endswith|rawbytes|isdataat|bsize|byte_\w+|pcre|dotprefix|to_lowercase|to_uppercase|pkt_data|fast_pattern|tls[._]\w+|ssl_\w+|http[._]\w+|http2\.\w+|file[._]?\w*|dns[._]\w+|ssh[._]\w+|quic\.\w+|ja3[._]\w+|ja3|ja4\.\w+|app-layer-protocol|app-layer-event|urilen|uricontent|dsize|flags|tcp\.\w+|ttl|id|itype|icode|icmp_\w+|seq|ack|window|ip_proto|smb\.\w+|ftpdata_command|ftpbounce|xbits|flowbits|threshold|detection_filter)$/;

/** The rules of a text, one a line; unknown text is one rule of which nothing is known. */
export function parseRules(value: Value, blocks: Blocks, variables: Variables, by: Resource): StatefulRule[] {
  if (typeof value !== "string") {
    const why = isUnknown(value) ? value.why : "they are no text";
    return [
      {
        action: undefined,
        match: possibly(passAll, `the rules of ${by.address} are not known: ${why}`),
        matches: "unknown",
      },
    ];
  }
  const rules: StatefulRule[] = [];
  for (const line of value.replace(/\\\r?\n/g, " ").split(/\r?\n/)) {
    const rule = line.trim();
    if (rule === "" || rule.startsWith("#")) continue;
    rules.push(
      parseRule(rule, blocks, variables) ?? {
        action: undefined,
        match: possibly(passAll, `a rule of ${by.address} can't be read`),
        matches: "unknown",
      },
    );
  }
  return rules;
}

function parseRule(rule: string, blocks: Blocks, variables: Variables): StatefulRule | undefined {
  const open = rule.indexOf("(");
  const close = rule.lastIndexOf(")");
  if (open < 0 || close < open) return undefined;
  const words = headerWords(rule.slice(0, open));
  if (words.length !== 7) return undefined;
  const [actionWord, protocolWord, source, sourcePort, arrow, destination, destinationPort] = words;
  const action = ACTIONS[actionWord.toLowerCase()];
  const name = protocolWord.toLowerCase();
  const protocol = TRANSPORTS[name] ?? APPLICATIONS[name];
  if (!action || !protocol || (arrow !== "->" && arrow !== "<>")) return undefined;
  const sides = [addresses(source, blocks, variables), addresses(destination, blocks, variables)];
  const portSets = [ports(sourcePort, variables), ports(destinationPort, variables)];
  if (sides.some((side) => !side) || portSets.some((set) => !set)) return undefined;
  const there = header(protocol, sides[0]!, portSets[0]!, sides[1]!, portSets[1]!);
  const match =
    arrow === "<>" ? anyOf([there, header(protocol, sides[1]!, portSets[1]!, sides[0]!, portSets[0]!)]) : there;
  const family = name === "ipv4" ? 4 : name === "ipv6" ? 6 : undefined;
  const options = optionsOf(rule.slice(open + 1, close));
  const matches = matchesOf(action, options, Object.hasOwn(APPLICATIONS, name));
  return {
    action,
    match: family ? { ...match, must: match.must.ofFamily(family), may: match.may.ofFamily(family) } : match,
    matches,
  };
}

function header(
  protocol: Ranges,
  source: Extents,
  sourcePort: Ranges,
  destination: Extents,
  destinationPort: Ranges,
): Passing {
  return allOf(
    withAddress("source", source, { protocol, sourcePort, destinationPort }),
    withAddress("destination", destination),
  );
}

interface Option {
  readonly keyword: string;
  readonly value: string;
}

/** `keyword:value;` and `keyword;`, with `\;` inside of values. */
function optionsOf(text: string): Option[] {
  return text
    .replace(/\\;/g, "\u0000")
    .replace(/"[^"]*"/g, (quoted) => quoted.replace(/;/g, "\u0000"))
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const colon = part.indexOf(":");
      return colon < 0
        ? { keyword: part.toLowerCase(), value: "" }
        : { keyword: part.slice(0, colon).trim().toLowerCase(), value: part.slice(colon + 1).trim() };
    });
}

function matchesOf(action: StatefulRule["action"], options: readonly Option[], byContent: boolean): Matches {
  const parts = options.map((option) => optionMatches(action, option));
  if (parts.includes("unknown")) return "unknown";
  return byContent || parts.includes("some") ? "some" : "all";
}

function optionMatches(action: StatefulRule["action"], { keyword, value }: Option): Matches {
  if (SILENT.has(keyword)) return "all";
  if (CLAIMS.test(keyword)) return "some";
  if (keyword !== "flow") return "unknown";
  const words = value.split(",").map((word) => word.trim());
  if (words.every((word) => FIRST_PACKETS.has(word))) return "all";
  // Later packets only: a drop rule leaves the first one alone, a pass rule is of use if something else lets it pass.
  return action === "pass" ? "unknown" : "some";
}

/** Of the words of `flow`, those that a connection's first packet has. */
const FIRST_PACKETS = new Set(["to_server", "from_client", "stateless", "not_established", "no_stream", "only_stream"]);
