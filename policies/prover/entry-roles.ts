/** The roles of an entry by what is asked of them, so that those that neither place nor move anything cost nothing. */
import type { Entry, Role } from "../flows/vocabulary";

type RoleAt<R extends Role["role"]> = readonly [path: string, role: Extract<Role, { role: R }>];

export interface EntryRoles {
  readonly flowing: readonly RoleAt<"sends" | "shares" | "document" | "opens">[];
  readonly standing: readonly RoleAt<"stands">[];
}

const known = new WeakMap<Entry, EntryRoles>();

export function rolesOf(entry: Entry): EntryRoles {
  let roles = known.get(entry);
  if (!roles) {
    const all = Object.entries(entry.attributes);
    const having = <R extends Role["role"]>(...wanted: R[]) =>
      all.filter((one): one is [string, Extract<Role, { role: R }>] => (wanted as string[]).includes(one[1].role));
    roles = { flowing: having("sends", "shares", "document", "opens"), standing: having("stands") };
    known.set(entry, roles);
  }
  return roles;
}
