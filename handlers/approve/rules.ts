/** Who may answer which question. */
import { alreadyAnswered, type StandingRequest, type WaitingFor } from "../common/ledger";
import { isSamePerson, type Person } from "../common/person";
import { Refusal } from "../common/refusal";

/** The roles whose holders approve. */
export interface Approvers {
  /** In the account of the site. */
  readonly colleague: Pick<Person, "account" | "role">;
  /** In the account of the partner. */
  readonly partner: Pick<Person, "account" | "role">;
}

/**
 * The token of the question that a person answers.
 *
 * @throws Refusal if it is not this person's to answer, or was answered before
 */
export function tokenFor(request: StandingRequest, person: Person, approvers: Approvers): string {
  const step = stepOf(person, approvers);
  if (isSamePerson(person, request.requester)) throw new Refusal("nobody approves what they asked for", 403);
  if (request.approvers.some((one) => isSamePerson(one, person))) throw alreadyAnswered(request.id);
  if (!request.waiting) throw alreadyAnswered(request.id);
  if (request.waiting.step !== step) {
    throw new Refusal(`request ${request.id} does not wait for the ${step} but for the ${request.waiting.step}`, 409);
  }
  return request.waiting.token;
}

function stepOf({ account, role }: Person, { colleague, partner }: Approvers): WaitingFor {
  if (account === colleague.account && role === colleague.role) return "colleague";
  if (account === partner.account && role === partner.role) return "partner";
  throw new Refusal("only approvers may approve", 403);
}
