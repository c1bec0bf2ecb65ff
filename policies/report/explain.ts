/**
 * One resource explained, as a small tree: where it stands, what its interfaces reach and what stops the rest, what goes
 * from and to it, who can read it, what is open.
 */
import { modelKey, type Resource } from "../configuration/resource";
import type { Flow, RoomInput, Step } from "../flows/flow";
import { whoCanRead } from "../identity";
import { explainInterface } from "../network";
import type { Proof } from "../prover/prove";
import { entryFor } from "../services";
import { printable } from "./escape";
import { type Redact, redaction } from "./quote";
import { placeName } from "./report";

/** A line and what hangs under it. */
interface Branch {
  readonly text: string;
  readonly below?: readonly Branch[];
}

/** The explanation as text; undefined if no resource has the address (`STACK:ADDRESS` picks one of several). */
export function explain(proof: Proof, address: string): string | undefined {
  const found = proof.configuration.resources.filter(
    (resource) => resource.address === address || `${resource.stack}:${resource.address}` === address,
  );
  if (found.length === 0) return undefined;
  const redact = redaction(proof.configuration);
  return found.map((resource) => `${draw(explainOne(proof, resource), redact).join("\n")}\n`).join("\n");
}

function explainOne(proof: Proof, resource: Resource): Branch {
  const entry = entryFor(modelKey(resource));
  const leaving = leavingBranches(proof, resource);
  const open = openPoints(proof, resource);
  const contained = leaving.length === 0 && open.length === 0;
  return {
    text: `${resource.address} (${resource.stack})`,
    below: [
      { text: entry ? `is ${entry.what} [${entry.kind}; ${entry.docs}]` : "is not modelled" },
      ...standing(proof, resource),
      ...section("leaves", leaving),
      ...section("sends", sending(proof, resource)),
      ...section("gets", receiving(proof, resource)),
      ...explainInterface(resource, room(proof)),
      ...section("is read by", readers(proof, resource)),
      ...section("is not decided", open),
      ...(contained ? [{ text: `so nothing of it leaves ${proof.world.boundary.name}` }] : []),
    ],
  };
}

/** What the rooms of the proof are asked with. */
const room = ({ configuration, context, world }: Proof): RoomInput => ({
  resources: configuration.resources,
  context,
  world,
  entryOf: (one) => entryFor(modelKey(one)),
});

const section = (text: string, below: readonly Branch[]): Branch[] => (below.length === 0 ? [] : [{ text, below }]);

function standing(proof: Proof, resource: Resource): Branch[] {
  return (proof.placements.of.get(resource) ?? []).map((one) => ({
    text: `stands in ${placeName(one.place)}, ${proof.world.sideOf(one.place)}: ${one.why}`,
  }));
}

const stepBranch = (step: Step): Branch => {
  const by = step.attribute === undefined ? step.by.address : `${step.by.address}: ${step.attribute}`;
  return { text: `${step.from} → ${step.to}`, below: [{ text: `${step.why} (${by})` }] };
};

function leavingBranches(proof: Proof, resource: Resource): Branch[] {
  return proof.escapes
    .filter((escape) => escape.resource === resource || escape.path.some((step) => step.by === resource))
    .map((escape) => ({
      text: `to ${placeName(escape.place)} by ${escape.channel}`,
      below: escape.path.map(stepBranch),
    }));
}

const inside = (flow: Flow): boolean => flow.to.kind === "resource";

const sending = (proof: Proof, resource: Resource): Branch[] =>
  proof.flows
    .filter((flow) => flow.from === resource && inside(flow))
    .map((flow) => ({
      text: `to ${flow.steps[flow.steps.length - 1].to} by ${flow.channel}`,
      below: flow.steps.map((step) => ({ text: step.why })),
    }));

const receiving = (proof: Proof, resource: Resource): Branch[] =>
  proof.flows
    .filter((flow) => flow.to.kind === "resource" && flow.to.resource === resource)
    .map((flow) => ({ text: `from ${flow.from.address} by ${flow.channel}` }));

/** Asked of what keeps data; the rest has nothing to read. */
function readers(proof: Proof, resource: Resource): Branch[] {
  if (resource.mode !== "managed" || entryFor(modelKey(resource))?.kind !== "holds") return [];
  return whoCanRead(resource, room(proof)).map(({ who, side, request, because, unless }) => ({
    text: `${who}, ${side}, by ${request}${unless === undefined ? "" : ` (possibly, unless it turns out otherwise: ${unless})`}`,
    below: because.map((text) => ({ text })),
  }));
}

const openPoints = (proof: Proof, resource: Resource): Branch[] =>
  proof.undecided
    .filter((one) => one.resource === resource.address && one.stack === resource.stack)
    .map((one) => ({ text: `${one.attribute ?? ""} ${one.message}`.trim() }));

/** The tree with its lines; what the configuration wrote is neutralized here. */
function draw({ text, below = [] }: Branch, redact: Redact): string[] {
  const lines = [printable(redact(text))];
  below.forEach((branch, i) => {
    const last = i === below.length - 1;
    const [first, ...rest] = draw(branch, redact);
    lines.push(`${last ? "└─ " : "├─ "}${first}`, ...rest.map((line) => `${last ? "   " : "│  "}${line}`));
  });
  return lines;
}
