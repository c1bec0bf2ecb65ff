/** Everything that a credential of one of the owner's principals, used from outside, may read. */
import type { Resource } from "../../configuration/resource";
import type { Flow, Step } from "../../flows/flow";
import { type Action, actionsOf, isOutward, services } from "../language/action";
import { type Atom, within } from "../language/atom";
import { arnGlob, CLOSE, glob, OPEN, type Pattern } from "../language/patterns";
import type { Goal } from "../language/solver";
import type { Party } from "../parties/party";
import type { Principal } from "../parties/principals";
import { type Answer, actionOf, ask, contextOf, quote } from "../requests/decision";
import type { Room } from "../requests/room";
import { type Call, keysOf, type Mode, type Scene } from "../requests/statement";
import { actionAtom, servicesOf } from "../stores/stores";
import { type Credential, callGoals, credentialParty } from "./credential";
import { manners } from "./manner";
import { readStore } from "./reading";

/** Flows of everything that the credential may read; one for each store, or one for its principal. */
export function credentialFlows(room: Room, credential: Credential): Flow[] {
  const party = credentialParty(room, credential);
  const named = namedServices(credential);
  const flows: Flow[] = [];
  for (const store of room.stores) {
    const own = named === "all" || (servicesOf(store.type) ?? []).some((service) => named.has(service));
    const answer = readStore(room, credential, party, store, own);
    if (answer) flows.push(flowOf(credential, store, answer));
  }
  if (flows.some((flow) => flow.unless === undefined)) return flows;
  const other = readOther(room, credential, party, named);
  return other ? [...flows, flowOf(credential, credential.principal.resource, other)] : flows;
}

/** The services whose actions the principal's policies name; all, if some name is open. */
function namedServices({ principal, services: only }: Credential): ReadonlySet<string> | "all" {
  const named = new Set<string>();
  for (const document of principal.documents) {
    if (document.unknown !== undefined) return only ? new Set(only) : "all";
    for (const { effect, actions } of document.statements) {
      if (effect !== "Allow") continue;
      if (!actions || actions.negated) return only ? new Set(only) : "all";
      for (const { text } of actions.terms) {
        const service = text.split(":")[0].toLowerCase();
        if (/[*?\uE002\uE005]|\$/.test(service)) return only ? new Set(only) : "all";
        if (!only || only.includes(service)) named.add(service);
      }
    }
  }
  return named;
}

/** Stands for a thing of the owner's accounts that the configuration does not show. */
const SOMETHING = `${OPEN}another one${CLOSE}`;

/**
 * Whether data beside the configuration's own stores can be read: something that only a pattern names. What a policy
 * names exactly and this configuration does not hold may be anybody's.
 */
function readOther(
  room: Room,
  credential: Credential,
  party: Party,
  named: ReadonlySet<string> | "all",
): Answer | undefined {
  const { owner, solver } = room;
  const candidates = named === "all" ? (credential.services ?? services()) : [...named];
  const actions = candidates.flatMap(actionsOf).filter((action) => isOutward(action.effect));
  if (actions.length === 0) return undefined;
  return (
    askOther(
      actions.filter(({ name }) => name.startsWith("s3:")),
      "arn:aws:s3:::",
      true,
    ) ??
    askOther(
      actions.filter(({ name }) => !name.startsWith("s3:")),
      "",
      false,
    )
  );

  function askOther(some: readonly Action[], base: string, buckets: boolean): Answer | undefined {
    if (some.length === 0) return undefined;
    const call: Call = { id: "", base, owns: () => false };
    const key = keysOf(call);
    const others = room.questions.besides(base);
    const resource = (mode: Mode): Atom[] => {
      const any = buckets ? [glob("*")] : ownArns(room);
      return [within(key.resource, mode === "certain" ? [glob(`*${SOMETHING}*`)] : any), others];
    };
    // What a role that is not shown may do is not known.
    const known = some.filter(({ name }) => name !== "sts:AssumeRole");
    let best: Answer | undefined;
    for (const manner of manners(room, credential, party, false)) {
      const facts = (mode: Mode): Atom[] => [
        actionAtom(key.action, mode === "certain" ? known : some),
        ...resource(mode),
        ...owner.ownResource(),
        ...manner.facts,
      ];
      const goals = function* (mode: Mode): Generator<Goal> {
        const scene: Scene = { party: manner.party, mode, same: owner.same };
        if (mode === "certain" && credential.unless !== undefined) yield [];
        yield* callGoals(room, credential, scene, call);
        yield* manner.goals(scene);
      };
      const answer = ask(solver, manner.party, facts, goals);
      if (answer?.certain) return answer;
      best ??= answer;
    }
    return best;
  }
}

/** ARNs of the owner's accounts, and of things that belong to none. */
function ownArns({ owner }: Room): Pattern[] {
  if (!owner.accountsAreKnown) return [glob("*")];
  return ["", `${OPEN}*`, ...owner.accounts].map((account) => arnGlob(`arn:*:*:*:${account}:*`));
}

function flowOf(credential: Credential, data: Resource, answer: Answer): Flow {
  const { principal } = credential;
  const statements = [...new Set(answer.solution.by.map(quote))];
  const by = answer.solution.by.find((statement) => statement.effect === "Allow")?.document;
  const context = contextOf(answer.solution);
  const allowed =
    statements.length === 0
      ? `a policy of ${principal.resource.address}, as far as it is known,`
      : statements.join(" and ");
  const why = `${allowed} ${statements.length > 1 ? "let" : "lets"} it call ${actionOf(answer.solution)}${context === "" ? "" : ` with ${context}`}`;
  const own = data === principal.resource;
  const first: Step = {
    from: data.address,
    to: own ? `data of the account that ${principal.resource.address} may read` : principal.resource.address,
    by: by?.by ?? principal.resource,
    ...(by && { attribute: by.attribute }),
    why,
  };
  const unless = answer.certain
    ? undefined
    : (credential.unless ??
      answer.party.unless ??
      unknownOf(principal) ??
      "what a statement asks for is not known in full");
  return {
    from: data,
    channel: credential.channel,
    to: { kind: "place", place: credential.place },
    steps: [first, ...credential.steps],
    ...(unless !== undefined && { unless }),
  };
}

const unknownOf = ({ documents, limits }: Principal): string | undefined =>
  [...documents, ...limits.flat()].find((document) => document.unknown !== undefined)?.unknown;
