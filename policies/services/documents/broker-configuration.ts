/** The configuration of an Amazon MQ broker: XML for ActiveMQ, lines of `key = value` for RabbitMQ. */
import { isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { hostsOf } from "./connection-url";

const CHANNEL = "mq.network-connector";
const UNREAD = new Unknown("where the network connector leads can't be read");

/**
 * Yields the brokers that this one is connected to and forwards messages to
 * (https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/child-element-details.html), and, for RabbitMQ, the
 * servers that users are looked up at.
 */
export const brokerConfiguration: DocumentReader = function* (document) {
  if (typeof document !== "string") {
    if (isUnknown(document)) yield { at: "", value: document, role: sends(CHANNEL, "any") };
    return;
  }
  if (document.trimStart().startsWith("<")) yield* activeMq(document);
  else yield* rabbitMq(document);
};

function* activeMq(text: string): Iterable<DocumentPart> {
  let found = false;
  for (const element of elements(text)) {
    found = true;
    if (element.name.toLowerCase() !== "networkconnector") continue;
    const addresses = addressesIn(element.attributes.uri ?? "");
    // One that is spelled otherwise, by an entity of the document's own for one, leads somewhere as well.
    const values = addresses.length === 0 ? [UNREAD] : addresses.flatMap(hostsOf);
    for (const value of values) yield { at: ".networkConnector.uri", value, role: sends(CHANNEL, "host") };
  }
  if (!found) yield { at: "", value: new Unknown("the configuration is not XML"), role: sends(CHANNEL, "any") };
}

/** `static:(ssl://a:61617,ssl://b:61617)?maxReconnectAttempts=0`, `masterslave:(…)`, nested in any order. */
const addressesIn = (uri: string): string[] => uri.split(/[(),\s]+/).filter((part) => part.includes("://"));

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The start tags of an XML text, in order; comments, declarations and character data are left out. */
function* elements(text: string): Generator<Element> {
  let i = 0;
  while (true) {
    i = text.indexOf("<", i);
    if (i < 0) return;
    const skipped = SKIPPED.find(([open]) => text.startsWith(open, i));
    if (skipped) {
      const end = text.indexOf(skipped[1], i);
      if (end < 0) return;
      i = end + skipped[1].length;
      continue;
    }
    const tag = tagAt(text, i + 1);
    if (!tag) return;
    if (tag.name !== "") yield tag;
    i = tag.end;
  }
}

const SKIPPED = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
  ["</", ">"],
] as const;

const SPACE = /\s/;

/** Reads a tag from behind its `<` to behind its `>`; quoted values may hold both. */
function tagAt(text: string, start: number): (Element & { end: number }) | undefined {
  let i = start;
  const until = (stop: (character: string) => boolean): string => {
    const from = i;
    while (i < text.length && !stop(text[i])) i++;
    return text.slice(from, i);
  };
  const name = until((c) => SPACE.test(c) || c === ">" || c === "/");
  const attributes: Record<string, string> = Object.create(null);
  while (i < text.length) {
    until((c) => !SPACE.test(c) && c !== "/");
    if (text[i] === ">") return { name, attributes, end: i + 1 };
    const key = until((c) => SPACE.test(c) || c === "=" || c === ">" || c === "/");
    until((c) => !SPACE.test(c));
    if (text[i] !== "=") continue;
    i++;
    until((c) => !SPACE.test(c));
    const quote = text[i];
    if (quote !== '"' && quote !== "'") return undefined;
    i++;
    attributes[key] = unescape(until((c) => c === quote));
    i++;
  }
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescape = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    name
      ? (ENTITIES[name] ?? whole)
      : String.fromCodePoint(Math.min(hex ? parseInt(hex, 16) : Number(decimal), 0x10ffff)),
  );

/** Keys whose value is a server (https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/configurable-values.html). */
const isServer = (key: string): boolean =>
  /^auth_ldap\.servers\.|_path$|_url$|_uri$|\.url$|\.uri$|issuer|endpoint/.test(key);

function* rabbitMq(text: string): Iterable<DocumentPart> {
  for (const line of text.split(/\r?\n/)) {
    const [key, ...rest] = line.replace(/^\s*#.*$/, "").split("=");
    const value: Value = rest.join("=").trim();
    if (value === "" || !(value.includes("://") || isServer(key.trim()))) continue;
    for (const host of hostsOf(value))
      yield { at: `.${key.trim()}`, value: host, role: sends("mq.authentication", "host") };
  }
}
