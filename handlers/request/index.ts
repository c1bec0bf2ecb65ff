/** `POST /requests` and `POST /transfers`: an employee asks, and the state machine begins to ask others. */
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { answering, type Call } from "../common/api";
import { record } from "../common/evidence";
import { addRequest, endRequest } from "../common/ledger";
import { Refusal } from "../common/refusal";
import { type ClassSetting, type DataSetSetting, jsonSetting, type ReceiverSetting, setting } from "../common/settings";
import { accessWish, transferWish } from "./wishes";

const client = new SFNClient({});

export const handler = answering(async (call) => {
  const { person, kind, callId: id, now } = call;
  if (person.role !== setting("EMPLOYEES") || person.account !== setting("ACCOUNT")) {
    throw new Refusal("only employees may ask", 403);
  }
  const { wish, reason } = wishOf(call);
  const request = { id, kind, requester: person, reason, wish: { ...wish } };
  await record({ request: id, kind, event: "requested", person, details: { reason, ...wish } }, now);
  await addRequest(request);
  try {
    await client.send(
      new StartExecutionCommand({
        stateMachineArn: setting(kind === "access" ? "ACCESS_MACHINE" : "TRANSFER_MACHINE"),
        name: id,
        input: JSON.stringify({ id, ...wish }),
      }),
    );
  } catch (error) {
    await endRequest(id);
    await record({ request: id, kind, event: "failed", person, details: { at: "start" } }, new Date());
    throw error;
  }
  return { id };
});

function wishOf({ kind, body, now }: Call) {
  const dataSets = jsonSetting<Record<string, DataSetSetting>>("DATA_SETS");
  if (kind === "access") return accessWish(body, dataSets, Number(setting("MAX_MINUTES")));
  const receivers = jsonSetting<Record<string, ReceiverSetting>>("RECEIVERS");
  const classes = jsonSetting<Record<string, ClassSetting>>("CLASSES");
  return transferWish(body, { receivers, classes, dataSets }, now.toISOString().slice(0, 10));
}
