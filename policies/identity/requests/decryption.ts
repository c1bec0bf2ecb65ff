/** Decrypting as a part of reading: who may use the key that a store is encrypted with. */
import type { Resource } from "../../configuration/resource";
import { type Atom, within } from "../language/atom";
import { type Document, doubtful } from "../language/document";
import { literal } from "../language/patterns";
import type { Goal } from "../language/solver";
import { adrift, reasonFor } from "../parties/adrift";
import type { Owner } from "../parties/owner";
import { defaultKeyPolicy, type Encryption } from "./encryption";
import type { Room } from "./room";
import { allowGoal, type Call, denyGoals, keysOf, type Scene } from "./statement";

/** Keys that a call to KMS does not share with the call that needs it. */
const ownKeys = (key: string): boolean =>
  key.startsWith("kms:") ||
  key === "aws:viaawsservice" ||
  key.startsWith("aws:calledvia") ||
  key.startsWith("aws:resource");

export const decryption = (owner: Owner, { key }: Encryption): Call => ({
  id: "#kms",
  base: owner.names.arnOf(key),
  resource: key,
  owns: ownKeys,
  variables: owner.variablesOf(key),
});

/** The call is to decrypt with the key itself. */
export function decryptionFacts(owner: Owner, encryption: Encryption | undefined): Atom[] {
  if (!encryption) return [];
  const { action, resource } = keysOf(decryption(owner, encryption));
  return [within(action, [literal("kms:Decrypt")]), within(resource, [literal("")])];
}

/** Goals for a principal of another account: the key's policy or a grant lets it decrypt. */
export function* decryptionGoals(room: Room, encryption: Encryption | undefined, scene: Scene): Generator<Goal> {
  if (!encryption || scene.party.kind === "service") return;
  // Where not everything must be encrypted with the key, the rest can be read without it.
  if (!encryption.everything && scene.mode === "possible") return;
  const call = decryption(room.owner, encryption);
  const documents = keyPolicies(room, encryption.key);
  yield allowGoal([...documents, ...grantsOn(room, encryption.key)], scene, call);
  yield* denyGoals(documents, scene, call);
  yield* denyGoals(room.organization.resourcePolicies(encryption.key), scene, call);
}

/** Grants are no policies: what limits a principal's policies does not limit them, and all of them count at once. */
export const GRANT_CHANNEL = "kms.grant";

/** The policies of a key: what the configuration gives it, else the default; and what may be one of its policies. */
export function keyPolicies(room: Room, key: Resource): readonly Document[] {
  const documents = guarding(room, key, (channel) => channel !== GRANT_CHANNEL);
  const own = documents.length > 0 ? documents : [defaultKeyPolicy(key, room.owner.names.accountOf(key))];
  return [...own, ...astray(room, "aws_kms_key_policy")];
}

/** The grants on a key, as documents. */
export const grantsOn = (room: Room, key: Resource): readonly Document[] => [
  ...guarding(room, key, (channel) => channel === GRANT_CHANNEL),
  ...astray(room, "aws_kms_grant"),
];

const guarding = (room: Room, data: Resource, on: (channel: string) => boolean): Document[] =>
  (room.guardsOf.get(data) ?? []).filter(({ channel }) => on(channel)).flatMap(({ documents }) => documents);

/** The documents of what may be put on any key. */
const astray = (room: Room, type: string): Document[] =>
  adrift(room.input.context, type, "key_id").flatMap((by) =>
    guarding(room, by, () => true).map((one) => doubtful(one, reasonFor(by, "key_id"))),
  );
