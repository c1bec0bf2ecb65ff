/** The copies that stand outside and are brought in: from where, to which sites, and until when. */
import { z } from "zod";
import type { Problem } from "./rules";
import { accountId } from "./values";

const copySchema = z.strictObject({
  /** The bucket that the copy stands in. */
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket"),
  /** What is expected to arrive. */
  objects: z.int().min(0),
  bytes: z.number().min(0),
});

const sourceSchema = z.strictObject({
  region: z.string(),
  /** Account that the copies belong to; it is none of the enclave's. */
  account: accountId,
  /** Role of that account that replicates into the landing buckets. Left out: the site fetches with AWS DataSync. */
  writer: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, "must be the name of a role")
    .optional(),
  /** What stands there for each site. */
  copies: z.record(z.string(), copySchema),
});

export const migrationSchema = z.strictObject({
  /**
   * Last day that anything comes in. After it the way in has to be taken out of the declaration by hand: were it left out
   * by itself, a plan would delete the landing buckets, and nobody would have said that everything is moved home.
   */
  until: z.iso.date("must be a date: YYYY-MM-DD"),
  sources: z.record(
    z.string().regex(/^[a-z][a-z0-9-]{0,18}$/, "must be lower-case letters, digits and dashes"),
    sourceSchema,
  ),
});

export type MigrationShape = z.output<typeof migrationSchema>;

/** What a declaration says beside, as far as the migration depends on it. */
export interface Receiving {
  readonly accounts: Readonly<Record<string, string>>;
  readonly sites: Readonly<Record<string, unknown>>;
}

/**
 * Everything that is wrong with a migration.
 *
 * @param countriesOf the countries of a region, or undefined if there is no such region
 * @param inside whether countries are all inside the boundary
 * @param today `YYYY-MM-DD`
 */
export function migrationProblems(
  { until, sources }: MigrationShape,
  { accounts, sites }: Receiving,
  countriesOf: (region: string) => readonly string[] | undefined,
  inside: (countries: readonly string[]) => boolean,
  today: string,
): Problem[] {
  const over = {
    path: ["migration", "until"],
    message: `${until} has passed: move home what has landed, then take \`migration\` out`,
  };
  const own = Object.values(accounts);
  return [
    ...(today > until ? [over] : []),
    ...Object.entries(sources).flatMap(([name, { region, account, copies }]): Problem[] => {
      const path = ["migration", "sources", name];
      const countries = countriesOf(region);
      const wrong = !countries
        ? `"${region}" is not a region that is known`
        : inside(countries)
          ? `${region} is inside the boundary: what stands there needs no way in`
          : undefined;
      return [
        ...(wrong === undefined ? [] : [{ path: [...path, "region"], message: wrong }]),
        ...(own.includes(account)
          ? [{ path: [...path, "account"], message: "is an account of the enclave: what is its own needs no way in" }]
          : []),
        ...Object.keys(copies)
          .filter((site) => !Object.hasOwn(sites, site))
          .map((site) => ({ path: [...path, "copies", site], message: "is not one of sites" })),
      ];
    }),
  ];
}
