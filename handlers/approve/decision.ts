/** An approver's answer: written down, handed on to the state machine that waits for it, and counted once. */
import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from "@aws-sdk/client-sfn";
import { record } from "../common/evidence";
import { onlyFields, text } from "../common/fields";
import { findRequest, putBack, takeToken, type WaitingFor } from "../common/ledger";
import { isOver } from "../common/over";
import type { Person } from "../common/person";
import { Refusal } from "../common/refusal";
import { tokenFor } from "./rules";

export interface Answer {
  /** Id of the request. */
  readonly id: string;
  readonly person: Person;
  /** Whose answer it is. */
  readonly step: Exclude<WaitingFor, "session">;
  /** `{"decision": "approve", "reason": "…"}`, or `decline`. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: Date;
}

const client = new SFNClient({});

/** @throws Refusal if it is not this person's to answer, was answered before, or says neither yes nor no */
export async function decide({ id, person, step, body, now }: Answer): Promise<object> {
  onlyFields(body, "decision", "reason");
  const decision = text(body, "decision");
  if (decision !== "approve" && decision !== "decline") throw new Refusal("decision must be approve or decline");
  const reason = text(body, "reason");
  const request = await findRequest(id);
  const taskToken = tokenFor(request, person, step);
  const event = decision === "approve" ? "approved" : "declined";
  const { kind } = request;
  await record({ request: id, kind, event, person, details: { reason, step } }, now);
  await takeToken(id, taskToken, decision === "approve" ? person : undefined);
  try {
    if (decision === "approve") await client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" }));
    else
      await client.send(new SendTaskFailureCommand({ taskToken, error: "Declined", cause: "declined by an approver" }));
  } catch (error) {
    if (isOver(error)) throw new Refusal(`request ${id} has ended`, 409);
    // Not told: the question stands as before, and the approver may answer again.
    await putBack(request);
    await record({ request: id, kind, event: "failed", person, details: { at: event } }, new Date());
    throw error;
  }
  return { id, [event]: true };
}
