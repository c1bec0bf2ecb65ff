/** The ways between two things: chains of flows, as text. */
import type { Resource } from "../configuration/resource";
import type { Flow } from "../flows/flow";
import type { Proof } from "../prover/prove";
import { printable } from "./escape";
import { redaction } from "./quote";

/** Longer chains are not looked for; what takes so many steps is found step by step with `explain`. */
const LONGEST = 12;

export interface PathsResult {
  readonly text: string;
  readonly found: boolean;
}

/**
 * The shortest chain of flows from a resource to a resource, place or party.
 * @param to an address (`STACK:ADDRESS` picks one of several), or the name of a place or party as reports show it
 * @returns undefined if nothing is called `from`, or nothing `to`
 */
export function paths(proof: Proof, from: string, to: string): PathsResult | { readonly unknown: string } {
  const starts = named(proof, from);
  if (starts.length === 0) return { unknown: from };
  const ends = new Set<Resource>(named(proof, to));
  const isPlace = proof.flows.some((flow) => flow.to.kind === "place" && flow.to.place.id === to);
  if (ends.size === 0 && !isPlace) return { unknown: to };
  const redact = redaction(proof.configuration);
  const chain = search(proof.flows, starts, (flow) =>
    flow.to.kind === "resource" ? ends.has(flow.to.resource) : flow.to.place.id === to,
  );
  if (!chain) {
    return { found: false, text: `no flow of data leads from ${printable(from)} to ${printable(to)}\n` };
  }
  const lines = chain.flatMap((flow) => [
    `${printable(flow.channel)}${flow.unless === undefined ? "" : ` (possibly, unless it turns out otherwise: ${printable(redact(flow.unless))})`}`,
    ...flow.steps.flatMap((step) => {
      const by = step.attribute === undefined ? step.by.address : `${step.by.address}: ${step.attribute}`;
      return [
        `  ${printable(redact(step.from))} → ${printable(redact(step.to))}`,
        `    ${printable(redact(step.why))} (${printable(by)})`,
      ];
    }),
  ]);
  return { found: true, text: `${lines.join("\n")}\n` };
}

const named = (proof: Proof, name: string): Resource[] =>
  proof.configuration.resources.filter((one) => one.address === name || `${one.stack}:${one.address}` === name);

/** Breadth first over flows between resources, definite ones before possible ones. */
function search(
  flows: readonly Flow[],
  starts: readonly Resource[],
  isEnd: (flow: Flow) => boolean,
): Flow[] | undefined {
  const leaving = new Map<Resource, Flow[]>();
  for (const flow of [...flows].sort((a, b) => Number(a.unless !== undefined) - Number(b.unless !== undefined))) {
    const list = leaving.get(flow.from);
    if (list) list.push(flow);
    else leaving.set(flow.from, [flow]);
  }
  const came = new Map<Resource, Flow | undefined>(starts.map((one) => [one, undefined]));
  let layer: readonly Resource[] = starts;
  for (let depth = 0; depth < LONGEST && layer.length > 0; depth++) {
    const next: Resource[] = [];
    for (const at of layer) {
      for (const flow of leaving.get(at) ?? []) {
        if (isEnd(flow)) return chainTo(flow, came);
        if (flow.to.kind !== "resource" || came.has(flow.to.resource)) continue;
        came.set(flow.to.resource, flow);
        next.push(flow.to.resource);
      }
    }
    layer = next;
  }
  return undefined;
}

function chainTo(last: Flow, came: ReadonlyMap<Resource, Flow | undefined>): Flow[] {
  const chain = [last];
  for (let flow = came.get(last.from); flow; flow = came.get(flow.from)) chain.unshift(flow);
  return chain;
}
