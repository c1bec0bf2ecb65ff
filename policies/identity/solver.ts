/**
 * Whether some request meets several goals at once, and one that does.
 *
 * A set of requests is a product of atoms over independent keys (action, resource, principal, one key for each
 * condition key), and what policies allow is built from such products: "one of these Allow statements" is a union,
 * "none of these Deny statements" an intersection of complements, each the union of one negated atom per key. Written
 * out, a subtraction of n statements with k keys is k^n products; so nothing is written out. A goal is a list of
 * alternatives, of which a request must meet one; the search gives each key the atoms chosen so far and drops every
 * alternative that no assignment of its keys can share with them. Keys are independent, so a choice of one
 * alternative per goal is satisfiable exactly if each key is, which `assignment.ts` decides exactly: emptiness is
 * decided without ever enumerating requests, and a non-empty answer comes with a request in hand.
 */
import { type Assignment, assign } from "./assignment";
import type { Atom } from "./atom";
import type { Statement } from "./document";

export interface Alternative {
  readonly atoms: readonly Atom[];
  /** The statement that allows, if it is an Allow. */
  readonly by?: Statement;
}

/** Met by a request that satisfies all atoms of one alternative. */
export type Goal = readonly Alternative[];

export interface Solution {
  /** The keys that some atom spoke of; all others are free. */
  readonly request: ReadonlyMap<string, Assignment>;
  readonly by: readonly Statement[];
  /** False if the search was given up and the request only supposed to exist. */
  readonly sure: boolean;
}

/** Alternatives tried before a search is given up: beyond what real policies need, and still quick. */
const LIMIT = 20_000;

/** Keys without which a request is not one. */
const ALWAYS_SHOWN = /^(principal$|action|resource)/;

type Keys = Map<string, readonly Atom[]>;

export class Solver {
  private readonly known = new Map<string, Assignment | null>();

  constructor(private readonly multiple: (key: string) => boolean) {}

  /** A request that satisfies the facts and meets every goal; undefined if there is none. */
  solve(facts: readonly Atom[], goals: readonly Goal[]): Solution | undefined {
    const keys: Keys = new Map();
    // Facts are satisfiable by themselves; a key that no goal speaks of stays as free as they leave it.
    for (const fact of facts) keys.set(fact.key, [...(keys.get(fact.key) ?? []), fact]);
    const untouched = new Map(keys);
    const run = { left: LIMIT };
    const chosen = this.search(keys, goals, run);
    if (chosen === "given up") return { request: new Map(), by: [], sure: false };
    if (!chosen) return undefined;
    const request = new Map<string, Assignment>();
    let sure = true;
    for (const [key, atoms] of chosen.keys) {
      if (untouched.get(key) === atoms && !ALWAYS_SHOWN.test(key)) continue;
      const assignment = this.assignment(key, atoms) as Assignment;
      sure &&= assignment.sure;
      request.set(key, assignment);
    }
    return { request, by: chosen.by, sure };
  }

  private search(
    keys: Keys,
    goals: readonly Goal[],
    run: { left: number },
  ): { keys: Keys; by: Statement[] } | "given up" | undefined {
    const by: Statement[] = [];
    let open = goals;
    // Whatever has one alternative left is no choice; taking it may leave others with one.
    for (;;) {
      const next: Goal[] = [];
      let taken = false;
      for (const goal of open) {
        if (goal.some((alternative) => alternative.atoms.length === 0 && !alternative.by)) continue;
        const viable = goal.filter((alternative) => this.fits(keys, alternative.atoms, run));
        if (run.left < 0) return "given up";
        if (viable.length === 0) return undefined;
        if (viable.length === 1) {
          if (!this.add(keys, viable[0].atoms)) return undefined;
          if (viable[0].by) by.push(viable[0].by);
          taken = true;
        } else next.push(viable);
      }
      open = next;
      if (!taken) break;
    }
    if (open.length === 0) return { keys, by };
    const narrowest = open.reduce((a, b) => (b.length < a.length ? b : a));
    const rest = open.filter((goal) => goal !== narrowest);
    for (const alternative of narrowest) {
      const copy: Keys = new Map(keys);
      if (!this.add(copy, alternative.atoms)) continue;
      const found = this.search(copy, rest, run);
      if (found === "given up") return found;
      if (found) return { keys: found.keys, by: [...by, ...(alternative.by ? [alternative.by] : []), ...found.by] };
    }
    return undefined;
  }

  /** Adds atoms to the keys they speak of; false if a key then has no assignment. */
  private add(keys: Keys, atoms: readonly Atom[]): boolean {
    for (const atom of atoms) {
      const own = keys.get(atom.key) ?? [];
      if (own.some((other) => other.id === atom.id)) continue;
      const both = [...own, atom];
      if (!this.assignment(atom.key, both)) return false;
      keys.set(atom.key, both);
    }
    return true;
  }

  private fits(keys: Keys, atoms: readonly Atom[], run: { left: number }): boolean {
    run.left--;
    if (atoms.length === 1) {
      const own = keys.get(atoms[0].key) ?? [];
      return (
        own.some((other) => other.id === atoms[0].id) || this.assignment(atoms[0].key, [...own, atoms[0]]) !== undefined
      );
    }
    const touched: Keys = new Map();
    for (const { key } of atoms) if (keys.has(key)) touched.set(key, keys.get(key) as readonly Atom[]);
    return this.add(touched, atoms);
  }

  private assignment(key: string, atoms: readonly Atom[]): Assignment | undefined {
    const id = atoms
      .map((atom) => atom.id)
      .sort()
      .join("\u0004");
    const known = this.known.get(id);
    if (known !== undefined) return known ?? undefined;
    const found = assign(atoms, this.multiple(key));
    if (this.known.size > 100_000) this.known.clear();
    this.known.set(id, found ?? null);
    return found;
  }
}
