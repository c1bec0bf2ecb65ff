/**
 * The header of a Suricata rule: its words, the addresses and the ports that they stand for
 * (https://docs.suricata.io/en/latest/rules/intro.html, "Source and destination", "Ports"; variables and references to IP
 * sets: https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-limitations-caveats.html).
 */
import { allAddresses, type Family } from "../packets/addresses";
import { ALL_PORTS } from "../packets/packet";
import { type Ranges, range, subtract, union } from "../packets/ranges";
import {
  type Blocks,
  type Extent,
  type Extents,
  everything,
  joinedBoth,
  nowhereAtAll,
  unknownAddresses,
} from "../reading/blocks";

export interface Variables {
  /** HOME_NET; EXTERNAL_NET is everything else. */
  readonly home: Extents;
  readonly addresses: ReadonlyMap<string, Extents>;
  readonly ports: ReadonlyMap<string, string>;
}

/** Words between blanks, where a list in brackets is one word whatever it holds. */
export function headerWords(text: string): string[] {
  const words: string[] = [];
  let depth = 0;
  let word = "";
  for (const char of text) {
    if (char === "[") depth++;
    if (char === "]") depth--;
    if (/\s/.test(char) && depth === 0) {
      if (word !== "") words.push(word);
      word = "";
    } else if (!/\s/.test(char)) word += char;
  }
  if (word !== "") words.push(word);
  return words;
}

/** `any`, an address, `$NAME`, `@NAME`, `!x`, `[x,y,!z]`. */
export function addresses(text: string, blocks: Blocks, variables: Variables): Extents | undefined {
  if (text.startsWith("!")) {
    const inner = addresses(text.slice(1), blocks, variables);
    return inner && negated(inner);
  }
  if (text.startsWith("[") && text.endsWith("]")) return listed(splitList(text.slice(1, -1)), blocks, variables);
  if (text.toLowerCase() === "any") return everything;
  if (text.startsWith("$") || text.startsWith("@")) {
    const name = text.slice(1);
    const own = variables.addresses.get(text.startsWith("@") ? text : name);
    if (own) return own;
    if (name === "HOME_NET") return variables.home;
    if (name === "EXTERNAL_NET") return negated(variables.home);
    return unknownAddresses(`what ${text} stands for is not known`);
  }
  const extents = blocks.read(text, "both");
  return extents[4].unless === undefined && extents[6].unless === undefined ? extents : undefined;
}

function listed(items: readonly string[], blocks: Blocks, variables: Variables): Extents | undefined {
  const wanted: Extents[] = [];
  const unwanted: Extents[] = [];
  for (const item of items) {
    const negative = item.startsWith("!");
    const extents = addresses(negative ? item.slice(1) : item, blocks, variables);
    if (!extents) return undefined;
    (negative ? unwanted : wanted).push(extents);
  }
  const base = wanted.length > 0 ? joinedBoth(wanted) : everything;
  if (unwanted.length === 0) return base;
  const out = joinedBoth([nowhereAtAll, ...unwanted]);
  return { 4: without(base[4], out[4]), 6: without(base[6], out[6]) };
}

const without = (a: Extent, b: Extent): Extent => ({
  must: subtract(a.must, b.may),
  may: subtract(a.may, b.must),
  unless: a.unless ?? b.unless,
});

const negated = (extents: Extents): Extents => {
  const family = (which: Family): Extent =>
    without({ must: allAddresses(which), may: allAddresses(which) }, extents[which]);
  return { 4: family(4), 6: family(6) };
};

/** `any`, `443`, `80:443`, `1024:`, `:1024`, `!x`, `[x,y]`, `$NAME`. */
export function ports(text: string, variables: Variables, depth = 0): Ranges | undefined {
  if (depth > 8) return undefined;
  if (text.startsWith("!")) {
    const inner = ports(text.slice(1), variables, depth + 1);
    return inner && subtract(ALL_PORTS, inner);
  }
  if (text.startsWith("[") && text.endsWith("]")) return portList(splitList(text.slice(1, -1)), variables, depth);
  if (text.toLowerCase() === "any") return ALL_PORTS;
  if (text.startsWith("$")) {
    const own = variables.ports.get(text.slice(1));
    return own === undefined ? undefined : portList(splitList(own), variables, depth);
  }
  const match = /^(\d{0,5})(:?)(\d{0,5})$/.exec(text);
  if (!match || text === "" || text === ":") return undefined;
  const from = match[1] === "" ? 0 : Number(match[1]);
  const to = match[2] === "" ? from : match[3] === "" ? 65535 : Number(match[3]);
  return range(from, Math.min(to, 65535));
}

function portList(items: readonly string[], variables: Variables, depth: number): Ranges | undefined {
  let wanted: Ranges | undefined;
  let unwanted: Ranges = [];
  for (const item of items) {
    const negative = item.startsWith("!");
    const set = ports(negative ? item.slice(1) : item, variables, depth + 1);
    if (!set) return undefined;
    if (negative) unwanted = union(unwanted, set);
    else wanted = union(wanted ?? [], set);
  }
  return subtract(wanted ?? ALL_PORTS, unwanted);
}

/** Items between commas, where a list in brackets is one item. */
function splitList(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let item = "";
  for (const char of text) {
    if (char === "[") depth++;
    if (char === "]") depth--;
    if (char === "," && depth === 0) {
      out.push(item.trim());
      item = "";
    } else item += char;
  }
  out.push(item.trim());
  return out.filter((one) => one !== "");
}
