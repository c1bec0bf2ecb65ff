/**
 * The argument: models and rooms state flows; a flow that ends outside the boundary is an escape if it is definite,
 * undecided if it rests on something unknown; what nobody modelled is undecided; otherwise the configuration is
 * contained.
 */
import type { Configuration, Resource, Undecided } from "../configuration/resource";
import { modelKey } from "../configuration/resource";
import type { Flow, Step } from "../flows/flow";
import type { Entry } from "../flows/vocabulary";
import type { Place } from "../geography/place";
import type { World } from "../geography/world";
import { identityFlows } from "../identity";
import { networkFlows } from "../network";
import { entryFor } from "../services";
import { checkClosed, isForeign } from "./closed-world";
import { ConfigurationContext } from "./context";
import { type Placements, placeAll, placementFlows } from "./placement";
import { applyEntry, type Findings, undecided } from "./roles";

export type Verdict = "contained" | "escapes" | "undecided";

/** A definite flow to a place or party outside. */
export interface Escape {
  readonly resource: Resource;
  readonly channel: string;
  readonly place: Place;
  readonly path: readonly Step[];
}

export interface Proof {
  readonly verdict: Verdict;
  readonly configuration: Configuration;
  readonly world: World;
  readonly context: ConfigurationContext;
  readonly placements: Placements;
  /** All flows, inside ones too. */
  readonly flows: readonly Flow[];
  readonly escapes: readonly Escape[];
  readonly undecided: readonly Undecided[];
}

/**
 * Judges a configuration. What a plan deletes is there until it is gone, and gone afterwards: the claim must hold both
 * ways, for what it would let out and for what it would have stopped.
 */
export function prove(configuration: Configuration, world: World): Proof {
  const now = proveAsIs(configuration, world);
  const kept = configuration.resources.filter(({ change }) => change !== "delete" && change !== "forget");
  if (kept.length === configuration.resources.length) return now;
  const then = proveAsIs({ ...configuration, resources: kept }, world);
  return concluded(
    { ...now, flows: [...now.flows, ...then.flows] },
    [...now.escapes, ...then.escapes],
    [...now.undecided, ...then.undecided],
  );
}

function proveAsIs(configuration: Configuration, world: World): Proof {
  const { resources } = configuration;
  const context = new ConfigurationContext(resources, world);
  const entryOf = entriesOf();
  const out: Findings = { flows: [], undecided: [...configuration.undecided] };
  for (const resource of resources) {
    const entry = entryOf(resource);
    checkClosed(resource, entry, context, world, out.undecided);
    if (!entry) continue;
    applyEntry(resource, entry, context, world, out);
    if (entry.placement) world.assume({ subject: resource.type, statement: entry.placement.global, source: "model" });
  }
  const placements = placeAll(resources, entryOf, context, world);
  out.undecided.push(...placements.undecided);
  out.flows.push(...placementFlows(placements, world));
  const room = { resources, context, world, entryOf };
  const network = networkFlows(room);
  for (const result of [network, identityFlows({ ...room, visitorsOf: network.visitorsOf })]) {
    out.flows.push(...result.flows);
    out.undecided.push(...result.undecided);
  }
  return judge(configuration, world, context, placements, out);
}

/** The model of a resource, which is asked for again and again. */
function entriesOf(): (resource: Resource) => Entry | undefined {
  const entries = new Map<Resource, Entry | undefined>();
  return (resource) => {
    const known = entries.get(resource);
    if (known !== undefined || entries.has(resource)) return known;
    const entry = isForeign(resource) ? undefined : entryFor(modelKey(resource));
    entries.set(resource, entry);
    return entry;
  };
}

function judge(
  configuration: Configuration,
  world: World,
  context: ConfigurationContext,
  placements: Placements,
  { flows, undecided: open }: Findings,
): Proof {
  const escapes: Escape[] = [];
  for (const flow of flows) {
    for (const end of ends(flow, placements, world)) {
      if (world.sideOf(end.place) === "inside") continue;
      const unless = flow.unless ?? end.unless ?? conditional(flow);
      if (unless === undefined) {
        escapes.push({
          resource: flow.from,
          channel: flow.channel,
          place: end.place,
          path: [...flow.steps, ...end.steps],
        });
      } else {
        const last = flow.steps[flow.steps.length - 1];
        open.push(
          undecided(
            last.by,
            last.attribute,
            "unknown-value",
            `${flow.channel} to ${end.place.id}, unless it turns out otherwise: ${unless}`,
          ),
        );
      }
    }
  }
  return concluded({ configuration, world, context, placements, flows }, escapes, open);
}

/** The proof with its verdict, findings sorted and without repetition. */
function concluded(
  { configuration, world, context, placements, flows }: Omit<Proof, "verdict" | "escapes" | "undecided">,
  escapes: readonly Escape[],
  open: readonly Undecided[],
): Proof {
  const found = unique(escapes, escapeKey);
  const undecidedOnes = unique(open, (one) =>
    [one.resource, one.stack, one.attribute, one.reason, one.message].join("\u0000"),
  );
  const verdict = found.length > 0 ? "escapes" : undecidedOnes.length > 0 ? "undecided" : "contained";
  return { verdict, configuration, world, context, placements, flows, escapes: found, undecided: undecidedOnes };
}

/** Why something that a flow needs may not be there at all. */
const conditional = ({ from, steps }: Flow): string | undefined =>
  from.conditional ?? steps.map((step) => step.by.conditional).find((reason) => reason !== undefined);

interface End {
  readonly place: Place;
  readonly steps: readonly Step[];
  readonly unless?: string;
}

/** Where a flow ends: at its place, or wherever the resource it ends at stands. */
function ends(flow: Flow, placements: Placements, world: World): End[] {
  if (flow.to.kind === "place") return [{ place: flow.to.place, steps: [] }];
  const target = flow.to.resource;
  return (placements.of.get(target) ?? [])
    .filter((standing) => world.sideOf(standing.place) !== "inside")
    .map((standing) => ({
      place: standing.place,
      unless: standing.unless,
      steps: [
        { from: target.address, to: standing.place.id, by: target, attribute: standing.attribute, why: standing.why },
      ],
    }));
}

const escapeKey = (escape: Escape): string =>
  [
    escape.resource.address,
    escape.resource.stack,
    escape.channel,
    escape.place.id,
    ...escape.path.flatMap((step) => [step.from, step.to, step.by.address, step.attribute]),
  ].join("\u0000");

/** Sorted by content and without repetition, so that the order of the input leaves no trace. */
function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) byKey.set(key(item), item);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}
