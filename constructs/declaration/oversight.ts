/** What the independent partner declares: where it watches from, and from which networks its people work. */
import { z } from "zod";
import { Cidr } from "./cidr";
import type { Problem } from "./rules";
import { country, days, network } from "./values";

/** Public addresses, written as a range that starts at its first address. */
const publicRange = z.string().superRefine((text, context) => {
  try {
    if (Cidr.parse(text).prefix === 0) throw new RangeError(`"${text}" is every address there is`);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as RangeError).message });
  }
});

const registered = z.strictObject({
  range: publicRange,
  /** Where the people behind these addresses are. */
  country,
  until: z.iso.date("must be a date: YYYY-MM-DD").optional(),
});

export const oversightSchema = z.strictObject({
  /** The partner's own account. */
  account: z.string(),
  /** Who the partner is. */
  partner: z.string().min(1, "must name the partner"),
  /** Region of a site, in which incidents are judged and findings come together. */
  region: z.string(),
  /** Network that the partner's functions run in. */
  network: z.strictObject({ zones: z.array(z.string()).min(1, "must name a zone"), ...network.shape }),
  /** Days that nobody, the partner included, can delete evidence. */
  evidence: days,
  /** Who signs the partner's people in, and the networks they have registered: from nowhere else are they let in. */
  people: z.strictObject({
    /** Host of the OpenID Connect provider. */
    issuer: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "must be a host name, such as login.example.eu"),
    /** For whom its tokens are made. */
    audience: z.string().min(1),
    networks: z.array(registered).min(1, "must register a network"),
  }),
});

export type OversightShape = z.output<typeof oversightSchema>;

/** What a declaration says beside, as far as the partner's part depends on it. */
export interface Watched {
  readonly accounts: Readonly<Record<string, string>>;
  readonly sites: Readonly<Record<string, { readonly account: string; readonly region: string }>>;
}

/** Everything that is wrong with the partner's part. Who watches the sites owns none of them. */
export function oversightProblems(
  { account, region, people }: OversightShape,
  { accounts, sites }: Watched,
  inside: (countries: readonly string[]) => boolean,
): Problem[] {
  const at = (...path: string[]) => ["oversight", ...path];
  const problems: Problem[] = Object.entries(sites)
    .filter(([, site]) => site.account === account)
    .map(([name]) => ({
      path: at("account"),
      message: `is the account of sites.${name}; the partner has one of its own`,
    }));
  if (!Object.hasOwn(accounts, account)) {
    problems.push({ path: at("account"), message: `"${account}" is not one of accounts` });
  }
  if (!Object.values(sites).some((site) => site.region === region)) {
    problems.push({ path: at("region"), message: `no site is in ${region}: there is nothing to watch from there` });
  }
  people.networks.forEach((registered, i) => {
    if (inside([registered.country])) return;
    problems.push({
      path: at("people", "networks", String(i), "country"),
      message: `${registered.country} is outside the boundary`,
    });
  });
  return problems;
}
