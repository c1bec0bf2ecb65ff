/** Where each resource stands: its effective region, narrowed by zone or Outpost; outside the boundary, that is an escape by itself. */
import type { Resource, Undecided } from "../configuration/resource";
import { find, isUnknown, type Unknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import type { Flow } from "../flows/flow";
import type { Entry } from "../flows/vocabulary";
import { type Place, placeOfRegion, placeOfZone } from "../geography/place";
import type { World } from "../geography/world";
import { regionArguments } from "./context";
import { rolesOf } from "./entry-roles";
import { undecided } from "./roles";

export interface Standing {
  readonly place: Place;
  /** The attribute that says so, exact; and the value it holds. */
  readonly attribute: string;
  readonly why: string;
  readonly unless?: string;
}

export interface Placements {
  /** For each resource that stands somewhere: all places that its data may stand in, narrowest first. */
  readonly of: Map<Resource, readonly Standing[]>;
  readonly undecided: Undecided[];
}

export function placeAll(
  resources: readonly Resource[],
  entryOf: (resource: Resource) => Entry | undefined,
  context: Context,
  world: World,
): Placements {
  const of = new Map<Resource, readonly Standing[]>();
  const out: Undecided[] = [];
  const homeless = new Map<string, Resource[]>();
  for (const resource of resources) {
    const entry = entryOf(resource);
    if (!entry || resource.mode !== "managed" || entry.placement) continue;
    const standings: Standing[] = [];
    addNarrowed(standings, resource, entry, world, out);
    addThroughSubnets(standings, resource, entry, context, world);
    const region = context.regionOf(resource);
    if (region !== undefined) {
      const standing = inRegion(resource, region);
      standings.push(standing);
      if (standing.attribute !== "region") noteDefault(resource, region, world);
    } else {
      const possible = possibleRegions(resource);
      if (possible) standings.push(...possible);
      else {
        const key = `${resource.stack}\u0000${providerAddress(resource)}`;
        homeless.set(key, [...(homeless.get(key) ?? []), resource]);
      }
    }
    const taken = resource.imported?.region;
    if (taken !== undefined && taken !== region) standings.push(importedFrom(taken));
    of.set(resource, standings);
  }
  for (const group of homeless.values()) out.push(noRegion(group));
  return { of, undecided: out };
}

/** A region that only the command line names is taken on trust. */
function noteDefault(resource: Resource, region: string, world: World): void {
  const { values, regionAssumed } = resource.provider;
  if (regionAssumed || values.region === undefined || values.region === null || values.region === "") {
    const why = regionAssumed ? "names a region that can't be seen" : "names no region";
    const statement = `${why}: ${region} is taken for it`;
    world.assume({ subject: providerAddress(resource), statement, source: "--default-region" });
  }
}

const providerAddress = (resource: Resource): string =>
  `provider.${resource.provider.name}${resource.provider.alias ? `.${resource.provider.alias}` : ""}`;

function inRegion(resource: Resource, region: string): Standing {
  const [decisive, ...others] = regionArguments(resource);
  const own = others.length > 0 && decisive !== undefined && decisive !== null;
  return {
    place: placeOfRegion(region),
    attribute: own ? "region" : `${providerAddress(resource)}.region`,
    why: own ? `its region argument is ${region}` : `the region of ${providerAddress(resource)} is ${region}`,
  };
}

/** What is taken up from another region stands there until it has been replaced. */
const importedFrom = (region: string): Standing => ({
  place: placeOfRegion(region),
  attribute: "region",
  why: `it is taken up (import) from ${region}`,
});

/** A region that is one of several (a conditional): the resource may stand in each of them. */
function possibleRegions(resource: Resource): Standing[] | undefined {
  for (const value of regionArguments(resource)) {
    if (value === undefined || value === null) continue;
    if (!isUnknown(value) || !value.candidates?.every((candidate) => typeof candidate === "string")) return undefined;
    return value.candidates.map((candidate) => ({
      ...inRegion(resource, candidate as string),
      unless: value.why,
    }));
  }
  return undefined;
}

/** Zones and Outposts: the place of a zone is its own, not that of the region it belongs to. */
function addNarrowed(to: Standing[], resource: Resource, entry: Entry, world: World, out: Undecided[]): void {
  for (const [path, role] of rolesOf(entry).standing) {
    for (const { value, at } of find(resource.values, path)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        const standings = standingsAt(one as Value, role.in, at, world);
        if (standings.length > 0) to.push(...standings);
        else if (isUnknown(one as Value) && !followsConfiguration(one as Value)) {
          out.push(undecided(resource, at, "unknown-value", `${role.in}: ${lookedUp(one as Unknown)}`));
        }
      }
    }
  }
}

const IN_ONE_SUBNET = [{ subnets: "subnet_id" }];

/** What has an interface in a subnet stands where the subnet does. */
function addThroughSubnets(to: Standing[], resource: Resource, entry: Entry, context: Context, world: World): void {
  for (const { subnets } of entry.interfaces ?? IN_ONE_SUBNET) {
    for (const { value, at } of find(resource.values, subnets)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        const subnet = context.denoted(one as Value).find(({ type }) => type === "aws_subnet");
        for (const [path, where] of [
          ["outpost_arn", "outpost"],
          ["availability_zone", "zone"],
          ["availability_zone_id", "zone"],
        ] as const) {
          const standing = subnet && standingAt(subnet.values[path] ?? null, where, at, world);
          if (standing)
            to.push({ ...standing, why: `${at} is ${subnet.address}, whose ${path} is ${subnet.values[path]}` });
        }
      }
    }
  }
}

/** A zone or Outpost taken over from another resource of the configuration is judged there. */
const followsConfiguration = (value: Value): boolean =>
  isUnknown(value) && value.resource !== undefined && value.resource.mode === "managed";

/** Why a value is not known, with what it comes from. */
const lookedUp = ({ why, references }: Unknown): string =>
  references.length === 0 ? why : `comes from ${references.map(({ address }) => address).join(", ")}: ${why}`;

/** All places that a value may name: one of several (the zones of a region), each of them possibly. */
function standingsAt(value: Value, where: "region" | "zone" | "outpost", at: string, world: World): Standing[] {
  if (!isUnknown(value) || !value.candidates?.every((candidate) => typeof candidate === "string")) {
    const standing = standingAt(value, where, at, world);
    return standing ? [standing] : [];
  }
  return value.candidates.flatMap((candidate) => {
    const standing = standingAt(candidate, where, at, world);
    return standing ? [{ ...standing, unless: value.why }] : [];
  });
}

function standingAt(
  value: Value,
  where: "region" | "zone" | "outpost",
  at: string,
  world: World,
): Standing | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  const why = `${at} is ${value}`;
  if (where === "region") return { place: placeOfRegion(value), attribute: at, why };
  if (where === "zone") return { place: placeOfZone(value), attribute: at, why };
  return { place: world.outpost(value) ?? { id: value, countries: undefined }, attribute: at, why };
}

function noRegion(group: Resource[]): Undecided {
  const [first] = group;
  const value = regionArguments(first).find((one) => one !== undefined && one !== null);
  const why = isUnknown(value) ? value.why : "no region is configured";
  const others = group.length === 1 ? "" : ` (${group.length} resources, ${first.address} the first)`;
  return {
    ...undecided(
      first,
      "region",
      "unknown-value",
      `${providerAddress(first)}: ${why}, so where it stands is not known${others}; --default-region names one`,
    ),
  };
}

/** What stands outside, as flows: data kept by the resource is there. */
export function placementFlows(placements: Placements, world: World): Flow[] {
  const flows: Flow[] = [];
  for (const [resource, standings] of placements.of) {
    for (const standing of standings) {
      if (world.sideOf(standing.place) === "inside") continue;
      flows.push({
        from: resource,
        channel: "placement",
        to: { kind: "place", place: standing.place },
        steps: [
          {
            from: resource.address,
            to: standing.place.id,
            by: resource,
            attribute: standing.attribute,
            why: standing.why,
          },
        ],
        ...(standing.unless === undefined ? {} : { unless: standing.unless }),
      });
    }
  }
  return flows;
}
