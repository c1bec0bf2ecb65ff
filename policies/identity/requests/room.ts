/** What the parts of the identity room share. */
import type { Resource } from "../../configuration/resource";
import type { RoomInput } from "../../flows/flow";
import type { Solver } from "../language/solver";
import type { Owner } from "../parties/owner";
import type { Parties } from "../parties/parties";
import type { Principals } from "../parties/principals";
import type { Users } from "../parties/users";
import type { Guard } from "../stores/guarded";
import type { Organization } from "./organization";
import type { Questions } from "./question";

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
