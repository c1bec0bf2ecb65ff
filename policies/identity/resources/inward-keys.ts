/**
 * Keys that another account may decrypt with because it brings data in. Whoever sends to an encrypted queue, or uploads
 * an object in parts, needs `kms:Decrypt` as well as `kms:GenerateDataKey`:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html ("producers") and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html. A key holds no data; if everything that it
 * encrypts here lets that account write and not read, nothing comes out by it.
 */
import type { Resource } from "../../configuration/resource";
import type { Flow } from "../../flows/flow";
import { type Action, actionsOf, isOutward } from "../language/action";
import { within } from "../language/atom";
import { everything, literal } from "../language/patterns";
import { ofAccount, type Party, PRINCIPAL } from "../parties/party";
import { mayCall } from "../requests/access";
import { GRANT_CHANNEL } from "../requests/decryption";
import { encryptionOf } from "../requests/encryption";
import type { Room } from "../requests/room";
import { routesOf } from "../requests/routes";
import { servicesOf } from "../stores/stores";

const CHANNELS: readonly string[] = ["kms.key-policy", GRANT_CHANNEL];

/** The flows without those of keys that are used for writing only. */
export function withoutInwardKeys(room: Room, flows: readonly Flow[]): Flow[] {
  const reached = new Set(
    flows.filter((flow) => !CHANNELS.includes(flow.channel)).map((flow) => pair(flow.from, flow)),
  );
  return flows.filter((flow) => !CHANNELS.includes(flow.channel) || !isInward(room, flow, reached));
}

const placeOf = (flow: Flow): string => (flow.to.kind === "place" ? flow.to.place.id : "");
const pair = (store: Resource, flow: Flow): string => `${store.stack} ${store.address} ${placeOf(flow)}`;

function isInward(room: Room, flow: Flow, reached: ReadonlySet<string>): boolean {
  const account = /^account (\d{12})$/.exec(placeOf(flow))?.[1];
  const stores = room.stores.filter((store) => encryptionOf(store, room.input.context)?.key === flow.from);
  if (account === undefined || stores.length === 0) return false;
  if (stores.some((store) => reached.has(pair(store, flow)))) return false;
  const stranger = room.parties.stranger();
  const party: Party = { ...stranger, facts: [...stranger.facts, within(PRINCIPAL, [ofAccount(literal(account))])] };
  const beyond = actionsOf("kms").filter(({ name, effect }) => isOutward(effect) && name !== "kms:Decrypt");
  if (can(room, flow.from, party, beyond)) return false;
  return stores.every((store) => can(room, store, party, writesOf(store)));
}

const writesOf = ({ type }: Resource): Action[] =>
  (servicesOf(type) ?? []).flatMap(actionsOf).filter(({ effect }) => effect === "write");

/** Whether the party may do one of the actions, by any statement of the resource's policies. */
function can(room: Room, data: Resource, party: Party, actions: readonly Action[]): boolean {
  const facet = { actions, suffix: [everything] };
  return (room.guardsOf.get(data) ?? []).some((guard) =>
    guard.documents.some((document) =>
      document.statements.some(
        (allowing) =>
          allowing.effect === "Allow" &&
          routesOf(room, guard).some((route) => mayCall(room, { guard, document, allowing, party, facet, route })),
      ),
    ),
  );
}
