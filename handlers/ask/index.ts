/** A step of the state machines: a request now waits for somebody's answer, who gives it through the API. */
import { record } from "../common/evidence";
import { findRequest, type WaitingFor, wait } from "../common/ledger";

export interface AskEvent {
  readonly id: string;
  readonly step: WaitingFor;
  /** Step Functions goes on when somebody returns it. */
  readonly token: string;
}

export async function handler({ id, step, token }: AskEvent): Promise<void> {
  const { kind } = await findRequest(id);
  await record({ request: id, kind, event: "asked", details: { step } }, new Date());
  await wait(id, step, token);
}
