/**
 * The partner's answers, from its queue: `{"id": "…", "decision": "approve", "reason": "…"}`. The partner works in networks
 * of its own, from which no way leads to the private API; the queue takes messages of its approvers only, from these
 * networks only, and AWS itself says who sent each.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { decide } from "../approve/decision";
import { bodyOf, idOf } from "../common/api";
import { record } from "../common/evidence";
import { text } from "../common/fields";
import type { Person } from "../common/person";
import { Refusal } from "../common/refusal";
import { jsonSetting } from "../common/settings";

/** What fails is tried again, and laid aside in the end; what is refused is written down and done with. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const message of Records) {
    try {
      await take(message);
    } catch (error) {
      console.error(JSON.stringify({ messageId: message.messageId, error: String(error) }));
      failed.push(message.messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function take({ messageId, body, attributes: { SenderId } }: SQSRecord): Promise<void> {
  const now = new Date();
  let person: Person | undefined;
  try {
    person = senderOf(SenderId);
    const { id, ...answer } = bodyOf(body);
    await decide({ id: idOf(text({ id }, "id")), person, step: "partner", body: answer, now });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const details = { about: body.slice(0, 256), reason: error.message, sender: SenderId };
    await record({ request: messageId, kind: "access", event: "refused", person, details }, now);
  }
}

/**
 * The person behind a message: of a session the id of the role and the session's name
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html, "SenderId"). Which role
 * it is, the queue's policy says.
 */
function senderOf(sender: string): Person {
  const [, name] = /^AROA[A-Z0-9]+:([\w+=,.@-]{2,64})$/.exec(sender) ?? [];
  if (name === undefined) throw new Refusal("only people who signed in with a role may approve", 403);
  return { ...jsonSetting<Pick<Person, "account" | "role">>("PARTNER"), name };
}
