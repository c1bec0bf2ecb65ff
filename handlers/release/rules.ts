/** What may leave. */
import { Refusal } from "../common/refusal";
import type { ReceiverSetting } from "../common/settings";
import { checkReceiver, named } from "../request/wishes";
import type { ReleaseEvent } from "./index";

/** S3 copies up to 5 GB in one request: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const largestCopy = 5 * 10 ** 9;

/**
 * Checks once more, right before the object leaves, what was checked when it was asked for: days may lie between.
 *
 * @param tags of the object in the outbox, which only the function that pseudonymises writes
 * @param today `YYYY-MM-DD`
 * @returns the receiver
 * @throws Refusal saying why it stays
 */
export function checkRelease(
  { id, receiver: name, dataClass, pseudonymised }: ReleaseEvent,
  receivers: Readonly<Record<string, ReceiverSetting>>,
  tags: ReadonlyMap<string, string>,
  today: string,
): ReceiverSetting {
  const receiver = named(receivers, name, "receiver");
  checkReceiver(receiver, name, dataClass, today);
  if (tags.get("Pseudonymised") !== "yes") throw new Refusal("the object is not pseudonymised", 403);
  if (tags.get("Class") !== dataClass) throw new Refusal(`the object is not of the class ${dataClass}`, 403);
  if (tags.get("Request") !== id) throw new Refusal("the object belongs to another request", 403);
  if (pseudonymised.records === 0) throw new Refusal("every record was set aside: there is nothing to send");
  if (pseudonymised.bytes > largestCopy) throw new Refusal(`the object is longer than ${largestCopy} bytes`);
  return receiver;
}
