/** What a credential of one of the owner's principals, used from outside, may read. */
import type { Resource } from "../configuration/resource";
import type { Flow, Step } from "../flows/flow";
import type { Place } from "../geography/place";
import { type Action, actionsOf, isOutward, services } from "./action";
import { type Atom, within } from "./atom";
import { type Answer, actionOf, ask, contextOf, quote } from "./decision";
import { decryption, grantsOn, keyPolicies } from "./decryption";
import type { Document } from "./document";
import type { Encryption } from "./encryption";
import type { Party } from "./party";
import { arnGlob, CLOSE, glob, literal, OPEN, type Pattern } from "./patterns";
import type { Principal } from "./principals";
import { forPrincipal, type StoreQuestion } from "./question";
import type { Room } from "./room";
import type { Goal } from "./solver";
import { allowGoal, type Call, denyGoals, keysOf, type Mode, type Scene } from "./statement";
import { actionAtom, servicesOf } from "./stores";

export interface Credential {
  readonly principal: Principal;
  readonly channel: string;
  /** Where it is used from, and by what it got there: the last steps of a path. */
  readonly place: Place;
  readonly steps: readonly Step[];
  /** What fixes its requests further. */
  readonly facts: readonly Atom[];
  /** Policies of the session, each of which must allow too. */
  readonly session: readonly (readonly Document[])[];
  /** Prefixes of the services that it is good for; absent: all. */
  readonly services?: readonly string[];
  /** Why it may not be there. */
  readonly unless?: string;
}

/** Its requests from outside. */
export function credentialParty(room: Room, credential: Credential): Party {
  const { principal } = credential;
  const facts = [...credential.facts, ...[...principal.variables].map(([key, value]) => within(key, [literal(value)]))];
  return room.parties.credential(principal.arn, principal.account, {
    label: principal.resource.address,
    facts,
    variables: principal.variables,
  });
}

/** Goals of a call that the principal's own policies allow: they, its limits, its session, and its account's guardrails. */
export function* callGoals(room: Room, credential: Credential, scene: Scene, call: Call): Generator<Goal> {
  const { documents, limits } = credential.principal;
  yield allowGoal(documents, scene, call);
  for (const limit of [...limits, ...credential.session]) yield allowGoal(limit, scene, call);
  yield* denials(room, credential, scene, call);
}

/**
 * Goals of a call that a resource's policy allows to the principal itself, without a policy of its own: what its limits
 * leave out does not stop it then (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html,
 * "Evaluating effective permissions with boundaries", resource-based policies).
 */
export const directGoals = (room: Room, credential: Credential, scene: Scene, call: Call): Iterable<Goal> =>
  denials(room, credential, scene, call);

function* denials(room: Room, credential: Credential, scene: Scene, call: Call): Generator<Goal> {
  const { documents, limits, account } = credential.principal;
  yield* denyGoals([...documents, ...limits.flat(), ...credential.session.flat()], scene, call);
  yield* denyGoals(room.organization.servicePolicies(account), scene, call);
}

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

/**
 * Whether a principal reads a store, as the party that it is: by policies of its own, unless it is known that none
 * (`own`) has to do with the store, or by those of the store.
 */
export function readStore(
  room: Room,
  credential: Credential,
  party: Party,
  store: Resource,
  own = true,
): Answer | undefined {
  const question = room.questions.of(store);
  const ways = [...(own ? [false] : []), ...(question.naming.length > 0 ? [true] : [])];
  let best: Answer | undefined;
  for (const part of question.parts) {
    const actions = credential.services
      ? part.actions.filter((action) => credential.services?.includes(action.name.split(":")[0]))
      : part.actions;
    if (actions.length === 0) continue;
    const facts =
      actions === part.actions ? part.facts : [...part.facts, actionAtom(keysOf(question.call).action, actions)];
    for (const direct of ways) {
      const goals = (mode: Mode) =>
        storeGoals(room, credential, question, { party, mode, same: room.owner.same }, direct);
      const answer = ask(room.solver, party, () => facts, goals);
      if (answer?.certain) return answer;
      best ??= answer;
    }
  }
  return best;
}

/** Goals of reading a store, by the principal's own policies or (`direct`) by the store's policy alone. */
function* storeGoals(
  room: Room,
  credential: Credential,
  { call, policies, naming, store, encryption }: StoreQuestion,
  scene: Scene,
  direct: boolean,
): Generator<Goal> {
  if (scene.mode === "certain" && credential.unless !== undefined) yield [];
  if (direct) {
    yield allowGoal(naming, scene, call);
    yield* directGoals(room, credential, scene, call);
  } else yield* callGoals(room, credential, scene, call);
  yield* denyGoals(policies, scene, call);
  yield* denyGoals(room.organization.resourcePolicies(store), scene, call);
  yield* keyGoals(room, credential, encryption, scene);
}

/** The key's policy must let the principal decrypt: itself, or the account, whose own policies then decide. */
function* keyGoals(
  room: Room,
  credential: Credential,
  encryption: Encryption | undefined,
  scene: Scene,
): Generator<Goal> {
  if (!encryption || (!encryption.everything && scene.mode === "possible")) return;
  const call = decryption(room.owner, encryption);
  const documents = keyPolicies(room, encryption.key);
  const granted = grantsOn(room, encryption.key);
  const own = allowGoal(credential.principal.documents, scene, call);
  const named = allowGoal([...documents.map(forPrincipal), ...granted], scene, call);
  yield allowGoal([...documents, ...granted], scene, call);
  yield [...own, ...named];
  yield* denials(room, credential, scene, call);
  yield* denyGoals(documents, scene, call);
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
    const facts = (mode: Mode): Atom[] => [
      actionAtom(key.action, mode === "certain" ? known : some),
      ...resource(mode),
    ];
    const goals = (mode: Mode): Iterable<Goal> =>
      mode === "certain" && credential.unless !== undefined
        ? [[]]
        : callGoals(room, credential, { party, mode, same: owner.same }, call);
    return ask(solver, party, facts, goals);
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
    : (credential.unless ?? unknownOf(principal) ?? "what a statement asks for is not known in full");
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
