/** One resource explained: where it stands, the flows from and to it, what is open about it. */
import { modelKey, type Resource } from "../configuration/resource";
import type { Flow } from "../flows/flow";
import type { Proof } from "../prover/prove";
import { entryFor } from "../services";
import { printable } from "./escape";
import { placeName } from "./report";

/** The explanation as text; undefined if no resource has the address (`STACK:ADDRESS` picks one of several). */
export function explain(proof: Proof, address: string): string | undefined {
  const found = proof.configuration.resources.filter(
    (resource) => resource.address === address || `${resource.stack}:${resource.address}` === address,
  );
  return found.length === 0 ? undefined : found.map((resource) => explainOne(proof, resource)).join("\n");
}

function explainOne(proof: Proof, resource: Resource): string {
  const entry = entryFor(modelKey(resource));
  const lines = [
    `${printable(resource.address)} (${printable(resource.stack)})`,
    `  is     ${entry ? `${entry.what} [${entry.kind}; ${entry.docs}]` : "not modelled"}`,
    ...standing(proof, resource),
    ...section("leaves ", leaving(proof, resource)),
    ...section("sends  ", sending(proof, resource)),
    ...section("gets   ", receiving(proof, resource)),
    ...section("open   ", openPoints(proof, resource)),
  ];
  if (leaving(proof, resource).length === 0 && openPoints(proof, resource).length === 0) {
    lines.push(`  so     nothing of it leaves ${printable(proof.world.boundary.name)}`);
  }
  return `${lines.join("\n")}\n`;
}

const section = (title: string, lines: string[]): string[] => lines.map((line) => `  ${title}${printable(line)}`);

function standing(proof: Proof, resource: Resource): string[] {
  return (proof.placements.of.get(resource) ?? []).map((one) => {
    const side = proof.world.sideOf(one.place);
    return `  stands ${printable(placeName(one.place))}, ${side}: ${printable(one.why)}`;
  });
}

function leaving(proof: Proof, resource: Resource): string[] {
  return proof.escapes
    .filter((escape) => escape.resource === resource || escape.path.some((step) => step.by === resource))
    .map(
      (escape) =>
        `to ${placeName(escape.place)} by ${escape.channel}: ${escape.path.map((step) => step.why).join("; ")}`,
    );
}

const inside = (flow: Flow): boolean => flow.to.kind === "resource";

function sending(proof: Proof, resource: Resource): string[] {
  return proof.flows
    .filter((flow) => flow.from === resource && inside(flow))
    .map((flow) => `to ${flow.steps[flow.steps.length - 1].to} by ${flow.channel}`);
}

function receiving(proof: Proof, resource: Resource): string[] {
  return proof.flows
    .filter((flow) => flow.to.kind === "resource" && flow.to.resource === resource)
    .map((flow) => `from ${flow.from.address} by ${flow.channel}`);
}

const openPoints = (proof: Proof, resource: Resource): string[] =>
  proof.undecided
    .filter((one) => one.resource === resource.address && one.stack === resource.stack)
    .map((one) => `${one.attribute ?? ""} ${one.message}`.trim());
