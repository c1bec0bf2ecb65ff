/** A path as a Mermaid flowchart: labels are numbers and entity codes where they are not plain words. */

import { printable, shortened } from "./escape";
import type { ReportEscape } from "./report";
import { destinationName } from "./report";

const LABEL_LENGTH = 60;

/**
 * Everything but plain characters as an entity code of Mermaid's (https://mermaid.js.org/syntax/flowchart.html, "Entity
 * codes to escape characters"): no label can end its quotes, the diagram or the code block it stands in.
 */
const label = (text: string): string =>
  [...shortened(printable(text), LABEL_LENGTH)]
    .map((c) => (/^[A-Za-z0-9 _.,/-]$/.test(c) ? c : `#${c.codePointAt(0)};`))
    .join("");

export function mermaid(escape: ReportEscape): string {
  const ids = new Map<string, string>();
  const lines = ["flowchart LR"];
  const node = (name: string, outside: boolean): string => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    const id = `n${ids.size}`;
    ids.set(name, id);
    const shown = outside ? destinationName(escape) : name;
    lines.push(outside ? `  ${id}(["${label(shown)}"]):::outside` : `  ${id}["${label(shown)}"]`);
    return id;
  };
  escape.path.forEach((step, i) => {
    const last = i === escape.path.length - 1;
    const from = node(step.from, false);
    const to = node(step.to, last && step.to !== step.from);
    lines.push(`  ${from} -->|"${i + 1}"| ${to}`);
  });
  lines.push("  classDef outside fill:#b3261e,stroke:#7a1a14,color:#ffffff");
  return lines.join("\n");
}
