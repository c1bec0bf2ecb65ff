/**
 * The identity room: who outside the owner's control, or with a credential that works from outside, may read data.
 *
 * Every policy document denotes the set of requests that it allows or denies; a question is whether an intersection of
 * such sets is empty (`solver.ts` says how that is decided, and why without enumerating). What is not known is read
 * twice: once so that the request passes, once so that it is stopped (`statement.ts`); only a request that passes both
 * ways is a definite escape, one that passes the first way alone is a possible one.
 */
import type { RoomInput, RoomResult } from "../flows/flow";
import { credentialFlows } from "./credential";
import { guards } from "./guarded";
import { isMultiple } from "./keys";
import { Organization } from "./organization";
import { outsideCredentials } from "./outsiders";
import { Owner } from "./owner";
import { Principals } from "./principals";
import { policyFlows } from "./resource-policies";
import type { Room } from "./room";
import { Solver } from "./solver";
import { isStore } from "./stores";

export function identityFlows(input: RoomInput): RoomResult {
  const room = enter(input);
  const flows = policyFlows(room);
  for (const credential of outsideCredentials(room)) flows.push(...credentialFlows(room, credential));
  return { flows, undecided: [] };
}

function enter(input: RoomInput): Room {
  const owner = new Owner(input);
  return {
    input,
    owner,
    solver: new Solver(isMultiple),
    organization: new Organization(input, owner),
    principals: new Principals(input, owner),
    guards: guards(input, owner.names),
    stores: input.resources.filter(
      (one) => one.mode === "managed" && input.entryOf(one)?.kind === "holds" && isStore(one),
    ),
  };
}
