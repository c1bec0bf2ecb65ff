/** Who may take a role on: its trust policy, asked like every other policy. */
import type { Resource } from "../../configuration/resource";
import type { Atom } from "../language/atom";
import { within } from "../language/atom";
import { type Document, readDocuments, type Statement } from "../language/document";
import { literal } from "../language/patterns";
import type { Goal } from "../language/solver";
import type { Party } from "../parties/party";
import { type Answer, ask } from "./decision";
import type { Room } from "./room";
import { allowGoal, type Call, denyGoals, keysOf, type Mode, type Scene } from "./statement";

/** Trust policies have no resource: the role is meant. */
const NO_RESOURCE = { id: "", base: "", owns: () => false };

export interface Trusted {
  readonly role: Resource;
  readonly documents: readonly Document[];
}

/** The roles of the configuration with their trust policies. */
export function trustsOf({ input, owner }: Room): Trusted[] {
  return input.context.ofType("aws_iam_role").map((role) => {
    const place = { by: role, attribute: "assume_role_policy" };
    const documents = readDocuments(role.values.assume_role_policy ?? null, place, owner.names);
    for (const document of documents) owner.note(document);
    return { role, documents };
  });
}

export interface TrustQuestion {
  readonly party: Party;
  readonly role: Resource;
  readonly document: Document;
  /** The statement that is asked about; undefined for what the document may say beside those that are known. */
  readonly allowing: Statement | undefined;
  readonly actions: readonly string[];
  readonly facts?: readonly Atom[];
  /** What else must hold. */
  readonly more?: (scene: Scene) => Iterable<Goal>;
}

/** Asks whether a party may take a role on by one of its trust statements. */
export function askTrust(room: Room, question: TrustQuestion): Answer | undefined {
  const { party, role, document, allowing, actions } = question;
  const call: Call = { ...NO_RESOURCE, variables: room.owner.variablesOf(role) };
  const key = keysOf(call);
  const facts = [
    within(
      key.action,
      actions.map((action) => literal(action)),
    ),
    within(key.resource, [literal("")]),
    ...(question.facts ?? []),
  ];
  const own: Document = allowing
    ? { ...document, statements: [allowing], unknown: undefined }
    : { ...document, statements: [] };
  return ask(
    room.solver,
    party,
    () => facts,
    function* (mode: Mode) {
      const scene: Scene = { party, mode, same: room.owner.same };
      yield allowGoal([own], scene, call);
      yield* denyGoals([document], scene, call);
      yield* question.more?.(scene) ?? [];
      yield* denyGoals(room.organization.resourcePolicies(role), scene, call);
    },
  );
}

/** Each Allow of a trust policy by itself; undefined stands for a document that may say anything. */
export const allowsOf = (document: Document): (Statement | undefined)[] => [
  ...document.statements.filter((statement) => statement.effect === "Allow"),
  ...(document.unknown === undefined ? [] : [undefined]),
];
