/** Who may answer which question. */
import { alreadyAnswered, type StandingRequest, type WaitingFor } from "../common/ledger";
import { isSamePerson, type Person } from "../common/person";
import { Refusal } from "../common/refusal";

/**
 * The token of the question that a person answers.
 *
 * @param step whose answer it is
 * @throws Refusal if it is not this person's to answer, or was answered before
 */
export function tokenFor(request: StandingRequest, person: Person, step: WaitingFor): string {
  if (isSamePerson(person, request.requester)) throw new Refusal("nobody approves what they asked for", 403);
  if (request.approvers.some((one) => isSamePerson(one, person))) throw alreadyAnswered(request.id);
  if (!request.waiting) throw alreadyAnswered(request.id);
  if (request.waiting.step !== step) {
    throw new Refusal(`request ${request.id} does not wait for the ${step} but for the ${request.waiting.step}`, 409);
  }
  return request.waiting.token;
}
