/** What must hold between the fields of a declaration: places are where they say, addresses and names don't collide. */
import { accessProblems } from "./access";
import { Cidr } from "./cidr";
import type { Geography } from "./geography";
import { guardrailsProblems } from "./guardrails";
import { migrationProblems } from "./migration";
import { type OversightShape, oversightProblems } from "./oversight";
import { type PipelineShape, pipelineProblems } from "./pipeline";
import { placementProblems, type Room } from "./placement";
import type { CheckedShape } from "./schema";
import { transferProblems } from "./transfers";

/** One thing that is wrong, and the field it is about. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

type SiteShape = CheckedShape["sites"][string];
type DataCentreShape = SiteShape["dataCentres"][string];

/** A data centre with the path of its fields. */
interface Placed {
  readonly name: string;
  readonly path: readonly string[];
  readonly siteName: string;
  readonly site: SiteShape;
  readonly dataCentre: DataCentreShape;
}

/** Everything that is wrong with a declaration whose shape is right, in the order of its fields. */
export function problemsOf(shape: CheckedShape, facts: Geography): Problem[] {
  const today = facts.today();
  const boundary = boundaryOf(shape, facts);
  if (!boundary) return [{ path: ["boundary"], message: `there is no boundary named "${shape.boundary}"` }];
  const dataCentres = placed(shape);
  const inside = (countries: readonly string[]) => countries.every((country) => boundary.countries.includes(country));
  return [
    ...accountProblems(shape),
    ...Object.entries(shape.sites).flatMap(([name, site]) => siteProblems(name, site, shape, facts, inside)),
    ...dataCentres.flatMap((placed) => dataCentreProblems(placed, shape, facts, inside)),
    ...nameProblems(dataCentres),
    ...sharedProblems(dataCentres),
    ...(shape.oversight ? partnerProblems(shape.oversight, shape, facts, inside) : []),
    ...overlapProblems(shape, dataCentres),
    ...copyProblems(dataCentres),
    ...(shape.migration
      ? migrationProblems(shape.migration, shape, (region) => facts.countriesOfRegion(region), inside, today)
      : []),
    ...(shape.pipeline ? deliveryProblems(shape.pipeline, shape, facts, inside) : []),
    ...(shape.guardrails ? guardrailsProblems(shape.guardrails, shape) : []),
    ...(shape.placement ? placementProblems(shape.placement, boundary.countries, roomsOf(shape)) : []),
    ...gatewayProblems(shape, inside, today),
  ];
}

function boundaryOf(shape: CheckedShape, facts: Geography) {
  return typeof shape.boundary === "string" ? facts.boundary(shape.boundary) : shape.boundary;
}

function placed(shape: CheckedShape): Placed[] {
  return Object.entries(shape.sites).flatMap(([siteName, site]) =>
    Object.entries(site.dataCentres).map(([name, dataCentre]) => {
      const path = ["sites", siteName, "dataCentres", name];
      return { name, path, siteName, site, dataCentre };
    }),
  );
}

function accountProblems(shape: CheckedShape): Problem[] {
  const same = duplicates(
    Object.entries(shape.accounts).map(([name, id]) => ({ key: id, path: ["accounts", name] })),
  ).map(({ path, first }) => ({ path, message: `is the same account as ${first.join(".")}` }));
  const { management } = shape;
  if (management === undefined) {
    const lacking = "is missing: the partner is given the organization's trail by that account";
    return shape.oversight ? [...same, { path: ["management"], message: lacking }] : same;
  }
  if (Object.hasOwn(shape.accounts, management)) return same;
  return [...same, { path: ["management"], message: `"${management}" is not one of accounts` }];
}

function partnerProblems(
  oversight: OversightShape,
  shape: CheckedShape,
  facts: Geography,
  inside: (countries: readonly string[]) => boolean,
): Problem[] {
  const zones = oversight.network.zones.flatMap((zone, i) =>
    zoneProblem(zone, ["oversight", "network", "zones", String(i)], oversight.region, facts, inside),
  );
  return [...oversightProblems(oversight, shape, inside), ...zones];
}

/** The gateways need somebody who watches them. */
function gatewayProblems(
  shape: CheckedShape,
  inside: (countries: readonly string[]) => boolean,
  today: string,
): Problem[] {
  const { access, pseudonymisation, transfers, oversight } = shape;
  const setting = {
    access,
    pseudonymisation,
    regions: [...new Set(Object.values(shape.sites).map(({ region }) => region))],
    accounts: Object.values(shape.accounts),
    inside,
    today,
  };
  return [
    ...(access && !oversight
      ? [{ path: ["access"], message: "needs oversight to be declared, which keeps the evidence" }]
      : []),
    ...(access ? accessProblems(access) : []),
    ...(transfers ? transferProblems(transfers, setting) : []),
  ];
}

function deliveryProblems(
  pipeline: PipelineShape,
  shape: CheckedShape,
  facts: Geography,
  inside: (countries: readonly string[]) => boolean,
): Problem[] {
  const zones = pipeline.network.zones.flatMap((zone, i) =>
    zoneProblem(zone, ["pipeline", "network", "zones", String(i)], pipeline.region, facts, inside),
  );
  const { oversight } = shape;
  // A network's way to S3 leads to buckets of its own region.
  const reported =
    oversight && oversight.region !== pipeline.region
      ? [
          {
            path: ["pipeline", "region"],
            message: `is not that of oversight, ${oversight.region}, which takes the reports`,
          },
        ]
      : [];
  return [...pipelineProblems(pipeline, shape), ...reported, ...zones];
}

function siteProblems(
  name: string,
  site: SiteShape,
  shape: CheckedShape,
  facts: Geography,
  inside: (countries: readonly string[]) => boolean,
): Problem[] {
  const path = ["sites", name];
  const problems: Problem[] = [];
  if (!Object.hasOwn(shape.accounts, site.account)) {
    problems.push({ path: [...path, "account"], message: `"${site.account}" is not one of accounts` });
  }
  const countries = facts.countriesOfRegion(site.region);
  if (!countries) {
    problems.push({ path: [...path, "region"], message: `"${site.region}" is not a region that is known` });
  } else if (!inside(countries)) {
    problems.push({
      path: [...path, "region"],
      message: `${site.region} is in ${countries.join(", ")}, outside the boundary`,
    });
  }
  site.inspection.zones.forEach((zone, i) => {
    problems.push(...zoneProblem(zone, [...path, "inspection", "zones", String(i)], site.region, facts, inside));
  });
  return problems;
}

function dataCentreProblems(
  { path, site, dataCentre }: Placed,
  shape: CheckedShape,
  facts: Geography,
  inside: (countries: readonly string[]) => boolean,
): Problem[] {
  const problems: Problem[] = [];
  if ((dataCentre.zones === undefined) === (dataCentre.outposts === undefined)) {
    problems.push({ path, message: "must have either zones or outposts" });
  }
  dataCentre.zones?.forEach((zone, i) => {
    problems.push(...zoneProblem(zone, [...path, "zones", String(i)], site.region, facts, inside));
  });
  dataCentre.outposts?.forEach((outpost, i) => {
    const at = [...path, "outposts", String(i)];
    const [, , , home, account] = outpost.arn.split(":");
    if (home !== site.region) {
      problems.push({ path: [...at, "arn"], message: `the Outpost is homed in ${home}, its site in ${site.region}` });
    }
    if (!Object.values(shape.accounts).includes(account)) {
      problems.push({
        path: [...at, "arn"],
        message: `the Outpost belongs to account ${account}, which is not one of accounts`,
      });
    }
    if (!inside([outpost.country])) {
      problems.push({ path: [...at, "country"], message: `${outpost.country} is outside the boundary` });
    }
    problems.push(...zoneProblem(outpost.zone, [...at, "zone"], site.region, facts, inside));
  });
  return problems;
}

function zoneProblem(
  zone: string,
  path: readonly string[],
  region: string,
  facts: Geography,
  inside: (countries: readonly string[]) => boolean,
): Problem[] {
  const known = facts.zone(zone);
  if (!known) return [{ path, message: `"${zone}" is not the id of a zone that is known (ids look like euw1-az1)` }];
  const problems: Problem[] = [];
  if (known.region !== region)
    problems.push({ path, message: `${zone} is a zone of ${known.region}, not of ${region}` });
  if (!inside(known.countries)) {
    problems.push({ path, message: `${zone} is in ${known.countries.join(", ")}, outside the boundary` });
  }
  if (!known.full) problems.push({ path, message: `${zone} is no availability zone: it can't carry all tiers` });
  return problems;
}

/** Stacks are named after data centres, so their names are unique over all sites. */
function nameProblems(dataCentres: readonly Placed[]): Problem[] {
  return duplicates(dataCentres.map(({ name, path }) => ({ key: name, path }))).map(({ path, first }) => ({
    path,
    message: `has the same name as ${first.join(".")}`,
  }));
}

/** Two data centres in one zone would fail together; an Outpost is named once. */
function sharedProblems(dataCentres: readonly Placed[]): Problem[] {
  const zones = dataCentres.flatMap(({ path, site, dataCentre }) =>
    (dataCentre.zones ?? []).map((zone, i) => ({
      key: `${site.account} ${zone}`,
      path: [...path, "zones", String(i)],
    })),
  );
  const outposts = dataCentres.flatMap(({ path, dataCentre }) =>
    (dataCentre.outposts ?? []).map((outpost, i) => ({ key: outpost.arn, path: [...path, "outposts", String(i)] })),
  );
  return [...duplicates(zones), ...duplicates(outposts)].map(({ path, first }) => ({
    path,
    message: `is the same as ${first.join(".")}; each belongs to one data centre`,
  }));
}

function overlapProblems(shape: CheckedShape, dataCentres: readonly Placed[]): Problem[] {
  const ranges = [
    ...Object.entries(shape.sites).map(([name, site]) => ({
      path: ["sites", name, "inspection"],
      range: site.inspection,
    })),
    ...dataCentres.map(({ path, dataCentre }) => ({ path: [...path, "network"], range: dataCentre.network })),
    ...(shape.oversight ? [{ path: ["oversight", "network"], range: shape.oversight.network }] : []),
    ...(shape.pipeline ? [{ path: ["pipeline", "network"], range: shape.pipeline.network }] : []),
  ].flatMap(({ path, range }) =>
    (["ipv4", "ipv6"] as const).map((family) => ({ path: [...path, family], cidr: Cidr.parse(range[family]) })),
  );
  return ranges.flatMap(({ path, cidr }, i) =>
    ranges
      .slice(0, i)
      .filter((other) => other.cidr.overlaps(cidr))
      .map((other) => ({ path, message: `${cidr} overlaps ${other.cidr} of ${other.path.join(".")}` })),
  );
}

/** Copies go to another data centre of the enclave, backups to another site. */
function copyProblems(dataCentres: readonly Placed[]): Problem[] {
  const sites = new Map(dataCentres.map(({ name, siteName }) => [name, siteName]));
  return dataCentres.flatMap(({ name, path, siteName, dataCentre }) => [
    ...dataCentre.replicatesTo.flatMap((target, i) => {
      const at = [...path, "replicatesTo", String(i)];
      if (!sites.has(target)) return [{ path: at, message: `"${target}" is not a data centre of the enclave` }];
      return target === name ? [{ path: at, message: "a data centre is not a copy of itself" }] : [];
    }),
    ...dataCentre.backsUpTo.flatMap((target, i) => {
      const at = [...path, "backsUpTo", String(i)];
      if (!sites.has(target)) return [{ path: at, message: `"${target}" is not a data centre of the enclave` }];
      return sites.get(target) === siteName ? [{ path: at, message: `"${target}" is on the same site` }] : [];
    }),
  ]);
}

/** The room on the racks of each site. */
function roomsOf(shape: CheckedShape): Map<string, Room> {
  return new Map(
    Object.entries(shape.sites).map(([name, site]): [string, Room] => {
      const racks = Object.values(site.dataCentres).flatMap(({ outposts }) => outposts ?? []);
      const sum = (tier: "objects" | "blocks") =>
        racks.reduce((total, { capacity }) => total + (capacity?.[tier] ?? 0), 0);
      return [name, racks.length === 0 ? {} : { objects: sum("objects"), blocks: sum("blocks") }];
    }),
  );
}

interface Keyed {
  readonly key: string;
  readonly path: readonly string[];
}

/** Those whose key stands before, each with the path of the first. */
function duplicates(all: readonly Keyed[]): { path: readonly string[]; first: readonly string[] }[] {
  const seen = new Map<string, readonly string[]>();
  return all.flatMap(({ key, path }) => {
    const first = seen.get(key);
    if (first) return [{ path, first }];
    seen.set(key, path);
    return [];
  });
}
