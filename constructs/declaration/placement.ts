/** Where the data of each country's users stands, and whether there is room for it. */
import { z } from "zod";
import type { Problem } from "./rules";
import { loadOf, type RackTier, rackTiers } from "./sizing";

const amount = z.number().min(0, "must not be negative");

export const placementSchema = z.strictObject({
  /** Countries outside the boundary whose users are served too; their data stands inside like everyone's. */
  alsoServes: z
    .array(z.string().regex(/^[A-Z]{2}$/, "must be a country as ISO 3166-1 alpha-2, such as GB"))
    .default([]),
  homes: z.array(
    z.strictObject({
      /** Site that the data stands at. */
      home: z.string(),
      /** Site that keeps a copy. */
      second: z.string(),
      /** Monthly users by country. */
      users: z.record(z.string().regex(/^[A-Z]{2}$/, "must be a country as ISO 3166-1 alpha-2"), z.int().min(0)),
    }),
  ),
  /** What one user's data takes. */
  perUser: z.strictObject({ objectsMib: amount, relationalKib: amount, recordsKib: amount }),
  /** By which share everything grows in a year, and for how many years there has to be room. */
  growth: z.strictObject({ perYear: amount, years: z.int().min(0).max(20) }),
});

export type PlacementShape = z.output<typeof placementSchema>;

/** What a site can hold, where that is finite. */
export type Room = Partial<Record<RackTier, number>>;

/**
 * Everything that is wrong with a placement.
 *
 * @param countries the countries of the boundary; each has to have a home
 * @param rooms every site by name, with the room on its racks in TiB; nothing for a site that stands in zones
 */
export function placementProblems(
  placement: PlacementShape,
  countries: readonly string[],
  rooms: ReadonlyMap<string, Room>,
): Problem[] {
  return [
    ...siteProblems(placement, rooms),
    ...countryProblems(placement, countries),
    ...roomProblems(placement, rooms),
  ];
}

function siteProblems({ homes }: PlacementShape, rooms: ReadonlyMap<string, Room>): Problem[] {
  return homes.flatMap(({ home, second }, i) => {
    const path = ["placement", "homes", String(i)];
    const unknown = Object.entries({ home, second }).filter(([, name]) => !rooms.has(name));
    const same = home === second ? [{ path: [...path, "second"], message: "is the home itself" }] : [];
    return [
      ...unknown.map(([key, name]) => ({ path: [...path, key], message: `"${name}" is not one of sites` })),
      ...same,
    ];
  });
}

/** Every country that is served has one home, and no other country has any. */
function countryProblems({ homes, alsoServes }: PlacementShape, countries: readonly string[]): Problem[] {
  const served = new Set([...countries, ...alsoServes]);
  const first = new Map<string, string>();
  const problems = homes.flatMap(({ users }, i) =>
    Object.keys(users).flatMap((country): Problem[] => {
      const path = ["placement", "homes", String(i), "users", country];
      const before = first.get(country);
      if (before) return [{ path, message: `has a home already, in ${before}` }];
      first.set(country, path.slice(0, 3).join("."));
      return served.has(country) ? [] : [{ path, message: "is neither in the boundary nor in placement.alsoServes" }];
    }),
  );
  const missing = [...served].filter((country) => !first.has(country)).sort();
  if (missing.length === 0) return problems;
  return [...problems, { path: ["placement", "homes"], message: `no home for the users of ${missing.join(", ")}` }];
}

function roomProblems(placement: PlacementShape, rooms: ReadonlyMap<string, Room>): Problem[] {
  return [...rooms].flatMap(([site, room]) => {
    const load = loadOf(site, placement);
    return rackTiers
      .filter((tier) => room[tier] !== undefined && load[tier] > room[tier])
      .map((tier) => ({
        path: ["placement"],
        message:
          `${site} can't hold the ${tier} of ${load.users} users: ${load[tier].toFixed(1)} TiB ` +
          `after ${placement.growth.years} years, its Outposts hold ${room[tier]} TiB`,
      }));
  });
}

/** The pairs of home and second site that a placement makes, each once. */
export function sitePairs({ homes }: Pick<PlacementShape, "homes">): { home: string; second: string }[] {
  const pairs = new Map(homes.map(({ home, second }) => [`${home} ${second}`, { home, second }]));
  return [...pairs.values()];
}
