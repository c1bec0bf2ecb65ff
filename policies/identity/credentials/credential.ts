/** A credential of one of the owner's principals that is used from outside, and what its own policies say to a call. */
import type { Step } from "../../flows/flow";
import type { Place } from "../../geography/place";
import { type Atom, within } from "../language/atom";
import type { Document } from "../language/document";
import { literal } from "../language/patterns";
import type { Goal } from "../language/solver";
import type { Party } from "../parties/party";
import type { Principal } from "../parties/principals";
import type { Naming } from "../requests/naming";
import type { Room } from "../requests/room";
import { allowGoal, type Call, denyGoals, type Scene } from "../requests/statement";

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
  yield allowGoal(credential.principal.documents, scene, call);
  for (const limit of limitsOf(credential)) yield allowGoal(limit, scene, call);
  yield* denials(room, credential, scene, call);
}

/** Goals of a call that a resource's policy allows to the principal itself, without a policy of its own. */
export function* namedGoals(
  room: Room,
  credential: Credential,
  scene: Scene,
  call: Call,
  how: Naming,
): Generator<Goal> {
  if (how === "role") for (const limit of limitsOf(credential)) yield allowGoal(limit, scene, call);
  yield* denials(room, credential, scene, call);
}

/** What each must allow too. */
export const limitsOf = ({ principal, session }: Credential): (readonly Document[])[] => [
  ...principal.limits,
  ...session,
];

/** Goals that nothing denies the call to the principal. */
export function* denials(room: Room, credential: Credential, scene: Scene, call: Call): Generator<Goal> {
  const { documents, limits, account } = credential.principal;
  yield* denyGoals([...documents, ...limits.flat(), ...credential.session.flat()], scene, call);
  yield* denyGoals(room.organization.servicePolicies(account), scene, call);
}
