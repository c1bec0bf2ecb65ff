/**
 * The identity room: who outside the owner's control, or with a credential that works from outside, may read data.
 *
 * Every policy document denotes the set of requests that it allows or denies; a question is whether an intersection of
 * such sets is empty (`solver.ts` says how that is decided, and why without enumerating). What is not known is read
 * twice: once so that the request passes, once so that it is stopped (`statement.ts`); only a request that passes both
 * ways is a definite escape, one that passes the first way alone is a possible one.
 */
import type { Resource } from "../configuration/resource";
import type { RoomInput, RoomResult } from "../flows/flow";

import { endpointFlows } from "./credentials/endpoints";
import { outsideCredentials } from "./credentials/outsiders";
import { credentialFlows } from "./credentials/reach";
import { type Reader, readersOf } from "./explain";
import { isMultiple } from "./language/keys";
import { Solver } from "./language/solver";
import { Owner } from "./parties/owner";
import { Parties } from "./parties/parties";
import { Principals } from "./parties/principals";
import { Users } from "./parties/users";
import { Organization } from "./requests/organization";
import { Questions } from "./requests/question";
import type { Room } from "./requests/room";
import { withoutInwardKeys } from "./resources/inward-keys";
import { policyFlows } from "./resources/resource-policies";
import { sharingFlows } from "./resources/sharing";
import { type Guard, guards } from "./stores/guarded";
import { isStore } from "./stores/stores";

export function identityFlows(input: RoomInput): RoomResult {
  const room = enter(input);
  const flows = [...withoutInwardKeys(room, policyFlows(room)), ...sharingFlows(room), ...endpointFlows(room)];
  for (const credential of outsideCredentials(room)) flows.push(...credentialFlows(room, credential));
  return { flows, undecided: [] };
}

export type { Reader } from "./explain";

/** Who can read what a resource holds, and by which statements; for `enclave explain`. */
export const whoCanRead = (resource: Resource, input: RoomInput): Reader[] => readersOf(enter(input), resource);

/** Everything that the questions of the room are asked of. */
export function enter(input: RoomInput): Room {
  const owner = new Owner(input);
  const found = guards(input, owner.names);
  const guardsOf = byData(found);
  const stores = input.resources.filter(
    (one) => one.mode === "managed" && input.entryOf(one)?.kind === "holds" && isStore(one),
  );
  for (const { documents } of found) for (const document of documents) owner.note(document);
  return {
    input,
    owner,
    parties: new Parties(input, owner),
    solver: new Solver(isMultiple),
    organization: new Organization(input, owner),
    principals: new Principals(input, owner),
    users: new Users(input),
    guards: found,
    guardsOf,
    questions: new Questions(input, owner, guardsOf, stores),
    stores,
  };
}

function byData(found: readonly Guard[]): ReadonlyMap<Resource, readonly Guard[]> {
  const groups = new Map<Resource, Guard[]>();
  for (const guard of found) {
    const group = groups.get(guard.data);
    if (group) group.push(guard);
    else groups.set(guard.data, [guard]);
  }
  return groups;
}
