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

/** The atoms of one key; lists with the same atoms in the same order are one object, which knows what was found. */
interface Asked {
  readonly atoms: readonly Atom[];
  readonly numbers: ReadonlySet<number>;
  /** The lists with an atom more, by its number. */
  readonly longer: Map<number, Asked>;
  /** A value of the key that all atoms share; null if there is none, undefined before it was asked for. */
  assignment?: Assignment | null;
}

const asking = (atoms: readonly Atom[], numbers: ReadonlySet<number>): Asked => ({ atoms, numbers, longer: new Map() });

type Group = ReadonlyMap<string, Asked>;

/** What is asked of each key: what was chosen in the search, over what holds for the question and for its party. */
class Keys {
  constructor(
    private readonly facts: Group,
    private readonly more: Group,
    private readonly chosen: Map<string, Asked>,
  ) {}

  get(key: string): Asked | undefined {
    return this.chosen.get(key) ?? this.more.get(key) ?? this.facts.get(key);
  }

  set(key: string, asked: Asked): void {
    this.chosen.set(key, asked);
  }

  copy(): Keys {
    return new Keys(this.facts, this.more, new Map(this.chosen));
  }

  names(): Set<string> {
    return new Set([...this.facts.keys(), ...this.more.keys(), ...this.chosen.keys()]);
  }
}

export class Solver {
  private nothing = asking([], new Set());
  private lists = 0;
  private readonly numbers = new Map<string, number>();
  private readonly numbered = new WeakMap<Atom, number>();
  private grouped = new WeakMap<readonly Atom[], Group>();

  constructor(private readonly multiple: (key: string) => boolean) {}

  /**
   * A request that satisfies the facts and meets every goal; undefined if there is none. `facts` and `more` are best
   * the same lists wherever the same facts hold: those of a party, and those of a question. Goals are taken one by one,
   * so that those after one that can't be met need not be made.
   */
  solve(facts: readonly Atom[], more: readonly Atom[], goals: Iterable<Goal>): Solution | undefined {
    const start = this.start(facts, more);
    const run = { left: LIMIT };
    const chosen = this.search(start.copy(), goals, run);
    if (chosen === "given up") return { request: new Map(), by: [], sure: false };
    if (!chosen) return undefined;
    const request = new Map<string, Assignment>();
    let sure = true;
    for (const key of chosen.keys.names()) {
      const asked = chosen.keys.get(key) as Asked;
      // Facts are satisfiable by themselves; a key that no goal speaks of stays as free as they leave it.
      if (start.get(key) === asked && !ALWAYS_SHOWN.test(key)) continue;
      const assignment = this.assignment(key, asked);
      if (!assignment) return undefined;
      sure &&= assignment.sure;
      request.set(key, assignment);
    }
    return { request, by: chosen.by, sure };
  }

  private start(facts: readonly Atom[], more: readonly Atom[]): Keys {
    const first = this.group(facts);
    const second = this.group(more);
    const shared = new Map<string, Asked>();
    for (const [key, { atoms }] of second) {
      let asked = first.get(key);
      if (!asked) continue;
      for (const atom of atoms) asked = this.extended(asked, atom);
      shared.set(key, asked);
    }
    return new Keys(first, second, shared);
  }

  private group(facts: readonly Atom[]): Group {
    const known = this.grouped.get(facts);
    if (known) return known;
    const keys = new Map<string, Asked>();
    for (const fact of facts) keys.set(fact.key, this.extended(keys.get(fact.key), fact));
    this.grouped.set(facts, keys);
    return keys;
  }

  private search(
    keys: Keys,
    goals: Iterable<Goal>,
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
      if (!taken || next.length === 0) return this.branch(keys, next, by, run);
    }
  }

  /** Tries the alternatives of the goal that has the fewest. */
  private branch(
    keys: Keys,
    open: readonly Goal[],
    by: readonly Statement[],
    run: { left: number },
  ): { keys: Keys; by: Statement[] } | "given up" | undefined {
    if (open.length === 0) return { keys, by: [...by] };
    const narrowest = open.reduce((a, b) => (b.length < a.length ? b : a));
    const rest = open.filter((goal) => goal !== narrowest);
    for (const alternative of narrowest) {
      const copy = keys.copy();
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
      const own = keys.get(atom.key);
      const both = this.extended(own, atom);
      if (both === own) continue;
      if (!this.assignment(atom.key, both)) return false;
      keys.set(atom.key, both);
    }
    return true;
  }

  private fits(keys: Keys, atoms: readonly Atom[], run: { left: number }): boolean {
    run.left--;
    // What can't be met mostly shows in one atom by itself.
    for (const atom of atoms) {
      const own = keys.get(atom.key);
      const both = this.extended(own, atom);
      if (both !== own && !this.assignment(atom.key, both)) return false;
    }
    return new Set(atoms.map(({ key }) => key)).size === atoms.length || this.add(keys.copy(), atoms);
  }

  /** The list with an atom more; the same list if it has it. */
  private extended(own: Asked | undefined, atom: Atom): Asked {
    const list = own ?? this.nothing;
    const number = this.numberOf(atom);
    if (list.numbers.has(number)) return list;
    let longer = list.longer.get(number);
    if (!longer) {
      longer = asking([...list.atoms, atom], new Set(list.numbers).add(number));
      if (++this.lists > 200_000) this.forget();
      list.longer.set(number, longer);
    }
    return longer;
  }

  private forget(): void {
    this.nothing = asking([], new Set());
    this.grouped = new WeakMap();
    this.lists = 0;
  }

  /** Equal atoms have the same number. */
  private numberOf(atom: Atom): number {
    const known = this.numbered.get(atom);
    if (known !== undefined) return known;
    const number = this.numbers.get(atom.id) ?? this.numbers.size;
    this.numbers.set(atom.id, number);
    this.numbered.set(atom, number);
    return number;
  }

  private assignment(key: string, asked: Asked): Assignment | undefined {
    if (asked.assignment === undefined) asked.assignment = assign(asked.atoms, this.multiple(key)) ?? null;
    return asked.assignment ?? undefined;
  }
}
