/**
 * `POST /requests/{id}/session`: whoever asked, once it is approved, gets credentials that open the data set for the
 * approved time, inside the enclave's network.
 */
import { SendTaskSuccessCommand, SFNClient } from "@aws-sdk/client-sfn";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { answering } from "../common/api";
import { record } from "../common/evidence";
import { onlyFields } from "../common/fields";
import { findRequest, putBack, takeToken } from "../common/ledger";
import { isOver } from "../common/over";
import { Refusal } from "../common/refusal";
import { setting } from "../common/settings";
import type { AccessWish } from "../request/wishes";
import { tokenFor } from "./rules";

const states = new SFNClient({});
const tokens = new STSClient({});

export const handler = answering(async ({ person, id, body, now }) => {
  onlyFields(body);
  const request = await findRequest(id);
  const taskToken = tokenFor(request, person);
  const { dataSet, minutes } = request.wish as unknown as AccessWish;
  const until = new Date(now.getTime() + minutes * 60_000).toISOString();
  const step = { request: id, kind: "access", person } as const;
  await record({ ...step, event: "opened", details: { dataSet, minutes, until } }, now);
  await takeToken(id, taskToken);
  try {
    const { Credentials } = await tokens.send(new AssumeRoleCommand(session(id, dataSet, minutes, person.name)));
    // From here on the state machine ends the session; without it nobody gets the credentials.
    await states.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ until }) }));
    return { id, until, region: setting("AWS_REGION"), credentials: Credentials };
  } catch (error) {
    if (isOver(error)) throw new Refusal(`request ${id} has ended`, 409);
    await putBack(request);
    await record({ ...step, event: "failed", details: { at: "opened" } }, new Date());
    throw error;
  }
});

/**
 * The session is told by its tags: keys and stores ask for `Approval` and `DataSet`, which nobody but this function
 * may set. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
const session = (id: string, dataSet: string, minutes: number, person: string) => ({
  RoleArn: setting("SESSION_ROLE"),
  RoleSessionName: id,
  SourceIdentity: person,
  DurationSeconds: minutes * 60,
  Tags: [
    { Key: "Approval", Value: id },
    { Key: "DataSet", Value: dataSet },
  ],
});
