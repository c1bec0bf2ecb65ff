/** What the parts of the identity room share. */
import type { Resource } from "../configuration/resource";
import type { RoomInput } from "../flows/flow";
import type { Document } from "./document";
import { defaultKeyPolicy } from "./encryption";
import type { Guard } from "./guarded";
import type { Organization } from "./organization";
import type { Owner } from "./owner";
import type { Principals } from "./principals";
import type { Solver } from "./solver";

export interface Room {
  readonly input: RoomInput;
  readonly owner: Owner;
  readonly solver: Solver;
  readonly organization: Organization;
  readonly principals: Principals;
  readonly guards: readonly Guard[];
  /** What holds data and is asked for it by actions of AWS. */
  readonly stores: readonly Resource[];
}

/** Keys that a call to KMS does not share with the call that needs it. */
export const KMS_OWN = (key: string): boolean =>
  key.startsWith("kms:") ||
  key === "aws:viaawsservice" ||
  key.startsWith("aws:calledvia") ||
  key.startsWith("aws:resource");

/** The policies of a key: what the configuration gives it, else the default. */
export function keyPolicies(room: Room, key: Resource): readonly Document[] {
  const documents = room.guards.filter((guard) => guard.data === key).flatMap((guard) => guard.documents);
  return documents.length > 0 ? documents : [defaultKeyPolicy(key, room.owner.names.accountOf(key))];
}
