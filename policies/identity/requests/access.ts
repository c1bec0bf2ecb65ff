/** Whether a party may ask for what a policy guards, by one of its statements and all that decides beside it. */
import { type Action, actionsOf } from "../language/action";
import { within } from "../language/atom";
import type { Document, Statement } from "../language/document";
import { glob, matches } from "../language/patterns";
import type { Goal } from "../language/solver";
import { deputyActions, plainService } from "../parties/deputies";
import type { Party } from "../parties/party";
import type { Guard } from "../stores/guarded";
import { actionAtom, type Facet } from "../stores/stores";
import { type Blocked, isPublic, publicAccessBlocked } from "./bucket";
import { type Answer, ask } from "./decision";
import { decryptionFacts, decryptionGoals, GRANT_CHANNEL, keyPolicies } from "./decryption";
import { encryptionOf } from "./encryption";
import type { Room } from "./room";
import type { Route } from "./routes";
import { allowAlternatives, allowGoal, denyGoals, keysOf, type Mode, type Scene } from "./statement";

export interface Question {
  readonly guard: Guard;
  readonly document: Document;
  /** The Allow that is asked about; undefined for what the document may say beside those that are known. */
  readonly allowing: Statement | undefined;
  readonly party: Party;
  readonly facet: Facet;
  readonly route: Route;
}

/** A request that the party may make; undefined if there is none. */
export function mayCall(room: Room, { guard, document, allowing, party, facet, route }: Question): Answer | undefined {
  const actions = carried(party, facet.actions);
  if (actions.length === 0) return undefined;
  // Where public access is blocked, S3 refuses to store a public policy, and does not follow one that is there.
  const blocked = allowing && isPublic(allowing) ? blockOf(room, guard) : "no";
  if (blocked === "yes") return undefined;
  const { owner, organization, input } = room;
  const key = keysOf(route.call);
  const encryption = encryptionOf(guard.data, input.context);
  const facts = [
    ...room.questions.about(guard.data),
    ...route.facts,
    actionAtom(key.action, actions),
    within(key.resource, facet.suffix),
    ...decryptionFacts(owner, encryption),
  ];
  const sure = typeof blocked !== "object" && route.unless === undefined && certainly(party, facet);
  function* goals(mode: Mode): Generator<Goal> {
    const scene: Scene = { party, mode, same: owner.same };
    if (mode === "certain" && !sure) yield [];
    else if (allowing) yield allowAlternatives(allowing, scene, route.call);
    else if (mode === "certain") yield [];
    yield* denyGoals([document], scene, route.call);
    if (guard.channel === GRANT_CHANNEL) yield* denyGoals(keyPolicies(room, guard.data), scene, route.call);
    if (route.also) {
      yield allowGoal(route.also.documents, scene, route.also.call);
      yield* denyGoals(route.also.documents, scene, route.also.call);
    }
    yield* denyGoals(organization.resourcePolicies(guard.data), scene, route.call);
    yield* decryptionGoals(room, encryption, scene);
  }
  return ask(room.solver, party, () => facts, goals);
}

/** The name of the service that a party is. */
function serviceOf({ facts: [fact] }: Party): string {
  return fact.set.type === "text" ? (fact.set.patterns[0]?.literal ?? "") : "";
}

/** What a service does for others with the actions it may be let do; every other party does them itself. */
function carried(party: Party, actions: readonly Action[]): readonly Action[] {
  if (party.kind !== "service") return actions;
  const service = plainService(serviceOf(party));
  const known = carriedBy.get(actions) ?? new Map<string, readonly Action[]>();
  carriedBy.set(actions, known);
  const found = known.get(service) ?? actions.filter(carriesFor(service));
  known.set(service, found);
  return found;
}

const carriedBy = new WeakMap<readonly Action[], Map<string, readonly Action[]>>();

function carriesFor(service: string): (action: Action) => boolean {
  const patterns = deputyActions(service)?.map((one) => glob(one, true));
  // A service decrypts what it has got already by other rights.
  return ({ name }) => patterns?.some((one) => matches(one, name)) ?? !name.startsWith("kms:");
}

/** Whether public access to what is guarded is blocked. */
function blockOf({ input, owner }: Room, { channel, data }: Guard): Blocked {
  if (channel !== "s3.bucket-policy") return "no";
  if (data.type === "aws_s3_bucket" && data.mode === "managed") {
    return publicAccessBlocked(data, input.context, owner.names);
  }
  return { unless: "whether the bucket blocks public access is not in this configuration" };
}

/** A request is certain only if it is known what the actions do, and what a service does for others. */
function certainly(party: Party, facet: Facet): boolean {
  if (party.kind === "service") return deputyActions(serviceOf(party)) !== undefined;
  return facet.actions.some(({ name }) => actionsOf(name.split(":")[0]).some((one) => one.name === name));
}
