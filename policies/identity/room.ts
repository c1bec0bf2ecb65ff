/** What the parts of the identity room share. */
import type { Resource } from "../configuration/resource";
import type { RoomInput } from "../flows/flow";
import type { Guard } from "./guarded";
import type { Organization } from "./organization";
import type { Owner } from "./owner";
import type { Parties } from "./parties";
import type { Principals } from "./principals";
import type { Questions } from "./question";
import type { Solver } from "./solver";
import type { Users } from "./users";

export interface Room {
  readonly input: RoomInput;
  readonly owner: Owner;
  readonly parties: Parties;
  readonly solver: Solver;
  readonly organization: Organization;
  readonly principals: Principals;
  readonly users: Users;
  readonly guards: readonly Guard[];
  readonly guardsOf: ReadonlyMap<Resource, readonly Guard[]>;
  readonly questions: Questions;
  /** What holds data and is asked for it by actions of AWS. */
  readonly stores: readonly Resource[];
}
