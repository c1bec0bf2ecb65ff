/** Who may open a session. */
import { alreadyAnswered, type StandingRequest } from "../common/ledger";
import { isSamePerson, type Person } from "../common/person";
import { Refusal } from "../common/refusal";

/**
 * The token of an approved request that its requester now uses.
 *
 * @throws Refusal if it is another's, not approved, used before or over
 */
export function tokenFor({ id, kind, requester, waiting }: StandingRequest, person: Person): string {
  if (kind !== "access") throw new Refusal(`request ${id} is not for a session`, 409);
  const { account, role } = requester;
  if (!isSamePerson(requester, person) || person.account !== account || person.role !== role) {
    throw new Refusal("only who asked may open the session", 403);
  }
  if (!waiting) throw alreadyAnswered(id);
  if (waiting.step !== "session") throw new Refusal(`request ${id} still waits for the ${waiting.step}`, 409);
  return waiting.token;
}
