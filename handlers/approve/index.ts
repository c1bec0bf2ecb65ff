/** `POST /requests/{id}/approval`: a second person, or the partner, approves or declines. */
import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from "@aws-sdk/client-sfn";
import { answering } from "../common/api";
import { record } from "../common/evidence";
import { onlyFields, text } from "../common/fields";
import { findRequest, putBack, takeToken } from "../common/ledger";
import { isOver } from "../common/over";
import { Refusal } from "../common/refusal";
import { jsonSetting } from "../common/settings";
import { type Approvers, tokenFor } from "./rules";

const client = new SFNClient({});

export const handler = answering(async ({ person, id, body, now }) => {
  onlyFields(body, "decision", "reason");
  const decision = text(body, "decision");
  if (decision !== "approve" && decision !== "decline") throw new Refusal("decision must be approve or decline");
  const reason = text(body, "reason");
  const request = await findRequest(id);
  const taskToken = tokenFor(request, person, jsonSetting<Approvers>("APPROVERS"));
  const event = decision === "approve" ? "approved" : "declined";
  const { kind, waiting } = request;
  await record({ request: id, kind, event, person, details: { reason, step: waiting!.step } }, now);
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
});
