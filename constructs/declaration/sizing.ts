/** How much room the users' data takes at each site, computed from the declaration alone. */

/** What sizing needs to know of a placement. */
export interface Sizing {
  readonly homes: readonly {
    readonly home: string;
    readonly second: string;
    readonly users: Readonly<Record<string, number>>;
  }[];
  readonly perUser: { readonly objectsMib: number; readonly relationalKib: number; readonly recordsKib: number };
  readonly growth: { readonly perYear: number; readonly years: number };
}

/** What stands on a rack, if the site has racks: objects, and blocks, which databases stand on too. */
export const rackTiers = ["objects", "blocks"] as const;
export type RackTier = (typeof rackTiers)[number];

/** What a site has to hold in the end, in TiB. */
export interface Load {
  /** Users whose home it is. */
  readonly users: number;
  /** Objects of its own users. */
  readonly objects: number;
  /** Databases of its own users, on blocks. */
  readonly blocks: number;
  /** Records: of all users whose home or second site it is, because a table is whole at each of its copies. */
  readonly records: number;
  /** Copies of objects whose home is another site; they stand in the region, not on a rack. */
  readonly copies: number;
}

const kibPerTib = 2 ** 30;
const mibPerTib = 2 ** 20;

/** What a site has to hold after the years that there has to be room for. */
export function loadOf(site: string, { homes, perUser, growth }: Sizing): Load {
  const usersOf = (matches: (home: Sizing["homes"][number]) => boolean) =>
    homes
      .filter(matches)
      .flatMap(({ users }) => Object.values(users))
      .reduce((sum, users) => sum + users, 0);
  const own = usersOf(({ home }) => home === site);
  const foreign = usersOf(({ home, second }) => home !== site && second === site);
  const grown = (1 + growth.perYear) ** growth.years;
  return {
    users: own,
    objects: (own * perUser.objectsMib * grown) / mibPerTib,
    blocks: (own * perUser.relationalKib * grown) / kibPerTib,
    records: ((own + foreign) * perUser.recordsKib * grown) / kibPerTib,
    copies: (foreign * perUser.objectsMib * grown) / mibPerTib,
  };
}
