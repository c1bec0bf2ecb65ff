/** How a credential's request gets to what it asks for: directly, or by a service that forwards it. */
import { actionsOf } from "../language/action";
import { type Atom, within } from "../language/atom";
import { everything } from "../language/patterns";
import type { Goal } from "../language/solver";
import { FORWARDED, forwarded, minds } from "../parties/forwarding";
import type { Party } from "../parties/party";
import type { Room } from "../requests/room";
import { type Call, keysOf, type Scene } from "../requests/statement";
import { actionAtom } from "../stores/stores";
import { type Credential, callGoals } from "./credential";

export interface Manner {
  /** Who asks then. */
  readonly party: Party;
  readonly facts: readonly Atom[];
  /** What else must be allowed. */
  readonly goals: (scene: Scene) => Iterable<Goal>;
}

/**
 * Services by which requests are forwarded: those that `aws:CalledVia` may name
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html), but for KMS, which reads
 * nothing for others.
 */
const SERVICES = [
  ...["aoss", "athena", "backup", "cloudformation", "databrew", "dataexchange", "dynamodb", "imagebuilder", "mgn"],
  ...["omics", "ram", "servicecatalog", "sqlworkbench"],
];

/** Where a request comes from: of a forwarded one, the service. */
const ORIGIN = /^aws:(?:source(?:ip|vpc|vpcarn|vpce)|vpcsourceip|vpce(?:account|orgid|orgpaths))$/;

/** The call to the service, which is made directly. */
const ENTRY: Call = { id: "#via", base: "", owns: (key) => FORWARDED.test(key) || ORIGIN.test(key) };
const entryFacts = ({ facts }: Party): Atom[] => [
  actionAtom(
    keysOf(ENTRY).action,
    SERVICES.flatMap(actionsOf).filter(({ effect }) => effect !== "configuration"),
  ),
  within(keysOf(ENTRY).resource, [everything]),
  ...facts
    .filter(({ key }) => ENTRY.owns(key))
    .map((atom) => ({ ...atom, key: atom.key + ENTRY.id, id: `${ENTRY.id}>${atom.id}` })),
];

const ownDocuments = new WeakMap<Credential, boolean>();

/** Whether a policy of the principal, its session or its account makes a difference of who forwards. */
function mindsItself(room: Room, credential: Credential): boolean {
  let found = ownDocuments.get(credential);
  if (found === undefined) {
    const { documents, limits, account } = credential.principal;
    found = [
      ...[...documents, ...limits.flat(), ...credential.session.flat()],
      ...room.organization.servicePolicies(account),
    ].some(minds);
    ownDocuments.set(credential, found);
  }
  return found;
}

/** Directly; and forwarded, where a policy makes a difference of that: of the resource (`minded`), or of its own. */
export function manners(room: Room, credential: Credential, party: Party, minded: boolean): Manner[] {
  const direct: Manner = { party, facts: [], goals: () => [] };
  if (credential.services || !(mindsItself(room, credential) || minded)) return [direct];
  const facts = entryFacts(party);
  const goals = (scene: Scene) => callGoals(room, credential, scene, ENTRY);
  return [direct, ...forwarded(party).map((one) => ({ party: one, facts, goals }))];
}
