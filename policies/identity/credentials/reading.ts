/** Whether a principal reads one store: by policies of its own, or by the store's, and with the store's key. */
import type { Resource } from "../../configuration/resource";
import { type Atom, within } from "../language/atom";
import { glob, literal } from "../language/patterns";
import type { Goal } from "../language/solver";
import type { Party } from "../parties/party";
import { type Answer, ask } from "../requests/decision";
import { decryption, grantsOn, keyPolicies } from "../requests/decryption";
import type { Encryption } from "../requests/encryption";
import { NAMINGS, type Naming, naming } from "../requests/naming";
import type { Part, StoreQuestion } from "../requests/question";
import type { Room } from "../requests/room";
import { allowGoal, type Call, denyGoals, keysOf, type Scene } from "../requests/statement";
import { actionAtom } from "../stores/stores";
import { type Credential, callGoals, denials, limitsOf, namedGoals } from "./credential";
import { manners } from "./manner";

/** By policies of its own, or by the store's, which names it so. */
type Way = "own" | Naming;

/**
 * Whether a principal reads a store, as the party that it is: by policies of its own, unless it is known that none
 * (`own`) has to do with the store, or by those of the store.
 */
export function readStore(
  room: Room,
  credential: Credential,
  party: Party,
  store: Resource,
  own = true,
): Answer | undefined {
  const question = room.questions.of(store);
  const ways: Way[] = [...(own ? (["own"] as const) : []), ...NAMINGS.filter((how) => question.named[how].length > 0)];
  let best: Answer | undefined;
  for (const manner of manners(room, credential, party, question.minds)) {
    for (const part of question.parts) {
      const own = partFacts(credential, question, part);
      if (!own) continue;
      const facts = manner.facts.length === 0 ? own : [...own, ...manner.facts];
      for (const way of ways) {
        const answer = ask(
          room.solver,
          manner.party,
          () => (way === "federated" ? [...facts, ...federationFacts] : facts),
          function* (mode) {
            const scene: Scene = { party: manner.party, mode, same: room.owner.same };
            yield* storeGoals(room, credential, question, scene, way);
            yield* manner.goals(scene);
          },
        );
        if (answer?.certain) return answer;
        best ??= answer;
      }
    }
  }
  return best;
}

/** What is fixed about a request for a part of the store; the same list for all that may call all its actions. */
function partFacts({ services }: Credential, { call }: StoreQuestion, part: Part): readonly Atom[] | undefined {
  if (!services) return part.facts;
  const actions = part.actions.filter(({ name }) => services.includes(name.split(":")[0]));
  return actions.length === 0 ? undefined : [...part.facts, actionAtom(keysOf(call).action, actions)];
}

/** Goals of reading a store, by the principal's own policies or by the store's policy alone, as that names it. */
function* storeGoals(
  room: Room,
  credential: Credential,
  { call, policies, named, store, encryption }: StoreQuestion,
  scene: Scene,
  way: Way,
): Generator<Goal> {
  if (scene.mode === "certain" && credential.unless !== undefined) yield [];
  if (way === "own") yield* callGoals(room, credential, scene, call);
  else {
    yield allowGoal(named[way], scene, call);
    yield* namedGoals(room, credential, scene, call, way);
    if (way === "federated") yield* callGoals(room, credential, scene, FEDERATION);
  }
  yield* denyGoals(policies, scene, call);
  yield* denyGoals(room.organization.resourcePolicies(store), scene, call);
  yield* keyGoals(room, credential, encryption, scene);
}

/** The key's policy must let the principal decrypt: itself, or the account, whose own policies then decide. */
function* keyGoals(
  room: Room,
  credential: Credential,
  encryption: Encryption | undefined,
  scene: Scene,
): Generator<Goal> {
  if (!encryption || (!encryption.everything && scene.mode === "possible")) return;
  const call = decryption(room.owner, encryption);
  const documents = keyPolicies(room, encryption.key);
  const granted = grantsOn(room, encryption.key);
  const own = allowGoal(credential.principal.documents, scene, call);
  const byRole = allowGoal(naming(documents, "role"), scene, call);
  const unlimited = allowGoal([...naming(documents, "session"), ...granted], scene, call);
  yield allowGoal([...documents, ...granted], scene, call);
  yield [...own, ...byRole, ...unlimited];
  for (const limit of limitsOf(credential)) yield [...allowGoal(limit, scene, call), ...unlimited];
  yield* denials(room, credential, scene, call);
  yield* denyGoals(documents, scene, call);
}

/** The call that a federated session begins with: "Actions, resources, and condition keys for AWS STS". */
const FEDERATION: Call = { id: "#sts", base: "", owns: (key) => key.startsWith("sts:") };
const federationFacts: readonly Atom[] = [
  within(keysOf(FEDERATION).action, [literal("sts:GetFederationToken")]),
  within(keysOf(FEDERATION).resource, [glob("arn:*:sts::*:federated-user/*")]),
];
