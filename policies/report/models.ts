/** What is modelled, as a page: every service with its types, what each is to data, and where that is written. */
import type { Entry, Service } from "../flows/vocabulary";

/** Markdown; sorted, so that it changes only when a model does. */
export function renderModels(services: readonly Service[]): string {
  const sorted = [...services].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = sorted.flatMap((service) => Object.entries(service.entries));
  const kinds = new Map<string, number>();
  for (const [, { kind }] of entries) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const total = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, n]) => `${n} ${kind}`);
  return `${[
    "# What is modelled",
    "",
    "Made by `enclave models --write`; the tests compare it with the models. A type that is not here has no model, and a",
    "configuration that has one is never called contained.",
    "",
    `${sorted.length} services, ${entries.length} types: ${total.join(", ")}.`,
    "",
    "- *holds* stores data, *moves* takes it from one place to another or handles it, *grants* lets a party read or act",
    "- *carries* is a way for packets, *filters* stops packets, requests or names, *places* decides where things stand",
    "- *inert* does nothing with data, for the reason given",
    ...sorted.flatMap(section),
  ].join("\n")}\n`;
}

function section({ name, entries }: Service): string[] {
  const rows = Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "",
    `## ${name}`,
    "",
    "| type | kind | what it is | channels |",
    "| --- | --- | --- | --- |",
    ...rows.map(
      ([type, entry]) => `| [\`${type}\`](${entry.docs}) | ${entry.kind} | ${cell(entry.what)} | ${channels(entry)} |`,
    ),
  ];
}

const channels = ({ attributes, interfaces = [], policy }: Entry): string => {
  const found = new Set<string>(policy ? [policy.channel] : []);
  for (const role of Object.values(attributes)) if ("channel" in role) found.add(role.channel);
  for (const { without } of interfaces) if (typeof without === "object") found.add(without.internet);
  return [...found]
    .sort()
    .map((channel) => `\`${channel}\``)
    .join(", ");
};

const cell = (text: string): string => text.replace(/\|/g, "\\|").replace(/\*/g, "\\*").replace(/</g, "&lt;");
