/** One question to the solver, asked twice: is there a request for sure, and is there one if the unknown allows it. */
import type { Assignment } from "../language/assignment";
import type { Atom } from "../language/atom";
import type { Statement } from "../language/document";
import { CLOSE, HOLE, OPEN } from "../language/patterns";
import type { Goal, Solution, Solver } from "../language/solver";
import { isEdge } from "../parties/deputies";
import { type Party, PRINCIPAL } from "../parties/party";
import type { Mode } from "./statement";

export interface Answer {
  readonly party: Party;
  readonly solution: Solution;
  readonly certain: boolean;
}

/** Asks for a request of the party; undefined if there is none, whatever the unknown turns out to be. */
export function ask(
  solver: Solver,
  party: Party,
  facts: (mode: Mode) => readonly Atom[],
  goals: (mode: Mode) => Iterable<Goal>,
): Answer | undefined {
  // What is stopped although everything unknown is as it must be to pass is stopped for sure.
  const possible = solver.solve(party.facts, facts("possible"), goals("possible"));
  if (!possible) return undefined;
  const certain =
    party.unless === undefined ? solver.solve(party.facts, facts("certain"), goals("certain")) : undefined;
  if (certain?.sure) return { party, solution: certain, certain: true };
  return { party, solution: possible, certain: false };
}

/** The account (or what else stands for it) of whoever asks. */
export interface Who {
  /** `account 444455556666`, `the internet`. */
  readonly id: string;
  /** As a noun: `account 444455556666`, `anybody`. */
  readonly text: string;
}

/** Account ids that the solver makes up where any will do. */
const MADE_UP = "999900001111";

/** The account that a statement names, if it is one account. */
export function accountOf({ party, solution }: Answer): string | undefined {
  const value = solution.request.get(PRINCIPAL)?.value;
  const account = party.kind === "iam" && typeof value === "string" ? ARN_ACCOUNT.exec(value)?.[1] : undefined;
  return account === MADE_UP ? undefined : account;
}

const ARN_ACCOUNT = /^arn:[^:]*:\w+::(\d{12}):/;

export function whoAsks({ party, solution }: Answer): Who {
  if (party.kind === "anonymous") return { id: "the internet", text: "anybody" };
  const value = solution.request.get(PRINCIPAL)?.value;
  const principal = typeof value === "string" ? value : "";
  if (party.kind === "service" && isEdge(principal))
    return { id: `edge locations of ${principal}`, text: `${principal}, which serves from all over the world,` };
  if (party.kind === "service" && party.region !== undefined)
    return { id: party.region, text: `${principal} for what stands in ${party.region}` };
  if (party.kind === "service") return { id: `customers of ${principal}`, text: `${principal} for any account` };
  if (party.kind === "federated") return { id: readable(principal), text: `identities of ${readable(principal)}` };
  const account = ARN_ACCOUNT.exec(principal)?.[1];
  if (account !== undefined && account !== MADE_UP) return { id: `account ${account}`, text: `account ${account}` };
  if (principal.startsWith("canonical:"))
    return { id: principal.replace(":", " user "), text: principal.replace(":", " user ") };
  return organizationOf(solution) ?? { id: "any AWS account", text: "any AWS account" };
}

/** The organization that a statement names where any of its accounts will do. */
function organizationOf({ request }: Solution): Who | undefined {
  const organization = request.get("aws:principalorgid")?.value;
  if (typeof organization !== "string" || !/^o-[a-z0-9]{10,32}$/.test(organization)) return undefined;
  return { id: `organization ${organization}`, text: `any account of organization ${organization}` };
}

/** How a report quotes a statement: by its Sid, else by its place. */
export function quote(statement: Statement): string {
  const { sid, index, document } = statement;
  if (document.whole) return document.by.address;
  const name = sid === undefined || sid === "" ? `statement ${index}` : `statement ${JSON.stringify(readable(sid))}`;
  return `${name} of ${document.by.address}`;
}

/** Names of things that are not known, as their addresses. */
export const readable = (text: string): string =>
  text
    .replace(new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`, "g"), (_, name: string) =>
      name === "account" ? "<the account's id>" : `<${name.slice(name.indexOf(" ") + 1)}>`,
    )
    .replaceAll(HOLE, "<unknown>");

const HIDDEN = /^(principal|action|resource)/;

/** The condition context of a request, as far as the statements ask for one. */
export function contextOf(solution: Solution): string {
  const parts: string[] = [];
  for (const key of [...solution.request.keys()].sort()) {
    if (HIDDEN.test(key)) continue;
    parts.push(`${key.replace(/#.*$/, "")} ${shown(solution.request.get(key) as Assignment)}`);
  }
  return parts.join(", ");
}

function shown({ value }: Assignment): string {
  if (value === undefined) return "absent";
  if (typeof value === "string") return `= ${readable(value)}`;
  return value.length === 0 ? "empty" : `= ${value.map(readable).join(" and ")}`;
}

export const actionOf = (solution: Solution, key = "action"): string => {
  const value = solution.request.get(key)?.value;
  return typeof value === "string" ? value : "some action";
};
