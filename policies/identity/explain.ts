/** Who can read what a resource holds, with the statements that say so: the answer of `enclave explain`. */
import type { Resource } from "../configuration/resource";
import { type Credential, credentialParty } from "./credentials/credential";
import { outsideCredentials } from "./credentials/outsiders";
import { credentialFlows } from "./credentials/reach";
import { readStore } from "./credentials/reading";
import { within } from "./language/atom";
import { literal } from "./language/patterns";
import { ofAccount, type Party, PRINCIPAL } from "./parties/party";
import type { Principal } from "./parties/principals";
import { mayCall } from "./requests/access";
import { type Answer, actionOf, contextOf, quote } from "./requests/decision";
import type { Room } from "./requests/room";
import { routesOf } from "./requests/routes";
import { withoutInwardKeys } from "./resources/inward-keys";
import { policyFlows } from "./resources/resource-policies";
import { facetsOf } from "./stores/stores";

export interface Reader {
  /** A principal's address, an account, or whoever else. */
  readonly who: string;
  readonly side: "inside" | "outside";
  /** One request that is allowed: the action, and what it is asked with. */
  readonly request: string;
  /** The statements that allow it, or for somebody outside each step of the way. */
  readonly because: readonly string[];
  /** Why it may not be so. */
  readonly unless?: string;
}

/** All readers that the configuration shows, those outside first; each list sorted by who they are. */
export function readersOf(room: Room, resource: Resource): Reader[] {
  const readers = [...outside(room, resource), ...named(room, resource), ...principals(room, resource)];
  const order = (reader: Reader) =>
    `${reader.side === "outside" ? 0 : 1} ${reader.who} ${reader.request} ${reader.because.join()}`;
  const unique = new Map(readers.map((reader) => [order(reader), reader]));
  return [...unique.keys()].sort().map((key) => unique.get(key) as Reader);
}

function outside(room: Room, resource: Resource): Reader[] {
  const own: Room = { ...room, guards: room.guardsOf.get(resource) ?? [], stores: [resource] };
  const flows = [
    ...withoutInwardKeys(room, policyFlows(own)),
    ...outsideCredentials(room).flatMap((credential) => credentialFlows(own, credential)),
  ];
  return flows
    .filter((flow) => flow.from === resource)
    .map((flow) => ({
      who: flow.to.kind === "place" ? flow.to.place.id : flow.to.resource.address,
      side: "outside" as const,
      request: flow.channel,
      because: flow.steps.map((step) => step.why),
      ...(flow.unless !== undefined && { unless: flow.unless }),
    }));
}

/** The owner's accounts that the resource's own policies name. */
function named(room: Room, resource: Resource): Reader[] {
  const readers: Reader[] = [];
  const accounts = room.owner.accounts.map((account) => ({ who: `account ${account}`, party: member(room, account) }));
  for (const guard of room.guardsOf.get(resource) ?? []) {
    for (const document of guard.documents) {
      for (const allowing of document.statements.filter(({ effect }) => effect === "Allow")) {
        for (const { who, party } of accounts) {
          for (const facet of facetsOf(resource, room.input.context)) {
            const [answer] = routesOf(room, guard).flatMap(
              (route) => mayCall(room, { guard, document, allowing, party, facet, route }) ?? [],
            );
            if (answer) readers.push(readerOf(who, answer));
          }
        }
      }
    }
  }
  return readers;
}

function member(room: Room, account: string): Party {
  const party = room.parties.member();
  return { ...party, facts: [...party.facts, within(PRINCIPAL, [ofAccount(literal(account))])] };
}

/** The configuration's own roles and users that may read, from wherever they are. */
function principals(room: Room, resource: Resource): Reader[] {
  const { context } = room.input;
  const all: Principal[] = [
    ...context.ofType("aws_iam_role").map((role) => room.principals.role(role)),
    ...context.ofType("aws_iam_user").map((user) => room.principals.user(user)),
  ];
  return all.flatMap((principal) => {
    const credential: Credential = {
      principal,
      channel: "iam",
      place: { id: principal.resource.address, countries: [] },
      steps: [],
      facts: [],
      session: [],
    };
    const anywhere = new Set(room.parties.fromOutside().map((fact) => fact.id));
    const party = credentialParty(room, credential);
    const inside = { ...party, facts: party.facts.filter((fact) => !anywhere.has(fact.id)) };
    const answer = readStore(room, credential, inside, resource);
    return answer ? [readerOf(principal.resource.address, answer)] : [];
  });
}

function readerOf(who: string, answer: Answer): Reader {
  const context = contextOf(answer.solution);
  return {
    who,
    side: "inside",
    request: `${actionOf(answer.solution)}${context === "" ? "" : ` with ${context}`}`,
    because: [...new Set(answer.solution.by.map(quote))],
    ...(!answer.certain && { unless: "what the policies say is not known in full" }),
  };
}
