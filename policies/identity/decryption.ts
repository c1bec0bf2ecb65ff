/** Decrypting as a part of reading: who may use the key that a store is encrypted with. */
import type { Resource } from "../configuration/resource";
import { find } from "../configuration/value";
import { adrift, reasonFor } from "./adrift";
import { type Atom, within } from "./atom";
import { type Document, doubtful, readDocuments, type Statement } from "./document";
import { defaultKeyPolicy, type Encryption } from "./encryption";
import type { Owner } from "./owner";
import { literal } from "./patterns";
import type { Room } from "./room";
import type { Goal } from "./solver";
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

/** The policies of a key: what the configuration gives it, else the default; and what may be one of its policies. */
export function keyPolicies(room: Room, key: Resource): readonly Document[] {
  const documents = (room.guardsOf.get(key) ?? []).flatMap((guard) => guard.documents);
  const own = documents.length > 0 ? documents : [defaultKeyPolicy(key, room.owner.names.accountOf(key))];
  const lost = adrift(room.input.context, "aws_kms_key_policy", "key_id").flatMap((by) =>
    readDocuments(by.values.policy ?? null, { by, attribute: "policy" }, room.owner.names).map((one) =>
      doubtful(one, reasonFor(by, "key_id")),
    ),
  );
  return [...own, ...lost];
}

/** Grants, as statements; what they ask of the encryption context is taken for satisfied. */
export function grantsOn(room: Room, key: Resource): Document[] {
  const { context } = room.input;
  const lost = adrift(context, "aws_kms_grant", "key_id");
  return [
    ...context.referring("aws_kms_grant", "key_id", key).map((grant) => grantDocument(room, grant)),
    ...lost.map((grant) => doubtful(grantDocument(room, grant), reasonFor(grant, "key_id"))),
  ];
}

function grantDocument(room: Room, grant: Resource): Document {
  const document: { -readonly [K in keyof Document]: Document[K] } = {
    by: grant,
    attribute: "operations",
    statements: [],
    variables: false,
  };
  const operations = find(grant.values, "operations").flatMap(({ value }) => room.owner.names.terms(value));
  const grantees = room.owner.names.terms(grant.values.grantee_principal ?? null);
  const statement: Statement = {
    effect: "Allow",
    index: 0,
    principals: { named: grantees.map((term) => ({ ...term, kind: "aws" })), negated: false },
    actions: { terms: operations.map((term) => ({ ...term, text: `kms:${term.text}` })), negated: false },
    conditions: [],
    document,
  };
  document.statements = [statement];
  return document;
}
