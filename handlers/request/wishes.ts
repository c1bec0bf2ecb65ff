/** What can be asked for. */
import { onlyFields, text, wholeNumber } from "../common/fields";
import { Refusal } from "../common/refusal";
import type { ClassSetting, DataSetSetting, ReceiverSetting } from "../common/settings";

/** To see a data set for a while. */
export interface AccessWish {
  readonly dataSet: string;
  readonly minutes: number;
  /** Whether it holds personal data in clear, which the partner has to approve too. */
  readonly personal: "yes" | "no";
}

/** To send an object, pseudonymised, to a receiver. */
export interface TransferWish {
  readonly receiver: string;
  readonly dataClass: string;
  readonly object: string;
}

type Body = Readonly<Record<string, unknown>>;

/** STS makes no shorter session: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const fewestMinutes = 15;

/** @throws Refusal naming the field that is wrong */
export function accessWish(
  body: Body,
  dataSets: Readonly<Record<string, DataSetSetting>>,
  maxMinutes: number,
): { wish: AccessWish; reason: string } {
  onlyFields(body, "dataSet", "minutes", "reason");
  const reason = text(body, "reason");
  const dataSet = text(body, "dataSet");
  const minutes = wholeNumber(body, "minutes", fewestMinutes, maxMinutes);
  const { content } = named(dataSets, dataSet, "data set");
  return { wish: { dataSet, minutes, personal: content === "personal" ? "yes" : "no" }, reason };
}

export interface TransferSettings {
  readonly receivers: Readonly<Record<string, ReceiverSetting>>;
  readonly classes: Readonly<Record<string, ClassSetting>>;
  readonly dataSets: Readonly<Record<string, DataSetSetting>>;
}

/**
 * @param today `YYYY-MM-DD`
 * @throws Refusal naming what is wrong
 */
export function transferWish(
  body: Body,
  { receivers, classes, dataSets }: TransferSettings,
  today: string,
): { wish: TransferWish; reason: string } {
  onlyFields(body, "receiver", "dataClass", "object", "reason");
  const reason = text(body, "reason");
  const receiver = text(body, "receiver");
  const dataClass = text(body, "dataClass");
  const object = text(body, "object");
  checkReceiver(named(receivers, receiver, "receiver"), receiver, dataClass, today);
  const { prefix } = dataSets[named(classes, dataClass, "class of data").dataSet];
  if (!object.startsWith(prefix)) throw new Refusal(`the object is not of the data set of ${dataClass}: ${prefix}`);
  return { wish: { receiver, dataClass, object }, reason };
}

/** @throws Refusal if the receiver's time is over or it is not meant to get the class */
export function checkReceiver(
  { until, classes }: Pick<ReceiverSetting, "until" | "classes">,
  name: string,
  dataClass: string,
  today: string,
): void {
  if (until < today) throw new Refusal(`the time of the receiver ${name} ended on ${until}`, 403);
  if (!classes.includes(dataClass)) throw new Refusal(`the receiver ${name} does not get ${dataClass}`, 403);
}

/** @throws Refusal if nothing of that name is declared */
export function named<T>(all: Readonly<Record<string, T>>, name: string, what: string): T {
  if (!Object.hasOwn(all, name)) throw new Refusal(`${JSON.stringify(name.slice(0, 64))} is no declared ${what}`, 404);
  return all[name];
}
